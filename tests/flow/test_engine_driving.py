"""A case driven by answers, as a persona gives them, leaves a trace; a stand-in walks models."""

from datetime import timedelta

from marra.flow.engine.driving import Fails, drive, replies
from marra.flow.engine.messages import UserTask
from marra.flow.engine.walking import walk
from tests.flow import make
from tests.flow.make import NOON

BODY = (
    '<laneSet id="ls"><lane id="l1" name="Applicant"><flowNodeRef>apply</flowNodeRef></lane>'
    '<lane id="l2" name="Office"><flowNodeRef>check</flowNodeRef></lane></laneSet>'
    '<startEvent id="s"/><userTask id="apply"/><serviceTask id="check"/><endEvent id="e"/>'
    '<intermediateCatchEvent id="wait"><timerEventDefinition><timeDuration>P2D</timeDuration>'
    "</timerEventDefinition></intermediateCatchEvent>"
)
GRAPH = make.compiled(BODY, "s>apply", "apply>wait", "wait>check", "check>e")


def test_a_trace_says_element_kind_lane_and_time():
    run = drive(GRAPH, replies({"apply": {"name": "Ali"}, "check": {"ok": True}}), at=NOON)

    assert run.ended
    assert run.state.data == {"name": "Ali", "ok": True}
    assert [
        (each.element, each.kind, each.lane) for each in run.visits if each.what == "entered"
    ] == [
        ("s", "startEvent", ""),
        ("apply", "userTask", "Applicant"),
        ("wait", "intermediateCatchEvent", ""),
        ("check", "serviceTask", "Office"),
        ("e", "endEvent", ""),
    ]
    assert run.visits[-1].at == NOON + timedelta(days=2)
    assert [each.element for each in run.told if isinstance(each, UserTask)] == ["apply"]


def test_where_answers_end_the_run_stops_and_says_what_is_open():
    run = drive(GRAPH, replies({"apply": {}}), at=NOON)

    assert not run.ended
    assert [each.element for each in run.open] == ["check"]


def test_several_answers_are_given_in_turn_and_an_error_is_an_answer():
    body = (
        '<startEvent id="s"/><serviceTask id="t"/><endEvent id="e"/>'
        '<boundaryEvent id="b" attachedToRef="t"><errorEventDefinition/></boundaryEvent>'
    )
    graph = make.compiled(body, "s>t", "t>e", "b>t")

    run = drive(graph, replies({"t": [Fails("E1"), Fails("E2"), {"done": True}]}), at=NOON)

    assert run.ended
    assert [each.element for each in run.visits].count("b") == 2


def test_a_stand_in_reaches_both_sides_of_every_choice_and_names_what_it_cannot():
    body = (
        '<startEvent id="s"/><exclusiveGateway id="x"/><userTask id="a"/><userTask id="b"/>'
        '<boundaryEvent id="late" attachedToRef="a"><timerEventDefinition><timeDate>${when}'
        '</timeDate></timerEventDefinition></boundaryEvent><task id="island"/>'
    )
    walked = walk(make.compiled(body, "s>x", "x>a:${yes}", "x>b:${no}", "late>b"), at=NOON)

    assert [each.id for each in walked.unreached] == ["island"]
    assert walked.ended == len(walked.runs)
