"""What systems outside answer: registers, payments, other services, and time.

A door asks them and brings the answer here; no action waits on a network. Each may come twice:
what was settled already stays as it is.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from marra.flow.engine.keeping import load
from marra.flow.engine.messages import Done, Due, Failed
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.portal.actions.keeping import InHand
from marra.portal.models.cases import Case, CaseTask
from marra.portal.queries import cases
from marra.portal.rules import casework
from marra.portal.rules.casework import Stage, WorkState
from marra.portal.rules.happenings import Happening
from marra.portal.rules.keeper import Kind
from marra.portal.rules.running import LOOK_UP
from marra.portal.rules.values import as_value


@transaction.atomic
def settle(
    stamp: Stamp,
    code: str,
    *,
    number: int,
    outputs: Mapping[str, Any] | None = None,
    error: str = "",
) -> Case:
    """Bring what a system answered to the call of that number, or the code of its error."""
    stamp.require(*rights("portal")["case.settled"])
    row = _locked(code)
    task = row.tasks.filter(number=number, kind=Kind.CALL).first()
    if task is None:
        raise casework.NotWaiting
    if task.state != WorkState.OPEN or row.stage == Stage.ENDED:
        return row
    _finished(stamp, task, outputs or {})
    hand = InHand(stamp, row)
    if error:
        hand.note(Happening.FAILED, task.name)
        hand.tell(Failed(number, error, as_value(outputs or {})))
    else:
        hand.note(Happening.LOOKED_UP if task.does == LOOK_UP else Happening.CALLED, task.name)
        hand.tell(Done(number, as_value(outputs or {})))
    hand.keep()
    record(stamp, "case.settled", code, number=number, element=task.element, failed=bool(error))
    return row


@transaction.atomic
def paid(stamp: Stamp, code: str, *, receipt: str = "") -> Case:
    """Note that what a case asks for was paid; `receipt` is the number of the payment."""
    stamp.require(*rights("portal")["case.paid"])
    row = _locked(code)
    task = row.tasks.filter(kind=Kind.PAY).last()
    if task is None:
        raise casework.NotWaiting
    if task.state != WorkState.OPEN or row.stage == Stage.ENDED:
        return row
    _finished(stamp, task, {"paid": True, "receipt": receipt})
    hand = InHand(stamp, row)
    hand.note(Happening.PAID)
    hand.tell(Done(task.number, {"paid": True}))
    hand.keep()
    record(stamp, "case.paid", code, number=task.number)
    return row


@transaction.atomic
def wake(stamp: Stamp, code: str) -> Case:
    """Tell a case that the times it waited for have come."""
    stamp.require(*rights("portal")["case.woken"])
    row = _locked(code)
    if row.wakes_at is None or row.wakes_at > stamp.at or row.stage == Stage.ENDED:
        return row
    hand = InHand(stamp, row)
    hand.note(Happening.TIME)
    for timer in load(bytes(row.state)).timers:
        standing = load(bytes(row.state)).timers  # one that came may have ended another
        if timer in standing and timer.due and timer.due <= stamp.at:
            hand.tell(Due(timer.id))
    hand.keep()
    record(stamp, "case.woken", code, stage=row.stage)
    return row


def _locked(code: str) -> Case:
    return cases.every().select_for_update(of=("self",)).named(code)


def _finished(stamp: Stamp, task: CaseTask, outputs: Mapping[str, Any]) -> None:
    task.state, task.outputs = WorkState.DONE, dict(outputs)
    task.done_at, task.done_by = stamp.at, stamp.by
    task.save(update_fields=["state", "outputs", "done_at", "done_by"])
