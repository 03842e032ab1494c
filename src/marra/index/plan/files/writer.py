"""Writer: a portfolio as bytes of TOML, CSV or XLSX that read back to the same portfolio.

Source: TOML 1.0.0; RFC 4180; OWASP's note on CSV injection.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from marra.index.plan.files.book import book
from marra.index.plan.files.columns import TABLES
from marra.index.plan.files.csv_file import SIGNS
from marra.index.plan.files.guide import Say
from marra.index.plan.files.records import END
from marra.index.plan.files.rows import Cell, Sheet, plain_number, sheets, value_of
from marra.index.plan.limits import LAST_YEAR
from marra.index.plan.portfolio import Portfolio
from marra.kit.text import Text

NO_COMMENTS: Final[Mapping[str, list[str]]] = {}


def to_toml(portfolio: Portfolio) -> bytes:
    """TOML, with what may be left out left out."""
    return "\n".join((*_toml(portfolio), "", END, "")).encode()


def to_csv(portfolio: Portfolio) -> bytes:
    """CSV with a byte-order mark, so that Excel reads the letters rightly."""
    return csv_of(sheets(portfolio))


def to_xlsx(portfolio: Portfolio, say: Say = str) -> bytes:
    """A workbook: one sheet a table, and the guide."""
    return book(sheets(portfolio), say)


# ── TOML ─────────────────────────────────────────────────────────────────────────────────────


def _toml(portfolio: Portfolio) -> Iterator[str]:
    yield from _keys("portfolio", portfolio)
    for table in ("budgets", "capacities", "names", "initiatives"):
        for part in getattr(portfolio, table):
            yield f"\n[[{table}]]"
            yield from _keys(table, part)
            if table == "initiatives" and part.effects:
                yield "effects = ["
                yield from (f"  {_inline((part, effect))}," for effect in part.effects)
                yield "]"


def _keys(table: str, part: object) -> Iterator[str]:
    for column in TABLES[table]:
        value = value_of(part, column)
        if isinstance(value, Text):
            for name in value.__slots__:
                yield f"{column.name}.{name} = {_told(getattr(value, name))}"
        elif column.required or value not in ("", ()):
            yield f"{column.name} = {_told(value)}"


def _inline(effect: object) -> str:
    pairs = ((column.name, value_of(effect, column)) for column in TABLES["effects"][1:])
    told = ", ".join(f"{name} = {_told(value)}" for name, value in pairs if value != "")
    return f"{{ {told} }}"


def _told(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_told, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    found = plain_number(value)
    is_large = isinstance(found, int) and abs(found) > LAST_YEAR
    return f"{found:_}" if is_large else repr(found)


def _digits(number: float) -> str:
    return repr(plain_number(number))


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────


def _safe(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(SIGNS) else cell
    return _digits(cell)


def csv_of(
    tables: Iterable[Sheet],
    comments: Mapping[str, list[str]] = NO_COMMENTS,
    told: Callable[[Cell], str] = _safe,
) -> bytes:
    """The tables one below the other, initiatives last: a file cut off then lacks some."""
    file = io.StringIO()
    writer = csv.writer(file)
    for sheet in sorted(tables, key=lambda one: one.table == "initiatives"):
        writer.writerow([f"[{sheet.table}]"])
        writer.writerows([f"# {line}"] for line in comments.get(sheet.table, ()))
        writer.writerow(sheet.names)
        writer.writerows([told(cell) for cell in row] for row in sheet.rows)
        writer.writerow([])
    writer.writerow([END])
    return b"\xef\xbb\xbf" + file.getvalue().encode()
