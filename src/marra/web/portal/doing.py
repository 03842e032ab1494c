"""What officials do to a service: write it, keep its definition, publish, pause, withdraw it."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.commission.queries.obligations import starts
from marra.door import stamp
from marra.inventory.queries.bodies import choices
from marra.people.rules.rights import Stamp, rights
from marra.portal.actions import amounts as amount_actions
from marra.portal.actions import definitions as definition_actions
from marra.portal.actions import publishing, services
from marra.portal.queries import amounts, definitions
from marra.portal.queries import catalogue as queries
from marra.web import layout
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_deed
from marra.web.inventory.fields import choose
from marra.web.inventory.forms import given
from marra.web.portal.fields import BaseAmount, Bundle, Describing, Sure, Why, written
from marra.web.portal.work import MEASURE

if TYPE_CHECKING:
    from marra.portal.models.catalogue import Service


class Entering(PageForm):
    """A new service: whose, what it is called, and its address."""

    body = forms.ChoiceField(label=_("State body"))
    name_uz = forms.CharField(label=_("Name in Uzbek"), max_length=500)
    name_ru = forms.CharField(label=_("Name in Russian"), required=False, max_length=500)
    name_en = forms.CharField(label=_("Name in English"), required=False, max_length=500)


def _must(who: Stamp, deed: str, row: "Service") -> None:
    who.require(*rights("portal")[deed], of=row.body.code if row.body else "")


@for_deed("portal", "catalogue.entered")
def new(request: HttpRequest) -> HttpResponseBase:
    """Enter a service as a draft; everything else is written on its own page."""
    who = stamp(request)
    form = Entering(given(request))
    own = set(who.scopes(*rights("portal")["catalogue.entered"]))
    offered = [each for each in choices(layout.language()) if "" in own or each[0] in own]
    choose(form, {"body": offered})
    if form.is_valid():
        told = form.cleaned_data
        names = {each: told[f"name_{each}"] for each in ("uz", "ru", "en")}
        with refusals_into(form):
            made = services.enter(who, told["body"], names=names)
            return redirect(f"{reverse('catalogue-draft', args=[made.code])}?done=entered")
    return _page(request, form, gettext("Enter a service"), gettext("Enter it"))


@for_deed("portal", "catalogue.described")
def describe(request: HttpRequest, code: str) -> HttpResponseBase:
    """Write what the catalogue says of a service."""
    who = stamp(request)
    row = queries.work_of(who).named(code)
    _must(who, "catalogue.described", row)
    form = Describing(given(request), initial=written(row), who=who)
    if form.is_valid():
        with refusals_into(form):
            version = form.cleaned_data["version"] or 0
            services.describe(who, code, version=version, **form.told())
            return _back(code, "saved")
        row.refresh_from_db()
    return _page(request, form, gettext("What the catalogue says"), gettext("Save"), row)


@for_deed("portal", "definition.kept")
def keep(request: HttpRequest, code: str) -> HttpResponseBase:
    """Keep a definition from a file as the draft of the next version."""
    who = stamp(request)
    row = queries.work_of(who).named(code)
    _must(who, "definition.kept", row)
    form = Bundle(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refusals_into(form):
            definition_actions.keep_definition(who, code, bundle=form.document())
            return _back(code, "kept")
    return _page(request, form, gettext("Keep a definition"), gettext("Keep it"), row)


def bundle(request: HttpRequest, code: str) -> HttpResponse:
    """A version of a definition as a file."""
    found = definitions.readable(stamp(request), code)
    content = json.dumps(found.bundle, ensure_ascii=False, indent=2)
    sent = HttpResponse(content, content_type="application/json; charset=utf-8")
    name = f"{found.service.code}-{found.number}.json"
    sent["Content-Disposition"] = f'attachment; filename="{name}"'
    sent["Cache-Control"] = "private, no-store"
    return sent


Act = Callable[[Stamp, str, dict[str, str]], object]
STEPS: Final[Mapping[str, tuple[str, str, str, type[PageForm], Act]]] = {
    "publish": (
        "catalogue.published",
        gettext_noop("Publish this service?"),
        gettext_noop("Publish it"),
        Sure,
        lambda who, code, _told: publishing.publish(who, code, since=starts(who).get(MEASURE)),
    ),
    "pause": (
        "catalogue.paused",
        gettext_noop("Pause this service?"),
        gettext_noop("Pause it"),
        Why,
        lambda who, code, told: publishing.pause(who, code, **told),
    ),
    "resume": (
        "catalogue.resumed",
        gettext_noop("Let this service go on?"),
        gettext_noop("Let it go on"),
        Sure,
        lambda who, code, _told: publishing.resume(who, code),
    ),
    "withdraw": (
        "catalogue.withdrawn",
        gettext_noop("Withdraw this service?"),
        gettext_noop("Withdraw it"),
        Why,
        lambda who, code, told: publishing.withdraw(who, code, **told),
    ),
}


def _step(move: str) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """The page that asks before a move is made."""
    deed, heading, button, kind, act = STEPS[move]

    @for_deed("portal", deed)
    def asking(request: HttpRequest, code: str) -> HttpResponseBase:
        who = stamp(request)
        row = queries.work_of(who).named(code)
        _must(who, deed, row)
        form = kind(given(request))
        if form.is_valid():
            with refusals_into(form):
                act(who, code, form.cleaned_data)
                if move == "withdraw":
                    return redirect(f"{reverse('catalogue-work')}?done=withdrawn")
                return _back(code, move)
        return _page(request, form, gettext(heading), gettext(button), row)

    return asking


publish, pause, resume, withdraw = (_step(move) for move in STEPS)


@for_deed("portal", "base-amount.entered")
def base_amounts(request: HttpRequest) -> HttpResponseBase:
    """The amounts that fees are counted in, and a form for the next decree."""
    who = stamp(request)
    form = BaseAmount(given(request))
    if form.is_valid():
        with refusals_into(form):
            amount_actions.enter_amount(who, **form.cleaned_data)
            return redirect(f"{reverse('base-amounts')}?done=entered")
    every = amounts.all_amounts()[::-1]
    done = request.GET.get("done")
    return answer(request, "portal/amounts.html", form, amounts=every, done=done)


def _back(code: str, done: str) -> HttpResponseBase:
    return redirect(f"{reverse('catalogue-draft', args=[code])}?done={done}")


def _page(
    request: HttpRequest,
    form: forms.Form,
    heading: str,
    button: str,
    row: "Service | None" = None,
) -> HttpResponse:
    name = row.name.into(layout.language()) if row else ""
    return answer(
        request, "portal/edit.html", form, heading=heading, button=button, row=row, name=name
    )
