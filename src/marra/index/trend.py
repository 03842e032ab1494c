"""The trend of a country over the editions, with the breaks of method that lie in it.

Scores are relative to the best and the worst of their own edition, and methods change: a line over
editions shows standing, not growth. Every point says what changed against the edition before.

Source: the published figures; the edition files for breaks.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from marra.index.survey import NO_INDEX, Survey, Versioned


@dataclass(frozen=True, slots=True)
class Point:
    """A country in one edition; figures are None where the edition gives it no index."""

    year: int
    rank: int | None
    ranked: int  # countries with an index
    egdi: float | None
    osi: float | None
    tii: float | None
    hci: float | None
    epi: float | None
    breaks: tuple[str, ...]
    provisional: bool


def trend(surveys: Mapping[int, Survey], place: str) -> Versioned[Point]:
    """The country's points, oldest first; editions before its membership are left out.

    >>> from marra.index.load import load
    >>> [(point.year, point.rank) for point in trend({y: load(y) for y in (2003, 2024)}, "UZB")]
    [(2003, None), (2024, 63)]
    """
    member = [survey for _year, survey in sorted(surveys.items()) if place in survey.rows]
    return Versioned.of((_point(survey, survey.rows[place]) for survey in member), *member)


def _point(survey: Survey, row: int) -> Point:
    has_index = NO_INDEX not in survey.flags[row]
    osi, tii, hci = (_known(float(value)) for value in survey.pillars[row])
    return Point(
        year=survey.year,
        rank=int(survey.ranks[row]) if has_index else None,
        ranked=int(survey.ranked.sum()),
        egdi=float(survey.egdi[row]) if has_index else None,
        osi=osi,
        tii=tii,
        hci=hci,
        epi=_known(float(survey.epi[row])),
        breaks=survey.edition.breaks,
        provisional=survey.edition.provisional,
    )


def _known(value: float) -> float | None:
    return value if value == value else None
