"""Fast ranks are the ranks of double precision, ties included."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import rankdata

from marra.index.fast_ranks import (
    CannotRank,
    competition,
    rank_under,
    ranks_under,
    scores_under,
)
from marra.index.load import load

FEW = st.sampled_from([0.0, 0.25, 0.5, 0.5 + 2**-30, 0.5 + 2**-52, 1.0])
"""Values that tie, or nearly: the last two differ by less than single precision can tell."""


def plain(values, weights):
    return rankdata(-scores_under(values, weights), axis=1, method="min").astype(np.uint8)


@given(
    arrays(np.float64, (9, 3), elements=FEW),
    arrays(np.float64, (5, 3), elements=st.sampled_from([0.0, 0.25, 1.0, 3.0])),
)
def test_ties_and_near_ties_are_ranked_as_in_double_precision(values, weights):
    assert np.array_equal(ranks_under(values, weights), plain(values, weights))


@given(arrays(np.float64, (4, 6), elements=st.floats(0, 1)))
def test_competition_ranks_count_those_who_are_strictly_better(scores):
    better = (scores[:, None, :] > scores[:, :, None]).sum(axis=2)

    assert np.array_equal(competition(scores), better + 1)


@pytest.mark.parametrize("countries", [1, 2, 17, 193, 255])
def test_all_ranks_equal_those_of_double_precision_for_any_number_of_countries(countries):
    rng = np.random.default_rng(countries)
    values, weights = rng.random((countries, 11)), rng.dirichlet(np.full(11, 5.0), 1100)

    assert np.array_equal(ranks_under(values, weights), plain(values, weights))


@pytest.mark.parametrize("year", [2008, 2018, 2020, 2022, 2024])
def test_real_figures_are_ranked_as_in_double_precision(year):
    survey = load(year)
    values = np.nan_to_num(survey.pillars[survey.ranked])
    weights = np.random.default_rng(year).dirichlet(np.full(3, 30.0), 20_000)

    expected = plain(values, weights)

    assert np.array_equal(ranks_under(values, weights), expected)
    for row in range(0, len(values), 12):
        assert np.array_equal(rank_under(values, weights, row), expected[:, row])


def test_scores_closer_than_a_quantum_keep_their_order():
    step = 2.0**-40
    values = np.arange(50)[::-1, None] * step + np.array([[0.5]])
    values = np.concatenate([values, [[0.0], [1.0]]])  # the span makes a quantum 2**-24

    ranks = ranks_under(values, np.ones((3, 1)))

    assert ranks[0].tolist() == [*range(2, 52), 52, 1]


def test_figures_that_are_huge_beside_their_differences_are_still_ranked_rightly():
    rng = np.random.default_rng(1)
    values = 1e9 + rng.integers(0, 40, (60, 2)) * 2.0**-20
    weights = rng.random((200, 2))

    assert np.array_equal(ranks_under(values, weights), plain(values, weights))


def test_tiny_figures_are_ranked_like_large_ones():
    rng = np.random.default_rng(2)
    values, weights = rng.random((40, 3)), rng.random((30, 3))

    assert np.array_equal(ranks_under(values * 1e-60, weights), plain(values, weights))
    assert np.array_equal(rank_under(values * 1e-60, weights, 7), plain(values, weights)[:, 7])


def test_an_equal_rival_never_beats_a_country_in_its_own_rank():
    values = np.repeat(np.random.default_rng(3).random((1, 11)), 50, axis=0)
    weights = np.random.default_rng(4).dirichlet(np.ones(11), 1000)

    assert (rank_under(values, weights, 20) == 1).all()
    assert (ranks_under(values, weights) == 1).all()


def test_the_rank_of_one_country_is_its_place_among_all():
    rng = np.random.default_rng(5)
    values, weights = rng.random((193, 11)), rng.dirichlet(np.full(11, 5.0), 30_000)

    everyone = ranks_under(values, weights)

    assert np.array_equal(rank_under(values, weights, 60), everyone[:, 60])


def test_weights_need_not_add_up_to_one():
    rng = np.random.default_rng(6)
    values, weights = rng.random((30, 4)), rng.random((50, 4))

    assert np.array_equal(ranks_under(values, weights * 1000), ranks_under(values, weights))


@pytest.mark.parametrize(
    ("values", "weights", "says"),
    [
        (np.array([[np.nan], [1.0]]), np.ones((1, 1)), "missing"),
        (np.ones((2, 1)), np.array([[np.nan]]), "missing"),
        (np.ones((2, 1)), np.array([[-1.0]]), "below 0"),
        (np.ones((256, 1)), np.ones((1, 1)), "256 countries"),
    ],
)
def test_what_has_no_ranks_is_refused(values, weights, says):
    with pytest.raises(CannotRank, match=says):
        ranks_under(values, weights)
