"""Two days compared: what was settled of features between them, and what that came to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.door import stamp
from marra.evidence.queries.sub_indices import known_weights
from marra.inventory.queries.feature_history import settled_rounds
from marra.inventory.rules.assessing import Settled, states_on
from marra.inventory.rules.features import MODULES, OSI, STATES, Feature, State, code_of, features
from marra.inventory.rules.sub_indices import estimate, parts
from marra.web import layout
from marra.web.commission.proving import day_field
from marra.web.forms import PageForm
from marra.web.inventory.features import SIGNS, lists, which
from marra.web.kept import rests_on_records


class Days(PageForm):
    """Which list, and between which days; the choice stands in the address."""

    of = forms.ChoiceField(label=_("Portal"), required=False)
    since = day_field(gettext_noop("From (day.month.year)"), required=False)
    until = day_field(gettext_noop("To (day.month.year)"), required=False)

    def __init__(self, data: object) -> None:
        super().__init__(data)
        field = self.fields["of"]
        if isinstance(field, forms.ChoiceField):
            field.choices = lists()


@rests_on_records
def show(request: HttpRequest) -> HttpResponse:
    """How far the features of a list were there on one day and on another."""
    asked = request.GET
    known = dict(lists())
    of = asked.get("of", "") if asked.get("of", "") in known else ""
    of_list, portal = which(of)
    rounds = settled_rounds(of_list, portal)
    first, last = _ends(rounds, stamp(request).at.date())
    checked = Days(asked)
    checked.is_valid()
    told = checked.cleaned_data
    since, until = sorted((told.get("since") or first, told.get("until") or last))
    written = {"of": of, "since": f"{since:%d.%m.%Y}", "until": f"{until:%d.%m.%Y}"}
    form = checked if checked.errors else Days(written)
    context = {
        "form": form,
        "portal": known[of] if of else "",
        "since": since,
        "until": until,
        "rounds": len(rounds),
        **_compared(of_list, portal, states_on(rounds, since), states_on(rounds, until)),
    }
    return render(request, "inventory/features_compare.html", context)


def _ends(rounds: tuple[Settled, ...], today: date) -> tuple[date, date]:
    """The day of the first round, and today."""
    return (rounds[0].at.date() if rounds else today), today


def _compared(
    of_list: str, portal: str, before: Mapping[str, State], after: Mapping[str, State]
) -> dict[str, Any]:
    listed = features(of_list)
    of_parts = [
        parts((each.module, states.get(code, State.UNKNOWN)) for code, each in listed.items())
        for states in (before, after)
    ]
    by = known_weights() if of_list == OSI else None
    moved = [
        _moved(each, portal, before.get(code, State.UNKNOWN), after.get(code, State.UNKNOWN))
        for code, each in listed.items()
        if before.get(code, State.UNKNOWN) != after.get(code, State.UNKNOWN)
    ]
    there = [sum(state is State.YES for state in each.values()) for each in (before, after)]
    return {
        "parts": [
            (gettext(MODULES[one.module]), one, other)
            for one, other in zip(*of_parts, strict=True)
        ],
        "estimates": [estimate(each, by) for each in of_parts] if by else [],
        "weights": by,
        "there": there,
        "more": there[1] - there[0],
        "moved": moved,
    }


def _moved(each: Feature, portal: str, before: State, after: State) -> dict[str, Any]:
    return {
        "code": code_of(each, portal),
        "number": each.code,
        "name": each.name.into(layout.language()),
        "module": gettext(MODULES[each.module]),
        "before": gettext(STATES[before]),
        "after": gettext(STATES[after]),
        "sign": SIGNS[after],
    }
