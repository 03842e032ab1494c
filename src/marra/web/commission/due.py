"""What falls due by the end of next month: the list that goes round twice a week.

Source: ours, after found practice: a list of everything that falls due by the end of next month,
and data entered before the deadline (news of the khokimiyat of Bukhara region, quoted).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.commission.queries import assignments as queries
from marra.commission.queries.assignments import Asked
from marra.commission.rules.assignments import OWED
from marra.door import stamp
from marra.inventory.queries.bodies import choices
from marra.kit.days import end_of_next_month
from marra.people.rules.rights import Stamp
from marra.web import layout
from marra.web.charts.chart import Cell, Column, Table
from marra.web.commission.assignment_lines import Line, line, open_groups
from marra.web.commission.session_papers import TYPES, WRITERS
from marra.web.formats import day, moment, whole_number
from marra.web.forms import PageForm
from marra.web.gate import for_staff
from marra.web.index.chart import NoSuchFile
from marra.web.paper.document import Block, Document, Grid, Words

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment
    from marra.store import Named

PAGE: Final = 50
MOST_PAGES: Final = 9_999
MOST_ON_PAPER: Final = 1_000

PARTS: Final = (gettext_noop("Overdue"), gettext_noop("This month"), gettext_noop("Next month"))
HEADS: Final = (
    ("number", gettext_noop("Number")),
    ("title", gettext_noop("What is to be done")),
    ("body", gettext_noop("Body that leads")),
    ("head", gettext_noop("First head")),
    ("deadline", gettext_noop("Deadline")),
    ("days", gettext_noop("Days")),
    ("state", gettext_noop("State")),
)


class Filter(PageForm):
    """Of whom the list is."""

    body = forms.ChoiceField(label=_("State body"), required=False)
    group = forms.ChoiceField(label=_("Working group"), required=False)

    def __init__(self, *args: Any, who: Stamp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", gettext("all"))]
        found = {"body": choices(layout.language()), "group": open_groups(who)}
        for name, offered in found.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = every + offered

    def asked(self, by: date) -> Asked:
        """What the address asks for; a field that makes no sense asks for nothing."""
        self.is_valid()
        given: Mapping[str, str] = getattr(self, "cleaned_data", {})
        return Asked(due_by=by, body=given.get("body", ""), group=given.get("group", ""))


@dataclass(frozen=True, slots=True)
class Part:
    """What is overdue, or falls due in one month, as far as this page reaches."""

    heading: str
    lines: list[Line]


@for_staff
def show(request: HttpRequest) -> HttpResponse:
    """The list, the earliest first, page by page."""
    who = stamp(request)
    today = who.at.date()
    by = end_of_next_month(today)
    form = Filter(request.GET or None, who=who)
    rows = _rows(who, form, by, today)
    page = whole_number(request.GET.get("page", ""), MOST_PAGES) or 1
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    context = {
        "form": form,
        "parts": _parts([line(each, today) for each in found[:PAGE]], today),
        "page": page,
        "less": page - 1,
        "more": page + 1 if len(found) > PAGE else None,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "today": today,
        "by": by,
        "by_written": day(by),
        **_tally(rows, today),
    }
    return render(request, "commission/due.html", context)


@for_staff
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The list on paper, whole."""
    if form not in WRITERS:
        raise NoSuchFile(kind=form[:20], kinds=", ".join(WRITERS))
    who = stamp(request)
    today = who.at.date()
    by = end_of_next_month(today)
    rows = _rows(who, Filter(request.GET or None, who=who), by, today)
    found = [line(each, today) for each in rows[:MOST_ON_PAPER]]
    paper = _paper(who, found, by, rows.count())
    answer = HttpResponse(WRITERS[form](paper), content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="marra-due-{by}.{form}"'
    return answer


def _rows(who: Stamp, form: Filter, by: date, today: date) -> "Named[Assignment]":
    rows = queries.asked_for(queries.visible_to(who), form.asked(by), today)
    return rows.order_by("deadline", "pk")


def _tally(rows: "Named[Assignment]", today: date) -> dict[str, int]:
    late = Q(deadline__lt=today, state__in=OWED)
    told = rows.order_by().aggregate(count=Count("pk"), overdue=Count("pk", filter=late))
    return {"count": told["count"], "overdue": told["overdue"]}


def _parts(lines: Iterable[Line], today: date) -> list[Part]:
    def at(each: Line) -> int:
        month = (each.row.deadline.year, each.row.deadline.month)
        return 0 if each.row.deadline < today else 1 + (month != (today.year, today.month))

    return [Part(gettext(PARTS[n]), list(some)) for n, some in groupby(lines, at)]


def _paper(who: Stamp, lines: list[Line], by: date, count: int) -> Document:
    """The list as a document, part by part; it says so if there is more than paper takes."""
    parts = _parts(lines, who.at.date())
    columns = tuple(Column(key, gettext(head), words=True) for key, head in HEADS)
    blocks: list[Block] = [
        Grid(Table(columns, tuple(_cells(each) for each in part.lines)), part.heading)
        for part in parts
    ]
    if count > len(lines):
        cut = gettext("The first {shown} of {count}; the whole list is in the workbook.")
        blocks.append(Words(cut.format(shown=len(lines), count=count), small=True))
    told = gettext("As of {moment}. Data are entered before the deadline.")
    return Document(
        layout.language(),
        title=gettext("Falls due by {day}").format(day=day(by)),
        foot=gettext("Source: Marra, assignments as of {moment}").format(moment=moment(who.at)),
        made_at=who.at,
        blocks=(
            Words(told.format(moment=moment(who.at)), centred=True),
            *(blocks or [Words(gettext("Nothing falls due."), centred=True)]),
        ),
    )


def _cells(each: Line) -> tuple[Cell, ...]:
    row = each.row
    head = row.head_name or "–"
    return row.number, row.title, each.body, head, day(row.deadline), each.days, each.state
