"""A definition checked before it is published: every fault with its place, every persona's way.

A fault says the file, the line and the element in a model, the pointer in a form (RFC 6901). What
happened and what to do stands in its sentence.

Source: ours; RFC 6901 (JSON Pointer).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from marra.flow.automation import Verdict, composite
from marra.flow.dmn.boxed import NotDmn
from marra.flow.engine.driving import Trace
from marra.kit.errors import Invalid
from marra.kit.findings import Finding
from marra.kit.text import gettext_noop
from marra.portal.rules.running import Tried, proven, ready, tried
from marra.portal.rules.wiring import wired

STUCK: Final = gettext_noop("A persona does not get through, so nothing is proven.")
PARTS: Final = "parts"
MOST_PARTS: Final = 20
ACTING: Final = ("Task", "task")


class WrongParts(Invalid):
    """A composite definition is made of other definitions."""

    sentence = gettext_noop(
        "A composite definition has “parts”: one to 20 definitions by name, none composite itself."
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, or worth knowing, with its place."""

    finding: Finding
    file: str
    pointer: str = ""

    @property
    def refuses(self) -> bool:
        """Whether it keeps the service from running."""
        return self.finding.refuses

    @property
    def element(self) -> str:
        """The element of a model it stands at."""
        return str(self.finding.facts.get("element", ""))

    @property
    def place(self) -> str:
        """Where it stands, as editors write it.

        >>> Fault(Finding(7, "", "…", {}), "process.bpmn").place
        'process.bpmn:7'
        """
        line = f":{self.finding.line}" if self.finding.line else ""
        pointer = f" {self.pointer}" if self.pointer else ""
        return f"{self.file}{line}{pointer}"

    @property
    def told(self) -> str:
        """What is wrong and what to do."""
        if self.finding.sentence == NotDmn.sentence:
            return f"“{self.element}”: {self.finding.facts['why']}"
        return self.finding.sentence.format(**self.finding.facts)

    def __str__(self) -> str:
        return f"{self.place}: {self.told}"


@dataclass(frozen=True, slots=True)
class Story:
    """What became of one persona: its outcome, and the way it took."""

    name: str
    outcome: str  # granted, refused or stuck
    way: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a definition comes to."""

    faults: tuple[Fault, ...]
    stories: tuple[Story, ...]
    verdict: Verdict

    @property
    def refusing(self) -> tuple[Fault, ...]:
        """What keeps it from running, with what keeps its personas."""
        own = [each for each in self.faults if each.refuses]
        return (*own, *(fault for story in self.stories for fault in story.faults))


def check(document: object, *, at: datetime, files: Mapping[str, str] | None = None) -> Checked:
    """The faults, the personas' ways and the level of a bundle; refuses with `NotABundle`.

    `files` names the file of each part where it came from a folder.

    >>> from datetime import UTC
    >>> found = check({}, at=datetime(2026, 1, 1, tzinfo=UTC))
    >>> [each.told for each in found.faults]
    ['No persona tries the service, so no level is proven.']
    """
    one = ready(document)
    known = files or {}
    faults = tuple(_placed(each, known) for each in wired(one))
    if any(each.refuses for each in faults):
        return Checked(faults, (), Verdict(None, ()))
    stories = tuple(_story(each, known) for each in tried(one, at=at))
    if any(each.outcome == "stuck" for each in stories):
        return Checked(faults, stories, Verdict(None, (STUCK,)))
    return Checked(faults, stories, proven(one, at=at))


def parts(document: Mapping[str, Any]) -> dict[str, Any]:
    """The definitions of a composite one, by name; refuses with `WrongParts`.

    >>> parts({"parts": {"a": {"bpmn": ""}}})
    {'a': {'bpmn': ''}}
    """
    told = document[PARTS]
    if document.keys() != {PARTS} or not isinstance(told, dict):
        raise WrongParts
    nested = any(isinstance(each, dict) and PARTS in each for each in told.values())
    if nested or not 1 <= len(told) <= MOST_PARTS:
        raise WrongParts
    return told


def lowest(found: Sequence[Checked]) -> Verdict:
    """The level of a composite service, of what its parts come to."""
    return composite([each.verdict for each in found])


_STEP: Final = re.compile(r"\[(\d+)\]|\.?([^.\[]+)")


def pointer(column: str) -> str:
    """The place of a finding as a pointer.

    >>> pointer("ui.pages[0].id"), pointer("")
    ('/ui/pages/0/id', '')
    """
    steps = [index or name for index, name in _STEP.findall(column)]
    return "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in steps)


def _placed(found: Finding, files: Mapping[str, str]) -> Fault:
    """The fault with its file; where there is one file, the part of it."""
    part, rest = found.sheet, ""
    if not part:
        kind, _, more = found.column.partition(".")
        if kind == "forms":
            name, _, rest = more.partition(".")
            part = f"forms.{name}"
        else:
            part, _, rest = found.column.partition("[")
            rest = f"[{rest}" if rest else ""
    if part in files:
        return Fault(found, files[part], pointer(rest))
    return Fault(found, "", pointer(f"{part}.{rest}" if rest else part))


def _story(one: Tried, files: Mapping[str, str]) -> Story:
    granted = one.run is not None and one.run.granted
    outcome = "stuck" if one.run is None else "granted" if granted else "refused"
    file = files.get("personas", "")
    faults = tuple(Fault(each, file, pointer(each.column)) for each in one.findings)
    return Story(one.name, outcome, way(one.trace) if one.trace else (), faults)


def way(trace: Trace) -> tuple[str, ...]:
    """The elements that a run came to, one after another; who acts stands behind a task."""
    told = [
        f"{each.element} ({each.lane or '–'})" if each.kind.endswith(ACTING) else each.element
        for each in trace.visits
        if each.what in {"entered", "triggered"}
    ]
    return tuple(name for name, _ in groupby(told))
