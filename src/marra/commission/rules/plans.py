"""Plans as records: what was asked, what was chosen, and the way from a draft to a decision.

What a plan costs follows from its portfolio and is worked out here, never taken from whoever keeps
it; the odds come with the seed, the number of futures and the versions they follow from. A draft
may be changed; from the moment it is proposed, what it says stays.

Source: ours; the order draft, proposed, adopted is that of acts of a commission.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from marra.index.plan.portfolio import Portfolio
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop
from marra.people.rules.rights import Role


class State(StrEnum):
    """Where a plan stands."""

    DRAFT = gettext_noop("draft")
    PROPOSED = gettext_noop("proposed")
    ADOPTED = gettext_noop("adopted")
    REJECTED = gettext_noop("rejected")
    SUPERSEDED = gettext_noop("superseded")


@dataclass(frozen=True, slots=True)
class Move:
    """A step from one state to another; who may take it stands in rights.csv."""

    before: frozenset[State]
    after: State


AUTHORS: Final = (Role.ANALYST, Role.ADMINISTRATOR)
"""Who makes portfolios and plans."""

READERS: Final = (*AUTHORS, Role.CHAIR, Role.SECRETARY, Role.AUDITOR)
"""Who may read all of them, drafts too."""

MOVES: Final[Mapping[str, Move]] = {
    "propose": Move(frozenset({State.DRAFT}), State.PROPOSED),
    "adopt": Move(frozenset({State.PROPOSED}), State.ADOPTED),
    "reject": Move(frozenset({State.PROPOSED}), State.REJECTED),
    "supersede": Move(frozenset({State.ADOPTED, State.REJECTED}), State.SUPERSEDED),
}
"""The whole way of a plan. Adopting one supersedes the plan in force before it."""

DEEDS: Final[Mapping[str, str]] = {
    "propose": "plan.proposed",
    "adopt": "plan.adopted",
    "reject": "plan.rejected",
    "supersede": "plan.superseded",
}


class NoSuchMove(Invalid):
    """Nobody can do that with a plan."""

    sentence = gettext_noop("There is no step “{move}” for a plan. There are: {known}.")


class MoveNotOpen(Conflict):
    """The plan is not in a state for this step."""

    sentence = gettext_noop(
        "The plan “{title}” is {state}, so this step is not open. Look at what it says now."
    )


class PlanFixed(Conflict):
    """What a proposed plan says stays."""

    sentence = gettext_noop(
        "The plan “{title}” is {state}, so what it says stays. Make a new plan instead."
    )


class UnknownInitiative(Invalid):
    """The portfolio has no such initiative."""

    sentence = gettext_noop(
        "The portfolio has no initiative “{code}”. Choose from this version of the portfolio."
    )


class WrongStart(Invalid):
    """The initiative cannot begin in that year."""

    sentence = gettext_noop("“{code}” cannot start in {start}. It may start in: {known}.")


class ChosenTwice(Invalid):
    """An initiative is done once."""

    sentence = gettext_noop("“{code}” is chosen twice. Leave one of the two.")


class UnfitGoal(Invalid):
    """What was asked of the plan makes no sense."""

    sentence = gettext_noop(
        "The goal of a plan is a place from 1 to 193 in an edition from 2003 to 2100, with either "
        "odds between 0 and 1 or a budget above 0. Correct the goal."
    )


class UnfitOdds(Invalid):
    """Odds that are none, or do not say from which futures they follow."""

    sentence = gettext_noop(
        "The odds of the plan must lie from 0 to 1 and name their seed, number of futures and "
        "versions. Compute the plan again."
    )


@dataclass(frozen=True, slots=True)
class Goal:
    """Place k or better in an edition: at least cost for some odds, or best for a budget."""

    place: str
    k: int
    edition: int
    odds: float | None = None
    budget: float | None = None  # UZS


@dataclass(frozen=True, slots=True)
class Made:
    """A plan as it was computed: what was asked, what was chosen, with which odds."""

    goal: Goal
    chosen: tuple[tuple[str, int], ...]  # initiative, year of start
    odds: float
    odds_check: float  # on fresh futures with another seed
    seed: int
    futures: int
    data_version: str
    edition_version: str
    method_version: str
    seed_check: int | None = None  # of the fresh futures


@dataclass(frozen=True, slots=True)
class Spent:
    """What one source pays in one year, UZS."""

    year: int
    source: str
    amount: float


def move_named(move: str) -> Move:
    """The step of that name; refuses with `NoSuchMove`.

    >>> move_named("propose").after.value
    'proposed'
    """
    if move not in MOVES:
        raise NoSuchMove(move=move[:40], known=", ".join(MOVES))
    return MOVES[move]


def step(state: State, move: str, *, title: str) -> State:
    """The state after a step; refuses with `MoveNotOpen`.

    >>> step(State.PROPOSED, "adopt", title="Road to 30").value
    'adopted'
    """
    taken = move_named(move)
    if state not in taken.before:
        raise MoveNotOpen(title=title, state=state)
    return taken.after


def open_moves(state: State) -> tuple[str, ...]:
    """The steps that a state leaves open.

    >>> open_moves(State.PROPOSED)
    ('adopt', 'reject')
    """
    return tuple(name for name, move in MOVES.items() if state in move.before)


def still_draft(state: State, *, title: str) -> None:
    """Go on only while what the plan says may change; refuses with `PlanFixed`."""
    if state is not State.DRAFT:
        raise PlanFixed(title=title, state=state)


def checked(made: Made, portfolio: Portfolio) -> Made:
    """The plan, its choice in order of start; refuses what the portfolio does not have."""
    _check_goal(made.goal)
    _check_odds(made)
    _check_choice(made.chosen, portfolio)
    ordered = tuple(sorted(made.chosen, key=lambda each: (each[1], each[0])))
    return replace(made, chosen=ordered)


def _check_goal(goal: Goal) -> None:
    asked_odds = goal.odds is not None and goal.budget is None and 0 < goal.odds < 1
    asked_budget = goal.budget is not None and goal.odds is None and goal.budget > 0
    sound = 1 <= goal.k <= 193 and 2003 <= goal.edition <= 2100 and len(goal.place) == 3
    if not (sound and (asked_odds or asked_budget)):
        raise UnfitGoal


def _check_odds(made: Made) -> None:
    versions = (made.data_version, made.edition_version, made.method_version)
    within = all(0 <= odds <= 1 for odds in (made.odds, made.odds_check))
    if not (within and made.futures > 0 and made.seed >= 0 and all(versions)):
        raise UnfitOdds


def _check_choice(chosen: Sequence[tuple[str, int]], portfolio: Portfolio) -> None:
    known = {each.code: each for each in portfolio.initiatives}
    seen: set[str] = set()
    for code, start in chosen:
        if code not in known:
            raise UnknownInitiative(code=code[:80])
        if code in seen:
            raise ChosenTwice(code=code)
        if start not in (starts := known[code].starts):
            raise WrongStart(code=code, start=start, known=", ".join(map(str, starts)))
        seen.add(code)


def spending(chosen: Sequence[tuple[str, int]], portfolio: Portfolio) -> tuple[Spent, ...]:
    """What each source pays in each year for a choice, in the order of years."""
    amounts: dict[tuple[int, str], float] = defaultdict(float)
    for code, start in chosen:
        initiative = portfolio.named(code)
        for after, amount in enumerate(initiative.costs):
            amounts[start + after, initiative.source] += amount
    return tuple(
        Spent(year, source, amount)
        for (year, source), amount in sorted(amounts.items())
        if amount > 0
    )
