"""Processes drafted from the steps of a passport: BPMN with a lane for each who acts.

A draft is a straight line from the request to the result with one decision in it. Unless the
passport itself says that a system decides, an official decides; so a draft never looks more
automatic than what its passport describes. It opens in any modeler of BPMN 2.0.

Source: ours; OMG, Business Process Model and Notation 2.0.2.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from xml.sax.saxutils import quoteattr

from marra.portal.rules.steps import Actor, Deed, Step, decided_by_system

ACROSS: Final = 160
TALL: Final = 140
LANES: Final = (Actor.APPLICANT, Actor.AUTHORITY, Actor.SYSTEM)
HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:marra="urn:marra:service" id="definitions" targetNamespace="urn:marra:service" '
    'expressionLanguage="https://www.omg.org/spec/DMN/20230324/FEEL/">\n'
)
KIND: Final = {
    (Actor.APPLICANT, Deed.APPLY): ("userTask", 'marra:formKey="apply"'),
    (Actor.APPLICANT, Deed.PAY): ("userTask", 'marra:topic="pay"'),
    (Actor.SYSTEM, Deed.ISSUE): ("serviceTask", 'marra:topic="issue"'),
    (Actor.SYSTEM, Deed.CHECK): ("serviceTask", 'marra:topic="look-up"'),
}
"""How a deed is drawn; what is not here is a task of people."""

APPLY: Final = "Ariza yuborish"
DECIDE: Final = "Koʻrib chiqish va qaror"
DISCOUNT: Final = "Chegirmani aniqlash"
ISSUE: Final = "Natijani berish"


@dataclass(frozen=True, slots=True)
class Node:
    """An element of the process."""

    id: str
    kind: str
    name: str
    lane: Actor
    more: str = ""  # further attributes, written out

    @property
    def size(self) -> tuple[int, int]:
        """Its width and height in a drawing."""
        if self.kind.endswith("Event"):
            return 36, 36
        return (50, 50) if self.kind.endswith("Gateway") else (110, 80)


def process(steps: Sequence[Step], *, name: str, has_discount: bool) -> str:
    """The steps as a BPMN model.

    >>> from marra.portal.rules.steps import step
    >>> drawn = process([step("Ariza yuboriladi")], name="nikoh", has_discount=False)
    >>> drawn.count("<userTask"), drawn.count("<exclusiveGateway"), drawn.count("<endEvent")
    (2, 1, 2)
    """
    nodes = list(_nodes(steps, has_discount=has_discount))
    refused = Node("refused", "endEvent", "Rad etildi", Actor.AUTHORITY)
    flows = list(_flows(nodes))
    return "".join(
        [
            HEAD,
            f'<collaboration id="service"><participant id="pool" name={_quoted(name)}',
            ' processRef="process"/></collaboration>\n',
            '<process id="process" isExecutable="true">\n',
            *_lanes([*nodes, refused]),
            *(_element(node) for node in [*nodes, refused]),
            *(_flow(*each) for each in flows),
            "</process>\n",
            *_drawing(nodes, refused, flows),
            "</definitions>\n",
        ]
    )


def _nodes(steps: Sequence[Step], *, has_discount: bool) -> Iterator[Node]:
    """The line from the start to the granted end, the gateway of the decision in it."""
    told = [each for each in steps if each.deed is not Deed.SIGN_IN]
    first = next((each for each in told if each.deed is Deed.APPLY), None)
    yield Node("start", "startEvent", "", Actor.APPLICANT)
    yield _task("apply", first or Step(APPLY, Actor.APPLICANT, Deed.APPLY))
    rest = [each for each in told if each is not first]
    pays = [each for each in rest if each.deed is Deed.PAY]
    if pays and has_discount:
        more = 'marra:decisionRef="discount"'
        yield Node("discount", "businessRuleTask", DISCOUNT, Actor.SYSTEM, more)
    issues = [each for each in rest if each.deed is Deed.ISSUE]
    for number, each in enumerate((each for each in rest if each not in issues), start=1):
        yield _task(f"step-{number}", each)
    if not decided_by_system(tuple(told)):
        yield Node("decide", "userTask", DECIDE, Actor.AUTHORITY)
    yield Node("decision", "exclusiveGateway", "", Actor.AUTHORITY, 'default="to-refused"')
    for number, each in enumerate(issues or [Step(ISSUE, Actor.SYSTEM, Deed.ISSUE)], start=1):
        yield _task(f"issue-{number}", each)
    yield Node("granted", "endEvent", "Bajarildi", Actor.APPLICANT)


def _task(code: str, told: Step) -> Node:
    kind, more = KIND.get((told.actor, told.deed), ("userTask", ""))
    if told.deed is Deed.ISSUE and not more:
        more = 'marra:topic="issue"'
    return Node(code, kind, told.told[:200], told.actor, more)


Flow = tuple[str, str, str, str]


def _flows(nodes: Sequence[Node]) -> Iterator[Flow]:
    """Each flow: its id, from where, to where, under which condition."""
    for number, (before, after) in enumerate(pairwise(nodes), start=1):
        condition = "granted = true" if before.kind == "exclusiveGateway" else ""
        yield f"flow-{number}", before.id, after.id, condition
    yield "to-refused", "decision", "refused", ""


def _lanes(nodes: Sequence[Node]) -> Iterator[str]:
    yield '<laneSet id="lanes">\n'
    for lane in LANES:
        own = "".join(f"<flowNodeRef>{n.id}</flowNodeRef>" for n in nodes if n.lane is lane)
        yield f'<lane id="lane-{lane.value}" name="{lane.value}">{own}</lane>\n'
    yield "</laneSet>\n"


def _element(node: Node) -> str:
    name = f" name={_quoted(node.name)}" if node.name else ""
    more = f" {node.more}" if node.more else ""
    return f'<{node.kind} id="{node.id}"{name}{more}/>\n'


def _quoted(text: str) -> str:
    """A text as the value of an attribute; letters that no XML may hold are left out."""
    return quoteattr("".join(each for each in text if each.isprintable()))


def _flow(code: str, before: str, after: str, condition: str) -> str:
    told = f'<sequenceFlow id="{code}" sourceRef="{before}" targetRef="{after}"'
    if not condition:
        return f"{told}/>\n"
    said = f'<conditionExpression xsi:type="tFormalExpression">{condition}</conditionExpression>'
    return f"{told}>{said}</sequenceFlow>\n"


def _drawing(nodes: Sequence[Node], refused: Node, flows: Sequence[Flow]) -> Iterator[str]:
    """Where each element stands when a modeler opens the file."""
    places = {node.id: (at, node) for at, node in enumerate(nodes)}
    places["refused"] = (places["decision"][0] + 1, refused)
    long = (len(nodes) + 1) * ACROSS
    yield '<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="service">\n'
    yield _shape("pool", 0, 0, long, TALL * 3, flat=True)
    for at, lane in enumerate(LANES):
        yield _shape(f"lane-{lane.value}", 30, TALL * at, long - 30, TALL, flat=True)
    for at, node in places.values():
        across, down = _middle(at, node)
        wide, tall = node.size
        yield _shape(node.id, across - wide // 2, down - tall // 2, wide, tall)
    for code, before, after, _ in flows:
        ends = "".join(
            f'<di:waypoint x="{across}" y="{down}"/>'
            for across, down in (_middle(*places[before]), _middle(*places[after]))
        )
        yield f'<bpmndi:BPMNEdge id="{code}-di" bpmnElement="{code}">{ends}</bpmndi:BPMNEdge>\n'
    yield "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>\n"


def _middle(at: int, node: Node) -> tuple[int, int]:
    """The middle of an element; the refused end stands below the line of its lane."""
    down = TALL * LANES.index(node.lane) + TALL // 2
    return 110 + at * ACROSS, down + (30 if node.id == "refused" else 0)


def _shape(code: str, x: int, y: int, width: int, height: int, *, flat: bool = False) -> str:
    lying = ' isHorizontal="true"' if flat else ""
    return (
        f'<bpmndi:BPMNShape id="{code}-di" bpmnElement="{code}"{lying}>'
        f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/></bpmndi:BPMNShape>\n'
    )
