"""Plans against brute force: least cost, best odds, frontier, additions; and what must hold."""

from dataclasses import replace

import numpy as np
import pytest

from marra.index.plan.addition import addition
from marra.index.plan.case import DoesNotFit, NothingMoves, case, judged, odds_of
from marra.index.plan.frontier import TooFewPoints, frontier
from marra.index.plan.moves import Wish
from marra.index.plan.portfolio import Budget, Capacity, Effect
from marra.index.plan.references import CircleOfNeeds, CodeTwice, NoSuchInitiative
from marra.index.plan.scope import scope
from marra.index.plan.search import NotMoney, NotOdds, OutOfReach, best_for, cheapest, searched
from tests.index.plan import make
from tests.index.plan.brute import Brute

FUTURES = 401
ODDS = (0.3, 0.5, 0.7, 0.85)
SMALL = [(seed, 6, 3, tight) for seed in range(8) for tight in (0.6, 1.5)] + [
    (seed, 8, 2, 1.5) for seed in range(100, 106)
]


def both(seed, count, starts, tight):
    portfolio = make.by_lot(seed, count, starts, tight=tight, size=3)
    stakes = make.stakes(seed, FUTURES)
    return Brute(portfolio, stakes, seed), case(portfolio, stakes, rng=np.random.default_rng(seed))


def sound(found, of, brute):
    """A plan is one of those that brute force lists, at the odds that it finds."""
    starts = {step.code: step.start for step in found.steps}
    assert brute.fits(starts)
    assert brute.odds_of(starts) == pytest.approx(found.odds, abs=1.5 / FUTURES)
    assert found.cost == pytest.approx(sum(of.portfolio.named(c).cost for c in starts))


@pytest.mark.parametrize(("seed", "count", "starts", "tight"), SMALL)
def test_the_optimum_is_that_of_brute_force(seed, count, starts, tight):
    brute, of = both(seed, count, starts, tight)

    for odds in ODDS:
        least = brute.cheapest(odds)
        if least is None:
            with pytest.raises(OutOfReach) as refused:
                cheapest(of, odds)
            assert refused.value.best.odds == pytest.approx(brute.best())
        else:
            found = cheapest(of, odds)
            assert found.exact
            assert found.odds >= odds
            assert found.cost == pytest.approx(least)
            sound(found, of, brute)
    for budget in (0, 5, 15, 40):
        found = best_for(of, budget)
        assert found.odds == pytest.approx(brute.best(budget), abs=1.5 / FUTURES)
        assert found.cost <= budget + 1e-9
        sound(found, of, brute)


@pytest.mark.parametrize(("seed", "count", "starts", "tight"), SMALL[::3])
def test_the_frontier_is_that_of_brute_force(seed, count, starts, tight):
    brute, of = both(seed, count, starts, tight)

    plans = frontier(of, points=1000).plans

    for each in plans:
        assert each.odds == pytest.approx(brute.best(each.cost + 1e-9), abs=1.5 / FUTURES)
    assert plans[-1].odds == pytest.approx(brute.best())
    costs, odds = [each.cost for each in plans], [each.odds for each in plans]
    assert costs == sorted(costs)
    assert odds == sorted(set(odds))


def test_the_way_of_large_portfolios_is_hardly_dearer_than_brute_force():
    gaps = []
    for seed, count, starts, tight in SMALL:
        brute, of = both(seed, count, starts, tight)
        for odds in ODDS:
            least = brute.cheapest(odds)
            found = searched(scope(of), Wish(odds=odds))
            if least is None:
                assert found is None
            elif least:
                assert found is not None
                assert found.odds >= odds
                sound(of.plan(found.choice, exact=False), of, brute)
                gaps.append(found.cost / least - 1)

    assert len(gaps) > 30
    assert min(gaps) > -1e-9
    assert np.mean(gaps) < 0.005


@pytest.fixture(scope="module")
def large():
    portfolio = make.by_lot(1, 30, 5, tight=0.8, size=1.2)
    return make.a_case(portfolio, futures=2000)


def test_what_a_large_plan_promises_holds_in_fresh_futures(large):
    fresh = make.a_case(large.portfolio, seed=1, futures=10_000)
    found = cheapest(make.a_case(large.portfolio, futures=10_000), 0.8)

    assert not found.exact
    assert 0.8 <= found.odds < 0.82
    assert odds_of(fresh, found) == pytest.approx(found.odds, abs=0.02)


def test_a_large_plan_keeps_to_every_limit_need_and_exclusion(large):
    for odds in (0.3, 0.6, 0.9):
        found = cheapest(large, odds)
        assert Brute.fits(_Only(large), dict(found.starts))
        for use in found.uses:
            assert use.limit is None or use.amount <= use.limit * (1 + 1e-9)


class _Only:
    """Brute force's reading of limits, without listing every plan."""

    def __init__(self, of):
        self.of, self._within = of.portfolio, Brute._within


def test_odds_grow_with_money_and_cost_with_odds(large):
    odds = [best_for(large, budget).odds for budget in (0, 10, 20, 40, 80, 160)]
    costs = [cheapest(large, each).cost for each in (0.1, 0.3, 0.5, 0.7, 0.9)]

    assert odds == sorted(odds)
    assert costs == sorted(costs)


def test_the_frontier_of_a_large_portfolio_rises_and_is_no_dearer_than_single_plans(large):
    found = frontier(large, 8)

    costs, odds = [p.cost for p in found.plans], [p.odds for p in found.plans]
    assert costs == sorted(costs)
    assert odds == sorted(odds)
    assert len(found.plans) <= 8
    assert not found.plans[0].steps
    for plan in found.plans:
        assert plan.cost <= cheapest(large, plan.odds).cost * 1.01


