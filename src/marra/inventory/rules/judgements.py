"""What is said of a service: by its body, by the group, by users, by a machine; and the result.

Source: ours; the standard itself stands in `standard.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from marra.inventory.rules.standard import SETTLES, By, How, Requirement, Requirements, Verdict
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

_BAD_FIRST: Final = (Verdict.NOT_MET, Verdict.PARTLY, Verdict.UNKNOWN, Verdict.MET)
LONGEST_NOTE: Final = 2000
SAID: Final = (Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET, Verdict.NOT_APPLICABLE)
"""What a person may say of a requirement."""


class NoStandardYet(Conflict):
    """Nothing was adopted to assess by."""

    sentence = gettext_noop(
        "No standard has been adopted yet, so nothing can be assessed by it. The secretary of the "
        "Commission adopts one on the page of the standard."
    )


class StandardKnown(Conflict):
    """That version was adopted already."""

    sentence = gettext_noop(
        "Version {number} was adopted already, and what was adopted is not changed. Give the new "
        "text the number {next}."
    )


class NoSuchRequirement(Invalid):
    """The standard has no requirement of that code."""

    sentence = gettext_noop("The standard in force has no requirement “{code}”. Open its page.")


class NoSuchVerdict(Invalid):
    """A verdict is one of four."""

    sentence = gettext_noop("Choose one: met, partly, not met, or does not apply.")


class ProofMissing(Invalid):
    """Who says that something is met says where it is seen."""

    sentence = gettext_noop(
        "Say where it can be seen, or what is missing: one sentence is enough, or the address of "
        "a page."
    )


class NoteTooLong(Invalid):
    """A note is some sentences."""

    sentence = gettext_noop("The note has more than {most} letters. Shorten it.")


class OwnAssessment(Conflict):
    """Nobody reviews what they said themselves."""

    sentence = gettext_noop(
        "You assessed this requirement for the body yourself. Let somebody else of the group "
        "review it."
    )


class NotByPeople(Conflict):
    """A machine settles this requirement."""

    sentence = gettext_noop(
        "This requirement is checked by machine. Ask for a check of the page instead."
    )


class NotByTrial(Conflict):
    """Users do not settle this requirement."""

    sentence = gettext_noop(
        "A trial with users does not settle this requirement. Choose one that does."
    )


class StrangeTrial(Invalid):
    """The numbers of a trial do not fit each other."""

    sentence = gettext_noop(
        "The numbers do not fit: of the users who tried, no more can have finished or need social "
        "protection, and at least one tried."
    )


@dataclass(frozen=True, slots=True)
class Said:
    """One verdict as it was given."""

    requirement: str
    by: By
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Tried:
    """What a trial with users showed."""

    users: int
    finished: int
    protected: int  # of the users, those who need social protection
    minutes: float | None = None  # half of them took no longer


@dataclass(frozen=True, slots=True)
class Tally:
    """How a service stands by the standard."""

    met: int
    partly: int
    not_met: int
    unknown: int
    claimed: int  # of the unknown ones, those the body says are met

    @property
    def applicable(self) -> int:
        """Requirements that apply to the service."""
        return self.met + self.partly + self.not_met + self.unknown


def checked(verdict: str, note: str, evidence: str) -> tuple[Verdict, str, str]:
    """A verdict of a person with its note and proof, fit to be kept.

    Refuses with `NoSuchVerdict`, `ProofMissing` or `NoteTooLong`.

    >>> checked("met", "", "https://xizmat.uz/")
    (<Verdict.MET: 'met'>, '', 'https://xizmat.uz/')
    """
    if verdict not in list(SAID):
        raise NoSuchVerdict
    told, proof = note.strip(), evidence.strip()
    if len(told) < 3 and len(proof) < 8:
        raise ProofMissing
    if len(told) > LONGEST_NOTE:
        raise NoteTooLong(most=LONGEST_NOTE)
    return Verdict(verdict), told, proof[:500]


def requirement(standard: Requirements, code: str) -> Requirement:
    """The requirement of a code; refuses with `NoSuchRequirement`."""
    found = standard.named(code)
    if found is None:
        raise NoSuchRequirement(code=code[:60])
    return found


def judged(standard: Requirements, wanted: Requirement, tried: Tried) -> Verdict:
    """What a trial says of a requirement; refuses with `NotByTrial` or `StrangeTrial`.

    >>> from marra.inventory.rules.standard import packaged
    >>> asked = requirement(packaged(), "users-trial")
    >>> [judged(packaged(), asked, Tried(5, n, 0)).value for n in (4, 3, 1)]
    ['met', 'partly', 'not-met']
    """
    if wanted.how is not How.USERS:
        raise NotByTrial
    counts = (tried.finished, tried.protected)
    if not 1 <= tried.users <= 100_000 or min(counts) < 0 or max(counts) > tried.users:
        raise StrangeTrial
    limits = standard.trial
    enough = tried.users >= limits.users and (
        wanted.part != "protected" or tried.protected >= limits.protected
    )
    if tried.finished >= limits.finish * tried.users:
        return Verdict.MET if enough else Verdict.PARTLY
    return Verdict.PARTLY if 2 * tried.finished >= tried.users else Verdict.NOT_MET


def of_checks(standard: Requirements, passed: Mapping[str, bool | None]) -> dict[str, Verdict]:
    """What the checks of a machine say of each requirement they belong to.

    One check that failed is enough for not met; one that was not run leaves it unknown.

    >>> from marra.inventory.rules.standard import packaged
    >>> of_checks(packaged(), {"phone.width": True, "phone.viewport": False})["phone"].value
    'not-met'
    """
    found: dict[str, Verdict] = {}
    for each in standard.requirements:
        results = [passed.get(check) for check in each.checks]
        if not results:
            continue
        if False in results:
            found[each.code] = Verdict.NOT_MET
        elif None in results:
            found[each.code] = Verdict.UNKNOWN
        else:
            found[each.code] = Verdict.MET
    return found


def result(wanted: Requirement, said: Mapping[By, Verdict]) -> Verdict:
    """What holds of a requirement: the word of whoever settles it, or that of the review.

    >>> from marra.inventory.rules.standard import packaged
    >>> result(requirement(packaged(), "keyboard"), {By.BODY: Verdict.MET}).value
    'unknown'
    """
    if said.get(By.REVIEW) is Verdict.NOT_APPLICABLE:
        return Verdict.NOT_APPLICABLE
    return said.get(SETTLES[wanted.how], Verdict.UNKNOWN)


def tally(standard: Requirements, said: Iterable[Said]) -> Tally:
    """How a service stands, from the latest word of each on each requirement.

    >>> from marra.inventory.rules.standard import packaged
    >>> tally(packaged(), [Said("keyboard", By.BODY, Verdict.MET)]).claimed
    1
    """
    words: dict[str, dict[By, Verdict]] = {}
    for each in said:
        words.setdefault(each.requirement, {})[each.by] = each.verdict
    return tally_of((each, words.get(each.code, {})) for each in standard.requirements)


def tally_of(told: Iterable[tuple[Requirement, Mapping[By, Verdict]]]) -> Tally:
    """How a service stands, from each requirement with what was said of it.

    >>> tally_of([]).applicable
    0
    """
    counts = dict.fromkeys(Verdict, 0)
    claimed = 0
    for wanted, said in told:
        found = result(wanted, said)
        counts[found] += 1
        claimed += found is Verdict.UNKNOWN and said.get(By.BODY) is Verdict.MET
    return Tally(
        counts[Verdict.MET],
        counts[Verdict.PARTLY],
        counts[Verdict.NOT_MET],
        counts[Verdict.UNKNOWN],
        claimed,
    )


def carried(old: Requirements, new: Requirements) -> frozenset[str]:
    """Codes of the requirements that say the same in two versions: what was said of them holds.

    >>> from marra.inventory.rules.standard import packaged
    >>> len(carried(packaged(), packaged())) == len(packaged().requirements)
    True
    """
    return frozenset(each.code for each in new.requirements if old.named(each.code) == each)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """What several looks say together: the worst of them.

    >>> worst([Verdict.MET, Verdict.NOT_MET]).value
    'not-met'
    """
    order = (*_BAD_FIRST, Verdict.NOT_APPLICABLE)
    told = set(verdicts)
    return next((each for each in order if each in told), Verdict.UNKNOWN)
