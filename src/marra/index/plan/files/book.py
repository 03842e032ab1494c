"""Book: the sheets of a portfolio as a workbook, with the guide and lists to choose from.

Source: ours.
"""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from marra.index.edition import Basis
from marra.index.plan.files.columns import Column, Kind
from marra.index.plan.files.guide import HEADS, Say, about, guide, indicators
from marra.index.plan.files.rows import Cell, Sheet
from marra.index.plan.files.xlsx_file import GUIDE
from marra.index.plan.indicators import Unit

EXACT: Final = ".16G"
"""The digits that a workbook keeps; a number that needs more is written as a text."""

MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the same portfolio gives the same bytes
OFFERED_ROWS: Final = 500
"""Rows of a sheet that offer what may be chosen."""

WIDTHS: Final = {Kind.WORDS: 36, Kind.AMOUNT: 20, Kind.AMOUNTS: 18, Kind.UNIT: 18}


def book(tables: Iterable[Sheet], say: Say = str) -> bytes:
    """The workbook's bytes; the same for the same tables."""
    import xlsxwriter

    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as made:
        made.set_properties({"created": MADE})
        strong = made.add_format({"bold": True, "bottom": 1})
        money = made.add_format({"num_format": "#,##0"})
        for sheet in tables:
            _add(made.add_worksheet(sheet.table), sheet, strong, money)
        _explain(made.add_worksheet(GUIDE), say, strong, made.add_format({"text_wrap": True}))
    return file.getvalue()


def _add(page: Any, sheet: Sheet, strong: object, money: object) -> None:
    for across, (name, column) in enumerate(zip(sheet.names, sheet.columns, strict=True)):
        is_money = column.kind in {Kind.AMOUNT, Kind.AMOUNTS}
        page.set_column(across, across, WIDTHS.get(column.kind, 14), money if is_money else None)
        page.write_string(0, across, name, strong)
        if offered := _offered(column):
            page.data_validation(
                1, across, OFFERED_ROWS, across, {"validate": "list", "source": offered}
            )
    for down, row in enumerate(sheet.rows, start=1):
        for across, cell in enumerate(row):
            _write(page, down, across, cell)
    page.freeze_panes(1, 1)


def _offered(column: Column) -> list[str]:
    if column.kind is Kind.UNIT:
        return [unit.value for unit in Unit]
    if column.kind is Kind.BASIS:
        return [basis.value for basis in Basis]
    return []


def _write(page: Any, down: int, across: int, cell: Cell) -> None:
    if isinstance(cell, str):
        if cell:
            page.write_string(down, across, cell)
    elif float(format(cell, EXACT)) == cell:
        page.write_number(down, across, cell)
    else:
        page.write_string(down, across, repr(cell))


def _explain(page: Any, say: Say, strong: object, wrapped: object) -> None:
    for across, width in enumerate((14, 30, 70, 12, 24, 12)):
        page.set_column(across, across, width, wrapped)
    lines = [tuple(say(head) for head in HEADS)]
    told: set[str] = set()
    for line in guide(say):
        if line.table not in told:
            lines.append((line.table, "", about(line.table, say)))
            told.add(line.table)
        lines.append(line.cells())
    lines += [("", name, note, unit) for name, unit, note in indicators(say)]
    for down, cells in enumerate(lines):
        for across, cell in enumerate(cells):
            page.write_string(down, across, cell, strong if down == 0 else None)
    page.freeze_panes(1, 0)
