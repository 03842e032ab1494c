"""The twelve services that came along: complete, measured, and measured by what really runs."""

import copy
import re
from datetime import UTC, datetime

import pytest
from lxml import etree

from marra.flow import bpmn
from marra.flow.automation import Level
from marra.portal.rules import checking
from marra.portal.rules.bundles import canonical
from marra.portal.rules.checking import check
from marra.portal.rules.discounts import TABLE
from marra.portal.rules.levels import told
from marra.portal.rules.running import proven, ready
from marra.portal.rules.shipped import FeeUnread, UnknownWord, said, shipped

NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
SPACE = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DRAWN = "{http://www.omg.org/spec/BPMN/20100524/DI}"
LEVELS = {
    "archive-extract": 1,
    "tree-felling-permit": 2,
    "business-licence": 3,
    "appeal": 3,
    "birth-certificate": 4,
    "kindergarten-queue": 4,
    "residence-certificate": 4,
    "social-benefit": 4,
    "sole-trader": 4,
    "vehicle-plate": 4,
    "child-benefit": 5,
    "newborn": 4,
}
OWN = [name for name in LEVELS if name != "newborn"]
REFERENCES = {
    "id", "sourceRef", "targetRef", "attachedToRef", "default", "bpmnElement", "processRef",
    "errorRef", "messageRef",
}  # fmt: skip


def level_of(document):
    return proven(ready(document), at=NOON).level


def bundle(name):
    return copy.deepcopy(dict(shipped()[name].folder.bundle))


def tree(document):
    return etree.fromstring(document["bpmn"].encode())


def with_tree(document, root):
    return {**document, "bpmn": etree.tostring(root, encoding="unicode")}


@pytest.mark.parametrize("name", LEVELS)
def test_each_has_the_level_it_is_there_to_show(name):
    found = told(shipped()[name].document, at=NOON).verdict

    assert found.level == LEVELS[name]
    assert found.why or found.level is Level.PROACTIVE


@pytest.mark.parametrize("name", OWN)
def test_nothing_is_wrong_with_it_and_its_personas_see_every_outcome(name):
    found = check(shipped()[name].document, at=NOON)

    assert found.faults == ()
    assert len(found.stories) >= 3
    assert {each.outcome for each in found.stories} == {"granted", "refused"}


@pytest.mark.parametrize("name", OWN)
def test_its_personas_come_to_every_element(name):
    document = bundle(name)
    came = {
        step.partition(" ")[0] for story in check(document, at=NOON).stories for step in story.way
    }
    nodes = {node.id for process in bpmn.read(document["bpmn"].encode()).processes
             for node in process.nodes}  # fmt: skip

    assert nodes - came == set()


@pytest.mark.parametrize("name", OWN)
def test_a_modeler_can_draw_it_and_nothing_stands_on_anything_else(name):
    root = tree(bundle(name))
    shapes = {each.get("bpmnElement"): [float(v) for v in each[0].attrib.values()]
              for each in root.iter(f"{DRAWN}BPMNShape")}  # fmt: skip
    edges = {each.get("bpmnElement") for each in root.iter(f"{DRAWN}BPMNEdge")}
    process = root.find(f"{SPACE}process")
    nodes = [n for n in process if n.get("id") in shapes and n.tag != f"{SPACE}boundaryEvent"]
    ids = [each.get("id") for each in nodes if not each.tag.endswith("laneSet")]

    assert {each.get("id") for each in process.iter(f"{SPACE}sequenceFlow")} == edges
    for number, one in enumerate(ids):
        for other in ids[:number]:
            assert not overlap(shapes[one], shapes[other]), (one, other)
    long, tall = shapes["pool"][2:]
    assert all(x + w <= long and y + h <= tall for x, y, w, h in shapes.values())


def overlap(one, other):
    (x, y, w, h), (a, b, c, d) = one, other
    return x < a + c and a < x + w and y < b + d and b < y + h


def test_they_say_that_they_are_made_up_and_count_fees_in_multiples_alone():
    for each in shipped().values():
        about = said(each.folder.about)
        assert "(namuna)" in about["names"]["uz"]
        assert {"uz", "ru", "en"} <= about["about"].keys()
        assert about["openings"][0].channel == "mobile"
        assert about["legal"][0]["title"].startswith("Namuna")
        assert not re.search(r"soʻm|сум", str(each.folder.about))


def test_the_discounts_are_those_of_the_decree():
    discounted = [n for n in OWN if "discount" in shipped()[n].folder.bundle["dmn"]]

    assert discounted == ["social-benefit", "vehicle-plate"]
    older = TABLE.replace("20230324", "20191111")  # DMN 1.3, which dmn.io opens
    assert all(shipped()[n].folder.bundle["dmn"]["discount"] == older for n in discounted)


def test_one_of_them_speaks_karakalpak():
    form = ready(bundle("residence-certificate")).forms["apply"]

    assert all(page.title.kaa for page in form.pages)
    assert all(field.label.kaa for field in form.fields.values())


def test_every_text_of_every_form_is_in_four_languages():
    for name in OWN:
        for form in ready(bundle(name)).forms.values():
            texts = [page.title for page in form.pages] + [
                each
                for field in form.fields.values()
                for each in (field.label, field.hint)
                if each
            ]
            assert [each for each in texts if each.missing()] == []


