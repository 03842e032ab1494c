"""A case in hand: one step of its process, and the rows that come of it.

Every action that moves a case does it through here, within its own transaction.
"""

from collections.abc import Mapping
from typing import Any

from marra.flow.engine.keeping import dump, load
from marra.flow.engine.messages import Done, Event
from marra.people import queries as people
from marra.people.rules.contacts import Reach
from marra.people.rules.rights import Stamp
from marra.portal.actions.results import issue
from marra.portal.models.cases import Case, CaseEvent, CaseTask
from marra.portal.models.payments import ChargeRow
from marra.portal.queries import amounts
from marra.portal.queries.running import ready_of
from marra.portal.rules import casework, keeper, result_facts
from marra.portal.rules.casework import Outcome, Stage, WorkState
from marra.portal.rules.clocks import Clock
from marra.portal.rules.happenings import Happening, is_public
from marra.portal.rules.keeper import Kind, Moved
from marra.portal.rules.owed import Owed, owed
from marra.store import short_code

ENDS = {
    Outcome.GRANTED: Happening.GRANTED,
    Outcome.REFUSED: Happening.REFUSED,
    Outcome.WITHDRAWN: Happening.WITHDRAWN,
}


class InHand:
    """A case that is being moved by somebody at a moment."""

    def __init__(self, stamp: Stamp, case: Case) -> None:
        self.stamp = stamp
        self.case = case
        self.ready = ready_of(case.definition)
        self.happened: list[CaseEvent] = []
        self.fresh: list[CaseTask] = []
        self.issued: list[Mapping[str, Any]] = []
        self.owed: dict[int, Owed] = {}

    def note(self, what: Happening, text: str = "") -> None:
        """Keep for those who read the case what happened."""
        self.happened.append(
            CaseEvent(
                case=self.case,
                at=self.stamp.at,
                by=self.stamp.by,
                what=what,
                is_public=is_public(what),
                text=text[:2000],
            )
        )

    def begin(self, data: Mapping[str, Any], *, by: str = "") -> None:
        """Start the process; rows are written by `keep`."""
        self._take(keeper.begun(self.ready, data, at=self.stamp.at, by=by))

    def tell(self, event: Event) -> None:
        """Tell the process what happened."""
        state = load(bytes(self.case.state))
        self._take(keeper.told(self.ready, state, event, at=self.stamp.at))

    def end(self, outcome: Outcome, ground: str = "") -> None:
        """Close the case for good."""
        case = self.case
        case.stage, case.outcome, case.ground = Stage.ENDED, outcome, ground or case.ground
        case.ended_at, case.wakes_at, case.waits_since = self.stamp.at, None, None
        self.note(ENDS[outcome], ground)

    def keep(self) -> Case:
        """Write the case, its work and what happened."""
        case = self.case
        case.changed_at = self.stamp.at
        if case.stage == Stage.RUNNING:
            self._run_clock()
        case.save()
        for task in self.fresh:
            task.case = case
        for event in self.happened:
            event.case = case
        CaseTask.objects.bulk_create(self.fresh)
        CaseEvent.objects.bulk_create(self.happened)
        for told in self.issued:
            self._issue(told)
        for number in {each.number for each in self.fresh} & self.owed.keys():
            self._charge(number, self.owed[number])
        if case.stage == Stage.ENDED:
            self._open().update(state=WorkState.DROPPED, done_at=self.stamp.at)
        return case

    def _take(self, moved: Moved) -> None:
        case = self.case
        case.state, case.wakes_at = dump(moved.state), moved.due
        if moved.closed and case.pk:
            lost = self._open().filter(number__in=moved.closed)
            lost.update(state=WorkState.DROPPED, done_at=self.stamp.at)
        self.fresh = [each for each in self.fresh if each.number not in moved.closed]
        self.fresh += [self._row(each) for each in moved.opened]
        self.owed |= {each.id: self._owed(moved) for each in moved.opened if each.kind is Kind.PAY}
        if moved.decided:
            self.note(Happening.DECIDED, ", ".join(self._names(moved.decided)))
        if moved.results:
            case.result = dict(moved.results[-1])
            self.issued += moved.results
            self.note(Happening.ISSUED)
        free = [number for number, each in self.owed.items() if not each.amount]
        kinds = {each.kind for each in moved.opened if each.id not in free}
        for kind, what in ((Kind.TASK, Happening.OPENED), (Kind.PAY, Happening.TO_PAY)):
            if kind in kinds:
                self.note(what)
        ended = casework.outcome(moved.state)
        if ended and case.stage != Stage.ENDED:
            self.end(ended)
        for number in free:
            del self.owed[number]
            self.fresh = [each for each in self.fresh if each.number != number]
            self.tell(Done(number, {"paid": True}))

    def _owed(self, moved: Moved) -> Owed:
        """What is to be paid at this moment."""
        day = self.stamp.at.date()
        fees = amounts.fees(self.case.service.fees.all())
        return owed(moved.state.data, fees, amounts.amount(day), day)

    def _charge(self, number: int, told: Owed) -> None:
        ChargeRow.objects.create(
            code=short_code(),
            case=self.case,
            number=number,
            multiple=told.multiple,
            discount=told.discount,
            base=told.base,
            amount=told.amount,
            made_at=self.stamp.at,
        )

    def _issue(self, told: Mapping[str, Any]) -> None:
        """Issue a result to the applicant, in the language they chose for notices."""
        account = self.case.applicant
        language = people.reach([account]).get(account, Reach()).language
        issue(
            self.stamp,
            self.case.service,
            case_code=self.case.code,
            account=account,
            holder=result_facts.holder(told, people.names({account}).get(account, "")),
            language=language,
            facts=result_facts.facts(self.ready.forms, told, language),
            until=result_facts.until(told),
        )

    def _row(self, piece: keeper.Piece) -> CaseTask:
        is_own = piece.kind is Kind.TASK
        return CaseTask(
            case=self.case,
            number=piece.id,
            element=piece.element[:200],
            kind=piece.kind,
            lane=piece.lane[:200],
            name=(piece.name or piece.element)[:500],
            does=piece.does[:200],
            inputs=dict(piece.inputs),
            body_id=self.case.service.body_id if is_own else None,
            since=self.stamp.at,
        )

    def _names(self, ids: tuple[str, ...]) -> list[str]:
        return list(keeper.elements(keeper.process_of(self.ready), ids).values())

    def _open(self) -> Any:
        return CaseTask.objects.filter(
            case=self.case, state__in=(WorkState.OPEN, WorkState.RETURNED)
        )

    def _run_clock(self) -> None:
        """Let the term stand still while only the applicant can go on, and run otherwise."""
        case, day = self.case, self.stamp.at.date()
        standing = list(self._open().values_list("kind", "state")) if case.pk else []
        kinds = [kind for kind, state in standing if state == WorkState.OPEN]
        returned = any(state == WorkState.RETURNED for _, state in standing)
        kinds += [each.kind for each in self.fresh if each.state == WorkState.OPEN]
        clock = Clock(case.due_on, case.waits_since)
        waits = casework.waits_for_applicant(kinds, returned=returned)
        told = clock.paused(day) if waits else clock.resumed(day)
        case.due_on, case.waits_since = told.due, told.waits_since
