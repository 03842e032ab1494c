"""Make assignments, change drafts, give them, and take them through their way."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from marra.commission.models.acts import Act, Clause, Obligation
from marra.commission.models.assignments import Assignment, Checkpoint, Removal
from marra.commission.models.groups import Group
from marra.commission.models.plans import PlanVersion
from marra.commission.models.proposals import Proposal
from marra.commission.models.sessions import Decision
from marra.commission.queries import assignments as queries
from marra.commission.rules import assignments as rules
from marra.commission.rules.assignments import AssignmentChanged, LeadAmongHelpers, State
from marra.inventory.queries.bodies import known, named
from marra.journal.actions import record
from marra.language.fold import fold
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def make(
    stamp: Stamp,
    *,
    title: str,
    lead: str,
    deadline: date,
    head_name: str = "",
    given_on: date | None = None,
    co_executors: Sequence[str] = (),
    text: str = "",
    ijro_number: str = "",
    give: bool = False,
    **source: str,
) -> Assignment:
    """Make an assignment for a body, as a draft or given at once.

    `source` names where it comes from by public codes: group, clause ("act/P4-b"), obligation,
    decision, proposal, plan; and initiative and indicator by theirs.
    """
    stamp.require(*rights("commission")["assignment.made"], of=source.get("group", ""))
    given = given_on or stamp.at.date()
    rules.checked_days(given, deadline)
    task = rules.checked_task(title)
    made = Assignment.objects.create(
        code=fresh_code("assignment"),
        number=_next_number(stamp.at.year),
        title=task,
        key=fold(task)[:500],
        text=rules.checked_text(text),
        lead=named(lead),
        head_name=" ".join(head_name.split())[:120] or named(lead).head_name,
        ijro_number=ijro_number.strip()[:60],
        given_on=given,
        first_deadline=deadline,
        deadline=deadline,
        state=State.NEW if give else State.DRAFT,
        made_at=stamp.at,
        made_by=stamp.by,
        **_source(source),
    )
    _set_helpers(made, co_executors)
    _set_checkpoints(made)
    record(stamp, "assignment.made", made.code, number=made.number, given=give, lead=lead)
    return made


@transaction.atomic
def change(
    stamp: Stamp,
    code: str,
    *,
    version: int,
    title: str,
    text: str = "",
    head_name: str = "",
    ijro_number: str = "",
    indicator: str = "",
    lead: str = "",
    deadline: date | None = None,
    co_executors: Sequence[str] | None = None,
) -> Assignment:
    """Change what an assignment says; body and deadline only while it is a draft.

    Refuses with `AssignmentChanged`, naming the fields, if somebody was quicker.
    """
    row = _locked(stamp, code)
    stamp.require(*rights("commission")["assignment.changed"], of=queries.group_of(row))
    if row.state not in rules.OPEN | {State.DRAFT}:
        raise rules.StepNotOpen(number=row.number)
    told: dict[str, Any] = {
        "title": rules.checked_task(title),
        "text": rules.checked_text(text),
        "head_name": " ".join(head_name.split())[:120],
        "ijro_number": ijro_number.strip()[:60],
        "indicator": indicator,
    }
    if row.version != version:
        raise AssignmentChanged(fields=_differing(row, told))
    for name, value in told.items():
        setattr(row, name, value)
    if row.state == State.DRAFT:
        _change_draft(row, lead=lead, deadline=deadline)
    if co_executors is not None:
        _set_helpers(row, co_executors)
    row.key, row.version = fold(row.title)[:500], version + 1
    row.save()
    record(stamp, "assignment.changed", code, version=row.version)
    return row


@transaction.atomic
def give(stamp: Stamp, code: str) -> Assignment:
    """Give a draft to its bodies: from now on they see it and owe it."""
    row = _locked(stamp, code)
    stamp.require(*rights("commission")["assignment.given"], of=queries.group_of(row))
    _move(row, "give")
    record(stamp, "assignment.given", code, lead=row.lead.code)
    return row


@transaction.atomic
def start(stamp: Stamp, code: str) -> Assignment:
    """Say that work on it has begun."""
    row = _locked(stamp, code)
    stamp.require(*rights("commission")["assignment.started"], of=row.lead.code)
    _move(row, "start")
    record(stamp, "assignment.started", code)
    return row


@transaction.atomic
def report(
    stamp: Stamp, code: str, *, percent: int, text: str = "", checkpoint: str = ""
) -> Assignment:
    """Tell how far it is; with a checkpoint, that its interim day is reported on."""
    row = _locked(stamp, code)
    stamp.require(*rights("commission")["assignment.reported"], of=row.lead.code)
    _report(stamp, row, percent, text, checkpoint)
    record(stamp, "assignment.reported", code, percent=percent, checkpoint=checkpoint)
    return row


@transaction.atomic
def report_many(stamp: Stamp, *, reports: Mapping[str, tuple[int, str]]) -> int:
    """Tell how far several are, by code: percent and text; all of them or none. How many."""
    rows = queries.visible_to(stamp).select_for_update(of=("self",))
    found = [rows.named(code) for code in sorted(reports)]
    bodies = {row.lead.code for row in found}
    held = stamp.scopes(*rights("commission")["assignments.reported"])
    lacking = [] if "" in held else sorted(bodies - held)
    scopes = lacking[:1] or sorted(bodies)
    stamp.require(*rights("commission")["assignments.reported"], of=scopes)
    for row in found:
        percent, text = reports[row.code]
        _report(stamp, row, percent, text, "")
    record(stamp, "assignments.reported", "assignments", count=len(found))
    return len(found)


@transaction.atomic
def delegate(stamp: Stamp, code: str, *, to: str) -> Assignment:
    """Hand it to somebody inside the lead body, by the code of their account."""
    row = _locked(stamp, code)
    stamp.require(*rights("commission")["assignment.delegated"], of=row.lead.code)
    if row.state not in rules.OPEN:
        raise rules.StepNotOpen(number=row.number)
    row.delegated_to = to
    row.save(update_fields=["delegated_to"])
    record(stamp, "assignment.delegated", code, to=to)
    return row


@transaction.atomic
def remove(
    stamp: Stamp, code: str, *, ground: str, text: str, document: str = "", instead: str = ""
) -> Assignment:
    """Take it from control, with a ground, a reason and, for a duplicate, what stays instead."""
    row = _locked(stamp, code)
    stamp.require(*rights("commission")["assignment.removed"])
    _move(row, "remove")
    row.removed_at = stamp.at
    row.save(update_fields=["removed_at"])
    Removal.objects.create(
        code=fresh_code("removal"),
        assignment=row,
        ground=rules.checked_ground(ground),
        text=rules.checked_reason(text),
        document=document.strip()[:300],
        instead=queries.visible_to(stamp).named(instead) if instead else None,
        made_at=stamp.at,
        made_by=stamp.by,
    )
    record(stamp, "assignment.removed", code, ground=ground, instead=instead)
    return row


def _locked(stamp: Stamp, code: str) -> Assignment:
    return queries.visible_to(stamp).select_for_update(of=("self",)).named(code)


def _move(row: Assignment, move: str) -> None:
    row.state = rules.step(State(row.state), move, number=row.number)
    row.version += 1
    row.save(update_fields=["state", "version"])


def _report(stamp: Stamp, row: Assignment, percent: int, text: str, checkpoint: str) -> None:
    if row.state not in rules.OWED:
        raise rules.StepNotOpen(number=row.number)
    row.percent = rules.checked_percent(percent)
    if row.state == State.NEW:
        row.state = State.IN_PROGRESS
    row.version += 1
    row.save(update_fields=["percent", "state", "version"])
    if checkpoint:
        point = Checkpoint.all().filter(assignment=row).named(checkpoint)
        point.reported_at, point.reported_by = stamp.at, stamp.by
        point.text, point.percent = rules.checked_text(text), percent
        point.save()
    elif text.strip():
        Checkpoint.objects.create(
            code=fresh_code("checkpoint"),
            assignment=row,
            due=stamp.at.date(),
            text=rules.checked_text(text),
            percent=percent,
            reported_at=stamp.at,
            reported_by=stamp.by,
        )


def _change_draft(row: Assignment, *, lead: str, deadline: date | None) -> None:
    if lead:
        row.lead = named(lead)
    if deadline is not None:
        rules.checked_days(row.given_on, deadline)
        row.first_deadline = row.deadline = deadline
        row.checkpoints.filter(reported_at=None).delete()
        _set_checkpoints(row)


def _set_helpers(row: Assignment, codes: Sequence[str]) -> None:
    if row.lead.code in codes:
        raise LeadAmongHelpers
    row.co_executors.set(known(codes))


def _set_checkpoints(row: Assignment) -> None:
    Checkpoint.objects.bulk_create(
        Checkpoint(code=fresh_code("checkpoint"), assignment=row, due=day)
        for day in rules.checkpoints(row.given_on, row.deadline)
    )


def _next_number(year: int) -> str:
    """The next number of a year; whoever makes another one at the same moment waits."""
    Act.objects.select_for_update().order_by("pk").first()
    rows = Assignment.objects.filter(number__startswith=f"{year}/").order_by("-pk")
    newest = rows.values_list("number", flat=True).first()
    return f"{year}/{int(newest.split('/')[1]) + 1}" if newest else f"{year}/1"


def _source(given: Mapping[str, str]) -> dict[str, Any]:
    """The columns that say where an assignment comes from."""
    act, _, clause = given.get("clause", "").partition("/")
    found: dict[str, Any] = {
        name: model.all().named(given[name]) for name, model in SOURCES.items() if given.get(name)
    }
    if clause:
        found["clause"] = Clause.objects.filter(act__code=act, number=clause).first()
    return found | {name: given.get(name, "") for name in ("initiative", "indicator")}


SOURCES: Mapping[str, Any] = {
    "group": Group,
    "obligation": Obligation,
    "decision": Decision,
    "proposal": Proposal,
    "plan": PlanVersion,
}
"""What an assignment may come from, by the name of its column."""


def _differing(row: Assignment, told: Mapping[str, object]) -> str:
    return ", ".join(name for name, value in told.items() if getattr(row, name) != value) or "–"
