"""The compiled graph: a process as tuples that refer to one another by number.

Source: OMG, Business Process Model and Notation 2.0.2, chapter 13 (execution semantics).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marra.flow.bpmn.expressions import Foreign
from marra.flow.bpmn.expressions import Rule as Evaluated

if TYPE_CHECKING:
    from marra.flow.engine.run import Run

Rule = Evaluated | Foreign
Enter = Callable[["Run", "Node", int, int], None]
"""What happens when a token comes: the run, the node, the scope, the flow it came by."""

NO_NODE = -1


@dataclass(frozen=True, slots=True)
class Way:
    """A flow that leaves a node."""

    flow: int
    id: str
    target: int
    rule: Evaluated | None = None  # its condition
    foreign: Foreign | None = None  # its condition, if it is not evaluated here


@dataclass(frozen=True, slots=True)
class Trigger:
    """What an event waits for or throws, with its expression compiled."""

    kind: str
    name: str = ""
    code: str = ""
    activity: int = NO_NODE
    rule: Rule | None = None
    time: str = ""
    written: str = ""  # a time that needs no evaluation
    target: int = NO_NODE  # of a link
    keys: tuple[tuple[Rule | None, Rule], ...] = ()  # in the message, in the case


@dataclass(frozen=True, slots=True)
class Loop:
    """How often an activity is done, compiled."""

    many: bool
    sequential: bool
    count: Rule | None
    items: Rule | None
    item: str
    results: str
    result: Rule | None
    kept_local: tuple[str, ...]
    until: Rule | None
    again: Rule | None
    test_before: bool
    most: int


@dataclass(frozen=True, slots=True)
class Inside:
    """The inside of a process or sub-process."""

    name: str
    starts: tuple[int, ...]
    handlers: tuple[int, ...] = ()  # start events of event sub-processes
    undo: int = NO_NODE  # the start event of the one that compensates
    sequential: bool = False
    ad_hoc: bool = False
    until: Rule | None = None
    cancels_rest: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One node with all that a step needs to know."""

    index: int
    id: str
    kind: str
    name: str
    lane: str
    line: int
    performers: tuple[str, ...]
    does: str
    properties: dict[str, str]
    enter: Enter
    begin: Enter
    incoming: tuple[int, ...]
    ways: tuple[Way, ...]
    plain: tuple[tuple[int, int], ...] | None  # target and flow, where no condition stands
    default: Way | None
    asks: bool  # a condition on the ways is not evaluated here
    holder: int  # the sub-process it stands in
    catches: tuple[int, ...]  # events that can happen while a token rests here
    watched: tuple[int, ...]  # those of them that come from outside
    triggers: tuple[Trigger, ...]
    interrupting: bool
    loop: Loop | None
    inside: Inside | None
    event_process: bool
    undone_by: int  # the activity that compensates this one, by way of the event on its border
    undone_at: int
    logs: bool
    inputs: tuple[tuple[str, Rule], ...]
    outputs: tuple[tuple[str, Rule], ...]
    script: Rule | None
    stores_as: str
    message: str
    upstream: tuple[int, ...]  # of an inclusive join: by incoming flow, nodes that reach it

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id}>"


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """A process ready to run, with those it calls."""

    id: str
    name: str
    version: str
    nodes: tuple[Node, ...]
    flows: tuple[str, ...]
    root: Inside
    conditional: bool
    joins: tuple[int, ...]  # inclusive joins
    starts: dict[str, int]  # ways to begin, by element
    data: Any = None

    def node(self, element: str) -> Node | None:
        """The node of that element."""
        return next((each for each in self.nodes if each.id == element), None)
