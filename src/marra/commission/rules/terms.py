"""Terms: interim days of long assignments, and more time.

A term longer than three months gets checkpoints, so that nobody learns of a delay on its last
day: at the ends of months where it runs up to half a year, else at the ends of quarters, each on
the last working day. One that falls within two weeks of either end would tell nothing new and is
left out, unless it is the only one.

More time is asked for by the deadline and not after it, for what has passed cannot be moved; what
was asked stays with its reason, and the first deadline is never overwritten.

Source: ours; that terms beyond three months have interim control is in UP-117 of 25.07.2025
(quoted), how many interim days they have is not.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from marra.kit.days import is_working, last_working
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

INTERIM_AFTER: Final = 3
BY_MONTHS_UP_TO: Final = 6
NEAR: Final = timedelta(days=14)
LONGEST: Final = 15
"""Years: a later deadline is a slip of the pen."""


class DeadlineBefore(Invalid):
    """A deadline lies after the day the assignment was given."""

    sentence = gettext_noop(
        "The deadline {deadline} lies before the day the assignment is given, {given}. "
        "Choose a later day."
    )


class DeadlineFar(Invalid):
    """Nobody answers for a deadline in the far future."""

    sentence = gettext_noop(
        "The deadline {deadline} lies more than 15 years ahead. Check the year."
    )


class NotLater(Invalid):
    """More time is time after the deadline."""

    sentence = gettext_noop(
        "{until} is not later than the deadline {deadline}. Choose a later day."
    )


class AskedTooLate(Conflict):
    """The deadline has passed, and what has passed cannot be moved."""

    sentence = gettext_noop(
        "The deadline {deadline} has passed, so more time cannot be asked for. "
        "Submit what is done; the delay stays on record."
    )


class AskedAlready(Conflict):
    """One question at a time."""

    sentence = gettext_noop("More time was asked for already and is not answered yet.")


class NothingAsked(Conflict):
    """There is no open question for more time."""

    sentence = gettext_noop("Nobody is waiting for an answer about more time.")


def checked_days(given: date, deadline: date) -> None:
    """Go on if the deadline lies on or after the day of giving, and within reach.

    >>> checked_days(date(2026, 3, 2), date(2026, 4, 30))
    """
    if deadline < given:
        raise DeadlineBefore(deadline=_said(deadline), given=_said(given))
    if deadline > _later(given, 12 * LONGEST):
        raise DeadlineFar(deadline=_said(deadline))


def checked_until(until: date, deadline: date) -> date:
    """A later day; refuses with `NotLater`, and with `DeadlineFar` a slip of the pen."""
    if until <= deadline:
        raise NotLater(until=_said(until), deadline=_said(deadline))
    checked_days(deadline, until)
    return until


def checked_asking(deadline: date, today: date, *, waits: bool) -> None:
    """Go on if more time may be asked for; refuses with `AskedAlready` or `AskedTooLate`.

    >>> checked_asking(date(2026, 3, 2), date(2026, 3, 2), waits=False)
    """
    if waits:
        raise AskedAlready
    if today > deadline:
        raise AskedTooLate(deadline=_said(deadline))


def checkpoints(given: date, deadline: date) -> tuple[date, ...]:
    """The interim days of a term; none for three months and less.

    >>> [f"{day:%d.%m}" for day in checkpoints(date(2026, 1, 15), date(2026, 12, 20))]
    ['31.03', '30.06', '30.09']
    >>> [f"{day:%d.%m}" for day in checkpoints(date(2026, 1, 15), date(2026, 5, 29))]
    ['30.01', '27.02', '31.03', '30.04']
    >>> checkpoints(date(2026, 1, 15), date(2026, 4, 15))
    ()
    """
    if deadline <= _later(given, INTERIM_AFTER):
        return ()
    step = 1 if deadline <= _later(given, BY_MONTHS_UP_TO) else 3
    between = [day for day in _ends(given, deadline, step) if given < day < deadline]
    telling = tuple(day for day in between if given + NEAR < day < deadline - NEAR)
    return telling or tuple(between[:1])


def beside_the_week(day: date) -> date | None:
    """The last working day before one on which nobody works; None for a working day.

    >>> beside_the_week(date(2026, 11, 29))
    datetime.date(2026, 11, 27)
    """
    return None if is_working(day) else last_working(day)


def _ends(given: date, deadline: date, step: int) -> Iterator[date]:
    """The last working days of months or quarters from that of giving on."""
    month = given.year * 12 + given.month - 1
    month += -(month + 1) % step
    while (day := date(month // 12, month % 12 + 1, 1)) <= deadline:
        yield last_working(day.replace(day=monthrange(day.year, day.month)[1]))
        month += step


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _said(day: date) -> str:
    return f"{day:%d.%m.%Y}"
