"""Read sessions, their agendas, decisions and who came: those a person may know of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from marra.commission.models.assignments import Assignment
from marra.commission.models.groups import Group
from marra.commission.models.plans import PlanVersion
from marra.commission.models.proposals import Proposal
from marra.commission.models.sessions import AgendaItem, Attendance, Decision, Session
from marra.commission.queries import plans, proposals
from marra.commission.queries.assignments import ALL, OF_A_GROUP
from marra.commission.rules.groups import COMMISSION
from marra.commission.rules.plans import State as PlanState
from marra.commission.rules.proposals import State as ProposalState
from marra.commission.rules.sessions import Field, ItemChanged, State
from marra.journal.queries import entries
from marra.people.rules.rights import Stamp
from marra.store import Named


@dataclass(frozen=True, slots=True)
class Asked:
    """Which sessions are asked for; empty fields ask for nothing."""

    body: str = ""  # the code of a group, or "commission"
    state: str = ""
    year: int | None = None


def visible_to(stamp: Stamp) -> Named[Session]:
    """The sessions this person may know of, the latest first."""
    rows = Session.all().select_related("group")
    if any(stamp.holds(role) for role in ALL):
        return rows
    return rows.filter(group__code__in=stamp.scopes(*OF_A_GROUP) - {""})


def is_known(stamp: Stamp, code: str) -> bool:
    """Whether this person may know of the session of that code."""
    return visible_to(stamp).filter(code=code).exists()


def of_group(stamp: Stamp, group: Group, most: int) -> list[Session]:
    """The latest meetings of a group that this person may know of."""
    return list(visible_to(stamp).filter(group=group)[:most])


def item_about(stamp: Stamp, proposal: Proposal) -> AgendaItem | None:
    """The item of an agenda that a proposal stands on, or stood on last."""
    return items_for(stamp).filter(proposal=proposal).order_by("-pk").first()


def items_about_plan(stamp: Stamp, plan: PlanVersion) -> list[AgendaItem]:
    """The items that a plan stands on, or stood on, with what was decided about each."""
    decided = Decision.objects.filter(removed_at=None).order_by("number")
    rows = items_for(stamp).filter(plan=plan).order_by("pk")
    return list(rows.prefetch_related(Prefetch("decisions", decided)))


def asked_for(rows: Named[Session], asked: Asked) -> Named[Session]:
    """Those of the rows that are asked for."""
    if asked.body:
        is_commission = asked.body == COMMISSION
        rows = rows.filter(Q(group=None) if is_commission else Q(group__code=asked.body))
    if asked.state:
        rows = rows.filter(state=asked.state)
    return rows.filter(year=asked.year) if asked.year else rows


def coming(stamp: Stamp, at: datetime) -> Session | None:
    """The session that is open now, else the next one that is planned, from that day on."""
    rows = visible_to(stamp).order_by("starts_at", "pk")
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        rows.filter(state=State.OPEN).first()
        or rows.filter(state=State.PLANNED, starts_at__gte=day).first()
        or rows.filter(state=State.PLANNED).last()
    )


def years(stamp: Stamp) -> list[int]:
    """The years in which there are sessions, the latest first."""
    rows = visible_to(stamp).order_by("-year").values_list("year", flat=True)
    return list(rows.distinct())


def locked(stamp: Stamp, code: str) -> Session:
    """The session of that code for a change, if this person may know of it."""
    return visible_to(stamp).select_for_update(of=("self",)).named(code)


def locked_with_others(stamp: Stamp, code: str) -> Session:
    """The same, with every session of that body and year: whoever closes another one waits."""
    row = visible_to(stamp).named(code)
    others = Session.objects.filter(group=row.group, year=row.year).order_by("pk")
    list(others.select_for_update().values_list("pk", flat=True))
    return locked(stamp, code)


def next_number(row: Session) -> int:
    """The number that the minutes get: one more than the last of that body in that year."""
    numbered = Session.objects.filter(group=row.group, year=row.year, number__isnull=False)
    newest = numbered.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1


def scope(row: Session) -> str:
    """In what roles for a session are held: the code of its group, or everywhere."""
    return row.group.code if row.group else ""


def items(row: Session) -> list[AgendaItem]:
    """The agenda, with proposals, plans and what was decided at hand."""
    decided = Decision.objects.filter(removed_at=None).order_by("number")
    decided = decided.prefetch_related(Prefetch("assignments", _assignments()))
    rows = AgendaItem.all().filter(session=row, removed_at=None).select_related("proposal", "plan")
    return list(rows.order_by("number", "pk").prefetch_related(Prefetch("decisions", decided)))


def items_for(stamp: Stamp) -> Named[AgendaItem]:
    """Every item of every agenda this person may know of."""
    known = visible_to(stamp).values("pk")
    rows = AgendaItem.all().filter(session__in=known, removed_at=None)
    return rows.select_related("session__group", "proposal", "plan")


def item_as_seen(code: str, version: int) -> AgendaItem:
    """The item, whose session is locked, if it is as it was seen; refuses with `ItemChanged`."""
    item = AgendaItem.all().filter(removed_at=None).named(code)
    if item.version != version:
        changed = changed_since(code, version, ("item.changed", "minutes.written"))
        raise ItemChanged(number=item.number, fields=changed)
    return item


def decisions(row: Session) -> list[Decision]:
    """The decisions in the order of their numbers, with their assignments at hand."""
    rows = Decision.all().filter(session=row, removed_at=None).select_related("item")
    return list(rows.order_by("number").prefetch_related(Prefetch("assignments", _assignments())))


def decisions_for(stamp: Stamp) -> Named[Decision]:
    """Every decision this person may know of, struck out ones left out."""
    known = visible_to(stamp).values("pk")
    rows = Decision.all().filter(session__in=known, removed_at=None)
    return rows.select_related("session__group", "item__proposal")


def _assignments() -> Named[Assignment]:
    rows = Assignment.all().exclude(state="removed").select_related("lead", "group")
    return rows.order_by("pk").prefetch_related("co_executors")


def attendances(row: Session) -> list[Attendance]:
    """Who was asked to come, in the order in which they are named."""
    return list(row.attendances.all())


def proposals_for(stamp: Stamp, group: Group | None) -> list[Proposal]:
    """The proposals that wait for a session of that body."""
    rows = proposals.visible_to(stamp).filter(state=ProposalState.PUT_FORWARD)
    return list(rows.filter(group=group) if group else rows)


def plans_for(stamp: Stamp) -> list[PlanVersion]:
    """The plans that wait for a decision."""
    return list(plans.visible_to(stamp).filter(state=PlanState.PROPOSED))


def changed_since(code: str, version: int, deeds: Iterable[str]) -> tuple[Field, ...]:
    """What others changed about a thing after that version."""
    found: set[str] = set()
    for entry in entries.of(code).filter(deed__in=list(deeds)):
        if int(str(entry.facts.get("version", 0))) > version:
            found |= set(str(entry.facts.get("fields", "")).split(","))
    return tuple(each for each in Field if each.name.lower() in found)
