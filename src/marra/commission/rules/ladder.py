"""The ladder: when who is reminded of an assignment, and whom a delay is told to next.

Before a day only the nearest step counts: whoever learns on Monday that three days are left need
not read that ten were left. After it every step counts, for each goes to somebody else. A step is
told once for one day, and none after a higher one; a deadline that is moved is another day, so its
steps begin anew, and those of interim days do not. Of interim days that passed without a report
the last one counts.

Source: `ladder.toml` beside this file, with its basis; the way steps are counted is ours.
"""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from marra.commission.rules.assignments import OWED, State
from marra.kit.days import is_working, working_days
from marra.kit.text import gettext_noop
from marra.people.rules.contacts import Way

WAITS: Final = frozenset({State.SUBMITTED, State.GROUP_ACCEPTED})
DEADLINE: Final = "deadline"


class Of(StrEnum):
    """From which day a step is counted."""

    DEADLINE = "deadline"
    INTERIM = "interim"
    VERDICT = "verdict"


class Audience(StrEnum):
    """To whom something is told."""

    EXECUTOR = gettext_noop("executor")
    BODY = gettext_noop("everybody who acts for the body, for its first head")
    HELPERS = gettext_noop("co-executors")
    JUDGE = gettext_noop("whose verdict it waits for")
    GROUP_SECRETARY = gettext_noop("secretary of the working group")
    GROUP_HEAD = gettext_noop("head of the working group")
    SECRETARY = gettext_noop("secretary of the Commission")
    CHAIR = gettext_noop("chair of the Commission")


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: so many working days after a day (before it: less than none), who is told how."""

    code: str
    of: Of
    days: int
    to: tuple[Audience, ...]
    ways: tuple[Way, ...]
    rung: int


@dataclass(frozen=True, slots=True)
class Watched:
    """An assignment, as far as the ladder must know it."""

    state: State
    deadline: date
    interim: tuple[tuple[str, date], ...] = ()  # codes and days that nobody reported on
    submitted: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A step that is to be told: of which day, and the code of the interim day if it is one."""

    step: Step
    day: date
    target: str = DEADLINE

    @property
    def mark(self) -> str:
        """By what it is known that it was told."""
        return f"{self.target}/{self.day.isoformat()}/{self.step.code}"


@dataclass(frozen=True, slots=True)
class Ladder:
    """All steps, and what their days rest on."""

    steps: tuple[Step, ...]
    basis: str
    list_days: frozenset[int]  # of the week, Monday is 1
    list_ways: tuple[Way, ...]


@cache
def ladder() -> Ladder:
    """The packaged ladder, each kind of step from the lowest rung up.

    >>> ladder().steps[0].code, ladder().basis
    ('soon', 'assumed')
    """
    told = tomllib.loads(
        (files("marra.commission.rules") / "ladder.toml").read_text(encoding="utf-8")
    )
    return Ladder(
        steps=tuple(_ranked(told["steps"])),
        basis=told["basis"],
        list_days=frozenset(told["list"]["days"]),
        list_ways=tuple(Way(each) for each in told["list"]["ways"]),
    )


def is_list_day(today: date) -> bool:
    """Whether the list of what falls due goes round; a day off lets it fall out.

    >>> is_list_day(date(2026, 11, 26)), is_list_day(date(2026, 11, 27))
    (True, False)
    """
    return is_working(today) and today.isoweekday() in ladder().list_days


def due_notices(
    thing: Watched,
    today: date,
    told: Collection[str] = (),
    steps: Sequence[Step] | None = None,
) -> tuple[Due, ...]:
    """What is to be told on a day; `told` are the marks of what was told before.

    Nothing on a day on which nobody works, and nothing about what is done or removed.

    >>> owed = Watched(State.NEW, deadline=date(2026, 11, 30))
    >>> [due.step.code for due in due_notices(owed, date(2026, 11, 25))]
    ['near']
    >>> [due.step.code for due in due_notices(owed, date(2026, 12, 9))]
    ['over', 'over-long']
    """
    if not is_working(today):
        return ()
    rungs = ladder().steps if steps is None else steps
    return tuple(
        due
        for of, target, day in _days(thing, today)
        for due in _reached(rungs, of, target, day, today)
        if due.step.rung > _highest(rungs, of, target, day, told)
    )


