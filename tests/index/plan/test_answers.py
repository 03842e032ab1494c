"""Shares, failures and what must give way: against definitions written out, and brute force."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from marra.index.plan.case import case, judged
from marra.index.plan.failures import failures
from marra.index.plan.gains import BLOCK
from marra.index.plan.portfolio import Budget, Effect
from marra.index.plan.relaxed import raised, relaxations
from marra.index.plan.search import OutOfReach, best_for, cheapest
from marra.index.plan.shares import shares
from tests.index.plan import make
from tests.index.plan.brute import Brute

FUTURES = 401


def rng():
    return np.random.default_rng(5)


@pytest.fixture(scope="module")
def large():
    return make.a_case(make.by_lot(1, 30, 5, tight=0.8, size=1.2), futures=2000)


def test_odds_do_not_depend_on_what_is_weighed_beside(large):
    sets = np.random.default_rng(1).random((BLOCK + 9, 30)) < 0.4

    together = large.odds(sets)

    assert (together == [large.odds(each[None]).item() for each in sets]).all()
    assert (together == large.odds(sets[::-1])[::-1]).all()


def test_the_odds_are_those_of_the_stakes():
    sure = make.portfolio(make.initiative("a"), make.initiative("b", Effect("hci", 0.1, 0.1, 0.1)))
    of = make.a_case(sure, futures=5000)

    odds = judged(of, {"a": 2027, "b": 2028}).odds

    assert odds == pytest.approx(of.stakes.odds(np.array([0.05, 0.0, 0.1])), abs=2e-4)
    assert of.before == pytest.approx(of.stakes.odds(np.zeros(3)), abs=2e-4)


def test_effects_overlap_end_at_cuts_and_fill_a_part_no_further():
    effects = [
        ("a", Effect("osi", 0.02, 0.02, 0.02, "same")),
        ("b", Effect("osi", 0.05, 0.05, 0.05, "same")),
        ("c", Effect("tii.mobile", 10, 10, 10)),
        ("d", Effect("tii.mobile", 10, 10, 10)),
        ("e", Effect("hci", 0.9, 0.9, 0.9)),
        ("f", Effect("tii.affordability", -5, -5, -5)),
    ]
    of = make.a_case(make.portfolio(*(make.initiative(c, e) for c, e in effects)), futures=5000)

    def odds(codes):
        return judged(of, dict.fromkeys(codes, 2027)).odds

    for codes, uplift in (
        ("ab", (0.05, 0, 0)),
        ("c", (0, 0.02, 0)),
        ("cd", (0, 0.002 * 16.9, 0)),
        ("e", (0, 0, 0.9)),
        ("f", (0, 0.012, 0)),
        ("abcdf", (0.05, 0.002 * 16.9 + 0.012, 0)),
    ):
        assert odds(codes) == pytest.approx(of.stakes.odds(np.array(uplift)), abs=2e-4), codes


def test_what_needs_a_failed_one_fails_with_it():
    pair = (make.initiative("a", chance=0.5), make.initiative("b", chance=1.0, needs=("a",)))
    of = make.a_case(make.portfolio(*pair), futures=4000, lacks=0.03)

    both, alone = judged(of, {"a": 2027, "b": 2028}).odds, judged(of, {"a": 2027}).odds
    sure = of.stakes.odds(np.array([0.1, 0, 0]))

    assert both == pytest.approx((of.before + sure) / 2, abs=0.02)
    assert alone < both


def test_exact_shares_are_means_over_all_orders():
    given = make.portfolio(
        make.initiative("a"), make.initiative("b", chance=0.6),
        make.initiative("c", needs=("a",)), make.initiative("d", Effect("hci", 0.0, 0.1, 0.2)),
    )  # fmt: skip
    of = make.a_case(given, lacks=0.03)
    plan = judged(of, {"a": 2027, "b": 2027, "c": 2028, "d": 2027})

    found = {each.code: each.odds for each in shares(of, plan, rng=rng()).shares}

    def worth(codes):
        whole = [c for c in codes if c != "c" or "a" in codes]
        rows = [each.code for each in of.options.initiatives]
        return of.odds(np.isin(rows, whole)[None]).item()

    means = dict.fromkeys("abcd", 0.0)
    for order in permutations("abcd"):
        for at, code in enumerate(order):
            means[code] += (worth(order[: at + 1]) - worth(order[:at])) / 24
    assert found == pytest.approx(means)


def test_shares_add_up_and_sampled_ones_state_their_error(large):
    small, whole = cheapest(large, 0.2), best_for(large)
    assert len(small.steps) <= 12 < len(whole.steps)

    exact = shares(large, small, rng=rng())
    sampled = shares(large, whole, rng=rng())
    again = shares(large, whole, rng=np.random.default_rng(6), orders=400)

    for plan, found in ((small, exact), (whole, sampled)):
        assert sum(each.odds for each in found.shares) == pytest.approx(
            plan.odds - plan.odds_before
        )
    assert exact.orders is None
    assert all(each.error == 0 for each in exact.shares)
    close = {each.code: each for each in again.shares}
    for each in sampled.shares:
        assert abs(each.odds - close[each.code].odds) <= 5 * np.hypot(
            each.error, close[each.code].error
        )
    assert sampled.orders == 100


def test_a_failure_takes_its_dependents_and_a_delay_makes_them_wait():
    given = make.portfolio(
        make.initiative("a", starts=(2027,)),
        make.initiative("b", needs=("a",), starts=(2028,)),
        make.initiative("c", needs=("b",), starts=(2029,)),
        make.initiative("d", starts=(2027,)),
    )
    of = make.a_case(given, lacks=0.05)
    starts = {"a": 2027, "b": 2028, "c": 2029, "d": 2027}
    plan = judged(of, starts)

    found = {each.code: each for each in failures(of, plan)}

    assert found["a"].fails == judged(of, {"d": 2027}).odds
    assert found["b"].fails == judged(of, {"a": 2027, "d": 2027}).odds
    assert found["a"].missed == ("c",)  # a ends in 2029, b in 2030, c in 2031
    assert found["a"].late == judged(of, {c: y for c, y in starts.items() if c != "c"}).odds
    assert found["d"].missed == ()
    assert found["d"].late == plan.odds
    assert all(each.fails <= plan.odds for each in found.values())


def tight(seed):
    """A case whose best odds stay below what more money would bring, and those odds."""
    portfolio = make.by_lot(seed, 5, 3, tight=0.5, size=4)
    of = make.a_case(portfolio, seed, FUTURES)
    free = replace(portfolio, budgets=(), capacities=())
    wished = best_for(make.a_case(free, seed, FUTURES)).odds
    return of, wished - 0.5 / FUTURES


@pytest.mark.parametrize("seed", range(6))
def test_what_gives_way_is_enough_and_hardly_more_than_needed(seed):
    of, odds = tight(seed)
    if best_for(of).odds >= odds:
        assert relaxations(of, odds) == ()
        return

    found = relaxations(of, odds)

    assert found[-1].kind == "odds"
    assert found[-1].amount == best_for(of).odds
    assert len(found) > 1
    for each in (each for each in found if each.raises):
        more = raised(of.portfolio, each.raises)
        again = make.a_case(more, seed, FUTURES)
        assert cheapest(again, odds).odds >= odds
        if len(each.raises) == 1:
            less = [replace(r, amount=r.amount * 0.99) for r in each.raises]
            with pytest.raises(OutOfReach):
                cheapest(make.a_case(raised(of.portfolio, less), seed, FUTURES), odds)


def test_one_year_of_one_budget_is_raised_by_what_brute_force_finds_missing():
    given = [
        make.initiative("a", source="state", costs=(7.0,), starts=(2027,)),
        make.initiative("b", Effect("osi", 0.2, 0.2, 0.2), source="state", costs=(9.0,),
                        starts=(2027, 2028)),
    ]  # fmt: skip
    money = (Budget("state", 2027, 5.0), Budget("state", 2028, 6.0))
    of = make.a_case(make.portfolio(*given, budgets=money), lacks=0.05)
    odds = judged(make.a_case(make.portfolio(*given), lacks=0.05), {"b": 2027}).odds
    assert Brute(of.portfolio, of.stakes, 0).cheapest(odds) is None

    found = {(each.kind, each.year): each for each in relaxations(of, odds)}

    assert found["budget", 2028].amount == pytest.approx(3.0, rel=1e-5)
    assert found["budget", 2027].amount == pytest.approx(4.0, rel=1e-5)
    assert found["budget", None].amount == pytest.approx(3.0, rel=1e-5)


def test_earlier_starts_a_later_edition_and_stronger_effects_are_said():
    late = make.portfolio(make.initiative("a", Effect("osi", 0.3, 0.3, 0.3), starts=(2031,)))
    of = make.a_case(late, lacks=0.02)
    stakes = replace(of.stakes, edition=2032)
    later = case(late, stakes, rng=np.random.default_rng(0))

    found = {each.kind: each for each in relaxations(of, 0.6, [later])}
    hopeless = {each.kind: each for each in relaxations(of, 1.0)}

    assert found["starts"].amount == 2
    assert found["edition"].amount == 2
    assert found["odds"].amount == of.before
    assert hopeless["effects"].amount < 1.0
