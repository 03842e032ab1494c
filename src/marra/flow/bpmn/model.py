"""The model: what a BPMN file says, as frozen values with their places.

Source: OMG, Business Process Model and Notation 2.0.2 (formal/2013-12-09), chapters 8 to 10.
"""

from dataclasses import dataclass

from marra.flow.bpmn.element import Document
from marra.kit.findings import Finding


@dataclass(frozen=True, slots=True)
class Said:
    """An expression as it stands in the file; `language` is empty where none is named."""

    text: str
    language: str
    line: int


@dataclass(frozen=True, slots=True)
class Trigger:
    """What an event waits for or throws."""

    kind: str  # message, timer, error, signal, escalation, compensate, conditional, link, ...
    line: int
    name: str = ""  # of the message, signal, error, escalation or link
    code: str = ""  # of the error or escalation; empty catches all
    activity: str = ""  # the one whose work is compensated; empty is all
    said: Said | None = None  # the condition or time
    time: str = ""  # timeDate, timeDuration or timeCycle


@dataclass(frozen=True, slots=True)
class Loop:
    """How often an activity is done: for each of several, or again while something holds."""

    line: int
    many: bool  # multi-instance; otherwise a standard loop
    sequential: bool = True
    count: Said | None = None
    items: Said | None = None
    item: str = ""
    results: str = ""
    result: Said | None = None
    until: Said | None = None  # completion condition
    again: Said | None = None  # loop condition
    test_before: bool = False
    most: int = 0
    behaviour: str = "All"


@dataclass(frozen=True, slots=True)
class Node:
    """One flow node of a process, or of a sub-process."""

    id: str
    kind: str
    name: str
    line: int
    inside: str  # the sub-process or process that holds it
    lane: str = ""
    triggers: tuple[Trigger, ...] = ()
    attached_to: str = ""
    interrupting: bool = True
    for_compensation: bool = False
    default: str = ""
    loop: Loop | None = None
    event_process: bool = False
    instantiate: bool = False
    all_triggers: bool = False  # parallelMultiple
    sequential: bool = False  # ordering of an ad-hoc sub-process
    cancels_rest: bool = True
    until: Said | None = None  # completion condition of an ad-hoc sub-process
    called: str = ""
    script: Said | None = None
    stores_as: str = ""  # the variable a result is written to
    does: str = ""  # implementation, operation, decision or form
    message: str = ""
    performers: tuple[str, ...] = ()
    inputs: tuple[tuple[str, Said], ...] = ()
    outputs: tuple[tuple[str, Said], ...] = ()
    quantity: tuple[int, int] = (1, 1)  # start, completion
    properties: tuple[tuple[str, str], ...] = ()  # of extensions: names and values


@dataclass(frozen=True, slots=True)
class Flow:
    """One sequence flow."""

    id: str
    name: str
    source: str
    target: str
    line: int
    condition: Said | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """One value by which a message finds its case: where it stands in both."""

    case: Said
    message: Said | None = None  # where it is not said, whoever brings the message gives the key


@dataclass(frozen=True, slots=True)
class Process:
    """One process: its nodes and flows, those of sub-processes too, in the order of the file."""

    id: str
    name: str
    line: int
    executable: bool
    pool: str  # the participant's name, if it stands in a collaboration
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    compensations: tuple[tuple[str, str], ...] = ()  # boundary event, its handler
    keys: tuple[tuple[str, tuple["Key", ...]], ...] = ()  # by name of message


@dataclass(frozen=True, slots=True)
class MessageFlow:
    """A message that goes from one pool, or an element in it, to another."""

    id: str
    source: str
    target: str
    message: str
    line: int


@dataclass(frozen=True, slots=True)
class Definitions:
    """One file of BPMN: every element as written, and what it means."""

    document: Document
    space: str
    processes: tuple[Process, ...]
    message_flows: tuple[MessageFlow, ...]
    digest: str
    variables: tuple[str, ...] = ()  # names of data, so that those with spaces are recognised
    problems: tuple[Finding, ...] = ()

    def process(self, name: str = "") -> Process | None:
        """The process of that id; without one the first executable, else the first."""
        if name:
            return next((each for each in self.processes if each.id == name), None)
        ready = [each for each in self.processes if each.executable]
        return next(iter([*ready, *self.processes]), None)
