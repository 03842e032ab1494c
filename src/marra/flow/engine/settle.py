"""Settling: let everything move until all tokens rest.

Order is fixed, so the same step always gives the same state: what is queued moves first, then
empty scopes end, then inclusive joins and conditions are looked at, each once nothing else moves.

Source: OMG, Business Process Model and Notation 2.0.2, section 13.1.
"""

from collections.abc import Callable, Mapping

from marra.flow.engine import loops, undo, works
from marra.flow.engine.gateways import join_inclusive
from marra.flow.engine.limits import Stuck, TooManySteps
from marra.flow.engine.messages import Ended
from marra.flow.engine.run import Run
from marra.flow.engine.state import CALL, ENDED, HOST, JOIN, LOOP, ROUND, RUNNING, SUB, UNDO, Scope
from marra.flow.engine.watching import conditions, watches

EMPTIED: Mapping[int, Callable[[Run, Scope], None]] = {
    SUB: works.emptied,
    CALL: works.emptied,
    ROUND: loops.emptied,
    UNDO: undo.emptied,
}


def settle(run: Run) -> None:
    """Move until nothing moves; say that the case is over, or that it is stuck."""
    left = run.limits.steps
    while True:
        left = drain(run, left)
        if len(run.scopes) > 1 and (works.ad_hoc_met(run) or _close(run)):
            left = _spent(run, left)
        elif run.graph.joins and join_inclusive(run):
            continue
        elif not (run.graph.conditional and conditions(run)):
            break
        else:
            left = _spent(run, left)
    if not run.tokens:
        _over(run)
    else:
        _stuck(run)


def _spent(run: Run, left: int) -> int:
    """Each round of settling counts as a step, so that no circle turns for ever."""
    if left <= 0:
        raise TooManySteps(most=run.limits.steps, element=run.graph.id, line=0)
    return left - 1


def drain(run: Run, left: int) -> int:
    """Let every moving token enter its node; how many steps are left."""
    nodes, trace = run.nodes, run.trace
    while run.queue:
        index, scope, via = run.queue.popleft()
        node = nodes[index]
        left -= 1
        if left < 0:
            raise TooManySteps(most=run.limits.steps, element=node.id, line=node.line)
        if trace is not None:
            run.visit(node, "entered")
        node.enter(run, node, scope, via)
    return left


def _close(run: Run) -> bool:
    """End every scope in which nothing rests or moves; whether there was one."""
    busy = {each.scope for each in run.tokens.values()}
    found = False
    for scope in list(reversed(run.scopes.values())):
        empty = scope.id and scope.kind != LOOP and scope.id not in busy
        if empty and scope.id in run.scopes:
            EMPTIED[scope.kind](run, run.scopes[scope.id])
            found = True
    return found


def _over(run: Run) -> None:
    if run.status == RUNNING:
        run.status = ENDED
    run.drop_timers(0)
    run.commands.append(Ended(run.status, run.code))


def _stuck(run: Run) -> None:
    """Refuse a state out of which nothing leads."""
    for token in run.tokens.values():
        if token[3] != JOIN and token[3] != HOST:  # the phase; this is asked in every step
            return
    if run.timers:
        return
    outside = ("message", "signal", "conditional", "timer")
    if any(each.kind in outside for at in watches(run) for each in at.node.triggers):
        return
    joins = [run.nodes[each.node].id for each in run.tokens.values() if each.phase == JOIN]
    raise Stuck(elements=", ".join(sorted(set(joins))))
