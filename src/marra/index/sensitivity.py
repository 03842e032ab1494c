"""Sensitivity: which uncertainty moves a country's rank, and its odds of reaching a place.

The outcomes are the rank of one country and whether it is k or better, whose mean is P(rank <= k).
Sobol indices tell what share of each outcome's variance a factor explains. The factors are the
weights of the parts and of the inputs of TII, the normalisation, the errors in the country's own
three parts, and the errors in everyone else's, each part's taken together. A Dirichlet weight is a
gamma variable over the sum of all, so weights are independent factors.

Source: ours; estimators as in `sobol`, sizes as in `noise`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index import sobol
from marra.index.disturbed import Draws, Model
from marra.index.edition import PILLARS
from marra.index.fast_noise import Normals
from marra.index.noise import Sizes, sizes
from marra.index.survey import Floats, Survey
from marra.index.uncertainty import check, seed_of
from marra.kit.text import gettext_noop

BLOCK: Final = 256

WORDS: Final = {
    "weight.osi": gettext_noop("How much online services weigh in the index"),
    "weight.tii": gettext_noop("How much telecommunications weigh in the index"),
    "weight.hci": gettext_noop("How much human capital weighs in the index"),
    "weight.tii.internet": gettext_noop("How much internet users weigh in telecommunications"),
    "weight.tii.mobile": gettext_noop("How much mobile subscriptions weigh in telecommunications"),
    "weight.tii.mobile_broadband": gettext_noop(
        "How much mobile broadband weighs in telecommunications"
    ),
    "weight.tii.fixed_broadband": gettext_noop(
        "How much fixed broadband weighs in telecommunications"
    ),
    "weight.tii.fixed_telephone": gettext_noop(
        "How much fixed telephones weigh in telecommunications"
    ),
    "weight.tii.affordability": gettext_noop(
        "How much affordability weighs in telecommunications"
    ),
    "normalisation": gettext_noop("How the parts are made comparable"),
    "own.osi": gettext_noop("Errors in the country's own online services"),
    "own.tii": gettext_noop("Errors in the country's own telecommunications"),
    "own.hci": gettext_noop("Errors in the country's own human capital"),
    "others.osi": gettext_noop("Errors in the online services of all others"),
    "others.tii": gettext_noop("Errors in the telecommunications of all others"),
    "others.hci": gettext_noop("Errors in the human capital of all others"),
}
"""What each factor is, in plain words."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a factor explains of an outcome's variance; NaN where the outcome never varies."""

    first: float
    first_error: float
    total: float
    total_error: float


@dataclass(frozen=True, slots=True)
class Factor:
    """An uncertain factor, and what it explains of the rank and of the odds."""

    name: str
    rank: Share
    chance: Share

    @property
    def says(self) -> str:
        """The factor in plain words, to be translated."""
        return WORDS.get(self.name, self.name)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What moves a country's rank and its odds of reaching place k."""

    place: str
    edition: int
    k: int
    factors: tuple[Factor, ...]
    rank_mean: float
    rank_deviation: float
    chance: float  # P(rank <= k)
    evaluations: int
    seed: int | None
    left_out: tuple[str, ...]  # countries without an index
    held: tuple[str, ...]  # countries whose TII does not follow the weights of its inputs
    sizes: Sizes
    data_version: str
    edition_version: str

    def strongest(self, *, of_chance: bool = False) -> tuple[Factor, ...]:
        """The factors by falling total index, of the rank or of the odds."""

        def total(factor: Factor) -> float:
            share = factor.chance if of_chance else factor.rank
            return 0.0 if math.isnan(share.total) else -share.total

        return tuple(sorted(self.factors, key=total))


def sensitivity(
    survey: Survey,
    place: str,
    *,
    rng: np.random.Generator,
    n: int = 1024,
    k: int = 30,
    assumed: Sizes | None = None,
    progress: Callable[[int], None] | None = None,
) -> Sensitivity:
    """What moves a country's rank: n (d + 2) evaluations for d factors, n a power of two.

    Refuses as `uncertainty` does, and a wrong n (`WrongSize`).

    >>> from marra.index.load import load
    >>> found = sensitivity(load(2024), "UZB", rng=np.random.default_rng(0), n=256, k=60)
    >>> len(found.factors), found.evaluations, found.strongest()[0].name
    (14, 4096, 'own.hci')
    """
    assumed = assumed or sizes(survey)
    model = Model(survey, assumed.normalisations)
    check(survey, model, place, k)
    seed = seed_of(rng)
    cube = _Cube(model, assumed, model.places.index(place), n, k, rng, progress)
    found = sobol.indices(cube, len(cube.names), n=n, rng=rng, groups=cube.groups)
    return Sensitivity(
        place=place,
        edition=survey.year,
        k=k,
        factors=tuple(
            Factor(name, _share(found, 0, column), _share(found, 1, column))
            for column, name in enumerate(cube.names)
        ),
        rank_mean=float(found.mean[0]),
        rank_deviation=math.sqrt(found.variance[0]),
        chance=float(found.mean[1]),
        evaluations=found.evaluations,
        seed=seed,
        left_out=tuple(survey.places[row] for row in np.flatnonzero(~survey.ranked)),
        held=model.held,
        sizes=assumed,
        data_version=survey.version,
        edition_version=survey.edition.version,
    )


