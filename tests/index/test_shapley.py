"""Shapley values share a gap out: exactly, fairly, and in places as well as in points."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from marra.index.shapley import TooManyInputs, coalitions, rank_shares, score_shares, shapley


def by_orders(worth, inputs):
    """The definition itself: the mean addition over all orders."""
    shares = np.zeros(inputs)
    orders = list(permutations(range(inputs)))
    for order in orders:
        inside = 0
        for each in order:
            shares[each] += worth[inside | 1 << each] - worth[inside]
            inside |= 1 << each
    return shares / len(orders)


@given(arrays(np.float64, 2**5, elements=st.floats(-1, 1)))
def test_the_shares_are_mean_additions_over_all_orders(worth):
    assert np.allclose(shapley(worth), by_orders(worth, 5))


@given(arrays(np.float64, 2**6, elements=st.floats(-1, 1)))
def test_the_shares_add_up_to_the_worth_of_all(worth):
    assert shapley(worth).sum() == pytest.approx(worth[-1] - worth[0], abs=1e-12)


def test_a_weighted_sum_is_shared_out_input_by_input():
    rng = np.random.default_rng(0)
    own, target, weights = rng.random((3, 11))

    worth = coalitions(11) @ (weights * (target - own))

    assert np.allclose(shapley(worth), score_shares(own, target, weights))


def test_shares_of_a_rank_add_up_to_the_places_gained():
    rng = np.random.default_rng(1)
    own, target, weights, rivals = *rng.random((3, 11)), rng.random(192) * 5

    shares = rank_shares(own, target, weights, rivals)

    before, after = 1 + (rivals > weights @ own).sum(), 1 + (rivals > weights @ target).sum()
    assert shares.sum() == pytest.approx(before - after, abs=1e-9)


def test_an_input_that_does_not_change_gains_no_place():
    own, target = np.array([0.1, 0.5, 0.3]), np.array([0.9, 0.5, 0.6])

    shares = rank_shares(own, target, np.full(3, 1 / 3), np.linspace(0, 1, 50))

    assert shares[1] == 0


def test_a_rank_over_fourteen_inputs_is_shared_out_and_over_fifteen_refused():
    own, target = np.zeros(14), np.ones(14)

    shares = rank_shares(own, target, np.full(14, 1 / 14), np.linspace(0, 1, 192))

    assert np.allclose(shares, shares[0])
    with pytest.raises(TooManyInputs, match="14 inputs at most; these are 15"):
        coalitions(15)
