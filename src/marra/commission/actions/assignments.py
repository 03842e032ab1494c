"""Make assignments, change and give them, start on them, hand them on inside a body."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from marra.commission.models.acts import Clause, Obligation
from marra.commission.models.assignments import Assignment, Checkpoint
from marra.commission.models.groups import Group
from marra.commission.models.plans import PlanVersion
from marra.commission.models.proposals import Proposal
from marra.commission.models.sessions import Decision
from marra.commission.queries import assignments as queries
from marra.commission.queries.history import changed_since
from marra.commission.rules import assignments as rules
from marra.commission.rules import terms
from marra.commission.rules.assignments import Field, State
from marra.evidence.rules.indicators import indicator as measured
from marra.inventory.queries.bodies import known, named
from marra.journal.actions import record
from marra.language.fold import fold
from marra.people import queries as people
from marra.people.rules.rights import Role, Stamp, rights
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
    decision, proposal, plan, initiative, indicator; and `basis` a document in words.
    """
    stamp.require(*rights("commission")["assignment.made"], of=source.get("group") or "")
    given, body = given_on or stamp.at.date(), named(lead)
    terms.checked_days(given, deadline)
    task = rules.checked_task(title)
    made = Assignment.objects.create(
        code=fresh_code("assignment"),
        number=next(queries.next_numbers(stamp.at.year)),
        title=task,
        key=fold(task)[:500],
        text=rules.checked_text(text),
        lead=body,
        head_name=" ".join(head_name.split())[:120] or body.head_name,
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
    co_executors: Sequence[str] | None = None,
    lead: str = "",
    deadline: date | None = None,
    **told: str,
) -> Assignment:
    """Change what an assignment says; body, group and deadline only while it is a draft.

    What is not told stays: text, head_name, ijro_number, indicator, basis, group, clause,
    obligation. Refuses with `AssignmentChanged`, naming the fields, if somebody was quicker.
    """
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["assignment.changed"], of=queries.group_of(row))
    if row.state not in rules.OPEN | {State.DRAFT}:
        raise rules.StepNotOpen(number=row.number)
    if row.version != version and (fields := changed_since(row, version)):
        raise rules.AssignmentChanged(fields=fields)
    before = _told(row)
    if row.state == State.DRAFT:
        _change_draft(row, lead=lead, deadline=deadline)
    else:
        told.pop("group", None)  # who judges first is settled once it is given
    _write(row, {"title": title, **told})
    if co_executors is not None:
        _set_helpers(row, co_executors)
    row.version += 1
    row.save()
    after = _told(row)
    changed = ",".join(each.name.lower() for each in Field if before[each] != after[each])
    record(stamp, "assignment.changed", code, version=row.version, fields=changed)
    return row


@transaction.atomic
def give(stamp: Stamp, code: str) -> Assignment:
    """Give a draft to its bodies: from now on they see it and owe it."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["assignment.given"], of=queries.group_of(row))
    row.state = rules.step(State(row.state), "give", number=row.number)
    row.save(update_fields=["state"])
    record(stamp, "assignment.given", code, lead=row.lead.code)
    return row


@transaction.atomic
def start(stamp: Stamp, code: str) -> Assignment:
    """Say that work on it has begun."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["assignment.started"], of=row.lead.code)
    row.state = rules.step(State(row.state), "start", number=row.number)
    row.save(update_fields=["state"])
    record(stamp, "assignment.started", code)
    return row


@transaction.atomic
def delegate(stamp: Stamp, code: str, *, to: str) -> Assignment:
    """Charge somebody inside the lead body with it, by the code of their account.

    What the body owes stays what it owes: whoever acts for it may go on working on it.
    """
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["assignment.delegated"], of=row.lead.code)
    if row.state not in rules.OPEN:
        raise rules.StepNotOpen(number=row.number)
    if not people.holding(Role.EXECUTOR, row.lead.code).filter(code=to).exists():
        raise rules.NotInBody
    row.delegated_to = to
    row.save(update_fields=["delegated_to"])
    record(stamp, "assignment.delegated", code, to=to)
    return row


def _write(row: Assignment, told: Mapping[str, str]) -> None:
    """The fields that may change at any time before the end."""
    for name, value in told.items():
        if name in SOURCES or name in {"clause", "indicator"}:
            continue
        setattr(row, name, CHECKED[name](value))
    for name, thing in _source({n: v for n, v in told.items() if n not in CHECKED}).items():
        setattr(row, name, thing)
    row.key = fold(row.title)[:500]


CHECKED: Final[Mapping[str, Any]] = {
    "title": rules.checked_task,
    "text": rules.checked_text,
    "head_name": lambda told: " ".join(told.split())[:120],
    "ijro_number": lambda told: told.strip()[:60],
    "basis": lambda told: " ".join(told.split())[:300],
}
"""What is written as it is told, once it is checked."""


def _told(row: Assignment) -> dict[Field, object]:
    """What an assignment says, to be compared."""
    told: dict[Field, object] = {
        each: getattr(row, each.name.lower()) for each in Field if each is not Field.CO_EXECUTORS
    }
    return told | {Field.CO_EXECUTORS: sorted(each.code for each in row.co_executors.all())}


def _change_draft(row: Assignment, *, lead: str, deadline: date | None) -> None:
    if lead:
        row.lead = named(lead)
    if deadline is not None:
        terms.checked_days(row.given_on, deadline)
        row.first_deadline = row.deadline = deadline
        row.checkpoints.all().delete()
        _set_checkpoints(row)


def _set_helpers(row: Assignment, codes: Sequence[str]) -> None:
    if row.lead.code in codes:
        raise rules.LeadAmongHelpers
    row.co_executors.set(known(codes))


def _set_checkpoints(row: Assignment) -> None:
    Checkpoint.objects.bulk_create(
        Checkpoint(code=fresh_code("checkpoint"), assignment=row, due=day)
        for day in terms.checkpoints(row.given_on, row.deadline)
    )


def _source(given: Mapping[str, str]) -> dict[str, Any]:
    """The columns that say where an assignment comes from; what is not told is left out."""
    found: dict[str, Any] = {
        name: model.all().named(given[name]) if given[name] else None
        for name, model in SOURCES.items()
        if name in given
    }
    if "clause" in given:
        found["clause"] = _clause(given["clause"]) if given["clause"] else None
    if "indicator" in given:
        found["indicator"] = measured(given["indicator"]).code if given["indicator"] else ""
    plain = ("initiative", "basis")
    return found | {name: given[name].strip()[:300] for name in plain if name in given}


def _clause(written: str) -> Clause:
    act, _, number = written.partition("/")
    found = Clause.objects.filter(act__code=act, number=number).first()
    if found is None:
        raise rules.NoSuchClause(clause=written[:60])
    return found


SOURCES: Final[Mapping[str, Any]] = {
    "group": Group,
    "obligation": Obligation,
    "decision": Decision,
    "proposal": Proposal,
    "plan": PlanVersion,
}
"""What an assignment may come from, by the name of its column."""
