"""Paper: A4 pages with words that can be searched, tables with heads, nothing beyond the edges."""

import io
import re
from itertools import pairwise

import pypdf
import pytest

from marra.web.charts.canvas import Canvas
from marra.web.charts.catalogue import chart
from marra.web.charts.chart import Column, Table
from marra.web.index.address import asked
from marra.web.paper import sheet, tables
from marra.web.paper.paper import Paper

COLUMNS = (Column("name", "Davlat", words=True), Column("egdi", "EGDI", digits=4))


def read(paper):
    """The text of each page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.pdf())).pages]


def long_table(rows=120):
    return Table(COLUMNS, tuple((f"Davlat {n}", n / 1000) for n in range(rows)))


def test_a_paper_is_a4_and_says_its_title_language_and_outline():
    paper = Paper("uz-cyrl", "Ўзбекистон: ҳисобот", "манба").heading("Боши").text("Матн.")

    file = pypdf.PdfReader(io.BytesIO(paper.pdf()))

    assert [float(side) for side in file.pages[0].mediabox[2:]] == pytest.approx([595.28, 841.89])
    assert file.metadata.title == "Ўзбекистон: ҳисобот"
    assert file.root_object["/Lang"] == "uz-Cyrl"
    assert [item.title for item in file.outline] == ["Боши"]


@pytest.mark.parametrize("words", ["Oʻzbekiston gʻarbi maʼno", "Ўзбекистон қоғози ҳақида", "Ёж"])
def test_words_of_every_script_can_be_searched(words):
    text = read(Paper("uz", words, "x").text(f"{words}. {words}"))[0]

    assert text.count(words) == 3


def test_a_table_has_its_head_on_every_page_and_every_row_once():
    pages = read(Paper("uz", "x", "manba").table(long_table(), "Jadval"))

    assert len(pages) > 1
    assert all("EGDI" in page and "manba" in page for page in pages)
    whole = "\n".join(pages)
    assert all(len(re.findall(rf"Davlat {n}\b", whole)) == 1 for n in range(120))
    assert [f"{n} / {len(pages)}" in page for n, page in enumerate(pages, 1)] == [True] * len(
        pages
    )


@pytest.mark.parametrize("lines", range(40, 60))
def test_a_heading_never_ends_a_page_and_no_page_is_empty(lines):
    paper = Paper("uz", "x", "y")
    for _ in range(lines):
        paper.text("matn")
    pages = read(paper.heading("BOSHI").text("ostida"))

    with_heading = next(page for page in pages if "BOSHI" in page)
    assert "ostida" in with_heading
    assert all("matn" in page or "ostida" in page for page in pages)


def test_wide_tables_shrink_into_the_sheet():
    columns = tuple(Column(f"c{n}", f"Uzun sarlavha {n}", words=n % 2 == 0) for n in range(9))
    row = tuple("juda uzun soʻzlar katakchasi" if n % 2 == 0 else 123456 for n in range(9))

    placed = tables._columns(Table(columns, (row,)), [[str(cell) for cell in row]])

    assert placed[0].left == sheet.MARGIN
    assert placed[-1].left + placed[-1].width <= sheet.MARGIN + sheet.ROOM + 1e-6
    assert all(a.left + a.width < b.left for a, b in pairwise(placed))


def test_lines_of_a_cell_do_not_widen_its_column():
    columns = tuple(Column(name, name, words=True) for name in ("title", "day", "cause"))
    cause = "it was said at length why this is late and what was done about it " * 4

    one = tables._columns(Table(columns, ()), [["Open one", "11.08.2026", cause]])
    two = tables._columns(Table(columns, ()), [["Open one", "11.08.2026\n12.08.2026", cause]])

    assert [each.width for each in one] == [each.width for each in two]


def test_a_new_page_begins_once():
    assert len(read(Paper("uz", "x", "y").text("a").new_page().text("b").new_page())) == 2


def test_a_drawing_stands_within_the_margins():
    page = Paper("uz", "x", "y").drawing(Canvas(760, 400)).pages()[0]

    assert f"scale({sheet.ROOM / 760:.4f})" in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru", "en"])
def test_a_chart_stands_whole_with_finding_and_source(language):
    shown = chart("trend", asked({}), language)

    text = " ".join(read(Paper(language, "x", "y").chart(shown))[0].split())

    assert shown.title in text
    assert shown.source in text


def test_facts_stay_together_and_long_values_are_cut_to_the_sheet():
    rows = [("Manzil", "http://" + "x" * 300), *((f"Nom {n}", f"qiymat {n}") for n in range(6))]
    paper = Paper("uz", "x", "y")
    for _ in range(30):
        paper.text("matn")
    pages = read(paper.facts(rows))

    assert "".join(pages).replace("\n", "").count("x") >= 300
    assert ["Nom 0" in page for page in pages] == ["Nom 5" in page for page in pages]
