"""Events: on borders, between activities, at starts; by message, time, signal and condition."""

from datetime import timedelta

import pytest

from marra.flow.engine.limits import NobodyWaits, NotWaiting
from marra.flow.engine.messages import (
    AwaitMessage,
    AwaitSignal,
    CancelTimer,
    Changed,
    Done,
    Due,
    Ended,
    Happened,
    Message,
    SendMessage,
    SetTimer,
    Signal,
    Stop,
    ThrowSignal,
    Withdraw,
)
from tests.flow import make
from tests.flow.make import FEEL, NOON

MESSAGES = (
    '<message id="m" name="Paid"/><message id="n" name="Left"/><signal id="g" name="Alarm"/>'
)
TIMER = "<timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition>"
BORDER = (
    '<startEvent id="s"/><userTask id="t"/><userTask id="next"/><userTask id="late"/>'
    f'<boundaryEvent id="b" attachedToRef="t" cancelActivity="%s">{TIMER}</boundaryEvent>'
)


def test_an_interrupting_timer_takes_the_work_away():
    graph = make.compiled(BORDER % "true", "s>t", "t>next", "b>late")
    state, (task, timer) = make.begun(graph)
    assert isinstance(timer, SetTimer)
    assert timer.due == NOON + timedelta(days=3)

    state, told = make.told(graph, state, Due(timer.id), at=timer.due)

    assert [type(each) for each in told] == [Withdraw, type(task)]
    assert make.open_at(graph, state) == ["late"]
    with pytest.raises(NotWaiting):
        make.told(graph, state, Done(task.id))


def test_work_done_in_time_cancels_the_timer():
    graph = make.compiled(BORDER % "true", "s>t", "t>next", "b>late")
    state, (task, timer) = make.begun(graph)

    state, told = make.told(graph, state, Done(task.id))

    assert isinstance(told[0], CancelTimer)
    assert told[0].id == timer.id
    assert make.open_at(graph, state) == ["next"]


def test_a_timer_that_does_not_interrupt_lets_work_go_on():
    graph = make.compiled(BORDER % "false", "s>t", "t>next", "b>late")
    state, (_, timer) = make.begun(graph)

    state, _ = make.told(graph, state, Due(timer.id))

    assert make.open_at(graph, state) == ["t", "late"]
    with pytest.raises(NotWaiting):
        make.told(graph, state, Due(timer.id))


def test_a_cycle_comes_again_as_often_as_it_says():
    cycle = "<timerEventDefinition><timeCycle>R3/PT10H</timeCycle></timerEventDefinition>"
    graph = make.compiled((BORDER % "false").replace(TIMER, cycle), "s>t", "t>next", "b>late")
    state, (_, timer) = make.begun(graph)
    dues = []

    for _ in range(3):
        dues.append(timer.due - NOON)
        state, told = make.told(graph, state, Due(timer.id), at=timer.due)
        timer = next((each for each in told if isinstance(each, SetTimer)), None)

    assert dues == [timedelta(hours=10), timedelta(hours=20), timedelta(hours=30)]
    assert timer is None
    assert make.open_at(graph, state) == ["t", "late", "late", "late"]


@FEEL
def test_a_timer_may_be_written_in_feel():
    said = "<timerEventDefinition><timeDate>when</timeDate></timerEventDefinition>"
    graph = make.compiled((BORDER % "true").replace(TIMER, said), "s>t", "t>next", "b>late")

    _, (_, timer) = make.begun(graph, {"when": NOON + timedelta(hours=1)})

    assert timer.due == NOON + timedelta(hours=1)


RACE = (
    '<startEvent id="s"/><eventBasedGateway id="g"/>'
    '<intermediateCatchEvent id="paid"><messageEventDefinition messageRef="m"/>'
    "</intermediateCatchEvent>"
    f'<intermediateCatchEvent id="late">{TIMER}</intermediateCatchEvent>'
    '<receiveTask id="left" messageRef="n"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>'
)
RACE_FLOWS = ("s>g", "g>paid", "g>late", "g>left", "paid>a", "late>b", "left>c")


@pytest.mark.parametrize(("event", "next_one"), [("Paid", "a"), ("Left", "c"), (None, "b")])
def test_of_several_events_the_first_wins_and_the_others_are_gone(event, next_one):
    graph = make.compiled(RACE, *RACE_FLOWS, beside=MESSAGES)
    state, told = make.begun(graph)
    assert [type(each) for each in told] == [AwaitMessage, SetTimer, AwaitMessage]

    happened = Message(event) if event else Due(told[1].id)
    state, _ = make.told(graph, state, happened)

    assert make.open_at(graph, state) == [next_one]
    with pytest.raises(NobodyWaits):
        make.told(graph, state, Message("Paid"))


