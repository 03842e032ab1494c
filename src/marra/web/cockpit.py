"""The first page: where the country stands, what changed, what separates it from the goal."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marra.evidence.queries import releases as queries
from marra.index import Explanation, explain, level
from marra.index.edition import PILLARS
from marra.web import layout
from marra.web.charts import reading, words
from marra.web.charts.catalogue import chart
from marra.web.charts.chance import odds_of
from marra.web.charts.future import futures, goal_editions, outlook
from marra.web.charts.reading import Figures, Surveys
from marra.web.charts.rounding import rounded_together
from marra.web.index.address import asked
from marra.web.index.rows import LEVELS

DIGITS: Final = 4
"""Decimals of what is printed; the parts are rounded together, so that they add up."""

NEAR: Final = 0.02
"""Countries less than this behind are called close."""


@dataclass(frozen=True, slots=True)
class PartNow:
    """One part of the index: now, before, and its share of the gap to the goal."""

    name: str
    code: str
    now: float
    before: float | None
    gap: float
    share: float  # of the gap, for the bar, 0 to 100

    @property
    def change(self) -> float | None:
        """What was gained since the edition before."""
        return None if self.before is None else self.now - self.before


@dataclass(frozen=True, slots=True)
class Rival:
    """A country close behind that climbed faster."""

    place: str
    rank: int
    behind: float
    gained: float


@dataclass(frozen=True, slots=True)
class Ahead:
    """The odds of the goal in one edition, if nothing changes."""

    edition: int
    odds: float
    best: int  # of the middle 80 % of the futures
    worst: int

    @property
    def told(self) -> str:
        """The odds in the reader's words."""
        return words.of_100(self.odds)


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that the page says; figures only, no words."""

    year: int
    before: int | None
    members: int
    own: Figures
    level: str
    rank_change: int | None
    egdi_change: float | None
    goal: int
    goal_place: str
    goal_egdi: float
    goal_rise: float | None  # how far the country at that place stood higher than before
    gap: float  # recomputed from the published parts, which share it exactly
    gap_in_print: float  # between the two printed indices; rounding may part the two
    parts: tuple[PartNow, ...]
    rivals: tuple[Rival, ...]
    breaks: tuple[str, ...]
    likely: tuple[int, int]  # the middle 80 % of the draws
    draws: int
    ahead: tuple[Ahead, ...]  # the odds of the goal in the editions that it can mean

    @property
    def print_differs(self) -> bool:
        """Whether the printed indices show another last digit of the gap."""
        return round(self.gap, DIGITS) != round(self.gap_in_print, DIGITS)

    @property
    def reached(self) -> bool:
        """Whether the goal is reached."""
        return self.own.rank is not None and self.own.rank <= self.goal


def standing(surveys: Surveys, place: str, goal: int) -> Standing | None:
    """How a country stands in the latest edition; None when the edition gives it no index."""
    year = max(surveys)
    survey = surveys[year]
    own = reading.figures(survey, place)
    if own.rank is None:
        return None
    before = max((other for other in surveys if other < year), default=None)
    then = reading.figures(surveys[before], place) if before else None
    at = reading.at_rank(survey, goal)
    goal_egdi = float(survey.egdi[at])
    told = explain(survey, place, to_rank=goal)
    odds = odds_of(survey, place)
    return Standing(
        year=year,
        before=before if then and then.rank else None,
        members=len(survey.places),
        own=own,
        level=LEVELS[level(_known(own, "egdi"))],
        rank_change=then.rank - own.rank if then and then.rank else None,
        egdi_change=_gain(own, then, "egdi"),
        goal=goal,
        goal_place=survey.places[at],
        goal_egdi=goal_egdi,
        goal_rise=goal_egdi - _egdi_at(surveys, before, goal) if before else None,
        gap=told.gap,
        gap_in_print=goal_egdi - _known(own, "egdi"),
        parts=_parts(told, own, then),
        rivals=_rivals(surveys, year, before, own, then),
        breaks=survey.edition.breaks,
        likely=odds.interval(0.8),
        draws=odds.draws,
        ahead=_ahead(place, goal),
    )


def _known(figures: Figures, name: str) -> float:
    return figures.values[name] or 0.0


def _gain(now: Figures, then: Figures | None, name: str) -> float | None:
    if then is None or then.rank is None:
        return None
    return _known(now, name) - _known(then, name)


def _egdi_at(surveys: Surveys, year: int, rank: int) -> float:
    return float(surveys[year].egdi[reading.at_rank(surveys[year], rank)])


def _parts(told: Explanation, own: Figures, then: Figures | None) -> tuple[PartNow, ...]:
    exact = [told.of(name) for name in PILLARS]
    gaps = dict(
        zip(PILLARS, rounded_together(exact, round(told.gap, DIGITS), DIGITS), strict=True)
    )
    largest = max(map(abs, gaps.values())) or 1.0
    found = [
        PartNow(
            name=words.MEASURE_NAMES[name],
            code=name,
            now=_known(own, name),
            before=then.values[name] if then and then.rank else None,
            gap=gaps[name],
            share=100 * abs(gaps[name]) / largest,
        )
        for name in PILLARS
    ]
    return tuple(sorted(found, key=lambda part: -part.gap))


def _rivals(
    surveys: Surveys, year: int, before: int | None, own: Figures, then: Figures | None
) -> tuple[Rival, ...]:
    """Countries close behind that gained more since the edition before, the nearest first."""
    gain = _gain(own, then, "egdi")
    if before is None or gain is None:
        return ()
    found = []
    for row in reading.ranked(surveys[year]):
        place = surveys[year].places[row]
        behind = _known(own, "egdi") - float(surveys[year].egdi[row])
        if not 0 < behind < NEAR:
            continue
        now, past = (reading.figures(surveys[when], place) for when in (year, before))
        gained = _gain(now, past, "egdi")
        if gained is not None and gained > gain:
            found.append(Rival(place, int(surveys[year].ranks[row]), behind, gained))
    return tuple(sorted(found, key=lambda rival: rival.behind))


def _ahead(place: str, goal: int) -> tuple[Ahead, ...]:
    """Empty where the country has no futures."""
    found = futures()
    if place not in found.places:
        return ()
    told = [outlook(place, edition, goal) for edition in goal_editions(found)]
    return tuple(Ahead(at.edition, at.p_top, at.rank_p10, at.rank_p90) for at in told)


@lru_cache(maxsize=8)
def _standing(place: str, goal: int, _data_version: str) -> Standing | None:
    return standing(queries.surveys(), place, goal)


def show(request: HttpRequest) -> HttpResponse:
    """The overview."""
    place, goal = settings.COUNTRY, settings.GOAL_RANK
    now = _standing(place, goal, queries.data_version())
    trend = chart("trend", asked({}), layout.language())
    return render(request, "cockpit.html", {"now": now, "trend": trend})
