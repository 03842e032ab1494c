"""A bundle that runs: its forms, process and decisions compiled, its personas sent through it.

A persona is one person with answers, what registers say of them, and what officials reply:

    {"name": "Anora", "answers": {...}, "registers": {"citizens": {"full_name": "…"}},
     "replies": {"decide": {"granted": true}}, "start": "event-1", "expects": "granted"}

A reply may be a list: the next is given each time, the last again and again. `null` is silence, so
that time passes; at a step with a form a reply is what is answered otherwise than before.

The runs are what the level of automation is read off. Who works on a step is told by its kind and
its lane: a person outside the lane `applicant` works for an authority, whatever the lane is
called. A fee is paid online by a user task of the applicant, and at a counter by a manual one.

Source: ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from marra.flow.answers import complete, kept
from marra.flow.automation import Actor, Deed, Run, Start, Step, Verdict, level
from marra.flow.bpmn import read as read_bpmn
from marra.flow.dmn import Model
from marra.flow.dmn import read as read_dmn
from marra.flow.engine.compiling import graph
from marra.flow.engine.driving import Fails, Trace, drive, reply
from marra.flow.engine.graph import Graph
from marra.flow.engine.messages import CallService, Command, Decide, Done, Event, UserTask, Work
from marra.flow.engine.state import State
from marra.flow.form_faults import FormRefused
from marra.flow.forms import Form, Widget
from marra.flow.forms import read as read_form
from marra.kit.errors import Refusal
from marra.kit.findings import Finding
from marra.kit.text import gettext_noop
from marra.language.scripts import to_cyrillic
from marra.portal.rules.bundles import checked

APPLICANT: Final = "applicant"
PAY: Final = "pay"
LOOK_UP: Final = "look-up"
ISSUE: Final = "issue"
GRANTED: Final = "granted"
MOST_PERSONAS: Final = 40


@dataclass(frozen=True, slots=True)
class Ready:
    """A bundle whose parts were read, and what is wrong with it."""

    forms: Mapping[str, Form]
    process: Graph | None
    decisions: Mapping[str, Model]
    personas: tuple[Mapping[str, Any], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one persona."""

    name: str
    run: Run | None
    trace: Trace | None
    findings: tuple[Finding, ...]


@dataclass
class _Going:
    """A persona on the way: what is answered, and which steps were done."""

    ready: Ready
    persona: Mapping[str, Any]
    at: datetime
    steps: list[Step] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)  # what the case knows so far
    turns: dict[str, list[int]] = field(default_factory=dict)  # what was asked, by element
    prefilled: int = 0
    fee: bool = False

    def see(self, state: State) -> None:
        """Know what the case knows; decisions follow from it."""
        self.data = {**state.data}

    def reply(self, asked: Command) -> Any:
        """What is replied to that; None where nothing is."""
        said = self.persona.get("replies", {}).get(asked.element)
        if not isinstance(said, list):
            return said
        turns = self.turns.setdefault(asked.element, [])
        if asked.id not in turns:
            turns.append(asked.id)
        return said[min(turns.index(asked.id), len(said) - 1)] if said else None

    def is_silent(self, asked: Command) -> bool:
        """Whether nobody answers that, by the persona's own word."""
        return asked.element in self.persona.get("replies", {}) and self.reply(asked) is None


def ready(document: object) -> Ready:
    """The parts of a bundle, read; refuses with `NotABundle`, tells other faults as findings."""
    told = checked(document)
    found: list[Finding] = []
    return Ready(
        forms=dict(_forms(told["forms"], found)),
        process=_process(told["bpmn"], found),
        decisions=dict(_decisions(told["dmn"], found)),
        personas=tuple(_personas(told["personas"], found)),
        findings=tuple(found),
    )


def tried(one: Ready, *, at: datetime) -> tuple[Tried, ...]:
    """Every persona sent through; none where there is nothing to run."""
    if one.process is None or any(each.refuses for each in one.findings):
        return ()
    return tuple(_try(one, one.process, persona, at) for persona in one.personas)


def proven(one: Ready, *, at: datetime) -> Verdict:
    """The level that the personas prove; unproven where one of them does not get through.

    >>> from datetime import UTC, datetime
    >>> proven(ready({}), at=datetime(2026, 1, 1, tzinfo=UTC)).level is None
    True
    """
    runs = tried(one, at=at)
    if not runs or any(each.run is None for each in runs):
        return level([])
    return level([each.run for each in runs if each.run])


