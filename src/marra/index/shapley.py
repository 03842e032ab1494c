"""Shapley values: how a gap in score or in places is shared out among the inputs that make it.

The worth of a set of inputs is what happens when these, and only these, take their new values. An
input's Shapley value is its mean addition to the worth over all orders in which the inputs can
change; the values add up to the worth of all, and no order is favoured. With k inputs there are
2**k sets; all of them are computed, so nothing is sampled.

A score that is a weighted sum shares out trivially. A rank does not: the first steps pass many
rivals or none, and which input is given the credit depends on the order. Hence this file.

Source: L. S. Shapley, A value for n-person games, 1953; the worth functions are ours.
"""

from functools import cache
from math import comb
from typing import Final

import numpy as np

from marra.index.survey import Floats
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

MOST: Final = 14
"""Inputs shared out among; 2**14 sets."""


class TooManyInputs(Invalid):
    """More inputs than sets can be listed for."""

    sentence = gettext_noop(
        "A gap can be shared out among {most} inputs at most; these are {count}. Leave some out."
    )


def coalitions(inputs: int) -> Floats:
    """All sets of inputs as rows of 0 and 1, shape (2**k, k); row s holds the bits of s.

    >>> coalitions(2).tolist()
    [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]
    """
    if not 0 < inputs <= MOST:
        raise TooManyInputs(most=MOST, count=inputs)
    numbers = np.arange(2**inputs, dtype=np.uint32)
    bits: Floats = (numbers[:, None] >> np.arange(inputs, dtype=np.uint32) & 1).astype(np.float64)
    return bits


def shapley(worth: Floats) -> Floats:
    """Shapley values from the worth of every set, (2**k,) in the order of `coalitions` -> (k,).

    They add up to worth[-1] - worth[0], but for rounding.

    >>> shapley(np.array([0.0, 1.0, 2.0, 6.0])).tolist()
    [2.5, 3.5]
    """
    inputs = len(worth).bit_length() - 1
    if not 0 < inputs <= MOST:
        raise TooManyInputs(most=MOST, count=inputs)
    likely = _likelihoods(inputs)
    values = np.empty(inputs)
    for each in range(inputs):  # of the sets, low bits run within the last axis
        pairs = worth.reshape(-1, 2, 2**each)
        values[each] = np.vdot(pairs[:, 1] - pairs[:, 0], likely)
    return values


def score_shares(own: Floats, target: Floats, weights: Floats) -> Floats:
    """A gap in a weighted sum shared out: (k,), (k,), (k,) -> (k,), positive where own is less.

    >>> score_shares(np.array([0.2, 0.9]), np.array([0.6, 0.5]), np.array([0.5, 0.5])).round(9)
    array([ 0.2, -0.2])
    """
    shares: Floats = weights * (target - own)
    return shares


def rank_shares(own: Floats, target: Floats, weights: Floats, rivals: Floats) -> Floats:
    """Places gained by each input when own values become the target's, (k,); rivals stay.

    `rivals` holds the scores of all others, (n - 1,), made with the same weights; a negative share
    is places lost. The shares add up to the places gained in all. Ties share the better place.

    >>> rivals = np.array([0.9, 0.55, 0.45, 0.3])
    >>> own, target, half = np.array([0.2, 0.2]), np.array([0.8, 0.6]), np.array([0.5, 0.5])
    >>> rank_shares(own, target, half, rivals).tolist()
    [2.0, 1.0]
    """
    scores = coalitions(len(own)) @ (weights * (target - own)) + weights @ own
    ordered = np.sort(rivals)
    passed = np.searchsorted(ordered, scores, side="right").astype(np.float64)
    return shapley(passed)


@cache
def _likelihoods(inputs: int) -> Floats:
    """How likely each set of the other inputs precedes one, by the bits of the set."""
    sizes = coalitions(inputs)[: 2 ** (inputs - 1)].sum(axis=1).astype(int)
    by_size = np.array([1 / (inputs * comb(inputs - 1, size)) for size in range(inputs)])
    likely: Floats = by_size[sizes]
    return likely
