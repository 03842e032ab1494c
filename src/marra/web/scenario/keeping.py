"""Kept scenarios: name and keep one, list the own ones, share, rename and archive them."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marra.commission.actions import scenarios as actions
from marra.commission.queries import scenarios
from marra.door import signed_in, stamp
from marra.index.projection.record import read
from marra.index.projection.scenario import Scenario
from marra.web import layout
from marra.web.charts.future import futures
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import post_only
from marra.web.scenario import asking
from marra.web.scenario.page import shown
from marra.web.scenario.sides import kept
from marra.web.scenario.told import Told, told

Page = HttpResponseBase


class Title(PageForm):
    """What a scenario is called."""

    title = forms.CharField(label=_("Name of the scenario"), max_length=120)


class FirstTitle(Title):
    """The title of one that is not kept yet."""

    title = forms.CharField(
        label=_("Name of the scenario"),
        help_text=_(
            "It is kept with its answer and its versions, and only you can read it until you "
            "share it."
        ),
        max_length=120,
    )


@signed_in
def keep(request: HttpRequest) -> Page:
    """Name a scenario and keep it with its answer."""
    everyone = futures()
    question = asking.whole(request.GET.urlencode(), everyone)
    found = asking.answer(question, everyone)
    form = FirstTitle(request.POST or None)
    if form.is_valid():
        with refusals_into(form):
            made = actions.keep_scenario(stamp(request), found=found, **form.cleaned_data)
            return redirect(f"{reverse('scenario-kept', args=[made.code])}?done=kept")
    words = told(found, layout.language())
    return answer(request, "scenario/keep.html", form, told=words, query=question.query)


@signed_in
def mine(request: HttpRequest) -> Page:
    """The own scenarios, those in use and those put away."""
    who = stamp(request)
    rows = [(row, _told(row.result)) for row in scenarios.own(who)]
    away = [(row, _told(row.result)) for row in scenarios.own(who, archived=True)]
    return render(request, "scenario/mine.html", {"rows": rows, "away": away})


def show(request: HttpRequest, code: str) -> Page:
    """A kept scenario, with the answer that was given then."""
    return _page(request, code, Refused())


def _page(request: HttpRequest, code: str, wrong: forms.Form) -> Page:
    row = kept(request, code)
    found = read(row.result)
    question = asking.Question(found.place, found.k, found.by, tuple(row.changes.items()))
    page = answer(
        request,
        "scenario/kept.html",
        wrong,
        row=row,
        own=row.owner == stamp(request).by,
        rename=Title(initial={"title": row.title}),
        done=request.GET.get("done"),
        anew=question.query,
        is_old=_is_old(found),
        **shown(found, urlencode({"s": row.code}), layout.language(), row.title),
    )
    page["Cache-Control"] = "private, no-store"
    return page


def _is_old(found: Scenario) -> bool:
    """Whether the same question would be answered from other figures or by another method now."""
    now = futures()
    told = (found.data_version, found.edition_version, found.method_version)
    return told != (now.data_version, now.edition_version, now.method_version)


@post_only
@signed_in
def rename(request: HttpRequest, code: str) -> Page:
    """Give an own scenario another title."""
    form = Title(request.POST)
    if form.is_valid():
        with refusals_into(form):
            actions.rename_scenario(stamp(request), code, **form.cleaned_data)
            return _back(code, "renamed")
    return _page(request, code, form)


@post_only
@signed_in
def share(request: HttpRequest, code: str) -> Page:
    """Let everybody who has the address read it, or nobody else."""
    form = Refused()
    is_public = request.POST.get("public") == "yes"
    with refusals_into(form):
        actions.share_scenario(stamp(request), code, is_public=is_public)
        return _back(code, "shared" if is_public else "closed")
    return _page(request, code, form)


@post_only
@signed_in
def archive(request: HttpRequest, code: str) -> Page:
    """Put a scenario out of the way."""
    form = Refused()
    with refusals_into(form):
        actions.archive_scenario(stamp(request), code)
        return redirect("scenarios")
    return _page(request, code, form)


def _told(result: dict[str, object]) -> Told:
    return told(read(result), layout.language())


def _back(code: str, done: str) -> Page:
    return redirect(f"{reverse('scenario-kept', args=[code])}?done={done}")
