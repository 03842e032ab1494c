"""Reading: from the elements of a file to what they mean.

Every node, flow and reference is taken with the line it stands on. What the engine cannot run is
no reason to refuse the file; `problems` names it.

Source: OMG, Business Process Model and Notation 2.0.2, chapters 8 to 10.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from marra.flow.bpmn.element import Element
from marra.flow.bpmn.model import Flow, Key, MessageFlow, Node, Process, Said
from marra.flow.bpmn.names import CONTAINERS, GLOBAL_TASKS, NODES, bpmn
from marra.flow.bpmn.parts import (
    Known,
    data_in,
    data_out,
    expression,
    extension,
    first,
    loop,
    marked,
    performers,
    properties,
    triggers,
    truth,
    words_of,
)


@dataclass(slots=True)
class _Found:
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    associations: list[tuple[str, str]] = field(default_factory=list)


def processes(root: Element, known: Known) -> tuple[Process, ...]:
    """All processes of a file, and its global tasks as processes of one task."""
    pools = _pools(root)
    keys = _retrievals(root, known)
    found = []
    for each in root.children:
        if each.tag == bpmn("process"):
            found.append(_process(each, known, pools, keys))
        elif each.tag == bpmn(each.local) and each.local in GLOBAL_TASKS:
            found.append(_global(each, known))
    return tuple(found)


def message_flows(root: Element, known: Known) -> tuple[MessageFlow, ...]:
    """The messages between pools, or between elements in them."""
    return tuple(
        MessageFlow(
            each.get("id"),
            each.get("sourceRef").rpartition(":")[2],
            each.get("targetRef").rpartition(":")[2],
            known.name(each.get("messageRef")) if each.get("messageRef") else each.get("name"),
            each.line,
        )
        for whole in root.named(bpmn("collaboration"))
        for each in whole.named(bpmn("messageFlow"))
    )


def _pools(root: Element) -> dict[str, str]:
    return {
        each.get("processRef").rpartition(":")[2]: each.get("name") or each.get("id")
        for whole in root.named(bpmn("collaboration"))
        for each in whole.named(bpmn("participant"))
        if each.get("processRef")
    }


def _process(of: Element, known: Known, pools: Mapping[str, str], keys: "_Retrievals") -> Process:
    found = _Found()
    name = of.get("id")
    _scope(of, name or f"process@{of.line}", "", known, found)
    return Process(
        name or f"process@{of.line}",
        of.get("name"),
        of.line,
        truth(of.get("isExecutable")),
        pools.get(name, ""),
        tuple(found.nodes),
        tuple(found.flows),
        tuple(found.associations),
        _keys(of, known, keys),
    )


def _global(of: Element, known: Known) -> Process:
    name = of.get("id")
    node = _node(of, GLOBAL_TASKS[of.local], "", "", known)
    return Process(
        name, of.get("name"), of.line, executable=False, pool="", nodes=(node,), flows=()
    )


def _scope(of: Element, inside: str, lane: str, known: Known, found: _Found) -> None:
    lanes = dict(_lanes(of))
    for each in of.children:
        if each.tag != bpmn(each.local):
            continue
        if each.local in NODES:
            name = each.get("id") or f"{each.local}@{each.line}"
            acting = lanes.get(name, lane)
            found.nodes.append(_node(each, each.local, inside, acting, known))
            if each.local in CONTAINERS:
                _scope(each, name, acting, known, found)
        elif each.local == "sequenceFlow":
            found.flows.append(_flow(each, known))
        elif each.local == "association":
            ends = each.get("sourceRef"), each.get("targetRef")
            found.associations.append((_bare(ends[0]), _bare(ends[1])))


def _bare(reference: str) -> str:
    return reference.strip().rpartition(":")[2]


def _lanes(of: Element) -> Iterator[tuple[str, str]]:
    """Each node's lane; a lane within a lane stands behind the outer one and so prevails."""
    for lanes in of.named(bpmn("laneSet"), bpmn("childLaneSet")):
        for lane in lanes.named(bpmn("lane")):
            for each in lane.named(bpmn("flowNodeRef")):
                yield _bare(each.words), lane.get("name") or lane.get("id")
            yield from _lanes(lane)


def _flow(of: Element, known: Known) -> Flow:
    return Flow(
        of.get("id") or f"sequenceFlow@{of.line}",
        of.get("name"),
        _bare(of.get("sourceRef")),
        _bare(of.get("targetRef")),
        of.line,
        expression(first(of, bpmn("conditionExpression")), known),
    )


