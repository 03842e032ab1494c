"""The requirements for simple services, as a file that people write.

Each requirement says why it is there and how it is known to be met: a machine looks (automatic), a
person of the working group looks (review), or users try (users). What the body says of itself is a
claim and is shown as one; only the way that the requirement names settles it. No requirement has a
weight, so there is no sum to hide behind: there are those met, those not, and those not known yet.

Source: ours; PQ-308, clause 4b, asks for such requirements. `standard.toml` says the rest.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from marra.inventory.rules.page_checks.rules import RULES
from marra.kit import toml
from marra.kit.findings import Findings
from marra.kit.text import Text, gettext_noop
from marra.kit.toml import Place
from marra.language.toml_cells import Cells, rows

LARGEST: Final = 1 << 20
BASES: Final = ("proved", "quoted", "recalled", "assumed")
TOO_LARGE = gettext_noop("The file is larger than 1 megabyte. Check that this is a standard.")
NO_CHECKS = gettext_noop("What is checked automatically names its checks. Write checks = [“…”].")
NEEDLESS_CHECKS = gettext_noop("Only what is checked automatically has checks. Take them away.")
NO_CHECK = gettext_noop("There is no check “{cell}”. There are: {known}.")
TWICE = gettext_noop("“{cell}” stands twice. Give each its own.")
NO_SHARE = gettext_noop("A share from 0 to 1 is needed here.")
NO_COUNT = gettext_noop("A whole number from 1 to {most} is needed here.")

_CODE: Final = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")
_MOST_WORDS: Final = 400


class How(StrEnum):
    """How it is known whether a requirement is met."""

    AUTOMATIC = "automatic"
    REVIEW = "review"
    USERS = "users"


class By(StrEnum):
    """Who says whether a requirement is met."""

    BODY = "body"
    REVIEW = "review"
    USERS = "users"
    MACHINE = "machine"


class Verdict(StrEnum):
    """What is said of a requirement."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not-met"
    NOT_APPLICABLE = "not-applicable"
    UNKNOWN = "unknown"


SETTLES: Final[Mapping[How, By]] = {
    How.AUTOMATIC: By.MACHINE,
    How.REVIEW: By.REVIEW,
    How.USERS: By.USERS,
}
"""Whose word settles a requirement, by how it is checked."""


@dataclass(frozen=True, slots=True)
class Part:
    """Requirements that belong together."""

    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that is asked of every service."""

    code: str
    part: str
    how: How
    checks: tuple[str, ...]
    text: Text
    reason: Text
    source: Text
    basis: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial with users must show."""

    users: int
    protected: int
    finish: float


@dataclass(frozen=True, slots=True)
class Requirements:
    """One version of the standard."""

    number: int
    title: Text
    source: Text
    basis: str
    trial: Trial
    parts: tuple[Part, ...]
    requirements: tuple[Requirement, ...]

    def named(self, code: str) -> Requirement | None:
        """The requirement of a code, if there is one."""
        return next((each for each in self.requirements if each.code == code), None)

    def of_part(self, code: str) -> tuple[Requirement, ...]:
        """The requirements of a part, in their order."""
        return tuple(each for each in self.requirements if each.part == code)

    def by_check(self) -> dict[str, str]:
        """The requirement that each check of the machine belongs to."""
        return {check: each.code for each in self.requirements for check in each.checks}


def read(name: str, content: bytes) -> Requirements:
    """The standard in a file; refuses with `FileRefused` and all faults found."""
    findings = Findings(name)
    if len(content) > LARGEST:
        findings.refuse(TOO_LARGE)
    findings.settle()
    text = toml.text(content, findings)
    data = toml.parsed(text, findings) if text else {}
    findings.settle()
    found = _standard(data, toml.lines(text), findings)
    findings.settle()
    return found


@cache
def packaged() -> Requirements:
    """The standard that comes along.

    >>> packaged().number, {each.how.value for each in packaged().requirements} == set(How)
    (1, True)
    """
    return read("standard.toml", packaged_file())


