"""Write an act as the TOML file that reads as the same act: to be filled in and taken in again.

Source: TOML 1.0.0.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date

from marra.commission.rules.acts.act import Act, Clause, Meaning, Obligation
from marra.kit.text import Text

Value = str | float | date | Text | None


def to_toml(act: Act) -> bytes:
    """The file of an act."""
    return "\n".join(_lines(act)).encode() + b"\n"


def _lines(act: Act) -> Iterator[str]:
    head: dict[str, Value] = {
        "code": act.code,
        "kind": act.kind,
        "number": act.number,
        "title": act.title,
        "language": act.language,
        "address": act.address,
        "basis": act.basis,
        "signed_on": act.signed_on,
        "published_on": act.published_on,
        "in_force_from": act.in_force_from,
        "note": act.note,
    }
    yield from _cells(head)
    for clause in act.clauses:
        yield from ("", "[[clauses]]", *_clause(clause))
    for obligation in act.obligations:
        yield from ("", "[[obligations]]", *_obligation(obligation))
    for term in act.terms:
        yield from ("", "[[terms]]", *_cells({"name": term.name}))


def _clause(clause: Clause) -> Iterator[str]:
    yield f"number = {_written(clause.number)}"
    if clause.parent:
        yield f"parent = {_written(clause.parent)}"
    yield f"original = {_written(clause.original)}"  # also when empty: this is where it goes
    yield from _cells({"text": clause.text})


def _obligation(each: Obligation) -> Iterator[str]:
    names = (
        "code", "clause", "what", "who", "who_basis", "aim", "starts", "due", "proof", "measure",
        "relation", "target", "unit", "reading",
    )  # fmt: skip
    yield from _cells({name: getattr(each, name) for name in names})
    if each.meanings:
        told = ", ".join(map(_meaning, each.meanings))
        yield f"by_answer = {{ {told} }}"
    yield from _cells({"note": each.note})


def _meaning(meaning: Meaning) -> str:
    parts = {"due": meaning.due, "target": meaning.target, "basis": meaning.basis}
    told = ", ".join(_cells(parts))
    return f"{_written(meaning.answer)} = {{ {told} }}"


def _cells(given: Mapping[str, Value]) -> Iterator[str]:
    for name, value in given.items():
        if isinstance(value, Text):
            for language in ("uz", "uz_cyrl", "ru", "en"):
                yield f"{name}.{language} = {_written(getattr(value, language))}"
        elif value not in (None, ""):
            yield f"{name} = {_written(value)}"


def _written(value: Value) -> str:
    """A value as TOML writes it.

    >>> _written('He said "no"'), _written(700.0), _written(date(2024, 12, 31))
    ('"He said \\\\"no\\\\""', '700', '2024-12-31')
    """
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"{value:g}" if isinstance(value, float) and value == int(value) else str(value)
