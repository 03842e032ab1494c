"""Enter, change and remove processes of a body, and decide what becomes of them."""

from django.db import transaction

from marra.inventory.models.bodies import StateBody
from marra.inventory.models.functions import Function, Process
from marra.inventory.queries import functions
from marra.inventory.queries import processes as queries
from marra.inventory.queries.history import changed_since
from marra.inventory.rules import things
from marra.inventory.rules.things import Decision
from marra.journal.actions import record
from marra.language.fold import fold
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code

DECIDED = (things.Field.DECISION, things.Field.REASON, things.Field.MERGED_INTO)


@transaction.atomic
def enter_process(
    stamp: Stamp, body: str, *, title: str, function: str = "", **told: float | None
) -> Process:
    """Enter how a function is carried out: volume, minutes, steps, documents."""
    owner = StateBody.all().select_for_update().filter(closed_at=None).named(body)
    stamp.require(*rights("inventory")["process.entered"], of=body)
    given = things.checked({"title": title, **told}, stamp.at.date())
    of = _function(stamp, owner, function)
    _only_once(owner, of, str(given["title"]))
    made = Process.objects.create(
        code=fresh_code("process"),
        body=owner,
        function=of,
        key=fold(title)[:500],
        entered_at=stamp.at,
        entered_by=stamp.by,
        **given,
    )
    record(stamp, "process.entered", made.code, body=body)
    return made


@transaction.atomic
def change_process(
    stamp: Stamp,
    code: str,
    *,
    version: int,
    title: str,
    function: str = "",
    **told: float | None,
) -> Process:
    """Change what is said of a process; refuses with `ThingChanged` if somebody was quicker."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("inventory")["process.changed"], of=row.body.code)
    _unchanged(row, version)
    before = _told(row)
    for name, value in things.checked({"title": title, **told}, stamp.at.date()).items():
        setattr(row, name, value)
    row.function = _function(stamp, row.body, function)
    _only_once(row.body, row.function, row.title, besides=row)
    row.key = fold(row.title)[:500]
    row.version += 1
    row.changed_at = stamp.at
    row.save()
    after = _told(row)
    changed = ",".join(name for name in before if before[name] != after[name])
    record(stamp, "process.changed", code, version=row.version, fields=changed)
    return row


@transaction.atomic
def decide_process(
    stamp: Stamp, code: str, *, version: int, decision: str, reason: str = "", into: str = ""
) -> Process:
    """Decide what becomes of a process, and why; a merge names the process that stays."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("inventory")["process.decided"], of=row.body.code)
    _unchanged(row, version)
    told, why = things.checked_decision(decision, reason, target=bool(into.strip()))
    row.merged_into = _target(stamp, row, into) if told is Decision.MERGE else None
    if told in (Decision.MERGE, Decision.ABOLISH) and row.merged.filter(removed_at=None).exists():
        raise things.StillHasProcesses(title=row.title)
    row.decision, row.reason = told, why
    row.version += 1
    row.changed_at = stamp.at
    row.save()
    record(
        stamp,
        "process.decided",
        code,
        version=row.version,
        decision=told.value,
        fields="decision,reason,merged_into",
    )
    return row


@transaction.atomic
def remove_process(stamp: Stamp, code: str) -> Process:
    """Take a process off the list; one that others are merged into, or serve, stays."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("inventory")["process.removed"], of=row.body.code)
    merged = row.merged.filter(removed_at=None)
    if merged.exists() or row.services.filter(removed_at=None).exists():
        raise things.StillHasProcesses(title=row.title)
    row.removed_at = stamp.at
    row.save(update_fields=["removed_at"])
    record(stamp, "process.removed", code)
    return row


def _function(stamp: Stamp, body: StateBody, code: str) -> Function | None:
    """The function a process belongs to: of its own body, or shared with it."""
    if not code:
        return None
    found = functions.visible_to(stamp).named(code)
    if found.body_id != body.pk and not found.shared_with.filter(pk=body.pk).exists():
        raise things.OfAnotherBody(title=found.title)
    return found


def _unchanged(row: Process, version: int) -> None:
    """Go on if nobody was quicker; refuses with `ThingChanged`, naming what is otherwise now."""
    if row.version != version:
        fields = changed_since(row.code, version, row.version, (*things.OF_PROCESS, *DECIDED))
        if fields:
            raise things.ThingChanged(fields=fields)


def _only_once(
    body: StateBody, function: Function | None, title: str, besides: Process | None = None
) -> None:
    key = fold(title)[:500]
    same = Process.objects.filter(body=body, function=function, key=key, removed_at=None)
    found = same.exclude(pk=besides.pk if besides else 0).first()
    if found:
        raise things.KnownHere(title=found.title)


def _target(stamp: Stamp, row: Process, into: str) -> Process:
    """The process that stays: not itself, and none that goes away."""
    found = queries.target(stamp, into, row.body)
    if found.pk == row.pk or found.decision in (Decision.MERGE, Decision.ABOLISH):
        raise things.MergedIntoItself(title=found.title)
    return found


def _told(row: Process) -> dict[str, object]:
    """What is said of a process, to be compared."""
    told: dict[str, object] = {
        each.name.lower(): getattr(row, each.name.lower()) for each in things.OF_PROCESS
    }
    return told | {"function": row.function_id}
