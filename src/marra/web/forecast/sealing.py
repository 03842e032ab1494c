"""Sealing a forecast: asked, shown once more, then kept for ever."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marra.door import sentence, stamp
from marra.evidence.actions import forecasts as actions
from marra.evidence.rules.forecasts import LEAST_FUTURES
from marra.index.projection.futures import NoSuchGoal
from marra.index.projection.project import MOST
from marra.kit.errors import Refusal
from marra.web import layout
from marra.web.charts.future import futures, outlook
from marra.web.charts.words import of_100
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_administrators
from marra.web.index.changes import CountryField, CountrySelect

LARGEST_SEED: Final = 2**63 - 1


class SealForm(PageForm):
    """What is forecast, and from which seed."""

    title = forms.CharField(label=_("Title"), help_text=_("Readers will see it."), max_length=120)
    edition = forms.TypedChoiceField(label=_("Edition"), coerce=int)
    place = CountryField(label=_("Country"), help_text=_("Whose odds are scored."))
    k = forms.IntegerField(label=_("Goal: place"), min_value=1)
    futures = forms.IntegerField(
        label=_("Number of futures"), min_value=LEAST_FUTURES, max_value=MOST
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        help_text=_("Any whole number; the same one gives the same forecast."),
        min_value=0,
        max_value=LARGEST_SEED,
    )
    nowcast = forms.BooleanField(
        label=_("Take in the inputs of the next edition that are out already"), required=False
    )

    def __init__(self, data: Any) -> None:
        first = {
            "place": settings.COUNTRY,
            "k": settings.GOAL_RANK,
            "futures": 10_000,
            "seed": 0,
            "nowcast": True,
        }
        super().__init__(data, initial=first)
        self.fields["place"].widget = CountrySelect(layout.language())
        edition = self.fields["edition"]
        edition.choices = [(year, str(year)) for year in futures().editions]  # type: ignore[attr-defined]  # a TypedChoiceField


@for_administrators
def seal(request: HttpRequest) -> HttpResponse:
    """Ask, show what will be sealed, then seal it."""
    form = SealForm(request.POST or None)
    if not form.is_valid():
        return answer(request, "forecast/seal.html", form)
    told = form.cleaned_data
    refused = Refused()
    if "sealed" in request.POST:
        with refusals_into(refused):
            made = actions.seal_forecast(stamp(request), **told)
            return redirect(f"{reverse('sealed-forecast', args=(made.code,))}?done=sealed")
    else:
        try:
            odds = of_100(outlook(told["place"], told["edition"], told["k"]).p_top)
        except Refusal as refusal:
            form.add_error("k" if isinstance(refusal, NoSuchGoal) else None, sentence(refusal))
        else:
            return answer(request, "forecast/seal_check.html", form, told=told, odds=odds)
    return answer(request, "forecast/seal.html", form, refused if refused.errors else form)
