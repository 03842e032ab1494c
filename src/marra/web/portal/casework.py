"""The work of officials on applications: the list with its clocks, and one application."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marra.door import stamp, terminal_stamp
from marra.links import registers
from marra.people.rules.rights import Stamp
from marra.portal.actions import corresponding, deciding
from marra.portal.queries import cases
from marra.portal.rules.clocks import left
from marra.portal.rules.keeper import decides
from marra.portal.rules.running import GRANTED
from marra.web import layout
from marra.web.files import sent
from marra.web.forms import PageForm, Refused, refusals_into
from marra.web.gate import for_deed, for_staff, post_only
from marra.web.portal import case_words
from marra.web.portal.asking import Asking

if TYPE_CHECKING:
    from marra.portal.models.cases import Case, CaseTask

PAGE: Final = 50
SHOWN: Final = (
    ("", _("all")),
    ("free", _("not taken")),
    ("mine", _("taken by me")),
    ("overdue", _("overdue")),
)


class Filters(PageForm):
    """Which work to show."""

    show = forms.ChoiceField(label=_("Which"), choices=SHOWN, required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=5000)


@for_staff
def index(request: HttpRequest) -> HttpResponse:
    """What waits for the bodies this person acts for; the nearest deadline first."""
    who = stamp(request)
    today = who.at.date()
    every = cases.open_work(who)
    form = Filters(request.GET)
    is_fit = form.is_valid()
    asked = form.cleaned_data.get("show") or ""
    rows = cases.of_work(every, asked, by=who.by, day=today)
    total, waiting, late = rows.count(), every.count(), cases.late(every, today).count()
    pages = max(1, -(-total // PAGE))
    page = min(form.cleaned_data.get("page") or 1, pages)
    context = {
        "form": form,
        "filtered": bool(asked),
        "lines": [_line(each, who) for each in rows[(page - 1) * PAGE : page * PAGE]],
        "total": total,
        "waiting": waiting,
        "late": late,
        "page": page,
        "pages": pages,
        "done": request.GET.get("done"),
        "today": today,
    }
    return render(request, "portal/case_work.html", context, status=200 if is_fit else 422)


def _line(task: "CaseTask", who: Stamp) -> dict[str, Any]:
    row = task.case
    days = left(row.due_on, who.at.date())
    return {
        "code": row.code,
        "service": row.service.name.into(layout.language()),
        "step": task.name,
        "sent": row.sent_at,
        "due": row.due_on,
        "clock": case_words.clock(row, days),
        "is_late": days is not None and days < 0,
        "is_mine": task.taken_by == who.by,
        "is_taken": bool(task.taken_by),
    }


@for_deed("portal", "case.taken")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One application as the body reads it."""
    return _page(request, stamp(request), code)


@for_deed("portal", "case.taken")
def file(request: HttpRequest, code: str, file: str) -> HttpResponse:
    """A file that the applicant attached."""
    return sent(cases.file_of(cases.worked_on(stamp(request), code), file))


def _page(
    request: HttpRequest, who: Stamp, code: str, wrong: forms.Form | None = None
) -> HttpResponse:
    row = cases.worked_on(who, code)
    task, language = cases.task_of(row), layout.language()
    asking = _asking(row, task, request) if task else None
    if asking is not None and asking.is_bound:
        asking.judge(asking.read(request.POST), who.at)
    days = left(row.due_on, who.at.date())
    context = {
        "case": row,
        "task": task,
        "name": row.service.name.into(language),
        "clock": case_words.clock(row, days),
        "is_late": days is not None and days < 0 and row.stage == "running",
        "standing": case_words.standing(cases.standing_of(row)),
        "answers": case_words.answers(row, language),
        "events": case_words.events(cases.events(row, inside=True)),
        "messages": row.messages.all(),
        "is_mine": task is not None and task.taken_by == who.by and task.state == "open",
        "is_free": task is not None and not task.taken_by and task.state == "open",
        "is_own": row.applicant == who.by,
        "decides": task is not None and _decides(row, task),
        "form": asking,
        "wrong": wrong,
        "newer": cases.newer(row),
        "done": request.GET.get("done"),
    }
    return render(request, "portal/case.html", context, status=422 if wrong else 200)


def _decides(row: "Case", task: "CaseTask") -> bool:
    process = cases.ready(row).process
    return process is not None and decides(process, task.element, GRANTED)


def _asking(row: "Case", task: "CaseTask", request: HttpRequest) -> Asking | None:
    """The questions that the task asks of the official."""
    form = cases.ready(row).forms.get(task.does)
    if form is None:
        return None
    data = request.POST if request.method == "POST" and "decide" in request.POST else None
    return Asking(form, form.pages, answers={}, data=data)


Act = Callable[[HttpRequest, Stamp, "Case", int], object]


def _written(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "")[:5000]


def _decide(request: HttpRequest, who: Stamp, row: "Case", number: int) -> object:
    task = cases.task_of(row)
    asking = _asking(row, task, request) if task else None
    answers = asking.read(request.POST) if asking else {}
    wanted = request.POST.get("decide")
    if wanted == "finish":
        return deciding.finish(who, row.code, number=number, answers=answers)
    return deciding.decide(
        who,
        row.code,
        number=number,
        granted=wanted == "grant",
        ground=_written(request, "ground"),
        answers=answers,
    )


STEPS: Final[dict[str, tuple[str, Act]]] = {
    "take": ("case.taken", lambda _r, who, row, n: deciding.take(who, row.code, number=n)),
    "give-back": (
        "case.given-back",
        lambda _r, who, row, n: deciding.give_back(who, row.code, number=n),
    ),
    "return": (
        "case.returned",
        lambda r, who, row, n: deciding.return_case(
            who, row.code, number=n, why=_written(r, "why")
        ),
    ),
    "decide": ("case.decided", _decide),
    "say": (
        "case.message-sent",
        lambda r, who, row, _n: corresponding.say(who, row.code, text=_written(r, "text")),
    ),
    "move": ("case.moved", lambda _r, who, row, _n: deciding.move_version(who, row.code)),
}


def _step(name: str) -> Callable[[HttpRequest, str], HttpResponseBase]:
    deed, act = STEPS[name]

    @for_deed("portal", deed)
    @post_only
    def doing(request: HttpRequest, code: str) -> HttpResponseBase:
        who = stamp(request)
        row = cases.worked_on(who, code)
        number = request.POST.get("number", "0")
        form = Refused()
        with refusals_into(form):
            act(request, who, row, int(number) if number.isdecimal() and len(number) < 9 else 0)
            registers.answer(terminal_stamp(), code)
            return redirect(f"{reverse('case-work', args=[code])}?done={name}")
        return _page(request, who, code, form)

    return doing


take, give_back, return_case, decide, say, move = (_step(name) for name in STEPS)
