"""Surveys and panels for the projection's tests."""

from functools import cache

import numpy as np

from marra.index import Survey, known, load
from marra.index.projection.futures import Futures
from marra.index.projection.panel import Panel, panel
from marra.index.projection.project import project


@cache
def surveys(last: int = 2024) -> dict[int, Survey]:
    """The packaged editions up to one."""
    return {year: load(year) for year in known() if year <= last}


@cache
def known_panel(last: int = 2024) -> Panel:
    """The packaged editions side by side."""
    return panel(surveys(last))


@cache
def futures(to: int = 2030, seed: int = 0, count: int = 2000) -> Futures:
    """Futures of the packaged editions."""
    return project(surveys(), to=to, rng=np.random.default_rng(seed), futures=count)
