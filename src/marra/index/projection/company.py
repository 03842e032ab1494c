"""Company: what the countries about a place are made of, in the futures of an edition.

Source: ours.
"""

from typing import Final

import numpy as np

from marra.index.projection.futures import Futures
from marra.index.survey import Floats

REACH: Final = 2
"""Places above and below that count as being about a place."""


def company(futures: Futures, edition: int, k: int = 30, *, reach: int = REACH) -> Floats:
    """The mean OSI, TII and HCI, (3,), of the countries about the k-th in each future.

    >>> from marra.index.load import known, load
    >>> from marra.index.projection.project import project
    >>> surveys = {year: load(year) for year in known()}
    >>> found = project(surveys, to=2026, rng=np.random.default_rng(0), futures=500)
    >>> company(found, 2026).round(1).tolist()
    [0.9, 0.9, 0.9]
    """
    world = futures.world(edition)
    last = len(futures.places)
    best, worst = min(max(futures.goal(k) - reach, 1), last), min(k + reach, last)
    low, high = (
        np.partition(world.scores, last - rank, axis=1)[:, last - rank, None]
        for rank in (worst, best)
    )
    future, row = np.nonzero((world.scores >= low) & (world.scores <= high))
    learnt = world.learnt
    standing = learnt.expected[row] + learnt.surprises[world.donors[future, row]]
    parts = np.minimum(learnt.mean + learnt.spread * standing, 1.0)
    found: Floats = parts.mean(axis=0)
    return found
