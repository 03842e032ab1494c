"""The twelve services as real cases: kept step by step, they end as their personas say."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from marra.flow.answers import complete, kept
from marra.flow.engine.keeping import dump, load
from marra.flow.engine.messages import Done, Due, Event, Failed
from marra.portal.rules import casework, keeper
from marra.portal.rules.casework import Outcome
from marra.portal.rules.keeper import Kind, Piece
from marra.portal.rules.running import PAY, Ready, ready
from marra.portal.rules.shipped import shipped
from marra.portal.rules.values import as_json, as_value
from tests.portal.test_examples import NOON, OWN

PERSONAS = [
    (name, persona["name"])
    for name in OWN
    for persona in shipped()[name].folder.bundle["personas"]
]
SILENT = object()


@dataclass
class World:
    """One persona, and everybody whom the case asks."""

    ready: Ready
    persona: dict[str, Any]
    at: datetime = NOON
    came: dict[str, int] = field(default_factory=dict)
    waits: dict[int, Piece] = field(default_factory=dict)

    def reply(self, element: str) -> Any:
        """What is replied there this time, an empty object where nothing is said."""
        said = self.persona.get("replies", {}).get(element, {})
        if isinstance(said, list):
            turn = self.came[element] = self.came.get(element, -1) + 1
            said = said[min(turn, len(said) - 1)]
        return SILENT if said is None else said

    def answer(self, piece: Piece, data: dict[str, Any]) -> Event | None:
        """What comes back for a piece of work."""
        said = self.reply(piece.element)
        if said is SILENT:
            return None
        if "fails" in said:
            return Failed(piece.id, said["fails"])
        if piece.kind is Kind.PAY:
            return Done(piece.id, {"paid": True})
        if piece.kind is Kind.CALL:
            return Done(piece.id, as_value(said or self.persona.get("registers", {})))
        return Done(piece.id, as_value(self.filled_in(piece, data, said)))

    def filled_in(self, piece: Piece, data: dict[str, Any], said: dict[str, Any]) -> Any:
        """A form filled in by what the case knows of registers, and by the persona."""
        form = self.ready.forms.get(piece.does)
        if form is None:
            return said
        prefills = {name: each.prefill for name, each in form.fields.items()}
        given = casework.filled(prefills, data)
        answers = kept(form, {**given, **self.persona.get("answers", {}), **said})
        assert complete(form, answers) == (), piece.element
        return answers

    def end(self) -> Outcome | None:
        """The case from its first step to its end, kept between all steps."""
        moved = keeper.begun(self.ready, {}, at=self.at, by=self.persona.get("start", ""))
        for _ in range(100):
            self.waits = {n: p for n, p in self.waits.items() if n not in moved.closed}
            self.waits |= {each.id: each for each in moved.opened}
            state = load(dump(moved.state))
            if not state.running:
                break
            event = self.next_event(as_json(dict(state.data))) or self.wake(state)
            moved = keeper.told(self.ready, state, event, at=self.at)
        return casework.outcome(moved.state)

    def next_event(self, data: dict[str, Any]) -> Event | None:
        for piece in list(self.waits.values()):
            if event := self.answer(piece, data):
                del self.waits[piece.id]
                return event
        return None

    def wake(self, state: Any) -> Event:
        timer = min((each for each in state.timers if each.due), key=lambda each: each.due)
        self.at = max(self.at, timer.due) + timedelta(seconds=1)
        return Due(timer.id)


@pytest.mark.parametrize(("name", "who"), PERSONAS)
def test_a_case_ends_as_the_persona_expects(name, who):
    bundle = shipped()[name].folder.bundle
    persona = next(each for each in bundle["personas"] if each["name"] == who)

    assert World(ready(bundle), persona).end() == persona["expects"]


@pytest.mark.parametrize("name", OWN)
def test_officials_decide_where_the_process_asks_them_to(name):
    one = ready(shipped()[name].folder.bundle)
    people = [
        each for each in one.process.nodes
        if each.kind == "userTask" and each.lane == "authority" and each.does not in one.forms
    ]  # fmt: skip

    assert all(keeper.decides(one.process, each.id, "granted") for each in people)


def test_one_of_them_can_be_sent_back_and_all_paid_ones_be_paid():
    graphs = {name: ready(shipped()[name].folder.bundle).process for name in OWN}

    assert keeper.catches(graphs["business-licence"], "review", casework.RETURNED)
    paid = [name for name, graph in graphs.items() if any(n.does == PAY for n in graph.nodes)]
    charged = [
        name for name in OWN
        if any(fee["most"] != "0" for fee in shipped()[name].folder.about["fees"])
    ]  # fmt: skip
    assert paid == charged
