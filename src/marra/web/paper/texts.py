"""Strips of text: paragraphs, clauses beside their numbers, two ends of a line, lines to sign on.

Source: ours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from marra.web.charts.canvas import Canvas
from marra.web.paper.document import Signer
from marra.web.paper.sheet import BODY, MARGIN, ROOM, SMALL, WIDTH, Hand
from marra.web.paper.strips import Strip, gap, written

NUMBER: Final = 26.0
"""Room for the number of a clause."""

SHORT: Final = 16
"""A clause of so many strips, each line being one or two, is not parted by the end of a page."""

SIGN_FROM, SIGN_TO = MARGIN + 0.38 * ROOM, MARGIN + 0.64 * ROOM
"""Where the line to sign on begins and ends."""


def paragraph(
    words: str,
    hand: Hand,
    after: float,
    *,
    keeps: bool = False,
    left: float = MARGIN,
    centred: bool = False,
) -> list[Strip]:
    """The words as lines; no line is left alone at the foot or the top of a page."""
    lines = hand.lines(words, MARGIN + ROOM - left)
    at, anchor = (WIDTH / 2, "middle") if centred else (left, "start")
    found = []
    for turn, line in enumerate(lines):
        alone = keeps or turn == 0 or turn == len(lines) - 2
        holds = alone and (keeps or len(lines) > 1)
        found.append(written(line, hand, at, keeps=holds, anchor=anchor))
    return [*found, gap(after, keeps=keeps)]


def paragraphs(words: str, hand: Hand, after: float, *, centred: bool = False) -> list[Strip]:
    """Each line of a text as a paragraph of its own."""
    return [
        strip
        for line in words.splitlines()
        if line.strip()
        for strip in paragraph(line.strip(), hand, after, centred=centred)
    ]


def clause(number: str, words: str, notes: Sequence[str]) -> list[Strip]:
    """A clause beside its number, with its notes below."""
    left = MARGIN + NUMBER
    lines = [line.strip() for line in words.splitlines() if line.strip()] or [""]
    strips = paragraph(lines[0], BODY, 2, left=left)
    strips[0] = _numbered(number, strips[0])
    for line in lines[1:]:
        strips += paragraph(line, BODY, 2, left=left)
    for note in notes:
        strips += paragraph(note, BODY, 1, left=left)
    if len(strips) <= SHORT:
        strips = [replace(strip, keeps=True) for strip in strips]
    return [*strips, gap(5)]


def sides(left: str, right: str) -> list[Strip]:
    """Two texts at the two ends of a line."""
    lines = (BODY.lines(left, ROOM / 2 - 6), BODY.lines(right, ROOM / 2 - 6))
    deepest = max(map(len, lines))

    def draw(sheet: Canvas, top: float) -> None:
        for end, anchor, told in zip(
            (MARGIN, MARGIN + ROOM), ("start", "end"), lines, strict=True
        ):
            for turn, line in enumerate(told):
                spot = (end, top + (turn + 0.5) * BODY.line)
                sheet.words(spot, line, BODY.kind, anchor=anchor)

    return [Strip(deepest * BODY.line, draw), gap(8)]


def signatures(signers: Sequence[Signer], hint: str) -> list[Strip]:
    """Lines to sign on with position before and name after; all on one page."""
    found = [gap(14, keeps=True)]
    for turn, signer in enumerate(signers, start=1):
        found += _signed(signer, hint, keeps=turn < len(signers))
    return found


def _signed(signer: Signer, hint: str, *, keeps: bool) -> Iterator[Strip]:
    position = BODY.lines(signer.position, SIGN_FROM - MARGIN - 8)
    name = BODY.lines(signer.name, MARGIN + ROOM - SIGN_TO - 8)
    deepest = max(len(position), len(name))

    def draw(sheet: Canvas, top: float) -> None:
        for left, lines in ((MARGIN, position), (SIGN_TO + 8, name)):
            for turn, line in enumerate(lines):
                sheet.words((left, top + (turn + 0.5) * BODY.line), line, BODY.kind)
        low = top + BODY.line + 1
        sheet.line((SIGN_FROM, low), (SIGN_TO, low), "p-hair")
        middle = ((SIGN_FROM + SIGN_TO) / 2, low + SMALL.line / 2 + 1)
        sheet.words(middle, hint, SMALL.kind, anchor="middle")

    yield Strip(deepest * BODY.line + SMALL.line, draw, keeps=keeps or bool(signer.note))
    if signer.note:
        yield from paragraph(signer.note, SMALL, 4, keeps=keeps, left=SIGN_FROM)
    yield gap(8, keeps=keeps)


def _numbered(number: str, first: Strip) -> Strip:
    def draw(sheet: Canvas, top: float) -> None:
        sheet.words((MARGIN, top + BODY.line / 2), number, BODY.kind)
        first.draw(sheet, top)

    return Strip(first.height, draw, keeps=first.keeps)
