"""Take in a body's own list from a file, whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Model

from marra.inventory.models.bodies import StateBody
from marra.inventory.models.functions import Function, Process, Service
from marra.inventory.queries.bodies import known
from marra.inventory.queries.importing import Prepared, prepare
from marra.inventory.rules.files.columns import Thing
from marra.inventory.rules.files.planned import DoublesUnseen, Fate, Planned
from marra.inventory.rules.files.reader import Key
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code

AT_ONCE = 500
LATER = {"shared_with", "merged_into", "processes"}
"""What is set once all things are there."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file came to."""

    new: int
    changed: int
    same: int


@transaction.atomic
def import_list(
    stamp: Stamp, body: str, *, name: str, content: bytes, sure: bool = False
) -> Taken:
    """Take in the list of a file; refuses it whole with all its faults.

    Things that look like doubles of others are taken in only if somebody is `sure`.
    """
    owner = StateBody.all().select_for_update().filter(closed_at=None).named(body)
    stamp.require(*rights("inventory")["list.imported"], of=body)
    found = prepare(stamp, owner, name[:255], content, look_alike=not sure)
    if found.doubles:
        raise DoublesUnseen(count=len(found.doubles))
    _take(stamp, owner, found)
    fates = [each.fate for each in found.plan]
    taken = Taken(fates.count(Fate.NEW), fates.count(Fate.CHANGED), fates.count(Fate.SAME))
    record(
        stamp,
        "list.imported",
        body,
        new=taken.new,
        changed=taken.changed,
        same=taken.same,
        digest=sha256(content).hexdigest(),
    )
    return taken


def _take(stamp: Stamp, owner: StateBody, found: Prepared) -> None:
    functions = _kept(stamp, Function, found.plan, Thing.FUNCTION, body=owner)
    _share(found.plan, functions)
    of: dict[Key, dict[str, object]] = {
        each.told.key: {"function": functions.get((each.told.key[0],))}
        for each in found.plan
        if each.told.thing is Thing.PROCESS
    }
    processes = _kept(stamp, Process, found.plan, Thing.PROCESS, of, body=owner)
    _merge(found, processes)
    services = _kept(stamp, Service, found.plan, Thing.SERVICE, owner=owner)
    _serve(found.plan, services, processes)


def _kept(
    stamp: Stamp,
    model: type[Any],
    plan: Iterable[Planned],
    thing: Thing,
    of: Mapping[Key, Mapping[str, object]] | None = None,
    **owner: StateBody,
) -> dict[Key, Any]:
    """The things of one kind by key: made, changed, or as they stand."""
    own = [each for each in plan if each.told.thing is thing]
    standing = {row.code: row for row in model.objects.filter(**owner, removed_at=None)}
    new, changed, names = [], [], {"version", "changed_at"}
    found: dict[Key, Any] = {}
    for each in own:
        says = {name: told for name, told in each.told.says.items() if name not in LATER}
        if each.fate is Fate.NEW:
            row = model(
                code=fresh_code(thing.value),
                title=each.told.title,
                key=each.told.key[-1],
                entered_at=stamp.at,
                entered_by=stamp.by,
                **{**says, **owner, **(of or {}).get(each.told.key, {})},
            )
            new.append(row)
        else:
            row = standing[each.code]
        if each.fate is Fate.CHANGED:
            for name in {*each.fields} - LATER:
                setattr(row, name, each.told.title if name == "title" else says[name])
                names.add(name)
            row.version += 1
            row.changed_at = stamp.at
            changed.append(row)
        if thing is Thing.SERVICE:
            row.is_automated = None if row.automation is None else row.automation >= 1
            names.add("is_automated")
        found[each.told.key] = row
    model.objects.bulk_create(new, batch_size=AT_ONCE)
    model.objects.bulk_update(changed, sorted(names), batch_size=AT_ONCE)
    return found


def _share(plan: Iterable[Planned], functions: Mapping[Key, Function]) -> None:
    """Write down with whom functions are shared, where a file says so."""
    told = {
        each.told.key: each.told.says["shared_with"]
        for each in plan
        if each.told.thing is Thing.FUNCTION
        and "shared_with" in each.told.says
        and (each.fate is Fate.NEW or "shared_with" in each.fields)
    }
    codes = {code for names in told.values() if isinstance(names, list) for code in names}
    bodies = {each.code: each for each in known(codes)}
    through = Function.shared_with.through
    through.objects.filter(function__in=[functions[key].pk for key in told]).delete()
    pairs = [
        {"function_id": functions[key].pk, "statebody_id": bodies[code].pk}
        for key, names in told.items()
        if isinstance(names, list)
        for code in names
    ]
    _join(through, pairs)


def _merge(found: Prepared, processes: Mapping[Key, Process]) -> None:
    """Write down into what each merged process goes, and nothing for the others."""
    codes = [each for each in found.targets.values() if isinstance(each, str)]
    elsewhere = {row.code: row for row in Process.objects.filter(code__in=codes)}
    rest = {row.pk: row for row in processes.values()}
    own: dict[Key, Process] = {
        (row.function.key if row.function else "", row.key): row
        for row in Process.objects.filter(
            body__in={row.body_id for row in rest.values()}, removed_at=None
        ).select_related("function")
    }
    moved = []
    for key, row in processes.items():
        target = found.targets.get(key)
        into = None
        if target is not None:
            into = elsewhere[target] if isinstance(target, str) else own[target]
        if row.merged_into_id != (into.pk if into else None):
            row.merged_into = into
            moved.append(row)
    Process.objects.bulk_update(moved, ["merged_into"], batch_size=AT_ONCE)


def _serve(
    plan: Iterable[Planned], services: Mapping[Key, Service], processes: Mapping[Key, Process]
) -> None:
    """Write down which processes a service carries out, besides those it carries out already."""
    pairs = [
        {"service_id": services[each.told.key].pk, "process_id": processes[key].pk}
        for each in plan
        if each.told.thing is Thing.SERVICE and each.fate is not Fate.SAME
        for key in each.told.processes
    ]
    _join(Service.processes.through, pairs)


def _join(through: type[Model], pairs: Sequence[Mapping[str, int]]) -> None:
    rows = through._default_manager  # noqa: SLF001  the table of a relation has no other door
    rows.bulk_create([through(**pair) for pair in pairs], AT_ONCE, ignore_conflicts=True)
