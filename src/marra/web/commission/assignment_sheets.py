"""A list of assignments as a workbook or CSV, and the template of one, in the reader's language.

Everything is written as text or as a day, never as a formula; in CSV, which has no types, what a
spreadsheet would run gets an apostrophe before it, and reading takes it off again.

Source: ours; RFC 4180 for CSV; OWASP's note on CSV injection.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from marra.commission.rules.assignment_files.columns import COLUMNS
from marra.commission.rules.assignments import TOLD, State
from marra.web import formats, layout
from marra.web.commission.obligations import said

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment

RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001  the same list gives the same bytes
OFFERED: Final = (State.DRAFT, State.NEW, State.IN_PROGRESS)
ROWS_WITH_LISTS: Final = 5_000

GUIDE_HEADS: Final = (
    gettext_noop("column"),
    gettext_noop("what it means"),
    gettext_noop("example"),
    gettext_noop("required"),
)

Cell = str | int | date


def heads() -> list[str]:
    """The heads of a list, in the reader's language."""
    return [column.name.into(layout.language()) for column in COLUMNS.values()]


def cells(rows: Iterable["Assignment"]) -> Iterator[list[Cell]]:
    """The cells of each assignment, in the order of the columns."""
    for row in rows:
        yield [
            row.number,
            row.ijro_number,
            row.title,
            _basis(row),
            said(row.lead.names),
            "; ".join(said(each.names) for each in row.co_executors.all()),
            row.head_name,
            row.given_on,
            row.deadline,
            row.first_deadline if row.first_deadline != row.deadline else "",
            row.group.code if row.group else "",
            row.indicator,
            _(TOLD[State(row.state)]),
            row.percent,
            row.text,
        ]


def _basis(row: "Assignment") -> str:
    if row.clause:
        return f"{row.clause.act.named.into(layout.language())}, {row.clause.number}"
    if row.decision:
        return f"{row.decision.session.title}, {row.decision.number}"
    return row.basis


def as_csv(rows: Iterable[list[Cell]]) -> bytes:
    """Semicolons, as spreadsheets here expect beside a decimal comma; a mark for the letters."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(heads())
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        return formats.day(cell)
    told = str(cell)
    return f"'{told}" if told.startswith(RISKY) else told


def as_xlsx(rows: Iterable[list[Cell]], *, guide: bool = False) -> bytes:
    """A workbook with one list; with the guide on a sheet that is not read."""
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": MADE})
        strong = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"})
        page = book.add_worksheet(_("Assignments")[:31])
        for at, (column, head) in enumerate(zip(COLUMNS.values(), heads(), strict=True)):
            page.set_column(at, at, column.width)
            page.write_string(0, at, head, strong)
        for down, row in enumerate(rows, start=1):
            for at, cell in enumerate(row):
                _write(page, down, at, cell, wrapped, day)
        page.freeze_panes(1, 3)
        if guide:
            _offer(page)
            _explain(book.add_worksheet(f"# {_('guide')}"[:31]), strong, wrapped)
    return file.getvalue()


def _write(page: Any, down: int, at: int, cell: Cell, wrapped: object, day: object) -> None:
    match cell:
        case date():
            page.write_datetime(down, at, cell, day)
        case int():
            page.write_number(down, at, cell)
        case "":
            pass
        case _:
            page.write_string(down, at, cell, wrapped)


def _offer(page: Any) -> None:
    """The states that may be written, as a list to choose from."""
    at = list(COLUMNS).index("state")
    offered = [_(TOLD[state]) for state in OFFERED]
    page.data_validation(
        1,
        at,
        ROWS_WITH_LISTS,
        at,
        {"validate": "list", "source": offered, "error_type": "warning"},
    )


def guide() -> list[tuple[str, str, str, bool]]:
    """What each column means: head, meaning, example, and whether it must be filled in."""
    return [
        (head, _(column.means), column.example, column.needed)
        for head, column in zip(heads(), COLUMNS.values(), strict=True)
    ]


def _explain(page: Any, strong: object, wrapped: object) -> None:
    for at, (head, width) in enumerate(zip(GUIDE_HEADS, (28, 80, 34, 12), strict=True)):
        page.set_column(at, at, width)
        page.write_string(0, at, _(head), strong)
    for down, (head, means, example, needed) in enumerate(guide(), start=1):
        for at, told in enumerate((head, means, example, _("yes") if needed else "")):
            page.write_string(down, at, told, wrapped)
