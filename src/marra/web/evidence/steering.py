"""What an indicator is to reach, and which body answers for it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marra.door import stamp
from marra.evidence.actions import steering as actions
from marra.evidence.queries import indicators
from marra.inventory.queries.bodies import choices
from marra.web import layout
from marra.web.evidence import words
from marra.web.evidence.fields import NumberField, day_field
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_deed


class Target(PageForm):
    """A value to reach by a day, and who set it."""

    value = NumberField(label=_("Value"))
    day = day_field(_("By when"))
    source = forms.CharField(
        label=_("Who set it"),
        help_text=_("The decision or the act, with number and day; readers will see it."),
        max_length=500,
    )


class Answering(PageForm):
    """The body that answers for an indicator."""

    body = forms.ChoiceField(label=_("State body"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices(layout.language())


@for_deed("evidence", "target.set")
def target(request: HttpRequest, code: str) -> HttpResponseBase:
    """Set what an indicator is to reach by a day."""
    measured = indicators.named(code)
    form = Target(request.POST or None)
    if form.is_valid():
        with refusals_into(form):
            place = layout.focus().iso3
            actions.set_target(stamp(request), code, place=place, **form.cleaned_data)
            return _back(code, "target")
    name, unit = words.name(measured), words.unit(measured)
    return answer(request, "evidence/target.html", form, code=code, name=name, unit=unit)


@for_deed("evidence", "target.withdrawn")
def withdraw_target(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask, then take a target back."""
    row = indicators.targets_for(stamp(request)).named(code)
    refused = Refused()
    if request.method == "POST":
        with refusals_into(refused):
            actions.withdraw_target(stamp(request), code)
            return _back(row.indicator, "target-withdrawn")
    measured = indicators.named(row.indicator)
    told = {
        "row": row,
        "name": words.name(measured),
        "value": words.with_unit(measured, row.value),
    }
    return answer(request, "evidence/target_withdraw.html", refused, None, **told)


@for_deed("evidence", "responsible.set")
def responsible(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say which body answers for an indicator."""
    measured = indicators.named(code)
    form = Answering(request.POST or None)
    if form.is_valid():
        with refusals_into(form):
            actions.set_responsible(stamp(request), code, **form.cleaned_data)
            return _back(code, "responsible")
    return answer(request, "evidence/responsible.html", form, code=code, name=words.name(measured))


def _back(code: str, done: str) -> HttpResponseBase:
    return redirect(f"{reverse('indicator', args=[code])}?done={done}")
