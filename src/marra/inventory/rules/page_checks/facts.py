"""What was fetched and seen of a page, and what a rule says of it.

Source: ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

Fact = str | int | float

MOST_PLACES: Final = 10
"""Findings of one rule that are kept; how many there were is told in the first."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server shows of itself before anything else."""

    stands: bool
    reason: str  # why it does not
    issuer: str
    names: tuple[str, ...]
    not_before: datetime
    not_after: datetime
    protocol: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as a server sent it."""

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]  # names in small letters
    text: str
    sent: int  # bytes of the body on the wire
    size: int  # bytes of the body unpacked
    steps: tuple[str, ...]

    def header(self, name: str) -> str:
        """The values of a header, joined by commas; empty if there is none."""
        return ", ".join(value for key, value in self.headers if key == name)

    def every(self, name: str) -> tuple[str, ...]:
        """The values of a header, one by one."""
        return tuple(value for key, value in self.headers if key == name)


@dataclass(frozen=True, slots=True)
class Barrier:
    """A fault of accessibility: the rule of axe-core, and what it was found in."""

    rule: str
    help: str
    impact: str
    places: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as a browser showed it on a narrow telephone."""

    width: int  # of the window
    needed: int  # of the content
    wide: tuple[str, ...]  # what sticks out
    requests: int
    sent: int  # bytes on the wire
    hosts: tuple[str, ...]  # that something was loaded from
    words: int  # that a reader sees
    barriers: tuple[Barrier, ...]
    axe: str  # its version
    browser: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of an address when it is judged."""

    at: datetime
    fetched: Fetched | None = None
    certificate: Certificate | None = None
    plain: str | None = None  # where http:// leads, "" if nobody answers there
    seen: Seen | None = None
    unseen: str = ""  # why no browser has looked, a whole sentence


@dataclass(frozen=True, slots=True)
class Found:
    """What one rule found in one place; `passed` is None where it was not run."""

    rule: str
    passed: bool | None
    sentence: str
    place: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)


def good(rule: str, sentence: str, place: str = "", /, **facts: Fact) -> Found:
    """The rule is kept."""
    return Found(rule, passed=True, sentence=sentence, place=place, facts=facts)


def bad(rule: str, sentence: str, place: str = "", /, **facts: Fact) -> Found:
    """The rule is not kept there."""
    return Found(rule, passed=False, sentence=sentence, place=place, facts=facts)


def not_run(rule: str, sentence: str, /, **facts: Fact) -> Found:
    """The rule could not be looked at."""
    return Found(rule, None, sentence, "", facts)


def first(found: Sequence[str], most: int = MOST_PLACES) -> tuple[str, ...]:
    """The first of some places, each shortened to what is kept of a place."""
    return tuple(each[:500] for each in found[:most])
