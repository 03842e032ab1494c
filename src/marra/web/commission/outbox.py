"""What goes outside: what was sent, what waits, what failed and why, and whom nothing reaches."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from marra.commission.actions import posting as actions
from marra.commission.queries import posting as queries
from marra.commission.queries.unreached import unreached
from marra.commission.rules.notices import KINDS, gaps
from marra.commission.rules.posting import FAULTS, TOLD, Outcome, State
from marra.door import say, stamp
from marra.people.queries import names
from marra.people.rules.contacts import Way
from marra.web.commission.ladder import WAYS
from marra.web.commission.obligations import said
from marra.web.formats import whole_number
from marra.web.gate import for_deed, post_only

if TYPE_CHECKING:
    from marra.commission.models.notices import Delivery
    from marra.people.rules.rights import Stamp

PAGE: Final = 50
MOST_PAGES: Final = 9_999
SIGNS: Final = {State.SENT: "good", State.FAILED: "bad", State.READ: "soft"}


@dataclass(frozen=True, slots=True)
class Standing:
    """How one way does."""

    name: str
    is_connected: bool
    waiting: int
    sent: int
    failed: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One notice on its way."""

    row: "Delivery"
    name: str
    way: str
    text: str
    state: str
    sign: str
    fault: str


STATES: Final = (
    ("", gettext_noop("all")),
    *((each.value, TOLD[each]) for each in State if each is not State.SENDING),
)


@for_deed("commission", "deliveries.retried")
def show(request: HttpRequest) -> HttpResponse:
    """The state of each way, the latest messages, and the bodies that nobody acts for."""
    who = stamp(request)
    state = request.GET.get("state", "")
    rows = queries.visible_to(who)
    rows = rows.filter(state=state) if state in set(State) else rows
    page = whole_number(request.GET.get("page", ""), MOST_PAGES) or 1
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    known = names({each.notice.account for each in found})
    context = {
        "ways": _standings(who),
        "lines": [_line(each, known) for each in found[:PAGE]],
        "states": [(code, gettext(told)) for code, told in STATES],
        "state": state,
        "failed": queries.to_retry(who.at).count(),
        "unreached": [(said(body.names), body.code, n) for body, n in unreached()],
        "less": page - 1,
        "more": page + 1 if len(found) > PAGE else None,
        "done": request.GET.get("done"),
    }
    return render(request, "commission/outbox.html", context)


@for_deed("commission", "deliveries.retried")
@post_only
def retry(request: HttpRequest) -> HttpResponseBase:
    """Let what failed go again."""
    actions.retry(stamp(request))
    return redirect(f"{reverse('outbox')}?done=retried")


def _standings(who: "Stamp") -> list[Standing]:
    tally, last = queries.tally(who), queries.last_sent(who)
    connected = {Way.MAIL: settings.MAIL, Way.TELEGRAM: settings.TELEGRAM, Way.SMS: settings.SMS}
    return [
        Standing(
            name=gettext(WAYS[way]),
            is_connected=bool(connected[way]),
            waiting=tally.get((way, State.WAITING), 0) + tally.get((way, State.SENDING), 0),
            sent=tally.get((way, State.SENT), 0),
            failed=tally.get((way, State.FAILED), 0),
            last=last.get(way),
        )
        for way in Way
    ]


def _line(row: "Delivery", known: dict[str, str]) -> Line:
    state, notice = State(row.state), row.notice
    return Line(
        row=row,
        name=known.get(notice.account, ""),
        way=gettext(WAYS[Way(row.way)]),
        text=say(KINDS[notice.kind].sentence, gaps(notice.facts)),
        state=gettext(TOLD[state]),
        sign=SIGNS.get(state, "calm"),
        fault=gettext(FAULTS[Outcome(row.fault)]) if row.fault else "",
    )
