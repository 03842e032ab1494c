"""Decision models: tables of every hit policy, boxed expressions, the judge of the standard."""

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from marra.__main__ import marra
from marra.flow.dmn import NoSuchDecision, NotDmn, read
from marra.flow.xml import NotXml, TypesDeclared

REFERENCE = Path(os.environ.get("MARRA_REFERENCE_DATA", "absent")) / "portal" / "dmn-tck"

HEAD = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:a" name="a">'
)


ABSENT = f'{HEAD}<import namespace="urn:x" importType="DMN" name="x"/></definitions>'.encode()


def model(body: str):
    return read(f"{HEAD}{body}</definitions>".encode())


def table(policy: str, rules: list[tuple[str, str]], more: str = "", values: str = "") -> str:
    rows = "".join(
        f"<rule><inputEntry><text><![CDATA[{test}]]></text></inputEntry>"
        f"<outputEntry><text>{says}</text></outputEntry></rule>"
        for test, says in rules
    )
    listed = f"<outputValues><text>{values}</text></outputValues>" if values else ""
    return (
        '<inputData id="i" name="age"><variable name="age" typeRef="number"/></inputData>'
        '<decision id="d" name="fee"><variable name="fee"/>'
        '<informationRequirement><requiredInput href="#i"/></informationRequirement>'
        f'<decisionTable hitPolicy="{policy}" {more}>'
        "<input><inputExpression><text>age</text></inputExpression></input>"
        f'<output name="fee">{listed}</output>{rows}</decisionTable></decision>'
    )


RULES = [("< 18", "1"), (">= 10", "2"), (">= 60", "3")]


@pytest.mark.parametrize(
    ("policy", "more", "age", "wanted"),
    [
        ("UNIQUE", "", 5, 1),
        ("UNIQUE", "", 12, None),
        ("FIRST", "", 12, 1),
        ("ANY", "", 12, None),
        ("PRIORITY", "", 12, 2),
        ("OUTPUT ORDER", "", 12, [2, 1]),
        ("RULE ORDER", "", 70, [2, 3]),
        ("COLLECT", "", 12, [1, 2]),
        ("COLLECT", 'aggregation="SUM"', 70, 5),
        ("COLLECT", 'aggregation="MIN"', 70, 2),
        ("COLLECT", 'aggregation="MAX"', 70, 3),
        ("COLLECT", 'aggregation="COUNT"', 70, 2),
    ],
)
def test_hits_say_together_what_their_policy_says(policy, more, age, wanted):
    found = model(table(policy, RULES, more, values="3, 2, 1")).decide("fee", {"age": age})

    assert found == wanted


def test_what_nobody_decided_is_nothing():
    assert model(table("UNIQUE", [("< 18", "1")])).decide("fee", {"age": 40}) is None
    assert model(table("UNIQUE", [("< 18", "1")])).decide("fee", {}) is None


def test_an_input_of_another_type_is_nothing():
    assert model(table("UNIQUE", [("null", "0")])).decide("fee", {"age": "old"}) == 0


def test_a_decision_sees_only_what_it_requires():
    body = (
        '<decision id="a" name="a"><variable name="a"/><literalExpression><text>5</text>'
        "</literalExpression></decision>"
        '<decision id="b" name="b"><variable name="b"/><literalExpression><text>a</text>'
        "</literalExpression></decision>"
    )

    assert model(body).decide("a", {}) == 5
    assert model(body).decide("b", {}) is None


def test_knowledge_is_invoked_by_name():
    body = (
        '<businessKnowledgeModel id="k" name="twice"><encapsulatedLogic>'
        '<formalParameter name="n" typeRef="number"/><literalExpression><text>n * 2</text>'
        "</literalExpression></encapsulatedLogic></businessKnowledgeModel>"
        '<decision id="d" name="d"><variable name="d" typeRef="number"/>'
        '<knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>'
        "<invocation><literalExpression><text>twice</text></literalExpression><binding>"
        '<parameter name="n"/><literalExpression><text>21</text></literalExpression></binding>'
        "</invocation></decision>"
    )

    assert model(body).decide("d", {}) == Decimal(42)


def test_decisions_that_need_each_other_are_stopped():
    both = "".join(
        f'<decision id="{one}" name="{one}"><variable name="{one}"/><informationRequirement>'
        f'<requiredDecision href="#{other}"/></informationRequirement>'
        f"<literalExpression><text>{other}</text></literalExpression></decision>"
        for one, other in ("ab", "ba")
    )

    with pytest.raises(Exception, match="stopped"):
        model(both).decide("a", {})


def test_an_expression_that_is_none_is_told_with_its_line():
    body = table("UNIQUE", [("< < 5", "1")])

    found = model(body)

    assert "inputEntry" in str(found.faults[0])


@pytest.mark.parametrize(
    ("xml", "refusal"),
    [
        (b"no xml", NotXml),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", TypesDeclared),
        (b"<a/>", NotDmn),
        (ABSENT, NotDmn),
    ],
)
def test_what_is_no_model_is_refused(xml, refusal):
    with pytest.raises(refusal):
        read(xml)


def test_an_unknown_decision_is_refused_with_those_there_are():
    with pytest.raises(NoSuchDecision, match="fee"):
        model(table("UNIQUE", RULES)).decide("tax", {})


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the kit's cases are not beside the checkout")
def test_the_judge_of_the_standard_is_satisfied():
    done = CliRunner().invoke(marra, ["flow", "tck", str(REFERENCE), "--json"])
    found = json.loads(done.stdout)

    assert found["level_2"]["failed"] == 0
    assert found["level_3"]["passed"] >= 0.98 * found["level_3"]["total"]
