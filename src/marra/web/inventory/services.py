"""The exact list of services: ordered by a computed priority, each factor of it in sight."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.door import stamp
from marra.inventory.queries import services as queries
from marra.inventory.queries.bodies import bodies
from marra.inventory.queries.services import Asked
from marra.inventory.rules.lists import categories, channels
from marra.inventory.rules.priority import (
    Order,
    Places,
    Priority,
    Steadiness,
    priority,
    setting,
    steadiness,
)
from marra.web import layout
from marra.web.commission.proving import NumberField, day_field
from marra.web.forms import PageForm
from marra.web.gate import may
from marra.web.kept import rests_on_records

if TYPE_CHECKING:
    from marra.inventory.models.functions import Service

PAGE: Final = 50

STATES: Final = (
    ("", gettext_noop("all")),
    ("to-come", gettext_noop("not digital yet")),
    ("launched", gettext_noop("on the portal or in the app")),
    ("overdue", gettext_noop("overdue")),
    ("unfinished", gettext_noop("without category or deadline")),
)
"""What the filter of states offers, by its word in the address."""

ORDERS: Final = (
    (Order.PRIORITY.value, gettext_noop("priority")),
    (Order.HOURS.value, gettext_noop("hours saved")),
    (Order.PROTECTED.value, gettext_noop("hours saved for protected users")),
    (Order.DEADLINE.value, gettext_noop("deadline")),
    (Order.TITLE.value, gettext_noop("title")),
)
"""What the list is sorted by, by its word in the address."""


class Filter(PageForm):
    """Which services are asked for, in which order, and with which weight."""

    q = forms.CharField(label=_("Words of the title"), required=False, max_length=100)
    body = forms.ChoiceField(label=_("State body"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    channel = forms.ChoiceField(label=_("Asked for today"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    due = day_field(gettext_noop("Due by (day.month.year)"), required=False)
    sort = forms.ChoiceField(label=_("Sorted by"), required=False)
    weight = NumberField(label=_("Weight of protected users"), required=False, max_length=6)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        language = layout.language()
        every = [("", gettext("all"))]
        owners = sorted(((b.code, b.name.into(language)) for b in bodies()), key=lambda e: e[1])
        choices = {
            "body": every + owners,
            "category": every + [(c, name.into(language)) for c, name in categories().items()],
            "channel": every + [(c, name.into(language)) for c, name in channels().items()],
            "state": [(code, gettext(label)) for code, label in STATES],
            "sort": [(code, gettext(label)) for code, label in ORDERS],
        }
        for name, found in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = found

    def clean_weight(self) -> float:
        """The weight asked for, or the one set; from 0 to 10."""
        told = self.cleaned_data["weight"]
        if told is not None and not 0 <= told <= 10:
            raise forms.ValidationError(_("The weight is a number from 0 to 10."))
        return setting().weight if told is None else told

    def asked(self) -> tuple[Asked, Order, float]:
        """What the address asks for; a field that makes no sense asks for nothing."""
        given: dict[str, Any] = dict(self.cleaned_data) if self.is_bound else {}
        asked = Asked(
            words=given.get("q", ""),
            body=given.get("body", ""),
            category=given.get("category", ""),
            channel=given.get("channel", ""),
            state=given.get("state", ""),
            due_by=given.get("due"),
        )
        return asked, Order(given.get("sort") or "priority"), given.get("weight", setting().weight)


@dataclass(frozen=True, slots=True)
class Line:
    """One service as the list tells it."""

    row: "Service"
    owner: str
    category: str
    priority: Priority
    places: Places | None
    overdue: bool

    @property
    def launched(self) -> bool:
        """Whether it is on the portal or in the app already."""
        return bool(self.row.on_portal_since or self.row.in_app_since)

    @property
    def missing(self) -> str:
        """The factors that are not known, in words."""
        return ", ".join(gettext(each.value) for each in self.priority.missing)

    @property
    def moves(self) -> bool:
        """Whether its place hangs on the weight."""
        return self.places is not None and self.places.best != self.places.worst


@rests_on_records
def index(request: HttpRequest) -> HttpResponse:
    """The services this person reads, as the address asks for them, with their priorities."""
    who = stamp(request)
    today = who.at.date()
    form = Filter(request.GET or None)
    form.is_valid()
    asked, order, weight = form.asked()
    every = queries.visible_to(who)
    rows = queries.asked_for(every, asked, today)
    found = {c: priority(each, weight) for c, each in queries.factors(rows).items()}
    coming = queries.factors(queries.to_come(rows))
    steady = steadiness(coming, weight, setting().weights, setting().top)
    page = _page(request.GET.get("page", "1"), len(found))
    part = slice((page - 1) * PAGE, page * PAGE)
    if order in (Order.DEADLINE, Order.TITLE):
        shown = list(queries.in_order(rows, order)[part])
    else:
        shown = queries.of(rows, _sorted(found, order, coming)[part])
    context = {
        "form": form,
        "lines": [_line(each, found[each.code], steady, today) for each in shown],
        "count": len(found),
        "page": page,
        "pages": max(1, -(-len(found) // PAGE)),
        "weight": weight,
        "set": setting(),
        "steady": steady,
        "sums": _sums({code: each for code, each in found.items() if code in coming}),
        "coming": len(coming),
        "filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "inventory/services.html", context)


def _page(written: str, count: int) -> int:
    number = int(written) if written.isdecimal() else 1
    return min(max(number, 1), max(1, -(-count // PAGE)))


def _sorted(found: Mapping[str, Priority], order: Order, coming: Collection[str]) -> list[str]:
    """The codes in an order, the largest first; then what lacks a factor, then what is digital."""
    told = {
        code: {Order.HOURS: each.saved, Order.PROTECTED: each.protected}.get(order, each.value)
        for code, each in found.items()
    }
    return sorted(
        told,
        key=lambda code: (code not in coming, told[code] is None, -(told[code] or 0.0), code),
    )


def _sums(found: Mapping[str, Priority]) -> dict[str, float]:
    """Over the services to come: hours, protected hours, and how many lack a factor."""
    every = list(found.values())
    return {
        "saved": sum(each.saved or 0.0 for each in every),
        "protected": sum(each.protected or 0.0 for each in every),
        "lacking": sum(each.value is None for each in every),
    }


def _line(row: "Service", found: Priority, steady: Steadiness, today: date) -> Line:
    known = categories().get(row.category)
    launched = row.on_portal_since or row.in_app_since
    return Line(
        row,
        row.owner.name.into(layout.language()),
        known.into(layout.language()) if known else "",
        found,
        steady.places.get(row.code),
        overdue=bool(row.deadline and row.deadline < today and not launched),
    )


@rests_on_records
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One service: what is known of it, and how its priority comes about, number by number."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    every = queries.factors(queries.to_come(queries.visible_to(who)))
    own = queries.factors(queries.visible_to(who).filter(code=code))[code]
    weight = setting().weight
    channel = channels().get(row.channel)
    context = {
        "line": _line(
            row,
            priority(own, weight),
            steadiness(every, weight, setting().weights, setting().top),
            who.at.date(),
        ),
        "row": row,
        "channel": channel.into(layout.language()) if channel else "",
        "processes": list(row.processes.filter(removed_at=None).select_related("body")),
        "by_weight": [(each, priority(own, each).value) for each in setting().weights],
        "of": len(every),
        "automation": None if row.automation is None else row.automation * 100,
        "protected": None if own.protected_share is None else own.protected_share * 100,
        "set": setting(),
        "may_change": may(who, "inventory", "service.changed", row.owner.code),
        "may_except": may(who, "inventory", "service.excepted"),
        "done": request.GET.get("done"),
    }
    return render(request, "inventory/service.html", context)
