"""Documents: the same words as PDF and for a word processor, whole, numbered, and marked."""

import io
from datetime import UTC, datetime

import docx
import pypdf
import pytest

from marra.web.charts.catalogue import chart
from marra.web.charts.chart import Column, Table
from marra.web.index.address import asked
from marra.web.paper import pages, word
from marra.web.paper.document import (
    Clause,
    Document,
    Facts,
    Grid,
    Heading,
    NewPage,
    Picture,
    Sides,
    Signatures,
    Signer,
    Words,
)

COLUMNS = (
    Column("n", "T/r"),
    Column("task", "Topshiriq", words=True),
    Column("share", "Ulush", digits=1),
)


def document(*blocks, **changed):
    told = {"title": "BAYONNOMA № 3", "foot": "Manba: Marra", "language": "uz"}
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return Document(**{**told, "made_at": at, "blocks": blocks, **changed})


def read_pdf(made):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pages.pdf(made))).pages]


def read_docx(made):
    return docx.Document(io.BytesIO(word.docx(made)))


EVERY = (
    Sides("02.03.2026", "Toshkent shahri"),
    Heading("QAROR QILINDI:"),
    Clause("1.", "Reyestr ochilsin.\nIkkinchi xatboshi.", ("Muddat: 30.04.2026",)),
    Facts((("Raislik qildi", "A. Karimov"),)),
    Grid(Table(COLUMNS, ((1, "Reyestr", 0.5),)), "Topshiriqlar"),
    Words("Izoh", small=True),
    NewPage(),
    Signatures((Signer("Rais", "A. Karimov", "E-IMZO 218711a92"), Signer("Kotib", "N. Aliyeva"))),
)
SAID = (
    "BAYONNOMA № 3", "02.03.2026", "Toshkent shahri", "QAROR QILINDI:", "Reyestr ochilsin.",
    "Ikkinchi xatboshi.", "Muddat: 30.04.2026", "Raislik qildi", "Topshiriqlar", "0,5", "Izoh",
    "Kotib", "N. Aliyeva", "E-IMZO 218711a92", "Manba: Marra",
)  # fmt: skip


def test_both_writers_say_every_block():
    file = read_docx(document(*EVERY))
    cells = [c.text for table in file.tables for row in table.rows for c in row.cells]
    foot = file.sections[0].footer.paragraphs[0].text
    written = "\n".join([*(each.text for each in file.paragraphs), *cells, foot])

    printed = "\n".join(read_pdf(document(*EVERY)))

    assert [words for words in SAID if words not in printed] == []
    assert [words for words in SAID if words not in written] == []


def test_a_word_file_is_a4_with_language_outline_heads_and_counted_pages():
    file = read_docx(document(*EVERY, language="uz-cyrl"))
    section, xml = file.sections[0], file.sections[0].footer.paragraphs[0]._p.xml

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert file.core_properties.language == "uz-Cyrl-UZ"
    assert file.core_properties.title == "BAYONNOMA № 3"
    assert [p.text for p in file.paragraphs if p.style.name == "Heading 1"] == ["QAROR QILINDI:"]
    assert "tblHeader" in file.tables[1].rows[0]._tr.xml
    assert ">PAGE<" in xml
    assert ">NUMPAGES<" in xml


@pytest.mark.parametrize("draft", ["", "LOYIHA"])
def test_a_draft_is_marked_on_every_page_and_a_final_one_on_none(draft):
    made = document(Words("\n".join(["matn"] * 120)), draft=draft)

    printed = read_pdf(made)

    assert len(printed) > 1
    assert all(("LOYIHA" in page) == bool(draft) for page in printed)
    assert read_docx(made).sections[0].header.paragraphs[0].text == draft


def test_a_row_longer_than_a_page_flows_on_with_the_head_and_loses_nothing():
    long = " ".join(f"soʻz{n}" for n in range(2500))
    table = Table(COLUMNS, tuple((n, long if n == 2 else "qisqa", 0.5) for n in range(1, 6)))

    printed = read_pdf(document(Grid(table)))

    assert len(printed) > 2
    assert all("Topshiriq" in page for page in printed)
    whole = set(" ".join(printed).split())
    assert {f"soʻz{n}" for n in range(2500)} <= whole


def test_the_last_signature_is_not_parted_from_the_first():
    signers = tuple(Signer(f"Lavozim {n}", f"Ism {n}") for n in range(6))
    filled = Words("\n".join(["matn"] * 33))

    printed = read_pdf(document(filled, Signatures(signers)))

    assert ["Lavozim 0" in page for page in printed] == ["Lavozim 5" in page for page in printed]


def test_a_short_clause_stays_whole():
    names = [f"{n:02}x" for n in range(40)]
    blocks = [Clause(f"{n}.", f"Band{n}", (f"Izoh{n}", f"Muddat{n}")) for n in names]

    printed = read_pdf(document(*blocks))

    assert len(printed) > 2
    for n in names:
        home = next(page for page in printed if f"Band{n}" in page)
        assert f"Izoh{n}" in home
        assert f"Muddat{n}" in home


@pytest.mark.django_db
def test_a_chart_is_a_picture_with_words_for_those_who_do_not_see_it():
    shown = chart("trend", asked({}), "uz")

    file = read_docx(document(Picture(shown)))
    printed = " ".join(" ".join(read_pdf(document(Picture(shown)))).split())

    assert len(file.inline_shapes) == 1
    assert file.inline_shapes[0]._inline.docPr.get("descr") == shown.alternative
    assert shown.title in printed
