"""Reliability: of all forecasts that gave a place some odds, how many came true.

Odds are honest when of the countries that were given 3 chances in 10, about 3 in 10 made it.
Forecasts of all origins, horizons and countries are put into classes by their odds; those of one
country from several origins are not independent, so a class of twenty tells less than it seems.

Source: ours; A. H. Murphy, A New Vector Partition of the Probability Score (1973), for the idea.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from marra.index.projection.hindcast import Hindcast, with_evidence
from marra.index.projection.method import Method
from marra.index.projection.panel import EVERY, panel
from marra.index.projection.project import CHOSEN
from marra.index.projection.scores import cumulated
from marra.index.survey import Floats, Survey

EDGES: Final = (0.0, 0.01, 0.05, 0.15, 0.35, 0.65, 0.85, 0.95, 0.99, 1.0)
"""Where classes of odds begin and end; finer where most forecasts are."""

Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Class:
    """Forecasts whose odds lie from `low` to below `high`."""

    low: float
    high: float
    forecasts: int
    odds: float  # that were given, on average
    came: float  # the share that came true


def reliability(
    surveys: Mapping[int, Survey], told: Hindcast, k: int = 30, *, method: Method = CHOSEN
) -> tuple[Class, ...]:
    """Classes of the odds to stand at k or better, over all forecasts of a hindcast."""
    known = panel(surveys)
    odds, came = [], []
    for cell in told.cells:
        then = known.until(cell.origin).whole()
        counts = with_evidence(
            then,
            cell.horizon,
            np.random.default_rng([told.seed, cell.origin, cell.horizon]),
            told.futures,
            evidence=told.evidence[cell.origin + EVERY],
            method=method,
            ridge=cell.ridge,
        )
        rows = np.isin(known.places, then.places)
        observed = known.ranks[known.at(cell.origin + cell.horizon), rows]
        has = ~np.isnan(observed)
        odds.append(cumulated(counts)[has, k - 1])
        came.append(observed[has] <= k)
    return classes(np.concatenate(odds), np.concatenate(came))


def classes(odds: Floats, came: Bools) -> tuple[Class, ...]:
    """Forecasts by class, empty classes left out.

    >>> found = classes(np.array([0.0, 0.2, 0.3, 1.0]), np.array([False, False, True, True]))
    >>> [(each.low, each.forecasts, each.odds, each.came) for each in found]
    [(0.0, 1, 0.0, 0.0), (0.15, 2, 0.25, 0.5), (0.99, 1, 1.0, 1.0)]
    """
    found = []
    for low, high in pairwise(EDGES):
        inside = (odds >= low) & ((odds < high) | (high == EDGES[-1]))
        if inside.any():
            shares = float(odds[inside].mean()), float(came[inside].mean())
            found.append(Class(low, high, int(inside.sum()), *shares))
    return tuple(found)
