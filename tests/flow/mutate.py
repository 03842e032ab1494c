"""Models spoilt by lot: references, kinds, triggers and switches changed as XML allows."""

import re

SEED = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"
 targetNamespace="urn:x"><message id="m" name="M"/><error id="er" errorCode="E"/>
<process id="p" isExecutable="true"><laneSet id="ls"><lane id="la"><flowNodeRef>a</flowNodeRef>
</lane></laneSet><startEvent id="s"/><parallelGateway id="g"/><userTask id="a"/>
<subProcess id="sub" triggeredByEvent="false"><startEvent id="is" isInterrupting="true"/>
<scriptTask id="it"><script>{a: 1}</script></scriptTask>
<endEvent id="ie"><errorEventDefinition errorRef="er"/></endEvent>
<multiInstanceLoopCharacteristics isSequential="true"/>
<sequenceFlow id="i1" sourceRef="is" targetRef="it"/>
<sequenceFlow id="i2" sourceRef="it" targetRef="ie"/></subProcess>
<boundaryEvent id="b" attachedToRef="sub" cancelActivity="true"><errorEventDefinition/>
</boundaryEvent><boundaryEvent id="u" attachedToRef="a"><compensateEventDefinition/>
</boundaryEvent>
<serviceTask id="h" isForCompensation="true"/><association id="as" sourceRef="u" targetRef="h"/>
<inclusiveGateway id="j"/><eventBasedGateway id="ev" instantiate="false"/>
<intermediateCatchEvent id="c1"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>
<intermediateCatchEvent id="c2"><timerEventDefinition><timeDuration>P1D</timeDuration>
</timerEventDefinition></intermediateCatchEvent>
<intermediateThrowEvent id="t"><compensateEventDefinition/></intermediateThrowEvent>
<callActivity id="call" calledElement="p2"/><exclusiveGateway id="x" default="f14"/>
<endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="g"/>
<sequenceFlow id="f2" sourceRef="g" targetRef="a"/><sequenceFlow id="f3" sourceRef="g"
 targetRef="sub"/><sequenceFlow id="f4" sourceRef="a" targetRef="j"/>
<sequenceFlow id="f5" sourceRef="sub" targetRef="j"/><sequenceFlow id="f6" sourceRef="b"
 targetRef="j"/><sequenceFlow id="f7" sourceRef="j" targetRef="ev"/>
<sequenceFlow id="f8" sourceRef="ev" targetRef="c1"/><sequenceFlow id="f9" sourceRef="ev"
 targetRef="c2"/><sequenceFlow id="f10" sourceRef="c1" targetRef="t"/>
<sequenceFlow id="f11" sourceRef="c2" targetRef="call"/><sequenceFlow id="f12" sourceRef="t"
 targetRef="x"/><sequenceFlow id="f13" sourceRef="call" targetRef="x"/>
<sequenceFlow id="f14" sourceRef="x" targetRef="e"/><sequenceFlow id="f15" sourceRef="x"
 targetRef="g"><conditionExpression>${again}</conditionExpression></sequenceFlow></process>
<process id="p2"><startEvent id="s2"/><manualTask id="a2"/><endEvent id="e2"/>
<sequenceFlow id="q1" sourceRef="s2" targetRef="a2"/>
<sequenceFlow id="q2" sourceRef="a2" targetRef="e2"/></process></definitions>"""

KINDS = (
    "task", "userTask", "serviceTask", "scriptTask", "sendTask", "receiveTask", "manualTask",
    "callActivity", "subProcess", "transaction", "adHocSubProcess", "parallelGateway",
    "inclusiveGateway", "exclusiveGateway", "complexGateway", "eventBasedGateway", "startEvent",
    "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
)  # fmt: skip
TRIGGERS = (
    "message", "timer", "error", "signal", "escalation", "compensate", "conditional", "link",
    "terminate", "cancel",
)  # fmt: skip
_REFERENCE = re.compile(r'\b(\w*Ref|default|calledElement|id)="([^"]*)"')
_SWITCH = re.compile(r'\b(is\w+|cancelActivity|triggeredByEvent|instantiate)="(true|false)"')


def spoilt(xml, lots):
    """The model with one change for each three numbers drawn."""
    for what, one, other in zip(lots[::3], lots[1::3], lots[2::3], strict=False):
        xml = _CHANGES[what % len(_CHANGES)](xml, one, other)
    return xml.encode()


def _refer(xml, one, other):
    found = list(_REFERENCE.finditer(xml))
    at = found[one % len(found)]
    return xml[: at.start(2)] + found[other % len(found)][2] + xml[at.end(2) :]


def _empty(xml, one, _other):
    found = list(_REFERENCE.finditer(xml))
    at = found[one % len(found)]
    return xml[: at.start(2)] + xml[at.end(2) :]


def _rename(xml, one, other):
    old, new = KINDS[one % len(KINDS)], KINDS[other % len(KINDS)]
    return re.sub(rf"(</?){old}\b", rf"\g<1>{new}", xml)


def _trigger(xml, one, other):
    old, new = TRIGGERS[one % len(TRIGGERS)], TRIGGERS[other % len(TRIGGERS)]
    return xml.replace(f"{old}EventDefinition", f"{new}EventDefinition")


def _switch(xml, one, _other):
    found = list(_SWITCH.finditer(xml))
    at = found[one % len(found)]
    return xml[: at.start(2)] + ("false" if at[2] == "true" else "true") + xml[at.end(2) :]


_CHANGES = (_refer, _rename, _trigger, _switch, _empty)