def _forms(written: Mapping[str, object], found: list[Finding]) -> Iterator[tuple[str, Form]]:
    for name, document in written.items():
        try:
            yield name, read_form(document, cyrillic=to_cyrillic)
        except FormRefused as why:
            found.extend(
                Finding(0, f"forms.{name}.{each.column}", each.sentence, each.facts)
                for each in why.findings
            )


def _process(xml: str, found: list[Finding]) -> Graph | None:
    if not xml:
        return None
    try:
        definitions = read_bpmn(xml.encode())
        found.extend(
            Finding(each.line, each.column, each.sentence, each.facts, each.refuses, "bpmn")
            for each in definitions.problems
        )
        return graph(definitions)
    except Refusal as why:
        found.append(_refused("bpmn", why))
        return None


def _decisions(written: Mapping[str, object], found: list[Finding]) -> Iterator[tuple[str, Model]]:
    for name, xml in written.items():
        try:
            model = read_dmn(str(xml).encode())
        except Refusal as why:
            found.append(_refused(f"dmn.{name}", why))
            continue
        found.extend(_refused(f"dmn.{name}", fault) for fault in model.faults)
        yield name, model


def _refused(part: str, why: Refusal) -> Finding:
    facts = {
        name: each if isinstance(each, (int, float)) else str(each)
        for name, each in why.facts.items()
    }
    line = facts.get("line", 0)
    return Finding(line if isinstance(line, int) else 0, "", why.sentence, facts, sheet=part)


def _personas(written: list[object], found: list[Finding]) -> Iterator[Mapping[str, Any]]:
    if len(written) > MOST_PERSONAS:
        sentence = gettext_noop("Try at most {n} personas.")
        found.append(Finding(0, "personas", sentence, {"n": MOST_PERSONAS}))
        return
    for number, each in enumerate(written):
        parts = ("answers", "registers", "replies")
        whole = isinstance(each, Mapping) and isinstance(each.get("name"), str)
        if whole and all(isinstance(each.get(part, {}), Mapping) for part in parts):  # type: ignore[attr-defined]
            yield each  # type: ignore[misc]
        else:
            sentence = gettext_noop(
                "A persona is an object with a name, answers, registers and replies."
            )
            found.append(Finding(0, f"personas[{number}]", sentence, {}))


def _try(one: Ready, process: Graph, persona: Mapping[str, Any], at: datetime) -> Tried:
    going = _Going(one, persona, at)
    begins = str(persona.get("start", ""))
    try:
        trace = drive(
            process, lambda asked: _answer(going, asked), at=at, by=begins, seen=going.see
        )
    except Refusal as why:
        return Tried(persona["name"], None, None, (_refused("persona", why),))
    going.findings = going.findings or list(_ending(trace, persona))
    if going.findings:
        return Tried(persona["name"], None, trace, tuple(going.findings))
    run = Run(
        steps=tuple(going.steps),
        granted=trace.state.data.get(GRANTED) is True,
        start=Start.REGISTER if _by_event(process, begins) else Start.APPLICANT,
        prefilled=going.prefilled,
        fee=going.fee,
    )
    return Tried(persona["name"], run, trace, ())


def _by_event(process: Graph, begins: str) -> bool:
    """Whether a case begins with what a register tells, not with an applicant."""
    node = process.node(begins) if begins else None
    return node is not None and any(
        trigger.kind in {"message", "signal"} for trigger in node.triggers
    )


def _ending(trace: Trace, persona: Mapping[str, Any]) -> Iterator[Finding]:
    if not trace.ended:
        waits = ", ".join(dict.fromkeys(each.element for each in trace.open)) or "–"
        sentence = gettext_noop("{name} does not get to an end: nobody answers at {element}.")
        yield Finding(0, "", sentence, {"name": persona["name"], "element": waits})
        return
    outcome = GRANTED if trace.state.data.get(GRANTED) is True else "refused"
    expected = persona.get("expects", outcome)
    if expected != outcome:
        sentence = gettext_noop("{name} was expected to end as {expected}, and ends as {outcome}.")
        facts = {"name": persona["name"], "expected": str(expected), "outcome": outcome}
        yield Finding(0, "", sentence, facts)


