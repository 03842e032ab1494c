"""Workbooks: one table of an XLSX file, read as it stands before a person's eyes.

A workbook comes from anybody. Its parts are counted and their sizes held against limits before one
is unpacked, definitions of entities are refused, and no formula is computed: what the spreadsheet
last computed is read. Hidden rows and columns and merged cells are refused rather than read or
lost. The first visible sheet with values is read; sheets whose names begin with # are passed over,
and a second one with values is refused, for nobody could tell which was meant.

Dates become 2025-12-31, whole numbers lose their ".0", everything else stays as written: so a
table from a workbook and one from a CSV file are read by the same rules.

Source: ours; ECMA-376 for the parts.
"""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from marra.kit.findings import Findings
from marra.kit.tables import EMPTY, WORKBOOKS, Row, Table, head, texts
from marra.kit.tables import table as text_table
from marra.kit.text import gettext_noop
from marra.kit.workbook_parts import (
    AN_ERROR,
    BROKEN,
    DAMAGED,
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    MERGED,
    NOT_COMPUTED,
    TOO_MANY_ROWS,
    Unseen,
    unpacked,
    unseen,
)

SECOND_SHEET = gettext_noop(
    "The workbook has values on the sheets “{first}” and “{second}”. Leave one, or put # before "
    "the name of the other."
)

MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 80
MOST_UNPACKED: Final = 60_000_000


def read(content: bytes, findings: Findings, *, most: int = MOST_ROWS) -> Table:
    """The table of a file, an XLSX workbook or a text with separators; empty if there is none.

    Whatever cannot be read without guessing is a finding.
    """
    found = table(content, findings, most=most) if is_workbook(content) else _text(
        content, findings
    )  # fmt: skip
    if len(found.rows) > most:
        findings.refuse(TOO_MANY_ROWS, most=most)
    return found


def is_workbook(content: bytes) -> bool:
    """Whether these bytes begin as workbooks do."""
    return content.startswith(WORKBOOKS)


def table(content: bytes, findings: Findings, *, most: int = MOST_ROWS) -> Table:
    """The one table of a workbook."""
    parts = unpacked(content, findings, most=MOST_UNPACKED)
    if not parts:
        return Table((), ())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the library leaves out: styles, pictures
            return _table(content, unseen(parts, most + 100), findings, most)
    except BROKEN:
        findings.refuse(DAMAGED)
    return Table((), ())


def tables(content: bytes, findings: Findings, *, most: int = MOST_ROWS) -> dict[str, Table]:
    """Every table of a workbook by the name of its visible sheet; a text is one without a name."""
    if not is_workbook(content):
        return {"": read(content, findings, most=most)}
    parts = unpacked(content, findings, most=MOST_UNPACKED)
    if not parts:
        return {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # as in `table`
            return _tables(content, unseen(parts, most + 100), findings, most)
    except BROKEN:
        findings.refuse(DAMAGED)
    return {}


def _text(content: bytes, findings: Findings) -> Table:
    """The reading of a text in which the fewest faults are found."""
    readings = []
    for text in texts(content, findings):
        own = Findings("")
        readings.append((own, text_table(text, own)))
    if not readings:
        return Table((), ())
    own, found = min(readings, key=lambda each: each[0].count)
    findings.add(own)
    return found


def _table(content: bytes, hidden: dict[str, Unseen], findings: Findings, most: int) -> Table:
    values = _book(content, data_only=True)
    sheets = _with_values(values, hidden)
    if not sheets:
        findings.refuse(EMPTY)
        return Table((), ())
    if len(sheets) > 1:
        findings.refuse(SECOND_SHEET, first=sheets[0].title[:60], second=sheets[1].title[:60])
        return Table((), ())
    return _sheet(content, sheets[0], hidden, findings, most)


def _tables(
    content: bytes, hidden: dict[str, Unseen], findings: Findings, most: int
) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for sheet in _with_values(_book(content, data_only=True), hidden):
        own = Findings("")
        found[sheet.title] = _sheet(content, sheet, hidden, own, most)
        if len(found[sheet.title].rows) > most:
            own.refuse(TOO_MANY_ROWS, most=most)
        findings.add(own, sheet=sheet.title[:60])
    if not found:
        findings.refuse(EMPTY)
    return found


def _with_values(values: Any, hidden: dict[str, Unseen]) -> list[Any]:
    """The visible sheets with values, but for those whose names begin with #."""
    return [
        sheet
        for sheet in values.worksheets
        if sheet.sheet_state == "visible"
        and not sheet.title.lstrip().startswith("#")
        and not hidden.get(sheet.title, Unseen()).is_empty
    ]


def _sheet(
    content: bytes, sheet: Any, hidden: dict[str, Unseen], findings: Findings, most: int
) -> Table:
    own = hidden.get(sheet.title, Unseen())
    for cells in own.merged:
        findings.refuse(MERGED, cells=cells)
    formulas = _book(content, data_only=False)[sheet.title] if own.has_formulas else None
    return _rows(_cells(sheet, formulas, most, findings), own, findings)


def _book(content: bytes, *, data_only: bool) -> Any:
    import openpyxl

    return openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False
    )


def _cells(
    values: Any, formulas: Any, most: int, findings: Findings
) -> Iterator[tuple[int, list[str]]]:
    reach = {"max_row": most + 100, "max_col": MOST_COLUMNS}
    written = formulas.iter_rows(**reach) if formulas else None
    for line, row in enumerate(values.iter_rows(**reach), start=1):
        formula_row = next(written) if written else row
        yield (
            line,
            [
                _cell(cell, formula, line, findings)
                if cell.value is not None or formula.data_type == "f"
                else ""  # most of a wide reach
                for cell, formula in zip(row, formula_row, strict=True)
            ],
        )


def _cell(cell: Any, formula: Any, line: int, findings: Findings) -> str:
    if cell.value is not None and cell.data_type == "e":
        findings.refuse(AN_ERROR, line=line, cell=str(cell.value)[:40])
        return ""
    if cell.value is None and formula.data_type == "f":
        findings.refuse(NOT_COMPUTED, line=line)
        return ""
    return written(cell.value)


def written(value: object) -> str:
    """A cell's value as a person would write it into a text table.

    >>> written(761.0), written(datetime(2025, 12, 31)), written(None), written(0.65)
    ('761', '2025-12-31', '', '0.65')
    """
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case datetime() if value.time() == datetime.min.time():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(value).strip()


def _rows(cells: Iterator[tuple[int, list[str]]], own: Unseen, findings: Findings) -> Table:
    names: tuple[str, ...] = ()
    kept: list[Row] = []
    for line, found in cells:
        if not any(found):
            continue
        if not names:
            names = head(found, line, findings)
            continue
        _tell_hidden(found, line, own, findings)
        told = [*found, *[""] * len(names)][: len(names)]
        kept.append(Row(line, dict(zip(names, told, strict=True))))
    return Table(names, tuple(kept))


def _tell_hidden(cells: list[str], line: int, own: Unseen, findings: Findings) -> None:
    if line in own.rows:
        findings.refuse(HIDDEN_ROW, line=line)
    full = {at for at, cell in enumerate(cells, start=1) if cell}
    for first, last in own.columns:
        if any(first <= at <= last for at in full):
            findings.refuse(HIDDEN_COLUMN, line=line, number=first)
