"""Read services: those that stand, by what is asked for, with all that their order needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from marra.inventory.models.functions import Service
from marra.inventory.queries.reading import readable, reads_all
from marra.inventory.rules.priority import Factors, Order
from marra.language.fold import fold
from marra.people.rules.rights import Stamp
from marra.store import Named

LAUNCHED = Q(on_portal_since__isnull=False) | Q(in_app_since__isnull=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which services are asked for; empty fields ask for nothing."""

    words: str = ""
    body: str = ""
    category: str = ""
    channel: str = ""
    state: str = ""  # to-come, launched, overdue, unfinished
    due_by: date | None = None


def visible_to(stamp: Stamp) -> Named[Service]:
    """The services this person may know of, body by body in the order of their titles."""
    rows = Service.all().filter(removed_at=None).select_related("owner")
    return rows if reads_all(stamp) else rows.filter(owner__in=readable(stamp))


def locked(stamp: Stamp, code: str) -> Service:
    """The service of that code for a change, if this person may know of it."""
    return visible_to(stamp).select_for_update(of=("self",)).named(code)


def asked_for(rows: Named[Service], asked: Asked, today: date) -> Named[Service]:
    """Those of the rows that are asked for."""
    for word in fold(asked.words).split():
        rows = rows.filter(key__contains=word)
    plain = {"owner__code": asked.body, "category": asked.category, "channel": asked.channel}
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    if asked.due_by:
        rows = rows.filter(deadline__lte=asked.due_by)
    match asked.state:
        case "to-come":
            return rows.exclude(LAUNCHED)
        case "launched":
            return rows.filter(LAUNCHED)
        case "overdue":
            return rows.exclude(LAUNCHED).filter(deadline__lt=today)
        case "unfinished":
            return rows.filter(Q(category="") | Q(deadline=None))
        case _:
            return rows


def to_come(rows: Named[Service]) -> Named[Service]:
    """Those of the rows that are neither on the portal nor in the app yet."""
    return rows.exclude(LAUNCHED)


def factors(rows: Named[Service]) -> Mapping[str, Factors]:
    """What the priority of each service is made of, by its code."""
    names = ("volume", "minutes", "minutes_after", "protected_share", "effort")
    told = rows.order_by().values_list("code", *names)
    return {code: Factors(*values) for code, *values in told}


def of(rows: Named[Service], codes: Sequence[str]) -> list[Service]:
    """The rows of these codes, in the order of the codes."""
    found = {row.code: row for row in rows.filter(code__in=codes)}
    return [found[code] for code in codes if code in found]


def in_order(rows: Named[Service], order: Order) -> Named[Service]:
    """The rows by deadline, those without one last, or by title."""
    if order is Order.DEADLINE:
        return rows.order_by(F("deadline").asc(nulls_last=True), "key", "pk")
    return rows.order_by("key", "pk")


def launches(rows: Named[Service], since: date) -> Named[Service]:
    """The services that were launched on that day or later, the newest first."""
    early = Q(on_portal_since__lt=since) | Q(in_app_since__lt=since)
    return rows.filter(LAUNCHED).exclude(early).order_by("-on_portal_since", "-pk")