def evaluations(survey: Survey, n: int) -> int:
    """How many evaluations a sample of n points takes in this edition.

    >>> from marra.index.load import load
    >>> evaluations(load(2024), 1024)
    16384
    """
    inputs = len(Model(survey, ()).inputs)
    return n * (len(PILLARS) + inputs + 1 + 2 * len(PILLARS) + 2)


def _share(found: sobol.Indices, outcome: int, column: int) -> Share:
    return Share(
        first=float(found.first[outcome, column]),
        first_error=float(found.first_error[outcome, column]),
        total=float(found.total[outcome, column]),
        total_error=float(found.total_error[outcome, column]),
    )


class _Cube:
    """Rank and odds of one country at points of the unit cube, one axis for each factor."""

    def __init__(
        self,
        model: Model,
        assumed: Sizes,
        country: int,
        n: int,
        k: int,
        rng: np.random.Generator,
        progress: Callable[[int], None] | None,
    ) -> None:
        self.model, self.country, self.k = model, country, k
        self.progress = progress or (lambda _: None)
        self.concentration = assumed.concentration
        self.width = (assumed.errors()[:, None] * model.known).astype(np.float32)
        self.row = int(model.rows[country])
        weighed = [*(f"weight.{each}" for each in (*PILLARS, *model.inputs))]
        own, others = ([f"{who}.{part}" for part in PILLARS] for who in ("own", "others"))
        self.names = (*weighed, "normalisation", *own, *others)
        self.groups = range(len(self.names) - len(others), len(self.names))
        self.pool = np.empty((2 * n, *model.shape), np.float32)
        Normals(rng).fill(self.pool)

    def __call__(self, points: Floats) -> Floats:
        weights, errors = self._weights(points), self._own(points)
        outcomes = np.empty((len(points), 2))
        for start in range(0, len(points), BLOCK):
            part = slice(start, start + BLOCK)
            drawn = self._draws(points[part], weights[part], errors[part])
            scores = self.model.scores(drawn)
            ranks = 1 + (scores > scores[:, self.country, None]).sum(axis=1)
            outcomes[part, 0], outcomes[part, 1] = ranks, ranks <= self.k
            self.progress(len(ranks))
        return outcomes

    def _draws(self, points: Floats, weights: Floats, own: Floats) -> Draws:
        errors = np.empty((len(points), *self.model.shape), np.float32)
        for part, column in enumerate(self.groups):
            errors[:, part] = self.pool[sobol.number_of(points[:, column], len(self.pool)), part]
        errors[:, :, self.row] = own
        errors *= self.width
        parts = len(PILLARS)
        method = points[:, self.groups[0] - parts - 1] * len(self.model.normalisations)
        return Draws(
            weights=weights[:, :parts] / weights[:, :parts].sum(axis=1, keepdims=True),
            input_weights=weights[:, parts:]
            / weights[:, parts:].sum(axis=1, keepdims=True, initial=1e-300),
            errors=errors,
            normalisation=method.astype(np.int64),
        )

    def _weights(self, points: Floats) -> Floats:
        """Gamma variables whose shares of their sum are the weights, (points, 3 + k)."""
        around = np.concatenate([self.model.weights, self.model.input_weights])
        if math.isinf(self.concentration):
            return np.tile(around, (len(points), 1))
        from scipy.special import gammaincinv  # deferred: half a second others need not spend

        drawn = np.empty((len(points), len(around)))
        for column, weight in enumerate(around):
            unique, where = np.unique(points[:, column], return_inverse=True)
            drawn[:, column] = gammaincinv(weight * self.concentration, unique)[where]
        return drawn

    def _own(self, points: Floats) -> Floats:
        from scipy.special import ndtri  # deferred, as above

        columns = slice(self.groups[0] - len(PILLARS), self.groups[0])
        drawn: Floats = ndtri(points[:, columns])
        return drawn
