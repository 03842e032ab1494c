"""The keeper of a case: what the engine asks for, and who does it.

What can be done at once is done within the step: a decision by its table, a result by noting what
the case knows. The rest becomes pieces of work: a form of the applicant, a payment, a task of the
body, a call of another system that somebody settles later. What no table decides, a person does.

Source: ours; who acts is read as `running` reads it for personas.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from marra.flow.bpmn.values import Value
from marra.flow.engine.graph import Graph, Node
from marra.flow.engine.messages import (
    Begin,
    CallService,
    Command,
    Decide,
    Done,
    Ended,
    Event,
    Send,
    Withdraw,
    Work,
)
from marra.flow.engine.state import State
from marra.flow.engine.stepping import start, step
from marra.kit.errors import Conflict, Refusal
from marra.kit.text import gettext_noop
from marra.portal.rules.running import APPLICANT, ISSUE, PAY, Ready
from marra.portal.rules.values import as_json

MOST: Final = 200
"""What is done at once in one step; a process that wants more goes round in a circle."""


class Kind(StrEnum):
    """What a piece of work is."""

    FORM = "form"  # of the applicant
    PAY = "pay"
    TASK = "task"  # of the body
    CALL = "call"  # of another system


class Circle(Conflict):
    """The process decides and decides, and nobody is asked."""

    sentence = gettext_noop(
        "The process of this service goes round in a circle at “{element}”. "
        "Nothing was changed; tell the body that answers for the service."
    )


class NoProcess(Conflict):
    """There is nothing that runs, or it is broken."""

    sentence = gettext_noop(
        "This service cannot be asked for here now, for its definition does not run. "
        "Tell the body that answers for it."
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """Work that waits for somebody or for another system."""

    id: int
    element: str
    kind: Kind
    lane: str
    name: str
    does: str  # the form, or the topic of a call
    inputs: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Moved:
    """A case after a step and all that was done at once."""

    state: State
    opened: tuple[Piece, ...]
    closed: frozenset[int]  # no longer wanted
    decided: tuple[str, ...]  # elements decided by a table
    results: tuple[Mapping[str, Any], ...]  # what was issued

    @property
    def due(self) -> datetime | None:
        """When the next timer of the case comes."""
        return min((each.due for each in self.state.timers if each.due), default=None)


@dataclass
class _Going:
    ready: Ready
    graph: Graph
    state: State
    at: datetime
    opened: dict[int, Piece] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    decided: list[str] = field(default_factory=list)
    results: list[Mapping[str, Any]] = field(default_factory=list)


def process_of(ready: Ready) -> Graph:
    """The process that runs; refuses with `NoProcess`."""
    if ready.process is None or any(each.refuses for each in ready.findings):
        raise NoProcess
    return ready.process


def begun(ready: Ready, data: Mapping[str, Value], *, at: datetime, by: str = "") -> Moved:
    """A new case at the first work that is not done at once."""
    graph = process_of(ready)
    return told(ready, start(graph, data, at=at, by=by), Begin(), at=at)


def told(ready: Ready, state: State, event: Event, *, at: datetime) -> Moved:
    """The case after an event; refuses with what the engine refuses, and with `Circle`."""
    graph = process_of(ready)
    going = _Going(ready, graph, state, at)
    queue = deque(_stepped(going, event))
    for _ in range(MOST):
        if not queue:
            break
        command = queue.popleft()
        if not isinstance(command, Work) or command.id in going.closed:
            continue
        reply = _at_once(going, command)
        if reply is None:
            going.opened[command.id] = piece(command)
        else:
            queue.extend(_stepped(going, reply))
    if queue:
        raise Circle(element=queue[0].element)
    return Moved(
        going.state,
        tuple(going.opened.values()),
        frozenset(going.closed),
        tuple(going.decided),
        tuple(going.results),
    )


def _stepped(going: _Going, event: Event) -> list[Command]:
    going.state, commands = step(going.graph, going.state, event, at=going.at)
    wanted: list[Command] = []
    for command in commands:
        if isinstance(command, Withdraw):
            going.closed.add(command.id)
            going.opened.pop(command.id, None)
        elif not isinstance(command, Ended):
            wanted.append(command)
    return wanted


def _at_once(going: _Going, asked: Work) -> Event | None:
    """The answer to what needs nobody: a decision, a result, a message sent."""
    if isinstance(asked, Decide):
        return _decision(going, asked)
    if isinstance(asked, CallService) and asked.node.does == ISSUE:
        going.results.append(as_json(dict(asked.inputs or going.state.data)))
        return Done(asked.id)
    return Done(asked.id) if isinstance(asked, Send) else None


def _decision(going: _Going, asked: Decide) -> Event | None:
    model = going.ready.decisions.get(asked.node.does)
    if model is None or not model.decisions:
        return None
    wanted = asked.node.does if asked.node.does in model.decisions else model.decisions[-1]
    try:
        found = model.decide(wanted, asked.inputs or going.state.data, now=going.at)
    except Refusal:
        return None  # a person decides what the table cannot
    going.decided.append(asked.element)
    return Done(asked.id, found if isinstance(found, dict) else {wanted: found})


def piece(asked: Work) -> Piece:
    """The work as somebody gets it to do."""
    node = asked.node
    return Piece(
        asked.id,
        node.id,
        kind_of(node, is_call=isinstance(asked, CallService)),
        node.lane,
        node.name,
        node.does,
        as_json(dict(asked.inputs)),
    )


def kind_of(node: Node, *, is_call: bool = False) -> Kind:
    """Who or what works at a node."""
    is_own = APPLICANT in node.lane.lower()
    if node.does == PAY and (is_own or is_call):
        return Kind.PAY
    if is_call:
        return Kind.CALL
    return Kind.FORM if is_own else Kind.TASK


def decides(graph: Graph, element: str, name: str) -> bool:
    """Whether what is done at an element is asked for, by that name, right behind it."""
    node = graph.node(element)
    after = [graph.nodes[way.target] for way in node.ways] if node else []
    rules = [way.rule for each in after if each.kind.endswith("Gateway") for way in each.ways]
    return any(name in getattr(rule, "uses", ()) for rule in rules)


def catches(graph: Graph, element: str, code: str) -> bool:
    """Whether an error of that code is caught at the border of an element."""
    node = graph.node(element)
    events = [graph.nodes[index] for index in node.catches] if node else []
    return any(
        trigger.kind == "error" and trigger.code == code
        for each in events
        for trigger in each.triggers
    )


def first_form(ready: Ready) -> str:
    """The name of the form that an applicant meets first; nothing where none is asked."""
    nodes = ready.process.nodes if ready.process else ()
    own = (each.does for each in nodes if APPLICANT in each.lane.lower())
    return next((name for name in own if name in ready.forms), "")


def elements(graph: Graph, ids: Iterable[str]) -> dict[str, str]:
    """The names of elements."""
    wanted = set(ids)
    return {node.id: node.name or node.id for node in graph.nodes if node.id in wanted}
