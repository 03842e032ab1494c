"""The desk of those who assess features: what waits for their verdict or for a reviewer."""

from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from marra.door import stamp
from marra.inventory.queries import features as queries
from marra.inventory.queries.features import Entry
from marra.inventory.rules.assessing import STAGES, Stage, Verdict
from marra.people.rules.rights import Stamp, rights
from marra.web.gate import for_staff, may
from marra.web.inventory.features import line, lists, which

PAGE: Final = 50


@for_staff
def show(request: HttpRequest) -> HttpResponseBase:
    """What this person may assess or settle now, of the list that the address asks for."""
    who = stamp(request)
    of = request.GET.get("of", "")
    of = of if of in dict(lists()) else ""
    every = queries.register(who, *which(of))
    staged = queries.stages([each.row for each in every if each.row])
    to_settle, to_assess, given = [], [], 0
    for each in every:
        found = staged.get(each.row.pk) if each.row else None
        stage, verdicts = found or (Stage.OPEN, ())
        if _may_settle(who, each, stage, verdicts):
            to_settle.append(line(each))
        elif _may_assess(who, each, stage):
            own = any(verdict.by == who.by for verdict in verdicts)
            given += own
            if not own:
                to_assess.append((line(each), gettext(STAGES[stage])))
    pages = max(1, -(-len(to_assess) // PAGE))
    asked = request.GET.get("page", "1")
    page = min(max(int(asked) if asked.isdecimal() else 1, 1), pages)
    context = {
        "lists": lists(),
        "of": of,
        "to_settle": to_settle,
        "to_assess": to_assess[(page - 1) * PAGE : page * PAGE],
        "left": len(to_assess),
        "given": given,
        "page": page,
        "pages": pages,
        "done": request.GET.get("done"),
        "may_answer": _has(who, "features.answered"),
        "may_write": _has(who, "features.written"),
    }
    return render(request, "inventory/features_desk.html", context)


def _has(who: Stamp, deed: str) -> bool:
    """Whether this person has a right in any group or body at all."""
    return bool(who.scopes(*rights("inventory")[deed]))


def _may_assess(who: Stamp, each: Entry, stage: Stage) -> bool:
    group = each.row.group if each.row else ""
    return stage in (Stage.OPEN, Stage.ONE_IN) and may(who, "inventory", "feature.assessed", group)


def _may_settle(who: Stamp, each: Entry, stage: Stage, verdicts: tuple[Verdict, ...]) -> bool:
    group = each.row.group if each.row else ""
    return (
        stage is Stage.DIFFER
        and all(verdict.by != who.by for verdict in verdicts)
        and may(who, "inventory", "feature.reviewed", group)
    )
