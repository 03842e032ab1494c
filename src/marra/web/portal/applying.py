"""Apply for a service: begin, one thing on a page, check the answers, send."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from marra.archive.actions import keep_file
from marra.door import stamp, terminal_stamp
from marra.flow.answers import first_open, path
from marra.flow.screens import CHECK, NoSuchStep, screen
from marra.links import registers, scanner
from marra.people.rules.rights import Stamp
from marra.portal.actions import applying
from marra.portal.queries import cases
from marra.portal.queries.catalogue import published
from marra.portal.rules.casework import NotADraft, NotOpen
from marra.portal.rules.services import State
from marra.web import layout
from marra.web.forms import Refused, answer, refusals_into
from marra.web.gate import for_deed
from marra.web.portal import catalogue
from marra.web.portal.asking import Asking

if TYPE_CHECKING:
    from marra.portal.models.cases import Case
    from marra.portal.queries.cases import Desk

BACK: Final = "check"


@for_deed("portal", "case.begun")
def begin(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is needed, and the way into a draft; a draft that was begun goes on."""
    who = stamp(request)
    row = published().named(code)
    form = Refused() if request.method == "POST" else None
    if form is not None:
        with refusals_into(form):
            made = applying.begin(who, code)
            registers.answer(terminal_stamp(), made.code)
            return redirect("application-fill", made.code)
    context = catalogue.told(row, who)
    if row.state != State.PUBLISHED or context["running"] is None:
        raise NotOpen(name=row.name)
    draft = cases.own(who).filter(service=row, stage="draft").first()
    status = 409 if form is not None else 200
    return render(
        request, "portal/apply.html", {**context, "form": form, "draft": draft}, status=status
    )


@for_deed("portal", "case.saved")
def fill(request: HttpRequest, code: str) -> HttpResponseBase:
    """Lead to the first page that is not answered well, or to the check of all."""
    row, desk = _open(request, code)
    page = first_open(desk.form, desk.whole, now=stamp(request).at)
    return redirect("application-page", row.code, page.id if page else CHECK)


@for_deed("portal", "case.saved")
def page(request: HttpRequest, code: str, step: str) -> HttpResponseBase:
    """One page of the form."""
    who = stamp(request)
    if step == CHECK and request.method == "POST" and _is_sent(who, code):
        return redirect(f"{reverse('application', args=[code])}?done=sent")
    row, desk = _open(request, code)
    if step == CHECK:
        return _check(request, row, desk)
    told = screen(desk.form, step, desk.whole, layout.language(), now=who.at)
    asked = desk.form.page(step)
    if asked is None:
        raise NoSuchStep(step=step[:60])
    data = request.POST if request.method == "POST" else None
    kept = cases.files_in(desk.form, desk.answers)
    names = cases.file_names(kept.values())
    form = Asking(
        desk.form,
        [asked],
        answers=desk.answers,
        given=desk.given,
        data=data,
        names={name: names.get(each, "") for name, each in kept.items()},
    )
    if data is not None:
        with refusals_into(form):
            answers = {**form.read(data), **_files(request, form, kept)}
            saved = applying.save_page(who, code, step=step, answers=answers)
            now = cases.desk(saved) or desk
            if form.judge(now.whole, who.at):
                return redirect("application-page", code, _next(request, now, step))
    return answer(
        request,
        "portal/page.html",
        form,
        case=row,
        name=row.service.name.into(layout.language()),
        screen=told,
        stand_in=form.told and registers.service().is_stand_in,
        returned=cases.why_returned(row),
    )


def _files(request: HttpRequest, form: Asking, before: Mapping[str, str]) -> dict[str, str]:
    """Codes of the files that answer a page: those sent now, looked at and kept, or before."""
    found = {name: before[name] for name in form.for_files() if name in before}
    for name in form.for_files():
        sent = request.FILES.get(name)
        if sent is not None:
            content = sent.read()
            scanner.service().look(sent.name or "", content)
            kept = keep_file(stamp(request), name=sent.name or "", content=content)
            found[name] = kept.code
    return found


def _next(request: HttpRequest, desk: "Desk", step: str) -> str:
    """The page after this one; straight back to the check for whoever came from there."""
    if request.GET.get("back") == BACK:
        page = first_open(desk.form, desk.whole, now=stamp(request).at)
        return page.id if page else CHECK
    codes = [each.id for each in path(desk.form, desk.whole, now=stamp(request).at)]
    after = codes[codes.index(step) + 1 :] if step in codes else codes
    return after[0] if after else CHECK


def _check(request: HttpRequest, row: "Case", desk: "Desk") -> HttpResponseBase:
    """All answers, to be read once more and sent."""
    who = stamp(request)
    form = Refused() if request.method == "POST" else None
    if form is not None:
        with refusals_into(form):
            applying.submit(who, row.code)
            registers.answer(terminal_stamp(), row.code)
            return redirect(f"{reverse('application', args=[row.code])}?done=sent")
    told = screen(desk.form, CHECK, desk.whole, layout.language(), now=who.at)
    kept = cases.files_in(desk.form, desk.whole)
    names = cases.file_names(kept.values())
    for each in told["rows"]:
        each["given"] = each["name"] in desk.given
        if each["name"] in kept:
            each["shown"] = names.get(kept[each["name"]], "")
    context = {
        "case": row,
        "name": row.service.name.into(layout.language()),
        "screen": told,
        "form": form,
        "returned": cases.why_returned(row),
    }
    return render(request, "portal/check_answers.html", context, status=422 if form else 200)


def _is_sent(who: Stamp, code: str) -> bool:
    """Whether a repeated sending finds it sent, with nothing more asked."""
    row = cases.own(who).named(code)
    return row.sent_at is not None and (row.stage == "ended" or cases.desk(row) is None)


def _open(request: HttpRequest, code: str) -> tuple["Case", "Desk"]:
    """The application and what it asks now; refuses with `NotADraft`."""
    row = cases.own(stamp(request)).named(code)
    desk = cases.desk(row) if row.stage != "ended" else None
    if desk is None:
        raise NotADraft
    return row, desk
