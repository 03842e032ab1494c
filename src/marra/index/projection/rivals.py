"""Rivals: simple forecasts that the projection must beat, each a whole distribution of ranks.

*Persistence*: today's score plus a change that some country went through before, so today's place
with honest odds around it. *Trend*: each country's line through its last four editions, with the
errors that such lines made before. *Ridge*: one pooled regression for everybody, on levels and
last changes, with surprises borrowed from anybody.

Source: ours.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from marra.index.projection.method import Method
from marra.index.projection.model import learn
from marra.index.projection.panel import Panel
from marra.index.projection.worlds import rank_counts, worlds
from marra.index.survey import Floats, Ints

TREND_EDITIONS: Final = 4
POOLED: Final = Method(("levels", "lag"), ridge=100.0, memory=1.0, width=1e9)

Rival = Callable[[Panel, int, np.random.Generator, int], Ints]


def persistence(known: Panel, horizon: int, rng: np.random.Generator, futures: int) -> Ints:
    """Rank counts (n, n) of today's scores plus pooled past changes.

    In one future all countries draw from the changes of the same two editions.
    """
    scores = known.parts @ known.weights
    changes = [scores[ends] - scores[begins] for begins, ends in known.windows(horizon)]
    return rank_counts(_around(scores[-1], changes, rng, futures))


def trend(known: Panel, horizon: int, rng: np.random.Generator, futures: int) -> Ints:
    """Rank counts (n, n) of every country's own line, with the errors of earlier lines."""
    scores = known.parts @ known.weights
    errors = [
        scores[ends] - _extended(known, begins, horizon)
        for begins, ends in known.windows(horizon)
        if begins > 0
    ]
    last = len(known.years) - 1
    return rank_counts(_around(_extended(known, last, horizon), errors, rng, futures))


def ridge(known: Panel, horizon: int, rng: np.random.Generator, futures: int) -> Ints:
    """Rank counts (n, n) of one regression for all, with surprises borrowed from anybody."""
    origin = known.years[-1]
    learnt = learn(known, origin, horizon, POOLED)
    return worlds([(origin + horizon, learnt)], known.weights, rng, futures)[0].counts


RIVALS: Final[dict[str, Rival]] = {"persistence": persistence, "trend": trend, "ridge": ridge}


def _around(
    middle: Floats, changes: list[Floats], rng: np.random.Generator, futures: int
) -> Floats:
    """Scores (R, n): the middle plus changes drawn from one window in each future."""
    pools = [change[~np.isnan(change)] for change in changes]
    window = rng.integers(len(pools), size=futures)
    drawn = np.empty((futures, len(middle)))
    for at, pool in enumerate(pools):
        rows = np.flatnonzero(window == at)
        drawn[rows] = rng.choice(pool, (len(rows), len(middle)))
    return middle + drawn


def _extended(known: Panel, row: int, horizon: int) -> Floats:
    """Each country's line through its last editions up to a row, (n,), so many years on.

    A country that has fewer than two of them stays where it is.
    """
    rows = range(max(row + 1 - TREND_EDITIONS, 0), row + 1)
    years = np.array([known.years[each] for each in rows], float)
    scores = known.parts[list(rows)] @ known.weights
    has = ~np.isnan(scores)
    count = np.maximum(has.sum(axis=0), 1)
    middle = (has * years[:, None]).sum(axis=0) / count
    level = np.nansum(scores, axis=0) / count
    away = np.where(has, years[:, None] - middle, 0.0)
    moved = np.nansum(away * np.nan_to_num(scores - level), axis=0)
    slope = moved / np.maximum((away**2).sum(axis=0), 1e-9)
    now = known.parts[row] @ known.weights
    line: Floats = level + slope * (known.years[row] + horizon - middle)
    return np.where(count > 1, line, now)
