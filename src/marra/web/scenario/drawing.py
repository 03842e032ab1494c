"""The charts of scenarios by themselves: page, pictures and rows, as every chart has them.

Source: ours; RFC 9110 for ETag.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from marra.evidence.queries import releases as queries
from marra.web import layout
from marra.web.charts.catalogue import NoSuchChart
from marra.web.charts.chart import Chart, Look
from marra.web.charts.downloads import WRITERS
from marra.web.charts.rendering import draw, tag
from marra.web.charts.scenario_fan import scenario_fan
from marra.web.charts.scenario_panels import side_by_side
from marra.web.index.chart import TYPES, NoSuchFile, look_of
from marra.web.scenario.sides import is_private, names, query_of, sides

CHARTS: Final = ("scenario", "scenarios")
SAVED: Final = ("csv", "xlsx", "pdf")
"""Forms that a browser saves and does not show."""


def page(request: HttpRequest, name: str) -> HttpResponse:
    """A chart with its whole table, its files and its citation."""
    shown = render(request, "index/chart.html", {"chart": _chart(request, name)})
    return _guarded(request, shown)


def file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """A chart as a file: a picture, or its rows.

    Pictures are drawn anew each time: a slider has too many places for all to be kept.
    """
    if form not in TYPES:
        raise NoSuchFile(kind=form[:20], kinds=", ".join(TYPES))
    chart = _chart(request, name)
    look = Look() if form in WRITERS else look_of(request, form)
    key = tag(name, chart.query, look, form, chart.language, chart.table, chart.data_version)
    if known := get_conditional_response(request, etag=f'"{key}"'):
        return known
    content = WRITERS[form](chart) if form in WRITERS else draw(chart, look, form)
    answer = HttpResponse(content, content_type=TYPES[form])
    keeping = "attachment" if form in SAVED else "inline"
    answer["Content-Disposition"] = f'{keeping}; filename="marra-{name}.{form}"'
    answer["ETag"] = f'"{key}"'
    return _guarded(request, answer)


def _chart(request: HttpRequest, name: str) -> Chart:
    if name not in CHARTS:
        raise NoSuchChart(name=name[:40], names=", ".join(CHARTS))
    surveys, language = queries.surveys(), layout.language()
    seen = sides(request)
    if name == "scenario":
        return scenario_fan(surveys, seen[0], language).measured()
    return side_by_side(surveys, seen, language, query_of(names(request))).measured()


def _guarded(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Kept scenarios may be closed again, so no browser keeps what it saw of them."""
    answer["Cache-Control"] = "private, no-store" if is_private(request) else "no-cache"
    return answer
