"""Write minutes while a session is open: who came, what was heard, what was decided.

Each decision is a numbered clause; the assignments it gives are made with it, as drafts that are
given when the minutes are closed.
"""

from collections.abc import Collection, Sequence
from typing import Final

from django.db import transaction

from marra.commission.actions import assignments
from marra.commission.models.assignments import Assignment, Removal
from marra.commission.models.sessions import AgendaItem, Attendance, Decision, Session
from marra.commission.queries import sessions as queries
from marra.commission.rules import sessions as rules
from marra.commission.rules.assignments import State as TaskState
from marra.commission.rules.assignments import step as task_step
from marra.commission.rules.removals import Ground
from marra.commission.rules.sessions import DECIDES, Outcome, State, Task
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code

Guest = tuple[str, str]
"""Somebody who is no member: full name and position."""

LONGEST_TASK: Final = 500


@transaction.atomic
def mark_attendance(
    stamp: Stamp, code: str, *, present: Collection[str], guests: Sequence[Guest] = ()
) -> Session:
    """Say who of those asked came, by their names, and add guests, who came."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["attendance.marked"], of=queries.scope(row))
    rules.in_session(State(row.state), title=row.title)
    for each in queries.attendances(row):
        came = each.full_name in present
        if each.present != came:
            each.present = came
            each.save(update_fields=["present"])
    known = {each.full_name for each in queries.attendances(row)}
    for name, position in guests:
        cleaned = rules.checked_line(name)[:120]
        if cleaned in known:
            raise rules.SamePlace(name=cleaned)
        known.add(cleaned)
        Attendance.objects.create(
            session=row, full_name=cleaned, position=position.strip()[:200], present=True
        )
    came_in_all = row.attendances.filter(present=True).count()
    record(stamp, "attendance.marked", code, present=came_in_all)
    return row


@transaction.atomic
def write_minutes(stamp: Stamp, code: str, *, version: int, minutes: str) -> AgendaItem:
    """Write what was heard about an item; refuses with `ItemChanged` if somebody was quicker."""
    found = queries.items_for(stamp).named(code)
    row = queries.locked(stamp, found.session.code)
    stamp.require(*rights("commission")["minutes.written"], of=queries.scope(row))
    rules.in_session(State(row.state), title=row.title)
    item = queries.item_as_seen(code, version)
    item.minutes, item.version = rules.checked_text(minutes), version + 1
    item.save(update_fields=["minutes", "version"])
    record(stamp, "minutes.written", code, version=item.version, fields="minutes")
    return item


@transaction.atomic
def decide_item(
    stamp: Stamp, code: str, *, text: str, outcome: str, tasks: Sequence[Task] = ()
) -> Decision:
    """Record a decision about an item, with the assignments it gives, all together or nothing."""
    item = queries.items_for(stamp).named(code)
    row = queries.locked(stamp, item.session.code)
    stamp.require(*rights("commission")["decision.made"], of=queries.scope(row))
    rules.in_session(State(row.state), title=row.title)
    comes_to = rules.checked_outcome(outcome, tasks=len(tasks))
    _check_once(item, comes_to)
    made = Decision.objects.create(
        code=fresh_code("decision"),
        session=row,
        item=item,
        number=len(queries.decisions(row)) + 1,
        text=rules.checked_decision(text),
        outcome=comes_to,
        made_at=stamp.at,
        made_by=stamp.by,
    )
    for task in tasks:
        _make(stamp, made, task)
    record(stamp, "decision.made", made.code, item=code, outcome=comes_to, tasks=len(tasks))
    return made


@transaction.atomic
def change_decision(stamp: Stamp, code: str, *, version: int, text: str) -> Decision:
    """Change the words of a decision until the minutes are closed."""
    found = queries.decisions_for(stamp).named(code)
    row = queries.locked(stamp, found.session.code)
    stamp.require(*rights("commission")["decision.changed"], of=queries.scope(row))
    rules.in_session(State(row.state), title=row.title)
    decision = Decision.all().filter(removed_at=None).named(code)
    if decision.version != version:
        raise rules.DecisionChanged(number=decision.number)
    decision.text, decision.version = rules.checked_decision(text), version + 1
    decision.save(update_fields=["text", "version"])
    record(stamp, "decision.changed", code, version=decision.version)
    return decision


@transaction.atomic
def remove_decision(stamp: Stamp, code: str) -> Decision:
    """Strike a decision out before the minutes are closed; its assignments go with it."""
    found = queries.decisions_for(stamp).named(code)
    row = queries.locked(stamp, found.session.code)
    stamp.require(*rights("commission")["decision.removed"], of=queries.scope(row))
    rules.in_session(State(row.state), title=row.title)
    decision = Decision.all().filter(removed_at=None).named(code)
    for task in decision.assignments.exclude(state=TaskState.REMOVED):
        _strike(stamp, task)
    decision.removed_at = stamp.at
    decision.save(update_fields=["removed_at"])
    for number, each in enumerate(queries.decisions(row), start=1):
        if each.number != number:
            Decision.objects.filter(pk=each.pk).update(number=number)
    record(stamp, "decision.removed", code, session=row.code)
    return decision


def _check_once(item: AgendaItem, outcome: Outcome) -> None:
    """A proposal is accepted or rejected once."""
    if item.proposal is None or outcome not in DECIDES:
        return
    before = item.decisions.filter(removed_at=None, outcome__in=list(DECIDES)).first()
    if before is not None:
        raise rules.DecidedTwice(number=before.number)


def _make(stamp: Stamp, decision: Decision, task: Task) -> None:
    """The assignment that a decision gives; what its proposal is about, it is about."""
    row, item, about = decision.session, decision.item, decision.item.proposal
    assignments.make(
        stamp,
        title=task.title or decision.text[:LONGEST_TASK],
        lead=task.lead,
        deadline=task.deadline,
        head_name=task.head_name,
        co_executors=task.co_executors,
        group=queries.scope(row) or task.group,
        decision=decision.code,
        proposal=about.code if about else "",
        indicator=about.indicator if about else "",
        obligation=about.obligation.code if about and about.obligation else "",
        plan=item.plan.code if item.plan else "",
    )


def _strike(stamp: Stamp, task: Assignment) -> None:
    """Remove a draft that a struck out decision made; nobody was given it yet."""
    task.state = task_step(TaskState(task.state), "remove", number=task.number)
    task.removed_at = stamp.at
    task.save(update_fields=["state", "removed_at"])
    Removal.objects.create(
        code=fresh_code("removal"),
        assignment=task,
        ground=Ground.NOT_NEEDED,
        text="",
        document="",
        made_at=stamp.at,
        made_by=stamp.by,
    )
