"""Throws: what end events and throwing events do, and how errors and escalations climb.

An error climbs from the work it happened in, over the event sub-processes and borders of all that
holds it, through called processes too, to the first that catches its code. One that nobody catches
ends the case as failed. An escalation climbs the same way and harms nothing if nobody hears it.

Source: OMG, Business Process Model and Notation 2.0.2, sections 10.5.6, 10.5.7 and 13.5.
"""

from collections.abc import Callable, Iterable, Mapping

from marra.flow.bpmn.values import Value
from marra.flow.engine.graph import Node, Trigger
from marra.flow.engine.messages import SendMessage, ThrowSignal, Unheard
from marra.flow.engine.run import Run
from marra.flow.engine.state import FAILED, TERMINATED
from marra.flow.engine.undo import cancel, compensate
from marra.flow.engine.watching import Watch, fire, watches

Data = Mapping[str, Value]


def throw(run: Run, node: Node, scope: int, _via: int) -> None:
    """Do all that the event throws; then go on, unless it waits or has ended what held it."""
    goes_on = True
    for trigger in node.triggers:
        goes_on &= THROWS[trigger.kind](run, node, scope, trigger)
    if goes_on and scope in run.scopes:
        run.leave(node, scope)


def _message(run: Run, node: Node, scope: int, trigger: Trigger) -> bool:
    run.count += 1
    data = run.mapped(node.inputs, run.names(scope)) if node.inputs else {}
    run.commands.append(SendMessage(run.count, node, trigger.name, data))
    return True


def _signal(run: Run, node: Node, _scope: int, trigger: Trigger) -> bool:
    run.count += 1
    run.commands.append(ThrowSignal(run.count, node, trigger.name))
    signal(run, trigger.name, {})
    return True


def signal(run: Run, name: str, data: Data) -> None:
    """Let all that wait for the signal hear it; what one hearing ends hears no more."""
    heard = [each for each in watches(run) if _hears(each.node, name)]
    for each in heard:
        if each in list(watches(run)):
            fire(run, each, data)


def _hears(node: Node, name: str) -> bool:
    return any(each.kind == "signal" and each.name == name for each in node.triggers)


def _escalation(run: Run, node: Node, scope: int, trigger: Trigger) -> bool:
    if not escalate(run, scope, trigger.code, {}):
        run.count += 1
        run.commands.append(Unheard(run.count, node, trigger.code))
    return True


def _error(run: Run, _node: Node, scope: int, trigger: Trigger) -> bool:
    error(run, scope, trigger.code, {})
    return False


def _terminate(run: Run, _node: Node, scope: int, _trigger: Trigger) -> bool:
    run.clear(scope)
    if scope == 0:
        run.status = TERMINATED
    return False


def _link(run: Run, _node: Node, scope: int, trigger: Trigger) -> bool:
    run.queue.append((trigger.target, scope, -1))
    return False


def _compensate(run: Run, node: Node, scope: int, trigger: Trigger) -> bool:
    return compensate(run, node, scope, trigger.activity)


def _cancel(run: Run, node: Node, scope: int, _trigger: Trigger) -> bool:
    cancel(run, node, scope)
    return False


THROWS: Mapping[str, Callable[[Run, Node, int, Trigger], bool]] = {
    "message": _message,
    "signal": _signal,
    "escalation": _escalation,
    "error": _error,
    "terminate": _terminate,
    "link": _link,
    "compensate": _compensate,
    "cancel": _cancel,
}
"""What each kind of trigger does; whether the token goes on."""


def catcher(run: Run, nodes: Iterable[int], kind: str, code: str) -> Node | None:
    """The event among these that catches the code, before one that catches all."""
    for wanted in (code, ""):
        for index in nodes:
            for trigger in run.nodes[index].triggers:
                if trigger.kind == kind and trigger.code == wanted:
                    return run.nodes[index]
    return None


def _climb(run: Run, scope: int, kind: str, code: str) -> Watch | None:
    """Who catches what was thrown within a scope, from the inside out."""
    while True:
        held = run.scopes[scope]
        inside = None if held.closed else run.inside(held)
        if inside is not None:
            found = catcher(run, inside.handlers, kind, code)
            if found is not None:
                return Watch(scope, scope, found)
        if scope == 0:
            return None
        host = run.tokens[held.host]
        node = run.nodes[host.node]
        if not (node.loop and run.in_round(node, host.scope)):
            found = catcher(run, node.catches, kind, code)
            if found is not None:
                return Watch(host.id, host.scope, found)
        scope = host.scope


def _at_work(run: Run, token: int, kind: str, code: str) -> Watch | None:
    """Who catches what work throws: its own border first."""
    held = run.tokens[token]
    node = run.nodes[held.node]
    if not (node.loop and run.in_round(node, held.scope)):
        found = catcher(run, node.catches, kind, code)
        if found is not None:
            return Watch(token, held.scope, found)
    return _climb(run, held.scope, kind, code)


def error(run: Run, scope: int, code: str, data: Data, token: int = 0) -> None:
    """An error in a scope, or in the work of a token."""
    found = _at_work(run, token, "error", code) if token else _climb(run, scope, "error", code)
    if found is not None:
        if token in run.tokens and found.owner != token:
            run.kill(run.tokens[token])
        fire(run, found, data)
        return
    run.write(0, run.checked(data))
    run.clear(0)
    run.status, run.code = FAILED, code


def escalate(run: Run, scope: int, code: str, data: Data, token: int = 0) -> bool:
    """An escalation in a scope, or in the work of a token; whether somebody hears it."""
    kind = "escalation"
    found = _at_work(run, token, kind, code) if token else _climb(run, scope, kind, code)
    if found is None:
        return False
    fire(run, found, data)
    return True
