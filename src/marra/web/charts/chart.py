"""A chart: what it says, the rows it says it with, and how to draw them.

Words and rows are made first and once; the drawing is made on demand for a width and a theme, from
the same rows. So page, picture and downloads cannot disagree.

Source: ours.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from marra.web.charts.canvas import Canvas

WIDE: Final = 760
NARROW: Final = 340
"""Widths of pictures in pixels; a narrow one has fewer ticks, not smaller letters."""

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart's table.

    `digits` is the number of decimals on pages; None marks words and whole numbers. Downloads
    carry the value as it is.
    """

    key: str  # in JSON, and the head in CSV: "egdi"
    head: str  # on the page, with its unit
    digits: int | None = None
    signed: bool = False
    words: bool = False  # words stand left, numbers right


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a chart; a cell without a value is None, and the page says so."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def records(self) -> list[dict[str, Cell]]:
        """The rows by the keys of their columns."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart in one language."""

    name: str
    language: str
    title: str  # the finding
    subtitle: str  # what is drawn, its unit and years
    alternative: str  # the same for those who do not see it
    table: Table
    source: str
    note: str
    citation: str
    query: str  # the state of the chart, as it stands in addresses
    data_version: str
    edition_version: str
    draw: Callable[[int], Canvas]  # the picture without its words, for a width
    route: str = "chart"  # the name of its address; the page by itself is at `…-page`
    height: int = 0  # of the wide picture, in pixels; a page keeps room for it
    narrow_height: int = 0

    def measured(self) -> "Chart":
        """The same chart, knowing how high its pictures are."""
        wide, narrow = self.draw(WIDE).height, self.draw(NARROW).height
        return replace(self, height=round(wide), narrow_height=round(narrow))

    @property
    def is_long(self) -> bool:
        """Whether the table needs a page of its own."""
        return len(self.table.rows) > 40


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is to look: `whole` adds title and source, so that it can travel alone."""

    theme: str = "light"
    width: int = WIDE
    whole: bool = False
