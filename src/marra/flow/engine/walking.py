"""Walking: a stand-in that drives a model through every branch, and says what it cannot reach.

It answers each question with what was answered least so far: another flow, an event on the border
instead of the end of work, an error where one is caught. So it comes everywhere that a case can
come, whatever the conditions say, and each element is either reached or named.

Source: ours.
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from marra.flow.engine.driving import Trace, reply
from marra.flow.engine.graph import NO_NODE, Graph, Node
from marra.flow.engine.limits import LIMITS, Limits
from marra.flow.engine.messages import (
    Answer,
    Ask,
    Begin,
    Command,
    Escalated,
    Event,
    Failed,
    SetTimer,
    Work,
)
from marra.flow.engine.state import Scope, State, Token, Visit
from marra.flow.engine.stepping import Told, start, step, waiting
from marra.kit.errors import Refusal

ROUNDS: Final = 2
"""How often the stand-in does what is to be done several times."""
_PATIENCE: Final = 12  # runs in a row that reach nothing new
_AGAIN: Final = 1  # what doing the same again costs, in steps
_STEPS: Final = 20  # events for each node before a run is given up


class Option(NamedTuple):
    """Something that can happen now, and what it leads to."""

    name: str
    leads_to: str
    event: Event
    at: datetime


@dataclass(frozen=True, slots=True)
class Walk:
    """All runs of a model by the stand-in."""

    runs: tuple[Trace, ...]
    stuck: tuple[str, ...]  # why runs were refused: branches that wait for one another, circles
    reached: frozenset[str]
    unreached: tuple[Node, ...]

    @property
    def ended(self) -> int:
        """How many runs came to an end of the process."""
        return sum(each.ended for each in self.runs)


def walk(graph: Graph, *, at: datetime, limits: Limits = LIMITS) -> Walk:
    """Runs through a model until every element is reached, or nothing new is."""
    used: Counter[str] = Counter()
    reached: set[str] = set()
    runs: list[Trace] = []
    stuck: list[str] = []
    idle = 0
    while idle < _PATIENCE and not (runs and len(reached) >= len(graph.nodes)):
        walker = _Walker(graph, used, reached, at, limits, seeks=idle % 2 == 0)
        try:
            runs.append(walker.run())
        except Refusal as refusal:
            stuck.append(str(refusal))
        seen = {each.element for each in walker.visits}
        idle = 0 if seen - reached else idle + 1
        reached |= seen
    left = tuple(each for each in graph.nodes if each.id not in reached)
    return Walk(tuple(runs), tuple(stuck), frozenset(reached), left)


def far_from(graph: Graph, reached: set[str]) -> dict[str, int]:
    """How many steps each node is from the nearest that was not reached yet."""
    before: dict[int, list[int]] = {}
    for node in graph.nodes:
        for after in _after(graph, node):
            before.setdefault(after, []).append(node.index)
    distance = {each.index: 0 for each in graph.nodes if each.id not in reached}
    rest = deque(distance)
    while rest:
        one = rest.popleft()
        for each in before.get(one, ()):
            if each not in distance:
                distance[each] = distance[one] + 1
                rest.append(each)
    return {graph.nodes[index].id: far for index, far in distance.items()}


def _after(graph: Graph, node: Node) -> Iterator[int]:
    """Where a token on a node may come next, one way or another."""
    yield from (way.target for way in node.ways)
    yield from node.catches
    yield from (each.target for each in node.triggers if each.target != NO_NODE)
    if node.inside is not None:
        yield from (*node.inside.starts, *node.inside.handlers)
    if node.undone_by != NO_NODE:
        yield node.undone_by
    if node.holder != NO_NODE:
        yield from (way.target for way in graph.nodes[node.holder].ways)


class _Walker:
    """One run of the stand-in."""

    def __init__(
        self, graph: Graph, used: Counter[str], reached: set[str], at: datetime, limits: Limits,
        *, seeks: bool,
    ) -> None:  # fmt: skip
        self.graph = graph
        self.used = used
        self.seen = set(reached)
        self.seeks = seeks
        self.far = far_from(graph, reached) if seeks else {}
        self.at = at
        self.limits = limits
        self.here: Counter[str] = Counter()
        self.visits: list[Visit] = []
        self.told: list[Told] = []

    def run(self) -> Trace:
        """Drive one case from a start that was used least to its end."""
        by = min(self.graph.starts, key=self._start_cost, default="")
        self.used["start " + by] += 1
        state = self._step(start(self.graph, {}, at=self.at, by=by), Begin())
        for _ in range(_STEPS * (len(self.graph.nodes) + 1)):
            options = list(self._options(state)) if state.running else []
            if not options:
                break
            chosen = min(options, key=self._cost)
            self.used[chosen.name] += 1
            self.here[chosen.name] += 1
            self.at = max(self.at, chosen.at)
            state = self._step(state, chosen.event)
        open_now = waiting(self.graph, state, at=self.at) if state.running else ()
        return Trace(tuple(self.visits), tuple(self.told), open_now, state)

    def _step(self, state: State, event: Event) -> State:
        state, told = step(
            self.graph, state, event, at=self.at, limits=self.limits, trace=self.visits
        )
        self.told += told
        self.seen |= {each.element for each in self.visits}
        self.far = far_from(self.graph, self.seen) if self.seeks else {}
        return state

    def _start_cost(self, by: str) -> tuple[int, int]:
        return self.far.get(by, len(self.graph.nodes)), self.used["start " + by]

    def _cost(self, option: Option) -> tuple[int, int]:
        """Near what was not reached, seldom done in this run, seldom done at all."""
        far = self.far.get(option.leads_to, len(self.graph.nodes))
        return far + _AGAIN * self.here[option.name], self.used[option.name]

    def _options(self, state: State) -> Iterator[Option]:
        tokens = {each.id: each for each in state.tokens}
        scopes = {each.id: each for each in state.scopes}
        for command in waiting(self.graph, state, at=self.at):
            if isinstance(command, Ask):
                yield from self._answers(command)
                continue
            due = command.due if isinstance(command, SetTimer) else None
            event = reply(command, {})
            if event is not None:
                yield Option(command.element, command.element, event, due or self.at)
            if isinstance(command, Work):
                yield from self._thrown(tokens, scopes, command)

    def _answers(self, command: Ask) -> Iterator[Option]:
        name = f"{command.element} {command.what}"
        if command.what == "count":
            yield Option(name, command.element, Answer(command.id, ROUNDS), self.at)
        elif command.what == "again":
            again = self.here[name] % ROUNDS < ROUNDS - 1
            yield Option(name, command.element, Answer(command.id, again), self.at)
        else:
            targets = {way.id: self.graph.nodes[way.target].id for way in command.node.ways}
            for each in command.choices:
                yield Option(each, targets[each], Answer(command.id, (each,)), self.at)
            if command.several and len(command.choices) > 1:
                yield Option(name, "", Answer(command.id, command.choices), self.at)

    def _thrown(
        self, tokens: Mapping[int, Token], scopes: Mapping[int, Scope], command: Work
    ) -> Iterator[Option]:
        """Errors and escalations of this work that something around it catches."""
        for node in self._around(tokens, scopes, command):
            for trigger in node.triggers:
                if trigger.kind == "error":
                    event: Event = Failed(command.id, trigger.code)
                    yield Option(node.id, node.id, event, self.at)
                elif trigger.kind == "escalation":
                    event = Escalated(command.id, trigger.code)
                    yield Option(node.id, node.id, event, self.at)

    def _around(
        self, tokens: Mapping[int, Token], scopes: Mapping[int, Scope], command: Command
    ) -> Iterator[Node]:
        """Events on the border of the work and of all that holds it, and handlers beside it."""
        nodes = self.graph.nodes
        token = tokens.get(command.id)
        while token is not None:
            yield from (nodes[each] for each in nodes[token.node].catches)
            scope = scopes[token.scope]
            inside = nodes[scope.node].inside if scope.id else self.graph.root
            if inside is not None and not scope.closed:
                yield from (nodes[each] for each in inside.handlers)
            token = tokens.get(scope.host) if scope.id else None
