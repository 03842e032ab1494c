"""Reading surveys for charts: a country's figures, and the country at a place.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from marra import index
from marra.index.survey import NO_INDEX, Floats, Survey

Surveys = Mapping[int, Survey]


@dataclass(frozen=True, slots=True)
class Figures:
    """A country's published figures in one edition; None where there is no index."""

    place: str
    rank: int | None
    values: Mapping[str, float | None]  # by egdi, osi, tii, hci, epi


def row_of(survey: Survey, place: str) -> int | None:
    """The row of a country, None where the edition does not have it."""
    return survey.rows.get(place)


def has_index(survey: Survey, row: int) -> bool:
    """Whether the edition gives the country an index; a shared last place of zeros is none."""
    return NO_INDEX not in survey.flags[row]


def column(survey: Survey, measure: str) -> Floats:
    """One measure of all countries, in the survey's order."""
    if measure == "egdi":
        return survey.egdi
    if measure == "epi":
        return survey.epi
    return survey.pillars[:, ("osi", "tii", "hci").index(measure)]


@lru_cache(maxsize=64)
def ranked(survey: Survey) -> list[int]:
    """Rows that have an index, best first."""
    rows = [row for row in range(len(survey.places)) if has_index(survey, row)]
    return sorted(rows, key=lambda row: (survey.ranks[row], -survey.egdi[row]))


def at_rank(survey: Survey, rank: int) -> int:
    """The row of the country at a place; refuses with `NoSuchRank` beyond the last."""
    return survey.at(index.at_rank(survey, rank))


def figures(survey: Survey, place: str) -> Figures:
    """What the edition says about a country."""
    row = row_of(survey, place)
    names = ("egdi", "osi", "tii", "hci", "epi")
    if row is None or not has_index(survey, row):
        return Figures(place, None, dict.fromkeys(names))
    values = {name: _known(column(survey, name)[row]) for name in names}
    return Figures(place, int(survey.ranks[row]), values)


def rank_within(survey: Survey, place: str, measure: str) -> int | None:
    """The country's rank by one measure alone; equal values share the better rank."""
    own = figures(survey, place).values[measure]
    if own is None:
        return None
    values = column(survey, measure)[ranked(survey)]
    return 1 + int((values > own).sum())


@lru_cache(maxsize=1024)
def nth_best(survey: Survey, measure: str, n: int) -> float | None:
    """The n-th highest value of a measure among countries with an index."""
    values = column(survey, measure)[ranked(survey)]
    values = np.sort(values[~np.isnan(values)])[::-1]
    return float(values[min(n, len(values)) - 1]) if len(values) else None


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
