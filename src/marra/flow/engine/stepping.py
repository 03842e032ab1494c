"""Stepping: a case begins, is told what happened, and says what it wants next.

`start` makes the state, `step` makes the next one and the commands. A step that is refused changes
nothing, since a state is never changed.

Source: OMG, Business Process Model and Notation 2.0.2, chapter 13 (execution semantics).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from marra.flow.bpmn.values import Value
from marra.flow.engine import loops, throws, works
from marra.flow.engine.graph import Graph, Node, Trigger
from marra.flow.engine.limits import (
    LIMITS,
    Limits,
    NobodyWaits,
    NotAWay,
    NotWaiting,
    OtherVersion,
    Over,
)
from marra.flow.engine.messages import (
    Answer,
    Ask,
    Begin,
    Changed,
    Command,
    Done,
    Due,
    Ended,
    Escalated,
    Event,
    Failed,
    Happened,
    Message,
    SetTimer,
    Signal,
    Stop,
    Unheard,
)
from marra.flow.engine.run import Run
from marra.flow.engine.settle import settle
from marra.flow.engine.state import (
    ASK_AGAIN,
    ASK_COUNT,
    ASK_WAYS,
    READY,
    RUNNING,
    TERMINATED,
    WORK,
    State,
    Token,
    Visit,
)
from marra.flow.engine.watching import Watch, again, fire, key_of, watch, watches

Told = Command | Ended


class NoStart(NotAWay):
    """The process does not begin there."""


def start(graph: Graph, data: Mapping[str, Value], *, at: datetime, by: str = "") -> State:
    """A new case at its start; `by` names the event it begins with, if there are several."""
    del at
    if by and by not in graph.starts:
        raise NoStart(answer=by, element=graph.id, line=0, choices=", ".join(graph.starts))
    first = (graph.starts[by],) if by else graph.root.starts
    tokens = tuple(Token(n, index, 0, READY) for n, index in enumerate(first, start=1))
    return State(graph.id, graph.version, len(tokens), RUNNING, tokens, dict(data))


def step(
    graph: Graph,
    state: State,
    event: Event,
    *,
    at: datetime,
    limits: Limits = LIMITS,
    trace: list[Visit] | None = None,
) -> tuple[State, tuple[Told, ...]]:
    """The state after an event, and what is wanted next; a trace given grows by its visits."""
    if state.version != graph.version:
        raise OtherVersion(process=graph.id, theirs=state.version, ours=graph.version)
    if state.status != RUNNING:
        raise Over(status=state.status)
    run = Run(graph, state, at, limits, trace)
    _TELL[type(event)](run, event)
    settle(run)
    return run.state(), tuple(run.commands)


def _begin(run: Run, _event: Begin) -> None:
    for token in list(run.tokens.values()):
        if token.phase == READY:
            del run.tokens[token.id]
            run.queue.append((token.node, token.scope, -1))
    watch(run, 0, 0, run.graph.root.handlers)


def _waiting(run: Run, event: Any, *phases: int) -> tuple[Token, Node]:
    token = run.tokens.get(event.id)
    if token is None or token.phase not in phases:
        raise NotWaiting(event=type(event).__name__, id=event.id)
    return token, run.nodes[token.node]


def _at_work(run: Run, event: Any) -> tuple[Token, Node]:
    token, node = _waiting(run, event, WORK)
    if node.kind not in works.COMMANDS:
        raise NotWaiting(event=type(event).__name__, id=event.id)
    return token, node


def _done(run: Run, event: Done) -> None:
    token, node = _at_work(run, event)
    del run.tokens[token.id]
    run.drop_timers(token.id)
    works.done(run, node, token.scope, event.data)


def _failed(run: Run, event: Failed) -> None:
    token, _ = _at_work(run, event)
    throws.error(run, token.scope, event.code, event.data, token.id)


def _escalated(run: Run, event: Escalated) -> None:
    token, node = _at_work(run, event)
    if not throws.escalate(run, token.scope, event.code, event.data, token.id):
        run.commands.append(Unheard(token.id, node, event.code))


def _due(run: Run, event: Due) -> None:
    timer = next((each for each in run.timers if each.id == event.id), None)
    if timer is None:
        raise NotWaiting(event="Due", id=event.id)
    run.timers = tuple(each for each in run.timers if each.id != event.id)
    held = run.tokens.get(timer.owner)
    scope = timer.owner if held is None else held.scope
    fire(run, Watch(timer.owner, scope, run.nodes[timer.node]), {})
    again(run, timer)


def _message(run: Run, event: Message) -> None:
    for at in watches(run):
        for trigger in _messages(at.node):
            if _meant(run, event, at, trigger):
                fire(run, at, event.data)
                return
    raise NobodyWaits(name=event.name or event.element)


def _messages(node: Node) -> list[Trigger]:
    return [each for each in node.triggers if each.kind == "message"]


def _meant(run: Run, event: Message, at: Watch, trigger: Trigger) -> bool:
    """Whether a message is for this element of this case."""
    if event.element:
        return event.element == at.node.id
    if event.name != trigger.name:
        return False
    if not trigger.keys:
        return True
    borne = event.key
    if borne is None:
        rules = [rule for rule, _ in trigger.keys]
        if any(rule is None for rule in rules):
            return False
        borne = tuple(run.value(rule, event.data) for rule in rules if rule is not None)
    return borne == key_of(run, trigger, at.scope)


def _signal(run: Run, event: Signal) -> None:
    throws.signal(run, event.name, event.data)


def _changed(run: Run, event: Changed) -> None:
    run.write(0, run.checked(event.data))


def _stop(run: Run, event: Stop) -> None:
    run.clear(0)
    run.status, run.code = TERMINATED, event.code


def _happened(run: Run, event: Happened) -> None:
    for at in watches(run):
        if at.owner == event.id and at.node.id == event.element:
            fire(run, at, event.data)
            return
    raise NotWaiting(event="Happened", id=event.id)


def _answer(run: Run, event: Answer) -> None:
    token, node = _waiting(run, event, ASK_WAYS, ASK_COUNT, ASK_AGAIN)
    _ANSWERED[token.phase](run, token, node, event.value)


def _ways(run: Run, token: Token, node: Node, value: object) -> None:
    choices = {way.id: way for way in node.ways}
    chosen = value if isinstance(value, tuple) else ()
    several = node.kind != "exclusiveGateway"
    right = chosen and all(each in choices for each in chosen) and (several or len(chosen) == 1)
    if not right:
        raise _no_answer(node, value, ", ".join(choices))
    del run.tokens[token.id]
    for each in chosen:
        run.queue.append((choices[each].target, token.scope, choices[each].flow))


def _count(run: Run, token: Token, node: Node, value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _no_answer(node, value, "0, 1, 2, …")
    loops.spread(run, node, token, value, None)


def _again(run: Run, token: Token, node: Node, value: object) -> None:
    if not isinstance(value, bool):
        raise _no_answer(node, value, "true, false")
    loops.onward(run, node, token, more=value)


def _no_answer(node: Node, value: object, choices: str) -> NotAWay:
    return NotAWay(answer=str(value), element=node.id, line=node.line, choices=choices)


_ANSWERED: Mapping[int, Callable[[Run, Token, Node, object], None]] = {
    ASK_WAYS: _ways,
    ASK_COUNT: _count,
    ASK_AGAIN: _again,
}

_TELL: Mapping[type, Callable[[Run, Any], None]] = {
    Begin: _begin,
    Done: _done,
    Failed: _failed,
    Escalated: _escalated,
    Due: _due,
    Message: _message,
    Signal: _signal,
    Changed: _changed,
    Happened: _happened,
    Stop: _stop,
    Answer: _answer,
}


def waiting(graph: Graph, state: State, *, at: datetime) -> tuple[Command, ...]:
    """All commands that are open in a state, as if they had just been given."""
    run = Run(graph, state, at, LIMITS, None)
    for token in state.tokens:
        node = graph.nodes[token.node]
        if token.phase == WORK and node.kind in works.COMMANDS:
            inputs = run.mapped(node.inputs, run.names(token.scope))
            run.commands.append(works.COMMANDS[node.kind](token.id, node, inputs))
        elif token.phase in _ASKED:
            choices = tuple(way.id for way in node.ways) if token.phase == ASK_WAYS else ()
            several = bool(choices) and node.kind != "exclusiveGateway"
            run.commands.append(Ask(token.id, node, _ASKED[token.phase], choices, several))
    for each in watches(run):
        watch(run, each.owner, each.scope, (each.node.index,))
    told = [each for each in run.commands if not isinstance(each, SetTimer)]
    told += [SetTimer(each.id, graph.nodes[each.node], each.due) for each in state.timers]
    return tuple(told)


_ASKED = {ASK_WAYS: "ways", ASK_COUNT: "count", ASK_AGAIN: "again"}
