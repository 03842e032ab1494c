"""Personas run through a bundle, and the level is read off what they did."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.flow.automation import Level
from marra.portal.rules.running import proven, ready, tried

NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"

FORM = {
    "schema": {
        "type": "object",
        "properties": {
            "full_name": {"type": "string", "minLength": 1},
            "children": {"type": "integer", "minimum": 0},
        },
        "required": ["full_name", "children"],
    },
    "ui": {
        "pages": [{"id": "who", "title": "Siz", "fields": ["full_name", "children"]}],
        "fields": {
            "full_name": {"label": "Ism", "prefill": "citizens.full_name"},
            "children": {"label": "Farzandlar"},
        },
    },
}
DMN = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="n" name="n">
<inputData id="i" name="children"><variable name="children" typeRef="number"/></inputData>
<decision id="d" name="granted"><variable name="granted"/><informationRequirement>
<requiredInput href="#i"/></informationRequirement><literalExpression><text>children &gt; 0</text>
</literalExpression></decision></definitions>"""

TASKS = {
    "apply": ("userTask", 'form:formKey="apply"', "applicant"),
    "find": ("serviceTask", 'form:topic="look-up"', "system"),
    "rule": ("businessRuleTask", 'form:decisionRef="grant"', "system"),
    "issue": ("serviceTask", 'form:topic="issue"', "system"),
    "hand": ("userTask", "", "authority"),
    "extra": ("manualTask", "", "authority"),
    "sly": ("userTask", "", "system"),
    "pay": ("userTask", 'form:topic="pay"', "applicant"),
}


def process(names, prefix=""):
    nodes = ["s", *names, "e"]
    lanes = "".join(
        f'<lane id="l-{lane}" name="{lane}">'
        + "".join(f"<flowNodeRef>{prefix}{n}</flowNodeRef>" for n in names if TASKS[n][2] == lane)
        + "</lane>"
        for lane in ("applicant", "authority", "system")
    )
    tasks = "".join(f'<{TASKS[n][0]} id="{prefix}{n}" {TASKS[n][1]}/>' for n in names)
    flows = "".join(
        f'<sequenceFlow id="{prefix}f{i}" sourceRef="{prefix}{a}" targetRef="{prefix}{b}"/>'
        for i, (a, b) in enumerate(pairwise(nodes))
    )
    return (
        f'<definitions xmlns="{BPMN}" xmlns:form="urn:f" targetNamespace="t">'
        f'<process id="{prefix}p" isExecutable="true"><laneSet id="ls">{lanes}</laneSet>'
        f'<startEvent id="{prefix}s"/>{tasks}<endEvent id="{prefix}e"/>{flows}'
        "</process></definitions>"
    )


def bundle(names, prefix="", **persona):
    given = {
        "name": "Anora",
        "answers": {"children": 2},
        "registers": {"citizens": {"full_name": "Anora"}},
        "replies": {
            f"{prefix}hand": {"granted": True},
            f"{prefix}sly": {"granted": True},
            f"{prefix}extra": {},
        },
        **persona,
    }
    return {
        "forms": {"apply": FORM},
        "bpmn": process(names, prefix),
        "dmn": {"grant": DMN},
        "personas": [given],
    }


def level_of(document):
    return proven(ready(document), at=NOON).level


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["apply", "hand"], Level.TRACKED),
        (["apply", "hand", "issue"], Level.PREFILLED),
        (["apply", "find", "rule", "issue"], Level.STRAIGHT),
        (["apply", "find", "rule", "pay", "issue"], Level.STRAIGHT),
        (["apply", "find", "rule", "hand", "issue"], Level.PREFILLED),
        (["apply", "find", "rule", "sly", "issue"], Level.PREFILLED),
        (["hand"], Level.NOTHING),
    ],
)
def test_the_level_is_read_off_the_runs(names, wanted):
    assert level_of(bundle(names)) is wanted


ORDERS = st.lists(st.sampled_from([*TASKS]), max_size=6, unique=True)


@given(ORDERS, st.integers(0, 6))
def test_adding_a_manual_task_never_raises_the_level(names, at):
    names = [each for each in names if each != "extra"]
    slower = [*names[:at], "extra", *names[at:]]

    assert level_of(bundle(slower)) <= level_of(bundle(names))


@given(ORDERS)
def test_renaming_changes_nothing(names):
    assert level_of(bundle(names)) is level_of(bundle(names, prefix="x-"))


def test_an_automatic_branch_that_nobody_reaches_does_not_count():
    by_hand = bundle(["apply", "hand", "issue"])
    aside = '<serviceTask id="a"/><businessRuleTask id="b" form:decisionRef="grant"/>'
    drawn = {**by_hand, "bpmn": by_hand["bpmn"].replace("<startEvent", f"{aside}<startEvent", 1)}

    assert level_of(drawn) == level_of(by_hand) == Level.PREFILLED


def test_a_persona_that_stops_on_the_way_proves_nothing_and_says_where():
    stuck = ready(bundle(["apply", "hand"], replies={}))

    assert proven(stuck, at=NOON).level is None
    assert tried(stuck, at=NOON)[0].findings[0].facts["element"] == "hand"


def test_a_persona_whose_answers_are_refused_says_why():
    wrong = ready(bundle(["apply", "hand"], answers={"children": -1}))

    assert tried(wrong, at=NOON)[0].findings[0].column == "children"


def test_a_persona_may_be_expected_to_be_refused():
    refused = bundle(
        ["apply", "find", "rule", "issue"], answers={"children": 0}, expects="refused"
    )

    assert tried(ready(refused), at=NOON)[0].run.granted is False
    assert (
        level_of({**refused, "personas": [{**refused["personas"][0], "expects": "granted"}]})
        is None
    )


@pytest.mark.parametrize(
    ("part", "value", "place"),
    [
        ("forms", {"apply": {}}, "forms.apply.schema"),
        ("personas", [5], "personas[0]"),
        ("personas", [{"name": "x", "answers": []}], "personas[0]"),
        ("dmn", {"grant": DMN.replace("&gt; 0", "&gt;")}, "dmn.grant"),
        ("bpmn", "<a/>", "bpmn"),
    ],
)
def test_a_fault_is_told_with_its_part(part, value, place):
    found = ready({**bundle(["apply"]), part: value})

    assert place in {*(each.column for each in found.findings), *(e.sheet for e in found.findings)}
    assert proven(found, at=NOON).level is None
