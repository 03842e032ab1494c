"""Looking at pages by machine: in which state a look is, and how many there may be.

Whoever is asked for too much is of no use to anybody, and a site that is looked at too often
suffers: so a service, a host and the house each have a limit. A look whose worker is gone is taken
up once more, and then given up.

What was looked at is looked at again by itself after a while (`looking_again.toml`), within a
share of those limits, and until what was seen counts no longer.

Source: ours.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
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


@dataclass(frozen=True, slots=True)
class Again:
    """How looks are repeated without anybody asking."""

    after: timedelta
    share: float  # of each limit that the repeated ones may take


@cache
def again() -> Again:
    """How looks are repeated, as the packaged file says.

    >>> again().after.days, again().share
    (30, 0.5)
    """
    text = (files("marra.inventory.rules") / "looking_again.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    return Again(timedelta(days=told["days"]), told["share"])


@dataclass(slots=True)
class Room:
    """What there is room for among the looks of a day, for those that nobody asked for."""

    waiting: int
    of_host: Counter[str]
    share: float
    of_service: Counter[str] = field(default_factory=Counter)

    def takes(self, host: str, service: str) -> bool:
        """Whether one look more fits; if so it is counted.

        >>> room = Room(0, Counter({"my.gov.uz": 19}), 0.5)
        >>> room.takes("my.gov.uz", "service-1"), room.takes("my.gov.uz", "service-2")
        (True, False)
        """
        fits = (
            self.waiting < self.share * WAITING
            and self.of_host[host] < self.share * OF_HOST
            and self.of_service[service] < self.share * OF_SERVICE
        )
        if fits:
            self.waiting += 1
            self.of_host[host] += 1
            self.of_service[service] += 1
        return fits


@dataclass(frozen=True, slots=True)
class Since:
    """What is otherwise than it was at the look before: the names of rules."""

    better: tuple[str, ...]
    worse: tuple[str, ...]


def since(before: Mapping[str, bool | None], after: Mapping[str, bool | None]) -> Since:
    """What two looks at the same page say otherwise; a rule that one did not run is passed over.

    >>> since({"text.lang": False, "page.weight": True}, {"text.lang": True, "page.weight": None})
    Since(better=('text.lang',), worse=())
    """
    told = [(rule, before.get(rule), now) for rule, now in after.items()]
    return Since(
        tuple(rule for rule, was, now in told if was is False and now is True),
        tuple(rule for rule, was, now in told if was is True and now is False),
    )
