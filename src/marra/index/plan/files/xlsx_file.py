"""XLSX: a portfolio as a workbook, one table a sheet.

A workbook comes from anybody. Its parts are counted and their sizes held against limits before
one is unpacked, definitions of entities are refused, and no formula is computed: what the
spreadsheet last computed is read. What a person at the screen does not see, hidden rows and
columns and the cells below a merged one, is refused rather than read or lost.

Source: ours.
"""

import io
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from marra.index.plan.files.cells import is_empty
from marra.index.plan.files.columns import NEEDED, TABLES
from marra.index.plan.files.grids import Row, records_of
from marra.index.plan.files.records import (
    FAULTY,
    MISSING_TABLE,
    MOST_ROWS,
    NO_TABLE,
    TABLE_TWICE,
    Record,
    Records,
    is_private,
)
from marra.kit.findings import Findings
from marra.kit.tables import plain
from marra.kit.text import gettext_noop
from marra.kit.workbook_parts import (
    AN_ERROR,
    BROKEN,
    DAMAGED,
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    HIDDEN_SHEET,
    MERGED,
    NOT_COMPUTED,
    TOO_MANY_ROWS,
    Unseen,
    unpacked,
    unseen,
)

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

TOO_WIDE = gettext_noop("The table has more than {most} columns. Remove those without a name.")
MOST_COLUMNS: Final = 80
LAST_ROW: Final = MOST_ROWS + 100
GUIDE: Final = "guide"
"""The sheet that only explains."""


def records(content: bytes, findings: Findings) -> Records:
    """The records of a workbook."""
    parts = unpacked(content, findings)
    if not parts:
        return {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the library leaves out: styles, pictures
            return _records(content, unseen(parts, LAST_ROW), findings)
    except BROKEN:
        findings.refuse(DAMAGED)
    return {}


def _records(content: bytes, hidden: dict[str, Unseen], findings: Findings) -> Records:
    values = _book(content, data_only=True)
    has_formulas = any(own.has_formulas for own in hidden.values())
    formulas = _book(content, data_only=False) if has_formulas else values
    found: dict[str, list[Record]] = defaultdict(list)
    for sheet in values.worksheets:
        table = plain(sheet.title)
        own = hidden.get(sheet.title, Unseen())
        if is_private(table) or table == GUIDE or own.is_empty:
            continue
        is_hidden = sheet.sheet_state != "visible"
        if table in found:
            findings.refuse(TABLE_TWICE, sheet=table, table=table)
        elif table in TABLES:
            _tell_unseen(table, own, is_hidden=is_hidden, findings=findings)
            rows = _rows(sheet, formulas[sheet.title] if own.has_formulas else None)
            found[table] = records_of(table, _told(rows, table, own, findings), findings)
        elif not is_hidden:
            findings.refuse(NO_TABLE, name=sheet.title[:60], known=", ".join(TABLES))
    for table in (*NEEDED, "effects"):
        if table not in found:
            findings.refuse(MISSING_TABLE, sheet=table, table=table)
    return found


def _book(content: bytes, *, data_only: bool) -> "Workbook":
    import openpyxl

    return openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False
    )


def _tell_unseen(table: str, own: Unseen, *, is_hidden: bool, findings: Findings) -> None:
    if is_hidden:
        findings.refuse(HIDDEN_SHEET, sheet=table)
    if own.is_long:
        findings.refuse(TOO_MANY_ROWS, sheet=table, most=MOST_ROWS)
    for cells in own.merged:
        findings.refuse(MERGED, sheet=table, cells=cells)


def _rows(values: Any, formulas: Any) -> Iterator[tuple[tuple[Any, Any], ...]]:
    """Each row's cells beside what was written into them, as far as tables may reach."""
    read, written = (
        book and book.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS + 1)
        for book in (values, formulas)
    )
    for row in read:
        yield tuple(zip(row, next(written) if written else row, strict=True))


def _told(
    rows: Iterable[tuple[tuple[Any, Any], ...]], table: str, own: Unseen, findings: Findings
) -> Iterator[Row]:
    names: list[str] = []
    for line, row in enumerate(rows, start=1):
        cells = [
            _cell(cell, formula, table, line, names[at] if at < len(names) else "", findings)
            for at, (cell, formula) in enumerate(row)
        ]
        if not names and not is_empty(cells[0]) and not is_private(str(cells[0])):
            names = [plain(str(cell)) for cell in cells if cell is not None]
        yield line, cells
        _tell_hidden(cells, line, own, table, findings)


def _tell_hidden(
    cells: list[object], line: int, own: Unseen, table: str, findings: Findings
) -> None:
    full = {at for at, cell in enumerate(cells, start=1) if not is_empty(cell)}
    if full and line in own.rows:
        findings.refuse(HIDDEN_ROW, sheet=table, line=line)
    for first, last in own.columns:
        if any(first <= at <= last for at in full):
            findings.refuse(HIDDEN_COLUMN, sheet=table, line=line, number=first)
    if MOST_COLUMNS + 1 in full:
        findings.refuse(TOO_WIDE, sheet=table, line=line, most=MOST_COLUMNS)


def _cell(
    cell: Any, formula: Any, table: str, line: int, column: str, findings: Findings
) -> object:
    if cell.value is not None and cell.data_type == "e":
        findings.refuse(AN_ERROR, line=line, sheet=table, column=column, cell=str(cell.value)[:40])
        return FAULTY
    if cell.value is None and formula.data_type == "f":
        findings.refuse(NOT_COMPUTED, line=line, sheet=table, column=column)
        return FAULTY
    return cell.value
