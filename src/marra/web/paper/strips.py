"""Strips: what stands below each other on paper, and how strips are laid out on pages.

Everything is cut into strips that are never broken: a line of text, a row of a table, a picture.
A strip that keeps to the next one is not the last of its page; a strip with a head, such as the
row of a table, gets that head again where it begins a page.

Source: ours.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from marra.web.charts.canvas import Canvas
from marra.web.paper.sheet import BOTTOM, HEIGHT, TOP, WIDTH, Hand

Draw = Callable[[Canvas, float], None]

ROUNDING: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Something of a height, drawn from a height on; `name` is what the outline lists."""

    height: float
    draw: Draw
    keeps: bool = False
    head: "Strip | None" = None
    is_gap: bool = False  # nothing to see: left out where a page begins
    name: str = ""


def gap(height: float, *, keeps: bool = False) -> Strip:
    """Empty room, which a page does not begin with."""
    return Strip(height, lambda _sheet, _top: None, keeps=keeps, is_gap=True)


def written(
    words: str,
    hand: Hand,
    at: float,
    *,
    keeps: bool = False,
    name: str = "",
    anchor: str = "start",
) -> Strip:
    """One line of words, which begins at `at`, or has its middle there."""

    def draw(sheet: Canvas, top: float) -> None:
        sheet.words((at, top + hand.line / 2), words, hand.kind, anchor=anchor)

    return Strip(hand.line, draw, keeps=keeps, name=name)


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One laid out page, and the names of the strips on it that have one."""

    sheet: Canvas
    names: tuple[str, ...]


def lay_out(strips: Sequence[Strip]) -> list[Page]:
    """The strips on as many pages as they need; a group higher than a page is broken."""
    pages: list[list[Strip]] = [[]]
    room = BOTTOM - TOP
    for group in _groups(strips):
        if pages[-1] and _height(pages[-1] + group) > room + ROUNDING:
            pages.append([])
        for strip in group:
            if pages[-1] and _height([*pages[-1], strip]) > room + ROUNDING:
                pages.append([])
            if not pages[-1] and strip.is_gap:
                continue
            if not pages[-1] and strip.head:
                pages[-1].append(strip.head)
            pages[-1].append(strip)
    return [_drawn(page) for page in pages if page]


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Strips that stay together, in order."""
    groups: list[list[Strip]] = [[]]
    for strip in strips:
        groups[-1].append(strip)
        if not strip.keeps:
            groups.append([])
    return [group for group in groups if group]


def _height(strips: Sequence[Strip]) -> float:
    return sum(strip.height for strip in strips)


def _drawn(strips: Sequence[Strip]) -> Page:
    sheet, top = Canvas(WIDTH, HEIGHT), TOP
    for strip in strips:
        strip.draw(sheet, top)
        top += strip.height
    return Page(sheet, tuple(strip.name for strip in strips if strip.name))
