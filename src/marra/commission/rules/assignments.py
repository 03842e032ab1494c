"""Assignments: who owes what by when, and the way from a draft to acceptance.

The way has two steps of acceptance: the secretary of the group first, the secretary of the
Commission last; without a group only the last. Nobody judges what they submitted, and nobody
judges twice. The first deadline stays for ever; more time is asked for, granted and counted. Late
is what was submitted after its deadline; overdue is what is neither submitted nor done by then.

Source: ours, after found practice of execution control: acceptance by two controllers, return for
revision with a reason, interim days for terms beyond three months (UP-117 of 25.07.2025, quoted).
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from marra.kit.days import last_working, quarter, quarter_of, working_days
from marra.kit.errors import Conflict, Invalid, NotAllowed
from marra.kit.text import gettext_noop

LONGEST_TITLE: Final = 500
LONGEST_TEXT: Final = 10_000
MOST_EXTENSIONS: Final = 20
INTERIM_AFTER: Final = 3
"""Months: a longer term gets checkpoints."""


class State(StrEnum):
    """Where an assignment stands; overdue is computed and never a state."""

    DRAFT = "draft"
    NEW = "new"
    IN_PROGRESS = "in-progress"
    SUBMITTED = "submitted"
    GROUP_ACCEPTED = "group-accepted"
    RETURNED = "returned"
    DONE = "done"
    REMOVED = "removed"


TOLD: Final[Mapping[State, str]] = {
    State.DRAFT: gettext_noop("Being drafted"),
    State.NEW: gettext_noop("New"),
    State.IN_PROGRESS: gettext_noop("In progress"),
    State.SUBMITTED: gettext_noop("Submitted"),
    State.GROUP_ACCEPTED: gettext_noop("Accepted by the group"),
    State.RETURNED: gettext_noop("Returned for revision"),
    State.DONE: gettext_noop("Done"),
    State.REMOVED: gettext_noop("Removed from control"),
}
"""The states as pages and files say them."""

OWED: Final = frozenset({State.NEW, State.IN_PROGRESS, State.RETURNED})
"""States in which the body still owes something."""

OPEN: Final = OWED | {State.SUBMITTED, State.GROUP_ACCEPTED}
"""States under control."""

MOVES: Final[Mapping[str, tuple[frozenset[State], State]]] = {
    "give": (frozenset({State.DRAFT}), State.NEW),
    "start": (frozenset({State.NEW, State.RETURNED}), State.IN_PROGRESS),
    "submit": (OWED, State.SUBMITTED),
    "accept-in-group": (frozenset({State.SUBMITTED}), State.GROUP_ACCEPTED),
    "accept": (frozenset({State.SUBMITTED, State.GROUP_ACCEPTED}), State.DONE),
    "return": (frozenset({State.SUBMITTED, State.GROUP_ACCEPTED}), State.RETURNED),
    "remove": (OPEN, State.REMOVED),
}
"""The whole way: from which states a step leads where."""


class Ground(StrEnum):
    """Why something is taken from control."""

    DUPLICATE = "duplicate"
    NOT_NEEDED = "not-needed"
    DONE_OTHERWISE = "done-otherwise"
    ACT_REPEALED = "act-repealed"


GROUNDS: Final[Mapping[Ground, str]] = {
    Ground.DUPLICATE: gettext_noop("It repeats another assignment"),
    Ground.NOT_NEEDED: gettext_noop("It is not needed any more"),
    Ground.DONE_OTHERWISE: gettext_noop("It was done by other means"),
    Ground.ACT_REPEALED: gettext_noop("Its act is no longer in force"),
}
"""The grounds as pages say them."""


class StepNotOpen(Conflict):
    """The assignment is not in a state for this step."""

    sentence = gettext_noop(
        "Assignment {number} has been moved on meanwhile, so this step is not open. "
        "Look at where it stands now."
    )


class TaskMissing(Invalid):
    """An assignment says what is to be done."""

    sentence = gettext_noop("Say in one line of 5 to 500 characters what is to be done.")


class TextTooLong(Invalid):
    """The text is a whole document."""

    sentence = gettext_noop(
        "The text has {length} characters, and at most 10 000 are kept. Attach it as a file."
    )


class DeadlineBefore(Invalid):
    """A deadline lies after the day the assignment was given."""

    sentence = gettext_noop(
        "The deadline {deadline} lies before the day the assignment is given, {given}. "
        "Choose a later day."
    )


class LeadAmongHelpers(Invalid):
    """The body that leads does not help itself."""

    sentence = gettext_noop("The body that leads is among the co-executors. Leave it out there.")


class ProofMissing(Invalid):
    """Nothing is submitted on one's word alone."""

    sentence = gettext_noop(
        "Add at least one proof: a file, an address, or an observation. "
        "What has no proof cannot be submitted."
    )


