"""Sessions: from the call to the closed minutes, and what may be written at which moment.

The agenda may change until the minutes are closed; minutes and decisions are written only while
the session is open. What is decided takes effect when the minutes are closed: then proposals are
decided, assignments are given, and the minutes get their number. After that nothing changes.

Source: ours, after found practice: decisions are recorded in an open meeting only (OpenProject),
minutes with numbered clauses, each with an executor and a day (minutes of the Uzbek government).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

LONGEST_TEXT: Final = 20_000
LONGEST_LINE: Final = 500


class State(StrEnum):
    """Where a session stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


TOLD: Final[Mapping[State, str]] = {
    State.PLANNED: gettext_noop("Planned"),
    State.OPEN: gettext_noop("Open now"),
    State.CLOSED: gettext_noop("Minutes closed"),
    State.CANCELLED: gettext_noop("Cancelled"),
}
"""The states as pages say them."""

MOVES: Final[Mapping[str, tuple[frozenset[State], State]]] = {
    "open": (frozenset({State.PLANNED}), State.OPEN),
    "close": (frozenset({State.OPEN}), State.CLOSED),
    "cancel": (frozenset({State.PLANNED}), State.CANCELLED),
}
"""The whole way of a session: from which states a step leads where."""

ALIVE: Final = frozenset({State.PLANNED, State.OPEN})
"""States in which the agenda may change."""


class Outcome(StrEnum):
    """What a decision comes to."""

    NOTED = "noted"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ASSIGNED = "assigned"


OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.NOTED: gettext_noop("Noted"),
    Outcome.ACCEPTED: gettext_noop("Accepted"),
    Outcome.REJECTED: gettext_noop("Rejected"),
    Outcome.ASSIGNED: gettext_noop("Assigned"),
}
"""The outcomes as pages and documents say them."""

DECIDES: Final[Mapping[Outcome, bool]] = {
    Outcome.ACCEPTED: True,
    Outcome.ASSIGNED: True,
    Outcome.REJECTED: False,
}
"""What an outcome makes of the proposal that the item is about; one that is noted waits on."""


class Field(StrEnum):
    """What several people may write at once."""

    TITLE = gettext_noop("title")
    SPEAKER = gettext_noop("speaker")
    NUMBER = gettext_noop("place in the agenda")
    MINUTES = gettext_noop("minutes")
    TEXT = gettext_noop("text of the decision")
    STARTS_AT = gettext_noop("day and time")
    VENUE = gettext_noop("place")
    CHAIRED_BY = gettext_noop("who chairs")
    KEPT_BY = gettext_noop("who keeps the minutes")


class Lack(StrEnum):
    """What keeps minutes from being closed."""

    ITEM = gettext_noop("the agenda has no item")
    CHAIR = gettext_noop("who chairs is not named")
    KEEPER = gettext_noop("who keeps the minutes is not named")
    PRESENT = gettext_noop("nobody is marked as present")
    UNTOLD = gettext_noop("an item has neither minutes nor a decision")
    TASK = gettext_noop("a decision that assigns has no assignment")


class StepNotOpen(Conflict):
    """The session is not in a state for this step."""

    sentence = gettext_noop(
        "The session “{title}” has been moved on meanwhile, so this step is not open. "
        "Look at where it stands now."
    )


class AgendaFixed(Conflict):
    """The agenda of a session that is over stays."""

    sentence = gettext_noop(
        "The session “{title}” is closed or cancelled, so its agenda stays as it is. "
        "Put the item on the agenda of another session."
    )


class NotInSession(Conflict):
    """Minutes are written while the session is open."""

    sentence = gettext_noop(
        "Minutes and decisions are written only while the session is open, "
        "and “{title}” is not open. Open it first; closed minutes stay as they are."
    )


class TooEarly(Conflict):
    """A session is opened on its day."""

    sentence = gettext_noop(
        "The session is planned for {day}, so it cannot be opened before. "
        "If it was moved, change its day first."
    )


class NotReady(Conflict):
    """Something is missing in the minutes."""

    sentence = gettext_noop("The minutes cannot be closed yet: {lacks}. Add that first.")


class SessionChanged(Conflict):
    """Somebody else changed the session while this was written."""

    sentence = gettext_noop(
        "Somebody changed this session while you were writing: {fields}. "
        "Your text is kept below; compare, and save again."
    )


class ItemChanged(Conflict):
    """Somebody else wrote at the same item."""

    sentence = gettext_noop(
        "Somebody wrote at item {number} while you were writing: {fields}. "
        "Your text is kept below; compare, and save again."
    )


class DecisionChanged(Conflict):
    """Somebody else changed the decision."""

    sentence = gettext_noop(
        "Somebody changed decision {number} while you were writing. "
        "Your text is kept below; compare, and save again."
    )


class LineMissing(Invalid):
    """A session or an item is named by one line."""

    sentence = gettext_noop("Say in one line of 3 to 500 characters what it is about.")


class DecisionMissing(Invalid):
    """A decision says what is decided."""

    sentence = gettext_noop("Write what is decided; it becomes a clause of the minutes.")


class TextTooLong(Invalid):
    """The text is a whole book."""

    sentence = gettext_noop(
        "The text has {length} characters, and at most 20 000 are kept. Shorten it."
    )


class UnknownOutcome(Invalid):
    """A decision comes to one of four things."""

    sentence = gettext_noop("Choose what the decision comes to: one of the list.")


class TaskNeeded(Invalid):
    """What assigns has an assignment."""

    sentence = gettext_noop(
        "A decision that assigns needs at least one assignment: a body that leads, and a deadline."
    )


