"""Read working groups and who sits in them: open to all; accounts behind members are not."""

from collections import defaultdict

from django.db.models import Prefetch

from marra.commission.models.acts import Clause, Obligation
from marra.commission.models.groups import Group, Member
from marra.commission.rules.groups import COMMISSION, Field
from marra.journal.queries import entries
from marra.people.rules.rights import Role, Stamp
from marra.store import Named


def visible_to(_stamp: Stamp) -> Named[Group]:
    """Every group, closed ones too: who works on the goal is open to all."""
    return Group.all()


def standing(stamp: Stamp) -> list[Group]:
    """The groups that are open, each with its tasks and obligations at hand."""
    return [each for each in every(stamp) if each.closed_at is None]


def every(stamp: Stamp) -> list[Group]:
    """Every group with its tasks and obligations at hand."""
    clauses = Clause.objects.select_related("act")
    return list(visible_to(stamp).prefetch_related("obligations", Prefetch("clauses", clauses)))


def sitting(stamp: Stamp) -> dict[int | None, list[Member]]:
    """Who sits now, by group; those of the Commission itself under None."""
    found: dict[int | None, list[Member]] = defaultdict(list)
    for each in sorted(members_for(stamp).filter(until=None), key=_seat):
        found[each.group_id].append(each)
    return found


def members_for(_stamp: Stamp) -> Named[Member]:
    """Every membership, with group and body."""
    return Member.all().select_related("group", "body")


def roster(stamp: Stamp, group: Group | None) -> list[Member]:
    """Who sits and sat in a group, or in the Commission itself: those who sit, then the others."""
    rows = members_for(stamp).filter(group=group)
    return sorted(rows, key=lambda each: (each.until is not None, *_seat(each)))


ORDER = {"chair": 0, "head": 0, "secretary": 1, "member": 2}
"""Seats in the order in which they are named."""


def named(stamp: Stamp, code: str) -> Group | None:
    """The group of that code; None for the Commission itself."""
    return None if code == COMMISSION else visible_to(stamp).named(code)


def scope(group: Group | None) -> str:
    """In what roles of that group are held: its code, or everywhere for the Commission."""
    return group.code if group else ""


def clauses_to_choose() -> list[Clause]:
    """The clauses of acts that stand, which may be tasks of groups."""
    rows = Clause.objects.filter(act__replaced_by=None).exclude(act__kind="source")
    return list(rows.select_related("act").order_by("-act__signed_on", "act_id", "order"))


def obligations_to_choose() -> list[Obligation]:
    """The obligations that groups may answer for."""
    rows = Obligation.objects.filter(act__replaced_by=None).select_related("act")
    return list(rows.order_by("-act__signed_on", "-act__published_on", "act_id", "order"))


def written(clause: Clause) -> str:
    """A clause as files and forms name it: `pq-308/P4-b`."""
    return f"{clause.act.code}/{clause.number}"


def changed_since(stamp: Stamp, group: Group, version: int) -> tuple[Field, ...]:
    """What others changed about a group after that version."""
    found = set()
    for entry in entries.about(stamp, group.code).filter(deed="group.changed"):
        if entry.facts.get("version", 0) > version:
            found |= set(str(entry.facts["fields"]).split(","))
    return tuple(each for each in Field if each.name.lower() in found)


def _seat(member: Member) -> tuple[int, str]:
    return ORDER[member.role], member.full_name


def reads_all(stamp: Stamp) -> bool:
    """Whether this person reads everything of the Commission and of every group."""
    roles = (Role.CHAIR, Role.SECRETARY, Role.AUDITOR, Role.ADMINISTRATOR, Role.ANALYST)
    return any(stamp.holds(role) for role in roles)
