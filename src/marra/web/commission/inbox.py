"""What somebody is told: their notices, the newest first, each leading to what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from marra.commission.actions import notices as actions
from marra.commission.queries import notices as queries
from marra.commission.rules.notices import KINDS, gaps
from marra.door import say, signed_in, stamp
from marra.web.formats import whole_number
from marra.web.gate import post_only

if TYPE_CHECKING:
    from marra.commission.models.notices import Notice

PAGE: Final = 50
MOST_PAGES: Final = 9_999


@dataclass(frozen=True, slots=True)
class Line:
    """One notice as the page tells it."""

    row: "Notice"
    text: str
    title: str  # of what it is about, as long as the reader may know of it
    opens: bool


def line(row: "Notice", titles: Mapping[str, str]) -> Line:
    """One notice in the reader's language."""
    text = say(KINDS[row.kind].sentence, gaps(row.facts))
    title = titles.get(row.thing, "")
    return Line(row, text, title, bool(title) or not KINDS[row.kind].is_about_one)


@signed_in
def show(request: HttpRequest) -> HttpResponse:
    """One's notices: those that were not read, or all."""
    who = stamp(request)
    mine = queries.visible_to(who)
    shows_all = request.GET.get("show") == "all"
    page = whole_number(request.GET.get("page", ""), MOST_PAGES) or 1
    rows = mine if shows_all else mine.filter(read_at=None)
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    titles = queries.subjects(who, found[:PAGE])
    context = {
        "lines": [line(each, titles) for each in found[:PAGE]],
        "shows_all": shows_all,
        "page": page,
        "less": page - 1,
        "more": page + 1 if len(found) > PAGE else None,
        "done": request.GET.get("done"),
    }
    return render(request, "commission/inbox.html", context)


@signed_in
@post_only
def open_one(request: HttpRequest, code: str) -> HttpResponseBase:
    """Note that it was read, and go to what it is about."""
    who = stamp(request)
    row = actions.read(who, code)
    kind = KINDS[row.kind]
    if not kind.is_about_one:
        return redirect(kind.page)
    if row.thing in queries.subjects(who, [row]):
        return redirect(reverse(kind.page, args=[row.thing]))
    return redirect("inbox")


@signed_in
@post_only
def read_all(request: HttpRequest) -> HttpResponseBase:
    """Note that all were read."""
    actions.read_all(stamp(request))
    return redirect(f"{reverse('inbox')}?done=read")
