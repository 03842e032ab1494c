"""Search: the cheapest plan for some odds, and the best odds for some money.

P(rank <= k) = P(gain >= what is lacking), so the odds are one constraint on one number. A small
integer program asks for the cheapest choice with a mean gain of r; r is set where the relaxed
program just reaches the odds in the simulated futures; what comes out is then bettered by the
worth of each initiative in these futures, and by small moves. Where there are few sets of
initiatives, all are looked at instead, and the answer is exact for these futures.

Source: ours.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from marra.index.plan.case import Case, Plan
from marra.index.plan.exact import all_sets, in_turn
from marra.index.plan.moves import Wish, improved, worths
from marra.index.plan.program import Row
from marra.index.plan.scope import Found, Scope, scope
from marra.index.survey import Floats
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

GAP: Final = 0.005
NODES: Final = 5
STEPS: Final = 8
"""Halvings of the mean gain that is aimed at."""
TRIES: Final = 3
STARTS: Final = 2


class OutOfReach(Conflict):
    """No plan within the limits has such odds."""

    sentence = gettext_noop(
        "No plan of this portfolio brings place {k} in {edition} with odds of {wished}: within "
        "its limits the best odds are {best}. Ask for lower odds, or relax a limit."
    )

    def __init__(self, of: Case, wished: float, best: Plan) -> None:
        self.best = best
        told = {"wished": f"{wished:.1%}", "best": f"{best.odds:.1%}"}
        super().__init__(k=of.stakes.k, edition=of.stakes.edition, **told)


class NotOdds(Invalid):
    """Odds that cannot be asked for."""

    sentence = gettext_noop("{odds} cannot be asked for as odds. Choose from 0 to 1.")


class NotMoney(Invalid):
    """A budget below nothing."""

    sentence = gettext_noop("{budget} cannot be a budget. Choose 0 or more.")


def cheapest(of: Case, odds: float = 0.8, *, keep: Mapping[str, int] | None = None) -> Plan:
    """The plan of least cost whose odds are at least these; `keep` has to be part of it.

    Of plans that cost the same, the one with fewest initiatives. Refuses with `OutOfReach`.
    """
    if not 0 <= odds <= 1:
        raise NotOdds(odds=odds)
    within = scope(of, keep)
    wish = Wish(odds=odds)
    found, exact = answered(within, wish)
    if found is None:
        best = best_for(of, keep=keep)
        if best.odds < odds:
            raise OutOfReach(of, odds, best)
        found = improved(within, within.found(of.choice(best.starts)), wish)
    return told(within, found, exact=exact)


def best_for(
    of: Case, budget: float | None = None, *, keep: Mapping[str, int] | None = None
) -> Plan:
    """The plan with the best odds that costs no more than this in all; None is without limit.

    Of plans with the same odds, the cheapest.
    """
    if budget is not None and not budget >= 0:
        raise NotMoney(budget=budget)
    within = scope(of, keep)
    found, exact = answered(within, Wish(budget=budget))
    if found is None:  # what is kept costs more than that already
        raise NotMoney(budget=budget)
    return told(within, found, exact=exact)


def answered(within: Scope, wish: Wish) -> tuple[Found | None, bool]:
    """The best choice that was found, if any, and whether all were looked at."""
    sets = all_sets(within)
    if sets is None:
        return searched(within, wish), False
    good = np.flatnonzero(wish.met(sets.costs, sets.odds))
    order = good[wish.order(sets.chosen[good], sets.costs[good], sets.odds[good])]
    return next(in_turn(within, sets, order), None), True


def told(within: Scope, found: Found, *, exact: bool) -> Plan:
    """A choice as a plan, each start as early as the limits let all of them be."""
    early = within.earliest(found.choice > 0, found.seen)
    return within.case.plan(found.choice if early is None else early, exact=exact)


def searched(within: Scope, wish: Wish, starts: int = STARTS) -> Found | None:
    """The best choice that the program and moves lead to; None where none keeps to the wish.

    `starts` is from how many choices moves begin.
    """
    nothing = within.found(within.kept)
    if wish.odds is not None and nothing.odds >= wish.odds:
        return nothing
    if wish.budget is not None and nothing.cost > wish.budget:
        return None
    found = [nothing, *(_aimed(within, wish.odds) if wish.odds else _loaded(within, wish.budget))]
    found += _linear(within, found[-1], wish)
    fit = [each for each in found if wish.met(each.cost, each.odds)]
    if not fit:  # none has the odds: raise the one that comes nearest
        nearest = max(found, key=lambda each: (each.odds, -each.cost))
        raised = improved(within, nearest, Wish(), enough=wish.odds)
        fit = [raised] if wish.met(raised.cost, raised.odds) else []
    best = [improved(within, each, wish) for each in fit[-starts:]]
    return min(best, key=wish.key) if best else None


def _aimed(within: Scope, odds: float) -> list[Found]:
    """Choices whose mean gain is about what the odds take, raised until one reaches them."""
    costs = within.program.of_options(within.costs)
    step = _most(within) / 2**STEPS
    low, high = 0, 2**STEPS
    while high - low > 1:
        middle = (low + high) // 2
        if middle not in within.ladder:
            within.ladder[middle] = _partly(within, costs, middle * step)
        low, high = (low, middle) if within.ladder[middle] >= odds else (middle, high)
    found: list[Found] = []
    gain = high * step
    for _try in range(TRIES):
        one = _solved(within, costs, [(within.program.uplift, gain)])
        if one is None:
            one = _greedy(within, costs, gain, odds)
        found.append(one)
        if one.odds >= odds:
            break
        gain *= 1.01 + (odds - one.odds)
    return found


def _loaded(within: Scope, budget: float | None) -> list[Found]:
    rows = [] if budget is None else [(-within.program.of_options(within.costs), -budget)]
    one = _solved(within, -within.program.uplift, rows)
    return [within.found(within.kept)] if one is None else [one]


def _linear(within: Scope, start: Found, wish: Wish) -> list[Found]:
    """Choices by what each initiative is worth in the futures, around the last one found."""
    costs, found = within.program.of_options(within.costs), []
    for _try in range(2):
        worth = worths(within, start.seen)
        row = within.program.of_seen(worth)
        if wish.odds is not None:
            floor = float(worth[start.seen].sum()) + wish.odds - start.odds
            one = _solved(within, costs, [(row, floor)])
        else:
            rows = [] if wish.budget is None else [(-costs, -wish.budget)]
            one = _solved(within, -row, rows)
        if one is None or (one.choice == start.choice).all():
            break
        found.append(one)
        start = one
    return found


def _solved(within: Scope, goal: Floats, rows: list[Row]) -> Found | None:
    columns = within.program.solved(
        goal, rows, least=within.least, most=within.most, gap=GAP, nodes=NODES
    )
    if columns is None:
        return None
    choice = within.program.choice(columns)
    return None if any(within.case.options.broken(choice)) else within.found(choice)


def relaxed(within: Scope, goal: Floats, rows: list[Row]) -> Floats | None:
    """All columns of the program in which initiatives may be chosen in part."""
    return within.program.solved(goal, rows, least=within.least, most=within.most, whole=False)


def _most(within: Scope) -> float:
    """The most mean gain there can be."""
    columns = relaxed(within, -within.program.uplift, [])
    return 0.0 if columns is None else float(within.program.uplift @ columns)


def _partly(within: Scope, costs: Floats, gain: float) -> float:
    """The odds if initiatives could be chosen in part."""
    columns = relaxed(within, costs, [(within.program.uplift, gain)])
    return 1.0 if columns is None else parted(within, columns)


def parted(within: Scope, columns: Floats) -> float:
    """The odds of a solution in which initiatives are chosen in part."""
    return within.case.odds(_shares(within, columns)[None]).item()


def _shares(within: Scope, columns: Floats) -> Floats:
    options = within.case.options
    taken = columns[: len(options.who)] * options.seen
    shares: Floats = np.bincount(options.who, taken, minlength=len(within.kept)).astype(np.float64)
    return shares


def _greedy(within: Scope, costs: Floats, gain: float, odds: float) -> Found:
    """Whole initiatives in the order in which the relaxed program takes them, while they fit."""
    columns = relaxed(within, costs, [(within.program.uplift, gain * 0.999)])
    shares = np.zeros(len(within.kept)) if columns is None else _shares(within, columns)
    found, options = within.found(within.kept), within.case.options
    able = within.can(seen=True)
    for row in np.argsort(-shares, kind="stable"):
        if found.odds >= odds or not able[row]:
            continue
        chosen = (found.choice > 0) | options.under[row]
        chosen[row] = True
        seen = chosen & (able | found.seen)
        if any(chosen[first] and chosen[second] for first, second in options.apart):
            continue
        choice = within.fitted(chosen, seen)
        found = found if choice is None else within.found(choice)
    return found
