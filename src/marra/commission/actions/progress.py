"""Tell how far assignments are: one, one of its interim days, or many at once."""

from collections.abc import Mapping

from django.db import transaction

from marra.commission.models.assignments import Assignment, Checkpoint, Progress
from marra.commission.queries import assignments as queries
from marra.commission.queries.deputies import acts_for
from marra.commission.rules import assignments as rules
from marra.commission.rules.assignments import State
from marra.journal.actions import record
from marra.people.rules.rights import Role, Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def report(
    stamp: Stamp, code: str, *, percent: int, text: str = "", checkpoint: str = ""
) -> Progress:
    """Tell how far it is; with a checkpoint, that its interim day is reported on."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["assignment.reported"], of=row.lead.code)
    made = _report(stamp, row, percent, text, checkpoint)
    record(
        stamp,
        "assignment.reported",
        code,
        percent=percent,
        progress=made.code,
        checkpoint=checkpoint,
    )
    return made


@transaction.atomic
def report_many(stamp: Stamp, *, reports: Mapping[str, tuple[int, str]]) -> int:
    """Tell how far several are, by code: percent and text; all of them or none. How many."""
    if not reports:
        raise rules.NothingReported
    rows = queries.visible_to(stamp).select_for_update(of=("self",))
    found = [rows.named(code) for code in sorted(reports)]
    for row in found:
        stamp.require(*rights("commission")["assignments.reported"], of=row.lead.code)
    for row in found:
        percent, text = reports[row.code]
        _report(stamp, row, percent, text, "")
    record(stamp, "assignments.reported", "assignments", count=len(found))
    return len(found)


def _report(stamp: Stamp, row: Assignment, percent: int, text: str, checkpoint: str) -> Progress:
    if row.state not in rules.OWED:
        raise rules.StepNotOpen(number=row.number)
    row.percent = rules.checked_percent(percent)
    if row.state == State.NEW:
        row.state = State.IN_PROGRESS
    row.save(update_fields=["percent", "state"])
    made = Progress.objects.create(
        code=fresh_code("progress"),
        assignment=row,
        percent=percent,
        text=rules.checked_text(text),
        on_behalf_of=acts_for(stamp, Role.EXECUTOR, row.lead.code),
        made_at=stamp.at,
        made_by=stamp.by,
    )
    if checkpoint:
        point = Checkpoint.all().filter(assignment=row).named(checkpoint)
        point.reported_at, point.reported_by = stamp.at, stamp.by
        point.text, point.percent = rules.checked_reason(text), percent
        point.save()
    return made
