"""What pages ask of everyone's futures, kept while the figures stand.

One simulation serves all countries, goals and editions; a country's stakes are cut out of it.

Source: marra.commission.queries.futures, which simulates them once for all doors.
"""

from functools import lru_cache
from typing import Final

from marra.commission.queries import futures as everyone
from marra.evidence.queries import releases as queries
from marra.index.plan.stakes import Stakes
from marra.index.projection.futures import Futures, Outlook

GOAL_YEARS: Final = (2028, 2030)
"""The editions that "by 2030" of PQ-308 can mean; shown until they have appeared."""


def futures() -> Futures:
    """The futures of the next editions, from the figures that stand."""
    return everyone.futures()


def goal_editions(found: Futures) -> tuple[int, ...]:
    """The projected editions that the goal can mean; the last two once those are past."""
    return tuple(year for year in found.editions if year in GOAL_YEARS) or found.editions[-2:]


def outlook(place: str, edition: int, k: int) -> Outlook:
    """What the futures of one edition say of a country."""
    return _outlook(place, edition, k, queries.data_version())


def stakes(place: str, edition: int, k: int) -> Stakes:
    """One country's part in the futures of one edition."""
    return _stakes(place, edition, k, queries.data_version())


@lru_cache(maxsize=4096)
def _outlook(place: str, edition: int, k: int, _data_version: str) -> Outlook:
    return futures().outlook(place, edition, k)


@lru_cache(maxsize=64)
def _stakes(place: str, edition: int, k: int, _data_version: str) -> Stakes:
    return futures().stakes(queries.survey(queries.latest()), place, edition, k)
