"""Report on several assignments at once: one form, all of it kept or nothing."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from marra.commission.actions import progress
from marra.commission.queries import assignments as queries
from marra.door import stamp
from marra.web.commission.assignment_lines import line
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_deed

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment

MOST: Final = 30


class Reports(PageForm):
    """Percent and text of each; what is left as it was is not reported."""

    def __init__(self, *args: Any, rows: "list[Assignment]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[f"percent-{row.code}"] = forms.IntegerField(
                label=say("Done, per cent") + f": {row.number}",
                min_value=0,
                max_value=100,
                initial=row.percent,
            )
            self.fields[f"text-{row.code}"] = forms.CharField(
                label=say("What was done so far") + f": {row.number}",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def reports(self) -> dict[str, tuple[int, str]]:
        """What is new, by code."""
        told = {
            row.code: (
                self.cleaned_data[f"percent-{row.code}"],
                self.cleaned_data[f"text-{row.code}"],
            )
            for row in self.rows
        }
        before = {row.code: row.percent for row in self.rows}
        return {code: each for code, each in told.items() if each != (before[code], "")}


@for_deed("commission", "assignments.reported")
def many(request: HttpRequest) -> HttpResponseBase:
    """Tell how far the first thirty are that one owes."""
    who = stamp(request)
    rows = list(queries.owed_by(who)[:MOST])
    form = Reports(request.POST or None, rows=rows)
    if form.is_valid():
        with refusals_into(form):
            progress.report_many(who, reports=form.reports())
            return redirect(f"{reverse('assignments-mine')}?done=reported")
    lines = [
        (line(row, who.at.date()), form[f"percent-{row.code}"], form[f"text-{row.code}"])
        for row in rows
    ]
    context = {
        "lines": lines,
        "most": MOST,
        "hint": _("Leave a line as it is to pass it over."),
        "today": who.at.date(),
    }
    return answer(request, "commission/assignments_report.html", form, None, **context)
