"""Data: what goes into an activity, what comes out of it, and where it is kept."""

import pytest

from marra.flow.engine.limits import NobodyWaits, NotAResult
from marra.flow.engine.messages import Decide, Done, Message
from tests.flow import make
from tests.flow.make import FEEL

EXTENSION = 'xmlns:z="http://camunda.org/schema/zeebe/1.0"'


def mapped(kind, inputs="", outputs="", attributes=""):
    return (
        f'<startEvent id="s"/><{kind} id="t" {EXTENSION} {attributes}><extensionElements>'
        f"<z:ioMapping>{inputs}{outputs}</z:ioMapping></extensionElements></{kind}>"
        '<userTask id="after"/>'
    )


@FEEL
def test_results_are_kept_under_their_names_or_where_a_mapping_puts_them():
    plain = make.compiled(mapped("userTask"), "s>t", "t>after")
    state = make.do(plain, make.begun(plain)[0], "t", a=make.number(1), b=make.number(2))
    assert state.data == {"a": make.number(1), "b": make.number(2)}

    outputs = '<z:output source="= a" target="kept"/>'
    graph = make.compiled(mapped("userTask", outputs=outputs), "s>t", "t>after")
    state = make.do(graph, make.begun(graph)[0], "t", a=make.number(1), b=make.number(2))
    assert state.data == {"kept": make.number(1)}


@FEEL
def test_an_activity_is_given_what_its_mapping_says():
    inputs = '<z:input source="= name" target="who"/><z:input source="Tashkent" target="where"/>'
    graph = make.compiled(mapped("serviceTask", inputs), "s>t", "t>after")

    _, (call,) = make.begun(graph, {"name": "Ali"})

    assert call.inputs == {"who": "Ali", "where": "Tashkent"}


@FEEL
def test_the_standards_own_assignments_are_executed():
    body = (
        '<startEvent id="s"/><userTask id="t"><dataInputAssociation><assignment><from>name</from>'
        "<to>who</to></assignment></dataInputAssociation><dataOutputAssociation><assignment>"
        "<from>answer</from><to>kept</to></assignment></dataOutputAssociation></userTask>"
        '<userTask id="after"/>'
    )
    graph = make.compiled(body, "s>t", "t>after")
    state, (task,) = make.begun(graph, {"name": "Ali"})

    assert task.inputs == {"who": "Ali"}
    assert make.do(graph, state, "t", answer="yes").data == {"name": "Ali", "kept": "yes"}


def test_a_decision_is_asked_for_by_name_and_its_result_kept_as_one_value():
    body = (
        f'<startEvent id="s"/><businessRuleTask id="t" {EXTENSION}><extensionElements>'
        '<z:calledDecision decisionId="fee" resultVariable="due"/></extensionElements>'
        '</businessRuleTask><userTask id="after"/>'
    )
    graph = make.compiled(body, "s>t", "t>after")
    state, (asked,) = make.begun(graph)

    assert isinstance(asked, Decide)
    assert asked.node.does == "fee"
    state, _ = make.told(graph, state, Done(asked.id, {"sum": "5"}))
    assert state.data == {"due": {"sum": "5"}}


@FEEL
def test_a_script_in_feel_keeps_its_context_and_anything_else_is_refused():
    body = (
        '<startEvent id="s"/><scriptTask id="x" scriptFormat="FEEL"><script>%s</script>'
        '</scriptTask><userTask id="t"/>'
    )
    graph = make.compiled(body % "{b: a + 1}", "s>x", "x>t")
    assert make.begun(graph, {"a": make.number(1)})[0].data["b"] == 2

    graph = make.compiled(body % "a + 1", "s>x", "x>t")
    with pytest.raises(NotAResult, match="a context"):
        make.begun(graph, {"a": make.number(1)})


def test_the_standards_own_lists_feed_and_gather_rounds():
    body = (
        '<dataObject id="d1" name="people"/><dataObject id="d2" name="votes"/>'
        '<startEvent id="s"/><userTask id="t"><multiInstanceLoopCharacteristics>'
        "<loopDataInputRef>d1</loopDataInputRef><loopDataOutputRef>d2</loopDataOutputRef>"
        '<inputDataItem id="i1" name="person"/><outputDataItem id="o1" name="vote"/>'
        '</multiInstanceLoopCharacteristics></userTask><userTask id="after"/>'
    )
    graph = make.compiled(body, "s>t", "t>after")
    state, commands = make.begun(graph, {"people": ["Ali", "Bek"]})
    rounds = [each.data for each in state.scopes if each.data and "person" in each.data]
    assert [each["person"] for each in rounds] == ["Ali", "Bek"]

    for each, vote in zip(reversed(commands), ("no", "yes"), strict=True):
        state, _ = make.told(graph, state, Done(each.id, {"vote": vote}))

    assert state.data == {"people": ["Ali", "Bek"], "votes": ["yes", "no"]}


@FEEL
def test_a_message_finds_its_case_by_the_key_that_its_bringer_gives():
    beside = (
        f'<message id="m" name="Paid" {EXTENSION}><extensionElements>'
        '<z:subscription correlationKey="= invoice"/></extensionElements></message>'
    )
    body = '<startEvent id="s"/><receiveTask id="r" messageRef="m"/>'
    graph = make.compiled(body, "s>r", beside=beside)
    state, (waits,) = make.begun(graph, {"invoice": "A-1"})
    assert waits.key == ("A-1",)

    for wrong in (Message("Paid"), Message("Paid", key=("A-2",))):
        with pytest.raises(NobodyWaits):
            make.told(graph, state, wrong)
    assert not make.told(graph, state, Message("Paid", key=("A-1",)))[0].running
