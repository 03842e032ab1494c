"""The work list of officials: which services are drafts, and what each of them lacks."""

from collections import Counter
from typing import TYPE_CHECKING, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marra.commission.queries.obligations import starts
from marra.door import stamp
from marra.inventory.queries import services as listed
from marra.inventory.queries.bodies import bodies
from marra.inventory.rules.app_first import AppFirst
from marra.people.rules.rights import Stamp
from marra.portal.queries import catalogue as queries
from marra.portal.queries import definitions, levels
from marra.portal.queries.catalogue import Asked
from marra.portal.rules import gate
from marra.portal.rules.gate import Gate
from marra.portal.rules.lacks import LACKS, needed
from marra.portal.rules.services import MOVES, PUBLIC, STATES, State
from marra.web import layout
from marra.web.forms import PageForm
from marra.web.gate import for_staff, may
from marra.web.portal import catalogue, words

if TYPE_CHECKING:
    from marra.portal.models.catalogue import Service
    from marra.store import Named

PAGE: Final = 50
FIRST: Final = 3
"""Things that the list names of what is lacking; the page of the service names all."""

MEASURE: Final = "portal.app-first-share"
DEEDS: Final = {
    "publish": "catalogue.published",
    "pause": "catalogue.paused",
    "resume": "catalogue.resumed",
    "withdraw": "catalogue.withdrawn",
}


class Filters(PageForm):
    """Which services of the work list to show."""

    q = forms.CharField(label=_("Words of the name"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False)
    lack = forms.ChoiceField(label=_("What it lacks"), required=False)
    body = forms.ChoiceField(label=_("State body"), required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=5000)

    def __init__(self, data: object, rows: "Named[Service]") -> None:
        super().__init__(data)
        language = layout.language()
        owners = bodies().filter(pk__in=queries.bodies_with_services(rows))
        choices = {
            "state": [(code.value, gettext(name)) for code, name in STATES.items()],
            "lack": [(code, gettext(name)) for code, name in LACKS.items()],
            "body": sorted(
                ((b.code, b.name.into(language)) for b in owners), key=lambda each: each[1]
            ),
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", gettext("all")), *offered]


@for_staff
def index(request: HttpRequest) -> HttpResponse:
    """The services this person works on, with what each lacks."""
    who = stamp(request)
    every = queries.work_of(who)
    form = Filters(request.GET, every)
    is_fit = form.is_valid()
    given = form.cleaned_data
    names = ("state", "lack", "body")
    asked = Asked(words=given.get("q") or "", **{name: given.get(name) or "" for name in names})
    rows = queries.asked_for(every, asked)
    told = list(every.order_by().values_list("state", "lacks"))
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(given.get("page") or 1, pages)
    lacking = Counter(code for state, codes in told if state == State.DRAFT for code in codes)
    context = {
        "form": form,
        "filters": [form[name] for name in ("q", *names)],
        "filtered": any(given.get(name) for name in ("q", *names)),
        "lines": [_line(each) for each in rows[(page - 1) * PAGE : page * PAGE]],
        "total": total,
        "page": page,
        "pages": pages,
        "drafts": sum(state == State.DRAFT for state, _ in told),
        "ready": sum(state == State.DRAFT and not needed(codes) for state, codes in told),
        "tally": [(code, gettext(LACKS[code]), lacking[code]) for code in LACKS if lacking[code]],
        "may_import": may(who, "portal", "catalogue.imported"),
        "done": request.GET.get("done"),
    }
    return render(request, "portal/work.html", context, status=200 if is_fit else 422)


def _line(row: "Service") -> dict[str, object]:
    missing, name = words.lacks(row.lacks), row.name.into(layout.language())
    return {
        "code": row.code,
        "name": name,
        "number": "" if row.number in name else f"№ {row.number}",
        "body": words.body_name(row),
        "state": words.state(row.state),
        "is_draft": row.state == State.DRAFT,
        "needed": (must := [name for name, is_needed in missing if is_needed]),
        "more": max(0, len(must) - FIRST),
        "better": [name for name, is_needed in missing if not is_needed],
    }


@for_staff
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One service as officials see it: what it lacks, the gate, its versions, what can be done."""
    who = stamp(request)
    row = queries.work_of(who).named(code)
    missing = words.lacks(row.lacks)
    of = row.body.code if row.body else ""
    moves = [
        move
        for move, (before, _) in MOVES.items()
        if State(row.state) in before and may(who, "portal", DEEDS[move], of)
    ]
    context = {
        **catalogue.told(row, who),
        "state": words.state(row.state),
        "needed": [name for name, must in missing if must],
        "better": [name for name, must in missing if not must],
        "moves": moves,
        "may_change": may(who, "portal", "catalogue.described", of),
        "versions": [
            (each, words.level(levels.of_definition(each)))
            for each in definitions.versions(row)[:20]
        ],
        "late": _is_late(row, who),
        "rule": starts(who).get(MEASURE),
        "listed": listed.visible_to(who).filter(pk=row.row_id or 0).first(),
        "is_public": State(row.state) in PUBLIC,
        "done": request.GET.get("done"),
    }
    return render(request, "portal/draft.html", context)


def _is_late(row: "Service", who: Stamp) -> bool:
    """Whether the gate would refuse it as it stands."""
    excepted = bool(row.row and row.row.exception_reason)
    told = {each.channel: each.since for each in row.openings.all()}
    days = gate.opened(told, who.at.date())
    return gate.standing(days, Gate(starts(who).get(MEASURE), excepted)) is AppFirst.LATER
