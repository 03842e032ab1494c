"""Reading a list of assignments: to its end, with every fault told; all of it or nothing.

Bodies, groups, clauses and indicators are matched folded, in whatever letters, by what the house
knows of them (`Known`); a body that is written otherwise is told with the nearest name. A row that
stands here already, by its number or by the same words to the same body, is left out and told;
one that says nearly the same as another is told and taken in, for only people know which is which.

Source: ours.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from marra.commission.rules.assignment_files.cells import Place, checked, planned
from marra.commission.rules.assignment_files.columns import COLUMNS, column_of
from marra.commission.rules.assignment_files.planned import Known, Planned
from marra.kit.findings import Findings
from marra.kit.tables import Row, Table
from marra.kit.text import gettext_noop
from marra.kit.workbooks import read as read_table
from marra.language.likeness import alike

LARGEST: Final = 5_000_000
MOST: Final = 5_000
SIMILAR: Final = 0.75
"""Share of pieces in common from which two rows are told as alike; stricter than on pages, where
a person looks at each pair; ours."""

TOO_LARGE = gettext_noop("The file has more than {most} megabytes. Part it into several.")
NO_SUCH_COLUMN = gettext_noop("There is no column “{name}”. Remove it, or use: {known}.")
COLUMN_TWICE = gettext_noop("Two columns stand for “{name}”. Leave one of them.")
COLUMN_MISSING = gettext_noop("The column “{name}” is missing. Take the template.")
NO_ROWS = gettext_noop("There is no row below the head. Write one assignment a row.")
TWICE = gettext_noop("The row repeats line {first}: the same words to the same body.")
NO_SUCH_NUMBER = gettext_noop(
    "There is no assignment {number} here. Leave the cell empty, and it gets a number of its own."
)

OURS: Final = re.compile(r"\d{4}/\d+")
"""How numbers of assignments look."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A row that says nearly the same as another, in the file or here already."""

    line: int
    title: str
    percent: int
    number: str = ""  # of the one that stands here
    other_line: int = 0  # of the one in the same file


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds: new rows, those that stand here already, and what is worth knowing."""

    rows: tuple[Planned, ...]
    standing: tuple[tuple[int, str], ...]  # line, number
    alike: tuple[Alike, ...]


def read(name: str, content: bytes, known: Known, today: date) -> Read:
    """The assignments of a file; refuses with `FileRefused`."""
    findings = Findings(name)
    if len(content) > LARGEST:
        findings.refuse(TOO_LARGE, most=LARGEST // 1_000_000)
        findings.settle()
    table = _renamed(read_table(content, findings, most=MOST), findings)
    findings.settle()
    if not table.rows:
        findings.refuse(NO_ROWS)
    found, standing = [], []
    for row in table.rows:
        number = _standing_number(row, known, findings)
        if number:
            standing.append((row.line, number))
        elif (each := planned(row, Place(findings, row.line), known, today)) is not None:
            found.append(each)
    _repeated(found, findings)
    findings.settle()
    new = tuple(each for each in found if each.identity not in known.titles)
    standing += [
        (each.line, known.titles[each.identity]) for each in found if each.identity in known.titles
    ]
    return Read(new, tuple(sorted(standing)), tuple(_alike(new, known)))


def _renamed(table: Table, findings: Findings) -> Table:
    """The table under our own names of columns."""
    names: dict[str, str] = {}
    for name in filter(None, table.head):
        ours = column_of(name)
        if ours is None:
            known = ", ".join(column.name.uz for column in COLUMNS.values())
            findings.refuse(NO_SUCH_COLUMN, line=1, column=name, name=name[:60], known=known)
        elif ours in names.values():
            findings.refuse(COLUMN_TWICE, line=1, column=name, name=COLUMNS[ours].name.uz)
        else:
            names[name] = ours
    for needed, column in COLUMNS.items():
        if table.head and column.needed and needed not in names.values():
            findings.refuse(COLUMN_MISSING, line=1, name=column.name.uz)
    rows = tuple(
        Row(
            row.line,
            {names[name]: checked(cell) for name, cell in row.cells.items() if name in names},
        )
        for row in table.rows
    )
    return Table(tuple(names.values()), rows)


def _standing_number(row: Row, known: Known, findings: Findings) -> str:
    """The number of the assignment that the row says it is; "" for a row of its own."""
    number = row.cells.get("number", "")
    if not OURS.fullmatch(number):
        return ""
    if number not in known.numbers:
        findings.refuse(NO_SUCH_NUMBER, line=row.line, column="number", number=number)
        return ""
    return number


def _repeated(rows: Iterable[Planned], findings: Findings) -> None:
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.identity in first:
            findings.refuse(TWICE, line=row.line, column="title", first=first[row.identity])
        first.setdefault(row.identity, row.line)


def _alike(rows: Iterable[Planned], known: Known) -> list[Alike]:
    """Rows that say nearly the same as another one to the same body, by line."""
    own: dict[str, list[Planned]] = defaultdict(list)
    for row in rows:
        own[row.lead].append(row)
    numbers: Mapping[str, list[tuple[str, str]]] = known.by_lead()
    found = []
    for lead, new in own.items():
        before = numbers.get(lead, [])
        texts = {-at: key for at, (key, _) in enumerate(before, start=1)}
        texts |= {at: row.key for at, row in enumerate(new)}
        for share, one, other in alike(texts, SIMILAR):
            if other < 0:  # both stand here already
                continue
            row, percent = new[other], round(share * 100)
            if one < 0:
                number = before[-one - 1][1]
                found.append(Alike(row.line, row.title, percent, number=number))
            else:
                line = new[one].line
                found.append(Alike(row.line, row.title, percent, other_line=line))
    return sorted(found, key=lambda each: (-each.percent, each.line))
