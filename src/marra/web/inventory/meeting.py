"""How one service stands by the standard, and what the machine found on its pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from marra.door import say, stamp
from marra.inventory.queries import looks, results, services, standards
from marra.inventory.queries.results import Standing
from marra.inventory.rules.judgements import tally_of
from marra.inventory.rules.looks import State
from marra.inventory.rules.page_checks.rules import RULES
from marra.inventory.rules.standard import SETTLES, By, Part, Verdict
from marra.people.rules.rights import Stamp
from marra.web.gate import may
from marra.web.inventory.standard import HOWS
from marra.web.kept import rests_on_records

if TYPE_CHECKING:
    from marra.inventory.models.checks import CheckFinding, CheckRun
    from marra.inventory.models.functions import Service
    from marra.inventory.models.standard import Assessment, Standard

VERDICTS: Final = {
    Verdict.MET: gettext_noop("met"),
    Verdict.PARTLY: gettext_noop("partly met"),
    Verdict.NOT_MET: gettext_noop("not met"),
    Verdict.NOT_APPLICABLE: gettext_noop("does not apply"),
    Verdict.UNKNOWN: gettext_noop("not known"),
}
"""What is said of a requirement, in words."""

SIGNS: Final = {Verdict.MET: "good", Verdict.NOT_MET: "bad", Verdict.UNKNOWN: "soft"}

SAYS: Final = {
    By.BODY: gettext_noop("the body says"),
    By.REVIEW: gettext_noop("the group says"),
    By.USERS: gettext_noop("the trial says"),
    By.MACHINE: gettext_noop("the machine says"),
}

STATES: Final = {
    State.WAITING: gettext_noop("waits to be looked at"),
    State.RUNNING: gettext_noop("is being looked at"),
    State.DONE: gettext_noop("looked at"),
    State.REFUSED: gettext_noop("could not be looked at"),
    State.LOST: gettext_noop("given up: it stopped the program twice"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said of a requirement."""

    by: By
    verdict: Verdict
    row: "Assessment"

    @property
    def says(self) -> str:
        """Who said it."""
        return gettext(SAYS[self.by])

    @property
    def told(self) -> str:
        """What was said."""
        return gettext(VERDICTS[self.verdict])

    @property
    def link(self) -> str:
        """The proof, if it is an address."""
        proof = self.row.evidence
        return proof if proof.startswith(("https://", "http://")) else ""


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement of a service as the page tells it."""

    standing: Standing

    @property
    def told(self) -> str:
        """What holds."""
        return gettext(VERDICTS[self.standing.result])

    @property
    def sign(self) -> str:
        """How it is coloured, beside the word."""
        return SIGNS.get(self.standing.result, "")

    @property
    def how(self) -> str:
        """How it is checked."""
        return gettext(HOWS[self.standing.requirement.how])

    @property
    def words(self) -> list[Word]:
        """What each said, whoever settles it first."""
        first = SETTLES[self.standing.requirement.how]
        order = sorted(self.standing.said, key=lambda by: (by is not first, by.value))
        return [Word(by, self.standing.said[by], self.standing.rows[by]) for by in order]


@dataclass(frozen=True, slots=True)
class Look:
    """One look of the machine as the page tells it."""

    row: "CheckRun"

    @property
    def state(self) -> str:
        """How far it is."""
        return gettext(STATES[State(self.row.state)])

    @property
    def open(self) -> bool:
        """Whether it has not come to its end."""
        return self.row.state in (State.WAITING, State.RUNNING)

    @property
    def refused(self) -> str:
        """Why it could not be looked at, in the reader's language."""
        told = dict(self.row.facts)
        sentence = str(told.pop("sentence", ""))
        return say(sentence, told) if sentence else ""


@rests_on_records
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Every requirement with what was said of it for a service, and the looks at its pages."""
    who = stamp(request)
    row = services.visible_to(who).named(code)
    standard = standards.in_force(who.at.date())
    found = results.of_service(row, standard, who.at) if standard else []
    context: dict[str, Any] = {
        "row": row,
        "standard": standard,
        "count": len(found),
        "tally": tally_of((each.requirement, each.said) for each in found),
        "parts": _parts(standard, found),
        "looks": [Look(each) for each in looks.of_service(who, code)[:10]],
        "rights": _rights(who, row, standard),
        "done": request.GET.get("done"),
    }
    return render(request, "inventory/meeting.html", context)


def _parts(
    standard: "Standard | None", found: list[Standing]
) -> list[tuple[Part, list[Line], int]]:
    """The parts with their lines, and how many of them are met."""
    if standard is None:
        return []
    told = []
    for part in standards.requirements(standard).parts:
        lines = [Line(each) for each in found if each.requirement.part == part.code]
        met = sum(each.standing.result is Verdict.MET for each in lines)
        told.append((part, lines, met))
    return told


def _rights(who: Stamp, row: "Service", standard: "Standard | None") -> Mapping[str, bool]:
    """What this person may do here; nothing while no standard is in force."""
    if standard is None:
        return {}
    body, group = row.owner.code, standard.group
    return {
        "assess": may(who, "inventory", "service.assessed", body),
        "review": may(who, "inventory", "service.reviewed", group),
        "try": may(who, "inventory", "service.tried", (body, group)),
        "ask": may(who, "inventory", "check.asked", (body, group)),
    }


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in the reader's language."""

    row: "CheckFinding"

    @property
    def rule(self) -> str:
        """What the rule asks for."""
        return gettext(RULES.get(self.row.rule, self.row.rule))

    @property
    def quoted(self) -> bool:
        """Whether the place is a piece of the text, and not of the code."""
        return self.row.rule.startswith("text.")

    @property
    def sentence(self) -> str:
        """What was found."""
        return say(self.row.sentence, self.row.facts)


@rests_on_records
def look(request: HttpRequest, code: str, look: str) -> HttpResponse:
    """What one look found: faults first, then what was not run, then what is well."""
    who = stamp(request)
    row = services.visible_to(who).named(code)
    run = looks.of_service(who, code).named(look)
    every = [Told(each) for each in run.findings.all()]
    context = {
        "row": row,
        "look": Look(run),
        "facts": run.facts,
        "browser": run.facts.get("browser", ""),
        "axe": f"axe-core {axe}" if (axe := run.facts.get("axe-core")) else "",
        "faults": [each for each in every if each.row.passed is False],
        "unrun": [each for each in every if each.row.passed is None],
        "well": [each for each in every if each.row.passed],
        "since": _since(run),
    }
    return render(request, "inventory/look.html", context)


def _since(run: "CheckRun") -> Mapping[str, Any] | None:
    """The look before with what is better and worse, by what the rules ask for."""
    old = looks.before(run) if run.state == State.DONE else None
    if old is None:
        return None
    told = looks.changes(old, run)
    return {
        "old": old,
        "better": [gettext(RULES.get(each, each)) for each in told.better],
        "worse": [gettext(RULES.get(each, each)) for each in told.worse],
    }
