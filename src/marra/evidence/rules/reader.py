"""A file as a whole: what kind it is, which editions it holds, and whether they may be taken in.

A text may be read in more than one code page; the reading with the fewest faults is the right one,
because the names of 193 countries leave no room for chance.

Source: ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from marra.evidence.rules import checks, figures, inputs
from marra.evidence.rules.figures import Published
from marra.evidence.rules.inputs import Given
from marra.evidence.rules.members import members
from marra.index.edition import Edition
from marra.index.method import definition, known, provisional
from marra.kit import tables
from marra.kit.findings import Finding, Findings
from marra.kit.text import gettext_noop

LARGEST: Final = 5_000_000
"""Bytes; all twelve editions in one file have about 160,000. Doors read one byte more at most."""

TOO_LARGE = gettext_noop(
    "The file has more than 5 megabytes. All editions together have less than a tenth of that: "
    "check that this is the right file."
)
WORKBOOK = gettext_noop(
    "This is an Excel workbook. Open it in Excel and save it as “CSV UTF-8 (comma delimited)”."
)
NO_SUCH_EDITION = gettext_noop(
    "There was no edition of {edition}. The editions known here are: {known}; "
    "a later one is taken in as provisional."
)
NO_ROWS = gettext_noop("There is a head and no row below it. Export the table again.")


@dataclass(frozen=True, slots=True)
class Parsed:
    """One edition's figures or raw inputs, read and checked."""

    edition: int
    provisional: bool
    digest: str  # of what was read, so the same figures in another file are the same
    rows: tuple[Published, ...] = ()
    given: tuple[Given, ...] = ()
    remarks: tuple[Finding, ...] = ()

    @property
    def kind(self) -> str:
        """`figures` or `inputs`."""
        return "figures" if self.rows else "inputs"

    @property
    def places(self) -> int:
        """How many countries have a value."""
        return len({row.place for row in self.rows} | {one.place for one in self.given})


def method(year: int) -> Edition:
    """How an edition is made: from its file, or provisional when there is none yet."""
    return definition(year) if year in known() else provisional(year, len(members(year)))


def read(name: str, content: bytes) -> tuple[Parsed, ...]:
    """Every edition in the file, checked; refuses with `FileRefused`, which has all findings."""
    whole = Findings(name)
    if len(content) > LARGEST:
        whole.refuse(TOO_LARGE)
    elif content.startswith(tables.WORKBOOKS):
        whole.refuse(WORKBOOK)
    whole.settle()
    readings = [_reading(name, text) for text in tables.texts(content, whole)]
    whole.settle()
    findings, parsed = min(readings, key=lambda reading: reading[0].count)
    findings.settle()
    return parsed


def _reading(name: str, text: str) -> tuple[Findings, tuple[Parsed, ...]]:
    findings = Findings(name)
    table = tables.table(text, findings)
    if not table.rows and not findings.wrong:
        findings.refuse(NO_ROWS)
    is_inputs = {"indicator", "value"} <= set(table.head)
    parsed = tuple((_inputs if is_inputs else _figures)(table, findings))
    return findings, parsed


def _figures(table: tables.Table, findings: Findings) -> Iterator[Parsed]:
    editions = figures.read(table, findings)
    for year, rows in sorted(editions.items()):
        if not _is_edition(year, rows[0].line, findings):
            continue
        lines = {1} | {row.line for row in rows}
        own = Findings(
            findings.file, remarks=[note for note in findings.remarks if note.line in lines]
        )
        kept = () if findings.wrong else checks.checked(method(year), rows, own)
        findings.add(own)
        yield Parsed(
            edition=year,
            provisional=method(year).provisional,
            digest=digest(kept),
            rows=kept,
            remarks=tuple(own.remarks),
        )


def _inputs(table: tables.Table, findings: Findings) -> Iterator[Parsed]:
    names = {year: _series(definition(year)) for year in known()}
    for year, given in sorted(inputs.read(table, names, findings).items()):
        kept = tuple(sorted(given, key=lambda one: (one.place, one.indicator)))
        yield Parsed(edition=year, provisional=False, digest=digest(kept), given=kept)


def _series(edition: Edition) -> frozenset[str]:
    return frozenset(
        series for pillar in edition.pillars for each in pillar.inputs for series in each.of
    )


def _is_edition(year: int, line: int, findings: Findings) -> bool:
    if year in known() or year > max(known()):
        return True
    listed = ", ".join(map(str, known()))
    findings.refuse(NO_SUCH_EDITION, line=line, edition=year, known=listed)
    return False


def digest(rows: tuple[Published, ...] | tuple[Given, ...]) -> str:
    """What was read, as 64 hexadecimal digits: the same for the same figures in another file."""
    told = "\n".join(
        repr([getattr(row, name) for name in row.__slots__ if name not in {"line", "flags"}])
        + repr(sorted(getattr(row, "flags", ())))
        for row in rows
    )
    return sha256(told.encode()).hexdigest()
