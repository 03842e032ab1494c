"""CSV: the tables of a portfolio one below the other, each under its name in brackets.

    [initiatives]
    code,title,starts,...
    rural-fibre,Fibre to villages,2026-2028,...

Lines that begin with # are for people. An apostrophe before a sign that spreadsheets would run as
a formula is taken off.

Source: ours; RFC 4180 for quotation; OWASP's note on CSV injection.
"""

import re
from collections import defaultdict
from typing import Final

from marra.index.plan.files.columns import NEEDED, TABLES
from marra.index.plan.files.grids import Row, records_of
from marra.index.plan.files.records import (
    MISSING_TABLE,
    NO_TABLE,
    TABLE_TWICE,
    Record,
    Records,
    check_end,
    is_private,
)
from marra.kit import tables
from marra.kit.findings import Findings
from marra.kit.text import gettext_noop

NO_TABLE_YET = gettext_noop(
    "The row stands above the first table. Write the name of a table above it, such as "
    "[initiatives]."
)

SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "'", "#", "[")
"""Before a text that begins so an apostrophe is written: formulas, and what divides this file."""

_NAME: Final = re.compile(r"\[\s*([^\]]*?)\s*\]")


def records(content: bytes, findings: Findings) -> Records:
    """The records of a CSV file, in the code page in which it has the fewest faults."""
    readings = [_reading(text) for text in tables.texts(content, findings)]
    if not readings:
        return {}
    own, found = min(readings, key=lambda reading: reading[0].count)
    findings.add(own)
    return found


def _reading(text: str) -> tuple[Findings, Records]:
    findings = Findings("")
    found: dict[str, list[Record]] = defaultdict(list)
    parts = _parts(text, findings)
    for table, rows in parts.items():
        found[table] = records_of(table, rows, findings)
    for table in (*NEEDED, "effects"):
        if table not in parts:
            findings.refuse(MISSING_TABLE, sheet=table, table=table)
    check_end(text, found, findings)
    return findings, found


def _parts(text: str, findings: Findings) -> dict[str, list[Row]]:
    parts: dict[str, list[Row]] = {}
    rows: list[Row] | None = None
    lines = text.splitlines(keepends=True)
    for line, cells in tables.cells(lines, _delimiter(lines), findings):
        first = cells[0].strip() if cells else ""
        name = _NAME.fullmatch(first)
        if name and not any(cell.strip() for cell in cells[1:]):
            rows = _begun(tables.plain(name[1]), line, parts, findings)
        elif rows is not None:
            rows.append((line, [_plain(cell) for cell in cells]))
        elif any(cell.strip() for cell in cells) and not is_private(first):
            findings.refuse(NO_TABLE_YET, line=line)
            rows = []
    return parts


def _begun(name: str, line: int, parts: dict[str, list[Row]], findings: Findings) -> list[Row]:
    """The list for the rows of a table that begins; one that nobody keeps if it may not."""
    if name in parts:
        findings.refuse(TABLE_TWICE, sheet=name, line=line, table=name)
    elif name in TABLES:
        return parts.setdefault(name, [])
    elif not is_private(name):
        findings.refuse(NO_TABLE, line=line, name=name[:60], known=", ".join(TABLES))
    return []


def _delimiter(lines: list[str]) -> str:
    """What stands between the cells, from the first head of a table."""
    in_table = False
    for line in lines:
        if in_table and line.strip(' \t\r\n,;"') and not is_private(line.lstrip(' "')):
            return tables.delimiter(line)
        in_table = in_table or line.lstrip(' "').startswith("[")
    return ","


def _plain(cell: str) -> str:
    is_marked = len(cell) > 1 and cell.startswith("'") and cell[1:].startswith(SIGNS)
    return cell[1:] if is_marked else cell
