"""Gains: what sets of initiatives add to a score in every future, and the odds that this makes.

Everything is in points of the score: a gain of a part times the part's weight. Sizes are whole
multiples of `GRAIN`, half a millionth of a point: sums of so few bits are exact in single
precision whatever their order, so the odds of a plan do not depend on the machine, nor on which
plans are weighed beside it. Scores nearer than `NEAR` are taken as equal.

Futures lie in tiles of 64. Products of that size stay on one core and in its cache: 10,000 futures
of a plan take a fifteenth of a millisecond, and a busy machine slows them no more than anything.

Source: ours.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from marra.index.survey import Floats

Reals = npt.NDArray[np.float32]
Sets = npt.NDArray[np.bool_]

GRAIN: Final = 2.0**-21
NEAR: Final = 4 * GRAIN
TILE: Final = 64
BLOCK: Final = 64
"""Plans weighed at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Overlap:
    """Effects of which only the strongest counts."""

    members: tuple[int, ...]
    sizes: Reals  # (m, R)
    tiles: Reals = field(init=False)  # (R / 64, m, 64)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tiles", tiled(self.sizes, 0.0))

    def strongest(self, block: Sets | Floats) -> Reals:
        """The strongest gain of each set, and the strongest loss, (R / 64, B, 64)."""
        own = block[:, list(self.members)]
        kinds, which = np.unique(own, axis=0, return_inverse=True)  # neighbours share most
        found = np.zeros((len(self.tiles), len(kinds), TILE), np.float32)
        for row, kind in enumerate(kinds.astype(np.float32)):
            used = np.flatnonzero(kind)
            if len(used):
                sizes = self.tiles[:, used] * kind[used, None]
                found[:, row] = np.maximum(sizes.max(axis=1), 0) + np.minimum(sizes.min(axis=1), 0)
        chosen: Reals = found[:, which.reshape(-1)]
        return chosen


@dataclass(frozen=True, slots=True, eq=False)
class Channel:
    """One indicator whose effects do not simply add up: they overlap, or end at a cut."""

    part: int
    most: float  # the gain beyond which nothing counts
    members: tuple[int, ...]
    sizes: Reals  # (m, R)
    overlaps: tuple[Overlap, ...]
    tiles: Reals = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tiles", tiled(self.sizes, 0.0))

    def through(self, block: Sets | Floats) -> Reals:
        """What it lets through for each set, (R / 64, B, 64)."""
        own = block[:, list(self.members)].astype(np.float32)
        total: Reals = np.matmul(own, self.tiles)
        for overlap in self.overlaps:
            total += overlap.strongest(block)
        return np.minimum(total, np.float32(self.most), out=total)


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """What each of n initiatives adds in each of R futures, and what must be added."""

    rows: Reals  # (3, n, R), effects that add up
    channels: tuple[Channel, ...]
    room: Reals  # (3, R), how much each part can grow
    lacking: Reals  # (R,), what the score lacks
    tiles: tuple[Reals, Reals, Reals] = field(init=False)

    def __post_init__(self) -> None:
        rows = np.stack([tiled(each, 0.0) for each in self.rows], axis=1)
        tiles = (rows, tiled(self.room, 0.0), tiled(self.lacking[None], np.inf))
        object.__setattr__(self, "tiles", tiles)

    def odds(self, sets: Sets | Floats) -> Floats:
        """The share of futures in which each set of seen initiatives suffices: (B, n) -> (B,).

        Sets may also be shares, as if an initiative were done in part.
        """
        found = np.empty(len(sets))
        for first in range(0, len(sets), BLOCK):
            found[first : first + BLOCK] = self._reached(sets[first : first + BLOCK])
        return found / len(self.lacking)

    def _reached(self, block: Sets | Floats) -> Floats:
        rows, room, lacking = self.tiles
        used = np.flatnonzero(block.any(axis=0))
        own = block[:, used].astype(np.float32)
        grown = np.matmul(own, rows[:, :, used])
        for channel in self.channels:
            grown[:, channel.part] += channel.through(block)
        np.minimum(grown, room[:, :, None], out=grown)
        score = grown[:, 0] + grown[:, 1] + grown[:, 2]
        reached: Floats = (score >= lacking).sum(axis=(0, 2)).astype(np.float64)
        return reached

    @property
    def useful(self) -> Sets:
        """Which initiatives add anything in any future, (n,)."""
        found: Sets = np.asarray((self.rows > 0).any(axis=(0, 2)))
        for channel in self.channels:
            found[list(channel.members)] |= (channel.sizes > 0).any(axis=1)
            for overlap in channel.overlaps:
                found[list(overlap.members)] |= (overlap.sizes > 0).any(axis=1)
        return found


def tiled(rows: Reals, rest: float) -> Reals:
    """Rows of futures in tiles of 64, (m, R) -> (R / 64, m, 64), the last one filled up.

    >>> tiled(np.ones((2, 100), np.float32), 0.0).shape
    (2, 2, 64)
    """
    count, futures = rows.shape
    tiles = -(-futures // TILE)
    filled = np.full((count, tiles * TILE), rest, np.float32)
    filled[:, :futures] = rows
    laid: Reals = np.ascontiguousarray(filled.reshape(count, tiles, TILE).transpose(1, 0, 2))
    return laid


def grained(values: Floats) -> Reals:
    """Values as multiples of the grain.

    >>> float(grained(np.array([0.1]))[0]) == 209715 / 2**21
    True
    """
    rounded: Reals = (np.round(values / GRAIN) * GRAIN).astype(np.float32)
    return rounded
