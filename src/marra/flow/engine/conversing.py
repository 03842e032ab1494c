"""Conversing: the pools of a collaboration run side by side and hear one another's messages.

What an element sends goes over the message flows that leave it: to an event or task that waits for
it, to a start event that begins the other pool's case, or into its letter box until it is wanted.
Messages to a pool that is drawn empty leave the conversation.

Source: OMG, Business Process Model and Notation 2.0.2, sections 9.3 (collaboration) and 13.2.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from marra.flow.bpmn.model import Definitions
from marra.flow.bpmn.values import Value
from marra.flow.engine.compiling import graph
from marra.flow.engine.driving import MOST, Answers, Trace, next_timer
from marra.flow.engine.graph import Graph
from marra.flow.engine.messages import (
    AwaitMessage,
    Begin,
    Command,
    Due,
    Event,
    Message,
    Send,
    SendMessage,
    SetTimer,
)
from marra.flow.engine.stepping import Told, start, step, waiting

if TYPE_CHECKING:
    from marra.flow.engine.state import State, Visit


class _Pool:
    """One process with its case, once it has begun."""

    def __init__(self, of: Graph) -> None:
        self.graph = of
        self.state: State | None = None
        self.visits: list[Visit] = []
        self.told: list[Told] = []
        self.letters: deque[tuple[str, Mapping[str, Value]]] = deque()

    @property
    def running(self) -> bool:
        """Whether its case goes on."""
        return self.state is not None and self.state.running

    def open(self, at: datetime) -> tuple[Command, ...]:
        """What its case wants."""
        if self.state is None or not self.state.running:
            return ()
        return waiting(self.graph, self.state, at=at)

    def trace(self, at: datetime) -> Trace | None:
        """What happened in it."""
        if self.state is None:
            return None
        return Trace(tuple(self.visits), tuple(self.told), self.open(at), self.state)


@dataclass(frozen=True, slots=True)
class Conversation:
    """The traces of all pools that took part, and the messages that nobody took."""

    traces: Mapping[str, Trace]
    unread: tuple[str, ...]


def converse(
    definitions: Definitions, answers: Answers, *, at: datetime, first: str,
    data: Mapping[str, Value] | None = None,
) -> Conversation:  # fmt: skip
    """Run the pools of a file together; the process named first begins."""
    table = _Table(definitions, answers, at)
    table.begin(first, "", data or {})
    for _ in range(MOST):
        if not table.turn():
            break
    traces = {name: each.trace(table.at) for name, each in table.pools.items()}
    unread = [element for each in table.pools.values() for element, _ in each.letters]
    return Conversation({name: each for name, each in traces.items() if each}, tuple(unread))


class _Table:
    """All pools, and the flows between them."""

    def __init__(self, definitions: Definitions, answers: Answers, at: datetime) -> None:
        self.answers = answers
        self.at = at
        self.pools = {
            each.id: _Pool(graph(definitions, each.id)) for each in definitions.processes
        }
        self.home = {node.id: each.id for each in definitions.processes for node in each.nodes}
        self.flows: dict[str, list[str]] = {}
        for flow in definitions.message_flows:
            self.flows.setdefault(flow.source, []).append(flow.target)

    def begin(self, name: str, by: str, data: Mapping[str, Value]) -> None:
        """Begin the case of a pool."""
        pool = self.pools[name]
        pool.state = start(pool.graph, data, at=self.at, by=by)
        self._step(pool, Begin())

    def _step(self, pool: _Pool, event: Event) -> None:
        if pool.state is None:
            return
        pool.state, told = step(pool.graph, pool.state, event, at=self.at, trace=pool.visits)
        pool.told += told
        for each in told:
            if isinstance(each, (SendMessage, Send)):
                self._send(each.element, dict(getattr(each, "data", None) or {}))

    def _send(self, element: str, data: Mapping[str, Value]) -> None:
        for target in self.flows.get(element, ()):
            if target in self.home:
                self.pools[self.home[target]].letters.append((target, data))

    def turn(self) -> bool:
        """Let one thing happen: a letter is read, work is answered, or time passes."""
        return any(self._read(name) for name in self.pools) or self._answer() or self._wait()

    def _read(self, name: str) -> bool:
        """Give a pool the first letter that it can take."""
        pool = self.pools[name]
        wanted = {each.element for each in pool.open(self.at) if isinstance(each, AwaitMessage)}
        for letter in list(pool.letters):
            element, data = letter
            if element in wanted:
                pool.letters.remove(letter)
                self._step(pool, Message(data=data, element=element))
                return True
            if element in pool.graph.starts and not pool.running:
                pool.letters.remove(letter)
                self.begin(name, element, data)
                return True
        return False

    def _answer(self) -> bool:
        for pool in self.pools.values():
            for command in pool.open(self.at):
                event = self.answers(command)
                if event is not None:
                    self._step(pool, event)
                    return True
        return False

    def _wait(self) -> bool:
        """Let time pass to the timer that comes first in any pool."""
        due: list[tuple[datetime, str, SetTimer]] = []
        for name, pool in self.pools.items():
            timer = next_timer(pool.open(self.at))
            if timer is not None and timer.due is not None:
                due.append((timer.due, name, timer))
        if not due:
            return False
        when, name, timer = min(due, key=lambda each: each[:2])
        self.at = max(self.at, when)
        self._step(self.pools[name], Due(timer.id))
        return True
