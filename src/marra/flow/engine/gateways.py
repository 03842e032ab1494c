"""Gateways: where flows part, merge, and wait for one another.

An inclusive gateway waits for every token that can still come to a flow of it that is empty,
unless that token can as well come to one that is not: the standard's own rule, decided by sets of
nodes that are worked out when the process is compiled.

Source: OMG, Business Process Model and Notation 2.0.2, section 13.4 and table 13.3.
"""

from marra.flow.engine.graph import Node
from marra.flow.engine.limits import NoWayTaken
from marra.flow.engine.run import Run
from marra.flow.engine.state import JOIN
from marra.flow.engine.watching import watch


def passing(run: Run, node: Node, scope: int, _via: int) -> None:
    """Go on at once."""
    run.leave(node, scope)


def exclusive(run: Run, node: Node, scope: int, _via: int) -> None:
    """Take the first flow whose condition holds, in the order of the file; else the default."""
    if node.asks:
        run.ask_ways(node, scope, several=False)
        return
    names, fuel, now = run.names(scope), run.limits.fuel, run.at
    default = node.default
    for way in node.ways:
        rule = way.rule
        if way is not default and (rule is None or rule.value(names, fuel=fuel, now=now) is True):
            break
    else:
        if default is None:
            raise NoWayTaken(element=node.id, line=node.line)
        way = default
    run.queue.append((way.target, scope, way.flow))


def parallel(run: Run, node: Node, scope: int, via: int) -> None:
    """Wait until a token has come over every flow, then go on over all."""
    need = len(node.incoming)
    if need > 1:
        waiting = {
            each.via: each.id
            for each in reversed(run.tokens.values())
            if each.node == node.index and each.scope == scope
        }
        if via in waiting or len(waiting) + 1 < need:
            run.rest(node, scope, JOIN, via)
            return
        for token in waiting.values():
            del run.tokens[token]
    run.leave(node, scope)


def inclusive(run: Run, node: Node, scope: int, via: int) -> None:
    """Wait for all that can still come; a gateway that only parts goes on at once."""
    if len(node.incoming) > 1:
        run.rest(node, scope, JOIN, via)
    else:
        run.leave(node, scope)


def complex_(run: Run, node: Node, scope: int, via: int) -> None:
    """Named at load as not executed: joins as an inclusive one, and a stand-in says where to."""
    if len(node.incoming) > 1:
        run.rest(node, scope, JOIN, via)
    else:
        onward(run, node, scope)


def onward(run: Run, node: Node, scope: int) -> None:
    """Leave an inclusive or complex join."""
    if node.kind == "complexGateway" and len(node.ways) > 1:
        run.ask_ways(node, scope, several=True)
    else:
        run.leave(node, scope)


def by_event(run: Run, node: Node, scope: int, _via: int) -> None:
    """Wait for the first of several events."""
    token = run.rest(node, scope)
    watch(run, token, scope, node.watched)


def join_inclusive(run: Run) -> bool:
    """Let the first inclusive join that need wait no longer go on; whether there was one."""
    for index in run.graph.joins:
        node = run.nodes[index]
        scopes = {each.scope for each in run.tokens.values() if each.node == index}
        for scope in sorted(scopes):
            if _joined(run, node, scope):
                onward(run, node, scope)
                return True
    return False


def _joined(run: Run, node: Node, scope: int) -> bool:
    beside = [each for each in reversed(run.tokens.values()) if each.scope == scope]
    here = {each.via: each.id for each in beside if each[1:4] == (node.index, scope, JOIN)}
    others = sum(1 << index for index in {each.node for each in beside} - {node.index})
    if not here:
        return False
    empty = filled = 0
    for flow, reached_from in zip(node.incoming, node.upstream, strict=True):
        if flow in here:
            filled |= reached_from
        else:
            empty |= reached_from
    if others & empty & ~filled:
        return False
    for token_id in here.values():
        del run.tokens[token_id]
    return True
