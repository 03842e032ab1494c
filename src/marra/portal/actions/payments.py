"""What payment systems ask: each call moves one charge, and one that was paid moves its case.

Calls come twice, late and out of order. A charge is held while a call is answered, and the pure
rules of each protocol give the same call the same answer.
"""

import secrets
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.portal.actions.settling import paid
from marra.portal.models.payments import Attempt, ChargeRow
from marra.portal.queries import payments as queries
from marra.portal.rules import click, payme
from marra.portal.rules.casework import Outcome
from marra.portal.rules.casework import Stage as CaseStage
from marra.portal.rules.charges import Charge, System

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN: Final = 2**50


@transaction.atomic
def call_payme(stamp: Stamp, code: str, *, call: payme.Call) -> dict[str, Any]:
    """Answer a call of Payme about a charge; refuses with an error of its protocol."""
    stamp.require(*rights("portal")["charge.called"])
    row = _held(code)
    before = queries.charge_of(row) if row else None
    after, told = payme.answer(call, before, now=_millis(stamp), own=secrets.randbelow(OWN) + 1)
    _keep(stamp, row, before, after)
    record(stamp, "charge.called", code or "-", system=System.PAYME, method=call.method)
    return told


@transaction.atomic
def call_click(stamp: Stamp, code: str, *, call: click.Call, secret: str) -> dict[str, Any]:
    """Answer a call of Click about a charge."""
    stamp.require(*rights("portal")["charge.called"])
    row = _held(code)
    before = queries.charge_of(row) if row else None
    own = secrets.randbelow(OWN // 2**20) + 1  # Click keeps them in 32 bits
    after, told = click.answer(call, before, secret, now=_millis(stamp), own=own)
    _keep(stamp, row, before, after)
    record(stamp, "charge.called", code or "-", system=System.CLICK, method=call.of("action"))
    return told


def _held(code: str) -> ChargeRow | None:
    """The charge, held until the call is answered; closed when its case has ended."""
    rows = ChargeRow.all().select_for_update(of=("self",)).select_related("case")
    row = rows.filter(code=code).first()
    if row is not None and row.case.stage == CaseStage.ENDED:
        row.is_closed = row.case.outcome != Outcome.GRANTED  # what was given is not paid back
    return row


def _keep(
    stamp: Stamp, row: ChargeRow | None, before: Charge | None, after: Charge | None
) -> None:
    """Write what is otherwise now; a charge that became paid moves its case."""
    if row is None or before is None or after is None or after == before:
        return
    known = {each.own: each for each in before.payments}
    for each in after.payments:
        if known.get(each.own) != each:
            told: Mapping[str, Any] = {k: v for k, v in asdict(each).items() if k != "own"}
            Attempt.objects.update_or_create(charge=row, own=each.own, defaults=told)
    if after.paid and not before.paid:
        paid(stamp, row.case.code, receipt=after.code)


def _millis(stamp: Stamp) -> int:
    return int(stamp.at.timestamp() * 1000)