def next_step(
    thing: Watched, today: date, steps: Sequence[Step] | None = None
) -> tuple[Due, int] | None:
    """The step of the deadline that comes next, and in how many working days; None after the last.

    >>> owed = Watched(State.NEW, deadline=date(2026, 11, 30))
    >>> due, days = next_step(owed, date(2026, 11, 25))
    >>> due.step.code, days
    ('tomorrow', 2)
    """
    if thing.state not in OWED:
        return None
    for step in ladder().steps if steps is None else steps:
        gone = _gone(thing.deadline, today)
        if step.of is Of.DEADLINE and step.days > gone:
            return Due(step, thing.deadline), step.days - gone
    return None


def kind(due: Due) -> str:
    """What kind of notice a step is: which sentence says it.

    >>> day = date(2026, 11, 30)
    >>> kind(due_notices(Watched(State.NEW, day), date(2026, 11, 25))[0])
    'due'
    """
    of, days = due.step.of, due.step.days
    if of is Of.VERDICT:
        return "verdict"
    when = "due" if days < 0 else "over" if days > 0 else "today"
    return when if of is Of.DEADLINE else f"interim-{when}"


def days_told(due: Due, today: date) -> int:
    """How many working days are left, or have gone since.

    >>> days_told(due_notices(Watched(State.NEW, date(2026, 11, 30)), date(2026, 11, 25))[0],
    ...           date(2026, 11, 25))
    3
    """
    return abs(_gone(due.day, today))


def _days(thing: Watched, today: date) -> Iterator[tuple[Of, str, date]]:
    if thing.state in OWED:
        if today <= thing.deadline:
            passed = max((day for _code, day in thing.interim if day < today), default=today)
            yield from ((Of.INTERIM, code, day) for code, day in thing.interim if day >= passed)
        yield Of.DEADLINE, DEADLINE, thing.deadline
    if thing.state in WAITS and thing.submitted is not None:
        yield Of.VERDICT, Of.VERDICT, thing.submitted


def _reached(steps: Iterable[Step], of: Of, target: str, day: date, today: date) -> Iterator[Due]:
    gone = _gone(day, today)
    rungs = [step for step in steps if step.of is of and step.days <= gone]
    after = [step for step in rungs if step.days > 0]
    before = [step for step in rungs if step.days <= 0]
    if today <= day:
        yield from (Due(step, day, target) for step in before[-1:])
    else:
        yield from (Due(step, day, target) for step in after)


def _highest(steps: Iterable[Step], of: Of, target: str, day: date, told: Collection[str]) -> int:
    """The highest rung that was told for a day; 0 for none. What lies below it is over."""
    rungs = (step for step in steps if step.of is of)
    return max((step.rung for step in rungs if Due(step, day, target).mark in told), default=0)


def _gone(day: date, today: date) -> int:
    """Working days since a day; negative before it."""
    return -working_days(today, day) if today <= day else working_days(day, today)


def _ranked(rows: Iterable[dict[str, Any]]) -> Iterator[Step]:
    reached = dict.fromkeys(Of, 0)
    for row in sorted(rows, key=lambda row: (list(Of).index(Of(row["of"])), row["days"])):
        of = Of(row["of"])
        reached[of] += 1
        yield Step(
            code=row["code"],
            of=of,
            days=row["days"],
            to=tuple(Audience[each.replace("-", "_").upper()] for each in row["to"]),
            ways=tuple(Way(each) for each in row["ways"]),
            rung=reached[of],
        )
