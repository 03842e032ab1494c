"""Discrepancies: a national and a published figure that differ, followed until one gives way.

A case goes from evidence to letter, answer and end. It never closes by time: only by the answer
of the organisation, or by giving it up with a reason.

Source: ours; states follow how such letters go: evidence, letter, answer, correction or refusal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from marra.evidence.rules.fresh import year_of
from marra.evidence.rules.indicators import Indicator
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop


class MoveNotOpen(Conflict):
    """The case is not in a state for it."""

    sentence = gettext_noop(
        "A case that is “{state}” cannot take the step “{move}”. Open are: {moves}."
    )


class MovedMeanwhile(Conflict):
    """Somebody else took a step in the same case."""

    sentence = gettext_noop(
        "Somebody took a step in this case since you opened the page: it is “{state}” now. Your "
        "text stands below; look at theirs and save again."
    )


class TextMissing(Invalid):
    """What a step says must stand there."""

    sentence = gettext_noop("Say in 3 to 5 000 characters what was done, found or answered.")


class DayToCome(Invalid):
    """A step that has not been taken."""

    sentence = gettext_noop("The step is of {day}, which is still to come. Write when it was.")


class CaseOpen(Conflict):
    """Such a case is followed already."""

    sentence = gettext_noop(
        "A case about this indicator and edition is open already: {code}. Add your evidence there."
    )


class NothingDiffers(Invalid):
    """The two figures agree within what counts as equal."""

    sentence = gettext_noop(
        "The national and the published figure differ by no more than {tolerance}, which counts "
        "as equal. There is nothing to follow."
    )


class NotPublished(Invalid):
    """There is no published figure to differ from."""

    sentence = gettext_noop("Nothing is published of “{indicator}” in {edition} for {place}.")


class State(StrEnum):
    """Where a case stands."""

    OPEN = gettext_noop("evidence is gathered")
    SENT = gettext_noop("letter sent")
    ANSWERED = gettext_noop("answered")
    ACCEPTED = gettext_noop("corrected by the organisation")
    REFUSED = gettext_noop("not corrected")
    DROPPED = gettext_noop("given up")


class Move(StrEnum):
    """What may be done in a case."""

    EVIDENCE = gettext_noop("add evidence")
    LETTER = gettext_noop("letter sent to the organisation")
    ANSWER = gettext_noop("answer of the organisation")
    ACCEPT = gettext_noop("the organisation corrects its figure")
    REFUSE = gettext_noop("the organisation keeps its figure")
    DROP = gettext_noop("give the case up")


MOVES: Final[Mapping[State, Mapping[Move, State]]] = MappingProxyType(
    {
        State.OPEN: {
            Move.EVIDENCE: State.OPEN,
            Move.LETTER: State.SENT,
            Move.DROP: State.DROPPED,
        },
        State.SENT: {
            Move.EVIDENCE: State.SENT,
            Move.ANSWER: State.ANSWERED,
            Move.DROP: State.DROPPED,
        },
        State.ANSWERED: {
            Move.EVIDENCE: State.ANSWERED,
            Move.LETTER: State.SENT,
            Move.ACCEPT: State.ACCEPTED,
            Move.REFUSE: State.REFUSED,
            Move.DROP: State.DROPPED,
        },
        State.ACCEPTED: {},
        State.REFUSED: {Move.EVIDENCE: State.OPEN},
        State.DROPPED: {Move.EVIDENCE: State.OPEN},
    }
)
"""From where to where; new evidence opens a case again that was lost or given up."""

ENDED: Final = frozenset({State.ACCEPTED, State.REFUSED, State.DROPPED})


def step(state: State, move: Move) -> State:
    """The state after a move; refuses with `MoveNotOpen`.

    >>> step(State.OPEN, Move.LETTER).name
    'SENT'
    """
    if move not in MOVES[state]:
        moves = ", ".join(MOVES[state]) or "–"
        raise MoveNotOpen(state=state, move=move, moves=moves)
    return MOVES[state][move]


def checked_step(text: str, day: date, on: date) -> str:
    """What a step says, without blanks around it; refuses an empty one and a day to come."""
    told = text.strip()
    if not 3 <= len(told) <= 5000:
        raise TextMissing
    if day > on:
        raise DayToCome(day=f"{day:%d.%m.%Y}")
    return told


@dataclass(frozen=True, slots=True)
class National:
    """A national value that could stand against a published one."""

    code: str
    value: float
    day: date
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Published:
    """A published value, by whom and of which year."""

    value: float
    year: int
    source: str


@dataclass(frozen=True, slots=True)
class Differs:
    """Two figures that differ by more than counts as equal."""

    indicator: str
    national: National
    published: Published
    same_year: National | None  # the national value of the published year, if there is one

    @property
    def by(self) -> float:
        """How much higher the national figure is."""
        return self.national.value - self.published.value


def differs(
    measured: Indicator, values: Iterable[National], published: Published | None
) -> Differs | None:
    """The newest comparable national value beside the published one, where they differ.

    Only a value on a basis of the Survey's own can differ; on another one it is another figure.

    >>> from marra.evidence.rules.indicators import indicator
    >>> ours = National("o", 13.3, date(2024, 12, 31), "uis-method", "national")
    >>> theirs = Published(11.99, 2022, "UNDP")
    >>> found = differs(indicator("hci.expected_years"), [ours], theirs)
    >>> round(found.by, 2), found.same_year
    (1.31, None)
    """
    if published is None or measured.tolerance is None:
        return None
    fitting = sorted(
        (
            each
            for each in values
            if measured.counts_as(each.basis) and year_of(each.day) >= published.year
        ),
        key=lambda each: each.day,
    )
    if not fitting:
        return None
    newest = fitting[-1]
    if abs(newest.value - published.value) <= measured.tolerance:
        return None
    same = next((each for each in fitting if year_of(each.day) == published.year), None)
    return Differs(measured.code, newest, published, same)
