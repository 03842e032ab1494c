"""Sobol indices agree with functions whose indices are known."""

import numpy as np
import pytest

from marra.index.sobol import WrongSize, indices, number_of


def ishigami(points):
    x = (2 * points - 1) * np.pi
    value = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    return value[:, None]


def test_indices_of_the_ishigami_function_are_the_known_ones():
    found = indices(ishigami, 3, n=4096, rng=np.random.default_rng(0))

    assert np.allclose(found.first, [[0.3139, 0.4424, 0.0]], atol=0.01)
    assert np.allclose(found.total, [[0.5576, 0.4424, 0.2437]], atol=0.01)
    assert found.variance == pytest.approx(13.8446, rel=0.01)
    assert found.mean == pytest.approx(3.5, rel=0.01)
    assert found.evaluations == 4096 * 5


def test_the_stated_error_covers_the_true_one():
    within, known = 0, np.array([0.3139, 0.4424, 0.0, 0.5576, 0.4424, 0.2437])
    for seed in range(20):
        found = indices(ishigami, 3, n=512, rng=np.random.default_rng(seed))
        values = np.concatenate([found.first[0], found.total[0]])
        errors = np.concatenate([found.first_error[0], found.total_error[0]])
        within += (np.abs(values - known) <= 2 * errors).sum()

    assert within >= 0.9 * 120


def test_a_sum_of_fourteen_factors_is_explained_by_their_variances():
    weights = np.arange(1.0, 15.0)

    found = indices(lambda x: (x @ weights)[:, None], 14, n=1024, rng=np.random.default_rng(0))

    known = weights**2 / (weights**2).sum()
    assert np.allclose(found.first[0], known, atol=0.02)
    assert np.allclose(found.total[0], known, atol=0.02)


def test_each_outcome_has_its_own_indices():
    found = indices(lambda x: x[:, :2], 2, n=256, rng=np.random.default_rng(0))

    assert np.allclose(found.total, [[1, 0], [0, 1]], atol=0.01)


def test_a_group_counts_as_one_factor():
    draws = np.random.default_rng(1).standard_normal((2 * 2048, 5))

    def model(points):
        group = draws[number_of(points[:, 0], len(draws))].sum(axis=1) / np.sqrt(5)
        return (group + (points[:, 1] - 0.5) * np.sqrt(12))[:, None]

    found = indices(model, 2, n=2048, rng=np.random.default_rng(0), groups=[0])

    assert np.allclose(found.first, [[0.5, 0.5]], atol=0.05)
    assert np.allclose(found.total, [[0.5, 0.5]], atol=0.05)


def test_an_outcome_that_never_varies_has_no_indices_rather_than_zeros():
    found = indices(lambda x: np.ones((len(x), 1)), 2, n=64, rng=np.random.default_rng(0))

    assert np.isnan(found.first).all()
    assert np.isnan(found.total).all()
    assert found.variance == 0


def test_seed_zero_is_a_seed():
    one, two, other = (
        indices(ishigami, 3, n=64, rng=np.random.default_rng(seed)) for seed in (0, 0, 1)
    )

    assert np.array_equal(one.first, two.first)
    assert np.array_equal(one.total_error, two.total_error)
    assert not np.array_equal(one.first, other.first)


@pytest.mark.parametrize("n", [0, 32, 100, 2**17])
def test_a_sample_that_is_no_power_of_two_is_refused(n):
    with pytest.raises(WrongSize, match=f"sample of {n} points"):
        indices(ishigami, 3, n=n, rng=np.random.default_rng(0))
