"""Observations in a file: read to its end, taken in whole or not at all.

One row is one value. Columns may stand in any order and bear the names of any of our languages;
further ones are refused, for a column that is silently passed over may have held the point. Every
row passes the same checks as a value entered by hand; a row that says of itself that it is planned
or forecast refuses the file.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from marra.evidence.rules.observations import checked
from marra.index.measurement import Measurement
from marra.kit.cells import day as day_in
from marra.kit.cells import decimal
from marra.kit.errors import Refusal
from marra.kit.findings import Finding, Findings
from marra.kit.tables import Row, Table
from marra.kit.text import gettext_noop
from marra.kit.workbooks import read as read_table

LARGEST: Final = 5_000_000
MOST: Final = 5_000

TOO_LARGE = gettext_noop("The file has more than {most} megabytes. Part it into several.")
NO_SUCH_COLUMN = gettext_noop("There is no column “{name}”. Use: {known}.")
COLUMN_MISSING = gettext_noop("The column “{name}” is missing. Take the template.")
NO_ROWS = gettext_noop("There is no row below the head. Write one value a row.")
NOT_A_NUMBER = gettext_noop("“{cell}” is not a number. Write digits, such as 761 or 74.4.")
NOT_A_DAY = gettext_noop("“{cell}” is not a day. Write it as 31.12.2025 or 2025-12-31.")
NEEDED = gettext_noop("The cell is empty. Fill it in.")
TWICE = gettext_noop("The row repeats line {first}: same indicator, place, day and basis.")

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "indicator": ("indicator", "koʻrsatkich", "показатель"),
    "place": ("place", "hudud", "территория"),
    "value": ("value", "qiymat", "значение"),
    "day": ("day", "sana", "дата"),
    "basis": ("basis", "asos", "основа"),
    "source": ("source", "manba", "источник"),
    "unit": ("unit", "oʻlchov birligi", "единица"),
    "link": ("link", "havola", "ссылка"),
    "note": ("note", "izoh", "примечание"),
    "kind": ("kind", "turi", "вид"),
}
"""Each column with the names it may bear; the first six must be there, place may be empty."""

REQUIRED: Final = ("indicator", "value", "day", "basis", "source")


@dataclass(frozen=True, slots=True)
class Reported:
    """A row that passed every check."""

    line: int
    measured: Measurement
    link: str
    note: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds, and what is worth knowing of it."""

    rows: tuple[Reported, ...]
    remarks: tuple[Finding, ...]


def read(name: str, content: bytes, *, place: str, known: date) -> Read:
    """The observations of a file, each known since that day; refuses with `FileRefused`.

    A row without a place is of `place`.
    """
    findings = Findings(name)
    if len(content) > LARGEST:
        findings.refuse(TOO_LARGE, most=LARGEST // 1_000_000)
        findings.settle()
    table = _renamed(read_table(content, findings, most=MOST), findings)
    findings.settle()
    rows = [_row(each, place, known, findings) for each in table.rows]
    found = tuple(row for row in rows if row is not None)
    _repeated(found, findings)
    if not table.rows:
        findings.refuse(NO_ROWS)
    findings.settle()
    return Read(found, tuple(findings.remarks))


def _renamed(table: Table, findings: Findings) -> Table:
    """The table under our own names of columns."""
    known = {_folded(name): ours for ours, names in COLUMNS.items() for name in names}
    names = {}
    for name in table.head:
        ours = known.get(_folded(name))
        if ours is None and name:
            findings.refuse(
                NO_SUCH_COLUMN, line=1, column=name, name=name, known=", ".join(COLUMNS)
            )
        elif ours:
            names[name] = ours
    for needed in REQUIRED:
        if table.head and needed not in names.values():
            findings.refuse(COLUMN_MISSING, line=1, name=needed)
    rows = tuple(
        Row(row.line, {names[name]: cell for name, cell in row.cells.items() if name in names})
        for row in table.rows
    )
    return Table(tuple(names.values()), rows)


def _folded(name: str) -> str:
    return name.casefold().translate(dict.fromkeys(map(ord, "ʻʼ'‘’`"), None)).strip()


def _row(row: Row, place: str, known: date, findings: Findings) -> Reported | None:
    """A row's observation; None once its faults are told."""
    cells = row.cells
    before = findings.count
    for name in REQUIRED:
        if not cells.get(name):
            findings.refuse(NEEDED, line=row.line, column=name)
    value, day = decimal("".join(cells.get("value", "").split())), day_in(cells.get("day", ""))
    if cells.get("value") and value is None:
        findings.refuse(NOT_A_NUMBER, line=row.line, column="value", cell=cells["value"][:40])
    if cells.get("day") and day is None:
        findings.refuse(NOT_A_DAY, line=row.line, column="day", cell=cells["day"][:40])
    if findings.count > before or value is None or day is None:
        return None
    try:
        measured = checked(
            indicator_code=cells["indicator"],
            place=cells.get("place") or place,
            value=value,
            day=day,
            basis=cells["basis"],
            source=cells["source"],
            known=known,
            unit=cells.get("unit", ""),
            link=cells.get("link", ""),
            kind=cells.get("kind", ""),
        )
    except Refusal as refusal:
        facts = {name: str(fact) for name, fact in refusal.facts.items()}
        findings.refuse(refusal.sentence, line=row.line, **facts)
        return None
    return Reported(row.line, measured, cells.get("link", ""), cells.get("note", "")[:500])


def _repeated(rows: tuple[Reported, ...], findings: Findings) -> None:
    """The same thing said twice in one file: nobody could tell which was meant."""
    first: dict[tuple[str, str, date, str], int] = {}
    for row in rows:
        key = (row.measured.indicator, row.measured.place, row.measured.on, row.measured.basis)
        if key in first:
            findings.refuse(TWICE, line=row.line, first=first[key])
        first.setdefault(key, row.line)
