"""How firmly a country stands: counts, odds and what they rest on."""

import math

import numpy as np
import pytest

from marra.index.disturbed import Draws, Model
from marra.index.load import load
from marra.index.noise import Normalisation, NoSuchUncertainty, sizes
from marra.index.ranks import NoScore, ranks_of
from marra.index.survey import NotInEdition
from marra.index.uncertainty import WrongDraws, WrongPlace, uncertainty

EDITIONS = (2003, 2008, 2012, 2018, 2024)


def drawn(year=2024, place="UZB", seed=0, draws=2000, **options):
    return uncertainty(load(year), place, rng=np.random.default_rng(seed), draws=draws, **options)


def still(model, draws=2, normalisation=0):
    """Draws in which nothing is otherwise."""
    return Draws(
        weights=np.tile(model.weights, (draws, 1)),
        input_weights=np.tile(model.input_weights, (draws, 1)),
        errors=np.zeros((draws, *model.shape), np.float32),
        normalisation=np.full(draws, normalisation),
    )


@pytest.mark.parametrize("year", EDITIONS)
def test_each_draw_gives_each_country_one_rank(year):
    found = drawn(year, "KAZ")

    assert (found.counts.sum(axis=1) == 2000).all()
    assert found.shares.sum() == pytest.approx(1)
    assert len(found.places) + len(found.left_out) == len(load(year).places)


@pytest.mark.parametrize("year", EDITIONS)
def test_with_nothing_uncertain_everyone_keeps_the_rank_of_the_recomputed_index(year):
    survey = load(year)
    certain = sizes(survey).without("weights", "normalisation", "data")

    found = drawn(year, "KAZ", draws=3, assumed=certain)

    scores = (np.nan_to_num(survey.pillars) @ [float(p.weight) for p in survey.edition.pillars])[
        survey.ranked
    ]
    ranks = ranks_of(scores)
    held = [int(np.argmax(found.counts[row])) + 1 for row in range(len(ranks))]
    tied = np.abs(scores[:, None] - scores).min(axis=1, where=~np.eye(len(ranks), dtype=bool),
                                                initial=1) < 1e-6  # fmt: skip
    assert (np.array(held) == ranks)[~tied].all()
    assert (found.counts.max(axis=1) == 3).all()


def test_an_interval_holds_its_share_and_intervals_lie_within_one_another():
    found = drawn()

    for share in (0.5, 0.8, 0.95):
        best, worst = found.interval(share)
        assert found.at_most(worst) - found.at_most(best - 1) >= share
    assert found.interval(0.95)[0] <= found.interval(0.8)[0] <= found.interval(0.5)[0]
    assert found.interval(0.5)[0] <= found.median <= found.interval(0.5)[1]


def test_the_odds_of_a_place_grow_with_the_place():
    found = drawn(k=60)

    odds = [found.at_most(k) for k in range(1, 194)]

    assert np.diff(odds).min() >= -1e-12
    assert found.chance == found.at_most(60)
    assert odds[-1] == pytest.approx(1)


def test_larger_errors_make_wider_intervals():
    survey = load(2024)
    small = sizes(survey).without("weights", "normalisation")
    large = type(small)(math.inf, small.normalisations, (0.05, 0.05, 0.05), 0.0, ())

    narrow, wide = (drawn(assumed=each).interval(0.8) for each in (small, large))

    assert wide[1] - wide[0] > 2 * (narrow[1] - narrow[0])


def test_seed_zero_is_a_seed_and_the_result_names_it():
    one, two, other = drawn(seed=0), drawn(seed=0), drawn(seed=1)

    assert (one.counts == two.counts).all()
    assert (one.counts != other.counts).any()
    assert (one.seed, other.seed) == (0, 1)
    assert one.data_version == load(2024).version
    assert one.edition_version == load(2024).edition.version


def test_the_same_draws_serve_every_country():
    assert drawn().of("KAZ").median == drawn(place="KAZ").median


def test_progress_hears_of_every_draw():
    heard = []

    drawn(draws=300, progress=heard.append)

    assert sum(heard) == 300


def test_z_scores_and_trimming_move_ranks_and_the_published_way_does_not():
    survey = load(2012)
    model = Model(survey, tuple(Normalisation))

    scores = [model.scores(still(model, normalisation=number))[0] for number in range(3)]

    published = (np.nan_to_num(survey.pillars) @ model.weights)[survey.ranked]
    assert np.allclose(scores[0], published, atol=1e-6)
    assert (ranks_of(scores[1]) != ranks_of(published)).any()
    assert (ranks_of(scores[2]) != ranks_of(published)).any()


def test_other_weights_of_inputs_move_tii_as_they_move_its_recomputed_value():
    survey = load(2022)
    model = Model(survey, (Normalisation.PUBLISHED,))
    draws = still(model, 1)
    otherwise = Draws(draws.weights * 0 + [0, 1, 0], np.array([[0.4, 0.2, 0.2, 0.2]]),
                      draws.errors, draws.normalisation)  # fmt: skip

    moved = model.scores(otherwise)[0] - model.scores(still(model, 1))[0]

    assert np.abs(moved).max() > 0.01
    assert "PRK" in model.held


def test_countries_without_an_index_are_named_not_ranked():
    found = drawn(2003, "KAZ", draws=10)

    assert "UZB" in found.left_out
    assert "UZB" not in found.places
    with pytest.raises(NoScore, match="UZB"):
        drawn(2003, "UZB")


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(NotInEdition):
        drawn(place="XXX")
    with pytest.raises(WrongDraws, match="0 draws"):
        drawn(draws=0)
    with pytest.raises(WrongPlace, match="from 1 to 193"):
        drawn(k=194)
    with pytest.raises(NoSuchUncertainty, match="weights, normalisation, data"):
        sizes(load(2024)).without("luck")
