"""Records: rows of a portfolio's tables as they stand in a file, whichever format it has.

Source: ours.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from marra.index.plan.files.columns import TABLES, heads
from marra.kit.findings import Findings
from marra.kit.text import gettext_noop

END: Final = "# end"
"""The last line of a text that says how many initiatives it has."""

FAULTY: Final = object()
"""Stands in a cell whose fault has been told already."""

MOST_ROWS: Final = 2_000
"""Rows of a table; a portfolio has some dozens."""

NO_COLUMN = gettext_noop(
    "The table {table} has no column “{name}”. Use one of: {known}. "
    "Put # before the name of a column that is only for you."
)
NEARLY_A_COLUMN = gettext_noop(
    "The table {table} has no column “{name}”. The nearest is “{near}”: correct the name."
)
NO_TABLE = gettext_noop(
    "There is no table “{name}”. The tables are: {known}. Put # before the name of what is "
    "only for you."
)
TABLE_TWICE = gettext_noop("The table {table} begins twice. Put its rows together.")
MISSING_TABLE = gettext_noop("The table {table} is missing. Start from the template.")
NO_ROWS = gettext_noop(
    "The table {table} has no row that is filled in. Rows that begin with # are examples: write "
    "below them, without #."
)
NO_NEEDED_COLUMN = gettext_noop("The table {table} has no column “{name}”. Add it to the head.")
NO_END = gettext_noop(
    "The file says how many initiatives it has, but its last line is not “# end”. If it was cut "
    "off, take it anew; if not, add that line, or leave the count out."
)


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its cells by column, and the line it stands on, or each cell's own line."""

    table: str
    line: int
    cells: Mapping[str, object]
    lines: Mapping[str, int] = field(default_factory=dict)

    def refuse(self, findings: Findings, sentence: str, column: str, **facts: str | float) -> None:
        """Note a fault of a cell, or of the row if the column is empty."""
        line = self.lines.get(column, self.line)
        findings.refuse(sentence, line=line, column=column, sheet=self.table, **facts)


Records = Mapping[str, list[Record]]
"""The records of each table, in the order of the file."""


def known_heads(table: str) -> tuple[str, ...]:
    """Every name that a column of the table may have."""
    return tuple(name for column in TABLES[table] for name in heads(column))


def is_private(name: str) -> bool:
    """Whether a column or a table is only for those who keep the file.

    >>> is_private("# my notes"), is_private("title")
    (True, False)
    """
    return name.startswith("#")


def check_names(
    table: str,
    names: Iterable[str],
    known: Collection[str],
    findings: Findings,
    at: Callable[[str], int],
) -> None:
    """Refuse names of columns that the table does not have, each at its line."""
    for name in names:
        if name and name not in known and not is_private(name):
            short = name[:60]
            place = {"sheet": table, "column": short, "name": short, "table": table}
            if near := get_close_matches(short, known, n=1, cutoff=0.6):
                findings.refuse(NEARLY_A_COLUMN, line=at(name), **place, near=near[0])
            else:
                listed = ", ".join(column.name for column in TABLES[table])
                findings.refuse(NO_COLUMN, line=at(name), **place, known=listed)


def check_end(text: str, found: Records, findings: Findings) -> None:
    """Refuse a text that says how much it holds and does not reach its end."""
    says_count = any(each.cells.get("count") not in (None, "") for each in found["portfolio"])
    lines = text.rstrip().splitlines()
    if says_count and not lines[-1].lstrip('"').startswith(END):
        findings.refuse(NO_END, line=len(lines))
