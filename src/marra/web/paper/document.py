"""A document of words: what stands below each other, to be written as PDF or for a word processor.

    told = Document("uz", "BAYONNOMA № 3", foot="Manba: …", made_at=stamp.at, blocks=(
        Sides("26.11.2026", "Toshkent shahri"),
        Heading("QAROR QILINDI"),
        Clause("1.", "…", notes=("Masʼul ijrochi: …", "Muddat: 30.04.2026")),
        Grid(table, "Topshiriqlar"),
        Signatures((Signer("Rais", "A. Karimov"),)),
    ))
    pages.pdf(told)    word.docx(told)

Both writers know every block, so what is printed and what is corrected in a word processor say
the same. Texts may have several lines; each is a paragraph of its own. A document with a `draft`
carries that word on every page.

Source: ours.
"""

from dataclasses import dataclass
from datetime import datetime

from marra.web.charts.chart import Chart, Table


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, which the outline of the file lists."""

    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs, in the middle of the page or at its left edge."""

    words: str
    centred: bool = False
    small: bool = False  # a note or a source
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause, whose lines all begin beside the number; notes stand below it."""

    number: str
    words: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """Two short texts on one line, at its two ends."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names on the left, what they are on the right."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, whose head stands again on every page it reaches."""

    table: Table
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its finding above, its note and source below."""

    chart: Chart


@dataclass(frozen=True, slots=True)
class Signer:
    """A line to sign on; `note` stands below it, such as an electronic signature."""

    position: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, never parted by the end of a page."""

    signers: tuple[Signer, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


Block = Heading | Words | Clause | Sides | Facts | Grid | Picture | Signatures | NewPage


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document in one language; `foot` stands at the bottom of every page."""

    language: str
    title: str
    foot: str
    made_at: datetime
    blocks: tuple[Block, ...]
    over: str = ""  # what kind of paper it is, above the title
    draft: str = ""  # the word “draft” in its language; empty for what is final
    centred: bool = True  # how the title stands
