"""The history of an assignment: what was done to it, from the journal, with the texts of its rows.

The journal holds codes and no sentences, so each entry is told with the row that its facts name.
What was done to many at once has one entry for all of them; here it is told from the rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from marra.commission.models.assignments import Assignment
from marra.commission.rules.assignments import Field
from marra.journal.queries import entries

TOLD_BY: Final = ("submission", "verdict", "extension", "removal", "progress")
"""The facts that name a row with a text."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done to an assignment."""

    at: datetime
    by: str
    deed: str
    text: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    on_behalf_of: str = ""


def history(row: Assignment) -> list[Event]:
    """What was done to an assignment, the newest first; who may know of it was asked before."""
    texts = dict(_texts(row))
    found = [
        Event(
            at=entry.at,
            by=entry.by,
            deed=entry.deed,
            text=found_text,
            facts=entry.facts,
            on_behalf_of=behalf,
        )
        for entry in entries.of(row.code)
        for found_text, behalf in (_text(entry.deed, entry.facts, texts),)
    ]
    found += _from_rows(row, found)
    return sorted(found, key=lambda event: event.at, reverse=True)


def changed_since(row: Assignment, version: int) -> tuple[Field, ...]:
    """What others changed about an assignment after that version."""
    found: set[str] = set()
    for entry in entries.of(row.code).filter(deed="assignment.changed"):
        if int(str(entry.facts.get("version", 0))) > version:
            found |= set(str(entry.facts.get("fields", "")).split(","))
    return tuple(each for each in Field if each.name.lower() in found)


def _text(
    deed: str, facts: Mapping[str, Any], texts: Mapping[str, tuple[str, str]]
) -> tuple[str, str]:
    """The text of the row that an entry names, and for whom it was written."""
    ending = ".answer" if deed == "extension.answered" else ""
    for code in _codes(facts):
        if (found := texts.get(f"{code}{ending}")) is not None:
            return found
    return "", ""


def _codes(facts: Mapping[str, Any]) -> Iterator[str]:
    return (str(facts[name]) for name in TOLD_BY if name in facts)


def _texts(row: Assignment) -> Iterator[tuple[str, tuple[str, str]]]:
    """The texts behind an assignment by code, with whom each was written for."""
    for submission in row.submissions.prefetch_related("verdicts"):
        yield submission.code, (submission.text, submission.on_behalf_of)
        for verdict in submission.verdicts.all():
            yield verdict.code, (verdict.reason, "")
    for asked in row.asked.all():
        yield f"{asked.code}.answer", (asked.answer, "")
        yield asked.code, (asked.reason, "")
    for report in row.progress.all():
        yield report.code, (report.text, report.on_behalf_of)
    removal = getattr(row, "removal", None)
    if removal is not None:
        yield removal.code, (removal.text, "")


def _from_rows(row: Assignment, told: list[Event]) -> Iterator[Event]:
    """What was done together with others: taken from a file, reported in bulk."""
    known = {code for event in told for code in _codes(event.facts)}
    if not any(event.deed == "assignment.made" for event in told):
        yield Event(row.made_at, row.made_by, "assignments.imported")
    for each in row.progress.all():
        if each.code not in known:
            yield Event(
                each.made_at,
                each.made_by,
                "assignments.reported",
                each.text,
                {"percent": each.percent},
                each.on_behalf_of,
            )
