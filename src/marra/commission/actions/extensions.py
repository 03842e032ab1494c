"""Ask for more time, and answer; the first deadline stays for ever."""

from datetime import date

from django.db import transaction

from marra.commission.models.assignments import Assignment, Checkpoint, Extension
from marra.commission.queries import assignments as queries
from marra.commission.rules import assignments as rules
from marra.commission.rules import terms
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def ask_extension(stamp: Stamp, code: str, *, until: date, reason: str) -> Extension:
    """Ask for more time by the deadline, with a reason; one question at a time."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["extension.asked"], of=row.lead.code)
    if row.state not in rules.OWED:
        raise rules.StepNotOpen(number=row.number)
    waits = row.asked.filter(granted=None).exists()
    terms.checked_asking(row.deadline, stamp.at.date(), waits=waits)
    made = Extension.objects.create(
        code=fresh_code("extension"),
        assignment=row,
        before=row.deadline,
        until=terms.checked_until(until, row.deadline),
        reason=rules.checked_reason(reason),
        asked_at=stamp.at,
        asked_by=stamp.by,
    )
    record(stamp, "extension.asked", code, extension=made.code, until=until.isoformat())
    return made


@transaction.atomic
def answer_extension(
    stamp: Stamp, code: str, *, grant: bool, answer: str = "", until: date | None = None
) -> Extension:
    """Grant more time, as asked or until another day, or refuse it with a reason."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["extension.answered"])
    asked = row.asked.filter(granted=None).first()
    if asked is None:
        raise terms.NothingAsked
    if row.state not in rules.OPEN:
        raise rules.StepNotOpen(number=row.number)
    if asked.asked_by == stamp.by:
        raise rules.OwnWork
    asked.granted, asked.answered_at, asked.answered_by = grant, stamp.at, stamp.by
    asked.answer = rules.checked_text(answer)[:2000] if grant else rules.checked_reason(answer)
    if grant:
        asked.until = terms.checked_until(until or asked.until, row.deadline)
        _extend(row, asked.until, stamp.at.date())
    asked.save()
    day = asked.until.isoformat()
    record(stamp, "extension.answered", code, extension=asked.code, granted=grant, until=day)
    return asked


def _extend(row: Assignment, until: date, today: date) -> None:
    """The later deadline, with interim days for the time that was added."""
    days = set(terms.checkpoints(row.given_on, until))
    days -= set(row.checkpoints.values_list("due", flat=True))
    Checkpoint.objects.bulk_create(
        Checkpoint(code=fresh_code("checkpoint"), assignment=row, due=day)
        for day in sorted(days)
        if day > today
    )
    row.deadline, row.extensions = until, row.extensions + 1
    row.save(update_fields=["deadline", "extensions"])
