"""Looking at pages by machine: in which state a look is, and how many there may be.

Whoever is asked for too much is of no use to anybody, and a site that is looked at too often
suffers: so a service, a host and the house each have a limit. A look whose worker is gone is taken
up once more, and then given up.

Source: ours.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop


class State(StrEnum):
    """How far a look is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    LOST = "lost"


AT_ONCE: Final = 2
"""Pages that are looked at beside each other, all of different hosts."""

LONGEST: Final = timedelta(seconds=150)
"""After which whoever looks is stopped."""

GONE_AFTER: Final = timedelta(minutes=4)
"""After which whoever looks is taken to be gone; longer than the longest look."""

MOST_TRIES: Final = 2
OF_SERVICE: Final = 10
OF_HOST: Final = 40
WAITING: Final = 300
A_DAY: Final = timedelta(days=1)
COUNTS_FOR: Final = timedelta(days=180)
"""How long what was seen at an address counts if nobody looks again."""


class AskedAlready(Conflict):
    """The same page waits to be looked at."""

    sentence = gettext_noop(
        "This page waits to be looked at already. Open the results in a while."
    )


class AskedTooOften(Conflict):
    """Enough was looked at for a day."""

    sentence = gettext_noop(
        "Within a day {most} looks were asked for here, which is as many as there may be. Mend "
        "what was found, and ask again tomorrow."
    )


class TooManyWait(Conflict):
    """The queue is full."""

    sentence = gettext_noop("Too many pages wait to be looked at. Ask again in an hour.")


class LookTooLong(Conflict):
    """The whole look took longer than it may."""

    sentence = gettext_noop(
        "Looking at the page took too long and was stopped. A page of a service should be small "
        "and quick; give another one, or ask again later."
    )


def checked_number(*, same: bool, of_service: int, of_host: int, waiting: int) -> None:
    """Refuse one look more where there are enough: each number is that of the looks there are.

    >>> checked_number(same=False, of_service=3, of_host=3, waiting=1)
    """
    if same:
        raise AskedAlready
    if of_service >= OF_SERVICE or of_host >= OF_HOST:
        raise AskedTooOften(most=OF_SERVICE if of_service >= OF_SERVICE else OF_HOST)
    if waiting >= WAITING:
        raise TooManyWait
