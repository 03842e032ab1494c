"""Loops: an activity done for each of several, or again while something holds.

Results of rounds are kept in the order of what they were made from, so it does not matter which
round ends first.

Source: OMG, Business Process Model and Notation 2.0.2, sections 10.3.6 and 13.3.6.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from marra.flow.bpmn.expressions import Foreign
from marra.flow.bpmn.values import Value
from marra.flow.engine.graph import Loop, Node
from marra.flow.engine.limits import TooManyTokens
from marra.flow.engine.messages import Ask
from marra.flow.engine.run import INNER, Run
from marra.flow.engine.state import ASK_AGAIN, ASK_COUNT, HOST, LOOP, ROUND, Scope, Token
from marra.flow.engine.watching import watch


def enter(run: Run, node: Node, scope: int, via: int) -> None:
    """Begin a loop, or one round of it."""
    loop = node.loop
    if via == INNER or loop is None:
        node.begin(run, node, scope, via)
        return
    token = run.rest(node, scope, HOST)
    watch(run, token, scope, tuple(each for each in node.watched if each != node.index))
    if loop.many:
        _many(run, node, run.tokens[token], loop)
    else:
        _open(run, node, token, -1, None)
        if loop.test_before:
            _whether(run, node, run.tokens[token], loop)
        else:
            _round(run, node, token)


def _many(run: Run, node: Node, token: Token, loop: Loop) -> None:
    rule = loop.items or loop.count
    if rule is None or isinstance(rule, Foreign):
        run.tokens[token.id] = token._replace(phase=ASK_COUNT)
        run.commands.append(Ask(token.id, node, "count"))
        return
    found = run.value(rule, run.names(token.scope))
    if loop.items:
        if not isinstance(found, list):
            raise run.wrong(node, "a list", found)
        spread(run, node, token, len(found), found)
    else:
        if not isinstance(found, Decimal) or found != found.to_integral_value() or found < 0:
            raise run.wrong(node, "a whole number", found)
        spread(run, node, token, int(found), None)


def spread(run: Run, node: Node, token: Token, count: int, items: Sequence[Value] | None) -> None:
    """Begin so many rounds, at once or one after another."""
    loop = node.loop
    if loop is None:
        return
    if count > run.limits.tokens:
        raise TooManyTokens(most=run.limits.tokens, element=node.id, line=node.line)
    run.tokens[token.id] = token._replace(phase=HOST)
    _open(run, node, token.id, count, items)
    if count == 0:
        _finish(run, node, token.id)
    for _ in range(min(count, 1) if loop.sequential else count):
        _round(run, node, token.id)


def _open(run: Run, node: Node, token: int, count: int, items: Sequence[Value] | None) -> None:
    data: dict[str, Value] = {}
    if items is not None:
        data["items"] = list(items)
    if node.loop and node.loop.results:
        data["results"] = [None] * max(count, 0)
    scope = run.open(node, token, LOOP, data)
    run.scopes[scope] = run.scopes[scope]._replace(counts=(count, 0, 0))


def _counter(run: Run, token: int) -> Scope:
    return next(each for each in run.scopes.values() if each.host == token and each.kind == LOOP)


def _round(run: Run, node: Node, token: int) -> None:
    """Begin the next round."""
    counter = _counter(run, token)
    count, begun, done = counter.counts
    run.scopes[counter.id] = counter._replace(counts=(count, begun + 1, done))
    data: dict[str, Value] = {"loopCounter": Decimal(begun + 1)}
    items = (counter.data or {}).get("items")
    loop = node.loop
    if loop is not None:
        data.update(dict.fromkeys(loop.kept_local))
        if loop.item and isinstance(items, list):
            data[loop.item] = items[begun]
    scope = run.open(node, token, ROUND, data)
    run.queue.append((node.index, scope, INNER))


def emptied(run: Run, scope: Scope) -> None:
    """A round is finished: keep its result, then the next, or go on behind the loop."""
    node, token = run.nodes[scope.node], run.tokens[scope.host]
    loop = node.loop
    if loop is None:
        return
    counter = _counted(run, scope, loop)
    del run.scopes[scope.id]
    if not loop.many:
        _whether(run, node, token, loop)
    elif counter.counts[2] >= counter.counts[0] or _until(run, loop, token, counter):
        _finish(run, node, token.id)
    elif loop.sequential:
        _round(run, node, token.id)


def _counted(run: Run, scope: Scope, loop: Loop) -> Scope:
    counter = _counter(run, scope.host)
    count, begun, done = counter.counts
    data = counter.data
    if loop.results and loop.result is not None and data is not None:
        results = list(_list(data.get("results")))
        place = int((scope.data or {})["loopCounter"]) - 1
        results += [None] * (place + 1 - len(results))
        results[place] = run.value(loop.result, run.names(scope.id))
        data = run.checked({**data, "results": results})
    counter = counter._replace(counts=(count, begun, done + 1), data=data)
    run.scopes[counter.id] = counter
    return counter


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []


def _until(run: Run, loop: Loop, token: Token, counter: Scope) -> bool:
    """Whether the rest need not be done; the condition sees the standard's four counts."""
    if loop.until is None:
        return False
    count, begun, done = counter.counts
    seen: Mapping[str, Value] = {
        **run.names(token.scope),
        "numberOfInstances": Decimal(count),
        "numberOfActiveInstances": Decimal(begun - done),
        "numberOfCompletedInstances": Decimal(done),
        "numberOfTerminatedInstances": Decimal(0),
    }
    return run.value(loop.until, seen) is True


def _whether(run: Run, node: Node, token: Token, loop: Loop) -> None:
    """Decide whether a standard loop goes on; a stand-in says so where nothing tells."""
    done = _counter(run, token.id).counts[2]
    if loop.most and done >= loop.most:
        _finish(run, node, token.id)
    elif loop.again is None and loop.most:
        _round(run, node, token.id)
    elif loop.again is None or isinstance(loop.again, Foreign):
        run.tokens[token.id] = token._replace(phase=ASK_AGAIN)
        run.commands.append(Ask(token.id, node, "again"))
    else:
        names = {**run.names(token.scope), "loopCounter": Decimal(done)}
        more = run.value(loop.again, names) is True
        onward(run, node, token, more=more)


def onward(run: Run, node: Node, token: Token, *, more: bool) -> None:
    """Another round of a standard loop, or its end."""
    run.tokens[token.id] = token._replace(phase=HOST)
    if more:
        _round(run, node, token.id)
    else:
        _finish(run, node, token.id)


def _finish(run: Run, node: Node, token_id: int) -> None:
    """End the loop: what still runs in it is dropped, its results are kept."""
    results = (_counter(run, token_id).data or {}).get("results")
    for scope in [each for each in run.scopes.values() if each.host == token_id and each.id]:
        run.drop(scope)
    token = run.tokens.pop(token_id)
    run.drop_timers(token_id)
    if node.loop and node.loop.results:
        run.write(token.scope, {node.loop.results: results})
    run.complete(node, token.scope)