class WrongLink(Invalid):
    """A link is an address of a page."""

    sentence = gettext_noop("“{link}” is no address. Begin it with https:// or http://.")


class OwnWork(NotAllowed):
    """Nobody accepts their own."""

    sentence = gettext_noop("You submitted this yourself, so somebody else has to judge it.")


class JudgedBefore(NotAllowed):
    """The two steps are taken by two people."""

    sentence = gettext_noop(
        "You judged this at the first step, so somebody else takes the second one."
    )


class GroupFirst(Conflict):
    """The group's secretary goes before the Commission's."""

    sentence = gettext_noop(
        "The secretary of the working group has not judged this yet. It comes to you afterwards."
    )


class ReasonNeeded(Invalid):
    """Whoever gets something back must know why."""

    sentence = gettext_noop("Say in a sentence why; the body must know what to do.")


class NotLater(Invalid):
    """More time is time after the deadline."""

    sentence = gettext_noop(
        "{until} is not later than the deadline {deadline}. Choose a later day."
    )


class AskedAlready(Conflict):
    """One question at a time."""

    sentence = gettext_noop("More time was asked for already and is not answered yet.")


class NothingAsked(Conflict):
    """There is no open question for more time."""

    sentence = gettext_noop("Nobody is waiting for an answer about more time.")


class UnknownGround(Invalid):
    """There is no such ground for a removal."""

    sentence = gettext_noop("There is no ground “{ground}” for a removal. Choose one of the list.")


class PercentRange(Invalid):
    """A share of work lies from 0 to 100."""

    sentence = gettext_noop("Progress is a whole number from 0 to 100.")