def test_a_message_brings_its_data_and_one_that_nobody_waits_for_is_refused():
    graph = make.compiled(RACE, *RACE_FLOWS, beside=MESSAGES)
    state, _ = make.begun(graph)

    with pytest.raises(NobodyWaits, match="Lost"):
        make.told(graph, state, Message("Lost"))
    state, _ = make.told(graph, state, Message("Paid", {"sum": make.number(5)}))

    assert state.data == {"sum": make.number(5)}


KEYED = """
<message id="m" name="Paid"/>
<correlationProperty id="number"><correlationPropertyRetrievalExpression messageRef="m">
<messagePath>invoice.number</messagePath></correlationPropertyRetrievalExpression>
</correlationProperty>
<collaboration id="c"><participant id="us" processRef="p"/>
<correlationKey id="key"><correlationPropertyRef>number</correlationPropertyRef></correlationKey>
</collaboration>"""
SUBSCRIBED = (
    '<correlationSubscription id="cs" correlationKeyRef="key">'
    '<correlationPropertyBinding correlationPropertyRef="number"><dataPath>wanted</dataPath>'
    "</correlationPropertyBinding></correlationSubscription>"
)


@FEEL
def test_a_message_finds_its_case_by_the_key_in_it():
    body = SUBSCRIBED + '<startEvent id="s"/><receiveTask id="r" messageRef="m"/>'
    graph = make.compiled(body, "s>r", beside=KEYED)
    state, (waits,) = make.begun(graph, {"wanted": "A-1"})
    assert waits.key == ("A-1",)

    with pytest.raises(NobodyWaits):
        make.told(graph, state, Message("Paid", {"invoice": {"number": "A-2"}}))
    with pytest.raises(NobodyWaits):
        make.told(graph, state, Message("Paid", key=("A-2",)))
    for message in (
        Message("Paid", {"invoice": {"number": "A-1"}}),
        Message("Paid", key=("A-1",)),
    ):
        after, _ = make.told(graph, state, message)
        assert not after.running


def test_a_signal_is_heard_by_all_that_wait_and_told_to_others():
    body = (
        '<startEvent id="s"/><parallelGateway id="p"/>'
        + make.event("intermediateCatchEvent", "x", "signal", ' signalRef="g"')
        + make.event("intermediateCatchEvent", "y", "signal", ' signalRef="g"')
        + '<userTask id="t"/>'
        + make.event("intermediateThrowEvent", "z", "signal", ' signalRef="g"')
        + '<userTask id="a"/><userTask id="b"/><userTask id="c"/>'
    )
    graph = make.compiled(
        body, "s>p", "p>x", "p>y", "p>t", "t>z", "x>a", "y>b", "z>c", beside=MESSAGES
    )
    state, told = make.begun(graph)
    assert [type(each) for each in told[:2]] == [AwaitSignal, AwaitSignal]

    heard, _ = make.told(graph, state, Signal("Alarm"))
    assert make.open_at(graph, heard) == ["t", "a", "b"]

    thrown, told = make.told(graph, state, Done(make.wanted(graph, state, "t").id))
    assert isinstance(told[0], ThrowSignal)
    assert sorted(make.open_at(graph, thrown)) == ["a", "b", "c"]


@FEEL
def test_a_condition_is_looked_at_whenever_data_change():
    body = (
        '<startEvent id="s"/><userTask id="t"/><userTask id="u"/>'
        '<boundaryEvent id="b" attachedToRef="t"><conditionalEventDefinition>'
        '<condition xsi:type="tFormalExpression">age &gt; 17</condition>'
        "</conditionalEventDefinition></boundaryEvent>"
    )
    graph = make.compiled(body, "s>t", "b>u")
    state, _ = make.begun(graph, {"age": make.number(5)})

    state, _ = make.told(graph, state, Changed({"age": make.number(10)}))
    assert make.open_at(graph, state) == ["t"]
    state, _ = make.told(graph, state, Changed({"age": make.number(18)}))

    assert make.open_at(graph, state) == ["u"]


def test_a_foreign_condition_happens_when_a_stand_in_says_so():
    body = (
        '<startEvent id="s"/><intermediateCatchEvent id="c"><conditionalEventDefinition>'
        "<condition>${x}</condition></conditionalEventDefinition></intermediateCatchEvent>"
        '<userTask id="t"/>'
    )
    graph = make.compiled(body, "s>c", "c>t")
    state, (waits,) = make.begun(graph)

    state, _ = make.told(graph, state, Happened(waits.id, "c"))

    assert make.open_at(graph, state) == ["t"]


