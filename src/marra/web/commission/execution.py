"""Execution per quarter, for everybody: figures by body, and no word of any assignment."""

from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.commission.queries import reports
from marra.commission.queries.assignments import reads_all
from marra.commission.queries.execution import execution
from marra.commission.rules.execution import Figures, closed_quarters, quarter_named
from marra.door import stamp
from marra.kit.days import quarter, quarter_of
from marra.kit.text import Text
from marra.web.commission.report_parts import told
from marra.web.forms import PageForm
from marra.web.kept import rests_on_records

QUARTERS: Final = 8
"""How many quarters can be chosen; what is not over yet has no figures for everybody."""


class Chosen(PageForm):
    """Which quarter; the choice stands in the address."""

    quarter = forms.ChoiceField(label=gettext_lazy("Quarter"), required=False)

    def __init__(self, data: object, quarters: list[str]) -> None:
        super().__init__(data)
        field = self.fields["quarter"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each, said(each)) for each in quarters]


@rests_on_records
def show(request: HttpRequest) -> HttpResponse:
    """What became of all that was due in a quarter, by its last day; as reported, if it was.

    The quarter that runs is for those who read every assignment; its figures still change.
    """
    who = stamp(request)
    today = who.at.date()
    closed = [f"{year}Q{number}" for year, number in closed_quarters(today, QUARTERS)]
    running = "{}Q{}".format(*quarter_of(today))
    quarters = [running, *closed] if reads_all(who) else closed
    asked = {"quarter": request.GET.get("quarter") or closed[0]}
    form = Chosen(asked, quarters)
    valid = form.is_valid()
    chosen = asked["quarter"] if valid else closed[0]
    start, end = quarter(*quarter_named(chosen))
    row = reports.published(*quarter_named(chosen))
    report = reports.read(row) if row else None
    found = report.execution if report else execution(start, end, on=min(end, today))
    led = [each for each in found.bodies if each.led.total]
    helped = [each for each in found.bodies if each.helped.total]
    context = {
        "form": form,
        "quarter": said(chosen),
        "found": found,
        "share": percent(found.total),
        "row": row,
        **(told(report) if report else {}),
        "parts": [
            ("led", _("As the body that leads"), [_row(b.name, b.led) for b in led]),
            ("helped", _("As a co-executor"), [_row(b.name, b.helped) for b in helped]),
        ],
    }
    return render(request, "commission/execution.html", context, status=200 if valid else 422)


def said(written: str) -> str:
    """A quarter in the reader's words."""
    year, number = quarter_named(written)
    return _("quarter %(number)s of %(year)s") % {"number": number, "year": year}


def percent(figures: Figures) -> float | None:
    """The share on time in per cent; None where there is none."""
    share = figures.share_on_time
    return None if share is None else 100 * share


def _row(name: Text, figures: Figures) -> tuple[Text, Figures, float | None]:
    return name, figures, percent(figures)
