"""Ranks under noise are those of the plain way, and the normal numbers are normal enough."""

import numpy as np
import pytest

from marra.index.fast_noise import Normals, Scheme, noisy, ranks_with_noise
from marra.index.fast_ranks import CannotRank, competition

SCHEME = Scheme(
    np.repeat([0, 1, 2], [2, 5, 4]),
    np.array([0.5] * 2 + [0.2] * 5 + [0.25] * 4),
    np.array([0.34, 0.33, 0.33]),
)


def figures(seed):
    rng = np.random.default_rng(seed)
    return rng.random((193, 11)) * 100 + 50, np.full((193, 11), 4.0)


def plain(inputs, scheme):
    """The survey's own steps, written down as they are read, in double precision."""
    inputs = inputs.astype(np.float64)
    if scheme.standardised:
        mean, deviation = inputs.mean(axis=2), inputs.std(axis=2)
        inputs = (inputs - mean[..., None]) / deviation[..., None]
    shares = np.zeros((len(scheme.weights), inputs.shape[1]))
    shares[scheme.part, np.arange(inputs.shape[1])] = scheme.shares
    parts = shares @ inputs
    low, high = parts.min(axis=2, keepdims=True), parts.max(axis=2, keepdims=True)
    return scheme.weights @ ((parts - low) / (high - low))


@pytest.mark.parametrize("standardised", [True, False])
def test_ranks_are_those_of_the_plain_way_but_for_scores_that_are_all_but_equal(standardised):
    scheme = Scheme(SCHEME.part, SCHEME.shares, SCHEME.weights, standardised)
    values, spread = figures(0)

    quick = ranks_with_noise(values, spread, scheme, draws=500, rng=np.random.default_rng(1))

    stream = noisy(values, spread, draws=500, rng=np.random.default_rng(1))
    scores = np.concatenate([plain(block.copy(), scheme) for block in stream])
    ranks = competition(scores)
    for draw, country in np.argwhere(quick != ranks):
        gaps = np.sort(np.abs(scores[draw] - scores[draw, country]))
        assert gaps[1] < 1e-6
    assert (quick != ranks).mean() < 1e-3


def test_the_same_seed_gives_the_same_draws_and_another_seed_others():
    values, spread = figures(2)

    def ranks(seed):
        rng = np.random.default_rng(seed)
        return ranks_with_noise(values, spread, SCHEME, draws=100, rng=rng)

    assert np.array_equal(ranks(0), ranks(0))
    assert not np.array_equal(ranks(0), ranks(1))


def test_each_draw_ranks_everyone_once_and_no_noise_moves_nobody():
    values, spread = figures(3)

    ranks = ranks_with_noise(values, spread, SCHEME, draws=130, rng=np.random.default_rng(0))
    still = ranks_with_noise(values, spread * 0, SCHEME, draws=130, rng=np.random.default_rng(0))

    assert np.array_equal(np.sort(ranks, axis=1), np.tile(np.arange(1, 194), (130, 1)))
    assert (still == still[0]).all()


def test_an_input_that_is_the_same_everywhere_moves_nobody():
    values, spread = figures(4)
    flat, quiet = values.copy(), spread * 0
    flat[:, 3] = 7.0
    without = Scheme(SCHEME.part, np.where(np.arange(11) == 3, 0, SCHEME.shares), SCHEME.weights)

    ranks = ranks_with_noise(flat, quiet, SCHEME, draws=1, rng=np.random.default_rng(0))
    others = ranks_with_noise(values, quiet, without, draws=1, rng=np.random.default_rng(0))

    assert np.array_equal(ranks, others)


def test_table_normals_have_the_moments_of_the_normal_distribution():
    numbers = np.empty(2_000_001, np.float32)

    Normals(np.random.default_rng(0)).fill(numbers)

    assert abs(numbers.mean()) < 0.003
    assert abs(numbers.std() - 1) < 0.003
    assert abs((numbers**3).mean()) < 0.01
    assert abs((numbers**4).mean() - 3) < 0.03
    assert 4 < np.abs(numbers).max() < 4.4
    assert abs(np.corrcoef(numbers[1:], numbers[:-1])[0, 1]) < 0.003


def test_a_missing_value_is_refused_not_ranked():
    values, spread = figures(5)
    values[3, 3] = np.nan

    with pytest.raises(CannotRank, match="missing"):
        ranks_with_noise(values, spread, SCHEME, draws=1, rng=np.random.default_rng(0))
