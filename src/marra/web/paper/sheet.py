"""The sheet: how large a page is, what its letters look like, and how much room words take.

Letters are Liberation Sans, which vl-convert brings along, so a paper looks the same wherever it
is made. Lengths are points (1/72 inch).

Source: ours; ISO 216 for A4.
"""

from dataclasses import dataclass, replace
from typing import Final
from xml.sax.saxutils import escape

from marra.web.charts.canvas import Canvas, width_of, wrap
from marra.web.charts.themes import FONT, LIGHT

WIDTH: Final = 595.28
HEIGHT: Final = 841.89
MARGIN: Final = 51.0
"""18 mm on all sides; punched holes leave the text alone."""

ROOM: Final = WIDTH - 2 * MARGIN
TOP: Final = MARGIN
BOTTOM: Final = HEIGHT - MARGIN - 28
"""Where the text ends; below it stands the foot."""

LETTERS: Final = "'Liberation Sans','DejaVu Sans',sans-serif"
NARROWER: Final = 0.91
BOLD: Final = 1.07
"""Widths are guessed for DejaVu Sans, which is broader than Liberation Sans by a tenth; bold
letters take more room again. Measured on sentences in Latin and Cyrillic letters."""


@dataclass(frozen=True, slots=True)
class Hand:
    """One kind of writing: its class in the picture, its size, the height of its line."""

    kind: str
    size: float
    line: float
    bold: bool = False
    ink: str = "#000000"

    def lines(self, words: str, room: float) -> list[str]:
        """The words broken into lines that fit the room; an address that does not is cut."""
        kept = words.replace(" %", "\N{NO-BREAK SPACE}%")
        lines = wrap(kept, room / (self._wider * self.size), 1)  # widths in ems of size 1
        return [piece for line in lines for piece in self._cut(line, room)]

    def width(self, words: str) -> float:
        """How many points a line of words takes, guessed on the wide side."""
        return self._wider * self.size * width_of(words, 1)

    def _cut(self, line: str, room: float) -> list[str]:
        pieces = [""]
        for letter in line:
            if pieces[-1] and self.width(pieces[-1] + letter) > room:
                pieces.append("")
            pieces[-1] += letter
        return pieces if self.width(line) > room and " " not in line else [line]

    @property
    def _wider(self) -> float:
        return NARROWER * (BOLD if self.bold else 1)

    @property
    def rule(self) -> str:
        """How it looks, for the style sheet."""
        weight = 700 if self.bold else 400
        return f"text.{self.kind}{{font-size:{self.size}px;font-weight:{weight};fill:{self.ink}}}"


TITLE: Final = Hand("p-title", 18, 23, bold=True)
LEAD: Final = Hand("p-lead", 12, 17)
HEADING: Final = Hand("p-heading", 13, 18, bold=True)
STRONG: Final = Hand("p-strong", 10, 14, bold=True)
BODY: Final = Hand("p-body", 10, 14)
CELL: Final = Hand("p-cell", 9, 12)
HEAD: Final = Hand("p-head", 9, 12, bold=True)
SMALL: Final = Hand("p-small", 8, 11, ink="#333333")
HANDS: Final = (TITLE, LEAD, HEADING, STRONG, BODY, CELL, HEAD, SMALL)

_BLACK: Final = replace(LIGHT, name="paper", ink="#000000", muted="#333333", crowd="#9aa4ad")
STYLE: Final = (
    _BLACK.style().replace(FONT, LETTERS)
    + "".join(hand.rule for hand in HANDS)
    + "line.p-rule{stroke:#000;stroke-width:1}line.p-hair{stroke:#999;stroke-width:.5}"
    + "text.p-mark{font-size:96px;font-weight:700;fill:#e9e9e9}"
)


def svg(page: Canvas, *, title: str, language: str) -> str:
    """One page as a picture of exactly A4."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" xml:lang="{language}"><title>{escape(title)}</title>'
        f'<style>{STYLE}</style><rect class="paper" width="100%" height="100%"/>'
        f"{''.join(page.marks)}</svg>"
    )
