"""Undoing: compensation of finished work, the last finished first.

Each scope remembers the finished activities that can be compensated. A throw takes them, last to
first, and runs the handler of each; a finished sub-process is undone by its own compensating event
sub-process, or else by undoing what was done inside it.

Source: OMG, Business Process Model and Notation 2.0.2, section 10.7 and 13.5.5.
"""

from marra.flow.engine.graph import NO_NODE, Node
from marra.flow.engine.run import Run
from marra.flow.engine.state import HOST, SUB, UNDO, Log, Scope, Token
from marra.flow.engine.watching import Watch, fire


def compensate(run: Run, node: Node, scope: int, activity: int) -> bool:
    """Undo one activity, or all of the scope; whether the token goes on at once."""
    entries = _taken(run, scope, activity)
    if not entries:
        return True
    host = run.rest(node, scope, HOST)
    undo = run.open(node, host, UNDO)
    run.scopes[undo] = run.scopes[undo]._replace(log=entries)
    return False


def _taken(run: Run, scope: int, activity: int) -> Log:
    """What is to be undone, taken out of what is remembered.

    A throw in an event sub-process speaks of the scope that it handles.
    """
    found: Log = ()
    while True:
        held = run.scopes[scope]
        if activity == NO_NODE:
            mine = held.log
        else:
            mine = tuple(each for each in held.log if each[0] == activity)
        rest = tuple(each for each in held.log if each not in mine)
        run.scopes[scope] = held._replace(log=rest)
        found = (*mine, *found)
        if scope == 0 or not _handles(run, held):
            return found
        scope = run.tokens[held.host].scope


def _handles(run: Run, scope: Scope) -> bool:
    return scope.kind == UNDO or run.nodes[scope.node].event_process


def emptied(run: Run, scope: Scope) -> None:
    """One thing is undone: undo the one before it, or let the thrower go on."""
    if scope.log:
        *rest, (index, inside) = scope.log
        run.scopes[scope.id] = scope._replace(log=tuple(rest))
        _undo(run, run.scopes[scope.id], index, inside)
        return
    del run.scopes[scope.id]
    host = run.tokens.pop(scope.host)
    node = run.nodes[host.node]
    if any(each.kind == "cancel" for each in node.triggers):
        _cancelled(run, host)
    else:
        run.leave(node, host.scope)


def _undo(run: Run, scope: Scope, index: int, inside: Log) -> None:
    node = run.nodes[index]
    if node.undone_by != NO_NODE:
        run.visit(run.nodes[node.undone_at], "triggered")
        run.queue.append((node.undone_by, scope.id, -1))
    elif node.inside is not None and node.inside.undo != NO_NODE:
        start = run.nodes[node.inside.undo]
        holder = run.nodes[start.holder]
        host = run.rest(holder, scope.id, HOST)
        run.visit(holder, "entered")
        inner = run.open(holder, host, SUB)
        run.scopes[inner] = run.scopes[inner]._replace(log=inside)
        run.queue.append((start.index, inner, -1))
    else:
        run.scopes[scope.id] = scope._replace(log=(*scope.log, *inside))


def cancel(run: Run, node: Node, scope: int) -> None:
    """Cancel a transaction: end what runs in it, undo what is done, leave by its border."""
    run.clear(scope)
    entries = _taken(run, scope, NO_NODE)
    host = run.rest(node, scope, HOST)
    undo = run.open(node, host, UNDO)
    run.scopes[undo] = run.scopes[undo]._replace(log=entries)


def _cancelled(run: Run, token: Token) -> None:
    """All is undone; an event on the border of the transaction takes over."""
    scope = run.scopes[token.scope]
    if scope.id == 0:
        return
    host = run.tokens[scope.host]
    for index in run.nodes[host.node].catches:
        node = run.nodes[index]
        if any(each.kind == "cancel" for each in node.triggers):
            fire(run, Watch(host.id, host.scope, node), {})
            return
    run.kill(host)
