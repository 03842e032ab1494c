"""The forecast of a country: where it will stand if nothing changes, and what must change."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from marra.commission.queries.readings import reading
from marra.commission.rules.readings import BY_2030
from marra.evidence import queries
from marra.index.projection.futures import Futures, Outlook
from marra.index.projection.skill import skill
from marra.web import layout
from marra.web.charts.asked import Asked, one_of
from marra.web.charts.catalogue import chart
from marra.web.charts.future import futures, goal_editions, outlook
from marra.web.charts.words import country, of_100
from marra.web.forecast.known import known
from marra.web.forecast.skill import nearer
from marra.web.forecast.takes import WISHES, Takes, takes
from marra.web.index.address import asked, without_empty
from marra.web.index.choices import options
from marra.web.index.drawn import figures

WISH: Final = "80"
"""The odds that the ways are told for, until another is chosen."""

CHARTS: Final = ("forecast", "uplift")


@dataclass(frozen=True, slots=True)
class Ahead:
    """One edition that the goal can mean."""

    at: Outlook
    odds: str
    is_meant: bool  # by the reading of "by 2030"


@dataclass(frozen=True, slots=True)
class Ground:
    """What the futures stand on."""

    origin: int
    futures: int
    seed: int
    windows: tuple[tuple[int, int], ...]  # edition, and how many pairs of editions tell of it
    breaks: int  # editions whose method changed
    editions: int
    method: str


@dataclass(frozen=True, slots=True)
class Past:
    """How good such forecasts were, in two numbers."""

    nearer: int
    forecasts: int


def show(request: HttpRequest) -> HttpResponseBase:
    """The country's futures."""
    if cleaner := without_empty(request):
        return redirect(cleaner)
    state, language = asked(request.GET), layout.language()
    wishes = [f"{100 * each:.0f}" for each in WISHES]
    wish = one_of(request.GET.get("odds", ""), (WISH, *wishes))
    found = futures()
    there = state.place in found.places
    ahead = _ahead(found, state) if there else ()
    told = _takes(found, state, int(wish) / 100) if there else ()
    context = {
        "asked": state,
        "name": country(state.place, language),
        "countries": options(language, state.place),
        "there": there,
        "ahead": ahead,
        "meant": next((each for each in ahead if each.is_meant), None),
        "takes": told,
        "rises": list(zip(wishes, *(each.rises for each in told), strict=True)) if told else (),
        "wish": wish,
        "wishes": wishes,
        "known": known(state.place) if there else None,
        "ground": _ground(queries.data_version()),
        "backtest": Past(nearer(skill().tested), len(skill().tested.cells)),
        "figures": figures(CHARTS, state, language) if there else (),
        "absent": "" if there else chart("forecast", state, language).title,
    }
    page = render(request, "forecast/show.html", context)
    page.headers["Cache-Control"] = "no-cache"  # how "by 2030" is read may be decided any day
    return page


def _ahead(found: Futures, state: Asked) -> tuple[Ahead, ...]:
    meant = meant_edition(found)
    outlooks = [outlook(state.place, edition, state.to) for edition in goal_editions(found)]
    return tuple(Ahead(at, of_100(at.p_top), at.edition == meant) for at in outlooks)


def meant_edition(found: Futures) -> int:
    """The edition that "by 2030" means, as decided or assumed; the last one once it is past."""
    answer = int(reading(BY_2030).answer)
    editions = goal_editions(found)
    return answer if answer in editions else editions[-1]


def _takes(found: Futures, state: Asked, wish: float) -> tuple[Takes, ...]:
    return tuple(takes(state.place, each, state.to, wish) for each in goal_editions(found))


@lru_cache(maxsize=4)
def _ground(_data_version: str) -> Ground:
    found, surveys = futures(), queries.surveys()
    return Ground(
        origin=found.origin,
        futures=found.futures,
        seed=found.seed or 0,
        windows=tuple((world.edition, len(world.learnt.drift)) for world in found.worlds),
        breaks=sum(bool(survey.edition.breaks) for survey in surveys.values()),
        editions=len(surveys),
        method=found.method_version,
    )
