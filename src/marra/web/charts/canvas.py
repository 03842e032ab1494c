"""A sheet to draw on: lines, bars, dots and words in pixels, written out as SVG.

Marks carry class names, never colours: a theme gives each class its look, so the same drawing
exists on light and on dark paper.

Source: ours; SVG 1.1, which browsers and vl-convert's rasteriser both draw.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape

import numpy as np

from marra.index.survey import Floats

Point = tuple[float, float]

_NARROW: Final = frozenset("iljItfr.,:;'ʻʼ’|!()[]/ \u00a0-·°")
_BROAD: Final = frozenset("mwMWшщжюфыШЩЖЮФЫМ—%@")


def width_of(words: str, size: int = 14) -> float:
    """How many pixels a line of words needs, guessed on the wide side.

    The reader's font is not known here, so the guess follows DejaVu Sans, the widest of the stack.

    >>> width_of("Oʻzbekiston") < width_of("OʻZBEKISTON") < 120
    True
    """
    ems = 0.0
    for letter in words:
        if letter in _NARROW:
            ems += 0.37
        elif letter in _BROAD:
            ems += 0.95
        elif letter.isupper():
            ems += 0.71
        else:
            ems += 0.61
    return ems * size


def column_for(labels: Iterable[str], most: float) -> float:
    """The room that bold labels need beside a picture, up to a bound.

    >>> column_for(["OSI", "TII"], 300) < 60
    True
    """
    return min(most, max((1.08 * width_of(label) for label in labels), default=0) + 16)


def wrap(words: str, width: float, size: int = 14) -> list[str]:
    """The words broken into lines that fit the width; a single long word keeps its line.

    >>> wrap("Online services explain half of the gap", 150)
    ['Online services', 'explain half of the', 'gap']
    """
    lines: list[str] = []
    for word in words.split(" "):
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


@dataclass(slots=True)
class Canvas:
    """Marks on a sheet of `width` x `height` pixels; (0, 0) is the top left corner."""

    width: float
    height: float
    marks: list[str] = field(default_factory=list)

    def line(self, start: Point, end: Point, kind: str) -> None:
        """A straight line."""
        (x1, y1), (x2, y2) = start, end
        self.marks.append(
            f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
        )

    def path(self, points: Sequence[Point | None], kind: str) -> None:
        """A line through the points; None lifts the pen, so a gap stays a gap."""
        steps: list[str] = []
        pen = "M"
        for point in points:
            if point is None:
                pen = "M"
                continue
            steps.append(f"{pen}{point[0]:.1f} {point[1]:.1f}")
            pen = "L"
        if steps:
            self.marks.append(f'<path class="{kind}" d="{"".join(steps)}"/>')

    def area(self, points: Sequence[Point], kind: str) -> None:
        """A filled shape."""
        corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.marks.append(f'<polygon class="{kind}" points="{corners}"/>')

    def bar(self, corner: Point, width: float, height: float, kind: str) -> None:
        """A bar from its top left corner; a bar of no width is drawn as a hairline."""
        x, y = corner
        self.marks.append(
            f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" '
            f'width="{max(width, 1):.1f}" height="{max(height, 1):.1f}"/>'
        )

    def dot(self, at: Point, radius: float, kind: str) -> None:
        """A round mark."""
        self.marks.append(
            f'<circle class="{kind}" cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius}"/>'
        )

    def rug(self, across: Floats, middle: float, height: float, kind: str) -> None:
        """Many short upright strokes as one mark: a crowd, light to send."""
        top = f"{middle - height / 2:g}v{height:g}"
        spots = np.unique(np.round(across, 1)).tolist()
        strokes = "".join([f"M{x:g} {top}" for x in spots])
        self.marks.append(f'<path class="{kind}" d="{strokes}"/>')

    def diamond(self, at: Point, radius: float, kind: str) -> None:
        """A mark told from a round one without its colour."""
        x, y = at
        self.area([(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)], kind)

    def words(
        self, at: Point, words: str, kind: str = "label", *, anchor: str = "start", turn: int = 0
    ) -> None:
        """A line of text; `at` is the middle of its first (or last) letter's height."""
        x, y = at
        where = f'x="{x:.1f}" y="{y:.1f}"'
        if turn:
            where += f' transform="rotate({turn} {x:.1f} {y:.1f})"'
        if anchor != "start":
            where += f' text-anchor="{anchor}"'
        self.marks.append(f'<text class="{kind}" {where} dy=".35em">{escape(words)}</text>')

    def place(self, other: "Canvas", at: Point) -> None:
        """Another sheet laid on this one, its corner at the point."""
        x, y = at
        self.marks.append(f'<g transform="translate({x:.1f} {y:.1f})">{"".join(other.marks)}</g>')

    def svg(self, style: str, *, title: str, description: str, language: str) -> str:
        """The whole picture with its words for those who do not see it."""
        width, height = round(self.width), round(self.height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img" xml:lang="{language}" '
            f'aria-labelledby="t d"><title id="t">{escape(title)}</title>'
            f'<desc id="d">{escape(description)}</desc><style>{style}</style>'
            f'<rect class="paper" width="100%" height="100%"/>{"".join(self.marks)}</svg>'
        )
