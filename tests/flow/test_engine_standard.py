"""Every event that the standard allows, in every place it may stand, runs and is reached."""

import pytest

from marra.flow.bpmn import read, write
from marra.flow.bpmn.likeness import same
from marra.flow.engine.compiling import graph
from marra.flow.engine.walking import walk
from tests.flow import make
from tests.flow.make import NOON

BESIDE = (
    '<message id="m" name="M"/><signal id="g" name="G"/><error id="er" errorCode="E"/>'
    '<escalation id="es" escalationCode="S"/>'
)
SAID = {
    "message": '<messageEventDefinition messageRef="m"/>',
    "signal": '<signalEventDefinition signalRef="g"/>',
    "timer": "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>",
    "conditional": (
        "<conditionalEventDefinition><condition>${c}</condition></conditionalEventDefinition>"
    ),
    "error": '<errorEventDefinition errorRef="er"/>',
    "escalation": '<escalationEventDefinition escalationRef="es"/>',
    "terminate": "<terminateEventDefinition/>",
    "compensate": "<compensateEventDefinition/>",
    "none": "",
}
OUTSIDE = ("message", "signal", "timer", "conditional")


def reaches_all(body, *flows, beside=""):
    """Whether the stand-in comes to every element of a process, and writing loses nothing."""
    xml = make.file(make.process(body, *flows), beside=BESIDE + beside)
    definitions = read(xml)
    assert same(xml, write(definitions))
    walked = walk(graph(definitions, asked=True), at=NOON)
    assert [each.id for each in walked.unreached] == []
    assert walked.stuck == ()
    assert walked.ended == len(walked.runs)


@pytest.mark.parametrize("kind", ["none", *OUTSIDE])
def test_starts(kind):
    reaches_all(f'<startEvent id="s">{SAID[kind]}</startEvent><task id="t"/>', "s>t")


@pytest.mark.parametrize("kind", OUTSIDE)
def test_catching_events(kind):
    body = (
        f'<startEvent id="s"/><intermediateCatchEvent id="c">{SAID[kind]}</intermediateCatchEvent>'
    )
    reaches_all(body + '<endEvent id="e"/>', "s>c", "c>e")


@pytest.mark.parametrize("kind", ["none", "message", "signal", "escalation", "compensate"])
def test_throwing_events(kind):
    body = (
        f'<startEvent id="s"/><intermediateThrowEvent id="c">{SAID[kind]}</intermediateThrowEvent>'
    )
    reaches_all(body + '<endEvent id="e"/>', "s>c", "c>e")


@pytest.mark.parametrize("kind", [each for each in SAID if each not in ("timer", "conditional")])
def test_ends(kind):
    reaches_all(f'<startEvent id="s"/><endEvent id="e">{SAID[kind]}</endEvent>', "s>e")


HOSTS = (
    '<userTask id="h"/>',
    '<serviceTask id="h"/>',
    '<receiveTask id="h" messageRef="m"/>',
    '<sendTask id="h"/>',
    (
        '<subProcess id="h"><startEvent id="hs"/><userTask id="ht"/>'
        '<sequenceFlow id="h1" sourceRef="hs" targetRef="ht"/></subProcess>'
    ),
    '<subProcess id="h"/>',
    '<callActivity id="h" calledElement="elsewhere"/>',
    '<userTask id="h"><multiInstanceLoopCharacteristics isSequential="true"/></userTask>',
    '<adHocSubProcess id="h"><userTask id="ht"/></adHocSubProcess>',
)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("interrupts", ["true", "false"])
@pytest.mark.parametrize("kind", [*OUTSIDE, "escalation", "error"])
def test_borders(host, kind, interrupts):
    if kind == "error" and interrupts == "false":
        pytest.skip("an error always interrupts")
    if kind in ("error", "escalation") and "receiveTask" in host:
        pytest.skip("nothing in waiting for a message can throw")
    body = (
        f'<startEvent id="s"/>{host}<boundaryEvent id="b" attachedToRef="h" '
        f'cancelActivity="{interrupts}">{SAID[kind]}</boundaryEvent><task id="t"/><task id="u"/>'
    )
    reaches_all(body, "s>h", "h>t", "b>u")


@pytest.mark.parametrize("interrupts", ["true", "false"])
@pytest.mark.parametrize("kind", [*OUTSIDE, "escalation", "error"])
def test_event_sub_processes(kind, interrupts):
    body = (
        '<startEvent id="s"/><userTask id="t"/><subProcess id="h" triggeredByEvent="true">'
        f'<startEvent id="hs" isInterrupting="{interrupts}">{SAID[kind]}</startEvent>'
        '<userTask id="ht"/><sequenceFlow id="h1" sourceRef="hs" targetRef="ht"/></subProcess>'
    )
    reaches_all(body, "s>t")


def test_several_triggers_of_one_event():
    body = (
        f'<startEvent id="s"/><intermediateCatchEvent id="c">{SAID["message"]}{SAID["timer"]}'
        f'</intermediateCatchEvent><intermediateThrowEvent id="x">{SAID["message"]}'
        f'{SAID["signal"]}</intermediateThrowEvent><endEvent id="e"/>'
    )
    reaches_all(body, "s>c", "c>x", "x>e")


def test_an_event_gateway_that_begins_a_process():
    body = (
        '<eventBasedGateway id="g" instantiate="true"/><receiveTask id="a" messageRef="m"/>'
        f'<intermediateCatchEvent id="b">{SAID["signal"]}</intermediateCatchEvent>'
    )
    reaches_all(body, "g>a", "g>b")


def test_a_process_without_start_events_begins_with_all_that_nothing_leads_to():
    reaches_all('<task id="a"/><task id="b"/><parallelGateway id="j"/>', "a>j", "b>j")


def test_what_says_how_parties_talk_is_kept_and_named():
    beside = (
        '<choreography id="ch"><choreographyTask id="ct" initiatingParticipantRef="a">'
        "<participantRef>a</participantRef></choreographyTask></choreography>"
        '<collaboration id="c"><participant id="a"/><conversation id="cv">'
        "<participantRef>a</participantRef></conversation>"
        '<conversationLink id="cl" sourceRef="a" targetRef="cv"/></collaboration>'
    )
    xml = make.file(make.process('<startEvent id="s"/>'), beside=beside)

    told = [str(each) for each in read(xml).problems]

    assert len([each for each in told if "never executed" in each]) == 3
    assert not [each for each in told if "no element of BPMN" in each]
    assert same(xml, write(read(xml)))
