"""Cells of a table as they stand where people read: on pages and on paper.

Source: ours; formats are those of `marra.web.formats`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from marra.web import formats
from marra.web.charts.chart import Cell, Column, Table


class Shown(NamedTuple):
    """One cell, written."""

    text: str
    numeric: bool


def shown(table: Table) -> Iterator[list[Shown]]:
    """The rows of a table, written for reading.

    >>> table = Table((Column("rank", "Rank"), Column("egdi", "EGDI", 4)), ((63, 0.7999),))
    >>> [[cell.text for cell in row] for row in shown(table)]
    [['63', '0,7999']]
    """
    for row in table.rows:
        yield [_shown(column, cell) for column, cell in zip(table.columns, row, strict=True)]


def _shown(column: Column, cell: Cell) -> Shown:
    if isinstance(cell, float):
        write = formats.signed if column.signed else formats.number
        return Shown(write(cell, column.digits or 0), numeric=True)
    if cell is None:
        return Shown(formats.NOTHING, numeric=not column.words)
    return Shown(str(cell), numeric=not column.words)