def packaged_file() -> bytes:
    """The file of the standard that comes along, to begin one's own with."""
    return (files("marra.inventory.rules") / "standard.toml").read_bytes()


def _standard(
    data: dict[str, Any], lines: Mapping[Place, int], findings: Findings
) -> Requirements:
    tables = {
        name: list(rows(data.pop(name, []), name, lines, findings, needed=True))
        for name in ("parts", "requirements")
    }
    given = data.pop("trial", {})
    head = Cells("", 0, data, lines, findings)
    parts = tuple(_parts(tables["parts"], lines, findings))
    found = Requirements(
        number=_whole(head, "number", 999),
        title=_text(head.text("title", needed=True, most=200)),
        source=_source(head),
        basis=head.choice("basis", BASES, needed=True),
        trial=_trial(Cells("trial", 0, given if isinstance(given, dict) else {}, lines, findings)),
        parts=parts,
        requirements=tuple(
            _requirements(tables["requirements"], {each.code for each in parts}, lines, findings)
        ),
    )
    head.end()
    return found


def _trial(cells: Cells) -> Trial:
    share = cells.number("finish")
    if share is None or not 0 < share <= 1:
        cells.refuse(NO_SHARE, "finish")
    made = Trial(_whole(cells, "users", 1000), _whole(cells, "protected", 1000), share or 1.0)
    cells.end()
    return made


def _parts(
    given: list[dict[str, Any]], lines: Mapping[Place, int], findings: Findings
) -> Iterator[Part]:
    seen: set[str] = set()
    for row, each in enumerate(given):
        cells = Cells("parts", row, dict(each), lines, findings)
        code = _once(cells, seen)
        yield Part(code, _text(cells.text("title", needed=True, most=200)))
        cells.end()


def _requirements(
    given: list[dict[str, Any]],
    parts: set[str],
    lines: Mapping[Place, int],
    findings: Findings,
) -> Iterator[Requirement]:
    seen: set[str] = set()
    for row, each in enumerate(given):
        cells = Cells("requirements", row, dict(each), lines, findings)
        how = cells.choice("how", [each.value for each in How], needed=True)
        yield Requirement(
            code=_once(cells, seen),
            part=cells.choice("part", sorted(parts), needed=True),
            how=How(how or How.REVIEW),
            checks=_checks(cells, how),
            text=_text(cells.text("text", needed=True, most=_MOST_WORDS)),
            reason=_text(cells.text("reason", needed=True, most=_MOST_WORDS)),
            source=_source(cells),
            basis=cells.choice("basis", BASES, needed=True),
        )
        cells.end()


def _once(cells: Cells, seen: set[str]) -> str:
    code = cells.code("code", _CODE, "plain-words")
    if code and code in seen:
        cells.refuse(TWICE, "code", cell=code)
    seen.add(code)
    return code


def _checks(cells: Cells, how: str) -> tuple[str, ...]:
    """The checks of a requirement: known ones, where there must be some, and else none."""
    given = cells.take("checks") or []
    if not isinstance(given, list) or (how == How.AUTOMATIC and not given):
        cells.refuse(NO_CHECKS, "checks")
        return ()
    if given and how and how != How.AUTOMATIC:
        cells.refuse(NEEDLESS_CHECKS, "checks")
    for each in given:
        if str(each) not in RULES:
            cells.refuse(NO_CHECK, "checks", cell=str(each)[:60], known=", ".join(RULES))
    return tuple(map(str, given))


def _whole(cells: Cells, name: str, most: int) -> int:
    value = cells.number(name)
    if value is None or value != int(value) or not 1 <= value <= most:
        cells.refuse(NO_COUNT, name, most=most)
        return 1
    return int(value)


def _source(cells: Cells) -> Text:
    """Where something is from: in three languages, or once where it is called alike in all."""
    if isinstance(cells.given.get("source"), dict):
        return _text(cells.text("source", needed=True, most=300))
    found = cells.words("source", needed=True, most=300)
    return Text(found, found, found, found)


def _text(found: Text | None) -> Text:
    return found or Text("", "", "", "")
