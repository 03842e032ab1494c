"""BPMN files: read whole, written back without loss, refused cleanly where they are hostile."""

import os
from pathlib import Path

import pytest

from marra.flow.bpmn import NotBpmn, read, write
from marra.flow.bpmn.likeness import lost, same
from marra.flow.engine.compiling import Broken
from marra.flow.xml import NotXml, TooMuchXml, TypesDeclared
from tests.flow import make

LANES = """
<process id="p"><laneSet id="l"><lane id="a" name="Applicant"><flowNodeRef>ask</flowNodeRef></lane>
<lane id="b" name="Office"><flowNodeRef>sub</flowNodeRef><childLaneSet id="c">
<lane id="d" name="Chief"><flowNodeRef>sign</flowNodeRef></lane></childLaneSet></lane></laneSet>
<userTask id="ask"/><userTask id="sign"/><subProcess id="sub"><userTask id="deep"/></subProcess>
</process>"""


def models():
    folder = os.environ.get("MARRA_REFERENCE_DATA")
    return sorted((Path(folder) / "portal" / "bpmn-miwg").glob("*.bpmn")) if folder else []


def test_reference_models_are_there():
    if not models():
        pytest.skip("MARRA_REFERENCE_DATA is not set: no reference model was read")
    assert len(models()) >= 14


@pytest.mark.parametrize("path", models(), ids=lambda path: path.stem)
def test_a_reference_model_is_written_back_without_loss(path):
    xml = path.read_bytes()

    again = write(read(xml))

    assert lost(xml, again) == ()
    assert same(xml, again)
    assert write(read(again)) == again


def test_prefixes_comments_instructions_and_foreign_parts_are_kept():
    xml = make.file(
        '<?tool keep="1"?><!-- why --><process id="p" xmlns:x="urn:x" x:y="1"><extensionElements>'
        '<x:a b="c">text<x:d xmlns=""/>tail</x:a></extensionElements></process>'
    )

    assert same(xml, write(read(xml)))


def test_what_is_lost_is_named():
    xml = make.file('<process id="p"><userTask id="t" name="Ask"/></process>')

    missing = lost(xml, xml.replace(b' name="Ask"', b""))

    assert len(missing) == 1
    assert missing[0].endswith("@name=Ask")


def test_lanes_say_who_acts_and_the_inner_lane_prevails():
    (process,) = read(make.file(LANES)).processes

    assert {each.id: each.lane for each in process.nodes} == {
        "ask": "Applicant", "sign": "Chief", "sub": "Office", "deep": "Office",
    }  # fmt: skip


def test_references_are_followed_to_names_whatever_their_prefix():
    xml = make.file(
        '<process id="p"><receiveTask id="r" messageRef="tns:m"/></process>',
        beside='<message id="m" name="Paid"/>',
    )

    (node,) = read(xml).processes[0].nodes

    assert node.message == "Paid"


def test_properties_of_extensions_and_what_a_task_does_are_read():
    xml = make.file(
        '<process id="p"><serviceTask id="t" xmlns:c="urn:c"><extensionElements><c:properties>'
        '<c:property name="register" value="civil"/></c:properties></extensionElements>'
        '</serviceTask><businessRuleTask id="b" xmlns:z="http://camunda.org/schema/zeebe/1.0">'
        '<extensionElements><z:calledDecision decisionId="fee" resultVariable="due"/>'
        "</extensionElements></businessRuleTask></process>"
    )

    one, other = read(xml).processes[0].nodes

    assert one.properties == (("register", "civil"),)
    assert (other.does, other.stores_as) == ("fee", "due")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('<task id="a"/><task id="a"/>', "given 2 times"),
        ('<task id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/>', "refers to “b”"),
        ('<boundaryEvent id="b" attachedToRef="x"/>', "refers to “x”"),
        (make.event("endEvent", "e", "timer"), "throws what only happens"),
    ],
)
def test_a_process_that_cannot_run_as_drawn_is_loaded_and_not_compiled(body, why):
    definitions = read(make.file(make.process(body)))

    assert any(each.refuses for each in definitions.problems)
    with pytest.raises(Broken, match=why):
        make.graph(definitions)


def test_a_file_that_is_not_bpmn_is_refused():
    with pytest.raises(NotBpmn, match="html"):
        read(b"<html/>")


def test_broken_xml_is_refused_with_its_line():
    with pytest.raises(NotXml, match="Line 3"):
        read(b"<a>\n<b>\n</c>\n</a>")


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!-- --><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(
            "utf-16"
        ),
    ],
)
def test_entities_are_refused_before_they_expand(xml):
    with pytest.raises(TypesDeclared):
        read(xml)


def test_a_bomb_is_refused():
    entities = "".join(f'<!ENTITY e{each} "{f"&e{each - 1};" * 10}">' for each in range(1, 12))
    with pytest.raises(TypesDeclared):
        read(f'<!DOCTYPE a [<!ENTITY e0 "ha">{entities}]><a>&e11;</a>'.encode())


@pytest.mark.parametrize(
    "xml",
    [
        b"<a>" * 300 + b"</a>" * 300,
        b"<a>" + b"<b/>" * 300_000 + b"</a>",
        b"<a>" + b" " * 10_000_000 + b"</a>",
    ],
    ids=["deep", "many", "large"],
)
def test_what_is_too_much_is_refused(xml):
    with pytest.raises((TooMuchXml, NotXml)):
        read(xml)


@pytest.mark.parametrize("xml", [b"", b"\x00\x01", b"<a", "не XML".encode(), b"\xff\xfe<"])
def test_noise_is_refused(xml):
    with pytest.raises(NotXml):
        read(xml)
