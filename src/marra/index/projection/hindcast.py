"""Hindcast: what inputs known in advance would have been worth in editions past.

From every origin the projection is made twice, without evidence of the next edition and with it,
and scored alike. The formula is that of the edition before, as it was known then; `own_formula`
shows what would be gained if changes of the method were known in time. The penalty on evidence is
chosen on the other origins only.

Figures that were revised since are named by each series' `of_the_time`; they make a hindcast look
better or worse than it would have been, and there is nothing older to use in their place.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from marra.index.components import Components, components_version
from marra.index.projection.backtest import OURS, Cell, cells_of, forecast, scored
from marra.index.projection.evidence import Evidence, gather
from marra.index.projection.informed import RIDGES, informed
from marra.index.projection.method import VERSION, Method
from marra.index.projection.model import learn
from marra.index.projection.panel import EVERY, Panel, panel
from marra.index.projection.project import CHOSEN
from marra.index.projection.rivals import RIVALS, Rival
from marra.index.projection.scores import RankScores
from marra.index.projection.worlds import worlds
from marra.index.survey import Ints, Survey

TRIED = 500
"""Futures with which penalties are compared; common random numbers, so few are enough."""

NAMES = ("persistence", "without", "informed")


@dataclass(frozen=True, slots=True)
class Retold:
    """One forecast without and with evidence, over all countries and over the zone."""

    origin: int
    horizon: int
    ridge: float  # chosen on the other origins
    scores: Mapping[str, RankScores]  # by name, see `NAMES`
    zone: Mapping[str, RankScores]


@dataclass(frozen=True, slots=True)
class Hindcast:
    """All forecasts that could have been made with evidence and can be scored."""

    cells: tuple[Retold, ...]
    evidence: Mapping[int, Evidence]  # by target
    ridge: float  # chosen on all origins
    own_formula: bool
    as_late_as: int | None
    futures: int
    seed: int
    data_version: str
    edition_version: str
    method_version: str = VERSION

    @property
    def horizons(self) -> tuple[int, ...]:
        """The horizons that could be scored."""
        return tuple(sorted({cell.horizon for cell in self.cells}))

    def horizon(self, years: int, name: str = "informed", *, zone: bool = False) -> RankScores:
        """The mean over the origins of one horizon, each origin counting once."""
        chosen = [cell for cell in self.cells if cell.horizon == years]
        return RankScores.mean([(cell.zone if zone else cell.scores)[name] for cell in chosen])


def hindcast(
    surveys: Mapping[int, Survey],
    components: Components,
    *,
    seed: int = 0,
    futures: int = 2000,
    own_formula: bool = False,
    as_late_as: int | None = None,
    method: Method = CHOSEN,
) -> Hindcast:
    """Every forecast with evidence that could have been made from 2014 on, beside its rivals."""
    known = panel(surveys)
    cells = cells_of(known)
    evidence = {
        origin + EVERY: gather(
            components,
            known.until(origin),
            origin + EVERY,
            own_formula=own_formula,
            as_late_as=as_late_as,
        )
        for origin in sorted({origin for origin, _ in cells})
    }
    ridges = choose_ridge(known, cells, evidence, method=method, seed=seed)
    return Hindcast(
        cells=tuple(
            _retold(known, cell, evidence, ridges[cell[0]], method, seed, futures)
            for cell in cells
        ),
        evidence=evidence,
        ridge=ridges[0],
        own_formula=own_formula,
        as_late_as=as_late_as,
        futures=futures,
        seed=seed,
        data_version=f"{known.data_version} {components_version(components)}",
        edition_version=known.edition_version,
    )


def choose_ridge(
    known: Panel, cells: list[Cell], evidence: Mapping[int, Evidence], *, method: Method, seed: int
) -> dict[int, float]:
    """The penalty for each origin, chosen on the other origins; under 0, chosen on all of them.

    A penalty's mark is its rank CRPS over that of the projection without evidence.
    """
    marks = np.empty((len(RIDGES), len(cells)))
    for column, cell in enumerate(cells):
        without = scored(known, cell, partial(forecast, method=method), seed, TRIED)
        for row, ridge in enumerate(RIDGES):
            told = partial(
                with_evidence, evidence=evidence[cell[0] + EVERY], method=method, ridge=ridge
            )
            crps = scored(known, cell, told, seed, TRIED)[OURS].rank_crps
            marks[row, column] = crps / without[OURS].rank_crps
    origins = np.array([origin for origin, _ in cells])
    return {
        origin: RIDGES[int(marks[:, origins != origin].mean(axis=1).argmin())]
        for origin in (0, *sorted(set(origins.tolist())))
    }


def with_evidence(
    known: Panel,
    horizon: int,
    rng: np.random.Generator,
    futures: int,
    *,
    evidence: Evidence,
    method: Method,
    ridge: float,
) -> Ints:
    """Rank counts (n, n) of the projection that knows the evidence of the next edition."""
    origin = known.years[-1]
    learnt = learn(known, origin, horizon, method)
    told = informed(learnt, known, horizon, method, evidence, ridge=ridge)
    return worlds([(origin + horizon, told)], known.weights, rng, futures)[0].counts


def _retold(
    known: Panel,
    cell: Cell,
    evidence: Mapping[int, Evidence],
    ridge: float,
    method: Method,
    seed: int,
    futures: int,
) -> Retold:
    told = partial(with_evidence, evidence=evidence[cell[0] + EVERY], method=method, ridge=ridge)
    rivals: tuple[Rival, ...] = (RIVALS["persistence"], partial(forecast, method=method), told)
    made = {
        name: scored(known, cell, rival, seed, futures)
        for name, rival in zip(NAMES, rivals, strict=True)
    }
    return Retold(
        *cell,
        ridge=ridge,
        scores={name: found[OURS] for name, found in made.items()},
        zone={name: found["zone"] for name, found in made.items()},
    )
