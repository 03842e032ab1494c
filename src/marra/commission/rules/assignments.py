"""Assignments: who owes what by when, and the way from a draft to acceptance.

The way has two steps of acceptance: the secretary of the group first, the secretary of the
Commission last; without a group only the last. Nobody judges what they submitted, and nobody
judges twice. The first deadline stays for ever; more time is asked for, granted and counted. Late
is what was submitted after its deadline; overdue is what is neither submitted nor done by then.

Source: ours, after found practice of execution control: acceptance by two controllers and return
for revision with a reason (PP-5132 of 31.05.2021, quoted); terms stand in `terms`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from marra.kit.days import working_days
from marra.kit.errors import Conflict, Invalid, NotAllowed, NotFound
from marra.kit.text import gettext_noop

LONGEST_TITLE: Final = 500
LONGEST_TEXT: Final = 10_000
MOST_LINKS: Final = 20


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
    "return-in-group": (frozenset({State.SUBMITTED}), State.RETURNED),
    "return": (frozenset({State.SUBMITTED, State.GROUP_ACCEPTED}), State.RETURNED),
    "remove": (OPEN | {State.DRAFT}, State.REMOVED),
}
"""The whole way: from which states a step leads where."""


class Field(StrEnum):
    """What may be changed about an assignment."""

    TITLE = gettext_noop("what is to be done")
    TEXT = gettext_noop("details")
    LEAD = gettext_noop("body that leads")
    CO_EXECUTORS = gettext_noop("co-executors")
    HEAD_NAME = gettext_noop("first head")
    DEADLINE = gettext_noop("deadline")
    GROUP = gettext_noop("working group")
    CLAUSE = gettext_noop("clause")
    OBLIGATION = gettext_noop("obligation")
    BASIS = gettext_noop("document")
    INDICATOR = gettext_noop("indicator")
    IJRO_NUMBER = gettext_noop("number in ijro.gov.uz")


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


class OwnBody(NotAllowed):
    """Whoever works for the body that did it does not accept it either."""

    sentence = gettext_noop(
        "You act for a body that carries this out, so somebody else has to judge it."
    )


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


class NoGroup(Conflict):
    """Without a group there is no first step."""

    sentence = gettext_noop(
        "No working group judges this: the secretary of the Commission does at once."
    )


class ReasonNeeded(Invalid):
    """Whoever gets something back must know why."""

    sentence = gettext_noop("Say in a sentence why; the body must know what to do.")


class PercentRange(Invalid):
    """A share of work lies from 0 to 100."""

    sentence = gettext_noop("Progress is a whole number from 0 to 100.")


class AssignmentChanged(Conflict):
    """Somebody else changed it while this was written."""

    sentence = gettext_noop(
        "Somebody changed this assignment while you were writing: {fields}. "
        "Your text is kept below; compare, and save again."
    )


class NotInBody(Invalid):
    """Work is delegated inside the body that owes it."""

    sentence = gettext_noop(
        "Only somebody who acts for the body that leads can be charged with it. "
        "An administrator gives that role."
    )


class NoSuchClause(NotFound):
    """The act has no clause of that number."""

    sentence = gettext_noop("There is no clause “{clause}” in the act. Choose one of the list.")


class NoSuchObservation(NotFound):
    """There is no such value."""

    sentence = gettext_noop("There is no observation “{code}”. Choose one of the list.")


class NothingReported(Invalid):
    """A report on many reports on at least one."""

    sentence = gettext_noop("Choose at least one assignment to report on.")


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


def may_judge(
    by: str, *, authors: Collection[str], before: Sequence[Judged], in_body: bool = False
) -> None:
    """Go on only if this person has no other part in it.

    Refuses with `OwnWork` those who submitted it or for whom it was submitted, with `OwnBody`
    those who act for a body that carries it out, with `JudgedBefore` whoever took the other step.

    >>> may_judge("account-2", authors={"account-1"}, before=[])
    """
    if by in authors:
        raise OwnWork
    if in_body:
        raise OwnBody
    if any(each.by == by for each in before):
        raise JudgedBefore


def last_step_open(state: State, *, has_group: bool) -> None:
    """Go on only if the group has judged, where there is one; refuses with `GroupFirst`.

    >>> last_step_open(State.SUBMITTED, has_group=False)
    """
    if has_group and state is State.SUBMITTED:
        raise GroupFirst


def first_step_open(*, has_group: bool) -> None:
    """Go on only if there is a group that judges first; refuses with `NoGroup`.

    >>> first_step_open(has_group=True)
    """
    if not has_group:
        raise NoGroup


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


def checked_links(links: Sequence[str]) -> list[str]:
    """Addresses without doubles; refuses with `WrongLink`.

    >>> checked_links(["https://my.gov.uz/", " https://my.gov.uz/ ", ""])
    ['https://my.gov.uz/']
    """
    found = list(dict.fromkeys(each.strip() for each in links if each.strip()))
    for link in found:
        if not link.lower().startswith(("https://", "http://")) or len(link) > 500:
            raise WrongLink(link=link[:80])
    return found[:MOST_LINKS]


def checked_percent(percent: int) -> int:
    """A share of work done; refuses with `PercentRange`.

    >>> checked_percent(40)
    40
    """
    if not 0 <= percent <= 100:
        raise PercentRange
    return percent
