"""Apply for a service: begin a draft, keep its pages, send it, send it in one piece, withdraw it.

What is accepted is durable: the answer is given after the transaction that keeps it. A request
that is repeated finds what it made the first time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError, transaction

from marra.flow.answers import complete, first_open, kept
from marra.flow.engine.messages import Changed, Done, Stop
from marra.flow.screens import NoSuchStep
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.portal.actions.keeping import InHand
from marra.portal.models.cases import Case, CaseTask
from marra.portal.queries import cases, catalogue, definitions
from marra.portal.queries.cases import Desk
from marra.portal.rules import casework, writing
from marra.portal.rules.casework import Origin, Outcome, Stage, WorkState
from marra.portal.rules.clocks import due_on
from marra.portal.rules.happenings import Happening
from marra.portal.rules.keeper import Kind
from marra.portal.rules.services import State
from marra.portal.rules.values import as_value
from marra.store import short_code


@transaction.atomic
def begin(stamp: Stamp, service: str, *, origin: str = Origin.WEB, key: str = "") -> Case:
    """A draft of an application; the one that was begun before, if it was not sent yet.

    `key` names the request: the same key finds the same application, whatever became of it.
    """
    stamp.require(*rights("portal")["case.begun"], of=stamp.by)
    found = _found(stamp, service, key)
    if found is not None:
        return found
    made = _kept(_begun(stamp, service, _Asked(stamp.by, origin, key)))
    record(stamp, "case.begun", made.code, service=service, origin=origin)
    return made


@transaction.atomic
def offer(
    stamp: Stamp,
    service: str,
    *,
    applicant: str,
    event: str,
    key: str,
    data: Mapping[str, Any] | None = None,
) -> Case:
    """Begin an application for somebody because a register told of an event; they only confirm.

    `event` is the element that the process begins with; the same key is the same application.
    """
    stamp.require(*rights("portal")["case.offered"])
    mine = cases.every().filter(applicant=applicant, key=writing.checked_key(key)).first()
    if mine is not None:
        return mine
    asked = _Asked(applicant, Origin.REGISTER, key, event, data or {})
    made = _kept(_begun(stamp, service, asked))
    record(stamp, "case.offered", made.code, service=service, event=event)
    return made


@transaction.atomic
def save_page(stamp: Stamp, code: str, *, step: str, answers: Mapping[str, Any]) -> Case:
    """Keep the answers of one page, right or wrong; what stood on it before is written over."""
    row = cases.locked(stamp, code)
    stamp.require(*rights("portal")["case.saved"], of=row.applicant)
    desk = _desk(row)
    page = desk.form.page(step)
    if page is None:
        raise NoSuchStep(step=step[:60])
    asked = set(page.fields) - desk.given.keys()
    told = {name: each for name, each in desk.answers.items() if name not in asked}
    told |= {name: answers[name] for name in asked if name in answers}
    cases.own_files(stamp, desk.form, {n: e for n, e in told.items() if n in asked})
    row.answers = writing.checked_answers({**row.answers, desk.name: told})
    row.changed_at = stamp.at
    row.save(update_fields=["answers", "changed_at"])
    record(stamp, "case.saved", code, step=step)
    return row


@transaction.atomic
def submit(stamp: Stamp, code: str) -> Case:
    """Send what was answered; sent again it is the same application.

    Refuses with `NotAnswered` while an answer is missing or wrong.
    """
    row = cases.locked(stamp, code)
    stamp.require(*rights("portal")["case.sent"], of=row.applicant)
    desk = cases.desk(row)
    if row.stage == Stage.ENDED or (desk is None and row.sent_at is not None):
        return row
    hand = InHand(stamp, row)
    _send(hand, desk)
    hand.keep()
    record(stamp, "case.sent", code, stage=row.stage, outcome=row.outcome)
    return row


@transaction.atomic
def apply(
    stamp: Stamp,
    service: str,
    *,
    key: str,
    answers: Mapping[str, Any],
    origin: str = Origin.MOBILE,
) -> Case:
    """Apply in one piece; the same key and answers find the application made the first time.

    Where registers have to be asked before the form, it stays a draft until they answered: settle
    what waits, and ask again. Refuses with `KeyTaken` if the key came with other answers.
    """
    stamp.require(*rights("portal")["case.applied"], of=stamp.by)
    digest = writing.answers_digest(service, answers)
    row = _found(stamp, service, writing.checked_key(key))
    if row is not None and row.digest not in ("", digest):
        raise writing.KeyTaken(key=key)
    if row is not None and row.stage != Stage.DRAFT:
        return row
    hand = InHand(stamp, row) if row else _begun(stamp, service, _Asked(stamp.by, origin, key))
    hand.case.digest = digest
    _send_now(hand, answers)
    row = _kept(hand)
    if row.digest != digest:
        raise writing.KeyTaken(key=key)
    record(stamp, "case.applied", row.code, service=service, origin=origin, stage=row.stage)
    return row


@transaction.atomic
def withdraw(stamp: Stamp, code: str) -> Case:
    """Take an application back; what was never sent is forgotten."""
    row = cases.locked(stamp, code)
    stamp.require(*rights("portal")["case.withdrawn"], of=row.applicant)
    if row.stage == Stage.ENDED:
        raise casework.CaseOver
    if row.stage == Stage.DRAFT:
        row.answers = {}
    hand = InHand(stamp, row)
    hand.end(Outcome.WITHDRAWN)
    hand.tell(Stop(Outcome.WITHDRAWN))
    hand.keep()
    record(stamp, "case.withdrawn", code, sent=row.sent_at is not None)
    return row


def _found(stamp: Stamp, service: str, key: str) -> Case | None:
    if key:
        named = Case.objects.filter(applicant=stamp.by, key=writing.checked_key(key))
    else:
        named = Case.objects.filter(applicant=stamp.by, service__code=service, stage=Stage.DRAFT)
    if not named.order_by().exists():  # mostly there is none, and the rest costs more
        return None
    rows = cases.own(stamp).select_for_update(of=("self",))
    return rows.filter(pk__in=named.order_by().values("pk")).first()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What makes an application: whose, how it came, and the event its process begins with."""

    applicant: str
    origin: str
    key: str = ""
    event: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def _begun(stamp: Stamp, service: str, asked: _Asked) -> InHand:
    """A new case in hand, its process at the first work that waits; nothing is written yet."""
    definition = definitions.standing_of(service)
    if definition is None or definition.service.state != State.PUBLISHED:
        raise casework.NotOpen(name=catalogue.published().named(service).name)
    offered = definition.service
    code = short_code()
    made = Case(
        code=code,
        service=offered,
        definition=definition,
        applicant=asked.applicant,
        key=asked.key or code,
        origin=Origin(asked.origin),
        started_at=stamp.at,
    )
    hand = InHand(stamp, made)
    hand.begin(as_value(asked.data), by=asked.event)
    return hand


