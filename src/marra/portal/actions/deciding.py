"""Work of officials on applications: take, give back, return, finish, decide, move."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from marra.flow.answers import complete, first_open, kept
from marra.flow.engine.graph import Graph
from marra.flow.engine.keeping import dump, load
from marra.flow.engine.messages import Done, Failed
from marra.flow.engine.moving import move as moved
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.portal.actions.keeping import InHand
from marra.portal.models.cases import Case, CaseTask
from marra.portal.queries import cases, definitions
from marra.portal.queries.running import ready_of
from marra.portal.rules import casework, keeper, writing
from marra.portal.rules.casework import RETURNED, Stage, WorkState
from marra.portal.rules.happenings import Happening
from marra.portal.rules.keeper import Kind
from marra.portal.rules.running import GRANTED
from marra.portal.rules.values import as_value


@transaction.atomic
def take(stamp: Stamp, code: str, *, number: int) -> CaseTask:
    """Take a task up, so that nobody else does it; taken again by the same person nothing changes.

    Refuses with `NotYours` if somebody else was quicker, and with `OwnCase`.
    """
    row = cases.locked(stamp, code)
    stamp.require(*rights("portal")["case.taken"], of=_body(row))
    task = _open(row, number)
    casework.must_be_another(row.applicant, stamp.by)
    if task.taken_by and task.taken_by != stamp.by:
        raise casework.NotYours
    if not task.taken_by:
        task.taken_by, task.taken_at = stamp.by, stamp.at
        task.save(update_fields=["taken_by", "taken_at"])
        _noted(stamp, row, Happening.TAKEN)
    record(stamp, "case.taken", code, number=number, element=task.element)
    return task


@transaction.atomic
def give_back(stamp: Stamp, code: str, *, number: int) -> CaseTask:
    """Give a task back, for somebody else to take."""
    row = cases.locked(stamp, code)
    stamp.require(*rights("portal")["case.given-back"], of=_body(row))
    task = _open(row, number)
    casework.must_be_mine(task.taken_by, stamp.by)
    task.taken_by, task.taken_at = "", None
    task.save(update_fields=["taken_by", "taken_at"])
    _noted(stamp, row, Happening.GIVEN_BACK)
    record(stamp, "case.given-back", code, number=number, element=task.element)
    return task


@transaction.atomic
def return_case(stamp: Stamp, code: str, *, number: int, why: str) -> Case:
    """Return an application to be corrected, and say why; the term stands still until then.

    A process that catches the error “returned” at this task goes its own way; otherwise the task
    waits until the applicant has sent the form again.
    """
    row = cases.locked(stamp, code)
    stamp.require(*rights("portal")["case.returned"], of=_body(row))
    task = _mine(stamp, row, number)
    reason = writing.checked_text(why)
    hand = InHand(stamp, row)
    hand.note(Happening.RETURNED, reason)
    task.why = reason
    if keeper.catches(keeper.process_of(hand.ready), task.element, RETURNED):
        _finished(stamp, task, {})
        hand.tell(Failed(task.number, RETURNED))
    else:
        task.state = WorkState.RETURNED
        task.save(update_fields=["state", "why"])
    hand.keep()
    record(stamp, "case.returned", code, number=number, element=task.element)
    return row


@transaction.atomic
def finish(stamp: Stamp, code: str, *, number: int, answers: Mapping[str, Any]) -> Case:
    """Finish a task that decides nothing, with what its form asks for, if it has one."""
    row = cases.locked(stamp, code)
    stamp.require(*rights("portal")["case.finished"], of=_body(row))
    task = _mine(stamp, row, number)
    hand = InHand(stamp, row)
    if keeper.decides(_process(hand), task.element, GRANTED):
        raise casework.ADecision
    outputs = _judged(stamp, hand, task, answers)
    _finished(stamp, task, outputs)
    hand.note(Happening.FINISHED, task.name)
    hand.tell(Done(number, as_value(outputs)))
    hand.keep()
    record(stamp, "case.finished", code, number=number, element=task.element)
    return row


@transaction.atomic
def decide(
    stamp: Stamp,
    code: str,
    *,
    number: int,
    granted: bool,
    ground: str = "",
    answers: Mapping[str, Any] | None = None,
) -> Case:
    """Grant or refuse an application, as far as its process leaves that to the body.

    A refusal states its ground in law; the applicant reads it.
    """
    row = cases.locked(stamp, code)
    stamp.require(*rights("portal")["case.decided"], of=_body(row))
    task = _mine(stamp, row, number)
    hand = InHand(stamp, row)
    if not keeper.decides(_process(hand), task.element, GRANTED):
        raise casework.NotADecision
    row.ground = "" if granted and not ground.strip() else writing.checked_text(ground)
    outputs = {**_judged(stamp, hand, task, answers or {}), GRANTED: granted}
    _finished(stamp, task, outputs)
    hand.note(Happening.FINISHED, task.name)
    hand.tell(Done(number, as_value(outputs)))
    hand.keep()
    record(stamp, "case.decided", code, number=number, granted=granted)
    return row


@transaction.atomic
def move_version(stamp: Stamp, code: str, *, homes: Mapping[str, str] | None = None) -> Case:
    """Let a running case go on under the version of its service that stands now.

    `homes` says which element stands for which; refuses with `NoHome` if one has none.
    """
    row = cases.locked(stamp, code)
    stamp.require(*rights("portal")["case.moved"], of=_body(row))
    if row.stage != Stage.RUNNING:
        raise casework.CaseOver
    newest = definitions.standing(row.service)
    if newest is None or newest.pk == row.definition_id:
        raise casework.NewestAlready
    before, after = ready_of(row.definition), ready_of(newest)
    state = moved(
        load(bytes(row.state)),
        keeper.process_of(before),
        keeper.process_of(after),
        at=stamp.at,
        homes=homes,
    )
    row.state, row.definition, row.changed_at = dump(state), newest, stamp.at
    row.wakes_at = min((each.due for each in state.timers if each.due), default=None)
    row.save(update_fields=["state", "definition", "changed_at", "wakes_at"])
    for task in row.tasks.filter(state__in=(WorkState.OPEN, WorkState.RETURNED)):
        task.element = (homes or {}).get(task.element, task.element)
        node = keeper.process_of(after).node(task.element)
        if node is not None:
            task.does, task.name = node.does[:200], (node.name or node.id)[:500]
        task.save(update_fields=["element", "does", "name"])
    _noted(stamp, row, Happening.MOVED)
    record(stamp, "case.moved", code, version=newest.number)
    return row


def _body(row: Case) -> str:
    return row.service.body.code if row.service.body else ""


def _open(row: Case, number: int) -> CaseTask:
    """The task that waits; refuses with `NotWaiting`."""
    waiting = row.tasks.filter(kind=Kind.TASK, state=WorkState.OPEN)
    task = waiting.filter(number=number).first() if row.stage == Stage.RUNNING else None
    if task is None:
        raise casework.NotWaiting
    return task


def _mine(stamp: Stamp, row: Case, number: int) -> CaseTask:
    task = _open(row, number)
    casework.must_be_another(row.applicant, stamp.by)
    casework.must_be_mine(task.taken_by, stamp.by)
    return task


def _process(hand: InHand) -> Graph:
    return keeper.process_of(hand.ready)


def _judged(
    stamp: Stamp, hand: InHand, task: CaseTask, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """What the task's own form asks of the official; refuses with `NotAnswered`."""
    form = hand.ready.forms.get(task.does)
    if form is None:
        return {}
    wrong = complete(form, answers, now=stamp.at)
    if wrong:
        page = first_open(form, answers, now=stamp.at)
        raise casework.NotAnswered(count=len(wrong), page=page.title.uz if page else "")
    return kept(form, answers, now=stamp.at)


def _finished(stamp: Stamp, task: CaseTask, outputs: Mapping[str, Any]) -> None:
    task.state, task.outputs = WorkState.DONE, dict(outputs)
    task.done_at, task.done_by = stamp.at, stamp.by
    task.save(update_fields=["state", "outputs", "done_at", "done_by", "why"])


def _noted(stamp: Stamp, row: Case, what: Happening) -> None:
    hand = InHand(stamp, row)
    hand.note(what)
    hand.keep()
