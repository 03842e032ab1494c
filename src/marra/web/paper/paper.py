"""A paper: headings, text, facts, tables and charts below each other, bound into one PDF.

    Paper("uz", title="...", foot="Manba: ...").lead("...").heading("...").table(table).pdf()

Source: ours.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

import vl_convert
from django.utils import translation
from django.utils.translation import gettext as _
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from marra.web.charts.canvas import Canvas
from marra.web.charts.chart import WIDE, Chart, Table
from marra.web.paper import sheet, tables
from marra.web.paper.sheet import HEIGHT, MARGIN, ROOM, WIDTH, Hand
from marra.web.paper.strips import Page, Strip, gap, lay_out, written
from marra.web.paper.texts import paragraph

TAGS = {"uz": "uz-Latn", "uz-cyrl": "uz-Cyrl"}


@dataclass(slots=True)
class Paper:
    """A paper that grows downwards; each call adds to its end and gives it back.

    `foot` stands at the bottom of every page, beside the number of the page: where the figures
    come from, and the date.
    """

    language: str
    title: str
    foot: str
    over: str = ""  # what kind of paper it is, above the title
    mark: str = ""  # a word behind the text of every page, such as “draft”
    centred: bool = False  # how the title stands
    strips: list[Strip] = field(default_factory=list)

    def lead(self, words: str) -> Self:
        """The answer, in larger letters."""
        return self._write(words, sheet.LEAD, 6)

    def heading(self, words: str) -> Self:
        """A heading, which the outline of the file lists."""
        self.strips.append(gap(14, keeps=True))
        lines = sheet.HEADING.lines(words, ROOM)
        for turn, line in enumerate(lines):
            name = words if turn == 0 else ""
            self.strips.append(written(line, sheet.HEADING, MARGIN, keeps=True, name=name))
        self.strips.append(gap(3, keeps=True))
        return self

    def text(self, words: str) -> Self:
        """A paragraph."""
        return self._write(words, sheet.BODY, 5)

    def small(self, words: str) -> Self:
        """A note or a source, in small letters."""
        return self._write(words, sheet.SMALL, 4)

    def facts(self, rows: Sequence[tuple[str, str]]) -> Self:
        """Names on the left, what they are on the right."""
        self.strips += tables.facts(rows)
        self.strips.append(gap(8))
        return self

    def table(self, table: Table, caption: str = "") -> Self:
        """A table; its head stands again on every page it reaches."""
        if caption:
            self._write(caption, sheet.STRONG, 2, keeps=True)
        self.strips += [*tables.strips(table), gap(10)]
        return self

    def chart(self, chart: Chart, *, source: bool = True) -> Self:
        """A chart with its finding above and its note and source below, never broken."""
        self._write(chart.title, sheet.STRONG, 1, keeps=True)
        self._write(chart.subtitle, sheet.SMALL, 4, keeps=True)
        with translation.override(self.language):
            self.drawing(chart.draw(WIDE), keeps=True)
            told = [chart.note, f"{_('Source:')} {chart.source}"]
        for words in told if source else told[:1]:
            if words:
                self._write(words, sheet.SMALL, 2, keeps=True)
        self.strips.append(gap(10))
        return self

    def drawing(self, drawn: Canvas, *, keeps: bool = False) -> Self:
        """A drawing alone, as wide as the text."""
        scale = ROOM / drawn.width

        def draw(page: Canvas, top: float) -> None:
            page.marks.append(
                f'<g transform="translate({MARGIN} {top:.1f}) scale({scale:.4f})">'
                f"{''.join(drawn.marks)}</g>"
            )

        self.strips.append(Strip(drawn.height * scale + 4, draw, keeps=keeps))
        return self

    def new_page(self) -> Self:
        """What follows begins on a page of its own."""
        self.strips.append(Strip(HEIGHT, lambda _page, _top: None, is_gap=True))
        return self

    def add(self, strips: Sequence[Strip]) -> Self:
        """Strips made elsewhere."""
        self.strips += strips
        return self

    def pages(self) -> list[str]:
        """Each page as SVG."""
        return [self._svg(page) for page in self._laid()]

    def pdf(self) -> bytes:
        """All pages as one file, with title, language and outline."""
        laid, writer = self._laid(), PdfWriter()
        for page in laid:
            drawn = vl_convert.svg_to_pdf(self._svg(page))
            writer.append(io.BytesIO(drawn), import_outline=False)
        for at, page in enumerate(laid):
            for name in page.names:
                writer.add_outline_item(title=name, page_number=at)
        writer.metadata = {"/Title": self.title, "/Subject": self.over, "/Creator": "Marra"}
        writer.root_object[NameObject("/Lang")] = TextStringObject(self._tag)
        file = io.BytesIO()
        writer.write(file)
        return file.getvalue()

    @property
    def _tag(self) -> str:
        return TAGS.get(self.language, self.language)

    def _svg(self, page: Page) -> str:
        return sheet.svg(page.sheet, title=self.title, language=self._tag)

    def _laid(self) -> list[Page]:
        laid = lay_out([*self._beginning(), *self.strips])
        for number, page in enumerate(laid, start=1):
            self._finish(page.sheet, f"{number} / {len(laid)}", is_first=number == 1)
        return laid

    def _beginning(self) -> list[Strip]:
        at, anchor = (WIDTH / 2, "middle") if self.centred else (MARGIN, "start")
        over = [written(self.over, sheet.SMALL, at, keeps=True, anchor=anchor)]
        title = [
            written(line, sheet.TITLE, at, keeps=True, anchor=anchor)
            for line in sheet.TITLE.lines(self.title, ROOM)
        ]
        return [*over[: bool(self.over)], gap(4, keeps=True), *title, gap(8, keeps=True)]

    def _finish(self, page: Canvas, number: str, *, is_first: bool) -> None:
        """Put the running title and the foot on a page."""
        low = HEIGHT - MARGIN - 12
        page.line((MARGIN, low - 4), (MARGIN + ROOM, low - 4), "p-hair")
        for turn, line in enumerate(sheet.SMALL.lines(self.foot, ROOM - 60)[:2]):
            at = (MARGIN, low + (turn + 0.5) * sheet.SMALL.line)
            page.words(at, line, sheet.SMALL.kind)
        end = (MARGIN + ROOM, low + sheet.SMALL.line / 2)
        page.words(end, number, sheet.SMALL.kind, anchor="end")
        if self.mark:
            beside = (MARGIN + ROOM, MARGIN / 2)
            page.words(beside, self.mark, sheet.HEAD.kind, anchor="end")
            ground = Canvas(page.width, page.height)
            ground.words((WIDTH / 2, HEIGHT / 2), self.mark, "p-mark", anchor="middle", turn=-35)
            page.marks[:0] = ground.marks
        if not is_first:
            running = sheet.SMALL.lines(self.title, ROOM)[0]
            page.words((MARGIN, MARGIN / 2), running, sheet.SMALL.kind)

    def _write(self, words: str, hand: Hand, after: float, *, keeps: bool = False) -> Self:
        return self.add(paragraph(words, hand, after, keeps=keeps))
