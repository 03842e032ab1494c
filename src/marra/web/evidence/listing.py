"""Every observation, newest first, filtered by its address."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.door import stamp
from marra.evidence.queries import indicators, observations
from marra.web import layout
from marra.web.evidence import words
from marra.web.formats import whole_number
from marra.web.forms import PageForm
from marra.web.kept import rests_on_records

if TYPE_CHECKING:
    from marra.evidence.models.observations import Observation
    from marra.store import Named

PAGE: Final = 50
MOST: Final = 99_999


class Filters(PageForm):
    """What to show of the observations."""

    indicator = forms.ChoiceField(label=gettext_lazy("Indicator"), required=False)
    origin = forms.ChoiceField(label=gettext_lazy("How it came"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        named = [(each.code, words.name(each)) for each in indicators.indicators().values()]
        told = {
            "indicator": named,
            "origin": [(code, _(says)) for code, says in words.ORIGINS.items()],
            "state": [("stands", _("stands")), ("corrected", _("corrected")),
                      ("withdrawn", _("withdrawn"))],
        }  # fmt: skip
        for name, choices in told.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("all")), *choices]


@dataclass(frozen=True, slots=True)
class Shown:
    """One observation in words."""

    row: "Observation"
    name: str
    value: str
    basis: str
    origin: str


@rests_on_records
def show(request: HttpRequest) -> HttpResponse:
    """Fifty observations of the country in focus, as far as this reader may see."""
    who, form = stamp(request), Filters(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = observations.visible_to(who).filter(place=layout.focus().iso3)
    found = _filtered(found, wanted).order_by("-day", "-id")
    page = _page(request.GET.get("page", ""))
    rows = list(found[(page - 1) * PAGE : page * PAGE + 1])
    told = {
        "form": form,
        "filtered": any(wanted.values()),
        "count": found.count(),
        "rows": [_shown(each) for each in rows[:PAGE]],
        "page": page,
        "less": page - 1,
        "more": page + 1 if len(rows) > PAGE else None,
        "works": observations.sees_all(who),
        "keeps_keys": who.is_administrator,
        "done": whole_number(request.GET.get("done", ""), MOST),
    }
    return render(request, "evidence/observations.html", told)


def _filtered(found: "Named[Observation]", wanted: dict[str, Any]) -> "Named[Observation]":
    for name in ("indicator", "origin"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    match wanted.get("state"):
        case "stands":
            return found.filter(stands=True)
        case "corrected":
            return found.filter(stands=False, withdrawn_at=None)
        case "withdrawn":
            return found.exclude(withdrawn_at=None)
    return found


def _page(written: str) -> int:
    return whole_number(written, MOST) or 1


def _shown(row: "Observation") -> Shown:
    measured = indicators.indicators().get(row.indicator)
    if measured is None:  # an indicator that a later list has no more
        return Shown(row, row.indicator, f"{row.value:g}", row.basis, row.origin)
    return Shown(
        row=row,
        name=words.name(measured),
        value=words.with_unit(measured, row.value),
        basis=words.basis(measured, row.basis),
        origin=_(words.ORIGINS.get(row.origin, row.origin)),
    )
