"""Those who climbed before: how many of those who stood here reached the goal, and how."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from marra.evidence.queries import releases as queries
from marra.index import Climb, ReferenceClass, climb
from marra.index.reference_class import Episode, Share
from marra.kit.places import place
from marra.web import layout
from marra.web.charts.asked import YEARS, Asked
from marra.web.charts.breaks import broken
from marra.web.charts.climb_steps import printed
from marra.web.charts.episodes import class_of
from marra.web.charts.reading import figures
from marra.web.charts.words import SHORT_NAMES, country, measure
from marra.web.index.address import asked, without_empty
from marra.web.index.boxes import readable
from marra.web.index.choices import options
from marra.web.index.drawn import figures as figures_of

CHARTS = ("climbers", "rank-gains")
CHARTS_OF_ONE = ("climb", "climb-lead", "climb-gain")
PARTS = ("osi", "tii", "hci")


@dataclass(frozen=True, slots=True)
class Percent:
    """A share as it is told: so many of so many, in percent, and its interval."""

    reached: int
    starts: int
    value: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """One climb in the table: whose, when and how far, and the part that moved most."""

    episode: Episode
    name: str
    lead: str  # the part that moved most over the mean
    lead_from: int | None
    lead_to: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """All that the page counts."""

    found: ReferenceClass
    share: Percent
    within: Percent
    countries: Percent
    reached: tuple[Row, ...]
    outside: tuple[Row, ...]
    passed: tuple[Row, ...]
    ended_before: int  # climbs after which another edition appeared
    stayed: int  # of them at the goal in every later edition
    led: tuple[tuple[str, int], ...]  # part -> how many climbs it led, most first


def show(request: HttpRequest) -> HttpResponseBase:
    """Who stood where the country stands and reached the goal in time."""
    if cleaner := without_empty(request):
        return redirect(cleaner)
    language = layout.language()
    (state, found), boxes = readable(request.GET, lambda query: _asked(query, language))
    own = figures(queries.survey(state.edition), state.place).rank
    context = {
        "asked": state,
        "boxes": boxes,
        "name": country(state.place, language),
        "rank": own,
        "counted": found,
        "figures": figures_of(CHARTS, state, language),
        "spans": YEARS,
        "countries": options(language, state.place),
    }
    return render(request, "index/climbers.html", context, status=boxes.status)


def _asked(query: QueryDict, language: str) -> tuple[Asked, Counted | None]:
    state = asked(query)
    return state, _counted(state, language, queries.data_version())


def one(request: HttpRequest, code: str, since: int, until: int) -> HttpResponse:
    """One climb: which parts moved, when, and what came after."""
    language, surveys = layout.language(), queries.surveys()
    found = climb(surveys, place(code).iso3, since, until)
    goal = asked(request.GET).to
    focus = layout.focus().iso3
    state = Asked(
        found.place,
        until,
        goal,
        places=() if focus == found.place else (focus,),
        years=until - since,
    )
    after = [(year, figures(surveys[year], found.place).rank) for year in surveys if year > until]
    back = {"to": goal} | ({"years": state.years} if state.years in YEARS else {})
    context = {
        "asked": state,
        "back": urlencode(back),
        "name": country(found.place, language),
        "focus": focus,
        "climb": found,
        "first": found.stops[0],
        "last": found.stops[-1],
        "lead": measure(found.leading.name),
        "when": _when(found),
        "steps": list(_steps(found)),
        "changes": [(stop.year, stop.breaks) for stop in found.stops[1:] if stop.breaks],
        "after": after,
        "stayed": all(rank is not None and rank <= goal for _year, rank in after),
        "figures": figures_of(CHARTS_OF_ONE, state, language),
    }
    return render(request, "index/climb.html", context)


@lru_cache(maxsize=256)
def _counted(state: Asked, language: str, _data_version: str) -> Counted | None:
    found = class_of(queries.surveys(), state)
    if found is None:
        return None
    reached, outside, passed = (
        tuple(_row(each, language) for each in episodes)
        for episodes in (found.reached, found.from_outside, found.passed)
    )
    leads = [row.lead for row in (*reached, *outside)]
    return Counted(
        found=found,
        share=_percent(found.share),
        within=_percent(found.within),
        countries=_percent(found.countries),
        reached=reached,
        outside=outside,
        passed=passed,
        ended_before=len(found.known_later),
        stayed=sum(bool(each.stayed(found.goal)) for each in found.known_later),
        led=tuple(sorted(((n, leads.count(n)) for n in set(leads)), key=lambda each: -each[1])),
    )


def _percent(share: Share) -> Percent:
    value = None if share.value is None else 100 * share.value
    return Percent(share.reached, share.starts, value, 100 * share.low, 100 * share.high)


def _row(each: Episode, language: str) -> Row:
    found = climb(queries.surveys(), each.place, each.since, each.until)
    lead = found.leading.name
    return Row(
        episode=each,
        name=country(each.place, language),
        lead=measure(lead),
        lead_from=found.stops[0].marks[lead].rank,
        lead_to=found.stops[-1].marks[lead].rank,
    )


def _when(found: Climb) -> tuple[int, int]:
    """The step in which the leading part moved most over the mean."""
    name = found.leading.name
    best = max(
        found.steps,
        key=lambda step: next(move.over_mean for move in step.moves if move.name == name),
    )
    return best.since, best.until


@dataclass(frozen=True, slots=True)
class Told:
    """One step in the table: places, points, and each part's points over the mean and ranks."""

    since: int
    until: int
    places: int
    points: float
    over_mean: float
    parts: tuple[tuple[str, float, int | None, int | None], ...]
    changed: str  # the parts whose method changed


def _steps(found: Climb) -> Iterator[Told]:
    marks = {stop.year: stop.marks for stop in found.stops}
    gained, ahead = printed(found, over_mean=False), printed(found, over_mean=True)
    for step, (points, _parts), (over, parts) in zip(found.steps, gained, ahead, strict=True):
        yield Told(
            since=step.since,
            until=step.until,
            places=step.places,
            points=points,
            over_mean=over,
            parts=tuple(
                (
                    SHORT_NAMES[name],
                    value,
                    marks[step.since][name].rank,
                    marks[step.until][name].rank,
                )
                for name, value in zip(PARTS, parts, strict=False)
            ),
            changed=broken(step.breaks),
        )
