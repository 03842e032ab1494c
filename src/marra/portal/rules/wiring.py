"""Wiring: whether the parts of a bundle fit together, told by the element that names another part.

Each part may be right by itself and the service still not run: a task names a form that is not
there, a lane is spelt so that its people count as an authority's, a condition is no FEEL. On the
portal no stand-in answers, so what a model leaves to one is a fault here.

Source: ours.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from marra.flow.bpmn.problems import FOREIGN, NO_CONDITION, NO_COUNT, NO_RULE, NO_TIME, NOT_FEEL
from marra.flow.engine.compiling import Broken
from marra.flow.engine.graph import Graph, Node
from marra.kit.findings import Fact, Finding
from marra.kit.text import gettext_noop
from marra.portal.rules.running import APPLICANT, ISSUE, LOOK_UP, PAY, Ready

LANES: Final = (APPLICANT, "authority", "system")
TOPICS: Final = (LOOK_UP, ISSUE, PAY)
PEOPLE: Final = ("task", "userTask", "manualTask")
UNANSWERED: Final[Mapping[str, str]] = {
    FOREIGN: gettext_noop(
        "“{element}” says “{text}” in {language}, which is never run here. Write it in FEEL."
    ),
    NOT_FEEL: gettext_noop("“{element}” says “{text}”, which does not read as FEEL. {why}"),
    NO_CONDITION: gettext_noop(
        "Flow “{flow}” leaves the gateway “{element}” without a condition. Write one, or make it "
        "the default flow."
    ),
    NO_TIME: gettext_noop("The timer “{element}” has no time. Write one, such as P30D."),
    NO_RULE: gettext_noop("“{element}” waits for a condition and has none. Write it in FEEL."),
    NO_COUNT: gettext_noop("“{element}” does not say how often it is done. Write a number."),
}
"""What a model leaves to a stand-in, and how the portal says that there is none."""

NO_FORM: Final = gettext_noop(
    "“{element}” names the form “{named}”, which is not there. Add form-{named}.json, or name one "
    "of: {known}."
)
NO_TABLE: Final = gettext_noop(
    "“{element}” names the decision “{named}”, which is not there. Add {named}.dmn, or name one "
    "of: {known}."
)
UNNAMED_TABLE: Final = gettext_noop(
    "“{element}” decides, and names no decision. Write marra:decisionRef on it."
)
UNASKED: Final = gettext_noop(
    "“{element}” is a task of the applicant without a form. Write marra:formKey on it, or "
    "marra:topic="
    "“pay”."
)
ODD_LANE: Final = gettext_noop(
    "The lane “{lane}” of “{element}” is not “{near}”. Whoever stands in it counts as an "
    "authority. Correct the name."
)
NO_LANE: Final = gettext_noop(
    "“{element}” stands in no lane, so whoever does it counts as an authority. Put it into a lane."
)
ODD_TOPIC: Final = gettext_noop(
    "“{element}” asks for “{named}”, of which nothing is known here: it counts as a task of "
    "a system. Known are: {known}."
)
UNUSED: Final = gettext_noop("No element of the process uses it.")
NO_PERSONA: Final = gettext_noop("No persona tries the service, so no level is proven.")
UNSAID: Final = gettext_noop(
    "The persona “{name}” does not say what it expects. Write “expects”: “granted” or “refused”."
)


def wired(one: Ready) -> tuple[Finding, ...]:
    """All findings of a bundle: those of its parts, and of how they fit together."""
    found = [
        replace(each, sentence=UNANSWERED[each.sentence], refuses=True)
        if each.sentence in UNANSWERED
        else each
        for each in one.findings
        if each.sentence != Broken.sentence  # what is broken is told with its line
    ]
    if one.process is not None:
        for node in one.process.nodes:
            found += _node(one, node)
        found += _unused(one, one.process)
    found.sort(key=lambda each: (each.sheet == "bpmn", each.line))
    return (*found, *_personas(one))


def _say(node: Node, sentence: str, *, refuses: bool = True, **facts: Fact) -> Finding:
    told = {"element": node.id, **facts}
    return Finding(node.line, "", sentence, told, refuses=refuses, sheet="bpmn")


def _node(one: Ready, node: Node) -> Iterator[Finding]:
    if node.kind in PEOPLE:
        yield from _person(one, node)
    elif node.kind == "businessRuleTask":
        if not node.does:
            yield _say(node, UNNAMED_TABLE)
        elif node.does not in one.decisions and not _read_badly(one, f"dmn.{node.does}"):
            yield _say(node, NO_TABLE, named=node.does, known=_listed(one.decisions))
    elif node.kind == "serviceTask" and node.does not in TOPICS:
        known = ", ".join(TOPICS[:2])
        yield _say(node, ODD_TOPIC, refuses=False, named=node.does or "–", known=known)


def _person(one: Ready, node: Node) -> Iterator[Finding]:
    yield from _lane(node)
    for_applicant = APPLICANT in node.lane.lower()
    if not node.does:
        if for_applicant and node.kind == "userTask":
            yield _say(node, UNASKED)
    elif node.does not in {PAY, *one.forms} and not _read_badly(one, f"forms.{node.does}"):
        yield _say(node, NO_FORM, named=node.does, known=_listed(one.forms))


def _lane(node: Node) -> Iterator[Finding]:
    lane = node.lane.lower()
    if not lane:
        yield _say(node, NO_LANE, refuses=False)
    elif not any(each in lane for each in LANES):
        for near in get_close_matches(lane.split("-")[0].split()[0], LANES, n=1, cutoff=0.7):
            yield _say(node, ODD_LANE, lane=node.lane, near=near)


def _read_badly(one: Ready, part: str) -> bool:
    """Whether a part is there and its own faults are told already."""
    return any(
        each.refuses and (each.sheet == part or each.column.startswith(f"{part}."))
        for each in one.findings
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "–"


def _unused(one: Ready, process: Graph) -> Iterator[Finding]:
    used = {each.does for each in process.nodes}
    parts = [*(("forms", name) for name in one.forms), *(("dmn", name) for name in one.decisions)]
    for kind, name in parts:
        if name not in used:
            yield Finding(0, "", UNUSED, {}, refuses=False, sheet=f"{kind}.{name}")


def _personas(one: Ready) -> Iterator[Finding]:
    if not one.personas:
        yield Finding(0, "", NO_PERSONA, {}, refuses=False, sheet="personas")
    for each in one.personas:
        if each.get("expects") not in ("granted", "refused"):
            yield Finding(0, "", UNSAID, {"name": each["name"]}, refuses=False, sheet="personas")
