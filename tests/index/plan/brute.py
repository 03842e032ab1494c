"""Every plan of a small portfolio, one after another, by another way than the engine's.

Only the luck of the draw is taken from the engine, so that both see the same; sizes, overlaps,
cuts, limits and odds are worked out here, plan by plan and in double precision.
"""

from itertools import product

import numpy as np
from scipy.stats import triang

from marra.index.plan.effects import _drawn
from marra.index.plan.gains import NEAR
from marra.index.plan.references import needed


class Brute:
    """All plans that keep to every limit, with cost and odds."""

    def __init__(self, portfolio, stakes, seed):
        self.stakes = stakes
        self.of = portfolio
        ordered = sorted(portfolio.initiatives, key=lambda each: each.code)
        nothing = dict.fromkeys([each.code for each in ordered], frozenset())
        alone, levels = _drawn(ordered, nothing, stakes.futures, np.random.default_rng(seed))
        self.luck = {each.code: (alone[row], levels[row]) for row, each in enumerate(ordered)}
        self.known = {}
        self.plans = [plan for plan in self._all() if self.fits(plan)]
        self.costs = np.array([sum(portfolio.named(c).cost for c in plan) for plan in self.plans])
        self.odds = np.array([self.odds_of(plan) for plan in self.plans])

    def cheapest(self, odds):
        good = self.odds >= odds
        return self.costs[good].min() if good.any() else None

    def best(self, budget=np.inf):
        return self.odds[self.costs <= budget + 1e-9].max()

    def _all(self):
        given = self.of.initiatives
        for starts in product(*[(0, *each.starts) for each in given]):
            yield {each.code: year for each, year in zip(given, starts, strict=True) if year}

    def fits(self, plan):
        spent, busy = {}, {}
        for code, start in plan.items():
            each = self.of.named(code)
            if any(other in plan for other in each.excludes):
                return False
            for need in each.needs:
                if need not in plan or plan[need] + self.of.named(need).duration > start:
                    return False
            for number, cost in enumerate(each.costs):
                key = each.source, start + number
                spent[key] = spent.get(key, 0) + cost
            for number in range(each.duration):
                key = each.group, start + number
                busy[key] = busy.get(key, 0) + each.load
        budgets = {(b.source, b.year): b.amount for b in self.of.budgets}
        hands = {(c.group, c.year): c.amount for c in self.of.capacities}
        return self._within(spent, budgets) and self._within(busy, hands)

    @staticmethod
    def _within(used, limits):
        limited = {name for name, _year in limits}
        return all(
            amount <= limits.get((name, year), 0) + 1e-9
            for (name, year), amount in used.items()
            if name in limited
        )

    def odds_of(self, plan):
        seen = frozenset(
            code for code, start in plan.items()
            if self.of.named(code).ready(start) <= self.stakes.edition
        )  # fmt: skip
        if seen not in self.known:
            self.known[seen] = self.stakes.odds(self._uplift(seen) + NEAR)
        return self.known[seen]

    def _uplift(self, seen):
        futures = self.stakes.futures
        words, uplift = {}, np.zeros((futures, 3))
        under = needed(self.of.initiatives)
        for code in seen:
            works = np.all([self.luck[c][0] for c in (code, *under[code])], axis=0)
            for number, effect in enumerate(self.of.named(code).effects):
                word = effect.overlap or (code, number)
                size = self._size(effect, self.luck[code][1]) * works
                words.setdefault(effect.indicator, {}).setdefault(word, []).append(size)
        for name, groups in words.items():
            lever = self.stakes.levers[name]
            sign = np.sign(lever.per_unit)
            units = sum(np.max([sign * size for size in sizes], axis=0)
                        for sizes in groups.values())  # fmt: skip
            uplift[:, lever.part] += abs(lever.per_unit) * np.minimum(units, lever.headroom)
        return uplift

    @staticmethod
    def _size(effect, level):
        width = effect.high - effect.low
        if not width:
            return np.full(len(level), effect.low)
        return triang.ppf(level, (effect.likely - effect.low) / width, effect.low, width)
