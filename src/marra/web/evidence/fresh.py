"""What is newer than the Survey: inputs that are out since, and what they would change."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from marra.door import stamp
from marra.evidence.queries import fresh as queries
from marra.evidence.rules.fresh import Line
from marra.evidence.rules.indicators import indicators
from marra.web import layout
from marra.web.evidence import words
from marra.web.kept import rests_on_records


@rests_on_records
def show(request: HttpRequest) -> HttpResponse:
    """The nowcast of the country in focus, input by input and all together."""
    found = queries.nowcast(layout.focus().iso3, stamp(request))
    unused, older = _newest([each for each in found.lines if not each.used])
    context = {
        "found": found,
        "gained": found.published.rank - found.nowcast.rank,
        "change": found.nowcast.egdi - found.published.egdi,
        "used": [_told(each) for each in found.lines if each.used],
        "unused": [_told(each) for each in unused],
        "older": older,
    }
    return render(request, "evidence/fresh.html", context)


def _newest(lines: list[Line]) -> tuple[list[Line], int]:
    """Of each indicator and basis the newest value only, and how many older ones there are."""
    found: dict[tuple[str, str], Line] = {}
    for each in lines:  # the newest first
        found.setdefault((each.candidate.indicator, each.candidate.basis), each)
    return list(found.values()), len(lines) - len(found)


def _told(line: Line) -> dict[str, object]:
    """One input as the page tells it."""
    given = line.candidate
    measured = indicators()[given.indicator]
    return {
        "code": given.indicator,
        "name": words.name(measured),
        "survey": words.value(measured, line.survey_value),
        "survey_year": line.survey_year,
        "value": words.with_unit(measured, given.value),
        "day": given.day,
        "basis": words.basis(measured, given.basis),
        "source": given.source,
        "why_not": gettext(line.why_not.value) if line.why_not else "",
        "egdi": line.egdi_change,
        "places": line.rank_change,
        "estimated": line.estimated,
    }
