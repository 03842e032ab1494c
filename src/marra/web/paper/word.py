"""Write a document for a word processor: DOCX on A4, with styles, outline and page numbers.

The file can be corrected and signed on paper; letters are Arial, which every office has and whose
widths are those of the letters in our PDF.

Source: ours; ECMA-376 (Office Open XML), ISO 216 for A4.
"""

import io
from typing import Any, Final, assert_never

import docx as word
from django.utils import translation
from django.utils.translation import gettext as _
from docx.document import Document as File
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as Rows
from docx.text.paragraph import Paragraph

from marra.web.charts.cells import shown
from marra.web.charts.chart import Chart, Look
from marra.web.charts.rendering import draw
from marra.web.paper.document import (
    Block,
    Clause,
    Document,
    Facts,
    Grid,
    Heading,
    NewPage,
    Picture,
    Sides,
    Signatures,
    Words,
)

LETTERS: Final = "Arial"
WIDTH: Final = Mm(170)
HANGING: Final = Mm(9)
TAGS: Final = {"uz": "uz-Latn-UZ", "uz-cyrl": "uz-Cyrl-UZ", "ru": "ru-RU", "en": "en-GB"}
"""The languages as word processors name them, for the spelling."""


def docx(document: Document) -> bytes:
    """The document as a DOCX file."""
    file = word.Document()
    _set_up(file, document)
    if document.over:
        _line(file, document.over, size=8, centred=document.centred)
    title = _line(file, document.title, size=16, strong=True, centred=document.centred)
    title.paragraph_format.keep_with_next = True
    with translation.override(document.language):
        for block in document.blocks:
            _put(file, block)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


# ── Page ─────────────────────────────────────────────────────────────────────────────────────


def _set_up(file: File, document: Document) -> None:
    about = file.core_properties
    about.title, about.author, about.comments = document.title, "Marra", ""
    about.language = TAGS.get(document.language, document.language)
    about.created = about.modified = document.made_at
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    for name, size in (("Normal", 11), ("Heading 1", 12)):
        style: Any = file.styles[name]
        style.font.name, style.font.size = LETTERS, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:eastAsia", "w:cs", "w:hAnsi", "w:ascii"):
            fonts.set(qn(kind), LETTERS)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    _speak(file, about.language)
    _frame(section, document)


def _speak(file: File, tag: str) -> None:
    """Say in which language the text is."""
    normal: Any = file.styles["Normal"]
    language: Any = OxmlElement("w:lang")
    language.set(qn("w:val"), tag)
    normal.element.get_or_add_rPr().append(language)


def _frame(section: Any, document: Document) -> None:
    """The word “draft” above, source and page number below."""
    if document.draft:
        above = section.header.paragraphs[0]
        above.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        above.add_run(document.draft).bold = True
    below = section.footer.paragraphs[0]
    below.paragraph_format.tab_stops.clear_all()
    below.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    below.paragraph_format.right_indent = Mm(0)
    _sized(below.add_run(f"{document.foot}\t"), 8)
    _counted(below, "PAGE")
    _sized(below.add_run(" / "), 8)
    _counted(below, "NUMPAGES")


def _counted(paragraph: Paragraph, field: str) -> None:
    """A number that the word processor counts."""
    run: Any = paragraph.add_run()
    _sized(run, 8)
    for kind, text in (("begin", ""), ("", field), ("end", "")):
        part: Any = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)  # noqa: SLF001  python-docx has no fields of its own


# ── Blocks ───────────────────────────────────────────────────────────────────────────────────


def _put(file: File, block: Block) -> None:
    match block:
        case Heading(words):
            file.add_heading(words, level=1)
        case Grid(_, caption):
            if caption:
                _line(file, caption, strong=True).paragraph_format.keep_with_next = True
            _grid(file, block)
        case Facts(rows):
            _facts(file, rows)
        case Picture(chart):
            _picture(file, chart)
        case NewPage():
            file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        case _:
            _text(file, block)


def _text(file: File, block: Words | Clause | Sides | Signatures) -> None:
    match block:
        case Words():
            for line in _lines(block.words):
                size = 8 if block.small else 11
                _line(file, line, size=size, strong=block.strong, centred=block.centred)
        case Clause(number, words, notes):
            _clause(file, number, [*_lines(words), *notes])
        case Sides(left, right):
            both = _line(file, f"{left}\t{right}")
            both.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        case Signatures():
            _signatures(file, block)
        case _:
            assert_never(block)


def _clause(file: File, number: str, lines: list[str]) -> None:
    for turn, line in enumerate(lines or [""]):
        made = _line(file, line if turn else f"{number}\t{line}")
        made.paragraph_format.left_indent = HANGING
        if not turn:
            made.paragraph_format.first_line_indent = -HANGING
            made.paragraph_format.tab_stops.add_tab_stop(HANGING)
        made.paragraph_format.keep_with_next = turn < len(lines) - 1


def _grid(file: File, block: Grid) -> None:
    made = file.add_table(rows=1, cols=len(block.table.columns), style="Table Grid")
    for cell, column in zip(made.rows[0].cells, block.table.columns, strict=True):
        _fill(cell, column.head, strong=True)
    _mark(made.rows[0], "w:tblHeader")
    for row in shown(block.table):
        added = made.add_row()
        for cell, told in zip(added.cells, row, strict=True):
            _fill(cell, told.text, right=told.numeric)
    for each in made.rows:
        _mark(each, "w:cantSplit")
    _line(file, "", size=6)


def _facts(file: File, rows: tuple[tuple[str, str], ...]) -> None:
    made = file.add_table(rows=0, cols=2)
    for name, value in rows:
        cells = made.add_row().cells
        _fill(cells[0], name, strong=True)
        _fill(cells[1], value)
    _widen(made, (Mm(55), Mm(115)))
    _line(file, "", size=6)


def _signatures(file: File, block: Signatures) -> None:
    _line(file, "")
    made = file.add_table(rows=0, cols=3)
    for signer in block.signers:
        cells = made.add_row().cells
        _fill(cells[0], signer.position, size=11)
        _fill(cells[1], f"____________________\n{_('(signature)')}", size=9)
        _fill(cells[2], "\n".join(filter(None, (signer.name, signer.note))), size=11)
    _widen(made, (Mm(60), Mm(50), Mm(60)))
    for each in made.rows:
        _mark(each, "w:cantSplit")
        for cell in each.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _picture(file: File, chart: Chart) -> None:
    """The chart as it is downloaded: with its finding, its note and its source in it."""
    shape = file.add_picture(io.BytesIO(draw(chart, Look(whole=True), "png")), width=WIDTH)
    shape._inline.docPr.set("descr", chart.alternative)  # noqa: SLF001  for those who do not see it


def _line(
    file: File, words: str, *, size: int = 11, strong: bool = False, centred: bool = False
) -> Paragraph:
    made = file.add_paragraph()
    made.paragraph_format.space_after = Pt(4)
    if centred:
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = made.add_run(words)
    run.bold = strong
    _sized(run, size)
    return made


def _fill(
    cell: Any, words: str, *, strong: bool = False, right: bool = False, size: int = 9
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(words)
    run.bold = strong
    _sized(run, size)


def _sized(run: Any, size: int) -> None:
    run.font.size = Pt(size)


def _mark(row: Any, kind: str) -> None:
    """Say of a row that it is a head, or that it is not parted by the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement(kind))  # noqa: SLF001  no interface for it


def _widen(table: Rows, widths: tuple[Any, ...]) -> None:
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
