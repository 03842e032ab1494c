"""Compiling: a process of a file becomes a graph, once, before any case runs on it.

Processes that it calls are compiled into the same graph. With `asked`, every choice that depends
on data is left to whoever drives the case, so that a model can be walked through without any.

Source: OMG, Business Process Model and Notation 2.0.2, sections 10.5.2 (starts) and 13.1.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from marra.flow.bpmn.drawn import Drawn, undoing
from marra.flow.bpmn.model import Definitions, Node, Process
from marra.flow.engine.graph import NO_NODE, Graph, Inside
from marra.flow.engine.graph import Node as Made
from marra.flow.engine.nodes import Maker, Numbers
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


class TooInvolved(Invalid):
    """So many joins that working out what each waits for would take too long."""

    sentence = gettext_noop(
        "The process has {nodes} elements and {joins} gateways that wait for what can still come, "
        "which is too much to work out. Split it into processes that call one another."
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
    nodes = _with_upstream(made)
    conditional = any(t.kind == "conditional" for each in made for t in each.triggers)
    return Graph(
        main.id,
        main.name,
        definitions.digest + ("?" if asked else ""),
        nodes,
        tuple(plan.flows),
        plan.inside(plan.drawn[main.id], main.id),
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
        self.flows = [each.id for process in used for each in process.flows]
        self.numbers = Numbers({}, {})
        node = flow = 0
        for process in used:
            counted = {each.id: n for n, each in enumerate(process.nodes, start=node)}
            self.numbers.nodes[process.id] = counted
            flows = {each.id: n for n, each in enumerate(process.flows, start=flow)}
            self.numbers.flows[process.id] = flows
            node, flow = node + len(counted), flow + len(flows)
        self.drawn = {each.id: Drawn(each) for each in used}
        self.maker = Maker(definitions.variables, asked=asked)

    def node(self, process: Process, node: Node) -> Made:
        """The node compiled, but for what inclusive joins need."""
        drawn, inside = self.drawn[process.id], None
        if node.kind == "callActivity" and node.called in self.drawn:
            inside = self.inside(self.drawn[node.called], node.called)
        elif node.id in drawn.within:
            inside = self.inside(drawn, node.id)
        return self.maker.node(drawn, node, self.numbers, inside)

    def inside(self, drawn: Drawn, name: str) -> Inside:
        """The inside of a process, or of a sub-process in it."""
        here = self.numbers.nodes[drawn.process.id]
        within = drawn.within.get(name, [])
        holder = drawn.nodes.get(name)
        ad_hoc = holder is not None and holder.kind == "adHocSubProcess"
        begun = [
            each
            for one in within
            if one.event_process
            for each in drawn.within.get(one.id, ())
            if each.kind == "startEvent"
        ]
        undo = undoing(begun)
        return Inside(
            name,
            tuple(here[each.id] for each in starts(drawn, within, ad_hoc=ad_hoc)),
            tuple(here[each.id] for each in begun if each not in undo),
            here[undo[-1].id] if undo else NO_NODE,
            sequential=ad_hoc and holder is not None and holder.sequential,
            ad_hoc=ad_hoc,
            until=None if holder is None else self.maker.condition(holder.until),
            cancels_rest=holder is None or holder.cancels_rest,
        )

    def ways_to_begin(self, process: Process) -> Iterator[tuple[str, int]]:
        """All elements that a case can begin with, each by itself."""
        drawn = self.drawn[process.id]
        for each in drawn.within.get(process.id, ()):
            alone = each.instantiate and each.id not in drawn.entering
            if each.kind == "startEvent" or alone:
                yield each.id, self.numbers.nodes[process.id][each.id]


def starts(drawn: Drawn, within: list[Node], *, ad_hoc: bool) -> list[Node]:
    """Where a process or sub-process begins: its start event, else all that nothing leads to."""
    events = [] if ad_hoc else [each for each in within if each.kind == "startEvent"]
    if events:
        plain = [each for each in events if not each.triggers]
        return (plain or events)[:1]
    return [each for each in within if each.id not in drawn.entering and _may_begin(each)]


def _may_begin(node: Node) -> bool:
    aside = node.for_compensation or node.event_process or node.kind == "boundaryEvent"
    linked = node.kind == "intermediateCatchEvent" and any(
        each.kind == "link" for each in node.triggers
    )
    return not (aside or linked)


def _with_upstream(made: list[Made]) -> tuple[Made, ...]:
    """For joins that wait for what can still come: from where it can."""
    joins = [each for each in made if each.kind in _WAITS and len(each.incoming) > 1]
    work = sum(len(each.incoming) for each in joins) * sum(1 + len(each.ways) for each in made)
    if work > _MOST_WORK:
        raise TooInvolved(joins=len(joins), nodes=len(made))
    sources = {way.flow: each.index for each in made for way in each.ways}
    before = _before(made) if joins else {}
    found = {
        each.index: replace(each, upstream=upstream(each.index, each.incoming, sources, before))
        for each in joins
    }
    return tuple(found.get(each.index, each) for each in made)


_WAITS: Final = ("inclusiveGateway", "complexGateway")
_MOST_WORK: Final = 10_000_000


def _before(made: list[Made]) -> dict[int, list[int]]:
    """By node, those from which a token may come to it."""
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
    return before
