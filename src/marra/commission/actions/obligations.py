"""Change obligations: set a day where the text has none, accept a proof, take one back."""

from datetime import date

from django.db import transaction

from marra.archive.actions import keep_file
from marra.commission.models.acts import ObligationDay, ObligationProof
from marra.commission.queries import obligations as queries
from marra.commission.rules.obligations import (
    ProofWithdrawn,
    checked_day,
    checked_proof,
)
from marra.commission.rules.readings import ReasonMissing
from marra.journal.actions import record
from marra.kit.titles import checked_note
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def set_day(stamp: Stamp, code: str, *, due: date, reason: str) -> ObligationDay:
    """Set a deadline for an obligation without one; the days set before stay in its history."""
    row = queries.visible_to(stamp).select_for_update(of=("self",)).named(code)
    stamp.require(*rights("commission")["obligation.day-set"])
    why = checked_note(reason)
    if not why:
        raise ReasonMissing
    day = checked_day(queries.asked(row), due, stamp.at.date())
    made = ObligationDay.objects.create(
        obligation=row, due=day, reason=why[:1000], set_at=stamp.at, set_by=stamp.by
    )
    record(stamp, "obligation.day-set", code, due=day.isoformat())
    return made


@transaction.atomic
def prove(
    stamp: Stamp,
    code: str,
    *,
    text: str,
    day: date,
    met: bool = True,
    link: str = "",
    file: tuple[str, bytes] | None = None,
    value: float | None = None,
) -> ObligationProof:
    """Accept a proof that an obligation is met, or that it is not; the latest counts."""
    row = queries.visible_to(stamp).select_for_update(of=("self",)).named(code)
    stamp.require(*rights("commission")["obligation.proved"])
    told = checked_note(text)
    checked_proof(
        queries.asked(row),
        text=told,
        day=day,
        today=stamp.at.date(),
        has_evidence=bool(link or file),
    )
    made = ObligationProof.objects.create(
        code=fresh_code("proof"),
        obligation=row,
        met=met,
        day=day,
        value=value,
        text=told,
        link=link,
        file=keep_file(stamp, name=file[0], content=file[1]) if file else None,
        made_at=stamp.at,
        made_by=stamp.by,
    )
    record(stamp, "obligation.proved", code, proof=made.code, met=met)
    return made


@transaction.atomic
def unprove(stamp: Stamp, code: str) -> ObligationProof:
    """Take a proof back; it stays in the history and counts no more."""
    made = queries.proofs_for(stamp).select_for_update(of=("self",)).named(code)
    stamp.require(*rights("commission")["obligation.unproved"])
    if made.withdrawn_at is not None:
        raise ProofWithdrawn
    made.withdrawn_at, made.withdrawn_by = stamp.at, stamp.by
    made.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(stamp, "obligation.unproved", made.obligation.code, proof=code)
    return made
