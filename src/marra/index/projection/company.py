"""Company: what the countries about a place are made of, in the futures of an edition.

Source: ours.
"""

from typing import Final

import numpy as np

from marra.index.projection.futures import Futures
from marra.index.projection.worlds import Singles
from marra.index.survey import Floats

REACH: Final = 2
"""Places above and below that count as being about a place."""


def company(
    futures: Futures, place: str, edition: int, k: int = 30, *, reach: int = REACH
) -> Floats:
    """The mean OSI, TII and HCI, (3,), of the competitors about the k-th in each future.

    >>> from marra.index.load import known, load
    >>> from marra.index.projection.project import project
    >>> surveys = {year: load(year) for year in known()}
    >>> found = project(surveys, to=2026, rng=np.random.default_rng(0), futures=500)
    >>> company(found, "UZB", 2026).round(1).tolist()
    [0.9, 0.9, 0.9]
    """
    world, own = futures.world(edition), futures.row(place)
    scores = world.scores.copy()
    scores[:, own] = -np.inf  # in nobody's company, and never last of the others
    low, high = (np.partition(scores, at, axis=1)[:, at, None] for at in _ends(scores, k, reach))
    future, row = np.nonzero((scores >= low) & (scores <= high))
    learnt = world.learnt
    standing = learnt.expected[row] + learnt.surprises[world.donors[future, row]]
    parts = np.minimum(world.mean[future] + world.spread[future] * standing, 1.0)
    found: Floats = parts.mean(axis=0)
    return found


def _ends(scores: Singles, k: int, reach: int) -> tuple[int, int]:
    """Where the last and the first of the company stand in a row of scores that rise.

    >>> ends = [_ends(np.zeros((1, 193)), k, 2) for k in (30, 1, 193)]
    >>> ends
    [(161, 165), (190, 192), (1, 2)]
    """
    last = scores.shape[1] - 1
    best, worst = min(max(k - reach, 1), last), min(k + reach, last)
    return last + 1 - worst, last + 1 - best
