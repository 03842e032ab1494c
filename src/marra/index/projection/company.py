"""Company: what the countries about a place are made of, in the futures of an edition.

Source: ours.
"""

from typing import Final

import numpy as np

from marra.index.projection.futures import Futures
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
    others = np.delete(np.arange(len(futures.places)), own)
    low, high = max(k - 1 - reach, 0), min(k + reach, len(others))
    order = np.argpartition(-world.scores[:, others], (low, high - 1), axis=1)
    chosen = others[order[:, low:high]]
    learnt = world.learnt
    donors = np.take_along_axis(world.donors, chosen, axis=1)
    standing = learnt.expected[chosen] + learnt.surprises[donors]
    parts = np.minimum(world.mean[:, None] + world.spread[:, None] * standing, 1.0)
    found: Floats = parts.mean(axis=(0, 1)).astype(np.float64)
    return found
