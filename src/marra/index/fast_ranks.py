"""Fast ranks: where everyone, or one country, stands under very many sets of weights.

All countries: scores are computed in single precision between 2**31 and 2**32, where a number has
23 bits; these and the country's number are packed into one key and sorted, and the numbers say
whom each place belongs to. Single precision alone would swap neighbours now and then, so every
pair of neighbours that lies within the proved error is compared again in double precision, and a
draw with a wrong or an equal pair is ranked anew. The ranks are therefore those of double
precision, ties included.

One country: counted from the DIFFERENCE of each rival's profile and its own. A matrix product and
a separately computed product of the same country's row differ by a last bit, and then the country
beats itself; with differences its own row is gone and an equal rival's difference is exactly 0.

Source: ours; competition ranking as in `ranks`.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from marra.index.survey import Floats
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

Ranks = npt.NDArray[np.uint8]
Singles = npt.NDArray[np.float32]
Keys = npt.NDArray[np.uint32]

MOST: Final = 255
"""A country's number has 8 bits of the key, and a rank one byte."""

QUANTUM: Final = 256.0
BEST: Final = 2.0**31
REACH: Final = BEST - 128 * QUANTUM
"""Scores to sort lie between BEST and BEST + REACH, the higher, the worse."""

BLOCK: Final = 384
KEPT: Final = 4
BLOCK_OF_ONE: Final = 512


class CannotRank(Invalid):
    """The figures or the weights do not allow ranks to be told."""

    sentence = gettext_noop("These figures cannot be ranked: {what}.")


class Sorter:
    """Scratch of one block of draws, made once: scores in, places out, nothing allocated.

    Places go back to the countries as a sparse matrix is spread out: row by row, each value to
    its column. That is the quickest scatter there is without a compiler.
    """

    def __init__(self, draws: int, countries: int) -> None:
        from scipy.sparse import csr_array  # deferred: most commands need not spend the time

        self.scores = np.empty((draws, countries), np.float32)
        self.keys = self.scores.view(np.uint32)
        self._flat = self.keys.reshape(-1)
        self._upper, self._lower = self._flat[1:], self._flat[:-1]
        self._close = np.empty(draws * countries - 1, np.bool_)
        self._who = np.tile(np.arange(countries, dtype=np.uint32), draws)
        places = np.tile(np.arange(1, countries + 1, dtype=np.uint8), draws)
        columns = np.zeros(draws * countries, np.int32)
        rows = np.arange(0, draws * countries + 1, countries, dtype=np.int32)
        self._spread = csr_array((places, columns, rows), shape=(draws, countries))
        self._columns = self._spread.indices.view(np.uint32)
        self._gaps = self._columns[:-1]  # needed before the columns are

    def sort(self) -> None:
        """Turn the scores into keys, in their own memory, and sort each draw, best first."""
        np.left_shift(self._flat, 8, out=self._flat)  # the exponent is the same in all
        np.bitwise_or(self._flat, self._who, out=self._flat)
        self.keys.sort(axis=1)

    def near(self, quanta: int) -> Keys:
        """Neighbours within so many quanta: flat position and the two keys, shape (3, pairs).

        The last of one draw and the first of the next may be among them.
        """
        np.subtract(self._upper, self._lower, out=self._gaps)
        np.less(self._gaps, np.uint32(min(quanta, 2**23 - 1) << 8), out=self._close)
        found = self._close.nonzero()[0]
        pairs = np.empty((3, len(found)), np.uint32)
        pairs[0], pairs[1], pairs[2] = found, self._lower[found], self._upper[found]
        return pairs

    def ranks(self, out: Ranks) -> None:
        """The places of the sorted keys, 1 for the best, in the order of the countries."""
        np.bitwise_and(self._flat, 255, out=self._columns)
        self._spread.toarray(out=out)


_SPARE: Final[dict[tuple[int, int], list[Sorter]]] = defaultdict(list)


def blocks(draws: int, size: int, countries: int) -> Iterator[tuple[slice, Sorter]]:
    """Slices of the draws, each with the scratch of its size.

    Scratch is used again by the next who asks, since fresh memory costs a tenth of the time;
    whoever has it has it alone, whatever the thread.
    """
    if draws >= size:
        spare = _SPARE[size, countries]
        whole = spare.pop() if spare else Sorter(size, countries)
        for start in range(0, draws - size + 1, size):
            yield slice(start, start + size), whole
        if len(spare) < KEPT:
            spare.append(whole)
    if rest := draws % size:
        yield slice(draws - rest, draws), Sorter(rest, countries)


def ranks_under(values: Floats, weights: Floats) -> Ranks:
    """Ranks of all countries under each set of weights: (n, k), (draws, k) -> (draws, n).

    Scores are weighted sums, the higher the better; weights are 0 or more and need not sum to 1.
    Refuses with `CannotRank` a value that is not a number, a negative weight or more than 255
    countries. Equal to competition ranks of `scores_under`, everywhere.

    >>> ranks_under(np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]), np.array([[2, 1], [1, 2]]))
    array([[1, 2, 2],
           [3, 1, 1]], dtype=uint8)
    """
    values, weights = checked(values, weights)
    best, span = values.max(axis=0), np.ptp(values, axis=0)
    unit = np.where(span > 0, span, 1.0)  # keeps small and large figures within single precision
    deficits = np.vstack([((best - values) / unit).T, np.full(len(values), BEST)])
    deficits = deficits.astype(np.float32)
    widest, largest = (weights @ np.stack([span, np.abs(values).max(axis=0)], axis=1)).T
    scale = np.divide(REACH, widest, out=np.zeros_like(widest), where=widest > 0)
    limit = _limit(values.shape[1], float((largest * scale).max(initial=0.0)) / QUANTUM)
    ranks = np.empty((len(weights), len(values)), np.uint8)
    suspects: list[Keys] = []
    scaled = np.ones((BLOCK, values.shape[1] + 1), np.float32)
    for part, sorter in blocks(len(weights), BLOCK, len(values)):
        size = part.stop - part.start
        scaled[:size, :-1] = weights[part] * unit * scale[part, None]
        np.matmul(scaled[:size], deficits, out=sorter.scores)
        sorter.sort()
        suspects.append(sorter.near(limit))
        sorter.ranks(ranks[part])
    wrong = _wrong(values, weights, suspects)
    ranks[wrong] = competition(scores_under(values, weights[wrong]))
    return ranks


