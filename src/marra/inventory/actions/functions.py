"""Enter, change and remove functions of a body."""

from collections.abc import Sequence

from django.db import transaction

from marra.inventory.models.bodies import StateBody
from marra.inventory.models.functions import Function
from marra.inventory.queries import functions as queries
from marra.inventory.queries.bodies import known
from marra.inventory.queries.history import changed_since
from marra.inventory.rules import things
from marra.journal.actions import record
from marra.language.fold import fold
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def enter_function(
    stamp: Stamp, body: str, *, title: str, shared_with: Sequence[str] = (), **told: str
) -> Function:
    """Enter what a body is charged with: cofog, legal_basis, no_process."""
    owner = StateBody.all().select_for_update().filter(closed_at=None).named(body)
    stamp.require(*rights("inventory")["function.entered"], of=body)
    given = things.checked({"title": title, **told}, stamp.at.date())
    _only_once(owner, str(given["title"]))
    made = Function.objects.create(
        code=fresh_code("function"),
        body=owner,
        key=fold(title)[:500],
        entered_at=stamp.at,
        entered_by=stamp.by,
        **given,
    )
    _share(made, shared_with)
    record(stamp, "function.entered", made.code, body=body)
    return made


@transaction.atomic
def change_function(
    stamp: Stamp,
    code: str,
    *,
    version: int,
    title: str,
    shared_with: Sequence[str] = (),
    **told: str,
) -> Function:
    """Change what is said of a function; refuses with `ThingChanged` if somebody was quicker."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("inventory")["function.changed"], of=row.body.code)
    _unchanged(row, version)
    before = _told(row)
    for name, value in things.checked({"title": title, **told}, stamp.at.date()).items():
        setattr(row, name, value)
    _only_once(row.body, row.title, besides=row)
    row.key = fold(row.title)[:500]
    row.version += 1
    row.changed_at = stamp.at
    row.save()
    _share(row, shared_with)
    after = _told(row)
    changed = ",".join(name for name in before if before[name] != after[name])
    record(stamp, "function.changed", code, version=row.version, fields=changed)
    return row


@transaction.atomic
def remove_function(stamp: Stamp, code: str) -> Function:
    """Take a function without processes off the list; the journal keeps that it was there."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("inventory")["function.removed"], of=row.body.code)
    if row.processes.filter(removed_at=None).exists():
        raise things.StillHasProcesses(title=row.title)
    row.removed_at = stamp.at
    row.save(update_fields=["removed_at"])
    record(stamp, "function.removed", code)
    return row


def _unchanged(row: Function, version: int) -> None:
    """Go on if nobody was quicker; refuses with `ThingChanged`, naming what is otherwise now."""
    if row.version != version:
        fields = changed_since(row.code, version, row.version, things.OF_FUNCTION)
        if fields:
            raise things.ThingChanged(fields=fields)


def _only_once(body: StateBody, title: str, besides: Function | None = None) -> None:
    same = Function.objects.filter(body=body, key=fold(title)[:500], removed_at=None)
    found = same.exclude(pk=besides.pk if besides else 0).first()
    if found:
        raise things.KnownHere(title=found.title)


def _share(row: Function, codes: Sequence[str]) -> None:
    if row.body.code in codes:
        raise things.SharedWithItself
    row.shared_with.set(known(codes))


def _told(row: Function) -> dict[str, object]:
    """What is said of a function, to be compared."""
    told: dict[str, object] = {
        each.name.lower(): getattr(row, each.name.lower())
        for each in things.OF_FUNCTION
        if each is not things.Field.SHARED_WITH
    }
    return told | {"shared_with": sorted(each.code for each in row.shared_with.all())}