def _answer(going: _Going, asked: Command) -> Event | None:
    """What is answered to a command; work is answered once and its step remembered."""
    if not isinstance(asked, Work):
        said = going.reply(asked)
        return reply(asked, said) if isinstance(said, (Mapping, int)) else None
    if going.is_silent(asked):
        return None
    if isinstance(asked, UserTask):
        return _person(going, asked)
    if isinstance(asked, Decide):
        return _decided(going, asked)
    if isinstance(asked, CallService):
        return _served(going, asked)
    return _replied(going, asked, Deed.TASK, Actor.SYSTEM)


def _person(going: _Going, asked: UserTask) -> Event | None:
    form = going.ready.forms.get(asked.node.does)
    actor = Actor.APPLICANT if APPLICANT in asked.node.lane.lower() else Actor.AUTHORITY
    if asked.node.does == PAY and actor is Actor.APPLICANT:
        return _paid(going, asked)
    if form is None:
        return _replied(going, asked, Deed.TASK, actor)
    given = _filled(going, form)
    going.prefilled += len(given) if actor is Actor.APPLICANT else 0
    said = going.reply(asked)
    again = said if isinstance(said, Mapping) else {}
    answers = kept(form, {**given, **going.persona.get("answers", {}), **again})
    for told in complete(form, answers):
        sentence = told.sentence or form.rules[int(told.said)].say.uz
        going.findings.append(Finding(0, told.field, sentence, told.facts, sheet="answers"))
    if going.findings:
        return None
    asks = [form.fields[name] for name in answers if name not in given]
    only = all(each.widget is Widget.CONFIRM for each in asks)
    deed = Deed.CONFIRM if only else Deed.FORM
    going.steps.append(Step(deed if actor is Actor.APPLICANT else Deed.TASK, actor))
    return Done(asked.id, answers)


def _paid(going: _Going, asked: UserTask) -> Event | None:
    """The fee, paid here; by a manual task it is paid at a counter, outside the portal."""
    going.fee = True
    by_hand = asked.node.kind == "manualTask"
    going.steps.append(Step(Deed.TASK if by_hand else Deed.PAY, Actor.APPLICANT))
    said = going.reply(asked)
    return _event(asked, said if isinstance(said, Mapping) else {"paid": True})


def _filled(going: _Going, form: Form) -> dict[str, Any]:
    """What registers say, for the fields that are filled in from them."""
    found = {}
    for name, each in form.fields.items():
        register, _, what = each.prefill.partition(".")
        held = going.persona.get("registers", {}).get(register)
        if isinstance(held, Mapping) and what in held:
            found[name] = held[what]
    return found


def _decided(going: _Going, asked: Decide) -> Event | None:
    model = going.ready.decisions.get(asked.node.does)
    if model is None or not model.decisions:
        return _replied(going, asked, Deed.DECIDE, Actor.SYSTEM)
    wanted = asked.node.does if asked.node.does in model.decisions else model.decisions[-1]
    found = model.decide(wanted, asked.inputs or going.data, now=going.at)
    going.steps.append(Step(Deed.DECIDE, Actor.SYSTEM))
    return Done(asked.id, found if isinstance(found, dict) else {wanted: found})


def _served(going: _Going, asked: CallService) -> Event | None:
    if asked.node.does == LOOK_UP:
        going.steps.append(Step(Deed.LOOK_UP, Actor.SYSTEM))
        said = going.reply(asked)
        held = going.persona.get("registers", {})
        return _event(asked, said if isinstance(said, Mapping) else held)
    deed = Deed.ISSUE if asked.node.does == ISSUE else Deed.TASK
    going.steps.append(Step(deed, Actor.SYSTEM))
    said = going.reply(asked)
    return _event(asked, said if isinstance(said, Mapping) else {})


def _replied(going: _Going, asked: Work, deed: Deed, actor: Actor) -> Event | None:
    """What the persona's world replies; without a reply nobody answers."""
    said = going.reply(asked)
    if not isinstance(said, Mapping):
        return None
    issues = asked.node.does == ISSUE
    going.steps.append(Step(Deed.ISSUE if issues else deed, actor))
    return _event(asked, said)


def _event(asked: Work, said: Mapping[str, Any]) -> Event | None:
    if "fails" in said:
        return reply(asked, Fails(str(said["fails"])))
    return Done(asked.id, dict(said))