def rank_under(values: Floats, weights: Floats, row: int) -> Ranks:
    """The rank of one country under each set of weights: (n, k), (draws, k) -> (draws,).

    Equal rivals share its rank. In single precision: a rival is misjudged only if the two scores
    differ by less than (k + 2) / 2**24 of the sum of their differences in the inputs, taken
    without sign and weighted; for profiles between 0 and 1 that is less than a millionth.

    >>> rank_under(np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]), np.array([[2, 1], [1, 2]]), 1)
    array([2, 1], dtype=uint8)
    """
    values, weights = checked(values, weights)
    rivals = np.delete(values, row, axis=0) - values[row]
    largest = np.abs(rivals).max(initial=0.0)
    ahead = (rivals / (largest or 1.0)).astype(np.float32)  # no tiny figure is lost
    draws = len(weights)
    lead = np.empty((len(ahead), BLOCK_OF_ONE), np.float32)
    beaten = np.empty((len(ahead), BLOCK_OF_ONE), np.bool_)
    ranks = np.empty(draws, np.uint8)
    for start in range(0, draws, BLOCK_OF_ONE):
        size = min(BLOCK_OF_ONE, draws - start)
        if size < BLOCK_OF_ONE:
            lead, beaten = lead[:, :size], beaten[:, :size]
        np.matmul(ahead, weights[start : start + size].astype(np.float32).T, out=lead)
        np.greater(lead, 0, out=beaten)
        np.add.reduce(beaten.view(np.uint8), axis=0, out=ranks[start : start + size])
    ranks += 1
    return ranks


def scores_under(values: Floats, weights: Floats) -> Floats:
    """Weighted sums in double precision, (n, k), (draws, k) -> (draws, n).

    Added up input by input, so equal profiles have equal scores to the last bit, which a matrix
    product does not promise.
    """
    total: Floats = weights[:, 0, None] * values[:, 0]
    for column in range(1, values.shape[1]):
        total += weights[:, column, None] * values[:, column]
    return total


def competition(scores: Floats) -> Ranks:
    """Competition ranks along the last axis, (draws, n) -> (draws, n); the plain, exact way.

    >>> competition(np.array([[0.5, 0.9, 0.5, 0.1]]))
    array([[2, 1, 2, 4]], dtype=uint8)
    """
    order = np.argsort(-scores, axis=1, kind="stable")
    ordered = np.take_along_axis(scores, order, axis=1)
    first = np.tile(np.arange(1, scores.shape[1] + 1), (len(scores), 1))
    first[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = 1
    ranks = np.empty(scores.shape, np.uint8)
    np.put_along_axis(ranks, order, np.maximum.accumulate(first, axis=1).astype(np.uint8), axis=1)
    return ranks


def checked(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Both arrays in double precision; refuses with `CannotRank` what has no ranks."""
    values, weights = np.asarray(values, np.float64), np.asarray(weights, np.float64)
    if len(values) > MOST:
        raise CannotRank(what=f"there are {len(values)} countries, and at most {MOST} have room")
    lowest, total = weights.min(initial=0.0), weights.sum()
    if not (np.isfinite(values).all() and np.isfinite(total)):
        raise CannotRank(what="a value is missing")
    if lowest < 0:
        raise CannotRank(what="a weight is below 0")
    return values, weights


def _limit(inputs: int, largest: float) -> int:
    """Within how many quanta two scores may have been swapped.

    Single precision: each of the k + 1 additions is off by half a quantum at most, the rounded
    factors and products by one and a half together, for each of the two. Double precision: the
    plain sums that decide are off too, which matters where figures are huge beside their
    differences; `largest` is the largest figure in quanta.
    """
    plain = 2 * (inputs + 2) * largest * 2.0**-52
    return int(inputs + 1 + 3 + plain) + 2


def _wrong(values: Floats, weights: Floats, suspects: list[Keys]) -> npt.NDArray[np.int64]:
    """The draws in which a pair of neighbours stands in the wrong order, or is equal."""
    countries = len(values)
    starts = np.repeat(np.arange(len(suspects)) * BLOCK, [each.shape[1] for each in suspects])
    place, first, second = np.concatenate(suspects, axis=1)
    within, starts = place % countries != countries - 1, starts + place // countries
    draw, better, worse = starts[within], first[within] & 255, second[within] & 255
    chosen = weights[draw].T
    upper = np.add.reduce(chosen * values[better].T, axis=0)  # in the order of `scores_under`
    lower = np.add.reduce(chosen * values[worse].T, axis=0)
    return np.unique(draw[upper <= lower])
