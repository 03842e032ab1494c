"""Findings: what is wrong in a file, or worth knowing, said so that a person can put it right.

A file is read to its end before it is refused, so that all its faults can be mended at once; after
twenty the list stops and says so. A finding that does not refuse stays with the release.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

MOST: Final = 20

Fact = str | int | float


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found at a line and column; line 0 is the file, or the sheet, as a whole."""

    line: int
    column: str
    sentence: str
    facts: Mapping[str, Fact]
    refuses: bool = True
    sheet: str = ""  # of a workbook, or the part of a file that has several tables

    def __str__(self) -> str:
        where = [f"sheet {self.sheet}"] if self.sheet else []
        where += [f"line {self.line}"] if self.line else []
        where += [f"column {self.column}"] if self.column else []
        told = self.sentence.format(**self.facts)
        return f"{', '.join(where).capitalize()}: {told}" if where else told

    def as_json(self) -> dict[str, object]:
        """The finding as it is kept with a release and sent by the API."""
        return {
            **({"sheet": self.sheet} if self.sheet else {}),
            "line": self.line,
            "column": self.column,
            "sentence": self.sentence,
            "facts": dict(self.facts),
            "refuses": self.refuses,
        }


class FileRefused(Invalid):
    """The file is not taken in; `findings` say where and why."""

    sentence = gettext_noop(
        "{file} was not taken in, and nothing was changed. Faults found: {count}. "
        "The first: {first}"
    )

    def __init__(self, *, file: str, findings: "list[Finding]", count: int) -> None:
        self.findings = tuple(findings)
        super().__init__(file=file, count=count, first=str(findings[0]))


@dataclass(slots=True)
class Findings:
    """A list that fills while a file is read."""

    file: str
    wrong: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    count: int = 0

    def refuse(
        self, sentence: str, *, line: int = 0, column: str = "", sheet: str = "", **facts: Fact
    ) -> None:
        """Note a fault; the first twenty are kept, all are counted."""
        self.count += 1
        if len(self.wrong) < MOST:
            self.wrong.append(Finding(line, column, sentence, facts, sheet=sheet))

    def remark(self, sentence: str, *, line: int = 0, column: str = "", **facts: Fact) -> None:
        """Note what is worth knowing and does not stand in the way."""
        if len(self.remarks) < MOST:
            self.remarks.append(Finding(line, column, sentence, facts, refuses=False))

    def add(self, more: "Findings", *, sheet: str = "") -> None:
        """Take over the faults found in a part of the file, or on a sheet of it."""
        self.count += more.count
        told = [replace(each, sheet=sheet or each.sheet) for each in more.wrong]
        self.wrong = [*self.wrong, *told][:MOST]

    def settle(self) -> None:
        """Refuse the file with `FileRefused` if any fault was found."""
        if self.wrong:
            raise FileRefused(file=self.file, findings=self.wrong, count=self.count)
