"""Logs of runs in other systems, as CSV or XES: the level is computed from them as from our own.

CSV has one row for each step: `case, step, actor, time, outcome` with, where it is known, `start`,
`prefilled`, `fee` and `tracked`. XES is IEEE 1849: a trace for each case, an event for each step,
`org:role` (or `actor`) says who, `concept:name` (or `step`) what; what was not completed is left
out. Who did it and what it was are one of our words; a word we do not know is told.

Source: IEEE 1849-2023 (XES), concept, organizational, lifecycle and time extensions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from marra.flow.automation import Actor, Deed, Run, Start, Step
from marra.flow.xml import parse_xml
from marra.kit.errors import Invalid
from marra.kit.findings import MOST, Finding
from marra.kit.text import gettext_noop

NEEDED: Final = ("case", "step", "actor", "outcome")
GRANTED: Final = "granted"
OUTCOMES: Final = (GRANTED, "refused", "withdrawn", "")
YES: Final = frozenset({"yes", "true", "1"})
MOST_STEPS: Final = 1_000_000

Row = Mapping[str, str]


class LogRefused(Invalid):
    """The log cannot be read; `findings` say where and why."""

    sentence = gettext_noop("This log cannot be read. Faults found: {count}. The first: {first}")

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings[:MOST])
        super().__init__(count=len(findings), first=str(findings[0]))


def runs(rows: Iterable[Row]) -> tuple[Run, ...]:
    """The runs of a log, one for each case in the order they began; refuses with `LogRefused`.

    >>> rows = [{"case": "7", "step": "form", "actor": "applicant", "outcome": ""},
    ...         {"case": "7", "step": "decide", "actor": "system", "outcome": "granted"}]
    >>> runs(rows)[0].straight, runs(rows)[0].granted
    (True, True)
    """
    cases: dict[str, list[Row]] = {}
    faults: list[Finding] = []
    for number, row in enumerate(rows, start=2):
        if number > MOST_STEPS:
            faults.append(
                Finding(0, "", gettext_noop("The log has more than {n} steps."), {"n": MOST_STEPS})
            )
            break
        faults.extend(_faults(number, row))
        cases.setdefault(row.get("case", ""), []).append(row)
    if not cases:
        faults.append(Finding(0, "", gettext_noop("The log has no step."), {}))
    if faults:
        raise LogRefused(faults)
    return tuple(map(_run, cases.values()))


def xes(document: bytes) -> tuple[Run, ...]:
    """The runs of an XES log; refuses with `LogRefused`, and as XML is refused."""
    root = parse_xml(document)
    return runs(_events(root))


def _events(root: object) -> Iterator[Row]:
    for number, trace in enumerate(_named(root, "trace")):
        told = _attributes(trace)
        case = told.get("concept:name", str(number + 1))
        for event in _named(trace, "event"):
            said = _attributes(event)
            if said.get("lifecycle:transition", "complete").lower() != "complete":
                continue
            yield {
                "case": case,
                "step": said.get("step", said.get("concept:name", "")),
                "actor": said.get("actor", said.get("org:role", "")),
                **{name: said.get(name, told.get(name, "")) for name in (*OPTIONAL, "outcome")},
            }


OPTIONAL: Final = ("start", "prefilled", "fee", "tracked")


def _named(parent: object, name: str) -> Iterator[object]:
    for child in parent:  # type: ignore[attr-defined]
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == name:
            yield child


def _attributes(node: object) -> dict[str, str]:
    return {
        child.get("key"): child.get("value", "")
        for child in node  # type: ignore[attr-defined]
        if child.get("key")
    }


def _faults(number: int, row: Row) -> Iterator[Finding]:
    known: tuple[tuple[str, Sequence[str]], ...] = (
        ("step", [each.value for each in Deed]),
        ("actor", [each.value for each in Actor]),
        ("outcome", OUTCOMES),
        ("start", ["", *(each.value for each in Start)]),
    )
    if not row.get("case"):
        yield Finding(number, "case", gettext_noop("Each step names its case."), {})
    for column, words in known:
        if row.get(column, "") not in words:
            facts = {"written": row.get(column, "")[:60], "words": ", ".join(filter(None, words))}
            sentence = gettext_noop("“{written}” is not known here. Write one of: {words}.")
            yield Finding(number, column, sentence, facts)
    if not row.get("prefilled", "").isdigit() and row.get("prefilled", ""):
        yield Finding(number, "prefilled", gettext_noop("Write a number of answers."), {})


def _run(rows: Sequence[Row]) -> Run:
    outcome = next((row["outcome"] for row in reversed(rows) if row.get("outcome")), "")
    return Run(
        steps=tuple(Step(Deed(row["step"]), Actor(row["actor"])) for row in rows),
        granted=outcome == GRANTED,
        start=Start(next((row["start"] for row in rows if row.get("start")), "applicant")),
        tracked=all(row.get("tracked", "") in {"", *YES} for row in rows),
        prefilled=max(int(row.get("prefilled") or 0) for row in rows),
        fee=any(row.get("fee", "") in YES for row in rows),
    )
