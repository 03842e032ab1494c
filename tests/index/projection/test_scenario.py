"""A scenario: nothing changed is the outlook, more is never worse, and the parts add up."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marra.index.edition import PILLARS
from marra.index.load import known, load
from marra.index.projection.change import GivenTwice
from marra.index.projection.futures import NoSuchGoal
from marra.index.projection.ground import NotAhead, ground
from marra.index.projection.levers import levers
from marra.index.projection.scenario import scenario
from marra.index.ranks import NoScore
from marra.index.what_if import NoInputThere, NothingToChange, OutOfRange
from tests.index.projection.make import futures as drawn

LATEST = load(max(known()))
ENDS = {"osi": 1.0, "hci": 1.0, "tii.internet": 100.0, "tii.mobile": 200.0}


def futures():
    return drawn(count=500)


@cache
def still(place="UZB", k=30):
    return ground(futures(), place, k)


def changes():
    values = {name: st.floats(0.0, high) for name, high in ENDS.items()}
    return st.dictionaries(st.sampled_from(list(ENDS)), st.none(), max_size=4).flatmap(
        lambda names: st.fixed_dictionaries({name: values[name] for name in names})
    )


@pytest.mark.parametrize("place", ["UZB", "DNK", "SOM", "KAZ", "AFG", "ZWE"])
@pytest.mark.parametrize("k", [1, 30, 193])
def test_nothing_changed_is_the_outlook(place, k):
    found = scenario(LATEST, still(place, k), {})

    for each in found.editions:
        assert each.before == each.after == futures().outlook(place, each.edition, k)
        assert [part.odds for part in each.parts] == [0.0] * 3
        assert [part.points for part in each.parts] == [0.0] * 3


@pytest.mark.parametrize("place", ["UZB", "DNK", "KAZ"])
def test_the_odds_are_those_of_the_distribution(place):
    own = still(place, 30).at(2030)
    scores = own.raised(own.gains(np.array([0.03, 0.0, -0.02])))

    assert own.odds(scores) == own.told(scores).p_top


@given(changes(), st.sampled_from([2026, 2028, 2030]))
@settings(max_examples=40, deadline=None)
def test_what_the_parts_carry_adds_up_to_the_odds_and_to_the_index(wanted, by):
    found = scenario(LATEST, still(), wanted, by=by)

    for each in found.editions:
        gained = each.after.p_top - each.before.p_top
        assert sum(part.odds for part in each.parts) == pytest.approx(gained, abs=1e-12)
        own = still().at(each.edition)
        points = np.array(list(found.points.values())) * each.share
        raised = own.raised(own.gains(points)).mean() - own.raised(np.zeros((500, 3))).mean()
        assert sum(part.points for part in each.parts) == pytest.approx(raised, abs=1e-6)


@given(changes(), st.sampled_from(list(ENDS)), st.floats(0.0, 1.0))
@settings(max_examples=40, deadline=None)
def test_more_is_never_worse(wanted, name, further):
    if name.split(".")[0] in wanted and name not in wanted:
        wanted.pop(name.split(".")[0])
    less = {**wanted, name: wanted.get(name, 0.0)}
    more = {**less, name: less[name] + further * (ENDS[name] - less[name])}

    low, high = scenario(LATEST, still(), less), scenario(LATEST, still(), more)

    for a, b in zip(low.editions, high.editions, strict=True):
        assert b.after.p_top >= a.after.p_top
        assert b.after.rank_median <= a.after.rank_median
        assert b.after.rank_p90 <= a.after.rank_p90
        assert b.after.egdi_median >= a.after.egdi_median


def test_a_part_set_to_its_median_changes_nothing_in_that_edition():
    middle = float(still().at(2028).medians[0])

    found = scenario(LATEST, still(), {"osi": middle}, by=2028)

    assert all(each.before == each.after for each in found.editions)


def test_a_value_of_a_part_is_where_its_median_comes_to_lie():
    found = scenario(LATEST, still(), {"osi": 0.9}, by=2028)

    osi = found.at(2028).parts[0]
    assert osi.after == pytest.approx(0.9, abs=1e-6)
    assert found.points["osi"] == pytest.approx(0.9 - osi.before)
    assert [each.share for each in found.editions] == [0.5, 1.0, 1.0]


def test_a_part_ends_at_1_in_every_future():
    found = scenario(LATEST, still("DNK"), {"osi": 1.0, "tii": 1.0, "hci": 1.0})

    last = found.at(2030)
    gains = still("DNK").at(2030).gains(np.array(list(found.points.values())))
    assert (still("DNK").at(2030).parts + gains).max() <= 1.0
    assert max(part.at_most for part in last.parts) > 0.1


def test_an_input_moves_its_part_by_its_lever_up_to_its_cap():
    lever = levers(LATEST, "UZB")["tii.mobile"]

    within = scenario(LATEST, still(), {"tii.mobile": 110.0}).given[0]
    beyond = scenario(LATEST, still(), {"tii.mobile": 150.0}).given[0]

    assert within.points == pytest.approx((110.0 - within.today) * lever.per_unit)
    assert beyond.points == pytest.approx(lever.headroom * lever.per_unit)
    assert (beyond.counted, beyond.counts_to, beyond.value) == (120.0, 120.0, 150.0)


def test_a_price_that_falls_is_a_gain_and_two_prices_share_the_move_of_their_mean():
    lever = levers(LATEST, "UZB")["tii.affordability"]
    halved = {"tii.basket_mobile": 0.51, "tii.basket_fixed_broadband": 0.855}

    both = scenario(LATEST, still(), halved)
    whole = scenario(LATEST, still(), {"tii.affordability": 0.6825})

    assert both.points["tii"] == pytest.approx(-lever.per_unit * 0.6825)
    assert whole.points["tii"] == pytest.approx(both.points["tii"])
    assert all(each.points > 0 for each in both.given)


@pytest.mark.parametrize("pillar", PILLARS)
def test_losing_a_part_costs_places(pillar):
    found = scenario(LATEST, still(), {pillar: 0.3})

    last = found.at(2030)
    assert last.after.rank_median > last.before.rank_median
    assert last.after.p_top <= last.before.p_top


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ({"osi": 1.2}, OutOfRange),
        ({"gdp": 1.0}, NothingToChange),
        ({"tii": 0.9, "tii.internet": 95.0}, GivenTwice),
    ],
)
def test_what_makes_no_sense_is_refused(wanted, refusal):
    with pytest.raises(refusal):
        scenario(LATEST, still(), wanted)


def test_what_cannot_be_asked_is_refused():
    lacking = LATEST.inputs.copy()
    lacking[LATEST.at("UZB"), LATEST.input_names.index("tii.mobile")] = np.nan
    with pytest.raises(NoInputThere):
        scenario(replace(LATEST, inputs=lacking), still(), {"tii.internet": 90.0})
    with pytest.raises(NotAhead):
        scenario(LATEST, still(), {"osi": 0.9}, by=2027)
    with pytest.raises(NoSuchGoal):
        ground(futures(), "UZB", 194)
    with pytest.raises(NoScore):
        ground(futures(), "XXX")