class TaskTooMany(Invalid):
    """What is rejected or noted gives no work."""

    sentence = gettext_noop(
        "A decision that rejects or notes gives no assignment. "
        "Choose “Assigned” or “Accepted”, or leave the assignment out."
    )


class DecidedTwice(Conflict):
    """A proposal is decided once in a session."""

    sentence = gettext_noop(
        "Decision {number} decides on this proposal already. "
        "Strike it out first, or let this one be noted."
    )


class ItemWritten(Conflict):
    """What was heard and decided is not taken off an agenda."""

    sentence = gettext_noop(
        "Minutes or a decision about item {number} are written, so it stays on the agenda. "
        "Take those back first."
    )


class ForeignProposal(Invalid):
    """A group decides on its own proposals."""

    sentence = gettext_noop(
        "The proposal “{title}” is not of this working group. "
        "Put it on the agenda of its own group, or of the Commission."
    )


class SamePlace(Invalid):
    """Nobody comes twice."""

    sentence = gettext_noop("“{name}” is on the list already.")


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment that a decision gives, as it was written in the session."""

    title: str
    lead: str
    deadline: date
    head_name: str = ""
    co_executors: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is there to judge whether minutes may be closed."""

    chaired_by: str
    kept_by: str
    present: int
    told: Sequence[bool]  # by item: whether it has minutes or a decision
    tasks: Sequence[tuple[str, int]]  # by decision: its outcome, and how many assignments


def step(state: State, move: str, *, title: str) -> State:
    """The state after a step; refuses with `StepNotOpen`.

    >>> step(State.PLANNED, "open", title="Session").value
    'open'
    """
    before, after = MOVES[move]
    if state not in before:
        raise StepNotOpen(title=title)
    return after


def agenda_open(state: State, *, title: str) -> None:
    """Go on only while the agenda may change; refuses with `AgendaFixed`."""
    if state not in ALIVE:
        raise AgendaFixed(title=title)


def in_session(state: State, *, title: str) -> None:
    """Go on only while the session is open; refuses with `NotInSession`."""
    if state is not State.OPEN:
        raise NotInSession(title=title)


def on_its_day(planned: date, today: date) -> None:
    """Go on only on the day of the session or after it; refuses with `TooEarly`.

    >>> on_its_day(date(2026, 3, 2), date(2026, 3, 2))
    """
    if today < planned:
        raise TooEarly(day=f"{planned:%d.%m.%Y}")


def lacking(draft: Draft) -> tuple[Lack, ...]:
    """What is missing before minutes can be closed.

    >>> [each.name for each in lacking(Draft("A. Karimov", "", 3, [True], []))]
    ['KEEPER']
    """
    tasks_due = any(outcome == Outcome.ASSIGNED and not count for outcome, count in draft.tasks)
    found = {
        Lack.ITEM: not draft.told,
        Lack.CHAIR: not draft.chaired_by,
        Lack.KEEPER: not draft.kept_by,
        Lack.PRESENT: not draft.present,
        Lack.UNTOLD: not all(draft.told),
        Lack.TASK: tasks_due,
    }
    return tuple(lack for lack, is_so in found.items() if is_so)


def ready(draft: Draft) -> None:
    """Go on only if minutes can be closed; refuses with `NotReady`, naming what is missing."""
    if lacks := lacking(draft):
        raise NotReady(lacks=lacks)


def checked_outcome(outcome: str, *, tasks: int) -> Outcome:
    """An outcome that fits its assignments.

    Refuses with `UnknownOutcome`, `TaskNeeded` or `TaskTooMany`.

    >>> checked_outcome("assigned", tasks=1).value
    'assigned'
    """
    if outcome not in set(Outcome):
        raise UnknownOutcome
    if outcome == Outcome.ASSIGNED and not tasks:
        raise TaskNeeded
    if outcome in {Outcome.NOTED, Outcome.REJECTED} and tasks:
        raise TaskTooMany
    return Outcome(outcome)


def checked_line(text: str) -> str:
    """What a session or an item is about, in one line; refuses with `LineMissing`.

    >>> checked_line("  On the portal ")
    'On the portal'
    """
    cleaned = " ".join(text.split())
    if not 3 <= len(cleaned) <= LONGEST_LINE or not cleaned.isprintable():
        raise LineMissing
    return cleaned


def checked_text(text: str) -> str:
    """A text without spare blanks around it; refuses with `TextTooLong`.

    >>> checked_text(" Heard.\\r\\nDiscussed. ")
    'Heard.\\nDiscussed.'
    """
    cleaned = text.replace("\r\n", "\n").replace("\0", "").strip()
    if len(cleaned) > LONGEST_TEXT:
        raise TextTooLong(length=len(cleaned))
    return cleaned


def checked_decision(text: str) -> str:
    """What is decided; refuses with `DecisionMissing` or `TextTooLong`."""
    cleaned = checked_text(text)
    if len(cleaned) < 3:
        raise DecisionMissing
    return cleaned


def order(codes: Sequence[str], moved: str, to: int) -> list[str]:
    """The codes with one of them moved to a place, counted from 1; others keep their order.

    >>> order(["a", "b", "c"], "c", 1), order(["a", "b"], "a", 99)
    (['c', 'a', 'b'], ['b', 'a'])
    """
    others = [each for each in codes if each != moved]
    at = min(max(to, 1), len(others) + 1) - 1
    return [*others[:at], moved, *others[at:]]
