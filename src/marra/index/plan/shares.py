"""Shares: how much of a plan's odds is due to each of its initiatives.

An initiative's share is its Shapley value: what it adds to the odds, meant over all orders in
which the plan's initiatives could be added. What is added before its needs does nothing until they
are there, so a need gets part of the credit. The shares add up to what the plan adds to the odds.

Source: L. S. Shapley, A value for n-person games, 1953; sampled orders after Castro, Gomez and
Tejada, Computers and Operations Research 36, 2009, each with its reverse.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index.plan.case import Case, Plan
from marra.index.plan.gains import Sets
from marra.index.shapley import coalitions, shapley
from marra.index.survey import Floats, Ints

MOST: Final = 12
"""Initiatives up to which every set is weighed; 4,096 sets."""

ORDERS: Final = 100


@dataclass(frozen=True, slots=True)
class Share:
    """What one initiative brings, in points of odds, and the standard error of that."""

    code: str
    odds: float
    error: float  # 0 where every order was weighed


@dataclass(frozen=True, slots=True)
class Shares:
    """All shares, largest first, and how many orders they rest on; None where on all."""

    shares: tuple[Share, ...]
    orders: int | None


def shares(of: Case, plan: Plan, *, rng: np.random.Generator, orders: int = ORDERS) -> Shares:
    """The share of each initiative of a plan in the odds it adds; they sum to that.

    >>> from marra.index.plan.case import case, judged
    >>> from marra.index.plan.portfolio import Effect, Initiative, Portfolio
    >>> from marra.index.plan.stakes import Stakes
    >>> one, two = (Initiative(c, c, (Effect("osi", s, s, s),), (1.0,), (2027,), 1, 0, 1.0)
    ...             for c, s in (("A", 0.1), ("B", 0.2)))
    >>> stakes = Stakes("UZB", 2030, 30, np.full((4, 3), 0.5), np.array([0.52, 0.55, 0.59, 0.7]),
    ...                 np.full(3, 1 / 3), {}, 0, "", "", "")
    >>> found = case(Portfolio("P", "", "UZB", (one, two)), stakes, rng=np.random.default_rng(0))
    >>> plan = judged(found, {"A": 2027, "B": 2027})
    >>> shared = shares(found, plan, rng=np.random.default_rng(0))
    >>> [(each.code, each.odds) for each in shared.shares]
    [('B', 0.5), ('A', 0.25)]
    """
    choice = of.choice(plan.starts)
    players = np.flatnonzero(choice)
    seen = of.options.seen_of(choice)
    codes = [of.options.initiatives[row].code for row in players]
    if not len(players):
        return Shares((), None)
    if len(players) <= MOST:
        present = coalitions(len(players)) > 0
        values = shapley(of.odds(_working(of, players, seen, present)))
        errors, counted = np.zeros(len(players)), None
    else:
        values, errors = _sampled(of, players, seen, rng, orders)
        counted = 2 * (orders // 2)
    found = [
        Share(code, float(value), float(error))
        for code, value, error in zip(codes, values, errors, strict=True)
    ]
    return Shares(tuple(sorted(found, key=lambda each: (-each.odds, each.code))), counted)


def _working(of: Case, players: Ints, seen: Sets, present: Sets) -> Sets:
    """Which initiatives are seen and have all they need: (B, players) -> (B, n)."""
    sets = np.zeros((len(present), len(seen)), bool)
    sets[:, players] = present
    lacking = (~sets).astype(np.float32) @ of.options.under.T.astype(np.float32) > 0
    working: Sets = sets & seen & ~lacking
    return working


def _sampled(
    of: Case, players: Ints, seen: Sets, rng: np.random.Generator, orders: int
) -> tuple[Floats, Floats]:
    """Mean additions over random orders and their reverses, with standard errors."""
    count, pairs = len(players), []
    for _pair in range(orders // 2):
        order = rng.permutation(count)
        both = [_additions(of, players, seen, each) for each in (order, order[::-1])]
        pairs.append((both[0] + both[1]) / 2)
    means = np.array(pairs)
    return means.mean(axis=0), means.std(axis=0, ddof=1) / np.sqrt(len(means))


def _additions(of: Case, players: Ints, seen: Sets, order: Ints) -> Floats:
    present = np.zeros((len(order) + 1, len(order)), bool)
    for step, player in enumerate(order, start=1):
        present[step:, player] = True
    steps = np.diff(of.odds(_working(of, players, seen, present)))
    added = np.empty(len(order))
    added[order] = steps
    return added
