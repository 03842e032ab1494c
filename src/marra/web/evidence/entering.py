"""Enter a value by hand, correct one, withdraw one; and the file that proves it."""

import re
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.door import stamp
from marra.evidence.actions import observations as actions
from marra.evidence.queries import indicators, observations
from marra.evidence.rules.indicators import Indicator
from marra.inventory.queries.bodies import choices
from marra.kit.errors import NotFound
from marra.kit.text import gettext_noop
from marra.people.rules import Role, Stamp, rights
from marra.web import formats, layout
from marra.web.evidence import words
from marra.web.evidence.fields import NumberField, day_field
from marra.web.files import ACCEPTED, sent
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_deed

ENTERED: Final = "observation.entered"


class NoProof(NotFound):
    """No file was kept with the value."""

    sentence = gettext_noop("No file was kept with {code}. Its source says where it is from.")


class Choice(PageForm):
    """Which indicator: its bases decide what the next form asks."""

    indicator = forms.ChoiceField(label=gettext_lazy("Indicator"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (each.code, words.name(each)) for each in indicators.indicators().values()
            ]


class Value(PageForm):
    """One value with all that one must know to use it."""

    value = NumberField(label=gettext_lazy("Value"))
    day = day_field(
        gettext_lazy("Day"),
        gettext_lazy("The day, or the last day of the period, that the value is of: 31.12.2025."),
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("Basis"),
        help_text=gettext_lazy("How it is counted. Values of two bases are two series."),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Who published it, and where; readers will see it."),
        max_length=500,
    )
    link = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=500)

    def __init__(self, measured: Indicator, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = words.unit(measured)
        basis = self.fields["basis"]
        if isinstance(basis, forms.ChoiceField):
            basis.choices = [
                (each.code, each.name.into(layout.language())) for each in measured.bases
            ]


class New(Value):
    """A new value: who reports it, and what proves it."""

    file = forms.FileField(
        label=gettext_lazy("File that proves it"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=500)
    reporter = forms.ChoiceField(label=gettext_lazy("Reported by"), required=False)
    is_public = forms.BooleanField(
        label=gettext_lazy("Show to everybody"), required=False, initial=True
    )

    def __init__(self, measured: Indicator, bodies: Iterable[tuple[str, str]], *args: Any,
                 **kwargs: Any) -> None:  # fmt: skip
        super().__init__(measured, *args, **kwargs)
        reporter = self.fields["reporter"]
        if isinstance(reporter, forms.ChoiceField):
            reporter.choices = list(bodies)


def reporters(who: Stamp) -> list[tuple[str, str]]:
    """For whom this person may report: their own bodies; with a role held everywhere, for all."""
    everywhere = any(of == "" and role in rights("evidence")[ENTERED] for role, of in who.roles)
    named = choices(layout.language())
    if everywhere:
        return [("", _("nobody in particular")), *named]
    own = who.scopes(Role.EXECUTOR)
    return [(code, name) for code, name in named if code in own]


class Correction(Value):
    """What is right, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Readers will see it beside the value."),
        max_length=500,
    )


class Withdrawal(PageForm):
    """Why a value is taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


@for_deed("evidence", ENTERED)
def new(request: HttpRequest) -> HttpResponse:
    """Choose the indicator, then enter the value."""
    code = request.GET.get("indicator", "")
    if code not in indicators.indicators():
        choice = Choice(request.GET or None) if code else Choice()
        return answer(request, "evidence/choose.html", choice)
    who, measured = stamp(request), indicators.named(code)
    form = New(measured, reporters(who), request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        given = {**form.cleaned_data, "file": (file.name, file.read()) if file else None}
        with refusals_into(form):
            made = actions.enter(who, indicator=code, place=layout.focus().iso3, **given)
            return redirect(_onward(code, request.GET.get("assignment", ""), made.code))
    return answer(
        request, "evidence/enter.html", form, measured=measured, name=words.name(measured)
    )


def _onward(indicator: str, assignment: str, made: str) -> str:
    """Back to the assignment that the value proves, else to the page of the indicator."""
    if re.fullmatch(r"[\w-]+", assignment):
        address = reverse("assignment-step", args=[assignment, "submit"])
        return f"{address}?observations={made}"
    return f"{reverse('indicator', args=[indicator])}?done=entered"


@for_deed("evidence", "observation.corrected")
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Put a right value in the place of a wrong one, or withdraw it on the same page."""
    row = observations.visible_to(stamp(request)).named(code)
    measured = indicators.named(row.indicator)
    initial = {name: getattr(row, name) for name in ("value", "day", "basis", "source", "link")}
    initial["value"] = formats.plain(row.value)
    form = Correction(measured, request.POST or None, initial=initial)
    if form.is_valid():
        with refusals_into(form):
            actions.correct(stamp(request), code, **form.cleaned_data)
            return redirect(f"{reverse('indicator', args=[row.indicator])}?done=corrected")
    value, name = words.value(measured, row.value), words.name(measured)
    return answer(request, "evidence/correct.html", form, row=row, name=name, value=value)


@for_deed("evidence", "observation.withdrawn")
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take a value back that should not have been entered."""
    row = observations.visible_to(stamp(request)).named(code)
    measured = indicators.named(row.indicator)
    form = Withdrawal(request.POST or None)
    if form.is_valid():
        with refusals_into(form):
            actions.withdraw(stamp(request), code, **form.cleaned_data)
            return redirect(f"{reverse('indicator', args=[row.indicator])}?done=withdrawn")
    value, name = words.value(measured, row.value), words.name(measured)
    return answer(request, "evidence/take_back.html", form, row=row, name=name, value=value)


def proof(request: HttpRequest, code: str) -> HttpResponse:
    """The file that proves a value, for those who may see the value."""
    row = observations.visible_to(stamp(request)).select_related("file").named(code)
    if row.file is None:
        raise NoProof(code=code)
    return sent(row.file)
