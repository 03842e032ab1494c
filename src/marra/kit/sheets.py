"""Sheets: tables written as a workbook or as CSV, so that spreadsheets read what we mean.

Words are never run as formulas: in a workbook they are written as words, in CSV a sign that begins
a formula gets an apostrophe before it, and `shown` takes it off again. Numbers are plain. The same
tables give the same bytes.

Source: ours; OWASP's note on CSV injection; RFC 4180.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

Cell = str | int | float | date | None

SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001  the same tables give the same bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its name, its head and the width of each column in letters."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()


def xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A workbook with one sheet for each table; heads stay in sight.

    >>> xlsx([Sheet("jadval", ["soni"], [[700]])])[:2]
    b'PK'
    """
    import xlsxwriter

    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": MADE})
        strong = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:31])
            for across, width in enumerate(sheet.widths):
                page.set_column(across, across, width)
            for across, name in enumerate(sheet.head):
                page.write_string(0, across, name, strong)
            for down, row in enumerate(sheet.rows, start=1):
                for across, cell in enumerate(row):
                    _write(page, down, across, cell)
            page.freeze_panes(1, 0)
    return file.getvalue()


def _write(page: Any, down: int, across: int, cell: Cell) -> None:
    match cell:
        case None | "":
            return
        case str():
            page.write_string(down, across, cell)
        case date():
            page.write_string(down, across, f"{cell:%d.%m.%Y}")
        case _:
            page.write_number(down, across, cell)


def csv_table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """CSV with a byte-order mark, so that spreadsheets read the letters rightly.

    >>> csv_table(["ish"], [["=1+1"]]).decode("utf-8-sig").split()
    ['ish', "'=1+1"]
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows([_told(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _told(cell: Cell) -> str | int | float:
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if cell.startswith(SIGNS) else cell
        case date():
            return f"{cell:%d.%m.%Y}"
        case _:
            return cell


def shown(cell: str) -> str:
    """A cell as it was before it was kept from being run.

    >>> shown("'=1+1"), shown("'nikoh")
    ('=1+1', "'nikoh")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(SIGNS) else cell
