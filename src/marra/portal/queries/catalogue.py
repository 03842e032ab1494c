"""Read services: who may know of which, and those that are asked for."""

from dataclasses import dataclass

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from marra.language.fold import fold
from marra.people.rules.rights import Role, Stamp
from marra.portal.models.catalogue import Service
from marra.portal.rules.services import PUBLIC, State
from marra.store import Named

READERS = (
    Role.ADMINISTRATOR, Role.ANALYST, Role.CHAIR, Role.AUDITOR, Role.SECRETARY,
)  # fmt: skip
"""Who reads every draft, holding one of these everywhere."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which services are asked for; empty fields ask for nothing."""

    words: str = ""
    event: str = ""
    body: str = ""
    audience: str = ""
    channel: str = ""
    state: str = ""
    lack: str = ""


def published() -> Named[Service]:
    """The services that everybody sees: published ones, and paused ones with the reason."""
    return Service.all().filter(state__in=PUBLIC).select_related("body")


def visible_to(stamp: Stamp) -> Named[Service]:
    """The services this person may know of: public ones, and drafts of the bodies they act for."""
    rows = Service.all().select_related("body")
    if any(stamp.holds(role) for role in READERS):
        return rows
    own = Q(body__code__in=stamp.scopes(Role.EXECUTOR))
    return rows if stamp.holds(Role.EXECUTOR) else rows.filter(Q(state__in=PUBLIC) | own)


def locked(stamp: Stamp, code: str) -> Service:
    """The service of that code for a change, if this person may know of it."""
    return visible_to(stamp).select_for_update(of=("self",)).named(code)


def work_of(stamp: Stamp) -> Named[Service]:
    """The services this person works on, whatever their state but withdrawn."""
    rows = visible_to(stamp).exclude(state=State.WITHDRAWN)
    if any(stamp.holds(role) for role in READERS):
        return rows
    bodies = stamp.scopes(Role.EXECUTOR)
    return rows if "" in bodies else rows.filter(body__code__in=bodies)


def asked_for(rows: Named[Service], asked: Asked) -> Named[Service]:
    """Those of the rows that are asked for, each once."""
    for word in fold(asked.words).split():
        rows = rows.filter(key__contains=word)
    if asked.event:
        rows = rows.filter(occasions__event=asked.event)
    if asked.channel:
        rows = rows.filter(openings__channel=asked.channel)
    if asked.audience:
        rows = rows.filter(audience__in=(asked.audience, "both"))
    if asked.body:
        rows = rows.filter(body__code=asked.body)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.lack:
        told = Cast("lacks", TextField())
        lacking = Service.objects.alias(told=told).filter(told__contains=f'"{asked.lack}"')
        rows = rows.filter(pk__in=lacking.values("pk"))
    return rows


def bodies_with_services(rows: Named[Service]) -> list[int]:
    """The keys of the bodies that some of the rows belong to."""
    found = rows.order_by().exclude(body=None).values_list("body", flat=True).distinct()
    return list(found)
