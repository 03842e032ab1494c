"""Execution per quarter, for everybody: figures by body, and no word of any assignment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from marra.commission.rules.execution import Figures
from marra.commission.rules.ranking import Light, light
from marra.door import stamp
from marra.kit.text import Text
from marra.web.commission.quarter_asked import Chosen, latest, of, quarters, said
from marra.web.commission.report_parts import told
from marra.web.kept import rests_on_records

SIGNS = {Light.RED: "bad", Light.AMBER: "warn", Light.GREEN: "good", Light.NONE: "soft"}
"""The colour that goes with each word; never alone."""


@rests_on_records
def show(request: HttpRequest) -> HttpResponse:
    """What became of all that was due in a quarter, by its last day; as reported, if it was."""
    who = stamp(request)
    asked = request.GET.get("quarter") or latest(who)
    form = Chosen({"quarter": asked}, quarters(who))
    valid = form.is_valid()
    chosen = of(request, asked if valid else latest(who))
    found = chosen.found
    led = [each for each in found.bodies if each.led.total]
    helped = [each for each in found.bodies if each.helped.total]
    context = {
        "form": form,
        "quarter": said(chosen.written),
        "written": chosen.written,
        "found": found,
        "share": percent(found.total),
        "row": chosen.row,
        **(told(chosen.report) if chosen.report else {}),
        "parts": [
            ("led", _("As the body that leads"), [_row(b.name, b.led) for b in led]),
            ("helped", _("As a co-executor"), [_row(b.name, b.helped) for b in helped]),
        ],
    }
    return render(request, "commission/execution.html", context, status=200 if valid else 422)


def percent(figures: Figures) -> float | None:
    """The share on time in per cent; None where there is none."""
    share = figures.share_on_time
    return None if share is None else 100 * share


def lit(figures: Figures) -> tuple[str, str, int]:
    """The colour of some figures, its word and its number."""
    colour, number = light(figures)
    return SIGNS[colour], _(colour.value), number


def _row(name: Text, figures: Figures) -> tuple[Text, Figures, float | None]:
    return name, figures, percent(figures)
