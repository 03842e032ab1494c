"""The catalogue for everybody: by life event, body and audience, one service, and search.

These pages change only with what the journal notes of the catalogue, and with the day, so they are
kept for readers who have not signed in.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marra.door import stamp
from marra.inventory.queries.bodies import bodies
from marra.people.rules.rights import Stamp
from marra.portal.queries import amounts, definitions, levels
from marra.portal.queries import catalogue as queries
from marra.portal.queries.catalogue import Asked
from marra.portal.queries.finding import found
from marra.portal.rules.events import events
from marra.portal.rules.services import AUDIENCES, CHANNELS, PUBLIC, Kind, State
from marra.web import layout
from marra.web.forms import PageForm
from marra.web.gate import may
from marra.web.kept import rests_on_records
from marra.web.portal import eligibility, words

if TYPE_CHECKING:
    from marra.portal.models.catalogue import Service
    from marra.store import Named

PAGE: Final = 50
LONGEST: Final = 200
CHOICES: Final = ("event", "body", "audience", "channel")


class Filters(PageForm):
    """Which services to show; the choices stand in the address."""

    event = forms.ChoiceField(label=_("Life event"), required=False)
    body = forms.ChoiceField(label=_("State body"), required=False)
    audience = forms.ChoiceField(label=_("For whom"), required=False)
    channel = forms.ChoiceField(label=_("Where it is asked for"), required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=5000)

    def __init__(self, data: object, rows: "Named[Service]") -> None:
        super().__init__(data)
        language = layout.language()
        owners = bodies().filter(pk__in=queries.bodies_with_services(rows))
        named = sorted(((b.code, b.name.into(language)) for b in owners), key=lambda e: e[1])
        choices = {
            "event": words.event_names(events()),
            "body": named,
            "audience": [(code.value, gettext(name)) for code, name in AUDIENCES.items()],
            "channel": [(code.value, gettext(name)) for code, name in CHANNELS.items()],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", gettext("all")), *offered]

    def asked(self) -> Asked:
        """What the address asks for; a choice that makes no sense asks for nothing."""
        told = self.cleaned_data
        return Asked(**{name: told.get(name) or "" for name in CHOICES})


@dataclass(frozen=True, slots=True)
class Line:
    """A service as a list tells it."""

    code: str
    name: str
    body: str
    term: str
    is_paused: bool


def line(row: "Service") -> Line:
    """A service as a list tells it."""
    return Line(
        row.code,
        row.name.into(layout.language()),
        words.body_name(row),
        words.term(row.term) if row.term is not None else "",
        is_paused=row.state == State.PAUSED,
    )


def index(request: HttpRequest) -> HttpResponse:
    """Every public service, or those that the address asks for."""
    every = queries.published()
    form = Filters(request.GET, every)
    is_fit = form.is_valid()
    rows = queries.asked_for(every, form.asked())
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(form.cleaned_data.get("page") or 1, pages)
    filtered = any(form.cleaned_data.get(name) for name in CHOICES)
    context = {
        "form": form,
        "filters": [form[name] for name in CHOICES],
        "lines": [line(each) for each in rows[(page - 1) * PAGE : page * PAGE]],
        "total": total,
        "page": page,
        "pages": pages,
        "filtered": filtered,
        "groups": [] if filtered or page > 1 else _groups(),
    }
    return render(request, "portal/catalogue.html", context, status=200 if is_fit else 422)


def _groups() -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Events of people and of businesses that have services, with how many."""
    told = queries.published().order_by().values_list("occasions__event")
    counts = dict(told.annotate(n=Count("pk")))
    found = {}
    for of_business, title in ((False, gettext("For people")), (True, gettext("For business"))):
        own = [code for code, e in events().items() if e.of_business is of_business]
        named = words.event_names(code for code in own if code in counts)
        found[title] = [(code, name, counts[code]) for code, name in named]
    return [each for each in found.items() if each[1]]


def show(request: HttpRequest, code: str) -> HttpResponse:
    """One service: what one gets, who may ask, what it costs today, how long it takes."""
    row = queries.published().named(code)
    context = told(row, stamp(request))
    is_offered = row.kind == Kind.PROACTIVE  # begun by an event of a register, not by a person
    runs = row.state == State.PUBLISHED and context["running"] is not None
    context["may_apply"] = runs and not is_offered
    context["has_check"] = eligibility.offered(row) is not None
    return render(request, "portal/service.html", context)


def told(row: "Service", who: Stamp) -> dict[str, object]:
    """What the page of a service says."""
    today, language = who.at.date(), layout.language()
    amount = amounts.amount(today)
    running = definitions.standing(row)
    prices = words.prices(row.fees.all(), today, amount)
    return {
        "row": row,
        "name": row.name.into(language),
        "about": row.about.get(language.replace("-", "_"), row.about.get("uz", "")),
        "body": words.body_name(row),
        "is_paused": row.state == State.PAUSED,
        "audience": words.audience(row.audience),
        "kind": words.kind(row.kind),
        "prices": prices,
        "amount": amount if any(each.multiple for each in prices) else None,
        "term": words.term(row.term),
        "documents": _documents(row, language),
        "ways": words.ways(row.openings.all()),
        "events": words.event_names(row.occasions.values_list("event", flat=True)),
        "parts": [line(p) for p in row.parts.filter(state__in=PUBLIC).select_related("body")],
        "running": running,
        "level": words.level(levels.level_of(row, who.at)),
        "today": today,
        "may_work": may(who, "portal", "catalogue.described", row.body.code if row.body else ""),
    }


def _documents(row: "Service", language: str) -> list[str] | None:
    if row.documents is None:
        return None
    key = language.replace("-", "_")
    return [each.get(key) or each.get("uz", "") for each in row.documents]


@rests_on_records
def search(request: HttpRequest) -> HttpResponse:
    """The services that answer what somebody writes; said plainly where none does."""
    sought = request.GET.get("q", "").strip()[:LONGEST]
    hits = found(stamp(request), sought) if sought else []
    public = [each for each in hits if each.service.state in (State.PUBLISHED, State.PAUSED)]
    context = {"q": sought, "lines": [line(each.service) for each in public]}
    return render(request, "portal/search.html", context)
