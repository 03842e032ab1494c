"""Uncertainty: how firmly a country stands at its place.

The index is drawn many times with other weights, another normalisation and other errors in the
figures, each as large as `noise` assumes, and everyone is ranked in every draw. The result says
how often each country held each place. It is about one edition as published and foretells nothing.

Source: ours; OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 7.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from marra.index.disturbed import Draws, Model, deficits
from marra.index.fast_noise import Normals
from marra.index.fast_ranks import Singles, blocks
from marra.index.noise import Sizes, sizes
from marra.index.ranks import NoScore
from marra.index.survey import Floats, Ints, NotInEdition, Survey
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

BLOCK: Final = 128
MOST: Final = 10_000_000


class WrongDraws(Invalid):
    """Too few draws, or too many."""

    sentence = gettext_noop("{draws} draws cannot be made. Choose from 1 to {most}.")


class WrongPlace(Invalid):
    """A place that nobody can hold."""

    sentence = gettext_noop("There is no place {k}. Choose one from 1 to {last}.")


@dataclass(frozen=True, slots=True, eq=False)
class Uncertainty:
    """How often each country held each place, and what that says of one country.

    `counts` has a row for each of `places` and a column for each rank, 1 first; every row adds up
    to `draws`. Equal scores share the better place, so a column need not.
    """

    place: str
    edition: int
    rank: int  # as published
    k: int
    draws: int
    seed: int | None  # None where the generator was not made from a number
    places: tuple[str, ...]
    counts: Ints
    left_out: tuple[str, ...]  # countries without an index
    held: tuple[str, ...]  # countries whose TII does not follow the weights of its inputs
    sizes: Sizes
    data_version: str
    edition_version: str

    def of(self, place: str) -> "Uncertainty":
        """The same draws seen from another country; refuses with `NotInEdition`."""
        if place not in self.places:
            raise NotInEdition(place=place, edition=self.edition)
        return replace(self, place=place)

    @property
    def shares(self) -> Floats:
        """The share of draws with each rank, shape (n,), adding up to 1."""
        shares: Floats = self.counts[self.places.index(self.place)] / self.draws
        return shares

    @property
    def median(self) -> int:
        """The rank that half of the draws reach or better."""
        return self.quantile(0.5)

    @property
    def mean(self) -> float:
        """The mean rank."""
        return float(self.shares @ np.arange(1, len(self.places) + 1))

    @property
    def chance(self) -> float:
        """The share of draws with rank k or better."""
        return self.at_most(self.k)

    def at_most(self, k: int) -> float:
        """The share of draws with a rank of k or better."""
        return float(self.shares[:k].sum())

    def interval(self, share: float) -> tuple[int, int]:
        """The ranks between which the middle share of the draws lies, both included."""
        return self.quantile((1 - share) / 2), self.quantile((1 + share) / 2)

    def quantile(self, share: float) -> int:
        """The best rank that this share of the draws reaches or betters."""
        return int(np.argmax(np.cumsum(self.shares) >= share - 1e-12)) + 1


def uncertainty(
    survey: Survey,
    place: str,
    *,
    rng: np.random.Generator,
    draws: int = 10_000,
    k: int = 30,
    assumed: Sizes | None = None,
    progress: Callable[[int], None] | None = None,
) -> Uncertainty:
    """How firmly a country stands; `progress` hears of every block of draws done.

    Refuses a country without figures (`NotInEdition`) or index (`NoScore`), a place nobody holds
    (`WrongPlace`) and a wrong number of draws (`WrongDraws`).

    >>> from marra.index.load import load
    >>> found = uncertainty(load(2024), "UZB", rng=np.random.default_rng(0), draws=2000)
    >>> found.median, found.interval(0.8), found.seed
    (62, (57, 66), 0)
    """
    if not 1 <= draws <= MOST:
        raise WrongDraws(draws=draws, most=MOST)
    assumed = assumed or sizes(survey)
    model = Model(survey, assumed.normalisations)
    check(survey, model, place, k)
    seed = seed_of(rng)
    counts = _counts(
        model, _draws(model, assumed, draws, rng), draws, progress or (lambda _: None)
    )
    return Uncertainty(
        place=place,
        edition=survey.year,
        rank=int(survey.ranks[survey.at(place)]),
        k=k,
        draws=draws,
        seed=seed,
        places=model.places,
        counts=counts,
        left_out=tuple(survey.places[row] for row in np.flatnonzero(~survey.ranked)),
        held=model.held,
        sizes=assumed,
        data_version=survey.version,
        edition_version=survey.edition.version,
    )


def seed_of(rng: np.random.Generator) -> int | None:
    """The number a generator was made from, if it was made from one.

    >>> seed_of(np.random.default_rng(0))
    0
    """
    sequence = rng.bit_generator.seed_seq
    entropy = getattr(sequence, "entropy", None)
    return entropy if isinstance(entropy, int) else None


def check(survey: Survey, model: Model, place: str, k: int) -> None:
    """Refuse a country that has no rank, and a rank that nobody holds."""
    survey.at(place)
    if place not in model.places:
        raise NoScore(country=place)
    if not 1 <= k <= len(model.places):
        raise WrongPlace(k=k, last=len(model.places))


def _counts(
    model: Model, stream: Iterator[Draws], draws: int, progress: Callable[[int], None]
) -> Ints:
    """How often each country held each rank, (countries, ranks)."""
    count = len(model.places)
    cells = np.zeros(count * (count + 1), np.int64)
    first = np.arange(count) * (count + 1)
    ranks = np.empty((BLOCK, count), np.uint8)
    for drawn, (part, sorter) in zip(stream, blocks(draws, BLOCK, count), strict=True):
        deficits(model.scores(drawn), sorter.scores)
        sorter.sort()
        held = ranks[: part.stop - part.start]
        sorter.ranks(held)
        cells += np.bincount((first + held).reshape(-1), minlength=len(cells))
        progress(len(held))
    return cells.reshape(count, count + 1)[:, 1:]


def _draws(model: Model, assumed: Sizes, draws: int, rng: np.random.Generator) -> Iterator[Draws]:
    normals, width = Normals(rng), (assumed.errors()[:, None] * model.known).astype(np.float32)
    for start in range(0, draws, BLOCK):
        size = min(BLOCK, draws - start)
        errors: Singles = np.empty((size, *model.shape), np.float32)
        normals.fill(errors)
        np.multiply(errors, width, out=errors)
        yield Draws(
            weights=_weights(model.weights, assumed.concentration, size, rng),
            input_weights=_weights(model.input_weights, assumed.concentration, size, rng),
            errors=errors,
            normalisation=rng.integers(len(model.normalisations), size=size),
        )


def _weights(around: Floats, concentration: float, size: int, rng: np.random.Generator) -> Floats:
    if math.isinf(concentration) or not len(around):
        return np.tile(around, (size, 1))
    return rng.dirichlet(around * concentration, size)
