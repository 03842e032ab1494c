"""The chart of an indicator by itself: page, pictures and rows, as every chart has them.

Source: ours; RFC 9110 for ETag.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from marra.door import stamp
from marra.evidence.queries import indicators, observations, releases
from marra.evidence.queries.board import Line
from marra.evidence.queries.board import line as line_of
from marra.evidence.queries.fresh import publisher
from marra.evidence.rules.indicators import Indicator
from marra.evidence.rules.observations import Flag, Odd
from marra.web import layout
from marra.web.charts.catalogue import NoSuchChart
from marra.web.charts.chart import Chart, Look
from marra.web.charts.downloads import WRITERS
from marra.web.charts.rendering import draw, tag
from marra.web.charts.series import Dot, Drawn, series
from marra.web.evidence import words
from marra.web.evidence.asked import asked
from marra.web.index.chart import TYPES, NoSuchFile, look_of
from marra.web.templatetags.page import cited

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marra.evidence.models.observations import Observation

SAVED = ("csv", "xlsx", "pdf")


def page(request: HttpRequest, name: str) -> HttpResponse:
    """A chart with its whole table, its files and its citation."""
    shown = render(request, "index/chart.html", {"chart": _asked(request, name)})
    return _guarded(request, shown)


def file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """A chart as a file: a picture, or its rows."""
    if form not in TYPES:
        raise NoSuchFile(kind=form[:20], kinds=", ".join(TYPES))
    chart = _asked(request, name)
    look = Look() if form in WRITERS else look_of(request, form)
    key = tag(name, chart.query, look, form, chart.language, chart.table, chart.data_version)
    if known := get_conditional_response(request, etag=f'"{key}"'):
        return known
    content = WRITERS[form](chart) if form in WRITERS else draw(chart, look, form)
    answer = HttpResponse(content, content_type=TYPES[form])
    keeping = "attachment" if form in SAVED else "inline"
    code = request.GET.get("indicator", "").replace(".", "-")
    answer["Content-Disposition"] = f'{keeping}; filename="marra-{code}.{form}"'
    answer["ETag"] = f'"{key}"'
    return _guarded(request, answer)


def chart_of(measured: Indicator, found: Line, breaks: tuple[date, ...]) -> Chart | None:
    """The chart of an indicator; None where there is nothing to draw."""
    place, language = layout.focus().iso3, layout.language()
    dots = sorted((*_dots(measured, found), *_used(measured, place)), key=lambda dot: dot.day)
    if not dots:
        return None
    survey = releases.survey(releases.latest())
    goal = found.goal
    drawn = Drawn(
        code=measured.code,
        name=words.name(measured),
        unit=words.unit(measured),
        up=measured.up,
        digits=words.DIGITS.get(measured.unit, 0),
        dots=tuple(dots),
        breaks=breaks,
        target=(goal.value, goal.day, words.value(measured, goal.value)) if goal else None,
        data_version=survey.version,
        edition_version=survey.edition.version,
    )
    return series(drawn, language).measured()


def _asked(request: HttpRequest, name: str) -> Chart:
    chart = None
    if name == "series":
        measured = indicators.named(request.GET.get("indicator", "")[:60])
        who = stamp(request)
        found = line_of(measured, layout.focus().iso3, who, asked(who))
        chart = chart_of(
            measured, found, breaks(observations.flagged(found.points, who.at.date()))
        )
    if chart is None:
        raise NoSuchChart(name=name[:40], names="series")
    return chart


def _dots(measured: Indicator, found: Line) -> list[Dot]:
    return [
        Dot(
            each.day,
            each.value,
            words.basis(measured, each.basis),
            cited(each.source),
            words.value(measured, each.value),
        )
        for each in found.points
    ]


def _used(measured: Indicator, place: str) -> list[Dot]:
    """What the editions used of this component, where it is known."""
    found = []
    for survey in releases.surveys().values():
        raw = survey.input_facts.get((place, measured.code))
        if raw is not None:
            year = raw.data_year or survey.edition.data_year or survey.year
            told = words.value(measured, raw.value)
            source = cited(publisher(raw.source))
            found.append(Dot(date(year, 12, 31), raw.value, _("used by the Survey"), source, told,
                             is_survey=True))  # fmt: skip
    return found


def breaks(flagged: "Sequence[tuple[Observation, Sequence[Odd]]]") -> tuple[date, ...]:
    """The days on which values came on another basis than before."""
    days = {row.day for row, odd in flagged if any(each.flag is Flag.BASIS for each in odd)}
    return tuple(sorted(days))


def _guarded(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """What is not public yet is kept by no browser."""
    private = observations.sees_all(stamp(request))
    answer["Cache-Control"] = "private, no-store" if private else "no-cache"
    return answer
