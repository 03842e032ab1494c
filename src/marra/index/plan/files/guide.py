"""Guide: what each column means, from the table of columns, in the language of whoever asks.

Source: ours.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from marra.index.plan.files.columns import ABOUT, TABLES, Column, Kind, heads
from marra.index.plan.indicators import less_is_better, units
from marra.kit.text import gettext_noop

Say = Callable[[str], str]
"""Puts a sentence of the guide into the language of the reader; `str` leaves it in English."""

EXAMPLE = gettext_noop("example")
REQUIRED = gettext_noop("required")
YES = gettext_noop("yes")
LESS_IS_BETTER = gettext_noop("less is better: a gain is a negative number")
HEADS = (
    gettext_noop("table"),
    gettext_noop("column"),
    gettext_noop("what it means"),
    gettext_noop("unit"),
    EXAMPLE,
    REQUIRED,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One column of a table, explained."""

    table: str
    of: Column
    column: str
    means: str
    unit: str
    example: str
    required: str

    def cells(self) -> tuple[str, ...]:
        """The line under `HEADS`."""
        return (self.table, self.column, self.means, self.unit, self.example, self.required)


def guide(say: Say = str) -> Iterator[Line]:
    """Every column of every table.

    >>> next(guide()).column, next(guide()).means
    ('code', 'Short name of the portfolio, in Latin letters.')
    """
    for table, columns in TABLES.items():
        for column in columns:
            names = heads(column)
            shown = f"{names[0]}, {names[1]}, …" if column.kind is Kind.AMOUNTS else names[0]
            if column.kind is Kind.WORDS:
                shown = ", ".join(names)
            yield Line(
                table,
                column,
                shown,
                say(column.means),
                say(column.unit) if column.unit else "",
                column.example,
                say(YES) if column.required else "",
            )


def about(table: str, say: Say = str) -> str:
    """What a table holds."""
    return say(ABOUT[table])


def indicators(say: Say = str) -> Iterator[tuple[str, str, str]]:
    """Every indicator with its unit, which is written as it stands, and what to mind."""
    for name, unit in units().items():
        yield name, unit.value, say(LESS_IS_BETTER) if name in less_is_better() else ""
