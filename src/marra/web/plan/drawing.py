"""The charts of a plan by themselves: page, pictures and rows, as every chart has them.

Source: ours; RFC 9110 for ETag.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from marra.door import stamp
from marra.web import layout
from marra.web.charts.catalogue import NoSuchChart
from marra.web.charts.chart import Chart, Look
from marra.web.charts.downloads import WRITERS
from marra.web.charts.rendering import picture, tag
from marra.web.index.chart import TYPES, NoSuchFile, look_of
from marra.web.plan.asking import State, state
from marra.web.plan.looking import keep_private, planned
from marra.web.plan.page import CHARTS

SAVED: Final = ("csv", "xlsx", "pdf")
"""Forms that a browser saves and does not show."""


def page(request: HttpRequest, name: str) -> HttpResponse:
    """A chart with its whole table, its files and its citation."""
    asked = state(request.GET, stamp(request))
    shown = render(request, "index/chart.html", {"chart": _chart(name, asked)})
    shown.headers["Cache-Control"] = keep_private(request, asked)
    return shown


def file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """A chart as a file: a picture, or its rows."""
    asked = state(request.GET, stamp(request))
    if form not in TYPES:
        raise NoSuchFile(kind=form[:20], kinds=", ".join(TYPES))
    chart = _chart(name, asked)
    size = Look() if form in WRITERS else look_of(request, form)
    key = tag(name, asked.query, asked.source.digest, size, form, chart.language, chart.table)
    if known := get_conditional_response(request, etag=f'"{key}"'):
        return known
    content = WRITERS[form](chart) if form in WRITERS else picture(lambda: chart, size, form, key)
    answer = HttpResponse(content, content_type=TYPES[form])
    keeping = "attachment" if form in SAVED else "inline"
    edition = asked.question.edition
    answer["Content-Disposition"] = f'{keeping}; filename="marra-{name}-{edition}.{form}"'
    answer["ETag"] = f'"{key}"'
    answer["Cache-Control"] = keep_private(request, asked)
    return answer


def _chart(name: str, asked: State) -> Chart:
    if name not in CHARTS:
        raise NoSuchChart(name=name[:40], names=", ".join(CHARTS))
    return CHARTS[name](planned(asked, layout.language()))
