"""Read what a file would change on the list of a body, before anything changes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count

from marra.inventory.models.bodies import StateBody
from marra.inventory.models.functions import Function, Process, Service
from marra.inventory.queries import functions, processes, services
from marra.inventory.queries.bodies import bodies
from marra.inventory.rules import things
from marra.inventory.rules.files import merging, reader
from marra.inventory.rules.files.columns import COLUMNS, Thing, stored
from marra.inventory.rules.files.merging import Target
from marra.inventory.rules.files.planned import Double, Fate, Planned, Stands, doubles, planned
from marra.inventory.rules.files.reader import Key
from marra.inventory.rules.files.writer import Says
from marra.kit.findings import Finding, Findings
from marra.language.fold import fold
from marra.people.rules.rights import Stamp

OF: Mapping[Thing, tuple[str, ...]] = {
    thing: tuple(
        stored(each.name)
        for each in COLUMNS
        if each.thing is thing and each.name not in {*Thing, "shared_with", "merged_into"}
    )
    for thing in Thing
}
"""The plain columns of each thing's table that a file may say."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read and found fit, and what it would change."""

    plan: tuple[Planned, ...]
    targets: Mapping[Key, Target]
    doubles: tuple[Double, ...]
    remarks: tuple[Finding, ...]
    rows: int

    def count(self, thing: str, fate: str) -> int:
        """How many things of a kind would become so.

        >>> Prepared((), {}, (), (), 0).count("function", "new")
        0
        """
        return sum(each.told.thing == thing and each.fate == fate for each in self.plan)

    @property
    def changes_anything(self) -> bool:
        """Whether something would be otherwise afterwards."""
        return any(each.fate is not Fate.SAME for each in self.plan)


def prepare(
    stamp: Stamp, body: StateBody, name: str, content: bytes, *, look_alike: bool = True
) -> Prepared:
    """What a file would change; refuses with `FileRefused`.

    Whoever has looked at what looks like a double need not have it looked for again.
    """
    named = {fold(text): each.code for each in bodies() for text in each.names.values()}
    findings = Findings(name)
    found = reader.read(content, findings, bodies=named, today=stamp.at.date())
    stands = standing(body)
    plan = planned(found.things, stands, findings)
    _not_with_itself(plan, body, findings)
    targets = merging.targets(plan, stands, _elsewhere(stamp, body, plan), findings)
    findings.settle()
    alike = doubles(plan, _others(stamp)) if look_alike else []
    return Prepared(tuple(plan), targets, tuple(alike), tuple(findings.remarks), found.rows)


def _not_with_itself(plan: list[Planned], body: StateBody, findings: Findings) -> None:
    for each in plan:
        shared = each.told.says.get("shared_with")
        if isinstance(shared, list) and body.code in shared:
            findings.refuse(
                things.SharedWithItself.sentence, line=each.told.line, column="shared_with"
            )


def _elsewhere(stamp: Stamp, body: StateBody, plan: list[Planned]) -> dict[str, str]:
    """Processes of other bodies by the titles that the file asks for and only one of them has."""
    wanted = merging.wanted(plan)
    if not wanted:
        return {}
    rows = processes.visible_to(stamp).exclude(body=body).filter(key__in=wanted).order_by()
    once = rows.values("key").annotate(n=Count("pk")).filter(n=1)
    return dict(rows.filter(key__in=once.values("key")).values_list("key", "code"))


def _others(stamp: Stamp) -> list[tuple[Thing, str, str, str]]:
    """Every function and service this person reads: the thing, its key, title and body."""
    found = [
        (Thing.FUNCTION, *each)
        for each in functions.visible_to(stamp).values_list("key", "title", "body__code")
    ]
    return found + [
        (Thing.SERVICE, *each)
        for each in services.visible_to(stamp).values_list("key", "title", "owner__code")
    ]


def standing(body: StateBody) -> list[Stands]:
    """Everything on the list of a body, as files are compared with it."""
    return [*_functions(body), *_processes(body), *_services(body)]


def _functions(body: StateBody) -> Iterator[Stands]:
    shared: dict[int, list[str]] = defaultdict(list)
    through = Function.shared_with.through.objects.filter(function__body=body)
    for pk, code in through.values_list("function_id", "statebody__code"):
        shared[pk].append(code)
    for row in Function.objects.filter(body=body, removed_at=None):
        says = {name: getattr(row, name) for name in OF[Thing.FUNCTION]}
        says["shared_with"] = sorted(shared[row.pk])
        yield Stands(row.code, Thing.FUNCTION, (row.key,), row.title, says)


def _processes(body: StateBody) -> Iterator[Stands]:
    rows = Process.objects.filter(body=body, removed_at=None)
    for row in rows.select_related("function", "merged_into"):
        says = {name: getattr(row, name) for name in OF[Thing.PROCESS]}
        says["merged_into"] = row.merged_into.title if row.merged_into else ""
        yield Stands(row.code, Thing.PROCESS, _key(row), row.title, says)


def _services(body: StateBody) -> Iterator[Stands]:
    carried: dict[int, set[Key]] = defaultdict(set)
    through = Service.processes.through.objects.filter(service__owner=body)
    told = through.values_list("service_id", "process__function__key", "process__key")
    for pk, function, process in told:
        carried[pk].add((function or "", process))
    for row in Service.objects.filter(owner=body, removed_at=None):
        says = {name: getattr(row, name) for name in OF[Thing.SERVICE]}
        yield Stands(
            row.code, Thing.SERVICE, (row.key,), row.title, says, frozenset(carried[row.pk])
        )


def _key(row: Process) -> Key:
    return (row.function.key if row.function else "", row.key)


def rows_of(body: StateBody, language: str) -> Iterator[Says]:
    """The list of a body as rows of a file: each service beside its process and function."""
    stands = standing(body)
    names = {each.code: each.name.into(language) for each in bodies()}
    by_key = {(each.thing, each.key): each for each in stands}
    told: set[Key] = set()
    carried: set[Key] = set()
    for service in (each for each in stands if each.thing is Thing.SERVICE):
        homes = sorted(key for key in service.processes if (Thing.PROCESS, key) in by_key)
        for key in homes or [()]:
            carried |= {key}
            process = by_key.get((Thing.PROCESS, key))
            yield _row(by_key, names, told, process, service)
    for each in stands:
        if each.thing is Thing.PROCESS and each.key not in carried:
            yield _row(by_key, names, told, each, None)
    for each in stands:
        if each.thing is Thing.FUNCTION and each.key not in told:
            yield {Thing.FUNCTION: _told(each, names)}


def _row(
    by_key: Mapping[tuple[Thing, Key], Stands],
    names: Mapping[str, str],
    told: set[Key],
    process: Stands | None,
    service: Stands | None,
) -> Says:
    row: dict[Thing, Mapping[str, object]] = {}
    if process is not None:
        row[Thing.PROCESS] = _told(process, names)
        function = by_key.get((Thing.FUNCTION, (process.key[0],)))
        if function is not None:
            told.add(function.key)
            row[Thing.FUNCTION] = _told(function, names)
    if service is not None:
        row[Thing.SERVICE] = _told(service, names)
    return row


def _told(each: Stands, names: Mapping[str, str]) -> Mapping[str, object]:
    says = {name: value for name, value in each.says.items() if value not in ("", None, [])}
    if isinstance(shared := says.get("shared_with"), list):
        says["shared_with"] = [names.get(code, code) for code in shared]
    if says.get("decision") == things.Decision.UNDECIDED:
        del says["decision"]
    return {"title": each.title, **says}
