"""Proposals: a problem found, a remedy proposed, and the way to a decision.

A draft is its author's; put forward, it waits for a session. A session takes it on its agenda and
decides it; a rejected or withdrawn one stays on record and may be made anew, never reopened.

Source: ours; the order problem, remedy, decision is that of the decision PQ-308, 4-a.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from marra.index.edition import PILLARS
from marra.index.gap import Explanation
from marra.index.survey import Survey
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

LONGEST: Final = 10_000


class State(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    PUT_FORWARD = "put-forward"
    ON_AGENDA = "on-agenda"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


MOVES: Final[Mapping[str, tuple[frozenset[State], State]]] = {
    "put-forward": (frozenset({State.DRAFT}), State.PUT_FORWARD),
    "take": (frozenset({State.PUT_FORWARD}), State.ON_AGENDA),
    "leave": (frozenset({State.ON_AGENDA}), State.PUT_FORWARD),
    "accept": (frozenset({State.ON_AGENDA, State.PUT_FORWARD}), State.ACCEPTED),
    "reject": (frozenset({State.ON_AGENDA, State.PUT_FORWARD}), State.REJECTED),
    "withdraw": (frozenset({State.DRAFT, State.PUT_FORWARD}), State.WITHDRAWN),
}
"""The whole way of a proposal: from which states a step leads where."""

TOLD: Final[Mapping[State, str]] = {
    State.DRAFT: gettext_noop("Draft"),
    State.PUT_FORWARD: gettext_noop("Put forward"),
    State.ON_AGENDA: gettext_noop("On the agenda"),
    State.ACCEPTED: gettext_noop("Accepted"),
    State.REJECTED: gettext_noop("Rejected"),
    State.WITHDRAWN: gettext_noop("Withdrawn"),
}
"""The states as pages say them."""


class ProposalMoveNotOpen(Conflict):
    """The proposal is not in a state for this step."""

    sentence = gettext_noop(
        "The proposal “{title}” has been moved on meanwhile, so this step is not open. "
        "Look at where it stands now."
    )


class ProposalFixed(Conflict):
    """What was put forward stays as it was put."""

    sentence = gettext_noop(
        "The proposal “{title}” was put forward, so what it says stays. "
        "Withdraw it, and make a new one."
    )


class ProblemMissing(Invalid):
    """A proposal without a problem proposes nothing."""

    sentence = gettext_noop("Say in one or two sentences which problem was found.")


class RemedyMissing(Invalid):
    """What is put forward needs a remedy."""

    sentence = gettext_noop("Say what is proposed against the problem before you put it forward.")


class NobodyToCarry(Invalid):
    """A proposal belongs to a group or comes from a body."""

    sentence = gettext_noop(
        "Choose the working group, or the state body, that the proposal is of."
    )


class TextTooLong(Invalid):
    """The text is a whole document."""

    sentence = gettext_noop(
        "The text has {length} characters, and at most 10 000 are kept. Attach the rest."
    )


class NotInThatPlan(Invalid):
    """A proposal is carried by an initiative of a plan."""

    sentence = gettext_noop(
        "The plan “{plan}” has no initiative “{initiative}”. Choose one that it carries out."
    )


class ProposalOver(Conflict):
    """What was rejected or withdrawn is carried by no plan."""

    sentence = gettext_noop(
        "The proposal “{title}” was rejected or withdrawn, so no plan carries it. Make a new one."
    )


class ProposalChanged(Conflict):
    """Somebody else changed it while this was written."""

    sentence = gettext_noop(
        "Somebody changed this proposal while you were writing: {fields}. "
        "Your text is kept below; compare, and save again."
    )


def checked_plan(
    state: State, *, title: str, plan: str, chosen: Sequence[str], initiative: str
) -> str:
    """The initiative that carries a proposal, if the plan has chosen it.

    >>> checked_plan(State.ACCEPTED, title="A", plan="P", chosen=["fibre"], initiative="fibre")
    'fibre'
    """
    if state in {State.REJECTED, State.WITHDRAWN}:
        raise ProposalOver(title=title)
    if initiative not in chosen:
        raise NotInThatPlan(plan=plan, initiative=initiative[:60])
    return initiative


@dataclass(frozen=True, slots=True)
class Found:
    """A gap as the survey's figures give it: what a proposal from a chart carries with it."""

    indicator: str
    edition: int
    value: float
    goal_value: float
    gap: float  # contribution to the distance, index points; negative when ahead


def found(survey: Survey, place: str, pillar: str, told: Explanation) -> Found:
    """The gap of one pillar to the country it is explained against; refuses `NoSuchPillar`.

    >>> from marra.index.gap import explain
    >>> from marra.index.load import load
    >>> survey = load(2024)
    >>> gap = found(survey, "UZB", "osi", explain(survey, "UZB", to_rank=30))
    >>> gap.edition, round(gap.value, 4), round(gap.gap, 4)
    (2024, 0.7648, 0.0735)
    """
    if pillar not in PILLARS:
        raise NoSuchPillar(name=pillar[:40], known=", ".join(PILLARS))
    column = PILLARS.index(pillar)
    return Found(
        indicator=pillar,
        edition=survey.year,
        value=float(survey.pillars[survey.at(place), column]),
        goal_value=float(survey.pillars[survey.at(told.targets[0]), column]),
        gap=told.of(pillar),
    )


class NoSuchPillar(Invalid):
    """The index has three parts."""

    sentence = gettext_noop("The index has no part “{name}”. There are: {known}.")


def step(state: State, move: str, *, title: str) -> State:
    """The state after a step; refuses with `ProposalMoveNotOpen`.

    >>> step(State.DRAFT, "put-forward", title="One portal").value
    'put-forward'
    """
    before, after = MOVES[move]
    if state not in before:
        raise ProposalMoveNotOpen(title=title)
    return after


def still_draft(state: State, *, title: str) -> None:
    """Go on only while what a proposal says may change; refuses with `ProposalFixed`."""
    if state is not State.DRAFT:
        raise ProposalFixed(title=title)


def checked_text(text: str) -> str:
    """The text without spare blanks around it; refuses with `TextTooLong`.

    >>> checked_text("  Too few services.  ")
    'Too few services.'
    """
    cleaned = text.strip()
    if len(cleaned) > LONGEST:
        raise TextTooLong(length=len(cleaned))
    return cleaned


def checked_problem(text: str) -> str:
    """The problem; refuses with `ProblemMissing` or `TextTooLong`.

    >>> checked_problem("Two of three forms ask for papers that a register has.")
    'Two of three forms ask for papers that a register has.'
    """
    cleaned = checked_text(text)
    if len(cleaned) < 3:
        raise ProblemMissing
    return cleaned
