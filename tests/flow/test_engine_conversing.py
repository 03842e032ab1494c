"""Pools of a collaboration run together over their message flows."""

from datetime import timedelta

from marra.flow.bpmn import read
from marra.flow.engine.conversing import converse
from marra.flow.engine.driving import replies
from tests.flow import make
from tests.flow.make import NOON

CITIZEN = make.process(
    '<startEvent id="s"/><sendTask id="ask"/><receiveTask id="hear"/><endEvent id="e"/>',
    "s>ask", "ask>hear", "hear>e", name="citizen",
)  # fmt: skip
OFFICE = (
    '<process id="office">'
    + make.event("startEvent", "got", "message")
    + '<userTask id="decide"/>'
    + make.event("endEvent", "tell", "message")
    + '<sequenceFlow id="o1" sourceRef="got" targetRef="decide"/>'
    '<sequenceFlow id="o2" sourceRef="decide" targetRef="tell"/></process>'
)
TALK = (
    '<collaboration id="c"><participant id="a" name="Citizen" processRef="citizen"/>'
    '<participant id="b" name="Office" processRef="office"/><participant id="z" name="Bank"/>'
    '<messageFlow id="m1" sourceRef="ask" targetRef="got"/>'
    '<messageFlow id="m2" sourceRef="tell" targetRef="hear"/>'
    '<messageFlow id="m3" sourceRef="ask" targetRef="z"/></collaboration>'
)
FILE = read(make.file(TALK + CITIZEN + OFFICE))


def test_one_pool_begins_the_other_and_hears_its_answer():
    talk = converse(FILE, replies({"decide": {}}), at=NOON, first="citizen")

    assert {name: each.state.status for name, each in talk.traces.items()} == {
        "citizen": "ended", "office": "ended",
    }  # fmt: skip
    assert talk.unread == ()
    assert {each.lane for each in talk.traces["office"].visits} == {"Office"}


def test_without_an_answer_both_wait_and_say_for_what():
    talk = converse(FILE, replies({}), at=NOON, first="citizen")

    assert [each.element for each in talk.traces["citizen"].open] == ["hear"]
    assert [each.element for each in talk.traces["office"].open] == ["decide"]


def test_time_passes_in_all_pools_when_nothing_else_can_happen():
    late = (
        '<process id="office">'
        + make.event("startEvent", "got", "message")
        + '<intermediateCatchEvent id="wait"><timerEventDefinition>'
        "<timeDuration>P3D</timeDuration></timerEventDefinition></intermediateCatchEvent>"
        + make.event("endEvent", "tell", "message")
        + '<sequenceFlow id="o1" sourceRef="got" targetRef="wait"/>'
        '<sequenceFlow id="o2" sourceRef="wait" targetRef="tell"/></process>'
    )

    talk = converse(read(make.file(TALK + CITIZEN + late)), replies({}), at=NOON, first="citizen")

    assert talk.traces["citizen"].ended
    assert talk.traces["citizen"].visits[-1].at == NOON + timedelta(days=3)
