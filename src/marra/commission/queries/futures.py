"""Everyone's futures, simulated once per state of the figures and kept while they stand.

One simulation serves all countries, goals and editions; a country's stakes are cut out of it. The
second simulation, from another seed, is there to check what was promised on the first.
"""

from functools import lru_cache
from typing import Final

import numpy as np

from marra.commission.queries.readings import reading
from marra.commission.rules.readings import BY_2030
from marra.evidence.queries import releases as queries
from marra.index.plan.stakes import Stakes
from marra.index.projection.futures import Futures
from marra.index.projection.panel import EVERY
from marra.index.projection.project import project_informed

SEED: Final = 0
SEED_OF_THE_CHECK: Final = 1
FUTURES: Final = 10_000
EDITIONS: Final = 3
"""How many editions ahead pages show."""

GOAL_YEAR: Final = 2030
"""The last edition that the goal of PQ-308 can mean; shown until it has appeared."""


def futures() -> Futures:
    """The futures of the next editions, from the figures that stand."""
    return _simulated(queries.data_version(), SEED)


def editions() -> tuple[int, ...]:
    """The editions that are simulated."""
    latest = queries.latest()
    return tuple(range(latest + EVERY, _last(latest) + 1, EVERY))


def goal_editions() -> tuple[int, ...]:
    """The editions that "by 2030" can mean, as it is read now first; the last two once past."""
    standing, projected = reading(BY_2030), editions()
    known = [int(each) for each in (standing.answer, *standing.others)]
    return tuple(each for each in known if each in projected) or projected[:-3:-1]


def stakes(place: str, edition: int, k: int) -> Stakes:
    """One country's part in the futures of one edition."""
    return _stakes(place, edition, k, queries.data_version(), SEED)


def fresh_stakes(place: str, edition: int, k: int) -> Stakes:
    """The same in fresh futures, from another seed."""
    return _stakes(place, edition, k, queries.data_version(), SEED_OF_THE_CHECK)


def _last(latest: int) -> int:
    return max(latest + EDITIONS * EVERY, GOAL_YEAR if latest % EVERY == 0 else 0)


@lru_cache(maxsize=2)
def _simulated(_data_version: str, seed: int) -> Futures:
    rng = np.random.default_rng(seed)
    return project_informed(
        queries.surveys(), to=_last(queries.latest()), rng=rng, futures=FUTURES
    )


@lru_cache(maxsize=64)
def _stakes(place: str, edition: int, k: int, data_version: str, seed: int) -> Stakes:
    survey = queries.survey(queries.latest())
    return _simulated(data_version, seed).stakes(survey, place, edition, k)
