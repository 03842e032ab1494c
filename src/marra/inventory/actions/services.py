"""Enter, change and remove services, and except one from the rule that the app comes first."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from marra.inventory.models.bodies import StateBody
from marra.inventory.models.functions import Service
from marra.inventory.queries import processes
from marra.inventory.queries import services as queries
from marra.inventory.queries.history import changed_since
from marra.inventory.rules import app_first, things
from marra.inventory.rules.app_first import Launch
from marra.inventory.rules.things import Field
from marra.journal.actions import record
from marra.language.fold import fold
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code

PROGRESS = {"address", "on_portal_since", "in_app_since", "automation"}
"""What reports how far a service is, and is no change of the list."""


@transaction.atomic
def enter_service(
    stamp: Stamp, owner: str, *, title: str, processes: Sequence[str] = (), **told: object
) -> Service:
    """Enter a service that becomes digital or is; `told` has the columns of the table."""
    body = StateBody.all().select_for_update().filter(closed_at=None).named(owner)
    stamp.require(*rights("inventory")["service.entered"], of=owner)
    given = things.checked({"title": title, **told}, stamp.at.date())
    _only_once(body, str(given["title"]))
    made = Service(
        code=fresh_code("service"),
        owner=body,
        key=fold(title)[:500],
        entered_at=stamp.at,
        entered_by=stamp.by,
        **given,
    )
    _tell_automated(made)
    made.save()
    _serve(stamp, made, processes)
    record(stamp, "service.entered", made.code, owner=owner)
    return made


@transaction.atomic
def change_service(
    stamp: Stamp,
    code: str,
    *,
    version: int,
    title: str,
    processes: Sequence[str] | None = None,
    **told: object,
) -> Service:
    """Change what is said of a service; refuses with `ThingChanged` if somebody was quicker.

    Columns that are not told stay.
    """
    row = queries.locked(stamp, code)
    stamp.require(*rights("inventory")["service.changed"], of=row.owner.code)
    _unchanged(row, version)
    before = _told(row)
    for name, value in things.checked({"title": title, **told}, stamp.at.date()).items():
        setattr(row, name, value)
    _only_once(row.owner, row.title, besides=row)
    row.key = fold(row.title)[:500]
    _tell_automated(row)
    if processes is not None:
        _serve(stamp, row, processes)
    after = _told(row)
    changed = [name for name in before if before[name] != after[name]]
    if set(changed) - PROGRESS:
        row.changed_at = stamp.at
    row.version += 1
    row.save()
    record(stamp, "service.changed", code, version=row.version, fields=",".join(changed))
    return row


@transaction.atomic
def remove_service(stamp: Stamp, code: str) -> Service:
    """Take a service off the list; what was assessed of it stays."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("inventory")["service.removed"], of=row.owner.code)
    row.removed_at = stamp.at
    row.save(update_fields=["removed_at"])
    record(stamp, "service.removed", code)
    return row


@transaction.atomic
def launch_service(
    stamp: Stamp, code: str, *, portal: date | None = None, app: date | None = None
) -> Service:
    """Note since when a service is on the portal and in the app; days that are known stay."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("inventory")["service.launched"], of=row.owner.code)
    given = things.checked({"on_portal_since": portal, "in_app_since": app}, stamp.at.date())
    for name, day in given.items():
        setattr(row, name, getattr(row, name) or day)
    row.version += 1
    row.save(update_fields=["on_portal_since", "in_app_since", "version"])
    fields = "on_portal_since,in_app_since"
    record(stamp, "service.launched", code, version=row.version, fields=fields)
    return row


@transaction.atomic
def except_service(stamp: Stamp, code: str, *, reason: str, since: date) -> Service:
    """Allow that a service was not first in the app, and say why; `since` is the act's day."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("inventory")["service.excepted"])
    why = things.checked_line(reason, things.LONGEST_REASON)
    if len(why) < 3:
        raise things.ReasonMissing
    app_first.checked_exception(row.title, Launch(row.on_portal_since, row.in_app_since), since)
    row.exception_reason, row.exception_by, row.exception_at = why, stamp.by, stamp.at
    row.version += 1
    row.save()
    record(stamp, "service.excepted", code, version=row.version)
    return row


def _unchanged(row: Service, version: int) -> None:
    """Go on if nobody was quicker; refuses with `ThingChanged`, naming what is otherwise now."""
    if row.version != version:
        fields = changed_since(row.code, version, row.version, things.OF_SERVICE)
        if fields:
            raise things.ThingChanged(fields=fields)


def _only_once(owner: StateBody, title: str, besides: Service | None = None) -> None:
    same = Service.objects.filter(owner=owner, key=fold(title)[:500], removed_at=None)
    found = same.exclude(pk=besides.pk if besides else 0).first()
    if found:
        raise things.KnownHere(title=found.title)


def _serve(stamp: Stamp, row: Service, codes: Sequence[str]) -> None:
    """The processes a service carries out, of whatever body: services cross them."""
    row.processes.set([processes.visible_to(stamp).named(code) for code in codes])


def _tell_automated(row: Service) -> None:
    """Automated in full is what takes no official at any step."""
    row.is_automated = None if row.automation is None else row.automation >= 1


def _told(row: Service) -> dict[str, object]:
    """What is said of a service, to be compared."""
    told: dict[str, object] = {
        each.name.lower(): getattr(row, each.name.lower())
        for each in things.OF_SERVICE
        if each is not Field.PROCESSES
    }
    return told | {"processes": sorted(each.code for each in row.processes.all())}
