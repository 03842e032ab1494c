"""Names of BPMN 2.0: its namespace, its elements, and what this house does with each.

Source: OMG, Business Process Model and Notation 2.0.2 (formal/2013-12-09), chapters 8 to 10 and
13, and the schemas BPMN20.xsd and Semantic.xsd.
"""

from typing import Final

SPACE: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE: Final = "http://camunda.org/schema/zeebe/1.0"
"""An extension whose expressions are FEEL; the part of it that says data is read."""

XSI_TYPE: Final = "{http://www.w3.org/2001/XMLSchema-instance}type"


def bpmn(name: str) -> str:
    """The full tag of an element of BPMN.

    >>> bpmn("task")
    '{http://www.omg.org/spec/BPMN/20100524/MODEL}task'
    """
    return f"{{{SPACE}}}{name}"


def zeebe(name: str) -> str:
    """The full tag of an element of that extension."""
    return f"{{{ZEEBE}}}{name}"


TASKS: Final = frozenset({
    "task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask",
    "businessRuleTask",
})  # fmt: skip
CONTAINERS: Final = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITIES: Final = TASKS | CONTAINERS | {"callActivity"}
GATEWAYS: Final = frozenset({
    "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway",
    "complexGateway",
})  # fmt: skip
CATCHING: Final = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})
THROWING: Final = frozenset({"intermediateThrowEvent", "endEvent"})
NODES: Final = ACTIVITIES | GATEWAYS | CATCHING | THROWING

GLOBAL_TASKS: Final = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}

TRIGGERS: Final = {
    f"{name}EventDefinition": name
    for name in (
        "message", "timer", "error", "signal", "escalation", "compensate", "conditional", "link",
        "terminate", "cancel",
    )
}  # fmt: skip
"""What an event waits for or throws, by the element that says so."""

MAY_THROW: Final = frozenset({
    "message", "signal", "error", "escalation", "compensate", "link", "terminate", "cancel",
})  # fmt: skip
OUTSIDE: Final = frozenset({"message", "timer", "signal", "conditional"})
"""Triggers that come from outside the case, or with time or data."""

MAY_CATCH: Final = {
    "startEvent": OUTSIDE | {"error", "escalation", "compensate"},
    "intermediateCatchEvent": OUTSIDE | {"link"},
    "boundaryEvent": OUTSIDE | {"error", "escalation", "compensate", "cancel"},
}
"""What an event may wait for where it stands."""

CALLED_OUT: Final = frozenset({
    "choreography", "globalChoreographyTask", "choreographyTask", "callChoreography",
    "subChoreography", "conversation", "callConversation", "subConversation",
    "globalConversation",
})  # fmt: skip
"""Kept and never executed: they say how parties talk, not what one of them does."""

KEPT: Final = frozenset({
    "definitions", "import", "extension", "extensionElements", "documentation", "relationship",
    "source", "target", "process", "collaboration", "participant", "participantMultiplicity",
    "participantAssociation", "participantRef", "innerParticipantRef", "outerParticipantRef",
    "messageFlow", "messageFlowAssociation", "messageFlowRef", "interfaceRef", "endPointRef",
    "partnerEntity", "partnerRole", "endPoint", "interface", "operation", "inMessageRef",
    "outMessageRef", "errorRef", "message", "error", "escalation", "signal", "itemDefinition",
    "correlationProperty", "correlationPropertyRetrievalExpression", "messagePath",
    "correlationKey", "correlationPropertyRef", "correlationSubscription",
    "correlationPropertyBinding", "dataPath", "resource", "resourceParameter",
    "resourceParameterBinding", "resourceRef", "resourceRole", "resourceAssignmentExpression",
    "performer", "humanPerformer", "potentialOwner", "rendering", "category", "categoryValue",
    "categoryValueRef", "group", "textAnnotation", "text", "association", "auditing",
    "monitoring", "property", "dataState", "dataObject", "dataObjectReference", "dataStore",
    "dataStoreReference", "dataInput", "dataOutput", "ioSpecification", "ioBinding", "inputSet",
    "outputSet", "dataInputRefs", "dataOutputRefs", "optionalInputRefs", "optionalOutputRefs",
    "whileExecutingInputRefs", "whileExecutingOutputRefs", "inputSetRefs", "outputSetRefs",
    "dataInputAssociation", "dataOutputAssociation", "sourceRef", "targetRef", "transformation",
    "assignment", "from", "to", "expression", "formalExpression", "conditionExpression",
    "condition", "completionCondition", "activationCondition", "laneSet", "lane", "childLaneSet",
    "partitionElement", "partitionElementRef", "flowNodeRef", "sequenceFlow", "incoming",
    "outgoing", "script", "timeDate", "timeDuration", "timeCycle", "eventDefinition",
    "eventDefinitionRef", "operationRef", "multiInstanceLoopCharacteristics",
    "standardLoopCharacteristics", "loopCondition", "loopCardinality", "loopDataInputRef",
    "loopDataOutputRef", "inputDataItem", "outputDataItem", "complexBehaviorDefinition", "event",
    "oneBehaviorEventRef", "noneBehaviorEventRef", "supports", "supportedInterfaceRef",
    "flowNode", "rootElement", "artifact", "conversationNode", "conversationLink",
    "conversationAssociation", "conversationNodeRef", "choreographyRef", "callableElement",
    "value", "loopCharacteristics", "messageFlowRefs", "parameterAssignment",
    "complexCondition", "implicitThrowEvent", "conversationRef",
})  # fmt: skip
"""All other elements of the standard: structure, data and words, read where they matter."""

KNOWN: Final = KEPT | NODES | set(GLOBAL_TASKS) | set(TRIGGERS) | CALLED_OUT