def test_an_event_sub_process_interrupts_all_beside_it():
    body = (
        '<startEvent id="s"/><userTask id="t"/><endEvent id="e"/>'
        '<subProcess id="h" triggeredByEvent="true">'
        + make.event("startEvent", "hs", "message", ' messageRef="m"')
        + '<userTask id="ht"/><endEvent id="he"/>'
        '<sequenceFlow id="i1" sourceRef="hs" targetRef="ht"/>'
        '<sequenceFlow id="i2" sourceRef="ht" targetRef="he"/></subProcess>'
    )
    graph = make.compiled(body, "s>t", "t>e", beside=MESSAGES)
    state, told = make.begun(graph)
    assert any(isinstance(each, AwaitMessage) for each in told)

    state, _ = make.told(graph, state, Message("Paid"))
    assert make.open_at(graph, state) == ["ht"]
    with pytest.raises(NobodyWaits):
        make.told(graph, state, Message("Paid"))
    state, told = make.told(graph, state, Done(make.wanted(graph, state, "ht").id))

    assert told == (Ended("ended"),)


def test_an_event_sub_process_that_does_not_interrupt_runs_beside_and_again():
    body = (
        '<startEvent id="s"/><userTask id="t"/><endEvent id="e"/>'
        '<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" isInterrupting="false">'
        '<messageEventDefinition messageRef="m"/></startEvent><userTask id="ht"/>'
        '<sequenceFlow id="i1" sourceRef="hs" targetRef="ht"/></subProcess>'
    )
    graph = make.compiled(body, "s>t", "t>e", beside=MESSAGES)
    state, _ = make.begun(graph)

    for _ in range(2):
        state, _ = make.told(graph, state, Message("Paid"))
    assert make.open_at(graph, state) == ["t", "ht", "ht", "hs"]
    state = make.do(graph, state, "t")
    assert state.running
    state = make.do(graph, state, "ht", "ht")

    assert not state.running


def test_messages_leave_from_send_tasks_and_throwing_events():
    body = (
        '<startEvent id="s"/><sendTask id="t" messageRef="m"/>'
        + make.event("intermediateThrowEvent", "x", "message", ' messageRef="n"')
        + make.event("endEvent", "e", "message", ' messageRef="m"')
    )
    graph = make.compiled(body, "s>t", "t>x", "x>e", beside=MESSAGES)

    _, told = make.begun(graph)

    assert [each.name for each in told if isinstance(each, SendMessage)] == [
        "Paid",
        "Left",
        "Paid",
    ]


def test_terminate_ends_all_and_a_link_leads_on():
    body = (
        '<startEvent id="s"/><parallelGateway id="p"/><userTask id="t"/><userTask id="u"/>'
        + make.event("intermediateThrowEvent", "out", "link", ' name="L"')
        + make.event("intermediateCatchEvent", "in", "link", ' name="L"')
        + make.event("endEvent", "e", "terminate")
    )
    graph = make.compiled(body, "s>p", "p>t", "p>u", "u>out", "in>e")
    state, _ = make.begun(graph)

    state, told = make.told(graph, state, Done(make.wanted(graph, state, "u").id))

    assert [type(each) for each in told] == [Withdraw, Ended]
    assert told[-1] == Ended("terminated")
    assert state.tokens == ()


def test_terminate_in_a_sub_process_ends_only_that():
    body = (
        '<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/>'
        '<parallelGateway id="ip"/><userTask id="it"/>'
        + make.event("endEvent", "ie", "terminate")
        + '<sequenceFlow id="i1" sourceRef="is" targetRef="ip"/>'
        '<sequenceFlow id="i2" sourceRef="ip" targetRef="it"/>'
        '<sequenceFlow id="i3" sourceRef="ip" targetRef="ie"/></subProcess><userTask id="t"/>'
    )
    graph = make.compiled(body, "s>sub", "sub>t")

    state, _ = make.begun(graph)

    assert make.open_at(graph, state) == ["t"]


def test_a_case_begins_with_the_start_that_is_named():
    body = (
        '<startEvent id="s"/>'
        + make.event("startEvent", "m1", "message", ' messageRef="m"')
        + '<userTask id="a"/><userTask id="b"/>'
    )
    graph = make.compiled(body, "s>a", "m1>b", beside=MESSAGES)

    assert make.open_at(graph, make.begun(graph)[0]) == ["a"]
    assert make.open_at(graph, make.begun(graph, by="m1")[0]) == ["b"]


def test_a_case_that_is_stopped_withdraws_all_it_asked_for():
    graph = make.compiled(BORDER % "false", "s>t", "t>next", "b>late")
    state, _ = make.begun(graph)

    state, told = make.told(graph, state, Stop("withdrawn"))

    assert [type(each) for each in told] == [CancelTimer, Withdraw, Ended]
    assert told[-1] == Ended("terminated", "withdrawn")
    assert (state.tokens, state.timers) == ((), ())
