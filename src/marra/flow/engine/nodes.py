"""Nodes: what each element becomes in the graph.

Source: OMG, Business Process Model and Notation 2.0.2, chapter 13 (execution semantics).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from marra.flow.bpmn.drawn import Drawn, undoing
from marra.flow.bpmn.expressions import Foreign, Lookup, rule, script
from marra.flow.bpmn.model import Flow, Node, Said
from marra.flow.bpmn.model import Loop as SaidLoop
from marra.flow.bpmn.model import Trigger as SaidTrigger
from marra.flow.bpmn.names import ACTIVITIES
from marra.flow.bpmn.times import ANY_MOMENT, moments
from marra.flow.engine import gateways, loops, throws, works
from marra.flow.engine.graph import NO_NODE, Enter, Inside, Loop, Rule, Trigger, Way
from marra.flow.engine.graph import Node as Made

BEGIN: Final[Mapping[str, Enter]] = {
    **dict.fromkeys(
        ("task", "userTask", "manualTask", "serviceTask", "businessRuleTask"), works.work
    ),
    "scriptTask": works.script,
    "sendTask": works.send,
    "receiveTask": works.receive,
    "subProcess": works.sub_process,
    "transaction": works.sub_process,
    "adHocSubProcess": works.sub_process,
    "callActivity": works.call,
    "exclusiveGateway": gateways.exclusive,
    "parallelGateway": gateways.parallel,
    "inclusiveGateway": gateways.inclusive,
    "complexGateway": gateways.complex_,
    "eventBasedGateway": gateways.by_event,
    "startEvent": gateways.passing,
    "boundaryEvent": gateways.passing,
    "intermediateCatchEvent": works.catch,
    "intermediateThrowEvent": throws.throw,
    "endEvent": throws.throw,
}
"""What happens when a token comes to an element of each kind."""


@dataclass(slots=True)
class Numbers:
    """The numbers of nodes and flows, by process and id."""

    nodes: dict[str, dict[str, int]]
    flows: dict[str, dict[str, int]]


class Maker:
    """Makes nodes of one graph."""

    def __init__(self, variables: Collection[str], *, asked: bool) -> None:
        self.variables = variables
        self.asked = asked

    def rule(self, said: Said | None) -> Rule | None:
        """An expression compiled, if there is one."""
        return None if said is None else rule(said, self.variables)

    def condition(self, said: Said | None) -> Rule | None:
        """An expression that chooses; left to who drives the case if so asked."""
        if said is not None and self.asked:
            return Foreign(said.text, "", said.line)
        return self.rule(said)

    def node(self, drawn: Drawn, node: Node, numbers: Numbers, inside: Inside | None) -> Made:
        """One node of the graph."""
        here, flows = numbers.nodes[drawn.process.id], numbers.flows[drawn.process.id]
        ways = tuple(
            _way(each, flows[each.id], here[each.target], self.condition(each.condition))
            for each in drawn.leaving.get(node.id, ())
        )
        default = next((each for each in ways if each.id == node.default), None)
        begin = _begin(node, ways)
        catches = _catches(drawn, node)
        undone_at, undone_by = drawn.handlers.get(node.id, ("", ""))
        into = tuple(flows[each.id] for each in drawn.entering.get(node.id, ()))
        return Made(
            index=here[node.id], id=node.id, kind=node.kind, name=node.name,
            lane=node.lane or drawn.process.pool, line=node.line, performers=node.performers,
            does=node.called if node.kind == "callActivity" else node.does,
            properties=dict(node.properties),
            enter=loops.enter if node.loop and node.kind in ACTIVITIES else begin, begin=begin,
            incoming=into, ways=ways, plain=_plain(node, ways), default=default,
            asks=_asks(node, ways, default), holder=here.get(node.inside, NO_NODE),
            catches=tuple(here[each] for each in catches),
            watched=tuple(here[each] for each in catches if each in drawn.outside),
            triggers=self._triggers(drawn, node, here), interrupting=node.interrupting,
            loop=self._loop(node.loop), inside=inside, event_process=node.event_process,
            undone_by=here.get(undone_by, NO_NODE), undone_at=here.get(undone_at, NO_NODE),
            logs=bool(undone_by), inputs=self._mapping(node.inputs),
            outputs=self._mapping(node.outputs), script=self._script(node.script),
            stores_as=node.stores_as, message=node.message, upstream=(),
        )  # fmt: skip

    def _mapping(self, pairs: tuple[tuple[str, Said], ...]) -> tuple[tuple[str, Rule], ...]:
        return tuple((name, rule(said, self.variables)) for name, said in pairs)

    def _script(self, said: Said | None) -> Rule | None:
        if said is not None and self.asked:
            return Foreign(said.text, said.language, said.line)
        return None if said is None else script(said, self.variables)

    def _triggers(self, drawn: Drawn, node: Node, here: Mapping[str, int]) -> tuple[Trigger, ...]:
        said = node.triggers
        if node.kind == "receiveTask":
            said = (SaidTrigger("message", node.line, name=node.message),)
        return tuple(self._trigger(drawn, node, each, here) for each in said)

    def _trigger(
        self, drawn: Drawn, node: Node, said: SaidTrigger, here: Mapping[str, int]
    ) -> Trigger:
        keys = dict(drawn.process.keys).get(said.name, ()) if said.kind == "message" else ()
        text = "" if said.said is None else said.said.text
        written = text if said.kind == "timer" and moments(text, ANY_MOMENT) else ""
        linked = drawn.links.get((node.inside, said.name), "") if said.kind == "link" else ""
        return Trigger(
            said.kind,
            said.name,
            said.code,
            here.get(said.activity, NO_NODE),
            None if written else self.condition(said.said),
            said.time,
            written,
            here.get(linked, NO_NODE) if node.kind == "intermediateThrowEvent" else NO_NODE,
            tuple((self.rule(each.message), rule(each.case, self.variables)) for each in keys),
        )

    def _loop(self, said: SaidLoop | None) -> Loop | None:
        if said is None:
            return None
        result = self.rule(said.result)
        return Loop(
            many=said.many,
            sequential=said.sequential,
            count=self.condition(said.count),
            items=self.condition(said.items),
            item=said.item,
            results=said.results,
            result=result,
            kept_local=(result.name,) if isinstance(result, Lookup) else (),
            until=self.condition(said.until),
            again=self.condition(said.again),
            test_before=said.test_before,
            most=said.most,
        )


def _way(said: Flow, flow: int, target: int, condition: Rule | None) -> Way:
    if isinstance(condition, Foreign):
        return Way(flow, said.id, target, foreign=condition)
    return Way(flow, said.id, target, condition)


def _begin(node: Node, ways: tuple[Way, ...]) -> Enter:
    begin = BEGIN[node.kind]
    linked = any(each.kind == "link" for each in node.triggers)
    if node.kind == "intermediateCatchEvent" and (linked or not node.triggers):
        return gateways.passing
    if node.kind in ("intermediateThrowEvent", "endEvent") and not node.triggers:
        return gateways.passing
    if node.kind == "exclusiveGateway" and _plain(node, ways) is not None:
        return gateways.passing
    return begin


def _plain(node: Node, ways: tuple[Way, ...]) -> tuple[tuple[int, int], ...] | None:
    """All flows, where nothing has to be decided."""
    chooses = node.kind in ("exclusiveGateway", "inclusiveGateway") and len(ways) > 1
    conditional = (
        any(each.rule or each.foreign for each in ways) and node.kind != "parallelGateway"
    )
    if chooses or conditional:
        return None
    return tuple((each.target, each.flow) for each in ways)


def _asks(node: Node, ways: tuple[Way, ...], default: Way | None) -> bool:
    """Whether a way cannot be judged here: its condition is foreign, or missing."""
    gateway = node.kind in ("exclusiveGateway", "inclusiveGateway") and len(ways) > 1
    judged = [each for each in ways if each is not default]
    return any(each.foreign or (each.rule is None and gateway) for each in judged)


def _catches(drawn: Drawn, node: Node) -> list[str]:
    """Events that can happen while a token rests on the node."""
    found = []
    if node.kind in ("receiveTask", "intermediateCatchEvent"):
        found.append(node.id)
    if node.kind == "eventBasedGateway":
        found += [each.target for each in drawn.leaving.get(node.id, ())]
    border = drawn.borders.get(node.id, [])
    aside = undoing(border)
    return found + [each.id for each in border if each not in aside]
