"""Minutes as they stand: read from the rows while they change, from the document once closed."""

from typing import TYPE_CHECKING

from django.utils import timezone

from marra.commission.queries import sessions
from marra.commission.rules.minutes import (
    Body,
    Clause,
    Given,
    Item,
    Minutes,
    Person,
    digest,
    read,
)
from marra.commission.rules.sessions import Draft, State

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment
    from marra.commission.models.sessions import AgendaItem, Decision, Session


def of(row: "Session") -> Minutes:
    """The minutes of a session: frozen ones if they are closed, else as the rows stand."""
    return read(row.document) if row.state == State.CLOSED else minutes(row)


def is_intact(row: "Session") -> bool:
    """Whether the document of closed minutes is still the one that was closed."""
    return digest(row.document) == row.digest


def minutes(row: "Session") -> Minutes:
    """The minutes as the rows stand now."""
    group = row.group
    return Minutes(
        body=Body(group.number, group.name) if group else Body(),
        title=row.title,
        number=row.number,
        year=row.year,
        starts_at=timezone.localtime(row.starts_at),
        venue=row.venue,
        chaired_by=row.chaired_by,
        kept_by=row.kept_by,
        people=tuple(
            Person(each.full_name, each.position, each.present)
            for each in sessions.attendances(row)
        ),
        items=tuple(_item(each) for each in sessions.items(row)),
        clauses=tuple(_clause(each) for each in sessions.decisions(row)),
        closed_at=timezone.localtime(row.closed_at) if row.closed_at else None,
    )


def draft(row: "Session") -> Draft:
    """What there is to judge whether the minutes may be closed."""
    items, decided = sessions.items(row), sessions.decisions(row)
    return Draft(
        chaired_by=row.chaired_by,
        kept_by=row.kept_by,
        present=sum(each.present for each in sessions.attendances(row)),
        told=[bool(each.minutes) or bool(each.decisions.all()) for each in items],
        tasks=[(each.outcome, len(each.assignments.all())) for each in decided],
    )


def _item(item: "AgendaItem") -> Item:
    return Item(
        number=item.number,
        title=item.title,
        speaker=item.speaker,
        minutes=item.minutes,
        proposal=item.proposal.title if item.proposal else "",
        plan=item.plan.title if item.plan else "",
    )


def _clause(decision: "Decision") -> Clause:
    return Clause(
        number=decision.number,
        item=decision.item.number,
        text=decision.text,
        outcome=decision.outcome,
        tasks=tuple(_given(each) for each in decision.assignments.all()),
    )


def _given(task: "Assignment") -> Given:
    return Given(
        number=task.number,
        title=task.title,
        lead=task.lead.name,
        head=task.head_name,
        helpers=tuple(each.name for each in task.co_executors.all()),
        deadline=task.deadline,
    )
