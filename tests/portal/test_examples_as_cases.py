"""The services that came along run as real applications, to the ends their personas expect."""

from datetime import timedelta
from typing import Any

import pytest

from marra.archive.actions import keep_file
from marra.door import terminal_stamp
from marra.flow.engine.keeping import load
from marra.people.rules.rights import Stamp
from marra.portal.actions import applying, deciding, settling
from marra.portal.models.cases import Case
from marra.portal.queries import cases
from marra.portal.rules.keeper import decides
from marra.portal.rules.shipped import said, shipped
from tests.portal import make

pytestmark = pytest.mark.django_db
PERSONAS = [
    pytest.param(name, number, id=f"{name}-{persona['name']}")
    for name, example in shipped().items()
    if not example.folder.parts
    for number, persona in enumerate(example.folder.bundle["personas"])
]


class Life:
    """A person, officials and registers who do what a persona says."""

    def __init__(self, persona: dict[str, Any], case: Case, who: Stamp) -> None:
        self.persona, self.code, self.who = persona, case.code, who
        self.at = who.at
        self.turns: dict[str, list[int]] = {}

    @property
    def case(self) -> Case:
        return cases.every().named(self.code)

    def stamp(self, who: Stamp) -> Stamp:
        return Stamp(who.by, self.at, who.roles)

    def said(self, task) -> Any:
        """What is replied to a piece of work; `...` where the persona is silent."""
        replies = self.persona.get("replies", {})
        said = replies.get(task.element, {})
        if isinstance(said, list):
            turns = self.turns.setdefault(task.element, [])
            if task.number not in turns:
                turns.append(task.number)
            said = said[min(turns.index(task.number), len(said) - 1)]
        return ... if said is None else said

    def go_on(self) -> bool:
        """Do the next thing that can be done; whether there was one."""
        for task in self.case.tasks.filter(state="open"):
            said = self.said(task)
            if said is not ... and getattr(self, task.kind)(task, said):
                return True
        return self.wait()

    def wait(self) -> bool:
        """Let time pass to the next timer."""
        case = self.case
        if case.wakes_at is None:
            return False
        self.at = max(self.at, case.wakes_at)
        settling.wake(self.stamp(terminal_stamp()), self.code)
        return True

    def call(self, task, said) -> bool:
        held = self.persona.get("registers", {}) if task.does == "look-up" else {}
        error = str(said.get("fails", ""))
        outputs = {} if error else said or held
        settling.settle(
            self.stamp(terminal_stamp()),
            self.code,
            number=task.number,
            outputs=outputs,
            error=error,
        )
        return True

    def pay(self, task, said) -> bool:
        settling.paid(self.stamp(terminal_stamp()), self.code)
        return True

    def form(self, task, said) -> bool:
        who, desk = self.stamp(self.who), cases.desk(self.case)
        answers = {**self.persona.get("answers", {}), **said, "done": True}
        for name in cases.files_in(desk.form, answers):
            answers[name] = keep_file(who, name="scan.txt", content=b"Nusxa").code
        for page in desk.form.pages:
            applying.save_page(who, self.code, step=page.id, answers=answers)
        applying.submit(who, self.code)
        return True

    def task(self, task, said) -> bool:
        clerk = self.stamp(make.official())
        if self.case.sent_at is None:
            return False
        ready = cases.ready(self.case)
        answers = {**self.persona.get("answers", {}), **said}
        deciding.take(clerk, self.code, number=task.number)
        if said.get("fails") == "returned":
            why = "Hujjat yetishmaydi."
            deciding.return_case(clerk, self.code, number=task.number, why=why)
        elif decides(ready.process, task.element, "granted") and "granted" in said:
            deciding.decide(
                clerk,
                self.code,
                number=task.number,
                granted=said["granted"],
                ground="Nizom, 12-band",
                answers=answers,
            )
        else:
            deciding.finish(clerk, self.code, number=task.number, answers=answers)
        return True


@pytest.mark.parametrize(("name", "number"), PERSONAS)
def test_an_application_ends_as_its_persona_expects(
    as_administrator, name, number, settings, tmp_path
):
    settings.DATA = tmp_path
    bundle = shipped()[name].folder.bundle
    persona = bundle["personas"][number]
    fees = said(shipped()[name].folder.about)["fees"]
    service = make.running(as_administrator, bundle=bundle, fees=fees).code
    who = make.citizen()
    if start := persona.get("start"):
        made = applying.offer(
            terminal_stamp(), service, applicant=who.by, event=start, key="register-1"
        )
    else:
        made = applying.begin(who, service)
    life = Life(persona, made, who)

    while life.case.stage != "ended" and life.at < who.at + timedelta(days=800):
        if not life.go_on():
            break

    case = life.case
    assert case.stage == "ended", list(case.tasks.values("element", "kind", "state"))
    assert case.outcome == persona.get("expects", case.outcome)
    assert not load(bytes(case.state)).running
