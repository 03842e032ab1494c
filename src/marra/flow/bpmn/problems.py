"""Problems: what in a file is wrong, foreign, missing or not executed, by element and line.

Nothing is skipped silently. What refuses keeps its process from running; everything else is
either done by a stand-in that the driver asks, or kept in the file without meaning for a run.

Source: OMG, Business Process Model and Notation 2.0.2, chapters 10 and 13; the choice of what is
executed is ours and stands in docs/method/bpmn.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from marra.flow.bpmn.drawn import Drawn
from marra.flow.bpmn.element import Element
from marra.flow.bpmn.expressions import Foreign, rule, script
from marra.flow.bpmn.model import Definitions, Flow, Loop, Node, Process, Said, Trigger
from marra.flow.bpmn.names import (
    CALLED_OUT,
    CONTAINERS,
    KNOWN,
    MAY_CATCH,
    MAY_THROW,
    SPACE,
    THROWING,
    bpmn,
)
from marra.flow.bpmn.times import ANY_MOMENT, moments
from marra.kit.findings import Fact, Finding
from marra.kit.text import gettext_noop

FOREIGN: Final = gettext_noop(
    "“{element}” says “{text}” in {language}, which is not executed here: a stand-in answers."
)
NOT_FEEL: Final = gettext_noop(
    "“{element}” says “{text}”, which does not read as FEEL: a stand-in answers. {why}"
)
NO_CONDITION: Final = gettext_noop(
    "Flow “{flow}” leaves the gateway “{element}” without a condition: a stand-in chooses."
)
NO_TIME: Final = gettext_noop("The timer “{element}” has no time: a stand-in says when it is due.")
NO_RULE: Final = gettext_noop(
    "The condition that “{element}” waits for is missing: a stand-in says when it holds."
)
NO_NAME: Final = gettext_noop(
    "The event “{element}” names no message or signal: it is reached only by its own id."
)
NO_COUNT: Final = gettext_noop(
    "“{element}” does not say how often it is done: a stand-in says it."
)
NO_TARGET: Final = gettext_noop(
    "The link “{name}” of “{element}” leads to no event: it ends here."
)
NOT_GIVEN: Final = gettext_noop(
    "“{element}” calls “{called}”, which is not in the file: a stand-in answers for it."
)
EMPTY: Final = gettext_noop(
    "Nothing stands inside the sub-process “{element}”: a stand-in answers for it."
)
NO_TRIGGER: Final = gettext_noop(
    "The event “{element}” waits for nothing, so it is passed at once."
)
COMPLEX: Final = gettext_noop(
    "“{element}” is a complex gateway, which is not executed: it joins as an inclusive one, and a "
    "stand-in chooses."
)
QUANTITY: Final = gettext_noop(
    "“{element}” asks for several tokens, which is not executed: one begins it and one leaves it."
)
ALL_OF_THEM: Final = gettext_noop(
    "“{element}” waits for all its events, which is not executed: the first is enough."
)
BEHAVIOUR: Final = gettext_noop(
    "“{element}” throws events while it is repeated, which is not executed: all rounds are done."
)
ASIDE: Final = gettext_noop(
    "“{element}” says how parties talk, as a choreography or conversation: kept, never executed."
)
UNKNOWN: Final = gettext_noop("“{element}” is no element of BPMN 2.0; it is kept.")
NOWHERE: Final = gettext_noop("“{element}” refers to “{reference}”, which is not in its process.")
TWICE: Final = gettext_noop("The id “{element}” is given {count} times.")
NOT_THROWN: Final = gettext_noop(
    "“{element}” throws what only happens, such as a time or a condition. "
    "Make it a catching event."
)
NOT_CAUGHT: Final = gettext_noop("“{element}” waits for what cannot come there.")
UNREACHED: Final = gettext_noop("Nothing leads to “{element}”, and nothing begins with it.")


def problems(of: Definitions) -> tuple[Finding, ...]:
    """All findings of a file, in the order of its lines."""
    found = [*_document(of)]
    for process in of.processes:
        found += _process(of, process)
    return tuple(sorted(found, key=lambda each: each.line))


def _at(line: int, sentence: str, *, refuses: bool = False, **facts: Fact) -> Finding:
    return Finding(line, "", sentence, facts, refuses=refuses)


def _document(of: Definitions) -> Iterator[Finding]:
    counts: Counter[str] = Counter()
    for each in _own(of.document.root):
        name = each.get("id") or each.local
        counts[each.get("id")] += 1
        if counts[each.get("id")] == 2 and each.get("id"):
            yield _at(each.line, TWICE, element=name, count=2)
        if each.local in CALLED_OUT:
            yield _at(each.line, ASIDE, element=name)
        elif each.local not in KNOWN:
            yield _at(each.line, UNKNOWN, element=each.local)


def _own(root: Element) -> Iterator[Element]:
    """The elements of BPMN, but not what other makers put into extension elements."""
    rest = [root]
    while rest:
        one = rest.pop()
        if one.space == SPACE:
            yield one
        if one.tag != bpmn("extensionElements"):
            rest.extend(reversed(one.children))


def _process(of: Definitions, process: Process) -> Iterator[Finding]:
    drawn = Drawn(process)
    yield from _twice(process)
    for flow in process.flows:
        yield from _flow(of, drawn, flow)
    begun = {each.inside for each in process.nodes if each.kind == "startEvent"}
    for node in process.nodes:
        yield from _node(of, drawn, node)
        if node.id not in drawn.entering and node.inside in begun and _needs_flow(node, drawn):
            yield _at(node.line, UNREACHED, element=node.id)


def _twice(process: Process) -> Iterator[Finding]:
    """Nodes or flows of one id, between which nothing could choose."""
    said = [(each.id, each.line) for each in process.nodes]
    said += [(each.id, each.line) for each in process.flows]
    counts, lines = Counter(name for name, _ in said), dict(said)
    for name, count in counts.items():
        if count > 1:
            yield _at(
                lines[name], TWICE, refuses=True, element=name, count=count, process=process.id
            )


def _needs_flow(node: Node, drawn: Drawn) -> bool:
    aside = node.for_compensation or node.event_process or node.instantiate
    linked = any(each.kind == "link" for each in node.triggers)
    holder = drawn.nodes.get(node.inside)
    ad_hoc = holder is not None and holder.kind == "adHocSubProcess"
    event = node.kind in ("startEvent", "boundaryEvent")
    return not (aside or linked or ad_hoc or event)


def _flow(of: Definitions, drawn: Drawn, flow: Flow) -> Iterator[Finding]:
    for reference in (flow.source, flow.target):
        if reference not in drawn.nodes:
            yield _nowhere(drawn.process, flow.id, flow.line, reference)
    yield from _said(of, flow.source, flow.condition)


def _nowhere(process: Process, element: str, line: int, reference: str) -> Finding:
    return _at(
        line, NOWHERE, refuses=True, element=element, reference=reference, process=process.id
    )


def _said(of: Definitions, element: str, said: Said | None) -> Iterator[Finding]:
    if said is not None:
        yield from _foreign(element, rule(said, of.variables))


def _foreign(element: str, found: object) -> Iterator[Finding]:
    if isinstance(found, Foreign):
        text = " ".join(found.text.split())[:80]
        if found.why:
            yield _at(found.line, NOT_FEEL, element=element, text=text, why=found.why)
        else:
            spoken = found.language or "?"
            yield _at(found.line, FOREIGN, element=element, text=text, language=spoken)


def _node(of: Definitions, drawn: Drawn, node: Node) -> Iterator[Finding]:
    leaving = drawn.leaving.get(node.id, [])
    if node.kind == "boundaryEvent" and node.attached_to not in drawn.nodes:
        yield _nowhere(drawn.process, node.id, node.line, node.attached_to)
    if node.default and node.default not in {each.id for each in leaving}:
        yield _nowhere(drawn.process, node.id, node.line, node.default)
    for trigger in node.triggers:
        yield from _placed(drawn, node, trigger)
        yield from _trigger(of, drawn, node, trigger)
    yield from _gateway(node, leaving)
    yield from _activity(of, node, drawn)
    yield from _not_executed(node)


def _placed(drawn: Drawn, node: Node, said: Trigger) -> Iterator[Finding]:
    if node.kind in THROWING and said.kind not in MAY_THROW:
        yield _at(said.line, NOT_THROWN, refuses=True, element=node.id, process=drawn.process.id)
    if said.kind not in MAY_CATCH.get(node.kind, {said.kind}):
        yield _at(said.line, NOT_CAUGHT, element=node.id)


def _trigger(of: Definitions, drawn: Drawn, node: Node, said: Trigger) -> Iterator[Finding]:
    missing = _MISSING.get(said.kind)
    if missing and said.said is None:
        yield _at(said.line, missing, element=node.id)
    if not (said.kind == "timer" and said.said and moments(said.said.text, ANY_MOMENT)):
        yield from _said(of, node.id, said.said)
    if said.kind in ("message", "signal") and not said.name:
        yield _at(said.line, NO_NAME, element=node.id)
    throws_link = said.kind == "link" and node.kind == "intermediateThrowEvent"
    if throws_link and (node.inside, said.name) not in drawn.links:
        yield _at(said.line, NO_TARGET, element=node.id, name=said.name)


_MISSING: Final = {"timer": NO_TIME, "conditional": NO_RULE}


def _gateway(node: Node, leaving: list[Flow]) -> Iterator[Finding]:
    if node.kind in ("exclusiveGateway", "inclusiveGateway") and len(leaving) > 1:
        for flow in leaving:
            if flow.condition is None and flow.id != node.default:
                yield _at(flow.line, NO_CONDITION, element=node.id, flow=flow.id)
    if node.kind == "receiveTask" and not node.message:
        yield _at(node.line, NO_NAME, element=node.id)
    if node.kind == "intermediateCatchEvent" and not node.triggers:
        yield _at(node.line, NO_TRIGGER, element=node.id)


def _activity(of: Definitions, node: Node, drawn: Drawn) -> Iterator[Finding]:
    if node.called and of.process(node.called) is None:
        yield _at(node.line, NOT_GIVEN, element=node.id, called=node.called)
    if node.kind in CONTAINERS and not node.event_process and node.id not in drawn.within:
        yield _at(node.line, EMPTY, element=node.id)
    if node.script is not None:
        yield from _foreign(node.id, script(node.script, of.variables))
    for _, said in (*node.inputs, *node.outputs):
        yield from _said(of, node.id, said)
    yield from _said(of, node.id, node.until)
    if node.loop is not None:
        yield from _loop(of, node, node.loop)


def _loop(of: Definitions, node: Node, loop: Loop) -> Iterator[Finding]:
    said: Iterable[Said | None] = (loop.count, loop.items, loop.result, loop.until, loop.again)
    for each in said:
        yield from _said(of, node.id, each)
    counted = loop.count or loop.items if loop.many else loop.again or loop.most
    if not counted:
        yield _at(loop.line, NO_COUNT, element=node.id)
    if loop.many and loop.behaviour != "All":
        yield _at(loop.line, BEHAVIOUR, element=node.id)


def _not_executed(node: Node) -> Iterator[Finding]:
    if node.kind == "complexGateway":
        yield _at(node.line, COMPLEX, element=node.id)
    if node.quantity != (1, 1):
        yield _at(node.line, QUANTITY, element=node.id)
    if node.all_triggers:
        yield _at(node.line, ALL_OF_THEM, element=node.id)
