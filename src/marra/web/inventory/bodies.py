"""Open, change and close state bodies."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marra.door import stamp
from marra.inventory.actions import bodies as actions
from marra.inventory.queries.bodies import bodies, named
from marra.inventory.rules.bodies import KINDS
from marra.inventory.rules.bodies import named as called
from marra.web import layout
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_deed
from marra.web.inventory.fields import Sure, choose

if TYPE_CHECKING:
    from marra.inventory.models.bodies import StateBody


class BodyForm(PageForm):
    """What a body is called, what it is, and where it lies in the tree."""

    uz = forms.CharField(label=_("Name in Uzbek (Latin letters)"), max_length=200)
    uz_cyrl = forms.CharField(
        label=_("Name in Uzbek (Cyrillic letters)"),
        help_text=_("Left empty, it is written from the Latin name by rule."),
        required=False,
        max_length=200,
    )
    ru = forms.CharField(label=_("Name in Russian"), max_length=200)
    en = forms.CharField(label=_("Name in English"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"))
    parent = forms.ChoiceField(label=_("Lies under"), required=False)
    stir = forms.CharField(label=_("STIR, nine digits"), required=False, max_length=20)
    head_name = forms.CharField(label=_("First head, by name"), required=False, max_length=120)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, besides: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = layout.language()
        others = [(b.code, b.name.into(language)) for b in bodies() if b.code != besides]
        above = [("", gettext("nothing")), *sorted(others, key=lambda each: each[1])]
        kinds = [(code, gettext(kind)) for code, kind in KINDS.items()]
        choose(self, {"kind": kinds, "parent": above})


def _told(form: BodyForm) -> dict[str, Any]:
    told = dict(form.cleaned_data)
    names = [told.pop(name) for name in ("uz", "ru", "en", "uz_cyrl")]
    return {**told, "name": called(*names)}


@for_deed("inventory", "body.opened")
def new(request: HttpRequest) -> HttpResponseBase:
    """Open a body."""
    form = BodyForm(request.POST or None)
    if form.is_valid():
        with refusals_into(form):
            told = _told(form)
            told.pop("version")
            made = actions.open_body(stamp(request), **told)
            return redirect(f"{reverse('inventory-body', args=[made.code])}?done=opened")
    return answer(request, "inventory/body_edit.html", form, row=None)


@for_deed("inventory", "body.changed")
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change what is said of a body."""
    row = named(code)
    form = BodyForm(request.POST or None, initial=_initial(row), besides=code)
    if form.is_valid():
        with refusals_into(form):
            told = _told(form)
            told["version"] = told["version"] or 0
            actions.change_body(stamp(request), code, head_position=row.head_position, **told)
            return redirect(f"{reverse('inventory-body', args=[code])}?done=saved")
        row.refresh_from_db()
    return answer(request, "inventory/body_edit.html", form, row=row)


def _initial(row: "StateBody") -> dict[str, object]:
    names = ("kind", "stir", "head_name", "version")
    told: dict[str, object] = {name: getattr(row, name) for name in names}
    return {**told, **row.names, "parent": row.parent.code if row.parent else ""}


@for_deed("inventory", "body.closed")
def close(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask, then close a body."""
    row = named(code)
    form = Sure(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_into(form):
            actions.close_body(stamp(request), code)
            return redirect(f"{reverse('inventory')}?done=closed")
    context: dict[str, Any] = {
        "body": row,
        "name": row.name.into(layout.language()),
        "heading": gettext("Close this state body?"),
        "button": gettext("Close it"),
    }
    return answer(request, "inventory/edit.html", form, **context)
