"""What changes when a figure changes, and what a gap is made of."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.index import at_rank, changeable, explain, known, level, load, peers, rank, what_if
from marra.index.compute import composite, prepared, stretch
from marra.index.gap import NoSuchRank, TwoTargets
from marra.index.ranks import NoScore
from marra.index.survey import NotInEdition
from marra.index.what_if import NoIndexThere, NoInputThere, NothingToChange, OutOfRange
from tests.index import make

SURVEY = load(2024)
PLACES = st.sampled_from(SURVEY.places)
SHARES = st.floats(0, 1, allow_nan=False)
SCORES = st.dictionaries(st.text(min_size=1, max_size=3), SHARES, min_size=1, max_size=30)


@given(SCORES)
def test_a_rank_counts_those_who_are_strictly_better(scores):
    for country, place in rank(scores).items():
        assert place == 1 + sum(other > scores[country] for other in scores.values())


def test_a_country_without_a_score_is_refused_by_name():
    with pytest.raises(NoScore, match="UZB"):
        rank({"UZB": math.nan, "KAZ": 0.5})


@pytest.mark.parametrize("year", known())
def test_changing_nothing_changes_nothing(year):
    survey = load(year)

    result = what_if(survey, {})

    assert result.before == result.after
    assert all(result.before[p].rank == survey.ranks[survey.at(p)] for p in result.before)


@given(PLACES, SHARES)
def test_a_higher_part_never_lowers_its_own_country(place, value):
    row = SURVEY.at(place)
    higher = max(value, float(SURVEY.pillars[row, 0]))

    result = what_if(SURVEY, {(place, "osi"): higher})

    assert result.after[place].rank <= result.before[place].rank


def test_everyone_is_stretched_again_when_the_best_falls():
    best = SURVEY.places[int(np.argmax(SURVEY.pillars[:, 0]))]

    result = what_if(SURVEY, {(best, "osi"): 0.5})

    assert max(standing.osi for standing in result.after.values()) == 1.0
    assert result.after["UZB"].osi > result.before["UZB"].osi


def test_nobody_is_stretched_where_the_published_part_was_not():
    rows = [make.row("UZB", 2, 0.5), make.row("KAZ", 1, 0.8), make.row("KGZ", 3, 0.2)]

    result = what_if(make.survey(2026, *rows), {("UZB", "osi"): 0.9})

    assert [result.after[place].osi for place in ("UZB", "KAZ", "KGZ")] == [0.9, 0.8, 0.2]
    assert result.after["UZB"].egdi == pytest.approx(0.5 + 0.4 / 3)


def test_an_input_above_its_cut_gains_nothing():
    at_the_cut = what_if(SURVEY, {("UZB", "tii.mobile"): 120})
    above = what_if(SURVEY, {("UZB", "tii.mobile"): 300})

    assert at_the_cut.after["UZB"] == above.after["UZB"]


def test_countries_whose_inputs_are_unknown_are_named_and_stay():
    result = what_if(SURVEY, {("UZB", "tii.internet"): 95})

    assert "PRK" in result.not_renormalised
    assert result.after["PRK"].tii == pytest.approx(result.before["PRK"].tii, abs=1e-3)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (("UZB", "beauty"), NothingToChange),
        (("XXX", "osi"), NotInEdition),
        (("PRK", "tii.internet"), NoInputThere),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(change, refusal):
    with pytest.raises(refusal):
        what_if(SURVEY, {change: 0.5})


@pytest.mark.parametrize("value", [-0.1, 1.1, math.inf, math.nan])
def test_a_value_out_of_range_is_refused(value):
    with pytest.raises(OutOfRange):
        what_if(SURVEY, {("UZB", "osi"): value})


def test_a_country_without_an_index_has_nothing_to_change():
    with pytest.raises(NoIndexThere):
        what_if(load(2003), {("UZB", "osi"): 0.5})


@given(PLACES, st.integers(1, 193))
def test_contributions_sum_to_the_gap(place, target):
    found = explain(SURVEY, place, to_rank=target)

    assert sum(each.value for each in found.contributions) == pytest.approx(found.gap, abs=1e-11)


@pytest.mark.parametrize("year", known())
def test_the_gap_to_oneself_is_nothing(year):
    survey = load(year)
    place = at_rank(survey, 50)

    found = explain(survey, place, to_place=place)

    assert found.gap == 0
    assert all(abs(each.value) < 1e-12 for each in found.contributions)


def test_the_gap_to_peers_is_the_gap_to_their_mean():
    found = explain(SURVEY, "UZB", to_peers=("KAZ", "TUR"))
    apart = [explain(SURVEY, "UZB", to_place=place).gap for place in ("KAZ", "TUR")]

    assert found.gap == pytest.approx(sum(apart) / 2)
    assert sum(each.value for each in found.contributions) == pytest.approx(found.gap)


def test_input_contributions_are_the_shapley_values_of_the_recomputed_pillar():
    pillar = SURVEY.edition.pillar("tii")
    columns = prepared(pillar, SURVEY, SURVEY.inputs)
    mean, spread = np.nanmean(columns, axis=0), np.nanstd(columns, axis=0)
    line = stretch(SURVEY, pillar, composite(pillar, columns))
    own, other = columns[SURVEY.at("UZB")], columns[SURVEY.at("UKR")]
    weights = np.array([float(each.weight) for each in pillar.inputs])

    def value(coalition):
        mixed = np.where([i in coalition for i in range(4)], other, own)
        return float(pillar.weight) * line.slope * float(weights @ ((mixed - mean) / spread))

    shapley = [
        sum(
            value({*before, i}) - value(before)
            for order in itertools.permutations(range(4))
            for before in [set(order[: order.index(i)])]
        )
        / math.factorial(4)
        for i in range(4)
    ]

    found = explain(SURVEY, "UZB", to_place="UKR")
    given_values = [each.value for each in found.contributions if each.basis == "recomputed"]
    assert given_values == pytest.approx(shapley, abs=1e-12)


@pytest.mark.parametrize("target", [0, 194, -3])
def test_a_place_that_nobody_holds_is_refused(target):
    with pytest.raises(NoSuchRank):
        explain(SURVEY, "UZB", to_rank=target)


def test_a_gap_has_one_target():
    with pytest.raises(TwoTargets):
        explain(SURVEY, "UZB", to_rank=30, to_place="KAZ")


def test_levels_have_the_bounds_of_the_survey():
    assert [level(x) for x in (0.75001, 0.75, 0.5, 0.49999, 0.25, 0.0)] == [
        "very_high", "high", "high", "middle", "middle", "low",
    ]  # fmt: skip


def test_peers_of_a_region_lie_in_the_region_and_the_likest_comes_first():
    surveys = {year: load(year) for year in known()}

    found = peers(surveys, "UZB", 2024, kind="subregion")

    assert {peer.place for peer in found} == {"KAZ", "KGZ", "TJK", "TKM"}
    assert [peer.distance for peer in found] == sorted(peer.distance for peer in found)


def test_inputs_are_offered_only_where_they_are_known():
    assert "tii.internet" in changeable(load(2018))
    assert changeable(load(2010)) == ("osi", "tii", "hci")
