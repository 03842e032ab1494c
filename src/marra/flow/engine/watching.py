"""Watching: the events that a case waits for, and what their coming does.

While a token rests on an activity, the events on its border can happen; while a scope runs, those
that start its event sub-processes can.

Source: OMG, Business Process Model and Notation 2.0.2, sections 10.5.6 and 13.5.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from marra.flow.bpmn.expressions import Foreign
from marra.flow.bpmn.times import Moments, moments
from marra.flow.bpmn.values import Value
from marra.flow.engine.graph import Node, Trigger
from marra.flow.engine.messages import AwaitCondition, AwaitMessage, AwaitSignal, SetTimer
from marra.flow.engine.run import Run
from marra.flow.engine.state import ASK_AGAIN, ASK_COUNT, HOST, SUB, WORK, Timer


class Watch(NamedTuple):
    """An event that can happen: whose it is, in which scope, at which node."""

    owner: int
    scope: int
    node: Node


_OPEN = (WORK, HOST, ASK_COUNT, ASK_AGAIN)


def watches(run: Run) -> Iterator[Watch]:
    """All events that can happen now, oldest first."""
    for token in run.tokens.values():
        node = run.nodes[token.node]
        if node.catches and token.phase in _OPEN:
            inner = node.loop is not None and run.in_round(node, token.scope)
            for index in node.catches:
                if token.phase == WORK if index == node.index else not inner:
                    yield Watch(token.id, token.scope, run.nodes[index])
    for scope in run.scopes.values():
        inside = None if scope.closed else run.inside(scope)
        for index in () if inside is None else inside.handlers:
            yield Watch(scope.id, scope.id, run.nodes[index])


def watch(run: Run, owner: int, scope: int, nodes: tuple[int, ...]) -> None:
    """Ask the world for the events that can now happen."""
    for index in nodes:
        node = run.nodes[index]
        for trigger in node.triggers:
            announce = _ANNOUNCE.get(trigger.kind)
            if announce:
                announce(run, Watch(owner, scope, node), trigger)


def _await_message(run: Run, at: Watch, trigger: Trigger) -> None:
    key = key_of(run, trigger, at.scope)
    run.commands.append(AwaitMessage(at.owner, at.node, trigger.name, key))


def key_of(run: Run, trigger: Trigger, scope: int) -> tuple[Value, ...]:
    """The values that a message must bear to be for this case."""
    if not trigger.keys:
        return ()
    names = run.names(scope)
    return tuple(run.value(case, names) for _, case in trigger.keys)


def _await_signal(run: Run, at: Watch, trigger: Trigger) -> None:
    run.commands.append(AwaitSignal(at.owner, at.node, trigger.name))


def _await_condition(run: Run, at: Watch, trigger: Trigger) -> None:
    if trigger.rule is None or isinstance(trigger.rule, Foreign):
        run.commands.append(AwaitCondition(at.owner, at.node))


def _set_timer(run: Run, at: Watch, trigger: Trigger) -> None:
    found = _moments(run, at, trigger)
    run.count += 1
    due = None if found is None else found.due
    timer = Timer(run.count, at.owner, at.node.index, due)
    if found is not None and found.every:
        timer = timer._replace(every=found.every, left=found.left)
    run.add_timer(timer)
    run.commands.append(SetTimer(timer.id, at.node, due))


def _moments(run: Run, at: Watch, trigger: Trigger) -> Moments | None:
    if trigger.written:
        said: Value = trigger.written
    elif trigger.rule is None or isinstance(trigger.rule, Foreign):
        return None
    else:
        said = run.value(trigger.rule, run.names(at.scope))
    found = moments(said, run.at)
    if found is None:
        raise run.wrong(at.node, "a date, a duration or a cycle", said)
    return found


_ANNOUNCE = {
    "message": _await_message,
    "signal": _await_signal,
    "conditional": _await_condition,
    "timer": _set_timer,
}


def fire(run: Run, at: Watch, data: Mapping[str, Value]) -> None:
    """The event has happened."""
    run.visit(at.node, "triggered")
    if at.node.kind == "startEvent":
        _start_handler(run, at, data)
    elif at.node.kind == "boundaryEvent":
        _leave_border(run, at, data)
    else:
        del run.tokens[at.owner]
        run.drop_timers(at.owner)
        _take(run, at.node, at.scope, data)
        run.complete(at.node, at.scope)


def _take(run: Run, node: Node, scope: int, data: Mapping[str, Value]) -> None:
    """Keep what came with the event, under the names that the node gives it."""
    if node.outputs:
        data = run.mapped(node.outputs, {**run.names(scope), **data})
    run.write(scope, run.checked(data))


def _leave_border(run: Run, at: Watch, data: Mapping[str, Value]) -> None:
    if at.node.interrupting:
        run.kill(run.tokens[at.owner])
    _take(run, at.node, at.scope, data)
    run.leave(at.node, at.scope)


def _start_handler(run: Run, at: Watch, data: Mapping[str, Value]) -> None:
    if at.node.interrupting:
        run.clear(at.scope)
        run.drop_timers(at.scope)
        run.scopes[at.scope] = run.scopes[at.scope]._replace(closed=True)
    holder = run.nodes[at.node.holder]
    host = run.rest(holder, at.scope, HOST)
    run.visit(holder, "entered")
    scope = run.open(holder, host, SUB)
    _take(run, at.node, scope, data)
    run.leave(at.node, scope)


def again(run: Run, timer: Timer) -> None:
    """Set a timer that repeats for its next time, if what it belongs to still runs."""
    lives = timer.owner in run.tokens or timer.owner in run.scopes
    if not (lives and timer.every and timer.left) or timer.due is None:
        return
    found = moments(timer.every, timer.due)
    due = None if found is None else found.due
    left = timer.left if timer.left < 0 else timer.left - 1
    run.add_timer(timer._replace(due=due, left=left))
    run.commands.append(SetTimer(timer.id, run.nodes[timer.node], due))


def conditions(run: Run) -> bool:
    """Let the first watched condition that has become true happen; whether there was one."""
    for at in watches(run):
        for trigger in at.node.triggers:
            rule = trigger.rule
            if trigger.kind != "conditional" or rule is None or isinstance(rule, Foreign):
                continue
            mark = at.owner, at.node.index
            if mark not in run.marks and run.value(rule, run.names(at.scope)) is True:
                if not at.node.interrupting:
                    run.marks = (*run.marks, mark)
                fire(run, at, {})
                return True
    return False
