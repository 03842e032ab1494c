"""Frontier: what odds cost, from nothing to the best that the limits allow.

Source: ours.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index.plan.case import Case, Plan
from marra.index.plan.exact import all_sets, in_turn
from marra.index.plan.moves import Wish
from marra.index.plan.scope import Found, Scope, scope
from marra.index.plan.search import searched, told
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

POINTS: Final = 20
CLOSE: Final = 1e-9


class TooFewPoints(Invalid):
    """A frontier of one point says nothing."""

    sentence = gettext_noop("A frontier needs at least 2 points; {points} were asked for.")


@dataclass(frozen=True, slots=True)
class Frontier:
    """Plans none of which is both cheaper and better than another, cheapest first."""

    plans: tuple[Plan, ...]
    exact: bool


def frontier(of: Case, points: int = POINTS) -> Frontier:
    """At most so many plans, odds evenly apart, from doing nothing to the best that can be had.

    There are fewer where fewer plans differ; costs and odds both rise strictly.
    """
    if points < 2:
        raise TooFewPoints(points=points)
    within = scope(of)
    found = _listed(within)
    exact = found is not None
    if found is None:
        found = _searched(within, points)
    chosen = _thinned(_undominated(found), points)
    return Frontier(tuple(told(within, each, exact=exact) for each in chosen), exact)


def _listed(within: Scope) -> list[Found] | None:
    """Every undominated choice, where there are few enough sets to look at."""
    sets = all_sets(within)
    if sets is None:
        return None
    counts = sets.chosen.sum(axis=1)
    order = np.lexsort((counts, -sets.odds, sets.costs))
    found: list[Found] = []
    while len(order):
        one = next(in_turn(within, sets, order), None)
        if one is None:
            break
        found.append(one)
        order = order[(sets.odds[order] > one.odds) & (sets.costs[order] >= one.cost)]
    return found


def _searched(within: Scope, points: int) -> list[Found]:
    """A choice for each of the odds evenly apart, up to the best."""
    nothing = within.found(within.kept)
    best = searched(within, Wish(), starts=1)
    if best is None or best.odds <= nothing.odds:
        return [nothing]
    found = [nothing, best]
    for odds in np.linspace(nothing.odds, best.odds, points)[1:]:
        one = searched(within, Wish(odds=float(odds)), starts=1)
        if one is not None:
            found.append(one)
    return found


def _undominated(found: list[Found]) -> list[Found]:
    ordered = sorted(found, key=lambda each: (each.cost, -each.odds, (each.choice > 0).sum()))
    kept: list[Found] = []
    for each in ordered:
        if not kept or each.odds > kept[-1].odds + CLOSE:
            kept.append(each)
    return kept


def _thinned(found: list[Found], points: int) -> list[Found]:
    """The cheapest for each of the odds evenly apart."""
    levels = np.linspace(found[0].odds, found[-1].odds, points)
    odds = np.array([each.odds for each in found])
    at = np.searchsorted(odds, levels - CLOSE)
    return [found[row] for row in dict.fromkeys(at.tolist())]
