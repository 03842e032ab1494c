"""New services and the app: which came there first, which did not, and who allowed that."""

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from marra.commission.queries.obligations import starts
from marra.door import stamp
from marra.inventory.queries import services as queries
from marra.inventory.rules.app_first import AppFirst, Launch, share, stands
from marra.people.queries import names
from marra.people.rules.rights import Stamp
from marra.store import NothingNamed
from marra.web import layout
from marra.web.gate import is_staff, may
from marra.web.kept import rests_on_records

PAGE: Final = 50
MEASURE: Final = "portal.app-first-share"


def since(who: Stamp) -> date:
    """From when on the rule holds, as the act says; refuses with `NothingNamed` without an act."""
    found = starts(who).get(MEASURE)
    if found is None:
        raise NothingNamed(kind="obligation", code=MEASURE)
    return found


@rests_on_records
def index(request: HttpRequest) -> HttpResponse:
    """The register: each new service, whether it came to the app first, and the exceptions."""
    who = stamp(request)
    day = since(who)
    rows = queries.launches(queries.visible_to(who), day)
    told = rows.order_by().values_list("on_portal_since", "in_app_since", "exception_reason")
    found = share((Launch(portal, app, bool(why)) for portal, app, why in told), day)
    number = int(given) if (given := request.GET.get("page", "1")).isdecimal() else 1
    page = min(max(number, 1), 10_000)
    shown = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    lines = []
    for row in shown[:PAGE]:
        launch = Launch(row.on_portal_since, row.in_app_since, bool(row.exception_reason))
        standing = stands(launch, day)
        lines.append(
            (row, row.owner.name.into(layout.language()), gettext(standing.value), standing)
        )
    context = {
        "lines": lines,
        "share": found,
        "counted": found.first + found.later,
        "since": day,
        "page": page,
        "less": page - 1,
        "more": page + 1 if len(shown) > PAGE else None,
        "late": AppFirst.LATER,
        "names": names({row.exception_by for row in shown}) if is_staff(who) else {},
        "may_except": may(who, "inventory", "service.excepted"),
        "done": request.GET.get("done"),
    }
    return render(request, "inventory/app_first.html", context)