def _node(of: Element, kind: str, inside: str, lane: str, known: Known) -> Node:
    return Node(
        id=of.get("id") or f"{kind}@{of.line}",
        kind=kind,
        name=of.get("name"),
        line=of.line,
        inside=inside,
        lane=lane,
        triggers=triggers(of, known),
        attached_to=_bare(of.get("attachedToRef")),
        interrupting=truth(of.get("cancelActivity") or of.get("isInterrupting"), default=True),
        for_compensation=truth(of.get("isForCompensation")),
        default=_bare(of.get("default")),
        loop=loop(of, known),
        event_process=truth(of.get("triggeredByEvent")),
        instantiate=truth(of.get("instantiate")),
        all_triggers=_all_triggers(of),
        sequential=of.get("ordering") == "Sequential",
        cancels_rest=truth(of.get("cancelRemainingInstances"), default=True),
        until=expression(first(of, bpmn("completionCondition")), known),
        called=_called(of),
        script=_script(of, kind),
        stores_as=_stores_as(of),
        does=_does(of, known),
        message=known.name(of.get("messageRef")) if of.get("messageRef") else "",
        performers=performers(of, known),
        inputs=data_in(of, known),
        outputs=data_out(of, known),
        properties=properties(of),
        quantity=(_number(of.get("startQuantity")), _number(of.get("completionQuantity"))),
    )


def _number(text: str) -> int:
    return int(text) if text.strip().isdecimal() else 1


def _all_triggers(of: Element) -> bool:
    return truth(of.get("parallelMultiple")) or of.get("eventGatewayType") == "Parallel"


def _called(of: Element) -> str:
    said = extension(of, "calledElement")
    return _bare(of.get("calledElement") or ("" if said is None else said.get("processId")))


def _script(of: Element, kind: str) -> Said | None:
    if kind != "scriptTask":
        return None
    said = extension(of, "script")
    if said is not None:
        return marked(said.get("expression"), said.line)
    found = first(of, bpmn("script"))
    if found is None or not found.words:
        return None
    return Said(found.words, of.get("scriptFormat") or of.get("scriptLanguage"), found.line)


def _stores_as(of: Element) -> str:
    for name in ("script", "calledDecision"):
        said = extension(of, name)
        if said is not None:
            return said.get("resultVariable")
    return ""


_DOES = {"taskDefinition": "type", "calledDecision": "decisionId", "formDefinition": "formId"}


def _does(of: Element, known: Known) -> str:
    """The operation, job, decision or form that does the work, as far as the file names it."""
    for name, attribute in _DOES.items():
        said = extension(of, name)
        if said is not None:
            return said.get(attribute) or said.get("formKey")
    if of.get("operationRef"):
        return known.name(of.get("operationRef"))
    for name, value in of.attributes:
        if name.rpartition("}")[2] in ("formKey", "decisionRef", "topic"):
            return value
    how = of.get("implementation")
    return "" if how.startswith("##") else how


_Retrievals = Mapping[str, tuple[tuple[str, str, Said], ...]]
"""By correlation key: property, message and where the value stands in it."""


def _retrievals(root: Element, known: Known) -> _Retrievals:
    by_property = {
        each.get("id"): [
            (each.get("id"), known.name(way.get("messageRef")), said)
            for way in each.named(bpmn("correlationPropertyRetrievalExpression"))
            if (said := expression(first(way, bpmn("messagePath")), known))
        ]
        for each in root.named(bpmn("correlationProperty"))
    }
    return {
        key.get("id"): tuple(
            way
            for each in key.named(bpmn("correlationPropertyRef"))
            for way in by_property.get(_bare(each.words), ())
        )
        for whole in root.children
        for key in whole.named(bpmn("correlationKey"))
    }


def _keys(
    of: Element, known: Known, retrievals: _Retrievals
) -> tuple[tuple[str, tuple[Key, ...]], ...]:
    found: dict[str, list[Key]] = {}
    for each in of.named(bpmn("correlationSubscription")):
        paths = dict(_bindings(each, known))
        for name, message, said in retrievals.get(_bare(each.get("correlationKeyRef")), ()):
            if name in paths:
                found.setdefault(message, []).append(Key(paths[name], said))
    for element in known.named.values():
        said_here = extension(element, "subscription")
        if element.tag == bpmn("message") and said_here is not None:
            case = marked(said_here.get("correlationKey"), said_here.line)
            name = element.get("name") or element.get("id")
            if case and name not in found:
                found[name] = [Key(case)]
    return tuple((message, tuple(keys)) for message, keys in found.items())


def _bindings(of: Element, known: Known) -> Iterator[tuple[str, Said]]:
    for each in of.named(bpmn("correlationPropertyBinding")):
        said = expression(first(each, bpmn("dataPath")), known)
        if said:
            reference = each.get("correlationPropertyRef")
            yield _bare(reference or words_of(each, "correlationPropertyRef")), said
