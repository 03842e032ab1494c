"""Backtest: how good the projection would have been, had it been made in the past.

From every origin the method learns from editions up to it and forecasts those 2, 4 and 6 years on.
Which method is used at an origin is chosen on the other origins only, by rank CRPS against
persistence, so no forecast is scored by a method that was chosen on it. The list of candidates
itself was drawn up by people who know these editions; that much hindsight is left in.

Source: ours.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from marra.index.projection.method import CANDIDATES, VERSION, Method
from marra.index.projection.model import learn
from marra.index.projection.panel import Panel, panel
from marra.index.projection.rivals import RIVALS, Rival
from marra.index.projection.scores import RankScores, rank_scores
from marra.index.projection.worlds import worlds
from marra.index.survey import Floats, Ints, Survey

ORIGINS: Final = (2014, 2016, 2018, 2020, 2022)
HORIZONS: Final = (2, 4, 6)
ZONE: Final = (20, 100)
"""Places at the origin that a goal of 30 is about."""

TRIED: Final = 500
"""Futures with which candidates are compared; common random numbers, so few are enough."""

OURS: Final = "projection"
Cell = tuple[int, int]  # origin, horizon


@dataclass(frozen=True, slots=True)
class Tested:
    """One forecast and its rivals, scored over all countries and over the zone."""

    origin: int
    horizon: int
    method: Method
    scores: Mapping[str, RankScores]  # by name: projection, persistence, trend, ridge
    zone: Mapping[str, RankScores]


@dataclass(frozen=True, slots=True)
class Backtest:
    """All forecasts that could have been made and can be scored."""

    cells: tuple[Tested, ...]
    candidates: int
    futures: int
    seed: int
    data_version: str
    edition_version: str
    method_version: str = VERSION

    def horizon(self, years: int, name: str = OURS, *, zone: bool = False) -> RankScores:
        """The mean over the origins of one horizon, each origin counting once."""
        chosen = [cell for cell in self.cells if cell.horizon == years]
        return RankScores.mean([(cell.zone if zone else cell.scores)[name] for cell in chosen])

    @property
    def horizons(self) -> tuple[int, ...]:
        """The horizons that could be scored."""
        return tuple(sorted({cell.horizon for cell in self.cells}))


def backtest(
    surveys: Mapping[int, Survey],
    *,
    seed: int = 0,
    futures: int = 2000,
    progress: Callable[[int], None] | None = None,
) -> Backtest:
    """Every forecast from 2014 on whose outcome is known, with its rivals.

    `progress` hears of every forecast made, `steps` of them in all.
    """
    known, tell = panel(surveys), progress or (lambda _: None)
    cells = cells_of(known)
    chosen = choose(known, cells, seed=seed, progress=tell)
    return Backtest(
        cells=tuple(_tested(known, cell, chosen[cell[0]], seed, futures, tell) for cell in cells),
        candidates=len(CANDIDATES),
        futures=futures,
        seed=seed,
        data_version=known.data_version,
        edition_version=known.edition_version,
    )


def cells_of(known: Panel) -> list[Cell]:
    """The origins and horizons whose outcome is known."""
    return [(o, h) for h in HORIZONS for o in ORIGINS if {o, o + h} <= set(known.years)]


def steps(surveys: Mapping[int, Survey]) -> int:
    """How many forecasts a backtest makes."""
    return len(cells_of(panel(surveys))) * (len(CANDIDATES) + len(RIVALS) + 2)


def choose(
    known: Panel,
    cells: list[Cell],
    *,
    seed: int = 0,
    progress: Callable[[int], None] | None = None,
) -> dict[int, Method]:
    """The method for each origin, chosen on the other origins; under 0, chosen on all of them.

    A candidate's mark is its rank CRPS over that of persistence, on average over the cells.
    """
    tell = progress or (lambda _: None)
    marks = np.empty((len(CANDIDATES), len(cells)))
    for column, cell in enumerate(cells):
        today = scored(known, cell, RIVALS["persistence"], seed, TRIED)[OURS].rank_crps
        tell(1)
        for row, method in enumerate(CANDIDATES):
            made = scored(known, cell, partial(forecast, method=method), seed, TRIED)
            marks[row, column] = made[OURS].rank_crps / today
            tell(1)
    origins = [origin for origin, _ in cells]
    return {
        origin: CANDIDATES[best(marks, origins, without=origin)]
        for origin in (0, *sorted(set(origins)))
    }


def best(marks: Floats, origins: Sequence[int], *, without: int) -> int:
    """The row with the lowest mean mark over the columns of other origins.

    >>> best(np.array([[0.9, 0.8], [0.7, 0.9]]), (2014, 2016), without=2014)
    0
    """
    others = np.array(origins) != without
    return int(marks[:, others].mean(axis=1).argmin())


def forecast(
    known: Panel, horizon: int, rng: np.random.Generator, futures: int, *, method: Method
) -> Ints:
    """Rank counts (n, n) of the projection from the last edition of a panel."""
    origin = known.years[-1]
    learnt = learn(known, origin, horizon, method)
    return worlds([(origin + horizon, learnt)], known.weights, rng, futures)[0].counts


def _tested(
    known: Panel,
    cell: Cell,
    method: Method,
    seed: int,
    futures: int,
    tell: Callable[[int], None],
) -> Tested:
    rivals: dict[str, Rival] = {OURS: partial(forecast, method=method), **RIVALS}
    scores, zone = {}, {}
    for name, rival in rivals.items():
        made = scored(known, cell, rival, seed, futures)
        scores[name], zone[name] = made[OURS], made["zone"]
        tell(1)
    return Tested(*cell, method=method, scores=scores, zone=zone)


def scored(
    known: Panel, cell: Cell, rival: Rival, seed: int, futures: int
) -> dict[str, RankScores]:
    """The scores of one forecast over all countries, and over those in the zone."""
    origin, horizon = cell
    then = known.until(origin).whole()
    counts = rival(then, horizon, np.random.default_rng([seed, origin, horizon]), futures)
    rows = np.isin(known.places, then.places)
    observed = known.ranks[known.at(origin + horizon), rows]
    before = then.ranks[-1]
    has = ~np.isnan(observed)
    inside = has & (before >= ZONE[0]) & (before <= ZONE[1])
    return {
        name: rank_scores(counts[chosen], observed[chosen].astype(np.int64))
        for name, chosen in ((OURS, has), ("zone", inside))
    }
