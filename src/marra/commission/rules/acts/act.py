"""An act: what it is called, when it was signed, its clauses, and the obligations they bear.

An act is kept as one line of JSON, the same text for the same act, and is known by its digest. An
obligation may hang on how a question is read: then each answer says which day, which target or
which way of counting it means.

Source: ours.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final, TypeVar

from marra.kit.text import Text, gettext_noop

KINDS: Final = {
    "law": gettext_noop("law"),
    "decree": gettext_noop("decree"),
    "resolution": gettext_noop("resolution"),
    "order": gettext_noop("order"),
    "source": gettext_noop("other source"),
}
"""What an act may be; a source is no act, and what it says is kept apart."""

PROOFS: Final = {
    "measure": gettext_noop("a measured value"),
    "acceptance": gettext_noop("proof accepted by the Commission"),
    "fact": gettext_noop("a fact that the text itself states"),
}
"""What shows that an obligation is met."""

RELATIONS: Final = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
"""How a value must stand to its target."""

BASES: Final = ("proved", "quoted", "recalled", "assumed")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one answer to a question makes of an obligation; None leaves it as the text says."""

    answer: str
    due: date | None = None
    target: float | None = None
    basis: str | None = None  # on which the measure is counted


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its number, the words of the original if they are at hand, and what it says."""

    number: str
    text: Text
    parent: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Obligation:
    """One checkable thing that a clause asks for."""

    code: str
    clause: str
    what: Text
    who: Text
    who_basis: str
    proof: str
    aim: Text | None = None  # what would show that it is met
    starts: date | None = None
    due: date | None = None
    measure: str = ""
    relation: str = ""
    target: float | None = None
    unit: str = ""
    reading: str = ""
    meanings: tuple[Meaning, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the act in the four languages."""

    name: Text


@dataclass(frozen=True, slots=True)
class Act:
    """An act or another source, whole."""

    code: str
    kind: str
    number: Text
    title: Text
    language: str
    address: str
    basis: str
    clauses: tuple[Clause, ...]
    obligations: tuple[Obligation, ...]
    terms: tuple[Term, ...] = ()
    note: Text | None = None
    signed_on: date | None = None
    published_on: date | None = None
    in_force_from: date | None = None


Made = TypeVar("Made")

PARTS: Final[Mapping[str, type]] = {
    "clauses": Clause,
    "obligations": Obligation,
    "terms": Term,
    "meanings": Meaning,
}
DAYS: Final = frozenset({"signed_on", "published_on", "in_force_from", "starts", "due"})
TEXTS: Final = frozenset({"text", "title", "what", "who", "aim", "note", "name"})


def written(act: Act) -> str:
    """The act as canonical JSON: the same text exactly for the same act."""
    return json.dumps(
        _plain(asdict(act)), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def digest(document: str) -> str:
    """What an act is known by."""
    return sha256(document.encode()).hexdigest()


def read(document: str) -> Act:
    """The act that was written."""
    return _made(Act, json.loads(document))


def _plain(told: Any) -> Any:
    if isinstance(told, dict):
        return {name: _plain(value) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [_plain(each) for each in told]
    return told.isoformat() if isinstance(told, date) else told


def _made(kind: type[Made], told: Mapping[str, Any]) -> Made:
    assert is_dataclass(kind)  # noqa: S101  # nosec B101  for the type checker
    known = [each.name for each in fields(kind) if each.name in told]
    return kind(**{name: _value(kind, name, told[name]) for name in known})


def _value(kind: type, name: str, value: Any) -> Any:
    if part := PARTS.get(name):
        return tuple(_made(part, each) for each in value)
    if value is None:
        return None
    if name in DAYS:
        return date.fromisoformat(value)
    is_text = name in TEXTS or (name == "number" and kind is Act)
    return Text(**value) if is_text else value
