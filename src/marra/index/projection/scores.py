"""Scores: how good a forecast of ranks was, once the ranks are known.

A forecast is the whole distribution of each country's rank. It is scored by the distance of its
median, by the CRPS (the distance of the whole distribution, in places, 0 for a sure and right
forecast), by how often the rank lay in the middle 80 % and how wide that was, and by the Brier
score of the chance to be among the first k.

Source: T. Gneiting and A. E. Raftery, Strictly Proper Scoring Rules (2007), for the CRPS;
G. W. Brier, Verification of Forecasts Expressed in Terms of Probability (1950).
"""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from marra.index.survey import Floats, Ints

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class RankScores:
    """Means over countries; places unless said otherwise."""

    rank_mae: float
    rank_crps: float
    coverage_80: float  # share of countries, 0 to 1
    width_80: float
    brier: float  # of the chance to be among the first k, 0 to 1

    @classmethod
    def mean(cls, scores: "list[Self]") -> Self:
        """The mean of several scores, each counting once."""
        return cls(*(float(np.mean([getattr(s, f.name) for s in scores])) for f in fields(cls)))


def rank_scores(counts: Ints, observed: Ints, k: int = 30) -> RankScores:
    """The scores of rank distributions, (n, ranks) counts of futures, against ranks (n,).

    >>> sure, unsure = np.array([[0, 0, 4]]), np.array([[2, 0, 2]])
    >>> rank_scores(sure, np.array([3]), k=2)
    RankScores(rank_mae=0.0, rank_crps=0.0, coverage_80=1.0, width_80=0.0, brier=0.0)
    >>> rank_scores(unsure, np.array([3]), k=2).rank_crps
    0.5
    """
    at_most = cumulated(counts)
    places = np.arange(1, counts.shape[1] + 1)
    reached = places[None, :] >= observed[:, None]
    low, median, high = (quantile(at_most, share) for share in (0.1, 0.5, 0.9))
    return RankScores(
        rank_mae=float(np.abs(median - observed).mean()),
        rank_crps=float(((at_most - reached) ** 2).sum(axis=1).mean()),
        coverage_80=float(((observed >= low) & (observed <= high)).mean()),
        width_80=float((high - low).mean()),
        brier=float(((at_most[:, k - 1] - (observed <= k)) ** 2).mean()),
    )


def cumulated(counts: Ints) -> Floats:
    """The chance of each rank or better, along the last axis."""
    whole: Floats = np.cumsum(counts, axis=-1) / counts.sum(axis=-1, keepdims=True)
    return whole


def quantile(at_most: Floats, share: float) -> Ints:
    """The best rank that this share of futures reaches or betters, (n, ranks) -> (n,).

    >>> quantile(np.array([[0.25, 0.5, 1.0]]), 0.5).tolist()
    [2]
    """
    found: Ints = (at_most < share - ROUNDING).sum(axis=-1) + 1
    return found
