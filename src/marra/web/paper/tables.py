"""Tables on paper: columns as wide as they need, rows that are not broken, heads on every page.

Source: ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from marra.web.charts.canvas import Canvas
from marra.web.charts.cells import shown
from marra.web.charts.chart import Table
from marra.web.paper.sheet import CELL, HEAD, MARGIN, ROOM, Hand
from marra.web.paper.strips import Strip

BETWEEN: Final = 12.0
"""Room between two columns."""
PADDING: Final = 3.0
WIDEST_WORDS: Final = 260.0
NAMES: Final = 160.0
SHORT: Final = 12
"""Tables of so many rows are not broken."""
MOST_LINES: Final = 24
"""Lines of one row that stay together; a longer one is cut into pieces, to fill the pages."""
PIECE: Final = 6


@dataclass(frozen=True, slots=True)
class Across:
    """One column on the sheet."""

    left: float
    width: float
    words: bool  # stands left; numbers stand right

    def write(self, sheet: Canvas, lines: Sequence[str], top: float, hand: Hand) -> None:
        """Lines of one cell, from a height on."""
        at, anchor = (self.left, "start") if self.words else (self.left + self.width, "end")
        for turn, line in enumerate(lines):
            spot = (at, top + PADDING + (turn + 0.5) * hand.line)
            sheet.words(spot, line, hand.kind, anchor=anchor)


def strips(table: Table) -> list[Strip]:
    """The head and the rows of a table, each row one strip that carries the head along."""
    rows = [[cell.text for cell in row] for row in shown(table)]
    columns = _columns(table, rows)
    heads = [column.head for column in table.columns]
    (head,) = _row(heads, columns, HEAD, "p-rule", keeps=True, head=None)
    whole = len(rows) <= SHORT
    found = [head]
    for turn, row in enumerate(rows, start=1):
        keeps = whole and turn < len(rows)
        found += _row(row, columns, CELL, "p-hair", keeps=keeps, head=head)
    return found


def facts(rows: Sequence[tuple[str, str]]) -> list[Strip]:
    """Names in a column of their own, what they are beside them; a short list is not broken."""
    columns = (
        Across(MARGIN, NAMES, words=True),
        Across(MARGIN + NAMES + BETWEEN, ROOM - NAMES - BETWEEN, words=True),
    )
    whole = len(rows) <= SHORT
    return [
        strip
        for turn, row in enumerate(rows, start=1)
        for strip in _row(
            row, columns, CELL, "p-hair", keeps=whole and turn < len(rows), head=None
        )
    ]


def _row(
    cells: Sequence[str],
    columns: Sequence[Across],
    hand: Hand,
    rule: str,
    *,
    keeps: bool,
    head: Strip | None,
) -> list[Strip]:
    """A row as one strip; one that fits no page is cut into pieces, with a rule below the last."""
    lines = [_lines(cell, hand, at.width) for cell, at in zip(cells, columns, strict=True)]
    deepest = max(len(each) for each in lines)
    if deepest <= MOST_LINES:
        return [_piece(lines, columns, hand, rule, keeps=keeps, head=head)]
    cuts = range(0, deepest, PIECE)
    return [
        _piece(
            [each[cut : cut + PIECE] for each in lines],
            columns,
            hand,
            rule if cut == cuts[-1] else "",
            keeps=False,
            head=head,
        )
        for cut in cuts
    ]


def _lines(cell: str, hand: Hand, width: float) -> list[str]:
    return [line for part in cell.splitlines() or [""] for line in hand.lines(part, width)]


def _piece(
    lines: Sequence[Sequence[str]],
    columns: Sequence[Across],
    hand: Hand,
    rule: str,
    *,
    keeps: bool,
    head: Strip | None,
) -> Strip:
    deepest = max(len(each) for each in lines)
    height = deepest * hand.line + (2 * PADDING if rule else 0.0)

    def draw(sheet: Canvas, top: float) -> None:
        for each, at in zip(lines, columns, strict=True):
            lower = (deepest - len(each)) * hand.line if hand is HEAD else 0.0
            at.write(sheet, each, top + lower, hand)
        if rule:
            sheet.line((MARGIN, top + height), (MARGIN + ROOM, top + height), rule)

    return Strip(height, draw, keeps=keeps, head=head)


def _columns(table: Table, rows: Sequence[Sequence[str]]) -> list[Across]:
    """Where each column stands: what does not fit is taken from the columns of words first."""
    words = [column.words or turn == 0 for turn, column in enumerate(table.columns)]
    least, wanted = _wishes(table, rows, words)
    room = ROOM - BETWEEN * (len(wanted) - 1)
    widths = _fitted(least, wanted, room)
    spare = room - sum(widths)
    if spare > 0 and any(words):
        widths[_neediest(rows, words, widths)] += spare
    left, found = MARGIN, []
    for width, is_words in zip(widths, words, strict=True):
        found.append(Across(left, width, is_words))
        left += width + BETWEEN
    return found


def _neediest(
    rows: Sequence[Sequence[str]], words: Sequence[bool], widths: Sequence[float]
) -> int:
    """The column of words with the most to break into lines; the first one if none has any."""
    lacks = [
        max((_wide(row[turn]) for row in rows), default=0.0) - width if is_words else 0.0
        for turn, (is_words, width) in enumerate(zip(words, widths, strict=True))
    ]
    return lacks.index(max(lacks)) if max(lacks) > 0 else list(words).index(True)


def _wishes(
    table: Table, rows: Sequence[Sequence[str]], words: Sequence[bool]
) -> tuple[list[float], list[float]]:
    """The least width of each column, and the width it would like."""
    least, wanted = [], []
    for turn, column in enumerate(table.columns):
        cells = [row[turn] for row in rows]
        head = max(HEAD.width(word) for word in column.head.split(" "))
        full = max((_wide(cell) for cell in cells), default=0.0)
        apart = (word for cell in cells for line in cell.splitlines() for word in line.split(" "))
        longest = max(map(CELL.width, apart), default=0.0)
        least.append(max(head, longest if words[turn] else full))
        wish = max(full, min(HEAD.width(column.head), 90.0))
        wanted.append(max(least[-1], min(wish, WIDEST_WORDS) if words[turn] else wish))
    return least, wanted


def _wide(cell: str) -> float:
    """The width of the longest line of a cell."""
    return max(map(CELL.width, cell.splitlines()), default=0.0)


def _fitted(least: list[float], wanted: list[float], room: float) -> list[float]:
    """Widths between the least and the wanted ones that fit the room, else all shrink alike."""
    more = [want - need for want, need in zip(wanted, least, strict=True)]
    over = sum(wanted) - room
    if over <= 0:
        return list(wanted)
    if over < sum(more):
        share = over / sum(more)
        return [want - share * each for want, each in zip(wanted, more, strict=True)]
    return [need * room / sum(least) for need in least]
