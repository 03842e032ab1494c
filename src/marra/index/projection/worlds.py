"""Worlds: many futures of one edition, in each of which all countries have their parts.

In one future every country borrows the surprise of one donor. Futures of several editions are
joined: where the donor's history goes on, the country keeps its donor, so future 17 of 2030 grows
out of future 17 of 2028, and yet each edition by itself is drawn just as if it were alone.

Source: ours; the joint draw is the maximal coupling of two distributions (W. Doeblin).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from marra.index.projection.model import Donors, Learnt
from marra.index.survey import Floats, Ints

Singles = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """R futures of one edition and n countries."""

    edition: int
    learnt: Learnt
    weights: Floats  # (3,), of the parts in the index
    donors: Donors  # (R, n), whose surprise each country borrows
    scores: Singles  # (R, n), EGDI
    counts: Ints  # (n, n), futures in which a country has a rank, 1 first

    def parts(self, row: int) -> Singles:
        """OSI, TII and HCI of one country in each future, (R, 3); a part ends at 1."""
        return _parts(self.learnt, self.donors[:, row], row)


def worlds(
    learnt: Sequence[tuple[int, Learnt]], weights: Floats, rng: np.random.Generator, futures: int
) -> tuple[World, ...]:
    """The futures of each edition, joined; `learnt` runs by edition, the next one first."""
    count = len(learnt[0][1].expected)
    drawn = np.empty((len(learnt), futures, count), np.uint16)
    keeps = [_continued(now.donors, then.donors) for (_, now), (_, then) in pairwise(learnt)]
    for row in range(count):
        drawn[:, :, row] = _donors([each for _, each in learnt], keeps, row, rng, futures)
    return tuple(
        _world(edition, each, weights, drawn[at]) for at, (edition, each) in enumerate(learnt)
    )


def _donors(
    learnt: list[Learnt], keeps: list[Ints], row: int, rng: np.random.Generator, futures: int
) -> Ints:
    """One country's donors in every edition, (E, R)."""
    chances = [each.likeness[row] for each in learnt]
    found = np.empty((len(learnt), futures), np.int64)
    found[0] = _choose(chances[0], rng.random(futures))
    for at, keep in enumerate(keeps, start=1):
        found[at] = _go_on(found[at - 1], keep, chances[at - 1], chances[at], rng)
    return found


def _go_on(
    before: Ints, keep: Ints, chance: Floats, later: Floats, rng: np.random.Generator
) -> Ints:
    """The donors of the next edition: the same as before as often as the chances allow."""
    reached = np.append(later, 0.0)[keep]  # -1: the history of the donor does not go on
    stays = rng.random(len(before)) * chance[before] < reached[before]
    rest = later.copy()
    goes_on = keep >= 0
    rest[keep[goes_on]] -= np.minimum(chance[goes_on], later[keep[goes_on]])
    found = keep[before]
    fresh = np.flatnonzero(~stays)
    if len(fresh):
        found[fresh] = _choose(rest / rest.sum(), rng.random(len(fresh)))
    return found


def _choose(chance: Floats, turn: Floats) -> Ints:
    """Which of the donors a number from 0 to 1 falls on."""
    ends = np.cumsum(chance)
    found: Ints = np.searchsorted(ends, turn * ends[-1], side="right")
    return np.minimum(found, len(chance) - 1)


def _continued(donors: Ints, later: Ints) -> Ints:
    """Where each donor stands among those of a longer horizon; -1 where its history ends."""
    where = {int(donor): at for at, donor in enumerate(later)}
    return np.array([where.get(int(donor), -1) for donor in donors])


def _world(edition: int, learnt: Learnt, weights: Floats, donors: Donors) -> World:
    scores = np.empty(donors.shape, np.float32)
    share = weights.astype(np.float32)
    for row in range(donors.shape[1]):
        scores[:, row] = _parts(learnt, donors[:, row], row) @ share
    return World(edition, learnt, weights, donors, scores, rank_counts(scores))


def _parts(learnt: Learnt, donors: Donors, row: int) -> Singles:
    standing = learnt.expected[row] + learnt.surprises
    parts = np.minimum(learnt.mean + learnt.spread * standing, 1.0)
    found: Singles = parts.astype(np.float32)[donors]
    return found


def rank_counts(scores: npt.NDArray[np.floating]) -> Ints:
    """How often each country has each rank, (R, n) scores -> (n, n), rank 1 first.

    Equal scores share the better rank, as in the survey.

    >>> rank_counts(np.array([[0.9, 0.5], [0.4, 0.6], [1.0, 1.0]])).tolist()
    [[2, 1], [2, 1]]
    """
    count = scores.shape[1]
    order = np.argsort(-scores, axis=1)
    ordered = np.take_along_axis(scores, order, axis=1)
    places = np.broadcast_to(np.arange(count), scores.shape).copy()
    places[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = 0
    cells = order * count + np.maximum.accumulate(places, axis=1)
    found: Ints = np.bincount(cells.reshape(-1), minlength=count * count)
    return found.reshape(count, count)
