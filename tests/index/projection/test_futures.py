"""Futures are joint: ranks agree, odds agree, and editions by themselves stay as learnt."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marra.index import load, what_if
from marra.index.projection.futures import NoSuchGoal, NotProjected
from marra.index.projection.levers import levers
from marra.index.projection.project import NoSuchFuture, WrongFutures, project
from marra.index.ranks import NoScore, ranks_of
from tests.index.projection.make import futures, surveys

PLACES = st.sampled_from(["UZB", "DNK", "KAZ", "SOM", "IND", "UKR", "TCD"])
EDITIONS = st.sampled_from([2026, 2028, 2030])


def test_in_each_future_every_country_has_a_rank_and_the_first_place_is_held():
    for world in futures().worlds:
        ranks = np.array([ranks_of(future) for future in world.scores[:50].astype(float)])

        assert (ranks.min(axis=1) == 1).all()
        assert (world.counts.sum(axis=1) == futures().futures).all()
        assert world.counts[:, 0].sum() >= futures().futures
        assert world.counts[:, :30].sum() >= 30 * futures().futures


@given(PLACES, EDITIONS, st.integers(1, 193))
@settings(max_examples=60, deadline=None)
def test_the_odds_of_a_place_are_those_of_reaching_the_best_competitor_behind_it(
    place, edition, k
):
    found = futures()

    stakes = found.stakes(load(2024), place, edition, k)

    outlook = found.outlook(place, edition, k)
    assert stakes.odds(np.zeros(3)) == pytest.approx(outlook.p_top, abs=2 / found.futures)
    assert stakes.odds(np.full(3, 0.01)) >= stakes.odds(np.zeros(3))


@given(PLACES, EDITIONS)
@settings(max_examples=20, deadline=None)
def test_odds_grow_with_the_goal_and_quantiles_are_in_order(place, edition):
    found = futures()
    odds = [found.outlook(place, edition, k).p_top for k in range(1, 194, 16)]
    told = found.outlook(place, edition)

    assert odds == sorted(odds)
    assert found.outlook(place, edition, 193).p_top == 1.0
    ranks = [told.rank_p10, told.rank_p25, told.rank_median, told.rank_p75, told.rank_p90]
    assert ranks == sorted(ranks)
    assert told.egdi_p10 <= told.egdi_median <= told.egdi_p90


def test_the_parts_of_a_country_make_its_score_and_end_at_one():
    world = futures().world(2030)
    for place in ("DNK", "UZB", "SOM"):
        row = futures().row(place)
        parts = world.parts(row)

        assert parts.max() <= 1.0
        assert np.allclose(parts @ world.weights, world.scores[:, row], atol=1e-6)


def test_each_edition_by_itself_is_drawn_as_learnt_though_editions_are_joined():
    found = project(surveys(), to=2030, rng=np.random.default_rng(5), futures=40_000)
    row = found.row("UZB")
    for world in found.worlds:
        likeness = world.learnt.likeness[row]
        drawn = np.bincount(world.donors[:, row], minlength=len(likeness)) / found.futures
        years = world.learnt.donors % 10_000
        for year in set(years.tolist()):
            chance = likeness[years == year].sum()
            assert drawn[years == year].sum() == pytest.approx(chance, abs=0.012)
        assert drawn @ world.learnt.surprises == pytest.approx(
            likeness @ world.learnt.surprises, abs=0.02
        )


def test_a_later_edition_grows_out_of_the_one_before():
    row = futures().row("UZB")
    scores = [world.scores[:, row] for world in futures().worlds]

    assert np.corrcoef(scores[1], scores[2])[0, 1] > 0.4


def test_one_seed_gives_one_set_of_futures_and_another_seed_another():
    one, same, other = (
        project(surveys(), to=2026, rng=np.random.default_rng(seed), futures=300)
        for seed in (0, 0, 1)
    )

    assert (one.worlds[0].scores == same.worlds[0].scores).all()
    assert (one.worlds[0].scores != other.worlds[0].scores).any()
    assert (one.seed, other.seed) == (0, 1)


def test_a_country_without_parts_is_left_out_and_named():
    found = project(surveys(2010), to=2012, rng=np.random.default_rng(0), futures=50)

    assert "FSM" in found.left_out
    assert len(found.places) + len(found.left_out) == 192
    with pytest.raises(NoScore):
        found.outlook("FSM", 2012)


@pytest.mark.parametrize("to", [2024, 2025, 2027, 2010])
def test_an_edition_that_is_not_due_is_refused(to):
    with pytest.raises(NoSuchFuture):
        project(surveys(), to=to, rng=np.random.default_rng(0), futures=10)


def test_too_few_or_too_many_futures_and_unknown_goals_are_refused():
    for count in (0, 1_000_000):
        with pytest.raises(WrongFutures):
            project(surveys(), to=2026, rng=np.random.default_rng(0), futures=count)
    with pytest.raises(NotProjected):
        futures().outlook("UZB", 2032)
    for k in (0, 194):
        with pytest.raises(NoSuchGoal):
            futures().outlook("UZB", 2030, k)


@pytest.mark.parametrize("place", ["UZB", "KAZ", "EGY"])
@pytest.mark.parametrize("name", ["tii.internet", "tii.mobile_broadband", "tii.affordability"])
def test_a_lever_moves_its_part_as_a_what_if_does(place, name):
    survey = load(2024)
    lever = levers(survey, place)[name]
    step = min(1.0, lever.headroom)
    if name == "tii.affordability":
        value, step = lever.headroom - step, -step
    else:
        value = float(survey.inputs[survey.at(place), survey.input_names.index(name)]) + step

    after = what_if(survey, {(place, name): value}).after[place]

    moved = after.tii - survey.pillars[survey.at(place), 1]
    assert moved == pytest.approx(lever.per_unit * step, rel=0.04, abs=1e-9)
