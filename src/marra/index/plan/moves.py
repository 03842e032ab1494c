"""Moves: small changes of a plan, weighed in every future, as long as one of them is better.

A move drops up to two initiatives (with what needs them) and adds up to two (with what they need).
Their odds are first guessed from what each initiative adds or takes alone; the best guesses are
then weighed, and the best of those get their start years.

Source: ours.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index.plan.gains import Sets
from marra.index.plan.scope import Found, Scope
from marra.index.survey import Floats, Ints

WEIGHED: Final = 256
TIMED: Final = 12
ROUNDS: Final = 40
DOUBT: Final = 0.01
"""How far a guess of the odds may be wrong."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Least cost for some odds, or best odds for some money; the other one is None."""

    odds: float | None = None
    budget: float | None = None

    def met(self, cost: float | Floats, odds: float | Floats) -> Sets:
        """Whether cost and odds keep to what is asked."""
        good = np.ones(np.shape(cost), bool)
        if self.odds is not None:
            good &= np.asarray(odds) >= self.odds
        if self.budget is not None:
            good &= np.asarray(cost) <= self.budget * (1 + 1e-12)
        return good

    def order(self, chosen: Sets, cost: Floats, odds: Floats) -> Ints:
        """Best first: by cost or odds, then what ties leave open, then by codes."""
        codes = tuple(chosen[:, row] for row in range(chosen.shape[1]))
        counts = chosen.sum(axis=1)
        if self.odds is not None:
            order: Ints = np.lexsort((*codes, -odds, counts, cost))
        else:
            order = np.lexsort((*codes, counts, cost, -odds))
        return order

    def key(self, found: Found) -> tuple[float, ...]:
        """The less, the better, of two that keep to what is asked."""
        count = float((found.choice > 0).sum())
        if self.odds is not None:
            return found.cost, count, -found.odds
        return -found.odds, found.cost, count


def worths(within: Scope, seen: Sets) -> Floats:
    """What each initiative adds to the odds of a set, or what it would take away, (n,)."""
    count = len(seen)
    others = np.tile(seen, (count, 1))
    others[np.arange(count), np.arange(count)] ^= True
    base = within.case.odds(seen[None])
    changed = within.case.odds(others)
    worth: Floats = np.where(seen, base - changed, changed - base)
    return worth


def improved(within: Scope, found: Found, wish: Wish, *, enough: float | None = None) -> Found:
    """A plan that no such move makes better, or that was the best after many rounds.

    With `enough`, the first plan that has such odds.
    """
    for _round in range(ROUNDS):
        if enough is not None and found.odds >= enough:
            return found
        better = _better(within, found, wish)
        if better is None:
            return found
        found = better
    return found


def _better(within: Scope, found: Found, wish: Wish) -> Found | None:
    """The best plan one move away that fits, if it is better."""
    chosen = _moved(within, found, wish)
    if not len(chosen):
        return None
    seen = _seen(within, found, chosen)
    costs, odds = chosen @ within.costs, within.case.odds(seen)
    good = np.flatnonzero(wish.met(costs, odds))
    order = wish.order(chosen[good], costs[good], odds[good])
    for at in good[order][:TIMED]:
        now = Found(chosen[at].astype(np.int64), seen[at], float(costs[at]), float(odds[at]))
        if wish.key(now) >= wish.key(found):
            return None
        choice = within.fitted(chosen[at], seen[at])
        if choice is not None:
            return within.found(choice)
    return None


def _moved(within: Scope, found: Found, wish: Wish) -> Sets:
    """The sets that one move leads to and that are worth weighing, best guesses first."""
    chosen = found.choice > 0
    worth = worths(within, found.seen)
    drops, adds = _drops(within, chosen), _adds(within, chosen)
    cost = found.cost - (drops @ within.costs)[:, None] + (adds @ within.costs)[None]
    guess = found.odds - (drops @ worth)[:, None] + (adds @ worth)[None]
    hope = guess + DOUBT >= (found.odds if wish.odds is None else wish.odds)
    if wish.odds is not None:
        able, rank = cost <= found.cost, cost
    else:
        able, rank = wish.met(cost, guess), -guess
    which = np.flatnonzero(able.ravel())
    which = which[np.lexsort((rank.ravel()[which], ~hope.ravel()[which]))][: 4 * WEIGHED]
    drop, add = np.unravel_index(which, able.shape)
    sets: Sets = (chosen & ~drops[drop]) | adds[add]
    sets = sets[_fits(within, sets) & np.any(sets != chosen, axis=1)]
    return sets[:WEIGHED]


def _drops(within: Scope, chosen: Sets) -> Sets:
    """Nothing, each one and each pair of what may go, with what needs them, (D, n)."""
    under = within.case.options.under
    alone = [
        (under[:, row] | (np.arange(len(chosen)) == row)) & chosen
        for row in np.flatnonzero(chosen & (within.kept == 0))
    ]
    whole = [each for each in alone if not (each & (within.kept > 0)).any()]
    return _pairs(whole, len(chosen))


def _adds(within: Scope, chosen: Sets) -> Sets:
    under = within.case.options.under
    hopeful = within.can(seen=True)
    alone = [
        (under[row] | (np.arange(len(chosen)) == row)) & ~chosen
        for row in np.flatnonzero(hopeful & ~chosen)
    ]
    return _pairs([each for each in alone if not (each & ~within.hopeful).any()], len(chosen))


def _pairs(alone: list[Sets], count: int) -> Sets:
    singles: Sets = np.array(alone, bool).reshape(-1, count)
    first, second = np.triu_indices(len(singles), 1)
    return np.concatenate([np.zeros((1, count), bool), singles, singles[first] | singles[second]])


def _fits(within: Scope, sets: Sets) -> Sets:
    good = np.ones(len(sets), bool)
    for row, need in within.case.options.after:
        good &= ~sets[:, row] | sets[:, need]
    for first, second in within.case.options.apart:
        good &= ~(sets[:, first] & sets[:, second])
    return good


def _seen(within: Scope, found: Found, chosen: Sets) -> Sets:
    """Who is seen: as before where chosen before, else whoever can be."""
    before = found.choice > 0
    return chosen & np.where(before, found.seen, within.can(seen=True))
