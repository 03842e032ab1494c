"""The run: one step's working copy of a case, and the moves that all elements share.

Source: OMG, Business Process Model and Notation 2.0.2, sections 13.1 to 13.3.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from marra.flow.bpmn.expressions import Foreign
from marra.flow.bpmn.values import Value
from marra.flow.engine.graph import Graph, Inside, Node, Rule
from marra.flow.engine.limits import (
    Limits,
    NotAResult,
    NoWayTaken,
    TooDeep,
    TooLarge,
    TooManyTokens,
)
from marra.flow.engine.messages import Ask, CancelTimer, Withdraw
from marra.flow.engine.state import (
    ASK_WAYS,
    CALL,
    HOST,
    JOIN,
    LOOP,
    ROUND,
    SUB,
    WORK,
    Log,
    Scope,
    State,
    Timer,
    Token,
    Visit,
)

INNER: Final = -2
"""Instead of a flow: the node is to begin within a round of its loop."""


class Run:
    """What a step changes; nothing of it outlives the step but the state made from it."""

    __slots__ = (
        "at", "code", "commands", "count", "data", "fresh", "graph", "limits", "marks", "nodes",
        "queue", "scopes", "status", "timers", "tokens", "trace",
    )  # fmt: skip

    def __init__(
        self, graph: Graph, state: State, at: datetime, limits: Limits, trace: list[Visit] | None
    ) -> None:
        self.graph = graph
        self.nodes = graph.nodes
        self.at = at
        self.limits = limits
        self.trace = trace
        self.count = state.serial
        self.status = state.status
        self.code = state.code
        self.tokens = {each[0]: each for each in state.tokens}
        self.scopes = {each[0]: each for each in state.scopes}
        self.timers = state.timers
        self.marks = state.marks
        self.data = state.data
        self.fresh = False  # whether `data` is this step's own copy
        self.commands: list[Any] = []
        self.queue: deque[tuple[int, int, int]] = deque()

    def state(self) -> State:
        """The state after the step."""
        if self.fresh and weight(self.data) > self.limits.size:
            raise TooLarge(most=self.limits.size)
        return State(
            self.graph.id,
            self.graph.version,
            self.count,
            self.status,
            tuple(self.tokens.values()),
            self.data,
            tuple(self.scopes.values()),
            self.timers,
            self.marks,
            self.code,
        )

    # ── Tokens ───────────────────────────────────────────────────────────────────────────────

    def rest(self, node: Node, scope: int, phase: int = WORK, via: int = -1) -> int:
        """A new token that rests on the node; its id."""
        if len(self.tokens) >= self.limits.tokens:
            raise TooManyTokens(most=self.limits.tokens, element=node.id, line=node.line)
        self.count += 1
        self.tokens[self.count] = Token(self.count, node.index, scope, phase, via)
        return self.count

    def leave(self, node: Node, scope: int) -> None:
        """Send a token over each flow that leaves the node and whose condition holds."""
        plain = node.plain
        if plain is None:
            self._choose(node, scope)
            return
        for target, flow in plain:
            self.queue.append((target, scope, flow))
        if len(self.queue) > self.limits.tokens:
            raise TooManyTokens(most=self.limits.tokens, element=node.id, line=node.line)

    def _choose(self, node: Node, scope: int) -> None:
        """Conditional flows of an activity, or of an inclusive gateway: all that hold."""
        if node.asks:
            self.ask_ways(node, scope, several=True)
            return
        names = self.names(scope)
        fuel, now = self.limits.fuel, self.at
        taken = [
            way
            for way in node.ways
            if way is not node.default
            and (way.rule is None or way.rule.value(names, fuel=fuel, now=now) is True)
        ]
        if not taken:
            if node.default is None:
                raise NoWayTaken(element=node.id, line=node.line)
            taken = [node.default]
        for way in taken:
            self.queue.append((way.target, scope, way.flow))

    def ask_ways(self, node: Node, scope: int, *, several: bool) -> None:
        """Rest until a stand-in says which flows are taken."""
        token = self.rest(node, scope, ASK_WAYS)
        choices = tuple(way.id for way in node.ways)
        self.commands.append(Ask(token, node, "ways", choices, several))

    def visit(self, node: Node, what: str) -> None:
        """Note in the trace, if one is kept, what happened at the node."""
        if self.trace is not None:
            self.trace.append(Visit(node.id, node.kind, node.lane, self.at, what))

    def complete(self, node: Node, scope: int) -> None:
        """An activity is finished: its flows are taken, unless it was one round of its loop."""
        if self.trace is not None:
            self.visit(node, "left")
        inner = node.loop is not None and self.in_round(node, scope)
        if node.logs and (inner or node.loop is None):
            self.note_done(node.index, scope, ())
        if not inner:
            self.leave(node, scope)

    def in_round(self, node: Node, scope: int) -> bool:
        """Whether this is the node within a round of its own loop."""
        held = self.scopes[scope]
        return held.kind == ROUND and held.node == node.index

    def note_done(self, node: int, scope: int, inside: Log) -> None:
        """Remember a finished activity that can be compensated."""
        while self.scopes[scope].kind == ROUND:
            scope = self.tokens[self.scopes[scope].host].scope
        held = self.scopes[scope]
        self.scopes[scope] = held._replace(log=(*held.log, (node, inside)))

    def kill(self, token: Token) -> None:
        """End a token and all that it holds."""
        del self.tokens[token.id]
        self.drop_timers(token.id)
        node = self.nodes[token.node]
        if token.phase not in (JOIN, HOST):
            self.commands.append(Withdraw(token.id, node))
        self.visit(node, "withdrawn")
        if len(self.scopes) > 1:
            for scope in [each for each in self.scopes.values() if each.host == token.id]:
                if scope.id in self.scopes and scope.id:
                    self.drop(scope)

    def clear(self, scope: int, spared: int = 0) -> None:
        """End all tokens in a scope, but one."""
        for token in [each for each in self.tokens.values() if each.scope == scope]:
            if token.id != spared and token.id in self.tokens:
                self.kill(token)
        self.queue = deque(each for each in self.queue if each[1] != scope)

    # ── Scopes ───────────────────────────────────────────────────────────────────────────────

    def open(
        self, node: Node, host: int, kind: int, data: Mapping[str, Value] | None = None
    ) -> int:
        """A new scope held by a token; its id."""
        depth, scope = 0, self.tokens[host].scope
        while scope:
            depth, scope = depth + 1, self.tokens[self.scopes[scope].host].scope
        if depth >= self.limits.depth:
            raise TooDeep(element=node.id, line=node.line, most=self.limits.depth)
        self.count += 1
        self.scopes[self.count] = Scope(self.count, node.index, host, kind, data)
        return self.count

    def drop(self, scope: Scope) -> None:
        """End a scope with all that is in it."""
        self.clear(scope.id)
        self.drop_timers(scope.id)
        self.scopes.pop(scope.id, None)

    def inside(self, scope: Scope) -> Inside | None:
        """The inside that the scope is a running of."""
        if scope.id == 0:
            return self.graph.root
        return self.nodes[scope.node].inside if scope.kind in (SUB, CALL) else None

    def drop_timers(self, owner: int) -> None:
        """Stop all timers of a token or scope."""
        if self.timers:
            for each in self.timers:
                if each.owner == owner:
                    self.commands.append(CancelTimer(each.id, self.nodes[each.node]))
            self.timers = tuple(each for each in self.timers if each.owner != owner)
        if self.marks:
            self.marks = tuple(each for each in self.marks if each[0] != owner)

    def add_timer(self, timer: Timer) -> None:
        """Keep a timer."""
        self.timers = (*self.timers, timer)

    # ── Data ─────────────────────────────────────────────────────────────────────────────────

    def names(self, scope: int) -> Mapping[str, Value]:
        """All variables that are seen in a scope; the inner hide the outer."""
        if scope == 0:
            return self.data
        layers = []
        while scope:
            held = self.scopes[scope]
            if held.data is not None and held.kind != LOOP:
                layers.append(held.data)
            if held.kind == CALL:
                break
            scope = self.tokens[held.host].scope
        else:
            layers.append(self.data)
        merged: dict[str, Value] = {}
        for layer in reversed(layers):
            merged.update(layer)
        return merged

    def write(self, scope: int, new: Mapping[str, Value]) -> None:
        """Keep values in the scope that has variables of those names, else in the case."""
        if not new:
            return
        if scope:
            new = self._kept_inside(scope, dict(new))
        if not self.fresh:
            self.data = {**self.data, **new}
            self.fresh = True
        else:
            self.data = self.data | new  # type: ignore[operator]

    def _kept_inside(self, scope: int, new: dict[str, Value]) -> dict[str, Value]:
        while scope and new:
            held = self.scopes[scope]
            if held.data is not None and held.kind != LOOP:
                whole = held.kind == CALL
                here = {name: new.pop(name) for name in list(new) if whole or name in held.data}
                self.scopes[scope] = held._replace(data={**held.data, **here})
            scope = self.tokens[held.host].scope
        return new

    def value(self, rule: Rule, names: Mapping[str, Value]) -> Value:
        """The value of an expression; foreign ones have none and are asked for elsewhere."""
        if isinstance(rule, Foreign):
            return None
        return rule.value(names, fuel=self.limits.fuel, now=self.at)

    def mapped(
        self, pairs: Iterable[tuple[str, Rule]], names: Mapping[str, Value]
    ) -> dict[str, Value]:
        """Values by the names that a mapping gives them."""
        return {name: self.value(rule, names) for name, rule in pairs}

    def checked(self, new: Mapping[str, Value]) -> Mapping[str, Value]:
        """The same values, refused if they are too large to keep."""
        if weight(new) > self.limits.size:
            raise TooLarge(most=self.limits.size)
        return new

    def wrong(self, node: Node, wanted: str, found: Value) -> NotAResult:
        """The refusal of a value of the wrong type."""
        return NotAResult(
            element=node.id, line=node.line, wanted=wanted, found=type(found).__name__
        )


_SMALL: Final = 16
_STRAIGHT: Final = frozenset({Decimal, bool, type(None), datetime, int})


def weight(data: Mapping[str, Value]) -> int:
    """About how many letters values take when they are kept.

    >>> weight({"a": "bcd", "e": [Decimal(1), Decimal(2)]})
    67
    """
    total = 0
    for value in data.values():
        kind = type(value)
        if kind is str:
            total += len(value) + _SMALL
        elif kind in _STRAIGHT:
            total += _SMALL
        else:
            total += _deep(value)
    return total


def _deep(value: Value) -> int:
    total, rest = 0, [value]
    while rest:
        one = rest.pop()
        total += _SMALL
        if isinstance(one, str):
            total += len(one)
        elif isinstance(one, Mapping):
            rest += one.values()
            total += sum(map(len, one))
        elif isinstance(one, (list, tuple)):
            rest += one
    return total
