"""Decide how an open question is read."""

from django.db import transaction

from marra.commission.models.plans import Reading
from marra.commission.queries.readings import reading
from marra.commission.rules.readings import (
    Basis,
    DecidedSo,
    ReasonMissing,
    checked_answer,
)
from marra.journal.actions import record
from marra.kit.titles import checked_note
from marra.people.rules import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def decide_reading(stamp: Stamp, question: str, *, answer: str, reason: str) -> Reading:
    """Decide how a question is read; the decisions before stay in its history."""
    stamp.require(*rights("commission")["reading.decided"])
    chosen, why = checked_answer(question, answer), checked_note(reason)
    if not why:
        raise ReasonMissing
    standing = reading(question)
    if standing.basis is Basis.DECIDED and standing.answer == chosen:
        raise DecidedSo(answer=chosen)
    made = Reading.objects.create(
        code=fresh_code("reading"),
        question=question,
        answer=chosen,
        reason=why,
        decided_at=stamp.at,
        decided_by=stamp.by,
    )
    record(stamp, "reading.decided", question, answer=chosen, reading=made.code)
    return made
