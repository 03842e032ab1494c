"""The level of what a file holds: a definition that runs, or a passport that only tells.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from marra.flow.automation import UNPROVEN, Level, Verdict
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop
from marra.portal.rules.bundles import PARTS
from marra.portal.rules.checking import PARTS as SEVERAL
from marra.portal.rules.checking import check, lowest, parts
from marra.portal.rules.passports import bears_out

CONTRADICTED: Final = gettext_noop(
    "The passport calls the service automatic, and its own steps describe work by hand."
)
TELLS_ONLY: Final = gettext_noop(
    "A passport tells how a service is said to run, and runs nothing."
)
FAULTY: Final = gettext_noop("The definition has faults that keep it from running: {count}.")


LEVELS: Final[Mapping[Level, str]] = {
    Level.NOTHING: gettext_noop("only told about"),
    Level.FORM: gettext_noop("asked for by a form online"),
    Level.TRACKED: gettext_noop("asked for, paid and followed online"),
    Level.PREFILLED: gettext_noop("registers fill in, and the result comes online"),
    Level.STRAIGHT: gettext_noop("granted at once, without anybody having to work on it"),
    Level.PROACTIVE: gettext_noop("offered by itself; one only confirms"),
}
"""How far a service runs by itself, as pages say it."""


class NeitherOfBoth(Invalid):
    """The file holds nothing that has a level."""

    sentence = gettext_noop(
        "This is neither a definition (forms, bpmn, dmn, personas) nor a passport (title, steps). "
        "Choose another file."
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A level, what is declared beside it, and why it is not higher."""

    verdict: Verdict
    declared: bool | None
    facts: Mapping[str, int]


def told(document: object, *, at: datetime) -> Told:
    """The level of a definition or a passport; refuses with `NeitherOfBoth`.

    >>> from datetime import UTC, datetime
    >>> passport = {"title": "A", "declared_automatic": True, "steps": ["Vazirlikka yuboriladi"]}
    >>> found = told(passport, at=datetime(2026, 1, 1, tzinfo=UTC))
    >>> found.verdict.level is None, found.declared, len(found.verdict.why)
    (True, True, 2)
    """
    if isinstance(document, dict) and SEVERAL in document:
        found = [check(each, at=at) for each in parts(document).values()]
        return Told(lowest(found), None, {})
    if isinstance(document, dict) and document and document.keys() <= PARTS.keys():
        return _of_bundle(document, at)
    if isinstance(document, dict) and ("title" in document or "steps" in document):
        return _of_passport(document)
    raise NeitherOfBoth


def _of_bundle(document: Mapping[str, Any], at: datetime) -> Told:
    found = check(document, at=at)
    faults = sum(each.refuses for each in found.faults)
    if faults:
        return Told(Verdict(None, (FAULTY,)), None, {"count": faults})
    return Told(found.verdict, None, {})


def _of_passport(document: Mapping[str, Any]) -> Told:
    declared = document.get("declared_automatic")
    steps = [each for each in document.get("steps") or () if isinstance(each, str)]
    why = [TELLS_ONLY if steps else UNPROVEN]
    if declared is True and not bears_out(declared, steps):
        why.append(CONTRADICTED)
    return Told(Verdict(None, tuple(why)), declared if isinstance(declared, bool) else None, {})
