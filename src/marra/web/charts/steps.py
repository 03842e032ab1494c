"""Steps that add up: bars one below the other, each beginning where the one before ended.

Source: ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from marra.web.charts.canvas import Canvas, column_for, width_of
from marra.web.charts.chart import NARROW
from marra.web.charts.scales import Scale, ticks
from marra.web.formats import number, signed

ROOM: Final = 82
"""For the value that stands right of the longest bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its names, the longest first, how far it goes and where it begins."""

    names: tuple[str, ...]
    value: float
    shown: float  # rounded so that the printed steps add up
    start: float
    kind: str  # "step", "inner" (a part of the step before) or "whole"

    @property
    def end(self) -> float:
        """Where the bar ends."""
        return self.start + self.value

    def name(self, room: float) -> str:
        """The longest of its names that fits the room."""
        fitting = [name for name in self.names if 1.08 * width_of(name) <= room]
        return fitting[0] if fitting else self.names[-1]


def draw(width: int, bars: Sequence[Bar], digits: int) -> Canvas:
    """The picture of the steps; names stand beside the bars, on a phone above them."""
    narrow = width <= NARROW
    row = 48 if narrow else 34
    canvas = Canvas(width, row * len(bars) + 34)
    low = min([0.0, *(min(bar.start, bar.end) for bar in bars)])
    high = max([0.0, *(max(bar.start, bar.end) for bar in bars)])
    column = column_for([bar.names[0] for bar in bars], 360)
    x = Scale(low, high, 2 if narrow else column + 16, width - ROOM)
    floor = canvas.height - 30
    for tick in ticks(low, high, 2 if narrow else 4):
        canvas.line((x(tick), 0), (x(tick), floor), "axis" if tick == 0 else "grid")
        canvas.words(
            (max(x(tick), 6), floor + 16), number(tick, 2 if tick else 0), "muted", anchor="middle"
        )
    for turn, bar in enumerate(bars):
        name = bar.name(width - 8 if narrow else x.start)
        _bar(canvas, x, row * turn, bar, name, signed(bar.shown, digits))
    return canvas


def _bar(canvas: Canvas, x: Scale, top: float, bar: Bar, name: str, value: str) -> None:
    narrow = canvas.width <= NARROW
    inner = bar.kind == "inner"
    kind = "whole" if bar.kind == "whole" else ("part" if inner else "focal")
    if bar.value < 0:
        kind = "minuspart" if inner else "minus"
    height = 12 if inner else 20
    middle = top + (34 if narrow else 17)
    indent = (8 if narrow else 0) + (16 if inner else 0)
    label = (indent, top + 12 if narrow else middle)
    words = "halo" if inner else "strong halo"
    canvas.words(label, name, f"muted {words}" if inner else words)
    left, right = sorted((x(bar.start), x(bar.end)))
    canvas.bar((left, middle - height / 2), right - left, height, kind)
    canvas.words((right + 8, middle), value, "halo" if inner else "strong halo")
    if bar.kind == "step":
        canvas.line((x(bar.end), middle), (x(bar.end), middle + 17), "link")
