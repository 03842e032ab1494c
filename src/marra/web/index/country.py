"""A country's page: where it stands, what separates it from a place, since when, among whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from marra.evidence.queries import releases as queries
from marra.index import explain
from marra.index.load import sources
from marra.index.survey import Survey
from marra.kit.places import place
from marra.web import layout
from marra.web.charts.asked import PEERS, Asked
from marra.web.charts.catalogue import chart
from marra.web.charts.chart import Chart
from marra.web.charts.reading import Figures, at_rank, figures, rank_within
from marra.web.charts.words import SHORT_NAMES, country, measure
from marra.web.index.address import asked
from marra.web.index.choices import options
from marra.web.index.drawn import figures as figures_of

WITHOUT_INDEX = ("trend", "pillars", "distribution")
CHARTS = ("gap", "profile", "trend", "pillars", "uncertainty", "peers", "distribution")


@dataclass(frozen=True, slots=True)
class Part:
    """One row of the first table: a measure, its rank, its change, the target's value."""

    name: str
    short: str
    value: float | None
    rank: int | None
    change: float | None
    target: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page says first."""

    rank: int | None
    ranked: int
    before: int | None  # the edition before, if there is one
    risen: int | None  # places gained since; negative when lost
    gap: float | None  # points of EGDI behind the target place; negative ahead
    rival: str
    is_target: bool  # the country is itself at the target place

    @property
    def fallen(self) -> int:
        """Places lost since the edition before."""
        return -(self.risen or 0)

    @property
    def lead(self) -> float:
        """Points of EGDI ahead of the target place."""
        return -(self.gap or 0.0)


@dataclass(frozen=True, slots=True)
class InputRow:
    """A raw input of the edition: the country's, the target's, and where it is from."""

    name: str
    unit: str
    own: float | None
    target: float | None
    year: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows, made once per state and data version."""

    answer: Answer
    parts: tuple[Part, ...]
    inputs: tuple[InputRow, ...]
    charts: tuple[Chart, ...]


def choose(request: HttpRequest) -> HttpResponseBase:
    """A country chosen in a form: on to its own address; the focal one when none is named."""
    code = place(request.GET.get("place") or settings.COUNTRY).iso3
    query = request.GET.copy()
    query.pop("place", None)
    address = redirect("country", code)
    address["Location"] += f"?{query.urlencode()}" if query else ""
    return address


def show(request: HttpRequest, code: str) -> HttpResponse:
    """A country in an edition, against a place in the ranking."""
    state = asked(request.GET, place=code)
    language = layout.language()
    page = _page(state, language, queries.data_version())
    context = {
        "asked": state,
        "name": country(state.place, language),
        "page": page,
        "years": sorted(queries.years(), reverse=True),
        "countries": options(language, state.place),
        "figures": figures_of([each.name for each in page.charts], state, language),
        "peers": [(kind, _(PEER_NAMES[kind])) for kind in PEERS],
        "query": state.query(("edition", "to")),
    }
    return render(request, "index/country.html", context)


PEER_NAMES = {
    "profile": gettext_noop("similar profile"),
    "subregion": gettext_noop("same part of the world"),
    "region": gettext_noop("same region"),
    "income": gettext_noop("same income group"),
    "climbers": gettext_noop("recent climbers"),
}


@lru_cache(maxsize=512)
def _page(state: Asked, language: str, _data_version: str) -> Page:
    survey = queries.survey(state.edition)
    earlier = [year for year in queries.years() if year < state.edition]
    before = queries.survey(max(earlier)) if earlier else None
    rival = survey.places[at_rank(survey, state.to)]
    own = figures(survey, state.place)
    shown: tuple[str, ...] = CHARTS if own.rank else WITHOUT_INDEX
    if rival == state.place:
        shown = tuple(name for name in shown if name != "gap")
    then = figures(before, state.place) if before else None
    return Page(
        answer=_answer(survey, own, then, max(earlier, default=None), rival),
        parts=tuple(_parts(survey, own, then, figures(survey, rival))),
        inputs=tuple(_inputs(survey, state.place, rival)),
        charts=tuple(chart(name, state, language) for name in shown),
    )


def _answer(
    survey: Survey, own: Figures, then: Figures | None, before: int | None, rival: str
) -> Answer:
    risen = then.rank - own.rank if then and then.rank and own.rank else None
    return Answer(
        rank=own.rank,
        ranked=len(survey.places),
        before=before,
        risen=risen,
        gap=explain(survey, own.place, to_place=rival).gap if own.rank else None,
        rival=rival,
        is_target=rival == own.place,
    )


def _parts(survey: Survey, own: Figures, then: Figures | None, target: Figures) -> Iterator[Part]:
    for name in ("egdi", "osi", "tii", "hci", "epi"):
        now, past = own.values[name], then.values[name] if then else None
        yield Part(
            name=measure(name),
            short="" if name == "egdi" else SHORT_NAMES[name],
            value=now,
            rank=rank_within(survey, own.place, name),
            change=None if now is None or past is None else now - past,
            target=target.values[name],
        )


def _inputs(survey: Survey, own: str, rival: str) -> Iterator[InputRow]:
    for name in survey.input_names:
        mine = survey.input_facts.get((own, name))
        theirs = survey.input_facts.get((rival, name))
        fact = mine or theirs
        if fact:
            yield InputRow(
                name=measure(name),
                unit=_(fact.unit),
                own=mine.value if mine else None,
                target=theirs.value if theirs else None,
                year=fact.data_year,
                source=_source(fact.source),
            )


def _source(code: str) -> str:
    """Titles behind a source code of the figures; `one+other` and `one@snapshot` occur."""
    known = [sources().get(part.split("@")[0]) for part in code.split("+")]
    return "; ".join(_(str(each["title"])) for each in known if each) or code
