"""Fast noise: ranks when every input of every country is uncertain.

In each draw every input gets its own error, then everything the survey does is done anew: inputs
are standardised over the countries and weighted into parts, each part is stretched from 0 to 1,
the parts are weighted and everyone is ranked. Normal numbers are the bottleneck, so they come from
a table of 65,536 quantiles by 16 random bits: mean 0, variance 1, none beyond 4.3 standard
deviations. That serves ranks; it does not serve odds of one in a million.

Standardising needs no subtraction here, since a shift of a whole input moves nobody: the deviation
goes into the weight. Scores are in single precision: countries closer than 1e-6 may be swapped.

Source: ours; standardising and stretching as in `compute`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from marra.index.fast_ranks import BEST, MOST, REACH, CannotRank, Ranks, Singles, blocks
from marra.index.survey import Floats, Ints

BLOCK: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Scheme:
    """How k inputs become one index: shapes (k,), (k,) and (parts,)."""

    part: Ints  # the part that an input belongs to, counted from 0
    shares: Floats  # its weight in the part
    weights: Floats  # the part's weight in the index
    standardised: bool = True  # inputs become z-scores before they are weighted


@cache
def quantiles() -> Singles:
    """65,536 quantiles of the standard normal distribution, scaled to a variance of 1.

    >>> table = quantiles()
    >>> len(table), round(float(table.std()), 4), round(float(table[-1]), 2)
    (65536, 1.0, 4.32)
    """
    from scipy.special import ndtri  # deferred: half a second that most commands need not spend

    exact = ndtri((np.arange(2**16) + 0.5) / 2**16)
    table: Singles = (exact / exact.std()).astype(np.float32)
    table.setflags(write=False)
    return table


class Normals:
    """A stream of standard normal numbers in single precision, quick rather than fine."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._bits = np.random.SFC64(int(rng.integers(2**63)))

    def fill(self, out: Singles) -> None:
        """Fill an array."""
        words = self._bits.random_raw((out.size + 3) // 4)
        np.take(quantiles(), words.view(np.uint16)[: out.size], out=out.reshape(-1), mode="wrap")


def ranks_with_noise(
    values: Floats,
    spread: Floats,
    scheme: Scheme,
    *,
    draws: int,
    rng: np.random.Generator,
) -> Ranks:
    """Ranks of all countries in each draw, (n, k) and (n, k) -> (draws, n).

    `spread` is the standard deviation of each value's error. Refuses with `CannotRank` a value
    that is not a number and more than 255 countries.

    >>> scheme = Scheme(np.array([0]), np.array([1.0]), np.array([1.0]))
    >>> values = np.array([[0.1], [0.5], [0.9]])
    >>> ranks_with_noise(values, values * 0, scheme, draws=2, rng=np.random.default_rng(0))
    array([[3, 2, 1],
           [3, 2, 1]], dtype=uint8)
    """
    if len(values) > MOST or not (np.isfinite(values).all() and np.isfinite(spread).all()):
        raise CannotRank(what="a value is missing, or there are more than 255 countries")
    ranks = np.empty((draws, len(values)), np.uint8)
    stream = noisy(values, spread, draws=draws, rng=rng)
    for inputs, (part, sorter) in zip(stream, blocks(draws, BLOCK, len(values)), strict=True):
        deficits(inputs, scheme, sorter.scores)
        sorter.sort()
        sorter.ranks(ranks[part])
    return ranks


def noisy(
    values: Floats, spread: Floats, *, draws: int, rng: np.random.Generator
) -> Iterator[Singles]:
    """Blocks of disturbed inputs, each (draws of the block, k, n), in the scale of each input.

    Every input is centred on its mean, which moves nobody. The array is used again for the next
    block.
    """
    centred = values - values.mean(axis=0)
    base = np.tile(centred.T.astype(np.float32), (BLOCK, 1, 1))
    width = np.tile(spread.T.astype(np.float32), (BLOCK, 1, 1))
    inputs, normals = np.empty_like(base), Normals(rng)
    for start in range(0, draws, BLOCK):
        size = min(BLOCK, draws - start)
        block = inputs[:size]
        normals.fill(block)
        np.multiply(block, width[:size], out=block)
        np.add(block, base[:size], out=block)
        yield block


def deficits(inputs: Singles, scheme: Scheme, out: Singles) -> None:
    """How far everyone is behind a perfect country, for sorting: (draws, k, n) -> (draws, n)."""
    draws, columns, countries = inputs.shape
    parts = len(scheme.weights)
    mixing = np.zeros((draws, parts, columns), np.float32)
    mixing[:, scheme.part, np.arange(columns)] = _coefficients(inputs, scheme)
    composites = np.matmul(mixing, inputs)
    high, low = composites.max(axis=2), composites.min(axis=2)
    reach = high - low
    factors = np.divide(
        scheme.weights.astype(np.float32) * np.float32(REACH / scheme.weights.sum()),
        reach,
        out=np.zeros_like(reach),
        where=reach > 0,
    )
    np.matmul(factors[:, None, :], composites, out=out.reshape(draws, 1, countries))
    np.subtract((factors * high).sum(axis=1)[:, None], out, out=out)
    np.maximum(out, 0, out=out)  # the last bit of a perfect country may fall below
    np.add(out, np.float32(BEST), out=out)


def _coefficients(inputs: Singles, scheme: Scheme) -> Singles:
    """The weight of each input in its part over its own deviation, shape (draws, k)."""
    shares = scheme.shares.astype(np.float32)
    if not scheme.standardised:
        return np.broadcast_to(shares, inputs.shape[:2])
    countries = inputs.shape[2]
    mean = np.matmul(inputs, np.full(countries, 1 / countries, np.float32))
    square = np.einsum("rkn,rkn->rk", inputs, inputs) / countries
    deviation = np.sqrt(np.maximum(square - mean * mean, 0))
    weight: Singles = np.divide(
        shares, deviation, out=np.zeros_like(deviation), where=deviation > 0
    )
    return weight
