"""How quick and how good plans are: 60 initiatives x 5 starts before 10,000 futures."""

from collections.abc import Iterator
from time import perf_counter, process_time

import numpy as np
from tests.index.plan import make
from tests.index.plan.brute import Brute

from benchmarks.record import Measure
from marra.index.plan.case import Case, case, odds_of
from marra.index.plan.frontier import frontier
from marra.index.plan.moves import Wish
from marra.index.plan.relaxed import relaxations
from marra.index.plan.scope import scope
from marra.index.plan.search import OutOfReach, cheapest, searched

FUTURES = 10_000
SHAPES = ((1, 1.0, 1.0), (1, 0.5, 1.0), (1, 0.35, 1.0), (1, 1.0, 0.5), (2, 0.7, 0.8))
"""Seed, how loose the limits are, and how strong the effects: five portfolios by lot."""


def measures() -> Iterator[Measure]:
    """The time of large questions, what promises are worth, and the gap to brute force."""
    cases = [_case(shape) for shape in SHAPES]
    cheapest(cases[0], 0.5)  # SciPy is imported at the first question
    yield from _plans(cases)
    yield from _frontiers(cases)
    yield from _weighing(cases[0])
    yield from _relaxing(_case((1, 0.3, 0.5)))
    yield from _gaps()


def _case(shape: tuple[int, float, float], seed: int = 0) -> Case:
    lot, tight, size = shape
    portfolio = make.by_lot(lot, 60, 5, tight=tight, size=size)
    stakes = make.stakes(seed, FUTURES, lacks=0.08)
    return case(portfolio, stakes, rng=np.random.default_rng(seed))


def _plans(cases: list[Case]) -> Iterator[Measure]:
    spent, walls, off = [], [], []
    for of, shape in zip(cases, SHAPES, strict=True):
        fresh = _case(shape, seed=1)
        for odds in (0.2, 0.5, 0.8, 0.9):
            cpu, wall = process_time(), perf_counter()
            try:
                plan = cheapest(of, odds)
            except OutOfReach:
                continue
            spent.append(process_time() - cpu)
            walls.append(perf_counter() - wall)
            off.append(odds_of(fresh, plan) - plan.odds)
    facts = {"seconds_cpu": spent, "seconds": walls}
    yield Measure("the cheapest plan of 60 x 5, 10,000 futures: slowest", max(spent), "s CPU",
                  must=2.0, facts=facts)  # fmt: skip
    yield Measure("promised odds against fresh futures and luck: largest difference",
                  float(np.abs(off).max()), "odds", must=0.02,
                  facts={"mean": float(np.mean(off)), "differences": off})  # fmt: skip


def _frontiers(cases: list[Case]) -> Iterator[Measure]:
    spent, walls, points = [], [], []
    for of in cases:
        cpu, wall = process_time(), perf_counter()
        points.append(len(frontier(of).plans))
        spent.append(process_time() - cpu)
        walls.append(perf_counter() - wall)
    facts = {"seconds_cpu": spent, "seconds": walls, "points": points}
    yield Measure("a frontier of 20 points, the same portfolios: slowest", max(spent), "s CPU",
                  must=20.0, facts=facts)  # fmt: skip


def _weighing(of: Case) -> Iterator[Measure]:
    sets = np.random.default_rng(0).random((2048, 60)) < 0.4
    of.odds(sets)
    cpu = process_time()
    of.odds(sets)
    yield Measure("the odds of one plan among many, 10,000 futures",
                  (process_time() - cpu) / len(sets) * 1e3, "ms CPU", must=1.0)  # fmt: skip


def _relaxing(of: Case) -> Iterator[Measure]:
    cpu = process_time()
    found = relaxations(of, 0.85)
    yield Measure("what must give way, 60 x 5 with 35 limits", process_time() - cpu, "s CPU",
                  facts={"answers": len(found)})  # fmt: skip


def _gaps() -> Iterator[Measure]:
    """The way of large portfolios on small ones, where brute force knows the least cost."""
    gaps = []
    for seed in range(100, 130):
        portfolio = make.by_lot(seed, 8, 2, tight=1.5, size=3)
        stakes = make.stakes(seed, 401)
        brute = Brute(portfolio, stakes, seed)
        within = scope(case(portfolio, stakes, rng=np.random.default_rng(seed)))
        for odds in (0.3, 0.5, 0.7, 0.85):
            least = brute.cheapest(odds)
            found = searched(within, Wish(odds=odds)) if least else None
            if found is not None:
                gaps.append(found.cost / least - 1)
            elif least:
                gaps.append(1.0)
    facts = {
        "plans": len(gaps),
        "largest": max(gaps),
        "optimal": float(np.mean(np.less(gaps, 1e-9))),
    }
    yield Measure("cost above brute force, 30 portfolios searched as if large: mean",
                  float(np.mean(gaps)), "share", must=0.01, facts=facts)  # fmt: skip