@pytest.mark.parametrize("name", OWN)
def test_a_manual_task_of_an_authority_anywhere_never_raises_the_level(name):
    document, before = bundle(name), LEVELS[name]
    for persona in document["personas"]:
        persona.setdefault("replies", {})["extra"] = {}
    flows = len(list(tree(document).iter(f"{SPACE}sequenceFlow")))
    lowered = 0
    for number in range(flows):
        reached = level_of(with_tree(document, slowed(tree(document), number)))
        assert reached is not None
        assert reached <= before
        lowered += reached < before

    assert lowered or before < Level.STRAIGHT


def slowed(root, number):
    """The process with a task of an authority on the way of a flow."""
    process = root.find(f"{SPACE}process")
    flow = list(process.iter(f"{SPACE}sequenceFlow"))[number]
    etree.SubElement(process, f"{SPACE}manualTask", id="extra")
    after = etree.SubElement(process, f"{SPACE}sequenceFlow", id="onward", sourceRef="extra")
    after.set("targetRef", flow.get("targetRef"))
    flow.set("targetRef", "extra")
    lane = next(e for e in process.iter(f"{SPACE}lane") if e.get("name") == "authority")
    etree.SubElement(lane, f"{SPACE}flowNodeRef").text = "extra"
    return root


@pytest.mark.parametrize(
    ("name", "task"),
    [("archive-extract", "hand-over"), ("tree-felling-permit", "paper"), ("appeal", "answer")],
)
def test_a_task_of_an_authority_less_never_lowers_the_level(name, task):
    document = bundle(name)
    root = tree(document)
    process = root.find(f"{SPACE}process")
    flows = list(process.iter(f"{SPACE}sequenceFlow"))
    leaving = next(each for each in flows if each.get("sourceRef") == task)
    for each in flows:
        if each.get("targetRef") == task:
            each.set("targetRef", leaving.get("targetRef"))
    border = [e.get("id") for e in process if e.get("attachedToRef") == task]
    for each in list(process):
        if each.get("id") in (task, *border) or each.get("sourceRef") in (task, *border):
            process.remove(each)
    for each in list(process.iter(f"{SPACE}flowNodeRef")):
        if each.text in (task, *border):
            each.getparent().remove(each)

    assert level_of(with_tree(document, root)) >= LEVELS[name]


@pytest.mark.parametrize("name", OWN)
def test_other_ids_change_nothing(name):
    document = bundle(name)
    for persona in document["personas"]:
        replies = persona.get("replies", {})
        persona["replies"] = {f"x-{key}": value for key, value in replies.items()}
        persona["start"] = f"x-{persona['start']}" if "start" in persona else ""

    assert level_of(with_tree(document, renamed(tree(document)))) == LEVELS[name]


def renamed(root):
    """The process with another id wherever there is one."""
    for each in root.iter():
        for attribute in REFERENCES.intersection(each.keys()):
            each.set(attribute, f"x-{each.get(attribute)}")
        if each.tag == f"{SPACE}flowNodeRef":
            each.text = f"x-{each.text}"
    return root


ASIDE = """<aside xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
xmlns:marra="urn:marra:service">
<exclusiveGateway id="aside" default="straight"/>
<businessRuleTask id="rule-aside" marra:decisionRef="aside"/>
<serviceTask id="issue-aside" marra:topic="issue"/><endEvent id="end-aside"/>
<sequenceFlow id="straight" sourceRef="aside" targetRef="?"/>
<sequenceFlow id="a" sourceRef="aside" targetRef="rule-aside">
<conditionExpression>1 = 2</conditionExpression></sequenceFlow>
<sequenceFlow id="b" sourceRef="rule-aside" targetRef="issue-aside"/>
<sequenceFlow id="c" sourceRef="issue-aside" targetRef="end-aside"/></aside>"""


@pytest.mark.parametrize("name", [name for name in OWN if LEVELS[name] < Level.STRAIGHT])
def test_an_automatic_branch_that_nobody_comes_to_does_not_count(name):
    document, table = bundle(name), bundle("sole-trader")["dmn"]["granted"]
    document["dmn"]["aside"] = table
    root = tree(document)
    process = root.find(f"{SPACE}process")
    flow = next(e for e in process.iter(f"{SPACE}sequenceFlow") if e.get("sourceRef") == "apply")
    process.extend(etree.fromstring(ASIDE.replace("?", flow.get("targetRef"))))
    flow.set("targetRef", "aside")

    assert check(with_tree(document, root), at=NOON).refusing == ()
    assert level_of(with_tree(document, root)) == LEVELS[name]


def test_a_composite_one_falls_with_its_lowest_part():
    document = copy.deepcopy(dict(shipped()["newborn"].document))
    document["parts"]["birth-certificate"] = bundle("archive-extract")

    assert told(document, at=NOON).verdict.level == Level.FORM


def test_a_composite_one_with_an_unproven_part_is_unproven():
    document = copy.deepcopy(dict(shipped()["newborn"].document))
    document["parts"]["child-benefit"]["personas"] = []

    assert told(document, at=NOON).verdict.level is None


@pytest.mark.parametrize(
    "document",
    [{"parts": {}}, {"parts": []}, {"parts": {"a": {"parts": {}}}}, {"parts": {"a": {}}, "x": 1}],
)
def test_what_is_no_composite_definition_is_refused(document):
    with pytest.raises(checking.WrongParts):
        told(document, at=NOON)


def test_what_a_file_says_beyond_the_catalogue_is_refused():
    with pytest.raises(UnknownWord):
        said({"price": 3})
    with pytest.raises(FeeUnread):
        said({"fees": [{"least": "gratis", "most": "1"}]})


def test_a_case_of_each_stays_small():
    assert max(len(canonical(each.folder.bundle)) for each in shipped().values()) < 40_000
