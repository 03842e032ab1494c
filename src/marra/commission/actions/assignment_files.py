"""Take a list of assignments in from a file: all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from marra.commission.models.acts import Clause
from marra.commission.models.assignments import Assignment, Checkpoint
from marra.commission.models.groups import Group
from marra.commission.queries import assignments as queries
from marra.commission.queries.assignment_files import known
from marra.commission.queries.groups import written
from marra.commission.rules.assignment_files.planned import Planned
from marra.commission.rules.assignment_files.reader import read
from marra.commission.rules.assignments import State
from marra.commission.rules.terms import checkpoints
from marra.inventory.queries.bodies import bodies
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code

AT_ONCE = 500
CODE_BYTES = 8
"""Thousands are named at once, so that four bytes might name two alike."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file came to."""

    made: int
    standing: int  # stood here already and were left as they are


@transaction.atomic
def import_assignments(stamp: Stamp, *, name: str, content: bytes, give: bool = False) -> Taken:
    """Take in every assignment of a file, or refuse it whole with all its faults.

    A row that says no state is given at once if `give`, else it is a draft.
    """
    stamp.require(*rights("commission")["assignments.imported"])
    found = read(name[:255], content, known(stamp), stamp.at.date())
    made = _made(stamp, found.rows, State.NEW if give else State.DRAFT)
    record(
        stamp,
        "assignments.imported",
        "assignments",
        count=len(made),
        standing=len(found.standing),
        digest=sha256(content).hexdigest(),
    )
    return Taken(len(made), len(found.standing))


def _made(stamp: Stamp, rows: Sequence[Planned], without: State) -> list[Assignment]:
    numbers = queries.next_numbers(stamp.at.year)
    pks = {each.code: each for each in bodies()}
    groups = {each.code: each.pk for each in Group.objects.all()}
    clauses = _clauses(rows)
    made = Assignment.objects.bulk_create(
        (
            Assignment(
                code=fresh_code("assignment", size=CODE_BYTES),
                number=next(numbers),
                title=row.title,
                key=row.key,
                text=row.text,
                lead_id=pks[row.lead].pk,
                head_name=row.head_name or pks[row.lead].head_name,
                basis=row.basis,
                clause_id=clauses.get(row.clause),
                group_id=groups.get(row.group),
                indicator=row.indicator,
                ijro_number=row.ijro_number,
                given_on=row.given_on,
                first_deadline=row.first_deadline,
                deadline=row.deadline,
                extensions=row.first_deadline < row.deadline,
                state=row.state or without,
                percent=row.percent,
                made_at=stamp.at,
                made_by=stamp.by,
            )
            for row in rows
        ),
        batch_size=AT_ONCE,
    )
    _helpers(made, rows, {code: each.pk for code, each in pks.items()})
    _checkpoints(stamp, made)
    return made


def _clauses(rows: Sequence[Planned]) -> dict[str, int]:
    numbers = {row.clause.partition("/")[2] for row in rows if row.clause}
    found = Clause.objects.filter(number__in=numbers, act__replaced_by=None).select_related("act")
    return {written(each): each.pk for each in found}


def _helpers(made: Sequence[Assignment], rows: Sequence[Planned], pks: Mapping[str, int]) -> None:
    link = Assignment.co_executors.through
    link.objects.bulk_create(
        (
            link(assignment_id=each.pk, statebody_id=pks[body])
            for each, row in zip(made, rows, strict=True)
            for body in row.co_executors
        ),
        batch_size=AT_ONCE,
    )


def _checkpoints(stamp: Stamp, made: Sequence[Assignment]) -> None:
    """Interim days from today on: those before were before this system."""
    today = stamp.at.date()
    Checkpoint.objects.bulk_create(
        (
            Checkpoint(code=fresh_code("checkpoint", size=CODE_BYTES), assignment=each, due=day)
            for each in made
            for day in checkpoints(each.given_on, each.deadline)
            if day >= today
        ),
        batch_size=AT_ONCE,
    )
