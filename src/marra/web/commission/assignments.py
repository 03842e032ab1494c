"""Assignments in lists: all that is asked for, what one owes oneself, what waits for a verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from marra.commission.queries import assignments as queries
from marra.commission.queries import extensions
from marra.commission.rules.assignments import State
from marra.door import stamp
from marra.kit.days import end_of_next_month
from marra.people.queries import names
from marra.people.rules.rights import Role, Stamp
from marra.web.commission.assignment_lines import Filter, Line, days_over, line
from marra.web.formats import whole_number
from marra.web.gate import for_staff, may

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment
    from marra.store import Named

PAGE: Final = 50
MOST_PAGES: Final = 99_999
IN_A_PART: Final = 20


def by_name(choice: tuple[str, str]) -> str:
    """The second of a pair: choices are sorted by what people read."""
    return choice[1]


@for_staff
def index(request: HttpRequest) -> HttpResponse:
    """The assignments this person may know of, as the address asks for them."""
    who = stamp(request)
    today = who.at.date()
    form = Filter(request.GET or None, who=who)
    rows = queries.asked_for(queries.visible_to(who), form.asked(), today)
    page = _page(request.GET.get("page", ""))
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    tally = queries.counts(who, today)
    filtered = any(request.GET.get(name) for name in form.fields)
    context = {
        "form": form,
        "lines": [line(each, today) for each in found[:PAGE]],
        "count": rows.count() if filtered else sum(tally[state] for state in State),
        "tally": tally,
        "page": page,
        "less": page - 1,
        "more": page + 1 if len(found) > PAGE else None,
        "filtered": filtered,
        "today": today,
        **ways(who),
        "done": request.GET.get("done"),
    }
    return render(request, "commission/assignments.html", context)


def ways(who: Stamp) -> dict[str, bool]:
    """Where this person may go from a list of assignments."""
    return {
        "may_make": any(may(who, "commission", "assignment.made", of) for _role, of in who.roles),
        "may_import": may(who, "commission", "assignments.imported"),
        "owes": bool(who.scopes(Role.EXECUTOR) - {""}),
        "judges": bool(who.scopes(Role.SECRETARY)),
        "answers": may(who, "commission", "extension.answered"),
        "may_remove": may(who, "commission", "assignment.removed"),
    }


def _page(written: str) -> int:
    return whole_number(written, MOST_PAGES) or 1


@dataclass(frozen=True, slots=True)
class Part:
    """Some of what a body owes, under a heading."""

    heading: str
    lines: list[Line]
    more: int  # that are not listed


@for_staff
def mine(request: HttpRequest) -> HttpResponse:
    """What the bodies owe for which this person acts: what is over, what falls due, what waits."""
    who = stamp(request)
    today = who.at.date()
    owed, until = queries.owed_by(who), end_of_next_month(today)
    parts = [
        _part(_("Returned for revision"), owed.filter(state="returned"), today),
        _part(_("Overdue"), owed.filter(deadline__lt=today).exclude(state="returned"), today),
        _part(
            _("Falls due by the end of next month"),
            owed.filter(deadline__range=(today, until)).exclude(state="returned"),
            today,
        ),
        _part(_("Later"), owed.filter(deadline__gt=until).exclude(state="returned"), today),
        _part(_("Waits for a verdict"), queries.waiting_of(who), today),
    ]
    context = {
        "parts": [each for each in parts if each.lines],
        "count": owed.count(),
        "overdue": owed.filter(deadline__lt=today).count(),
        "interim": [
            (each, days_over(each.due, today))
            for each in queries.interim_due(who, until)[:IN_A_PART]
        ],
        "me": who.by,
        "today": today,
        "until": until,
        **ways(who),
        "done": request.GET.get("done"),
    }
    return render(request, "commission/assignments_mine.html", context)


def _part(heading: str, rows: "Named[Assignment]", today: date) -> Part:
    found = list(rows[: IN_A_PART + 1])
    more = rows.count() - IN_A_PART if len(found) > IN_A_PART else 0
    return Part(heading, [line(each, today) for each in found[:IN_A_PART]], more)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One submission that waits for a verdict, or one question for more time."""

    line: Line
    by: str
    mine: bool  # submitted or asked by this very person, so somebody else answers
    asked: object = None


@for_staff
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a verdict of this person, the longest first, and who asks for more time."""
    who = stamp(request)
    today = who.at.date()
    rows = queries.to_judge(who)
    found = list(rows.prefetch_related("submissions")[:PAGE])
    asked = list(extensions.open_for(who)[:PAGE]) if ways(who)["answers"] else []
    known = names(_authors(found) | {each.asked_by for each in asked})
    context = {
        "waiting": [_waiting(each, known, who, today) for each in found],
        "count": rows.count(),
        "asked": [
            Waiting(
                line(each.assignment, today),
                known.get(each.asked_by, ""),
                each.asked_by == who.by,
                each,
            )
            for each in asked
        ],
        "today": today,
        **ways(who),
        "done": request.GET.get("done"),
    }
    return render(request, "commission/assignments_queue.html", context)


def _authors(rows: Iterable["Assignment"]) -> set[str]:
    return {each.made_by for row in rows for each in row.submissions.all()}


def _waiting(row: "Assignment", known: Mapping[str, str], who: Stamp, today: date) -> Waiting:
    latest = next(iter(row.submissions.all()), None)
    by = latest.made_by if latest else ""
    return Waiting(line(row, today), known.get(by, ""), by == who.by)
