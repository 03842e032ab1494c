"""Two to four scenarios side by side: what was changed, the odds, medians and bands of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.commission.queries import scenarios
from marra.commission.rules.scenarios import MOST_COMPARED
from marra.door import sentence, stamp
from marra.evidence.queries import releases as queries
from marra.index.projection.scenario import Ahead
from marra.kit.errors import Refusal
from marra.web import layout
from marra.web.charts.scenario_fan import Seen
from marra.web.charts.scenario_panels import best_odds, named, side_by_side
from marra.web.charts.two_fans import percent
from marra.web.forms import PageForm
from marra.web.scenario.sides import address_of, is_private, names, query_of, those
from marra.web.scenario.told import Told, told


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the comparison."""

    says: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One scenario of a comparison."""

    name: str
    told: Told
    url: str
    without: str  # the comparison without it


class Added(PageForm):
    """The scenario that is added."""

    s = forms.Field(
        label=gettext_lazy("The address of a scenario, or its code"),
        help_text=gettext_lazy("Copied from the page of a scenario."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def show(request: HttpRequest) -> HttpResponse:
    """The comparison, or how to begin one."""
    language = layout.language()
    written, seen, form = _readable(request)
    context: dict[str, object] = {
        "form": form,
        "sides": _sides(written, seen, language),
        "editions": _lines(seen),
        "own": _offered(request, written),
        "most": MOST_COMPARED,
        "has_room": len(seen) < MOST_COMPARED,
        "written": written,
        "query": query_of(written),
        "goals": len({each.found.k for each in seen}) > 1,
        "stale": len({each.found.data_version for each in seen}) > 1,
    }
    if seen:
        chart = side_by_side(queries.surveys(), seen, language, query_of(written)).measured()
        context |= {"chart": chart, "finding": best_odds(seen, language)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = render(request, "scenario/compare.html", context, status=status)
    if is_private(request):
        page["Cache-Control"] = "private, no-store"
    return page


def _readable(request: HttpRequest) -> tuple[list[str], list[Seen], Added]:
    """The names and the scenarios; the last one, just added, stays in its box if refused."""
    written = names(request)
    try:
        return written, those(request, written) if written else [], Added()
    except Refusal as refusal:
        *written, last = written
        form = Added({"s": last})
        form.add_error("s", sentence(refusal))
        return written, those(request, written) if written else [], form


def _sides(written: Sequence[str], seen: Sequence[Seen], language: str) -> list[Side]:
    return [
        Side(
            name=named(each, at + 1, language),
            told=told(each.found, language),
            url=address_of(each),
            without=f"?{urlencode([('s', other) for other in written if other != name])}",
        )
        for at, (name, each) in enumerate(zip(written, seen, strict=True))
    ]


def _lines(seen: Sequence[Seen]) -> list[tuple[int, list[Line]]]:
    """Odds, medians and bands of each edition that all of them have."""
    years = [at.edition for at in seen[0].found.editions] if seen else []
    shared = [y for y in years if all(y in [at.edition for at in s.found.editions] for s in seen)]
    return [(year, _edition([each.found.at(year) for each in seen])) for year in shared]


def _edition(ahead: Sequence[Ahead]) -> list[Line]:
    rows: Sequence[tuple[str, Callable[[Ahead], str]]] = (
        (_("Odds, %"), lambda at: f"{percent(at.before.p_top)} → {percent(at.after.p_top)}"),
        (_("Median place"), lambda at: f"{at.before.rank_median} → {at.after.rank_median}"),
        (_("Half of the futures"), lambda at: f"{at.after.rank_p25}–{at.after.rank_p75}"),
        (_("8 of 10 futures"), lambda at: f"{at.after.rank_p10}–{at.after.rank_p90}"),
    )
    return [Line(says, tuple(map(tell, ahead))) for says, tell in rows]


def _offered(request: HttpRequest, written: Sequence[str]) -> list[tuple[str, str]]:
    """Own scenarios that may be added."""
    rows = scenarios.own(stamp(request))
    return [(row.code, row.title) for row in rows if row.code not in written]
