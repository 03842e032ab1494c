"""Errors and escalations climb to the first that catches them; called processes are no wall."""

import pytest

from marra.flow.engine.messages import CallProcess, Done, Ended, Escalated, Failed, Unheard
from tests.flow import make

BESIDE = (
    '<error id="er1" name="Unpaid" errorCode="E1"/><error id="er2" errorCode="E2"/>'
    '<escalation id="es1" escalationCode="S1"/>'
)


def border(name, host, definition, *, interrupts="true"):
    return (
        f'<boundaryEvent id="{name}" attachedToRef="{host}" cancelActivity="{interrupts}">'
        f"{definition}</boundaryEvent>"
    )


E1 = '<errorEventDefinition errorRef="er1"/>'
ANY = "<errorEventDefinition/>"
BODY = (
    '<startEvent id="s"/><serviceTask id="t"/><userTask id="ok"/><userTask id="one"/>'
    '<userTask id="any"/>' + border("b1", "t", E1) + border("ba", "t", ANY)
)


@pytest.mark.parametrize(("code", "caught_by"), [("E1", "one"), ("E2", "any"), ("", "any")])
def test_an_error_is_caught_by_its_code_before_one_that_catches_all(code, caught_by):
    graph = make.compiled(BODY, "s>t", "t>ok", "b1>one", "ba>any", beside=BESIDE)
    state, (call,) = make.begun(graph)

    state, _ = make.told(graph, state, Failed(call.id, code, {"why": "no money"}))

    assert make.open_at(graph, state) == [caught_by]
    assert state.data == {"why": "no money"}


def test_an_error_that_nobody_catches_ends_the_case_as_failed():
    graph = make.compiled('<startEvent id="s"/><serviceTask id="t"/>', "s>t")
    state, (call,) = make.begun(graph)

    state, told = make.told(graph, state, Failed(call.id, "E9"))

    assert told[-1] == Ended("failed", "E9")
    assert (state.status, state.code, state.tokens) == ("failed", "E9", ())


NESTED = (
    '<startEvent id="s"/><subProcess id="outer"><startEvent id="os"/><subProcess id="inner">'
    '<startEvent id="is"/><userTask id="t"/><userTask id="beside"/><parallelGateway id="p"/>'
    '<endEvent id="ie"><errorEventDefinition errorRef="er1"/></endEvent>'
    '<sequenceFlow id="i1" sourceRef="is" targetRef="p"/>'
    '<sequenceFlow id="i2" sourceRef="p" targetRef="t"/>'
    '<sequenceFlow id="i3" sourceRef="p" targetRef="beside"/>'
    '<sequenceFlow id="i4" sourceRef="t" targetRef="ie"/></subProcess>'
    '<sequenceFlow id="o1" sourceRef="os" targetRef="inner"/></subProcess>'
    '<userTask id="caught"/>' + border("b", "outer", E1)
)


def test_an_error_end_event_climbs_out_of_sub_processes():
    graph = make.compiled(NESTED, "s>outer", "b>caught", beside=BESIDE)
    state, _ = make.begun(graph)

    state = make.do(graph, state, "t")

    assert make.open_at(graph, state) == ["caught"]
    assert len(state.scopes) == 1


CALLED = (
    '<process id="called"><startEvent id="cs"/><userTask id="ct"/>'
    '<endEvent id="ce"><errorEventDefinition errorRef="er1"/></endEvent>'
    '<sequenceFlow id="c1" sourceRef="cs" targetRef="ct"/>'
    '<sequenceFlow id="c2" sourceRef="ct" targetRef="ce"/></process>'
)
CALLER = (
    '<startEvent id="s"/><callActivity id="call" calledElement="called"/><userTask id="ok"/>'
    '<userTask id="caught"/>' + border("b", "call", E1)
)


def test_an_error_climbs_out_of_a_called_process():
    graph = make.compiled(CALLER, "s>call", "call>ok", "b>caught", beside=BESIDE + CALLED)
    state, _ = make.begun(graph)
    assert make.open_at(graph, state) == ["ct"]

    state = make.do(graph, state, "ct")

    assert make.open_at(graph, state) == ["caught"]


def test_a_called_process_has_data_of_its_own_and_gives_them_back_at_its_end():
    called = CALLED.replace('<errorEventDefinition errorRef="er1"/>', "")
    graph = make.compiled(CALLER, "s>call", "call>ok", "b>caught", beside=BESIDE + called)
    state, _ = make.begun(graph, {"a": "1"})

    state, _ = make.told(graph, state, Escalated(make.wanted(graph, state, "ct").id, "S9"))
    inside = state.scopes[1].data
    state = make.do(graph, state, "ct", b="2")

    assert inside == {"a": "1"}
    assert make.open_at(graph, state) == ["ok"]
    assert state.data == {"a": "1", "b": "2"}


def test_a_process_that_is_not_in_the_file_is_asked_for():
    graph = make.compiled(CALLER, "s>call", "call>ok", "b>caught", beside=BESIDE)
    state, (asked,) = make.begun(graph)

    assert isinstance(asked, CallProcess)
    assert asked.node.does == "called"
    state, _ = make.told(graph, state, Done(asked.id, {"b": "2"}))
    assert make.open_at(graph, state) == ["ok"]


HANDLER = (
    '<startEvent id="s"/><serviceTask id="t"/><endEvent id="e"/>'
    '<subProcess id="h" triggeredByEvent="true">'
    '<startEvent id="hs"><errorEventDefinition/></startEvent><userTask id="ht"/>'
    '<endEvent id="he"><errorEventDefinition errorRef="er1"/></endEvent>'
    '<sequenceFlow id="h1" sourceRef="hs" targetRef="ht"/>'
    '<sequenceFlow id="h2" sourceRef="ht" targetRef="he"/></subProcess>'
)


def test_a_handler_of_errors_does_not_catch_what_it_throws_itself():
    graph = make.compiled(HANDLER, "s>t", "t>e", beside=BESIDE)
    state, (call,) = make.begun(graph)

    state, _ = make.told(graph, state, Failed(call.id, "E7"))
    assert make.open_at(graph, state) == ["ht"]
    state = make.do(graph, state, "ht")

    assert (state.status, state.code) == ("failed", "E1")


@pytest.mark.parametrize(("interrupts", "left"), [("true", ["told"]), ("false", ["t", "told"])])
def test_an_escalation_is_heard_whether_or_not_it_interrupts(interrupts, left):
    definition = '<escalationEventDefinition escalationRef="es1"/>'
    body = '<startEvent id="s"/><userTask id="t"/><userTask id="told"/>' + border(
        "b", "t", definition, interrupts=interrupts
    )
    graph = make.compiled(body, "s>t", "b>told", beside=BESIDE)
    state, (task,) = make.begun(graph)

    state, _ = make.told(graph, state, Escalated(task.id, "S1"))

    assert make.open_at(graph, state) == left


def test_an_escalation_that_nobody_hears_harms_nothing():
    body = '<startEvent id="s"/>' + make.event(
        "intermediateThrowEvent", "x", "escalation", ' escalationRef="es1"'
    )
    graph = make.compiled(body + '<userTask id="t"/>', "s>x", "x>t", beside=BESIDE)

    state, told = make.begun(graph)

    assert isinstance(told[0], Unheard)
    assert make.open_at(graph, state) == ["t"]
