"""Read the file of an act, whole, or refuse it with every fault at its line.

Above the first table stands what the act is; `[[clauses]]`, `[[obligations]]` and `[[terms]]`
follow. Clauses may have a parent; an obligation names its clause; both are known by their numbers.

Source: ours; docs/guide/acts.md explains every key.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from marra.commission.rules.acts.act import (
    BASES,
    KINDS,
    PROOFS,
    RELATIONS,
    Act,
    Clause,
    Meaning,
    Obligation,
    Term,
)
from marra.commission.rules.readings import QUESTIONS
from marra.evidence.rules.indicators import Unit, indicators
from marra.kit import toml
from marra.kit.findings import Findings
from marra.kit.text import Text, gettext_noop
from marra.kit.toml import Place
from marra.language.toml_cells import Cells, rows

UNITS: Final = (*(unit.value for unit in Unit), gettext_noop("indicators"))
"""What a target may count; those of indicators, and what is counted by hand."""

LARGEST: Final = 1 << 20
TOO_LARGE = gettext_noop("The file is larger than 1 megabyte. Check that this is the act.")
TWICE = gettext_noop("“{cell}” stands twice. Give each its own.")
NO_CLAUSE = gettext_noop("There is no clause “{cell}” above. The clauses are: {known}.")
NO_DAY_OF_FACT = gettext_noop("A fact needs the day it is of. Write due.")
HALF_A_TARGET = gettext_noop(
    "What is measured needs measure, relation and target together. Write “{name}” too."
)
NO_MEANINGS = gettext_noop(
    "The question “{question}” has the answers {answers}. Say under by_answer what each means."
)
OUT_OF_ORDER = gettext_noop("An act cannot enter into force before it was signed.")

_CODE: Final = re.compile(r"(?!.*-v\d+$|import$)[a-z][a-z0-9-]{1,38}[a-z0-9]")
_NUMBER: Final = re.compile(r"[\w.-]{1,20}")
_OBLIGATION: Final = re.compile(r"[A-Z][A-Z0-9]{0,7}-\d{1,4}[a-z]?")

Tables = Mapping[str, list[dict[str, Any]]]


def read(name: str, content: bytes) -> Act:
    """The act in a file; refuses with `FileRefused` and all faults found."""
    findings = Findings(name)
    if len(content) > LARGEST:
        findings.refuse(TOO_LARGE)
    findings.settle()
    text = toml.text(content, findings)
    data = toml.parsed(text, findings) if text else {}
    findings.settle()
    act = _act(data, toml.lines(text), findings)
    findings.settle()
    return act


def _act(data: dict[str, Any], lines: Mapping[Place, int], findings: Findings) -> Act:
    tables = {
        table: list(rows(data.pop(table, []), table, lines, findings, needed=table != "terms"))
        for table in ("clauses", "obligations", "terms")
    }
    head = Cells("", 0, data, lines, findings)
    act = Act(
        code=head.code("code", _CODE, "pq-308"),
        kind=head.choice("kind", KINDS, needed=True),
        number=_text(head.text("number", needed=True, most=40)),
        title=_text(head.text("title", needed=True, most=1000)),
        language=head.choice("language", ("uz", "uz-cyrl", "ru", "en"), needed=True),
        address=head.address("address", needed=True),
        basis=head.choice("basis", BASES, needed=True),
        note=head.text("note"),
        signed_on=head.day("signed_on"),
        published_on=head.day("published_on"),
        in_force_from=head.day("in_force_from"),
        clauses=tuple(_clauses(tables, lines, findings)),
        obligations=tuple(_obligations(tables, lines, findings)),
        terms=tuple(_terms(tables, lines, findings)),
    )
    if act.signed_on and act.in_force_from and act.in_force_from < act.signed_on:
        head.refuse(OUT_OF_ORDER, "in_force_from")
    head.end()
    return act


def _clauses(tables: Tables, lines: Mapping[Place, int], findings: Findings) -> Iterator[Clause]:
    seen: list[str] = []
    for row, given in enumerate(tables["clauses"]):
        cells = Cells("clauses", row, dict(given), lines, findings)
        number = cells.code("number", _NUMBER, "P4-b")
        _once(cells, "number", number, seen)
        clause = Clause(
            number=number,
            text=_text(cells.text("text", needed=True)),
            parent=cells.words("parent", most=20),
            original=cells.words("original"),
        )
        if clause.parent and clause.parent not in seen[:-1]:
            cells.refuse(NO_CLAUSE, "parent", cell=clause.parent, known=", ".join(seen) or "–")
        cells.end()
        yield clause


def _obligations(
    tables: Tables, lines: Mapping[Place, int], findings: Findings
) -> Iterator[Obligation]:
    clauses = [str(each.get("number", "")) for each in tables["clauses"]]
    seen: list[str] = []
    for row, given in enumerate(tables["obligations"]):
        cells = Cells("obligations", row, dict(given), lines, findings)
        code = cells.code("code", _OBLIGATION, "O-04a")
        _once(cells, "code", code, seen)
        found = _obligation(code, cells)
        if found.clause and found.clause not in clauses:
            cells.refuse(
                NO_CLAUSE, "clause", cell=found.clause, known=", ".join(clauses)[:300] or "–"
            )
        _check(found, cells)
        cells.end()
        yield found


def _obligation(code: str, cells: Cells) -> Obligation:
    measure, reading = cells.choice("measure", indicators()), cells.choice("reading", QUESTIONS)
    return Obligation(
        code=code,
        clause=cells.words("clause", needed=True, most=20),
        what=_text(cells.text("what", needed=True, most=2000)),
        who=_text(cells.text("who", needed=True, most=400)),
        who_basis=cells.choice("who_basis", BASES, needed=True),
        proof=cells.choice("proof", PROOFS, needed=True),
        aim=cells.text("aim", most=1000),
        starts=cells.day("starts"),
        due=cells.day("due"),
        measure=measure,
        relation=cells.choice("relation", RELATIONS),
        target=cells.number("target"),
        unit=cells.choice("unit", UNITS),
        reading=reading,
        meanings=tuple(_meanings(reading, measure, cells)),
        note=cells.text("note", most=2000),
    )


def _meanings(reading: str, measure: str, cells: Cells) -> Iterator[Meaning]:
    given = cells.take("by_answer")
    answers = QUESTIONS[reading].answers if reading else ()
    bases = [each.code for each in indicators()[measure].bases] if measure else []
    told = given if isinstance(given, dict) else {}
    if set(told) != set(answers) or not all(isinstance(each, dict) for each in told.values()):
        listed = ", ".join(answers) or "–"
        cells.refuse(NO_MEANINGS, "by_answer", question=reading or "–", answers=listed)
        return
    for answer in answers:
        part = cells.within("by_answer", told[answer])
        yield Meaning(
            answer=answer,
            due=part.day("due"),
            target=part.number("target"),
            basis=part.choice("basis", bases) or None,
        )
        part.end()


def _check(found: Obligation, cells: Cells) -> None:
    """What belongs together stands together."""
    target = found.target is not None or any(each.target is not None for each in found.meanings)
    if found.proof == "fact" and found.due is None:
        cells.refuse(NO_DAY_OF_FACT, "due")
    if found.proof == "measure":
        parts = {"measure": found.measure, "relation": found.relation, "target": target}
        for name, there in parts.items():
            if not there and name not in cells.faulty:
                cells.refuse(HALF_A_TARGET, name, name=name)


def _terms(tables: Tables, lines: Mapping[Place, int], findings: Findings) -> Iterator[Term]:
    for row, given in enumerate(tables["terms"]):
        cells = Cells("terms", row, dict(given), lines, findings)
        yield Term(_text(cells.text("name", needed=True, most=200)))
        cells.end()


def _once(cells: Cells, name: str, value: str, seen: list[str]) -> None:
    if value and value in seen:
        cells.refuse(TWICE, name, cell=value)
    seen.append(value)


def _text(found: Text | None) -> Text:
    """The text, or an empty one whose fault has been told already."""
    return found or Text("", "", "", "")
