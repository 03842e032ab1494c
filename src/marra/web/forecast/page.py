"""The forecast of a country: where it will stand if nothing changes, and what must change."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from marra.commission.queries import futures as everyone
from marra.evidence.queries import releases as queries
from marra.index.projection.futures import Outlook
from marra.index.projection.skill import skill
from marra.web import layout
from marra.web.charts.asked import Asked, one_of
from marra.web.charts.catalogue import chart
from marra.web.charts.future import futures, goal_editions, outlook
from marra.web.charts.words import country, of_100
from marra.web.forecast.known import Known, known
from marra.web.forecast.skill import nearer
from marra.web.forecast.takes import WISHES, Takes, takes
from marra.web.index.address import asked, without_empty
from marra.web.index.boxes import readable
from marra.web.index.choices import options
from marra.web.index.drawn import figures

WISHED: Final = tuple(f"{100 * each:.0f}" for each in WISHES)
WISH: Final = "80"
"""The odds that the ways are told for, until another is chosen."""

CHARTS: Final = ("forecast", "uplift")


@dataclass(frozen=True, slots=True)
class Ahead:
    """One edition that the goal can mean."""

    at: Outlook
    odds: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What the futures stand on."""

    origin: int
    futures: int
    seed: int
    method: str
    windows: tuple[tuple[int, int], ...]  # edition, and how many pairs of editions tell of it
    breaks: int  # editions whose method changed
    editions: int
    nearer: int  # of the forecasts made again for the past, how many beat today's place
    forecasts: int


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page says of a country with futures, made once per state and data version."""

    ahead: tuple[Ahead, ...]
    takes: tuple[Takes, ...]
    known: Known | None

    @property
    def rises(self) -> list[tuple[object, ...]]:
        """The rise of EGDI for each wish, in each edition."""
        columns = (each.rises for each in self.takes)
        return list(zip(WISHED, *columns, strict=True))

    def at(self, edition: int) -> Ahead:
        """What the futures say of one edition."""
        return next(each for each in self.ahead if each.at.edition == edition)


def show(request: HttpRequest) -> HttpResponseBase:
    """The country's futures."""
    if cleaner := without_empty(request):
        return redirect(cleaner)
    language, version = layout.language(), queries.data_version()
    state, boxes = readable(request.GET, asked)
    wish = one_of(request.GET.get("odds", ""), (WISH, *WISHED))
    page = _page(state, int(wish) / 100, language, version)
    meant = _meant()
    context = {
        "asked": state,
        "boxes": boxes,
        "name": country(state.place, language),
        "countries": options(language, state.place),
        "page": page,
        "meant": page.at(meant) if page else None,
        "wish": wish,
        "wishes": WISHED,
        "ground": _ground(version),
        "figures": figures(CHARTS, state, language) if page else (),
        "absent": "" if page else chart("forecast", state, language).title,
    }
    answer = render(request, "forecast/show.html", context, status=boxes.status)
    answer.headers["Cache-Control"] = "no-cache"  # how "by 2030" is read may be decided any day
    return answer


def _meant() -> int:
    """The edition that "by 2030" means, as decided or assumed."""
    return everyone.goal_editions()[0]


@lru_cache(maxsize=512)
def _page(state: Asked, wish: float, _language: str, _data_version: str) -> Page | None:
    """None where the country has no futures."""
    found = futures()
    if state.place not in found.places:
        return None
    editions = goal_editions(found)
    outlooks = [outlook(state.place, edition, state.to) for edition in editions]
    return Page(
        ahead=tuple(Ahead(at, of_100(at.p_top)) for at in outlooks),
        takes=tuple(takes(state.place, each, state.to, wish) for each in editions),
        known=known(state.place),
    )


@lru_cache(maxsize=4)
def _ground(_data_version: str) -> Ground:
    found, surveys, past = futures(), queries.surveys(), skill().tested
    return Ground(
        origin=found.origin,
        futures=found.futures,
        seed=found.seed or 0,
        method=found.method_version,
        windows=tuple((world.edition, len(world.learnt.windows)) for world in found.worlds),
        breaks=sum(bool(survey.edition.breaks) for survey in surveys.values()),
        editions=len(surveys),
        nearer=nearer(past),
        forecasts=len(past.cells),
    )
