"""One's own applications: the list, and one of them with its stages, term and messages."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marra.door import stamp
from marra.people.rules.rights import Stamp
from marra.portal.actions import applying, corresponding
from marra.portal.queries import cases, results
from marra.portal.rules.casework import Outcome, Stage, Standing
from marra.portal.rules.clocks import left
from marra.web import layout
from marra.web.files import sent
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_deed
from marra.web.inventory.forms import given
from marra.web.portal import case_words

if TYPE_CHECKING:
    from marra.portal.models.cases import Case

PAGE = 30
MARKS = (("5", _("5 – very good")), ("4", "4"), ("3", "3"), ("2", "2"), ("1", _("1 – very bad")))
ASKED = {Standing.DRAFT, Standing.OFFERED, Standing.RETURNED, Standing.ANSWERS}
"""Where a form waits for the applicant."""


class Saying(PageForm):
    """A message."""

    text = forms.CharField(label=_("Your message"), widget=forms.Textarea(attrs={"rows": 4}))


class Rating(PageForm):
    """A mark, and words if one likes."""

    mark = forms.ChoiceField(label=_("How was it?"), choices=MARKS, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What should be better? (not required)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Appealing(PageForm):
    """Why a refusal is wrong."""

    why = forms.CharField(
        label=_("Why do you not agree with the decision?"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@for_deed("portal", "case.begun")
def index(request: HttpRequest) -> HttpResponse:
    """All that this person asked for, the newest first."""
    who = stamp(request)
    rows = cases.own(who).prefetch_related("tasks")
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    asked = request.GET.get("page", "1")
    page = min(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, pages) or 1
    lines = [_line(each, who) for each in rows[(page - 1) * PAGE : page * PAGE]]
    context = {
        "lines": lines,
        "total": total,
        "page": page,
        "pages": pages,
        "done": request.GET.get("done"),
        "waiting": sum(each["is_asked"] for each in lines),
    }
    return render(request, "portal/applications.html", context)


def _line(row: "Case", who: Stamp) -> dict[str, Any]:
    standing = cases.standing_of(row)
    return {
        "code": row.code,
        "name": row.service.name.into(layout.language()),
        "standing": case_words.standing(standing),
        "is_asked": standing in ASKED or standing is Standing.PAYMENT,
        "at": row.sent_at or row.started_at,
        "is_draft": row.sent_at is None,
        "due": row.due_on if row.stage == Stage.RUNNING else None,
        "clock": case_words.clock(row, left(row.due_on, who.at.date())),
    }


@for_deed("portal", "case.begun")
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """One application; what is written on it goes to the body."""
    who = stamp(request)
    row = cases.own(who).prefetch_related("tasks").named(code)
    form = Saying(given(request))
    if form.is_valid():
        with refusals_into(form):
            corresponding.say(who, code, **form.cleaned_data)
            return _back(code, "said")
    return answer(request, "portal/application.html", form, **_told(row, who, request))


def _told(row: "Case", who: Stamp, request: HttpRequest) -> dict[str, Any]:
    standing, language = cases.standing_of(row), layout.language()
    ended = row.stage == Stage.ENDED and row.sent_at is not None
    return {
        "case": row,
        "name": row.service.name.into(language),
        "body": row.service.body.name.into(language) if row.service.body else "",
        "standing": case_words.standing(standing),
        "is_asked": standing in ASKED,
        "is_refused": standing is Standing.REFUSED,
        "to_pay": standing is Standing.PAYMENT,
        "returned": cases.why_returned(row),
        "clock": case_words.clock(row, left(row.due_on, who.at.date())),
        "runs": row.stage == Stage.RUNNING,
        "events": case_words.events(cases.events(row)),
        "messages": row.messages.all(),
        "answers": case_words.answers(row, language) if row.sent_at else [],
        "may_rate": ended and row.rating is None and row.outcome != Outcome.WITHDRAWN,
        "may_appeal": ended and row.outcome == Outcome.REFUSED and not row.appealed_at,
        "results": results.of_case(who, row.code),
        "done": request.GET.get("done"),
    }


@for_deed("portal", "case.begun")
def file(request: HttpRequest, code: str, file: str) -> HttpResponse:
    """A file that one attached oneself."""
    return sent(cases.file_of(cases.own(stamp(request)).named(code), file))


@for_deed("portal", "case.withdrawn")
def withdraw(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask once more before an application is taken back."""
    who = stamp(request)
    row = cases.own(who).named(code)
    form = PageForm(given(request))
    if form.is_valid():
        with refusals_into(form):
            applying.withdraw(who, code)
            if row.sent_at is None:
                return redirect(f"{reverse('applications')}?done=withdrawn")
            return _back(code, "withdrawn")
    return _step(request, form, row, "withdraw")


@for_deed("portal", "case.rated")
def rate(request: HttpRequest, code: str) -> HttpResponseBase:
    """Rate the service after its end."""
    who = stamp(request)
    row = cases.own(who).named(code)
    form = Rating(given(request))
    if form.is_valid():
        with refusals_into(form):
            told = form.cleaned_data
            corresponding.rate(who, code, mark=int(told["mark"]), words=told["words"])
            return _back(code, "rated")
    return _step(request, form, row, "rate")


@for_deed("portal", "case.appealed")
def appeal(request: HttpRequest, code: str) -> HttpResponseBase:
    """Appeal against a refusal."""
    who = stamp(request)
    row = cases.own(who).named(code)
    form = Appealing(given(request))
    if form.is_valid():
        with refusals_into(form):
            corresponding.appeal(who, code, **form.cleaned_data)
            return _back(code, "appealed")
    return _step(request, form, row, "appeal")


def _step(request: HttpRequest, form: PageForm, row: "Case", step: str) -> HttpResponse:
    name = row.service.name.into(layout.language())
    return answer(request, "portal/application_step.html", form, case=row, name=name, step=step)


def _back(code: str, done: str) -> HttpResponseBase:
    return redirect(f"{reverse('application', args=[code])}?done={done}")
