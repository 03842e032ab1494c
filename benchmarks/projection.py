"""How good the projection would have been, and what joint futures cost."""

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np

from benchmarks.clock import best
from benchmarks.record import Measure
from marra.index import known, load
from marra.index.projection.backtest import HORIZONS, backtest
from marra.index.projection.project import project

AIMS = {2: 5.55, 4: 7.10, 6: 8.75}
COVERAGE = (0.76, 0.86)


def measures() -> Iterator[Measure]:
    """The backtest against persistence, then the cost of the futures that pages show."""
    surveys = {year: load(year) for year in known()}
    found = backtest(surveys)
    for years in HORIZONS:
        ours, today = found.horizon(years), found.horizon(years, "persistence")
        facts = {
            name: asdict(found.horizon(years, name))
            for name in ("projection", "persistence", "trend", "ridge")
        }
        yield Measure(f"rank CRPS after {years} years", ours.rank_crps, "places",
                      must=today.rank_crps, aim=AIMS[years], facts=facts)  # fmt: skip
        yield Measure(f"outcomes within the middle 80 % after {years} years: least",
                      ours.coverage_80, "share", must=COVERAGE[0], at_most=False)  # fmt: skip
        yield Measure(f"outcomes within the middle 80 % after {years} years: most",
                      ours.coverage_80, "share", must=COVERAGE[1])  # fmt: skip
    quickest, usual = best(
        lambda: project(surveys, to=2030, rng=np.random.default_rng(0), futures=10_000), 5
    )
    yield Measure("10,000 joint futures of 193 countries in three editions", usual, "s CPU",
                  facts={"best_s": quickest})  # fmt: skip
    futures = project(surveys, to=2030, rng=np.random.default_rng(0), futures=10_000)
    quickest, usual = best(lambda: futures.stakes(surveys[2024], "UZB", 2030), 7, 3)
    yield Measure("one country's stakes, cut out of 10,000 futures", usual * 1e3, "ms CPU",
                  facts={"best_ms": quickest * 1e3})  # fmt: skip
