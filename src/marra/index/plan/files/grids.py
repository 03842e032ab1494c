"""Grids: a table's rows of cells, from a sheet or from a part of a CSV file, made into records.

Source: ours.
"""

from collections.abc import Iterable, Iterator

from marra.index.plan.files.cells import is_empty
from marra.index.plan.files.columns import TABLES, heads
from marra.index.plan.files.records import (
    MOST_ROWS,
    NO_NEEDED_COLUMN,
    Record,
    check_names,
    is_private,
    known_heads,
)
from marra.kit import tables
from marra.kit.findings import Findings
from marra.kit.text import gettext_noop
from marra.kit.workbook_parts import TOO_MANY_ROWS

NO_NAME = gettext_noop(
    "A value stands under a column without a name. Name the column in the head, or remove it."
)

Row = tuple[int, list[object]]
"""A line's number and its cells."""


def records_of(table: str, rows: Iterable[Row], findings: Findings) -> list[Record]:
    """The records below a table's head; rows that begin with # are passed over."""
    filled = _filled(rows)
    line, found = next(filled, (0, []))
    names = tables.head([_name(cell) for cell in found], line, findings, table)
    check_names(table, names, known_heads(table), findings, lambda _name: line)
    lacking = [
        heads(column)[0]
        for column in TABLES[table]
        if column.required and heads(column)[0] not in names
    ]
    for name in lacking:
        findings.refuse(NO_NEEDED_COLUMN, sheet=table, line=line, table=table, name=name)
    if lacking:
        return []
    kept: list[Record] = []
    for line, found in filled:
        if len(kept) >= MOST_ROWS:
            findings.refuse(TOO_MANY_ROWS, sheet=table, line=line, most=MOST_ROWS)
            break
        if record := _record(table, names, line, found, findings):
            kept.append(record)
    return kept


def _filled(rows: Iterable[Row]) -> Iterator[Row]:
    for line, found in rows:
        if not all(map(is_empty, found)) and not is_private(str(found[0]).lstrip()):
            yield line, found


def _name(cell: object) -> str:
    return "" if cell is None else str(cell)[:200]


def _record(
    table: str, names: tuple[str, ...], line: int, found: list[object], findings: Findings
) -> Record | None:
    while len(found) > len(names) and is_empty(found[-1]):
        found.pop()
    if len(found) != len(names):
        sentence = tables.WIDE if len(found) > len(names) else tables.NARROW
        findings.refuse(sentence, line=line, sheet=table, found=len(found), expected=len(names))
        return None
    pairs = list(zip(names, found, strict=True))
    if any(not name and not is_empty(cell) for name, cell in pairs):
        findings.refuse(NO_NAME, line=line, sheet=table)
    return Record(table, line, {name: cell for name, cell in pairs if name})
