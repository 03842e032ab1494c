"""A climb: how a country came from one edition's rank to another's, step by step.

A step leads from one edition to the next. What it added to the EGDI is the sum of what its parts
added: each part's change times the mean of its two weights. What is left is the change of weights
(2008, 2010) and the rounding of published figures; it stands as `rest`, never spread. As the EGDI
is linear in its parts, these are the parts' exact Shapley values.

Points alone mislead, because scores are relative and methods change: in 2020 and 2024 almost
everybody's TII rose. So each move is also told against the mean of all countries with an index,
where what happens to everyone cancels, and each part has its own rank in each edition.

Source: published figures; L. S. Shapley, A value for n-person games, 1953; ours for the mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from marra.index.compute import weights
from marra.index.edition import PILLARS
from marra.index.survey import NO_INDEX, Survey
from marra.kit.errors import NotFound
from marra.kit.text import gettext_noop

REST: Final = "rest"
MOVERS: Final = (*PILLARS, REST)


class NoSuchClimb(NotFound):
    """The country's ranks at both ends are not known."""

    sentence = gettext_noop(
        "{place} cannot be followed from {since} to {until}: both must be editions that give it "
        "an index, the earlier one first. Editions: {years}."
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """One measure of a country in one edition."""

    value: float | None  # None where it was not published; the EGDI then counts it as 0
    rank: int | None  # by this measure alone; of the EGDI as published
    over_mean: float  # value less the mean of all countries with an index


@dataclass(frozen=True, slots=True)
class Stop:
    """A country in one edition of its climb."""

    year: int
    marks: Mapping[str, Mark]  # egdi, osi, tii, hci
    breaks: tuple[str, ...]  # of method, against the edition before

    @property
    def rank(self) -> int:
        """The rank as published."""
        return self.marks["egdi"].rank or 0


@dataclass(frozen=True, slots=True)
class Move:
    """What one part, or the rest, added to the EGDI."""

    name: str  # osi, tii, hci, rest
    points: float  # of EGDI
    over_mean: float  # of them, more than the mean country's


@dataclass(frozen=True, slots=True)
class Step:
    """From one edition to the next; the moves sum to `points` and `over_mean`."""

    since: int
    until: int
    places: int  # gained; negative when lost
    points: float
    over_mean: float
    moves: tuple[Move, ...]
    breaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Climb:
    """A country from one edition to another."""

    place: str
    stops: tuple[Stop, ...]
    steps: tuple[Step, ...]
    moves: tuple[Move, ...]  # of all steps together
    data_version: str
    edition_version: str

    @property
    def places(self) -> int:
        """Places gained."""
        return self.stops[0].rank - self.stops[-1].rank

    @property
    def points(self) -> float:
        """Points of EGDI gained."""
        return sum(step.points for step in self.steps)

    @property
    def over_mean(self) -> float:
        """Points of EGDI gained more than the mean country."""
        return sum(step.over_mean for step in self.steps)

    @property
    def leading(self) -> Move:
        """The part that added most more than the mean country's."""
        return max(self.moves[: len(PILLARS)], key=lambda move: move.over_mean)


def climb(surveys: Mapping[int, Survey], place: str, since: int, until: int) -> Climb:
    """A country's way from one edition to another; editions without an index are passed over.

    >>> from marra.index.load import load
    >>> from marra.index.method import known
    >>> found = climb({year: load(year) for year in known()}, "SAU", 2018, 2024)
    >>> [(stop.year, stop.rank, stop.marks["osi"].rank) for stop in found.stops]
    [(2018, 52, 49), (2020, 43, 71), (2022, 31, 32), (2024, 6, 4)]
    >>> [(move.name, f"{move.points:+.3f} {move.over_mean:+.3f}") for move in found.moves[:3]]
    [('osi', '+0.066 +0.064'), ('tii', '+0.150 +0.059'), ('hci', '+0.032 +0.037')]
    """
    years = [year for year in sorted(surveys) if since <= year <= until]
    stops = [_stop(surveys[year], place) for year in years if _has_index(surveys[year], place)]
    if len(stops) < 2 or (stops[0].year, stops[-1].year) != (since, until):
        known = ", ".join(map(str, sorted(surveys)))
        raise NoSuchClimb(place=place, since=since, until=until, years=known)
    steps = tuple(_step(surveys, then, now) for then, now in pairwise(stops))
    passed = [surveys[year] for year in years]
    return Climb(
        place=place,
        stops=tuple(stops),
        steps=steps,
        moves=tuple(_together(steps, name) for name in MOVERS),
        data_version=" ".join(dict.fromkeys(each.version for each in passed)),
        edition_version=" ".join(each.edition.version for each in passed),
    )


def _has_index(survey: Survey, place: str) -> bool:
    return place in survey.rows and NO_INDEX not in survey.flags[survey.rows[place]]


def _stop(survey: Survey, place: str) -> Stop:
    row, ranked = survey.rows[place], survey.ranked
    egdi = float(survey.egdi[row])
    mean = float(survey.egdi[ranked].mean())
    marks = {"egdi": Mark(egdi, int(survey.ranks[row]), egdi - mean)}
    for column, name in enumerate(PILLARS):
        values = survey.pillars[ranked, column]
        own = float(survey.pillars[row, column])
        is_known = own == own
        marks[name] = Mark(
            value=own if is_known else None,
            rank=1 + int((values > own).sum()) if is_known else None,
            over_mean=float(np.nan_to_num(own) - np.nan_to_num(values).mean()),
        )
    return Stop(survey.year, marks, survey.edition.breaks)


def _step(surveys: Mapping[int, Survey], then: Stop, now: Stop) -> Step:
    """The moves of one step; breaks of editions passed over count too."""
    heavy = (weights(surveys[then.year].edition) + weights(surveys[now.year].edition)) / 2
    moves = [
        Move(
            name,
            float(weight) * ((now.marks[name].value or 0.0) - (then.marks[name].value or 0.0)),
            float(weight) * (now.marks[name].over_mean - then.marks[name].over_mean),
        )
        for name, weight in zip(PILLARS, heavy, strict=True)
    ]
    points = (now.marks["egdi"].value or 0.0) - (then.marks["egdi"].value or 0.0)
    over = now.marks["egdi"].over_mean - then.marks["egdi"].over_mean
    rest = Move(
        REST,
        points - sum(move.points for move in moves),
        over - sum(move.over_mean for move in moves),
    )
    between = (survey for year, survey in sorted(surveys.items()) if then.year < year <= now.year)
    return Step(
        since=then.year,
        until=now.year,
        places=then.rank - now.rank,
        points=points,
        over_mean=over,
        moves=(*moves, rest),
        breaks=tuple(says for survey in between for says in survey.edition.breaks),
    )


def _together(steps: tuple[Step, ...], name: str) -> Move:
    found = [move for step in steps for move in step.moves if move.name == name]
    return Move(name, sum(m.points for m in found), sum(m.over_mean for m in found))
