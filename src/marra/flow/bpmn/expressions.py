"""Expressions in models: FEEL is evaluated, anything else is named and left to a stand-in.

A language that is named is believed. Where none is named, `${...}` and `#{...}` are Java's, and
the rest is FEEL if it reads as FEEL. No other language is ever executed.

Source: OMG, Business Process Model and Notation 2.0.2, section 8.4.7 (expressions); Decision Model
and Notation 1.5, section 10.3 (FEEL).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from marra.flow.bpmn.model import Said
from marra.flow.bpmn.values import Value
from marra.flow.feel import parse
from marra.kit.errors import Invalid

FEEL: Final = "FEEL"
UNIFIED: Final = "Unified EL"

_LABELS: Final = (
    ("feel", FEEL), ("xpath", "XPath"), ("java.sun", UNIFIED), ("juel", UNIFIED),
    ("javascript", "JavaScript"), ("groovy", "Groovy"), ("python", "Python"), ("mvel", "MVEL"),
)  # fmt: skip


class Rule(Protocol):
    """What can be evaluated with the names of a case."""

    def value(
        self, names: Mapping[str, Value], *, fuel: int = ..., now: datetime | None = None
    ) -> Value:
        """The value."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """An expression that is not evaluated here, and why."""

    text: str
    language: str
    line: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """The value of one variable, whatever its name looks like."""

    name: str

    def value(
        self, names: Mapping[str, Value], *, fuel: int = 0, now: datetime | None = None
    ) -> Value:
        """What the variable holds.

        >>> Lookup("a b").value({"a b": True})
        True
        """
        del fuel, now
        return names.get(self.name)


def language(said: Said) -> str:
    """The language of an expression as people call it; empty where nothing tells.

    >>> language(Said("${ok}", "", 1)), language(Said("ok", "http://www.w3.org/1999/XPath", 1))
    ('Unified EL', 'XPath')
    """
    if said.text.startswith(("${", "#{")):
        return UNIFIED
    written = said.language.lower()
    for sign, label in _LABELS:
        if sign in written:
            return label
    return said.language


def rule(said: Said, names: Collection[str] = ()) -> Rule | Foreign:
    """The expression compiled, or what keeps it from being.

    >>> rule(Said("${ok}", "", 7))
    Foreign(text='${ok}', language='Unified EL', line=7, why='')
    """
    if said.language == "name":
        return Lookup(said.text)
    spoken = language(said)
    if spoken not in ("", FEEL):
        return Foreign(said.text, spoken, said.line)
    try:
        return parse(said.text.removeprefix("=").strip(), names=names)
    except Invalid as refusal:
        return Foreign(said.text, spoken, said.line, str(refusal))


def script(said: Said, names: Collection[str] = ()) -> Rule | Foreign:
    """A script compiled: FEEL that is named so, or that is a context, `{name: value}`.

    >>> script(Said("ok = age >= 18", "", 3)).language
    ''
    """
    if language(said) == FEEL or (not said.language and said.text.startswith(("{", "="))):
        return rule(Said(said.text, FEEL, said.line), names)
    return Foreign(said.text, language(said), said.line)
