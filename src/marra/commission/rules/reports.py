"""Quarterly reports: five parts, as one document that is frozen when it is made.

The parts are those of the usual form: target indicators, execution of assignments, what is past
its deadline and why, problems that repeat with what is proposed, and the next quarter. Figures are
those of the last day of the quarter, or of the day of making while the quarter runs; causes are in
the words of those who reported, asked for more time or returned, and where nobody said a word the
report says so. A problem is called one when it happens three times or more.

Source: ours, after the usual form of quarterly reports; the number three is ours.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from marra.commission.rules.execution import Ending, Execution
from marra.commission.rules.obligations import State
from marra.kit.days import quarter
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import Text, gettext_noop

FORMAT: Final = "marra-report/1"
REPEATS: Final = 3
"""From how many times on a delay is a problem of the whole and not of one assignment."""

MOST_BODIES: Final = 10


class QuarterToCome(Invalid):
    """There is nothing to report about what has not begun."""

    sentence = gettext_noop("Quarter {quarter} has not begun yet. Choose an earlier one.")


class QuarterRuns(Conflict):
    """Figures that still change are not published."""

    sentence = gettext_noop(
        "The quarter ends on {day}, so its figures still change. Make the report after that day, "
        "and publish that one."
    )


class PublishedBefore(Conflict):
    """The report is public already."""

    sentence = gettext_noop("This report is published already. Nothing was changed.")


class CauseKind(StrEnum):
    """Where the cause of a delay was told."""

    ASKED = gettext_noop("asked for more time")
    RETURNED = gettext_noop("returned for revision")
    REPORTED = gettext_noop("report of the body")


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is late, in the words of whoever said it."""

    kind: CauseKind
    text: str
    day: date


@dataclass(frozen=True, slots=True)
class Target:
    """One indicator with a target: plan, fact, difference, state."""

    code: str
    what: Text
    act: Text
    measure: str
    relation: str
    target: float
    unit: str
    due: date | None
    state: State
    value: float | None = None
    day: date | None = None
    basis: str = ""
    source: str = ""

    @property
    def gap(self) -> float | None:
        """Fact less plan; None where nothing was measured."""
        return None if self.value is None else self.value - self.target


@dataclass(frozen=True, slots=True)
class Delayed:
    """An assignment that was overdue on the day, or done late."""

    number: str
    title: str
    lead: Text
    lead_code: str
    head: str
    first_deadline: date
    deadline: date
    days: int
    ending: Ending
    indicator: str = ""
    causes: tuple[Cause, ...] = ()


class ProblemKind(StrEnum):
    """What repeats."""

    BODY = gettext_noop("{name}: {n} overdue or late of {m} answered for, {days} overdue days.")
    INDICATOR = gettext_noop("Indicator {code}: {n} assignments that are to move it are overdue.")
    SILENT = gettext_noop("Nobody told a cause for {n} of {m} overdue or late assignments.")
    RETURNED = gettext_noop("Returned for revision at least once: {n} of {m} assignments.")
    EXTENDED = gettext_noop("Got more time at least once: {n} of {m} assignments.")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that happened three times or more, with its figures."""

    kind: ProblemKind
    n: int
    m: int = 0
    days: int = 0
    code: str = ""
    name: Text | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A proposal of the quarter."""

    title: str
    remedy: str
    state: str
    body: Text | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What falls due in the next quarter."""

    number: str  # of an assignment, or the code of an obligation
    title: str
    lead: Text
    head: str
    deadline: date


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation that falls due in the next quarter."""

    code: str
    what: Text
    due: date


@dataclass(frozen=True, slots=True)
class Report:
    """A quarter as it was reported."""

    year: int
    quarter: int
    on: date
    is_whole: bool  # whether the quarter was over
    targets: tuple[Target, ...]
    execution: Execution
    delayed: tuple[Delayed, ...]
    problems: tuple[Problem, ...]
    offered: tuple[Offered, ...]
    tasks: tuple[Task, ...]
    duties: tuple[Duty, ...]
    checkpoints: int  # interim days in the next quarter
    own_problems: str = ""  # written by whoever made the report
    own_tasks: str = ""
    format: str = FORMAT


def reported_on(year: int, number: int, today: date) -> date:
    """The day whose figures count: the last of the quarter, or today; refuses `QuarterToCome`.

    >>> reported_on(2026, 3, date(2026, 11, 26)), reported_on(2026, 4, date(2026, 11, 26))
    (datetime.date(2026, 9, 30), datetime.date(2026, 11, 26))
    """
    start, end = quarter(year, number)
    if today < start:
        raise QuarterToCome(quarter=f"{year}Q{number}")
    return min(end, today)


def following(year: int, number: int) -> tuple[int, int]:
    """The quarter after one.

    >>> following(2026, 4)
    (2027, 1)
    """
    return (year, number + 1) if number < 4 else (year + 1, 1)


def checked_publishing(report: Report, *, published: bool) -> None:
    """Go on with a report of a whole quarter, once; refuses `QuarterRuns`, `PublishedBefore`."""
    if not report.is_whole:
        raise QuarterRuns(day=f"{quarter(report.year, report.quarter)[1]:%d.%m.%Y}")
    if published:
        raise PublishedBefore


def problems(execution: Execution, delayed: Sequence[Delayed]) -> tuple[Problem, ...]:
    """What happened three times or more: by body, by indicator, and over all.

    >>> from marra.commission.rules.execution import Figures
    >>> day = date(2026, 9, 30)
    >>> found = Execution(day, day, day, Figures(total=9, returned=4), (), ())
    >>> [(each.kind.name, each.n, each.m) for each in problems(found, ())]
    [('RETURNED', 4, 9)]
    """
    total = execution.total
    silent = sum(not each.causes for each in delayed)
    over_all = (
        Problem(ProblemKind.SILENT, silent, len(delayed)),
        Problem(ProblemKind.RETURNED, total.returned, total.total),
        Problem(ProblemKind.EXTENDED, total.extended, total.total),
    )
    found = [*_bodies(execution), *_indicators(delayed), *over_all]
    return tuple(each for each in found if each.n >= REPEATS)


def _bodies(execution: Execution) -> list[Problem]:
    found = [
        Problem(
            ProblemKind.BODY,
            each.led.overdue + each.led.late,
            each.led.answered,
            each.led.overdue_days,
            each.code,
            each.name,
        )
        for each in execution.bodies
    ]
    return sorted(found, key=lambda each: (-each.n, -each.days, each.code))[:MOST_BODIES]


def _indicators(delayed: Iterable[Delayed]) -> list[Problem]:
    owed = Counter(
        each.indicator for each in delayed if each.indicator and each.ending is Ending.OVERDUE
    )
    return [Problem(ProblemKind.INDICATOR, n, code=code) for code, n in owed.most_common()]


def told(delayed: Sequence[Delayed]) -> Mapping[CauseKind | None, int]:
    """How many of what is delayed have a cause of each kind; None counts those without any.

    >>> told([])[None]
    0
    """
    found: dict[CauseKind | None, int] = dict.fromkeys((*CauseKind, None), 0)
    for each in delayed:
        for cause in each.causes:
            found[cause.kind] += 1
        found[None] += not each.causes
    return found
