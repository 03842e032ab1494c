"""Relaxed: a portfolio with more money, more hands or earlier starts, and who must give how much.

Where no plan has the odds wished for, each limit is let go alone: the integer program then asks
for the least by which it must be overstepped. Every answer is tried: the portfolio is raised by
it, and the plan that it names has to fit the raised one and have the odds.

Source: ours; elastic programs after J. W. Chinneck, Feasibility and Infeasibility in Optimization,
2008.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from marra.index.plan.case import Case, Plan
from marra.index.plan.exact import AllSets, all_sets
from marra.index.plan.moves import Wish, worths
from marra.index.plan.options import SLACK, Limit, options
from marra.index.plan.portfolio import Budget, Capacity, Portfolio
from marra.index.plan.program import Row
from marra.index.plan.references import needed
from marra.index.plan.scope import Found, Scope, scope
from marra.index.plan.search import STEPS, answered, best_for, parted, relaxed, told
from marra.index.survey import Floats, Ints

EARLIER: Final = 3
TRIES: Final = 4
LISTED: Final = 60
"""Sets that each get their own least overstepping; beyond that the mean gain leads."""

ROUNDED: Final = 1e-6
"""The share of an amount that is added, so that rounding does not undo it."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One thing to give way, by how much, and the plan that then has the odds.

    `kind` is `budget` or `capacity` (`raises` says how much in which years, `amount` is their
    sum), `limits` (several of both; how many), `starts` (years earlier), `edition` (years later),
    `odds` (the best within the limits) or `effects` (the best without any limit: not enough).
    """

    kind: str
    name: str  # the source or group; empty for all
    year: int | None  # None for all years
    amount: float
    raises: tuple[Limit, ...]  # what has to be added to which limit
    plan: Plan


def relaxations(of: Case, odds: float, later: Sequence[Case] = ()) -> tuple[Relaxation, ...]:
    """What can give way alone so that a plan has such odds, and the best odds if nothing does.

    Nothing where the odds are within reach. `later` are cases of the same portfolio for later
    editions, the nearest first.
    """
    best = best_for(of)
    if best.odds >= odds:
        return ()
    found = [*_limits(of, odds), *_starts(of, odds), *_editions(of, odds, later)]
    found = found or [*_together(of, odds)]
    return (*found, Relaxation("odds", "", None, best.odds, (), best))


def raised(portfolio: Portfolio, raises: Sequence[Limit]) -> Portfolio:
    """The portfolio with amounts added to its limits.

    >>> tight = Portfolio("P", "", "UZB", (), (Budget("state", 2027, 5.0),))
    >>> raised(tight, [Limit("budget", "state", 2027, 2.0)]).budgets[0].amount
    7.0
    """
    budgets = {(each.source, each.year): each.amount for each in portfolio.budgets}
    hands = {(each.group, each.year): each.amount for each in portfolio.capacities}
    for each in raises:
        amounts = budgets if each.kind == "budget" else hands
        amounts[each.name, each.year] = amounts.get((each.name, each.year), 0.0) + each.amount
    return replace(
        portfolio,
        budgets=tuple(Budget(name, year, amount) for (name, year), amount in budgets.items()),
        capacities=tuple(Capacity(name, year, amount) for (name, year), amount in hands.items()),
    )


def under(of: Case, portfolio: Portfolio) -> Case:
    """The same futures and luck under other limits or starts of the same initiatives."""
    again = options(portfolio, of.stakes.edition, needed(portfolio.initiatives))
    return replace(of, portfolio=portfolio, options=again, kept={})


def _limits(of: Case, odds: float) -> Iterator[Relaxation]:
    """One year of one source or group, then all its years, then all sources or all groups."""
    groups: dict[tuple[str, str, int | None], set[int]] = {}
    for at, each in enumerate(of.options.limits):
        for name, year in ((each.name, each.year), (each.name, None), ("", None)):
            groups.setdefault((each.kind, name, year), set()).add(at)
    known: dict[frozenset[int], tuple[Ints, tuple[Limit, ...]] | None] = {}
    for key, ats in sorted(groups.items(), key=lambda item: (len(item[1]), str(item[0]))):
        if frozenset(ats) in known:
            continue
        parts = [known[less] for less in known if less < ats]
        answers = [each for each in (_let_go(of, odds, sorted(ats)), *parts) if each]
        known[frozenset(ats)] = min(answers, key=_sum, default=None)
        found = known[frozenset(ats)]
        if found is not None:
            choice, raises = found
            plan = under(of, raised(of.portfolio, raises)).plan(choice, exact=False)
            kind, name, year = key
            yield Relaxation(kind, name, year, _sum(found), raises, plan)


def _together(of: Case, odds: float) -> Iterator[Relaxation]:
    """What limits there are to raise at once, or how little even that would do."""
    ats = list(range(len(of.options.limits)))
    free = under(of, replace(of.portfolio, budgets=(), capacities=()))
    best = best_for(free)
    found = _let_go(of, odds, ats) if best.odds >= odds else None
    if found is None:
        yield Relaxation("effects", "", None, best.odds, (), best)
        return
    choice, raises = found
    plan = under(of, raised(of.portfolio, raises)).plan(choice, exact=False)
    yield Relaxation("limits", "", None, len(raises), raises, plan)


def _sum(found: tuple[Ints, tuple[Limit, ...]]) -> float:
    return sum(each.amount for each in found[1])


def _let_go(of: Case, odds: float, ats: list[int]) -> tuple[Ints, tuple[Limit, ...]] | None:
    """The choice that oversteps these limits least, and by how much; None without such odds."""
    within = _opened(of, ats)
    sets = all_sets(within)
    found = _led(within, odds, ats) if sets is None else _least(within, sets, odds, ats)
    if found is None:
        return None
    over = of.options.used(found.choice)
    raises = tuple(
        replace(each, amount=float(over[at] - each.amount) * (1 + ROUNDED))
        for at, each in enumerate(of.options.limits)
        if at in ats and over[at] > each.amount * (1 + SLACK)
    )
    again = under(of, raised(of.portfolio, raises))
    fits = found.odds >= odds and not any(again.options.broken(found.choice))
    return (found.choice, raises) if fits else None


def _opened(of: Case, ats: list[int]) -> Scope:
    """The scope with some limits let go, without end."""
    endless = [replace(of.options.limits[at], amount=1e9 * _size(of, at)) for at in ats]
    free = scope(under(of, raised(of.portfolio, endless)))
    within = scope(of)
    width = len(of.options.who)
    most = within.program.most.copy()
    most[:width] = free.most[:width]
    first = within.program.slack.start
    most[[first + at for at in ats]] = np.inf
    return replace(within, most=most)


def _size(of: Case, at: int) -> float:
    return max(of.options.limits[at].amount, float(of.options.uses[at].sum()))


def _over(within: Scope, ats: list[int]) -> Floats:
    """How much these limits are overstepped, as a row over all columns; in shares where mixed."""
    row = np.zeros(within.program.columns)
    mixed = len({within.case.options.limits[at].kind for at in ats}) > 1
    for at in ats:
        row[within.program.slack.start + at] = 1.0 if mixed else within.program.sizes[at]
    return row


def _least(within: Scope, sets: AllSets, odds: float, ats: list[int]) -> Found | None:
    """Of the smallest sets that have the odds, the one that oversteps least."""
    good = np.flatnonzero(sets.odds >= odds)
    good = good[np.argsort(sets.chosen[good].sum(axis=1), kind="stable")]
    smallest: list[int] = []
    for at in good.tolist():
        parts = sets.chosen[smallest] & ~sets.chosen[at] | (sets.seen[smallest] & ~sets.seen[at])
        if not (~parts.any(axis=1)).any():
            smallest.append(at)
    if len(smallest) > LISTED:
        return _led(within, odds, ats)
    goal, best, least = _over(within, ats), None, np.inf
    for at in smallest:
        chosen, seen, most = sets.chosen[at], sets.seen[at], within.most.copy()
        width = len(within.case.options.who)
        who = within.case.options.who
        most[:width] *= chosen[who] & (within.case.options.seen == seen[who])
        columns = within.program.solved(
            goal, [(-goal, -least)] if best else [], least=within.least, most=most, must=chosen
        )
        if columns is not None and goal @ columns < least:
            best, least = within.found(within.program.choice(columns)), float(goal @ columns)
    return best


def _led(within: Scope, odds: float, ats: list[int]) -> Found | None:
    """A choice that oversteps little, by the mean gain and by what each initiative is worth."""
    goal = _over(within, ats)
    gain = _aim(within, goal, odds)
    if gain is None:
        return None
    best = None
    for _try in range(TRIES):
        found = _overstepping(within, goal, (within.program.uplift, gain))
        if found is None:
            break
        if found.odds >= odds:
            best = found
            break
        gain *= 1.005 + (odds - found.odds)
    return None if best is None else _lowered(within, best, odds, ats)


def _lowered(within: Scope, best: Found, odds: float, ats: list[int]) -> Found:
    """A choice that oversteps less, as long as the worth of initiatives leads to one."""
    goal = _over(within, ats)
    for _try in range(TRIES):
        worth = worths(within, best.seen)
        floor = float(worth[best.seen].sum()) + odds - best.odds
        found = _overstepping(within, goal, (within.program.of_seen(worth), floor))
        if found is None or found.odds < odds:
            break
        if _taken(within, found, ats) >= _taken(within, best, ats):
            break
        best = found
    return best


def _aim(within: Scope, goal: Floats, odds: float) -> float | None:
    """The mean gain at which the relaxed program has the odds; None where it never has them."""
    best = relaxed(within, -within.program.uplift, [])
    if best is None or parted(within, best) < odds:
        return None
    low, high = 0.0, float(within.program.uplift @ best) * (1 - ROUNDED)
    for _step in range(STEPS):
        middle = (low + high) / 2
        columns = relaxed(within, goal, [(within.program.uplift, middle)])
        enough = columns is None or parted(within, columns) >= odds
        low, high = (low, middle) if enough else (middle, high)
    return high


def _overstepping(within: Scope, goal: Floats, row: Row) -> Found | None:
    columns = within.program.solved(
        goal, [row], least=within.least, most=within.most, gap=0.01, nodes=5
    )
    return None if columns is None else within.found(within.program.choice(columns))


def _taken(within: Scope, found: Found, ats: list[int]) -> float:
    options = within.case.options
    over = options.used(found.choice) - np.array([each.amount for each in options.limits])
    return float(np.maximum(over[ats], 0).sum())


def _starts(of: Case, odds: float) -> Iterator[Relaxation]:
    """How many years earlier initiatives would have to be free to start."""
    for years in range(1, EARLIER + 1):
        given = tuple(
            replace(
                each, starts=tuple(sorted({s - y for s in each.starts for y in range(years + 1)}))
            )
            for each in of.portfolio.initiatives
        )
        plan = _reaching(under(of, replace(of.portfolio, initiatives=given)), odds)
        if plan is not None:
            yield Relaxation("starts", "", None, years, (), plan)
            return


def _editions(of: Case, odds: float, later: Sequence[Case]) -> Iterator[Relaxation]:
    for each in later:
        plan = _reaching(each, odds)
        if plan is not None:
            years = each.stakes.edition - of.stakes.edition
            yield Relaxation("edition", "", each.stakes.edition, years, (), plan)
            return


def _reaching(of: Case, odds: float) -> Plan | None:
    within = scope(of)
    found, exact = answered(within, Wish(odds=odds))
    return None if found is None else told(within, found, exact=exact)
