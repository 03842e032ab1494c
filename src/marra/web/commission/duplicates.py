"""Assignments that say nearly the same, side by side, so that one of the two can be removed."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marra.commission.queries.duplicates import SIMILAR, pairs
from marra.door import stamp
from marra.web.commission.assignment_lines import line
from marra.web.gate import for_staff, may

MOST: Final = 25


@for_staff
def show(request: HttpRequest) -> HttpResponse:
    """The likest pairs of the same body or clause."""
    who = stamp(request)
    today = who.at.date()
    found, count = pairs(who, MOST)
    context = {
        "pairs": [
            (each.percent, line(each.first, today), line(each.second, today)) for each in found
        ],
        "count": count,
        "least": round(SIMILAR * 100),
        "may_remove": may(who, "commission", "assignment.removed"),
    }
    return render(request, "commission/assignments_alike.html", context)
