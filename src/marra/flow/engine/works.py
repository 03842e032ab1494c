"""Activities: tasks that somebody does, scripts, sub-processes and called processes.

Source: OMG, Business Process Model and Notation 2.0.2, sections 10.3 and 13.3.
"""

from collections.abc import Mapping

from marra.flow.bpmn.expressions import Foreign
from marra.flow.bpmn.values import Value
from marra.flow.engine.graph import NO_NODE, Inside, Node
from marra.flow.engine.messages import (
    CallProcess,
    CallService,
    Decide,
    RunScript,
    Send,
    SendMessage,
    UserTask,
    Work,
)
from marra.flow.engine.run import Run
from marra.flow.engine.state import CALL, HOST, SUB, UNDO, Scope
from marra.flow.engine.watching import watch

COMMANDS: Mapping[str, type[Work]] = {
    "task": UserTask,
    "userTask": UserTask,
    "manualTask": UserTask,
    "serviceTask": CallService,
    "businessRuleTask": Decide,
    "scriptTask": RunScript,
    "sendTask": Send,
    **dict.fromkeys(("callActivity", "subProcess", "transaction", "adHocSubProcess"), CallProcess),
}


def work(run: Run, node: Node, scope: int, _via: int) -> None:
    """Somebody has to act: wait for `Done`."""
    token = run.rest(node, scope)
    inputs = run.mapped(node.inputs, run.names(scope)) if node.inputs else {}
    run.commands.append(COMMANDS[node.kind](token, node, inputs))
    if node.watched:
        watch(run, token, scope, _on_border(run, node, scope))


def _on_border(run: Run, node: Node, scope: int) -> tuple[int, ...]:
    """The events on the border, but not those of each round of a loop."""
    return () if node.loop and run.in_round(node, scope) else node.watched


def done(run: Run, node: Node, scope: int, data: Mapping[str, Value]) -> None:
    """Work is finished with these results."""
    if node.outputs:
        names = run.names(scope)
        seen = {**names, **run.mapped(node.inputs, names), **data}
        data = run.mapped(node.outputs, seen)
    elif node.stores_as and node.stores_as not in data:
        data = {node.stores_as: dict(data)}
    if data:
        run.write(scope, run.checked(data))
    run.complete(node, scope)


def script(run: Run, node: Node, scope: int, via: int) -> None:
    """Evaluate a script in FEEL: its context is kept in the case. Others are asked for."""
    rule = node.script
    if isinstance(rule, Foreign):
        work(run, node, scope, via)
        return
    found = None if rule is None else run.value(rule, run.names(scope))
    if node.stores_as:
        found = {node.stores_as: found}
    elif rule is None:
        found = {}
    if not isinstance(found, dict):
        raise run.wrong(node, "a context", found)
    done(run, node, scope, found)


def send(run: Run, node: Node, scope: int, via: int) -> None:
    """A message leaves, and work goes on at once, unless something stands on the border."""
    if node.catches:
        work(run, node, scope, via)
        return
    run.count += 1
    names = run.names(scope)
    data = run.mapped(node.inputs, names) if node.inputs else {}
    run.commands.append(SendMessage(run.count, node, node.message, data))
    run.complete(node, scope)


def receive(run: Run, node: Node, scope: int, _via: int) -> None:
    """Wait for a message."""
    token = run.rest(node, scope)
    own = (node.index,)
    watch(run, token, scope, own if node.loop and run.in_round(node, scope) else node.watched)


def catch(run: Run, node: Node, scope: int, _via: int) -> None:
    """Wait for one of the events that the node catches."""
    token = run.rest(node, scope)
    watch(run, token, scope, node.watched)


def sub_process(run: Run, node: Node, scope: int, via: int) -> None:
    """Begin a sub-process within the case; one without an inside is asked for."""
    if node.inside is None:
        work(run, node, scope, via)
        return
    host = _host(run, node, scope)
    data = run.mapped(node.inputs, run.names(scope)) if node.inputs else None
    begin(run, node, run.open(node, host, SUB, data))


def call(run: Run, node: Node, scope: int, via: int) -> None:
    """Begin the called process with data of its own; one that is not given is asked for."""
    if node.inside is None:
        work(run, node, scope, via)
        return
    host = _host(run, node, scope)
    names = run.names(scope)
    data = {**names, **run.mapped(node.inputs, names)}
    begin(run, node, run.open(node, host, CALL, data))


def _host(run: Run, node: Node, scope: int) -> int:
    host = run.rest(node, scope, HOST)
    if node.watched:
        watch(run, host, scope, _on_border(run, node, scope))
    return host


def begin(run: Run, node: Node, scope: int) -> None:
    """Start what stands inside a scope that was opened."""
    inside = node.inside
    if inside is None:
        return
    watch(run, scope, scope, inside.handlers)
    if inside.sequential:
        held = run.scopes[scope]
        run.scopes[scope] = held._replace(counts=(0,))
        return
    for index in inside.starts:
        run.queue.append((index, scope, -1))


def emptied(run: Run, scope: Scope) -> None:
    """Nothing moves in a sub-process or called process any more: go on behind it."""
    node = run.nodes[scope.node]
    inside = node.inside
    if inside is not None and inside.sequential and _next_of(run, inside, scope):
        return
    host = run.tokens.pop(scope.host)
    del run.scopes[scope.id]
    run.drop_timers(scope.id)
    run.drop_timers(host.id)
    undone_here = inside is not None and inside.undo != NO_NODE
    undoing = run.scopes[host.scope].kind == UNDO
    if node.undone_by == NO_NODE and (scope.log or undone_here) and not undoing:
        run.note_done(node.index, host.scope, scope.log)
    data: Mapping[str, Value] = {}
    if scope.kind == CALL or (node.outputs and not node.event_process):
        data = scope.data or {}
    if node.event_process:
        run.visit(node, "left")
    else:
        done(run, node, host.scope, data)


def _next_of(run: Run, inside: Inside, scope: Scope) -> bool:
    """Begin the next activity of a sequential ad-hoc sub-process."""
    begun = scope.counts[0]
    if begun >= len(inside.starts) or _met(run, inside, scope.id):
        return False
    run.scopes[scope.id] = scope._replace(counts=(begun + 1,))
    run.queue.append((inside.starts[begun], scope.id, -1))
    return True


def _met(run: Run, inside: Inside, scope: int) -> bool:
    rule = inside.until
    return rule is not None and run.value(rule, run.names(scope)) is True


def ad_hoc_met(run: Run) -> bool:
    """End the first ad-hoc sub-process whose completion condition has come true."""
    for scope in run.scopes.values():
        inside = run.inside(scope)
        if inside is not None and inside.ad_hoc and inside.cancels_rest:
            some = any(each.scope == scope.id for each in run.tokens.values())
            if some and _met(run, inside, scope.id):
                run.clear(scope.id)
                return True
    return False