def _kept(hand: InHand) -> Case:
    """The case, written; or the one that the same request made at the same moment."""
    if hand.case.pk:
        return hand.keep()
    try:
        with transaction.atomic():
            return hand.keep()
    except IntegrityError:
        rows = cases.every().select_for_update(of=("self",))
        return rows.get(applicant=hand.case.applicant, key=hand.case.key)


def _desk(row: Case) -> Desk:
    desk = cases.desk(row)
    if desk is None or row.stage == Stage.ENDED:
        raise casework.NotADraft
    return desk


def _send_now(hand: InHand, answers: Mapping[str, Any]) -> None:
    """Send a form in one piece; nothing is sent while another system is asked before it."""
    case = hand.case
    rows = [*(case.tasks.all() if case.pk else ()), *hand.fresh]
    task = cases.asked_of_applicant(rows)
    if task is None and any(each.kind == Kind.CALL for each in rows if each.state == "open"):
        return
    desk = cases.at_desk(case, task) if task else None
    if desk is not None:
        told = {name: answers[name] for name in desk.form.fields if name in answers}
        cases.own_files(hand.stamp, desk.form, told)
        case.answers = writing.checked_answers({**case.answers, desk.name: told})
        desk = replace(desk, answers=told)
    _send(hand, desk)


def _send(hand: InHand, desk: Desk | None) -> None:
    """The case after the applicant's form; its term begins when it is sent for the first time."""
    row, stamp = hand.case, hand.stamp
    answers = _judged(stamp, desk) if desk else {}
    if row.sent_at is None:
        row.stage, row.sent_at, row.term = Stage.RUNNING, stamp.at, row.service.term
        row.due_on = due_on(stamp.at.date(), row.term)
        hand.note(Happening.SENT)
    if desk is None:
        return
    if desk.task.state == WorkState.OPEN:
        _done(stamp, desk.task)
        if len(row.answers) > 1:
            hand.note(Happening.FILLED)
        hand.tell(Done(desk.task.number, {} if desk.is_plain else as_value(answers)))
    else:
        row.tasks.filter(state=WorkState.RETURNED).update(state=WorkState.OPEN)
        hand.note(Happening.CORRECTED)
        hand.tell(Changed(as_value(answers)))


def _done(stamp: Stamp, task: CaseTask) -> None:
    task.state, task.done_at, task.done_by = WorkState.DONE, stamp.at, stamp.by
    if task.pk:  # else it is written with the new case
        task.save(update_fields=["state", "done_at", "done_by"])


def _judged(stamp: Stamp, desk: Desk) -> dict[str, Any]:
    """The answers that are sent; refuses with `NotAnswered`."""
    whole = desk.whole
    wrong = complete(desk.form, whole, now=stamp.at)
    if wrong:
        page = first_open(desk.form, whole, now=stamp.at)
        title = page.title.uz if page else ""
        raise casework.NotAnswered(count=len(wrong), page=title)
    return kept(desk.form, whole, now=stamp.at)