def test_another_order_of_initiatives_changes_nothing():
    given = make.by_lot(3, 9, 3, size=3)
    turned = replace(given, initiatives=given.initiatives[::-1], budgets=given.budgets[::-1])

    one, other = (cheapest(make.a_case(each), 0.5) for each in (given, turned))

    assert one == other


def test_one_more_initiative_never_makes_it_worse():
    given = make.by_lot(4, 8, 3, size=2)
    fewer = replace(given, initiatives=tuple(
        replace(each, excludes=()) for each in given.initiatives if not each.needs))  # fmt: skip
    costs, odds = [], []
    for count in range(3, len(fewer.initiatives) + 1):
        of = make.a_case(replace(fewer, initiatives=fewer.initiatives[:count]), lacks=0.03)
        odds.append(best_for(of).odds)
        costs.append(cheapest(of, odds[0]).cost)

    assert odds == sorted(odds)
    assert costs == sorted(costs, reverse=True)


def test_nothing_is_done_where_the_place_is_reached_anyway():
    of = make.a_case(make.portfolio(make.initiative("a", costs=(0.0,))), lacks=-0.5)

    found = cheapest(of, 0.8)

    assert (found.cost, found.steps, found.odds) == (0.0, (), 1.0)
    assert cheapest(of, 0.0).steps == ()


def test_what_cannot_help_is_left_out():
    useless = (
        make.initiative("fails", chance=0.0),
        make.initiative("nothing", Effect("osi", 0.0, 0.0, 0.0)),
        make.initiative("late", starts=(2030,)),
    )
    of = make.a_case(make.portfolio(make.initiative("a"), *useless))

    assert set(best_for(of).starts) == {"a"}


def test_of_equal_plans_the_first_code_is_taken_and_free_ones_cost_nothing():
    of = make.a_case(make.portfolio(*(make.initiative(code) for code in "cab")), lacks=0.02)
    free = make.portfolio(*(make.initiative(c, costs=(0.0,)) for c in "ab"))

    assert set(cheapest(of, 0.4).starts) == {"a"}
    assert cheapest(make.a_case(free), best_for(make.a_case(free)).odds).cost == 0


def test_a_need_is_bought_along_and_ends_before():
    need = make.initiative("need", Effect("osi", 0, 0, 0), duration=2, starts=(2026, 2027))
    of = make.a_case(make.portfolio(need, make.initiative("then", needs=("need",))), lacks=0.01)

    found = best_for(of)

    assert found.starts == {"need": 2026, "then": 2028}


def test_a_need_too_late_for_the_survey_is_still_a_need():
    need = make.initiative("need", lag=9)
    of = make.a_case(make.portfolio(need, make.initiative("then", needs=("need",))), lacks=0.01)

    found = best_for(of)

    assert {step.code: step.seen for step in found.steps} == {"need": False, "then": True}


def test_a_year_that_a_limited_source_leaves_out_gives_nothing():
    given = make.initiative("a", source="state", costs=(5.0, 5.0), starts=(2027, 2028))
    limits = {"budgets": (Budget("state", 2028, 9.0), Budget("state", 2029, 5.0))}

    found = best_for(make.a_case(make.portfolio(given, **limits)))

    assert found.starts == {"a": 2028}


def test_a_group_carries_no_more_than_it_can():
    two = [make.initiative(code, group="g", starts=(2028,)) for code in "ab"]
    hands = {"capacities": (Capacity("g", 2028, 1.0),)}

    assert len(best_for(make.a_case(make.portfolio(*two, **hands))).steps) == 1
    assert len(best_for(make.a_case(make.portfolio(*two))).steps) == 2


def test_an_addition_keeps_what_stands_and_is_the_cheapest(large):
    stands = cheapest(large, 0.4)
    kept = make.a_case(make.by_lot(2, 7, 3, size=3, tight=2))
    brute = Brute(kept.portfolio, kept.stakes, 0)
    before = cheapest(kept, 0.3)

    more = addition(large, stands, 0.7)
    exact = addition(kept, before, 0.45)

    assert more.plan.odds >= 0.7
    assert all(more.plan.starts[code] == start for code, start in stands.starts.items())
    assert not {step.code for step in more.steps} & set(stands.starts)
    fit = [
        cost for plan, cost, odds in zip(brute.plans, brute.costs, brute.odds, strict=True)
        if odds >= 0.45 and before.starts.items() <= plan.items()
    ]  # fmt: skip
    assert exact.plan.cost == pytest.approx(min(fit))
    assert addition(large, stands, 0.1).steps == ()


def test_what_cannot_be_planned_is_refused():
    one = make.initiative("a")
    with pytest.raises(CodeTwice):
        make.a_case(make.portfolio(one, one))
    with pytest.raises(NoSuchInitiative):
        make.a_case(make.portfolio(make.initiative("a", needs=("x",))))
    with pytest.raises(CircleOfNeeds):
        make.a_case(make.portfolio(*(
            make.initiative(code, needs=(need,)) for code, need in ("ab", "ba"))))  # fmt: skip
    with pytest.raises(NothingMoves, match=r"“tii.tv”.*tii.internet"):
        make.a_case(make.portfolio(make.initiative("a", Effect("tii.tv", 0, 0, 0))))
    of = make.a_case(make.portfolio(one))
    for starts in ({"a": 2031}, {"x": 2027}):
        with pytest.raises(DoesNotFit):
            judged(of, starts)
    with pytest.raises(NotOdds):
        cheapest(of, 1.2)
    with pytest.raises(NotMoney):
        best_for(of, -1)
    with pytest.raises(TooFewPoints):
        frontier(of, 1)
