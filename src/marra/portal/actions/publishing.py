"""Publish services, pause them, let them go on, and withdraw them."""

from datetime import date

from django.db import transaction

from marra.inventory.actions.services import launch_service
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.portal.models.catalogue import Service
from marra.portal.queries import catalogue as queries
from marra.portal.queries import definitions
from marra.portal.rules import gate
from marra.portal.rules.gate import Gate
from marra.portal.rules.lacks import checked as checked_lacks
from marra.portal.rules.services import Channel, State, checked_why, moved


@transaction.atomic
def publish(stamp: Stamp, code: str, *, since: date | None) -> Service:
    """Publish a service: its definition is frozen, its channels open, its inventory row closed.

    `since` is the day from which the act asks for the mobile application first. Refuses with
    `StillLacks`, `NotMobileFirst` or `MoveNotOpen`; nothing is published in part.
    """
    row = queries.locked(stamp, code)
    stamp.require(*rights("portal")["catalogue.published"], of=_body(row))
    row.state = moved(State(row.state), "publish", row.name)
    checked_lacks(row.lacks, row.name)
    excepted = bool(row.row and row.row.exception_reason)
    days = gate.opened({each.channel: each.since for each in row.openings.all()}, _today(stamp))
    gate.checked(days, Gate(since, excepted), row.name)
    for each in row.openings.all():
        each.since = days[each.channel]
        each.save(update_fields=["since"])
    definition = definitions.newest(row)
    if definition and definition.frozen_at is None:
        definition.frozen_at = stamp.at
        definition.save(update_fields=["frozen_at"])
    _moved(stamp, row, "")
    if row.row:
        web, app = (_come(stamp, days.get(kind)) for kind in (Channel.WEB, Channel.MOBILE))
        launch_service(stamp, row.row.code, portal=web, app=app)
    number = definition.number if definition else 0
    record(stamp, "catalogue.published", code, definition=number, excepted=excepted)
    return row


@transaction.atomic
def pause(stamp: Stamp, code: str, *, why: str) -> Service:
    """Pause a service; it stays in the catalogue with the reason."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("portal")["catalogue.paused"], of=_body(row))
    row.state = moved(State(row.state), "pause", row.name)
    _moved(stamp, row, checked_why(why))
    record(stamp, "catalogue.paused", code)
    return row


@transaction.atomic
def resume(stamp: Stamp, code: str) -> Service:
    """Let a paused service go on."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("portal")["catalogue.resumed"], of=_body(row))
    row.state = moved(State(row.state), "resume", row.name)
    _moved(stamp, row, "")
    record(stamp, "catalogue.resumed", code)
    return row


@transaction.atomic
def withdraw(stamp: Stamp, code: str, *, why: str) -> Service:
    """Take a service out of the catalogue, and say why; what was published of it is kept."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("portal")["catalogue.withdrawn"], of=_body(row))
    row.state = moved(State(row.state), "withdraw", row.name)
    _moved(stamp, row, checked_why(why))
    record(stamp, "catalogue.withdrawn", code)
    return row


def _moved(stamp: Stamp, row: Service, why: str) -> None:
    row.state_why, row.state_at, row.changed_at = why, stamp.at, stamp.at
    row.published_at = row.published_at or (stamp.at if row.state == State.PUBLISHED else None)
    row.version += 1
    row.save()


def _body(row: Service) -> str:
    return row.body.code if row.body else ""


def _today(stamp: Stamp) -> date:
    return stamp.at.date()


def _come(stamp: Stamp, day: date | None) -> date | None:
    """A day that has come; the inventory is told of no day to come."""
    return day if day and day <= _today(stamp) else None
