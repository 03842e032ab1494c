"""A small service that uses all that casework does: a look-up, a fee, a task, a result."""

from copy import deepcopy
from itertools import pairwise
from typing import Any, Final

XMLNS: Final = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:marra="urn:marra" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:t"'
)
FORM: Final[dict[str, Any]] = {
    "schema": {
        "type": "object",
        "properties": {
            "full_name": {"type": "string", "minLength": 1, "maxLength": 200},
            "copies": {"type": "integer", "minimum": 1, "maximum": 9},
            "abroad": {"type": "boolean"},
            "country": {"type": "string", "minLength": 2, "maxLength": 60},
        },
        "required": ["full_name", "copies", "abroad", "country"],
    },
    "ui": {
        "pages": [
            {"id": "who", "title": {"uz": "Siz", "en": "You"}, "fields": ["full_name"]},
            {"id": "copies", "title": {"uz": "Nusxa", "en": "Copies"}, "fields": ["copies"]},
            {"id": "abroad", "title": {"uz": "Chet el", "en": "Abroad"}, "fields": ["abroad"]},
            {
                "id": "country",
                "title": {"uz": "Davlat", "en": "Country"},
                "fields": ["country"],
                "when": "abroad",
            },
        ],
        "fields": {
            "full_name": {
                "label": {"uz": "Ism", "en": "Full name"},
                "prefill": "citizens.full_name",
            },
            "copies": {"label": {"uz": "Nechta nusxa?", "en": "How many copies?"}},
            "abroad": {"label": {"uz": "Chet el uchunmi?", "en": "For use abroad?"}},
            "country": {"label": {"uz": "Qaysi davlat?", "en": "Which country?"}},
        },
    },
}
DMN: Final = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="fee" \
namespace="urn:fee">
<inputData id="i" name="copies"><variable name="copies" typeRef="number"/></inputData>
<decision id="f" name="fee"><variable name="fee" typeRef="number"/>
<informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
<literalExpression id="l"><text>copies * 0.1</text></literalExpression></decision>
</definitions>"""
TASKS: Final = {
    "lookup": '<serviceTask id="lookup" name="Reyestr" marra:topic="look-up"/>',
    "apply": '<userTask id="apply" name="Ariza" marra:formKey="apply"/>',
    "fee": '<businessRuleTask id="fee" name="Toʻlov" marra:decisionRef="fee"/>',
    "pay": '<userTask id="pay" name="Toʻlash" marra:topic="pay"/>',
    "check": '<userTask id="check" name="Tekshirish"/>',
    "decide": '<userTask id="decide" name="Qaror"/>',
    "pause": '<intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration>P2D'
    "</timeDuration></timerEventDefinition></intermediateCatchEvent>",
    "issue": '<serviceTask id="issue" name="Natija" marra:topic="issue"/>',
}
OF_APPLICANT: Final = ("start", "apply", "pay", "granted")
OF_AUTHORITY: Final = ("check", "decide", "gate", "refused")


def drawn(*steps: str) -> str:
    """A process of these steps: a line to the decision, and what follows it."""
    named = ["start", *steps]
    before = [each for each in named if each != "issue"]
    parts = ['<startEvent id="start"/>', *(TASKS[each] for each in steps)]
    flows = list(pairwise(before))
    if "decide" in steps:
        parts += ['<exclusiveGateway id="gate" default="no"/>', '<endEvent id="refused"/>']
        flows += [("decide", "gate")]
    last = "gate" if "decide" in steps else before[-1]
    chain = [last, *(["issue"] if "issue" in steps else []), "granted"]
    lines = [f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
             for n, (a, b) in enumerate(flows)]  # fmt: skip
    for n, (a, b) in enumerate(pairwise(chain)):
        said = (
            '<conditionExpression xsi:type="tFormalExpression">granted = true'
            "</conditionExpression>"
            if a == "gate"
            else ""
        )
        lines.append(f'<sequenceFlow id="g{n}" sourceRef="{a}" targetRef="{b}">{said}'
                     "</sequenceFlow>")  # fmt: skip
    if "decide" in steps:
        lines.append('<sequenceFlow id="no" sourceRef="gate" targetRef="refused"/>')
    inside = [*named, "granted", *(["gate", "refused"] if "decide" in steps else [])]
    return (
        f'<definitions {XMLNS}><process id="p" isExecutable="true"><laneSet id="ls">'
        f"{_lane('applicant', [e for e in inside if e in OF_APPLICANT])}"
        f"{_lane('authority', [e for e in inside if e in OF_AUTHORITY])}"
        f"{_lane('system', [e for e in inside if e not in OF_APPLICANT + OF_AUTHORITY])}"
        f'</laneSet>{"".join(parts)}<endEvent id="granted"/>{"".join(lines)}'
        "</process></definitions>"
    )


def _lane(name: str, nodes: list[str]) -> str:
    inside = "".join(f"<flowNodeRef>{each}</flowNodeRef>" for each in nodes)
    return f'<lane id="lane-{name}" name="{name}">{inside}</lane>'


def bundle(*steps: str) -> dict[str, Any]:
    """A bundle of that process."""
    return {
        "forms": {"apply": FORM},
        "bpmn": drawn(*steps),
        "dmn": {"fee": DMN},
        "personas": [
            {
                "name": "Anora",
                "answers": ANSWERS,
                "registers": {"citizens": {"full_name": "Anora Karimova"}},
                "replies": {"check": {}, "decide": {"granted": True}},
            }
        ],
    }


ANSWERS: Final = {"full_name": "Anora Karimova", "copies": 2, "abroad": False}
PLAIN: Final = ("apply", "decide", "issue")
WHOLE: Final = ("lookup", "apply", "fee", "pay", "check", "decide", "issue")


def with_file(*steps: str) -> dict[str, Any]:
    """The same, its form with a page that asks for a file."""
    made = deepcopy(bundle(*steps))
    form = made["forms"]["apply"]
    form["schema"]["properties"]["scan"] = {"type": "string", "minLength": 1, "maxLength": 80}
    form["schema"]["required"].append("scan")
    form["ui"]["pages"].append({"id": "scan", "title": {"uz": "Nusxa"}, "fields": ["scan"]})
    form["ui"]["fields"]["scan"] = {"label": {"uz": "Nusxa", "en": "A copy"}, "widget": "file"}
    made["personas"][0]["answers"] = {**ANSWERS, "scan": "nusxa.pdf"}
    return made
