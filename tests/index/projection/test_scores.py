"""Rank forecasts are scored as their definitions say."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from marra.index.projection.scores import RankScores, cumulated, quantile, rank_scores
from marra.index.projection.worlds import rank_counts
from marra.index.ranks import ranks_of

FORECASTS = st.lists(st.integers(1, 12), min_size=1, max_size=40)


def counts_of(ranks, places=12):
    return np.bincount(np.array(ranks) - 1, minlength=places)[None, :]


@given(FORECASTS, st.integers(1, 12))
def test_the_crps_is_the_distance_to_the_outcome_less_half_that_between_futures(ranks, observed):
    drawn = np.array(ranks, float)
    apart = np.abs(drawn[:, None] - drawn[None, :]).mean()

    found = rank_scores(counts_of(ranks), np.array([observed]), k=6).rank_crps

    assert np.isclose(found, np.abs(drawn - observed).mean() - apart / 2)


@given(FORECASTS, st.integers(1, 12), st.integers(1, 12))
def test_median_interval_and_brier_follow_from_the_sorted_futures(ranks, observed, k):
    drawn = np.sort(ranks)
    low, median, high = (
        drawn[max(int(np.ceil(q * len(drawn) - 1e-9)), 1) - 1] for q in (0.1, 0.5, 0.9)
    )

    found = rank_scores(counts_of(ranks), np.array([observed]), k=k)

    assert found.rank_mae == abs(median - observed)
    assert found.width_80 == high - low
    assert found.coverage_80 == (low <= observed <= high)
    assert np.isclose(found.brier, ((drawn <= k).mean() - (observed <= k)) ** 2)


@given(FORECASTS)
def test_no_forecast_scores_better_on_average_than_the_truth_it_was_drawn_from(ranks):
    truth, other = counts_of(ranks), counts_of([7] * len(ranks))
    outcomes = [np.array([rank]) for rank in ranks]

    honest = np.mean([rank_scores(truth, each, k=6).rank_crps for each in outcomes])
    stubborn = np.mean([rank_scores(other, each, k=6).rank_crps for each in outcomes])

    assert honest <= stubborn + 1e-12


@given(st.integers(0, 2**32 - 1), st.integers(2, 30), st.integers(1, 20))
def test_counts_of_ranks_are_those_of_ranking_each_future(seed, countries, futures):
    scores = np.random.default_rng(seed).random((futures, countries))
    expected = np.zeros((countries, countries), int)
    for row in scores:
        expected[np.arange(countries), ranks_of(row) - 1] += 1

    assert (rank_counts(scores) == expected).all()


def test_quantiles_run_from_the_best_rank_to_the_worst():
    at_most = cumulated(np.array([[10, 0, 40, 40, 10]]))

    assert [int(quantile(at_most, share)[0]) for share in (0.1, 0.5, 0.9)] == [1, 3, 4]


def test_the_mean_of_scores_counts_each_once():
    one = RankScores(1.0, 2.0, 0.5, 10.0, 0.1)
    other = RankScores(3.0, 4.0, 1.0, 20.0, 0.3)

    assert RankScores.mean([one, other]) == RankScores(2.0, 3.0, 0.75, 15.0, 0.2)
