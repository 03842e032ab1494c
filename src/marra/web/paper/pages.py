"""Write a document as PDF: A4 pages that can be searched, with outline, numbers and running title.

Source: ours.
"""

from typing import assert_never

from django.utils import translation
from django.utils.translation import gettext as _

from marra.web.paper import sheet, texts
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
from marra.web.paper.paper import Paper
from marra.web.paper.strips import Strip


def pdf(document: Document) -> bytes:
    """The document as a PDF file."""
    return paper(document).pdf()


def paper(document: Document) -> Paper:
    """The document as a paper, to be looked at page by page."""
    made = Paper(
        document.language,
        title=document.title,
        foot=document.foot,
        over=document.over,
        mark=document.draft,
        centred=document.centred,
    )
    with translation.override(document.language):
        for block in document.blocks:
            _put(made, block)
    return made


def _put(made: Paper, block: Block) -> None:
    match block:
        case Heading(words):
            made.heading(words)
        case Grid(table, caption):
            made.table(table, caption)
        case Facts(rows):
            made.facts(rows)
        case Picture(chart):
            made.chart(chart)
        case NewPage():
            made.new_page()
        case _:
            made.add(_strips(block))


def _strips(block: Words | Clause | Sides | Signatures) -> list[Strip]:
    match block:
        case Words():
            return texts.paragraphs(block.words, _hand(block), 5, centred=block.centred)
        case Clause(number, words, notes):
            return texts.clause(number, words, notes)
        case Sides(left, right):
            return texts.sides(left, right)
        case Signatures(signers):
            return texts.signatures(signers, _("(signature)"))
        case _:
            assert_never(block)


def _hand(words: Words) -> sheet.Hand:
    if words.small:
        return sheet.SMALL
    return sheet.STRONG if words.strong else sheet.BODY
