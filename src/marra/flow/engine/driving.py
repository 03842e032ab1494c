"""Driving: a case run to its end by answers known beforehand, as a persona would give them.

`drive` answers what is asked, lets time pass to the next timer where nothing else can be answered,
and stops where the answers end. What it returns is the trace: every element, who acts there, when.

Source: ours.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from marra.flow.bpmn.values import Value
from marra.flow.engine.graph import Graph
from marra.flow.engine.limits import LIMITS, Limits
from marra.flow.engine.messages import (
    Answer,
    Ask,
    AwaitCondition,
    AwaitMessage,
    AwaitSignal,
    Begin,
    Command,
    Done,
    Due,
    Event,
    Failed,
    Happened,
    Message,
    SetTimer,
    Signal,
    Work,
)
from marra.flow.engine.state import State, Visit
from marra.flow.engine.stepping import Told, start, step, waiting

MOST: Final = 10_000
"""Answers in one run; a run that asks for more is stopped."""


@dataclass(frozen=True, slots=True)
class Fails:
    """A reply that ends work in an error."""

    code: str = ""
    data: Mapping[str, Value] = field(default_factory=dict)


Reply = Mapping[str, Value] | Fails | tuple[str, ...] | int | bool
"""Results or what a message brings; an error; or the answer to a question: ways, times, again."""
Answers = Callable[[Command], Event | None]
"""What is answered to a command; nothing leaves it open."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One run: what was visited, what was asked, and where it ended."""

    visits: tuple[Visit, ...]
    told: tuple[Told, ...]
    open: tuple[Command, ...]  # what nobody answered
    state: State

    @property
    def ended(self) -> bool:
        """Whether the case is over."""
        return not self.state.running


def replies(said: Mapping[str, Reply | Sequence[Reply]]) -> Answers:
    """Answers by element; of several the next is given each time, the last again and again."""
    given: dict[str, int] = {}

    def answer(command: Command) -> Event | None:
        found = said.get(command.element)
        if found is None:
            return None
        if isinstance(found, list):
            turn = given.get(command.element, 0)
            given[command.element] = turn + 1
            found = found[min(turn, len(found) - 1)]
        return reply(command, found)  # type: ignore[arg-type]

    return answer


def reply(command: Command, said: Reply) -> Event | None:
    """The event that answers a command; nothing if it is not one that waits for an answer."""
    if isinstance(command, Ask):
        return Answer(command.id, said) if isinstance(said, (tuple, int)) else None
    data = said.data if isinstance(said, Fails) else said if isinstance(said, Mapping) else {}
    if isinstance(command, Work):
        if isinstance(said, Fails):
            return Failed(command.id, said.code, data)
        return Done(command.id, data)
    return _happening(command, data)


def _happening(command: Command, data: Mapping[str, Value]) -> Event | None:
    if isinstance(command, AwaitMessage):
        return Message(command.name, data, element=command.element)
    if isinstance(command, AwaitSignal) and command.name:
        return Signal(command.name, data)
    if isinstance(command, (AwaitSignal, AwaitCondition)):
        return Happened(command.id, command.element, data)
    return Due(command.id) if isinstance(command, SetTimer) else None


def drive(
    graph: Graph,
    answers: Answers,
    *,
    at: datetime,
    data: Mapping[str, Value] | None = None,
    by: str = "",
    limits: Limits = LIMITS,
    seen: Callable[[State], object] | None = None,
) -> Trace:
    """Run a new case on answers until it is over or nothing is answered any more.

    Whoever answers is shown the state before, as `seen`.
    """
    visits: list[Visit] = []
    state = start(graph, data or {}, at=at, by=by)
    state, commands = step(graph, state, Begin(), at=at, limits=limits, trace=visits)
    told = list(commands)
    for _ in range(MOST):
        open_now = waiting(graph, state, at=at) if state.running else ()
        if seen is not None:
            seen(state)
        event = next((one for each in open_now if (one := answers(each))), None)
        if event is None:
            timer = next_timer(open_now)
            if timer is None:
                break
            at = max(at, timer.due or at)
            event = Due(timer.id)
        state, commands = step(graph, state, event, at=at, limits=limits, trace=visits)
        told += commands
    open_now = waiting(graph, state, at=at) if state.running else ()
    return Trace(tuple(visits), tuple(told), open_now, state)


def next_timer(open_now: Sequence[Command]) -> SetTimer | None:
    """The timer that comes first, of those that have a time."""
    timers = [each for each in open_now if isinstance(each, SetTimer) and each.due]
    return min(timers, key=lambda each: (each.due, each.id), default=None)
