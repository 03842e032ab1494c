"""Compiling: a process of a file becomes a graph, once, before any case runs on it.

Processes that it calls are compiled into the same graph. With `asked`, every choice that depends
on data is left to whoever drives the case, so that a model can be walked through without any.

Source: OMG, Business Process Model and Notation 2.0.2, sections 10.5.2 (starts) and 13.1.
"""

from collections.abc import Iterator
from dataclasses import replace

from marra.flow.bpmn.model import Definitions, Node, Process
from marra.flow.engine.graph import NO_NODE, Graph, Inside
from marra.flow.engine.graph import Node as Made
from marra.flow.engine.nodes import Maker
from marra.flow.engine.reach import upstream
from marra.kit.errors import Invalid, NotFound
from marra.kit.text import gettext_noop


class NoSuchProcess(NotFound):
    """The file has no process of that name."""

    sentence = gettext_noop("The file has no process “{process}”. It has: {known}.")


class Broken(Invalid):
    """A process that cannot run as it is drawn."""

    sentence = gettext_noop(
        "The process “{process}” cannot run. Faults: {count}. The first: {first}"
    )


def graph(definitions: Definitions, name: str = "", *, asked: bool = False) -> Graph:
    """A process of a file, ready to run; without a name the first that is executable."""
    main = definitions.process(name)
    if main is None:
        known = ", ".join(each.id for each in definitions.processes)
        raise NoSuchProcess(process=name, known=known or "-")
    used = _used(definitions, main)
    _refuse_broken(definitions, main, used)
    plan = _Plan(definitions, used, asked=asked)
    made = [plan.node(process, each) for process in used for each in process.nodes]
    nodes = tuple(_with_upstream(each, made) for each in made)
    conditional = any(t.kind == "conditional" for each in made for t in each.triggers)
    return Graph(
        main.id,
        main.name,
        definitions.digest + ("?" if asked else ""),
        nodes,
        tuple(plan.flows),
        plan.inside(main, main.id, whole=True),
        conditional,
        tuple(each.index for each in nodes if each.upstream),
        dict(plan.ways_to_begin(main)),
    )


def _used(definitions: Definitions, main: Process) -> list[Process]:
    found, rest = [], [main]
    while rest:
        one = rest.pop(0)
        if one not in found:
            found.append(one)
            called = [definitions.process(each.called) for each in one.nodes if each.called]
            rest += [each for each in called if each is not None]
    return found


def _refuse_broken(definitions: Definitions, main: Process, used: list[Process]) -> None:
    ids = {each.id for each in used}
    wrong = [
        each for each in definitions.problems if each.refuses and each.facts.get("process") in ids
    ]
    if wrong:
        raise Broken(process=main.id, count=len(wrong), first=str(wrong[0]))


class _Plan:
    """Numbers for all nodes and flows, and what each node is to become."""

    def __init__(self, definitions: Definitions, used: list[Process], *, asked: bool) -> None:
        self.definitions = definitions
        self.numbers: dict[tuple[str, str], int] = {}
        self.flows: list[str] = []
        self.flow_numbers: dict[tuple[str, str], int] = {}
        for process in used:
            for node in process.nodes:
                self.numbers[process.id, node.id] = len(self.numbers)
            for flow in process.flows:
                self.flow_numbers[process.id, flow.id] = len(self.flows)
                self.flows.append(flow.id)
        self.used = {each.id: each for each in used}
        self.maker = Maker(definitions.variables, asked=asked)

    def node(self, process: Process, node: Node) -> Made:
        """The node compiled, but for what inclusive joins need."""
        inside = None
        called = self.used.get(node.called) if node.kind == "callActivity" else None
        if called is not None:
            inside = self.inside(called, called.id, whole=True)
        elif any(each.inside == node.id for each in process.nodes):
            inside = self.inside(process, node.id, whole=False)
        return self.maker.node(process, node, self.numbers, self.flow_numbers, inside)

    def inside(self, process: Process, name: str, *, whole: bool) -> Inside:
        """The inside of a process, or of a sub-process in it."""
        within = [each for each in process.nodes if each.inside == name or not each.inside]
        holder = None if whole else next(each for each in process.nodes if each.id == name)
        ad_hoc = holder is not None and holder.kind == "adHocSubProcess"
        number = {each.id: self.numbers[process.id, each.id] for each in within}
        handlers, undo = [], NO_NODE
        for each in _handler_starts(process, within):
            if any(trigger.kind == "compensate" for trigger in each.triggers):
                undo = self.numbers[process.id, each.id]
            else:
                handlers.append(self.numbers[process.id, each.id])
        return Inside(
            name,
            tuple(number[each.id] for each in starts(process, within, ad_hoc=ad_hoc)),
            tuple(handlers),
            undo,
            sequential=ad_hoc and holder is not None and holder.sequential,
            ad_hoc=ad_hoc,
            until=None if holder is None else self.maker.condition(holder.until),
            cancels_rest=holder is None or holder.cancels_rest,
        )

    def ways_to_begin(self, process: Process) -> Iterator[tuple[str, int]]:
        """All elements that a case can begin with, each by itself."""
        within = [each for each in process.nodes if each.inside == process.id or not each.inside]
        targets = {each.target for each in process.flows}
        for each in within:
            alone = each.instantiate and each.id not in targets
            if each.kind == "startEvent" or alone:
                yield each.id, self.numbers[process.id, each.id]


def _handler_starts(process: Process, within: list[Node]) -> Iterator[Node]:
    for holder in within:
        if holder.event_process:
            for each in process.nodes:
                if each.inside == holder.id and each.kind == "startEvent":
                    yield each


def starts(process: Process, within: list[Node], *, ad_hoc: bool) -> list[Node]:
    """Where a process or sub-process begins: its start event, else all that nothing leads to."""
    events = [] if ad_hoc else [each for each in within if each.kind == "startEvent"]
    if events:
        plain = [each for each in events if not each.triggers]
        return (plain or events)[:1]
    targets = {each.target for each in process.flows}
    return [each for each in within if each.id not in targets and _may_begin(each)]


def _may_begin(node: Node) -> bool:
    aside = node.for_compensation or node.event_process or node.kind == "boundaryEvent"
    linked = node.kind == "intermediateCatchEvent" and any(
        each.kind == "link" for each in node.triggers
    )
    return not (aside or linked)


def _with_upstream(node: Made, made: list[Made]) -> Made:
    """For joins that wait for what can still come: from where it can."""
    waits = node.kind in ("inclusiveGateway", "complexGateway") and len(node.incoming) > 1
    if not waits:
        return node
    sources = {way.flow: each.index for each in made for way in each.ways}
    before: dict[int, list[int]] = {}
    for each in made:
        for way in each.ways:
            before.setdefault(way.target, []).append(each.index)
        for event in each.catches:
            if event != each.index:
                before.setdefault(event, []).append(each.index)
        for trigger in each.triggers:
            if trigger.target != NO_NODE:
                before.setdefault(trigger.target, []).append(each.index)
    return replace(node, upstream=upstream(node.index, node.incoming, sources, before))
