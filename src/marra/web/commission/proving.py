"""Work on an obligation: accept a proof, take one back, set a day where the text has none."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from marra.commission.actions import obligations as actions
from marra.commission.queries import obligations as queries
from marra.door import stamp
from marra.web.commission.obligations import said
from marra.web.files import ACCEPTED
from marra.web.formats import NotANumber, parse_number
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_deed


def day_field(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    """A day, written as everywhere on our pages; a browser's own field writes it as it likes."""
    return forms.DateField(
        label=_(label),
        help_text=_(help_text) if help_text else "",
        required=required,
        input_formats=["%d.%m.%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            format="%d.%m.%Y", attrs={"autocomplete": "off", "inputmode": "decimal"}
        ),
        error_messages={"invalid": _("Write a day like 23.11.2026.")},
    )


class NumberField(forms.CharField):
    """A number with comma or point; None where nothing was written."""

    def clean(self, value: Any) -> Any:
        """The number."""
        written = super().clean(value)
        try:
            return parse_number(written) if written else None
        except NotANumber as wrong:
            raise forms.ValidationError(str(_(wrong.sentence)).format(**wrong.facts)) from None


class Proof(PageForm):
    """What shows that an obligation is met, or that it is not."""

    met = forms.ChoiceField(
        label=_("What does it show?"),
        choices=[("yes", _("the obligation is met")), ("no", _("the obligation is not met"))],
    )
    text = forms.CharField(
        label=_("What was done, and who accepted it"),
        help_text=_("One or two sentences with the number and day of the document."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    day = day_field(gettext_noop("Since when (day.month.year)"))
    value = NumberField(label=_("Value, if it is measured"), required=False, max_length=40)
    link = forms.URLField(
        label=_("Address of the proof"),
        help_text=_("A page where everybody can check it; or add a file below."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    file = forms.FileField(
        label=_("File of the proof"),
        help_text=_("PDF, DOCX, XLSX, CSV, TXT, PNG or JPG, at most 10 megabytes."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
    )


class Day(PageForm):
    """A deadline of the Commission's own."""

    due = day_field(gettext_noop("Deadline (day.month.year)"))
    reason = forms.CharField(
        label=_("Who decided it, and why"),
        help_text=_("For example the number and day of the minutes of a session."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@for_deed("commission", "obligation.proved")
def prove(request: HttpRequest, code: str) -> HttpResponseBase:
    """Accept a proof."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    form = Proof(request.POST or None, request.FILES or None, initial={"day": who.at.date()})
    if form.is_valid():
        given = dict(form.cleaned_data)
        file = given.pop("file")
        kept = (file.name, file.read()) if file else None
        given["met"] = given["met"] == "yes"
        with refusals_into(form):
            actions.prove(who, code, **given, file=kept)
            return _back(code, "proved")
    return answer(request, "commission/prove.html", form, None, row=row, what=said(row.what))


@for_deed("commission", "obligation.unproved")
def unprove(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask, then take a proof back."""
    who = stamp(request)
    proof = queries.proofs_for(who).named(code)
    refused = Refused()
    if request.method == "POST":
        with refusals_into(refused):
            actions.unprove(who, code)
            return _back(proof.obligation.code, "unproved")
    row = proof.obligation
    return answer(
        request,
        "commission/unprove.html",
        refused,
        None,
        proof=proof,
        row=row,
        what=said(row.what),
    )


@for_deed("commission", "obligation.day-set")
def set_day(request: HttpRequest, code: str) -> HttpResponseBase:
    """Set a deadline where the text has none."""
    who = stamp(request)
    whole = queries.one(who, code)
    row, before = whole.line.row, whole.line.asked.due
    form = Day(request.POST or None, initial={"due": before or date(who.at.year, 12, 31)})
    if form.is_valid():
        with refusals_into(form):
            actions.set_day(who, code, **form.cleaned_data)
            return _back(code, "day-set")
    return answer(
        request,
        "commission/set_day.html",
        form,
        None,
        row=row,
        what=said(row.what),
        before=before,
        days=whole.days,
    )


def _back(code: str, done: str) -> HttpResponse:
    return redirect(f"{reverse('obligation', args=[code])}?done={done}")