class AssignmentChanged(Conflict):
    """Somebody else changed it while this was written."""

    sentence = gettext_noop(
        "Somebody changed this assignment while you were writing: {fields}. "
        "Your text is kept below; compare, and save again."
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict, as far as the next judge must know it."""

    step: str  # group, commission
    by: str


def step(state: State, move: str, *, number: str) -> State:
    """The state after a step; refuses with `StepNotOpen`.

    >>> step(State.NEW, "submit", number="2026/1").value
    'submitted'
    """
    before, after = MOVES[move]
    if state not in before:
        raise StepNotOpen(number=number)
    return after


def may_judge(by: str, *, submitted_by: str, before: Sequence[Judged]) -> None:
    """Go on only if this person neither submitted nor judged; refuses `OwnWork`, `JudgedBefore`.

    >>> may_judge("account-2", submitted_by="account-1", before=[])
    """
    if by == submitted_by:
        raise OwnWork
    if any(each.by == by for each in before):
        raise JudgedBefore


def last_step_open(state: State, *, has_group: bool) -> None:
    """Go on only if the group has judged, where there is one; refuses with `GroupFirst`.

    >>> last_step_open(State.SUBMITTED, has_group=False)
    """
    if has_group and state is State.SUBMITTED:
        raise GroupFirst


def is_overdue(state: State, deadline: date, today: date) -> bool:
    """Whether a body still owes something after its deadline.

    >>> is_overdue(State.NEW, date(2026, 3, 2), date(2026, 3, 3))
    True
    >>> is_overdue(State.SUBMITTED, date(2026, 3, 2), date(2026, 3, 3))
    False
    """
    return state in OWED and today > deadline


def days_left(deadline: date, today: date) -> int:
    """Working days until the deadline; negative when it has passed.

    >>> days_left(date(2026, 11, 30), date(2026, 11, 26))
    2
    """
    return working_days(today, deadline)


def checkpoints(given: date, deadline: date) -> tuple[date, ...]:
    """Interim days: the last working day of each quarter in between, for terms beyond 3 months.

    >>> checkpoints(date(2026, 1, 15), date(2026, 12, 20))
    (datetime.date(2026, 3, 31), datetime.date(2026, 6, 30), datetime.date(2026, 9, 30))
    >>> checkpoints(date(2026, 1, 15), date(2026, 4, 15))
    ()
    """
    if deadline <= _months_later(given, INTERIM_AFTER):
        return ()
    found: list[date] = []
    day = given
    while True:
        last = last_working(quarter(*quarter_of(day))[1])
        if last >= deadline:
            return tuple(found)
        if last > given:
            found.append(last)
        year, number = quarter_of(day)
        day = quarter(year + (number == 4), number % 4 + 1)[0]


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def checked_task(title: str) -> str:
    """What is to be done, in one line; refuses with `TaskMissing`.

    >>> checked_task("  Open  the register ")
    'Open the register'
    """
    cleaned = " ".join(title.split())
    if not 5 <= len(cleaned) <= LONGEST_TITLE:
        raise TaskMissing
    return cleaned


def checked_text(text: str) -> str:
    """A text without spare blanks around it; refuses with `TextTooLong`."""
    cleaned = text.strip()
    if len(cleaned) > LONGEST_TEXT:
        raise TextTooLong(length=len(cleaned))
    return cleaned


def checked_reason(text: str) -> str:
    """A reason; refuses with `ReasonNeeded` or `TextTooLong`.

    >>> checked_reason("The file does not open.")
    'The file does not open.'
    """
    cleaned = checked_text(text)
    if len(cleaned) < 3:
        raise ReasonNeeded
    return cleaned[:2000]


def checked_days(given: date, deadline: date) -> None:
    """Go on if the deadline is not before the day of giving; else refuse `DeadlineBefore`."""
    if deadline < given:
        raise DeadlineBefore(deadline=_said(deadline), given=_said(given))


def checked_links(links: Sequence[str]) -> list[str]:
    """Addresses without doubles; refuses with `WrongLink`.

    >>> checked_links(["https://my.gov.uz/", " https://my.gov.uz/ ", ""])
    ['https://my.gov.uz/']
    """
    found = list(dict.fromkeys(each.strip() for each in links if each.strip()))
    for link in found:
        if not link.lower().startswith(("https://", "http://")) or len(link) > 500:
            raise WrongLink(link=link[:80])
    return found[:20]


def checked_ground(ground: str) -> Ground:
    """A ground of removal; refuses with `UnknownGround`.

    >>> checked_ground("duplicate").value
    'duplicate'
    """
    if ground not in set(Ground):
        raise UnknownGround(ground=ground[:40])
    return Ground(ground)


def checked_percent(percent: int) -> int:
    """A share of work done; refuses with `PercentRange`.

    >>> checked_percent(40)
    40
    """
    if not 0 <= percent <= 100:
        raise PercentRange
    return percent


def checked_until(until: date, deadline: date) -> date:
    """A later day; refuses with `NotLater`."""
    if until <= deadline:
        raise NotLater(until=_said(until), deadline=_said(deadline))
    return until


def _said(day: date) -> str:
    return day.strftime("%d.%m.%Y")
