"""Ranks: who stands where, given everyone's score.

The survey ranks by falling score, on the score as computed, not as printed: in 2024 the United
Kingdom (0.95773) is 7th and Australia (0.95770) 8th, though both print as 0.9577. So nothing is
rounded here. Equal scores share the better rank and the next is left out, as in 2018 and 2022.

Source: United Nations E-Government Survey 2024, table of country rankings.
"""

import math
from collections.abc import Mapping

import numpy as np

from marra.index.survey import Floats, Ints
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop


class NoScore(Invalid):
    """A country without a score has no rank, not the last one."""

    sentence = gettext_noop("{country} has no score, so it cannot be ranked.")


def rank(scores: Mapping[str, float]) -> dict[str, int]:
    """Each country's rank, 1 for the highest score, best first.

    >>> rank({"AUS": 0.95770, "DNK": 0.98474, "GBR": 0.95773})
    {'DNK': 1, 'GBR': 2, 'AUS': 3}
    >>> rank({"A": 0.9, "B": 0.7, "C": 0.7, "D": 0.6})
    {'A': 1, 'B': 2, 'C': 2, 'D': 4}
    """
    if missing := [country for country, score in scores.items() if math.isnan(score)]:
        raise NoScore(country=missing[0])
    ordered = sorted(scores, key=lambda country: (-scores[country], country))
    ranks = ranks_of(np.array([scores[country] for country in ordered]))
    return {country: int(place) for country, place in zip(ordered, ranks, strict=True)}


def ranks_of(scores: Floats) -> Ints:
    """Competition ranks of scores, shape (n,): one more than those strictly better.

    >>> ranks_of(np.array([0.5, 0.9, 0.5])).tolist()
    [2, 1, 2]
    """
    ascending = np.sort(scores)
    better: Ints = len(scores) - np.searchsorted(ascending, scores, side="right")
    return better + 1
