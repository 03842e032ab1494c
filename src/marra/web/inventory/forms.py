"""One form, one action: how the pages that change the inventory answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from marra.inventory.rules.things import Field
from marra.people.rules.rights import Stamp, rights
from marra.web import formats, layout
from marra.web.forms import answer, refusals_into

if TYPE_CHECKING:
    from marra.inventory.models.bodies import StateBody
    from marra.inventory.models.functions import Function, Process, Service

    Thing = Function | Process | Service


def must(who: Stamp, deed: str, of: str | Sequence[str] = "") -> None:
    """Go on only if this person may do the deed to a thing of that body."""
    who.require(*rights("inventory")[deed], of=of)


def given(request: HttpRequest) -> Any:
    """What was sent, or nothing when the page is opened."""
    return request.POST if request.method == "POST" else None


def edit(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    body: "StateBody",
    heading: str,
    button: str,
    row: "Thing | None" = None,
    fields: Sequence[Field] = (),
    back: str = "",
) -> HttpResponseBase:
    """The page of a form; what is refused stands above it, and beside it what is said now."""
    if form.is_valid():
        told = dict(form.cleaned_data)
        if "version" in form.fields:
            told["version"] = told["version"] or 0
        with refusals_into(form):
            act(told)
            return redirect(back or f"{reverse('inventory-body', args=[body.code])}?done=saved")
        if row is not None:
            row.refresh_from_db()
    context: dict[str, Any] = {
        "body": body,
        "name": body.name.into(layout.language()),
        "heading": gettext(heading),
        "button": gettext(button),
        "row": row,
        "back": back,
        "now": now(row, fields) if row is not None and form.errors else [],
    }
    return answer(request, "inventory/edit.html", form, **context)


def now(row: "Thing", fields: Sequence[Field]) -> list[tuple[str, str]]:
    """What stands in the row, field by field, in words."""
    found = []
    for field in fields:
        value = getattr(row, field.name.lower())
        if hasattr(value, "all"):
            value = "; ".join(
                str(getattr(each, "title", None) or _name(each)) for each in value.all()
            )
        found.append((gettext(field.value), _told(field, value)))
    return found


def _name(each: Any) -> str:
    return str(each.name.into(layout.language()))


def _told(field: Field, value: Any) -> str:
    if value in (None, ""):
        return formats.NOTHING
    if field in (Field.PROTECTED_SHARE, Field.AUTOMATION):
        return f"{formats.plain(value * 100)} %"
    if isinstance(value, int | float):
        return formats.plain(value)
    if hasattr(value, "strftime"):
        return formats.day(value)
    return str(getattr(value, "title", value))


def written(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as a form writes them: numbers with a comma, shares in per cent.

    >>> written({"minutes": 7.5, "protected_share": 0.12, "volume": None})
    {'minutes': '7,5', 'protected_share': '12', 'volume': ''}
    """
    return {name: _written(name, value) for name, value in values.items()}


def _written(name: str, value: Any) -> Any:
    if value is None:
        return ""
    if name in ("protected_share", "automation"):
        return formats.plain(round(value * 100, 6))
    if isinstance(value, float) or (isinstance(value, int) and name != "version"):
        return formats.plain(value).replace(formats.NO_BREAK_SPACE, "")
    return value
