"""Execution: what became of assignments by a day, in figures.

An assignment that was due ends on time or late by the day its accepted proof was submitted, not by
the day somebody judged it. What was submitted and is not judged yet waits; what is owed after its
deadline is overdue; the rest runs. The share on time counts what was due and has an answer: on
time against late and overdue. Extensions move the deadline that counts, so how many there were
stands beside it, and whether the first deadline was kept.

Source: ours; the figures are those by which bodies are compared in execution control.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from marra.commission.rules.assignments import State
from marra.kit.days import quarter_of
from marra.kit.errors import Invalid
from marra.kit.text import Text, gettext_noop


class QuarterUnclear(Invalid):
    """A quarter is written as its year, a Q and its number."""

    sentence = gettext_noop("“{written}” is not a quarter. Write it like 2026Q3.")


class Ending(StrEnum):
    """What became of one assignment."""

    ON_TIME = gettext_noop("done on time")
    LATE = gettext_noop("done late")
    WAITING = gettext_noop("waits for a verdict")
    OVERDUE = gettext_noop("overdue")
    RUNNING = gettext_noop("not due yet")
    REMOVED = gettext_noop("removed from control")


@dataclass(frozen=True, slots=True)
class Course:
    """The days of one assignment, as far as they count."""

    state: State
    deadline: date
    first_deadline: date
    submitted_on: date | None = None
    delivered_on: date | None = None
    done_on: date | None = None
    removed_on: date | None = None
    returns: int = 0
    extensions: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of many."""

    total: int = 0
    on_time: int = 0
    late: int = 0
    waiting: int = 0
    overdue: int = 0
    running: int = 0
    removed: int = 0
    first_kept: int = 0  # done by the first deadline
    returned: int = 0  # given back at least once
    extended: int = 0  # got more time at least once
    overdue_days: int = 0  # calendar days, of those overdue and of those done late

    @property
    def done(self) -> int:
        """Accepted, on time or late."""
        return self.on_time + self.late

    @property
    def share_on_time(self) -> float | None:
        """On time among those due that have an answer; None where there is none.

        >>> Figures(on_time=3, late=1).share_on_time
        0.75
        """
        return self.on_time / self.answered if self.answered else None

    @property
    def answered(self) -> int:
        """Those due that have an answer: on time, late, or overdue."""
        return self.on_time + self.late + self.overdue


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one body or group."""

    code: str
    name: Text
    led: Figures
    helped: Figures


@dataclass(frozen=True, slots=True)
class Execution:
    """What became of what was due in a period, by a day."""

    start: date
    end: date
    on: date
    total: Figures
    bodies: tuple[Line, ...]
    groups: tuple[Line, ...]


def quarter_named(written: str) -> tuple[int, int]:
    """The year and the number of a quarter; refuses with `QuarterUnclear`.

    >>> quarter_named("2026Q3")
    (2026, 3)
    """
    found = re.fullmatch(r"(20[0-9]{2})Q([1-4])", written.strip().upper())
    if found is None:
        raise QuarterUnclear(written=written)
    return int(found[1]), int(found[2])


def closed_quarters(today: date, count: int) -> tuple[tuple[int, int], ...]:
    """The last quarters that are over, the latest first.

    >>> closed_quarters(date(2026, 4, 1), 2)
    ((2026, 1), (2025, 4))
    """
    year, number = quarter_of(today)
    at = 4 * year + number - 2
    return tuple((each // 4, each % 4 + 1) for each in range(at, at - count, -1))


def ending(course: Course, on: date) -> Ending:
    """What had become of an assignment by a day.

    >>> due = date(2026, 3, 31)
    >>> ending(Course(State.NEW, due, due), date(2026, 4, 1)).value
    'overdue'
    """
    if _by(course.removed_on, on):
        return Ending.REMOVED
    if _by(course.done_on, on) and course.delivered_on is not None:
        return Ending.ON_TIME if course.delivered_on <= course.deadline else Ending.LATE
    if _waits(course, on):
        return Ending.WAITING
    return Ending.OVERDUE if course.deadline < on else Ending.RUNNING


def days_over(course: Course, on: date) -> int:
    """Calendar days after the deadline, of what was delivered late or is overdue on that day.

    >>> due = date(2026, 3, 31)
    >>> days_over(Course(State.NEW, due, due), date(2026, 4, 3))
    3
    """
    match ending(course, on):
        case Ending.LATE if course.delivered_on is not None:
            return (course.delivered_on - course.deadline).days
        case Ending.OVERDUE:
            return (on - course.deadline).days
        case _:
            return 0


def tally(courses: Iterable[Course], on: date) -> Figures:
    """The figures of many assignments by a day.

    >>> due = date(2026, 3, 31)
    >>> tally([Course(State.NEW, due, due)], date(2026, 4, 3)).overdue_days
    3
    """
    return added(counted(each, on) for each in courses)


def counted(course: Course, on: date) -> tuple[int, ...]:
    """One assignment by a day, as `Figures` would count it alone; in the order of its fields.

    >>> due = date(2026, 3, 31)
    >>> counted(Course(State.NEW, due, due, returns=2), date(2026, 4, 3))
    (1, False, False, False, True, False, False, False, True, False, 3)
    """
    became = ending(course, on)
    return (
        1,
        became is Ending.ON_TIME,
        became is Ending.LATE,
        became is Ending.WAITING,
        became is Ending.OVERDUE,
        became is Ending.RUNNING,
        became is Ending.REMOVED,
        _first_kept(course, on),
        course.returns > 0,
        course.extensions > 0,
        days_over(course, on),
    )


def added(rows: Iterable[tuple[int, ...]]) -> Figures:
    """The figures of many that were counted one by one.

    >>> added([(1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0)] * 2).on_time
    2
    """
    return Figures(*map(sum, zip(*rows, strict=True)))


def _by(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _waits(course: Course, on: date) -> bool:
    """Submitted by that day; what was judged later waited then, what was returned is owed."""
    if not _by(course.submitted_on, on):
        return False
    later = course.done_on is not None and course.done_on > on
    return later or course.state in {State.SUBMITTED, State.GROUP_ACCEPTED}


def _first_kept(course: Course, on: date) -> bool:
    return _by(course.done_on, on) and _by(course.delivered_on, course.first_deadline)
