"""Progress: how far a country is from those ahead, and how it moved from edition to edition.

These are the figures that sentences of findings are made of. A distance is given to one place,
which may be an odd one out, and to the mean of the places around it, which is not. A change is
given with the breaks of method that lie in it: a rank may rise because the method changed.

Source: ours; all figures as published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from marra.index.edition import PILLARS
from marra.index.gap import at_rank, order
from marra.index.ranks import NoScore
from marra.index.survey import NO_INDEX, Floats, Ints, Survey, Versioned
from marra.index.trend import Point, trend

MEASURES: Final = ("egdi", *PILLARS, "epi")
AROUND: Final = 5
"""How many places on each side count as those around a place: 25 to 35 for the thirtieth."""


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a country is from a place in one measure; positive when behind."""

    name: str  # egdi, osi, tii, hci or epi
    own: float | None  # None where it was not published
    at_rank: float | None
    around: float | None  # mean of the places around the rank
    to_rank: float | None
    to_around: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """What changed for a country between two editions that both give it an index."""

    since: int
    year: int
    places: int  # gained; negative when lost
    egdi: float
    osi: float | None  # None where one of the two was not published
    tii: float | None
    hci: float | None
    breaks: tuple[str, ...]  # of method, in between


def distances(survey: Survey, place: str, rank: int = 30) -> Versioned[Distance]:
    """How far a country is from a place, and from the mean of the five places on each side.

    In the order EGDI, OSI, TII, HCI, EPI. Refuses a country without an index (`NoScore`) and a
    place that nobody holds (`NoSuchRank`).

    >>> from marra.index.load import load
    >>> for each in distances(load(2024), "UZB"):
    ...     print(f"{each.name} {each.to_rank:+.4f} {each.to_around:+.4f}")
    egdi +0.0842 +0.0853
    osi +0.2205 +0.1156
    tii -0.0341 +0.0425
    hci +0.0660 +0.0976
    epi +0.3014 +0.1507
    """
    own = survey.at(place)
    if NO_INDEX in survey.flags[own]:
        raise NoScore(country=place)
    target = survey.at(at_rank(survey, rank))
    around = order(survey)[max(rank - AROUND - 1, 0) : rank + AROUND]
    found = (_distance(name, values, own, target, around) for name, values in _columns(survey))
    return Versioned.of(found, survey)


def changes(surveys: Mapping[int, Survey], place: str) -> Versioned[Change]:
    """What changed for a country from edition to edition, oldest first.

    An edition without an index is passed over; the breaks of method in it still count.

    >>> from marra.index.load import load
    >>> known = {year: load(year) for year in (2018, 2020, 2022, 2024)}
    >>> [(each.year, each.places) for each in changes(known, "UZB")]
    [(2020, -6), (2022, 18), (2024, 6)]
    """
    points = trend(surveys, place)
    kept = [point for point in points if point.rank is not None]
    found = (
        _change(then, now, [p for p in points if then.year < p.year <= now.year])
        for then, now in pairwise(kept)
    )
    return Versioned.of(found, *(surveys[point.year] for point in points))


def best_and_worst(found: Sequence[Change]) -> tuple[Change, Change] | None:
    """The change that gained most places and the one that lost most; of equals the latest.

    None where there is no change to speak of.

    >>> from marra.index.load import load
    >>> best, worst = best_and_worst(changes({y: load(y) for y in (2018, 2020, 2022)}, "UZB"))
    >>> (best.year, best.places), (worst.year, worst.places)
    ((2022, 18), (2020, -6))
    """
    if not found:
        return None
    return (
        max(found, key=lambda each: (each.places, each.year)),
        min(found, key=lambda each: (each.places, -each.year)),
    )


def _columns(survey: Survey) -> list[tuple[str, Floats]]:
    values = (survey.egdi, *(survey.pillars[:, column] for column in range(3)), survey.epi)
    return list(zip(MEASURES, values, strict=True))


def _distance(name: str, values: Floats, own: int, target: int, around: Ints) -> Distance:
    known = values[around][~np.isnan(values[around])]
    mine, aim = _known(values[own]), _known(values[target])
    mean = float(known.mean()) if len(known) else None
    return Distance(name, mine, aim, mean, _less(aim, mine), _less(mean, mine))


def _change(then: Point, now: Point, between: list[Point]) -> Change:
    return Change(
        since=then.year,
        year=now.year,
        places=(then.rank or 0) - (now.rank or 0),
        egdi=(now.egdi or 0.0) - (then.egdi or 0.0),
        osi=_less(now.osi, then.osi),
        tii=_less(now.tii, then.tii),
        hci=_less(now.hci, then.hci),
        breaks=tuple(says for point in between for says in point.breaks),
    )


def _known(value: float) -> float | None:
    return float(value) if value == value else None


def _less(aim: float | None, own: float | None) -> float | None:
    return None if aim is None or own is None else aim - own
