"""Open, change and close state bodies; take the packaged ones in."""

from dataclasses import asdict

from django.db import transaction

from marra.inventory.models.bodies import StateBody
from marra.inventory.rules import bodies as rules
from marra.inventory.rules.bodies import BodyBusy, BodyChanged, BodyKnown, UnderItself
from marra.journal.actions import record
from marra.kit.text import Text
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def adopt(stamp: Stamp) -> tuple[StateBody, ...]:
    """Take the packaged bodies in; those that are there already, by code or by name, are left."""
    stamp.require(*rights("inventory")["bodies.adopted"])
    codes = set(StateBody.objects.values_list("code", flat=True))
    keys = set(StateBody.objects.values_list("key", flat=True))
    new = [
        each
        for each in rules.packaged()
        if each.code not in codes and rules.key(each.name) not in keys
    ]
    made = StateBody.objects.bulk_create(
        StateBody(
            code=each.code,
            names=asdict(each.name),
            kind=each.kind,
            region=each.region,
            basis=each.basis,
            key=rules.key(each.name),
            opened_at=stamp.at,
        )
        for each in new
    )
    if made:
        record(stamp, "bodies.adopted", "packaged", count=len(made))
    return tuple(made)


@transaction.atomic
def open_body(
    stamp: Stamp, *, name: Text, kind: str, parent: str = "", stir: str = "", head_name: str = ""
) -> StateBody:
    """Open a body under another one, or at the top."""
    stamp.require(*rights("inventory")["body.opened"])
    _only_once(name)
    made = StateBody.objects.create(
        code=fresh_code("body"),
        names=asdict(name),
        kind=rules.checked_kind(kind),
        parent=StateBody.all().named(parent) if parent else None,
        stir=rules.checked_stir(stir),
        head_name=head_name.strip()[:120],
        key=rules.key(name),
        opened_at=stamp.at,
    )
    record(stamp, "body.opened", made.code, kind=kind)
    return made


@transaction.atomic
def change_body(
    stamp: Stamp,
    code: str,
    *,
    version: int,
    name: Text,
    kind: str,
    parent: str = "",
    stir: str = "",
    head_name: str = "",
    head_position: str = "",
) -> StateBody:
    """Change what is said of a body; refuses if somebody else did so meanwhile."""
    body = StateBody.all().select_for_update().filter(closed_at=None).named(code)
    stamp.require(*rights("inventory")["body.changed"])
    if body.version != version:
        raise BodyChanged
    _only_once(name, besides=body)
    body.names, body.key = asdict(name), rules.key(name)
    body.kind, body.stir = rules.checked_kind(kind), rules.checked_stir(stir)
    body.parent = _parent(body, parent)
    body.head_name, body.head_position = head_name.strip()[:120], head_position.strip()[:200]
    body.version += 1
    body.save()
    record(stamp, "body.changed", code)
    return body


@transaction.atomic
def close_body(stamp: Stamp, code: str) -> StateBody:
    """Close a body that has no other under it; what it did stays."""
    body = StateBody.all().select_for_update().filter(closed_at=None).named(code)
    stamp.require(*rights("inventory")["body.closed"])
    if body.children.filter(closed_at=None).exists():
        raise BodyBusy(name=body.name)
    body.closed_at = stamp.at
    body.save(update_fields=["closed_at"])
    record(stamp, "body.closed", code)
    return body


def _only_once(name: Text, besides: StateBody | None = None) -> None:
    same = StateBody.objects.filter(key=rules.key(name), closed_at=None)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if found := same.first():
        raise BodyKnown(name=found.name)


def _parent(body: StateBody, code: str) -> StateBody | None:
    if not code:
        return None
    found = StateBody.all().named(code)
    above: StateBody | None = found
    while above is not None:
        if above.pk == body.pk:
            raise UnderItself(name=body.name)
        above = above.parent
    return found
