"""Open, change and close working groups; the five to begin with."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction

from marra.commission.actions.members import end_member
from marra.commission.models.acts import Clause, Obligation
from marra.commission.models.groups import Group, Member
from marra.commission.queries import groups as queries
from marra.commission.queries.readings import readings
from marra.commission.rules.groups import (
    ChangedMeanwhile,
    Field,
    GroupClosed,
    GroupThere,
    checked_indicators,
    checked_number,
    checked_tasks,
    named,
    packaged,
)
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights


@transaction.atomic
def adopt_groups(stamp: Stamp) -> tuple[Group, ...]:
    """Open the packaged groups; those that were ever there are left as they are."""
    stamp.require(*rights("commission")["groups.adopted"])
    known = set(Group.objects.values_list("code", flat=True))
    made = []
    for each in packaged():
        if each.code in known:
            continue
        group = Group.objects.create(
            code=each.code,
            number=each.number,
            names=asdict(each.name),
            indicators=list(each.indicators),
            basis="assumed",
            opened_at=stamp.at,
        )
        group.clauses.set(_clauses([f"{act}/{number}" for act, number in each.clauses]))
        group.obligations.set(Obligation.objects.filter(code__in=each.obligations))
        made.append(group)
    if made:
        record(stamp, "groups.adopted", "packaged", count=len(made))
    return tuple(made)


@transaction.atomic
def open_group(stamp: Stamp, *, number: int, uz: str, ru: str, en: str) -> Group:
    """Open a working group without tasks; they are chosen afterwards."""
    stamp.require(*rights("commission")["group.opened"])
    code = f"WG-{checked_number(number)}"
    if Group.objects.filter(number=number).exists():
        raise GroupThere(number=number)
    group = Group.objects.create(
        code=code, number=number, names=asdict(named(uz=uz, ru=ru, en=en)), opened_at=stamp.at
    )
    record(stamp, "group.opened", code)
    return group


@transaction.atomic
def change_group(
    stamp: Stamp,
    code: str,
    *,
    version: int,
    uz: str,
    ru: str,
    en: str,
    clauses: Sequence[str] = (),
    obligations: Sequence[str] = (),
    indicators: Sequence[str] = (),
) -> Group:
    """Change what a group is called and what it answers for; refused if somebody was quicker."""
    group = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("commission")["group.changed"])
    _still_open(group)
    if group.version != version:
        changed = queries.changed_since(stamp, group, version)
        raise ChangedMeanwhile(name=group.name, changed=changed)
    checked_tasks(clauses, {each.question: each.answer for each in readings()})
    before = _told(group)
    group.names = asdict(named(uz=uz, ru=ru, en=en))
    group.indicators = list(checked_indicators(indicators))
    group.clauses.set(_clauses(clauses))
    group.obligations.set(Obligation.objects.filter(code__in=obligations))
    after = _told(group)
    fields = ",".join(field.name.lower() for field in Field if before[field] != after[field])
    group.version, group.basis = version + 1, "entered"
    group.save()
    record(stamp, "group.changed", code, version=group.version, fields=fields)
    return group


@transaction.atomic
def close_group(stamp: Stamp, code: str) -> Group:
    """Close a group; those who sit in it leave their seats, and what it did stays."""
    group = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("commission")["group.closed"])
    _still_open(group)
    for member in Member.objects.filter(group=group, until=None):
        end_member(stamp, member.code, until=stamp.at.date())
    group.closed_at = stamp.at
    group.save(update_fields=["closed_at"])
    record(stamp, "group.closed", code)
    return group


def _still_open(group: Group) -> None:
    if group.closed_at is not None:
        raise GroupClosed(name=group.name)


def _told(group: Group) -> dict[Field, object]:
    return {
        Field.NAMES: group.names,
        Field.CLAUSES: sorted(group.clauses.values_list("pk", flat=True)),
        Field.OBLIGATIONS: sorted(group.obligations.values_list("code", flat=True)),
        Field.INDICATORS: list(group.indicators),
    }


def _clauses(written: Sequence[str]) -> list[Clause]:
    """The clauses of those names, of the acts that stand."""
    return [each for each in queries.clauses_to_choose() if queries.written(each) in written]
