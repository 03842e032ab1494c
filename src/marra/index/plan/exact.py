"""Exact: every set of initiatives looked at, where there are few enough.

Source: ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

import numpy as np

from marra.index.plan.gains import Sets
from marra.index.plan.scope import Found, Scope
from marra.index.survey import Floats, Ints

MOST: Final = 5000
"""Sets that are looked at one by one; all subsets of 12 initiatives are 4,096."""


@dataclass(frozen=True, slots=True, eq=False)
class AllSets:
    """Sets that keep to needs and exclusions, (B, n), with their costs and odds, (B,)."""

    chosen: Sets
    seen: Sets
    costs: Floats
    odds: Floats


def all_sets(within: Scope) -> AllSets | None:
    """Every set worth looking at, whether it can be timed or not; None where they are too many.

    An initiative is left out, chosen and seen in time, or chosen only because others need it.
    """
    kept_seen = within.case.options.seen_of(within.kept)
    states = []
    for row, year in enumerate(within.kept):
        if year:
            states.append([2 if kept_seen[row] else 1])
        else:
            can = (True, within.can(seen=False)[row], within.can(seen=True)[row])
            states.append([state for state in range(3) if can[state]])
    if prod(map(len, states)) > MOST:
        return None
    grid = np.array(list(product(*states))).reshape(-1, len(states))  # any number of initiatives
    chosen, seen = grid > 0, grid == 2
    good = _fit(within, chosen, seen)
    chosen, seen = chosen[good], seen[good]
    return AllSets(chosen, seen, chosen @ within.costs, within.case.odds(seen))


def in_turn(within: Scope, sets: AllSets, order: Ints) -> Iterator[Found]:
    """Those sets, in that order, which can be timed; a set whose part cannot be is passed over."""
    unfit: list[tuple[Sets, Sets]] = []
    for at in order.tolist():
        chosen, seen = sets.chosen[at], sets.seen[at]
        if any((chosen >= less).all() and (seen[less] == of).all() for less, of in unfit):
            continue
        choice = within.fitted(chosen, seen)
        if choice is None:
            unfit.append((chosen, seen[chosen]))
        else:
            yield Found(choice, seen, within.case.cost(choice), float(sets.odds[at]))


def _fit(within: Scope, chosen: Sets, seen: Sets) -> Sets:
    options = within.case.options
    good = np.ones(len(chosen), bool)
    for row, need in options.after:
        good &= ~chosen[:, row] | chosen[:, need]
    for first, second in options.apart:
        good &= ~(chosen[:, first] & chosen[:, second])
    free = np.flatnonzero(within.kept == 0).tolist()
    for row in free:  # unseen and needed by nobody: money for nothing
        wanted = (chosen & options.under[:, row]).any(axis=1)
        good &= seen[:, row] | ~chosen[:, row] | wanted
    return good
