"""Charts: picture, table and downloads tell the same, add up, and stand in four languages."""

import csv
import io
import json
import os
import re
from dataclasses import replace

import openpyxl
import pytest

from marra.evidence.queries import releases as queries
from marra.index import PublishedRow, build, provisional
from marra.kit.text import LANGUAGES
from marra.web.charts.asked import Asked
from marra.web.charts.catalogue import CHARTS, chart
from marra.web.charts.chart import NARROW, WIDE, Look, Table
from marra.web.charts.downloads import as_csv
from marra.web.charts.rendering import draw, tidy

pytestmark = pytest.mark.django_db

QUERY = "place=UZB&edition=2024&to=30&places=UZB,KAZ,EST"
ASKED = Asked("UZB", 2024, 30, ("UZB", "KAZ", "EST"))

NUMBER = re.compile(r"[+−]?\d,\d{4}")


def value(written: str) -> float:
    return float(written.replace(",", ".").replace("−", "-"))


@pytest.mark.parametrize("name", CHARTS)
def test_a_charts_downloads_carry_the_same_rows_source_and_versions(client, name):
    rows = json.loads(client.get(f"/en/chart/{name}.json?{QUERY}").content)
    text = client.get(f"/en/chart/{name}.csv?{QUERY}").content.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/en/chart/{name}.xlsx?{QUERY}").content))

    head = [line for line in text.splitlines() if line.startswith("# ")]
    body = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("# ")))
    sheet = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    about = dict(book["source"].iter_rows(values_only=True))

    assert len(body) == len(rows["rows"]) == len(sheet) > 0
    assert [list(row.values()) for row in rows["rows"]] == [list(row) for row in sheet]
    assert [
        ["" if cell is None else str(cell) for cell in row.values()] for row in rows["rows"]
    ] == [[cell.removeprefix("'") for cell in row.values()] for row in body]
    for fact in ("source", "citation", "data_version", "edition_version"):
        assert rows[fact]
        assert about[fact] == rows[fact]
        assert any(line.startswith(f"# {fact}: ") for line in head)


@pytest.mark.parametrize(("place", "to"), [("UZB", 30), ("EST", 30), ("TJK", 1), ("DNK", 193)])
@pytest.mark.parametrize("edition", [2003, 2010, 2018, 2024])
def test_a_waterfall_adds_up_to_the_number_in_the_sentence_above_it(place, to, edition):
    ranked = sum(queries.survey(edition).ranked)
    gap = chart("gap", Asked(place, edition, min(to, ranked)), "en")
    rows = gap.table.records()

    if not rows:
        assert "no index" in gap.title or "itself" in gap.title
        return
    told = value(NUMBER.search(gap.title)[0])
    parts = [row["contribution"] for row in rows if row["kind"] == "part"]
    whole = next(row["contribution"] for row in rows if row["kind"] == "whole")
    assert round(sum(parts), 4) == told == whole >= 0


def test_inputs_under_a_part_add_up_to_the_part():
    rows = chart("gap", ASKED, "en").table.records()

    start = next(i for i, row in enumerate(rows) if "TII" in row["name"])
    inputs = []
    for row in rows[start + 1 :]:
        if row["kind"] not in ("input", "remainder"):
            break
        inputs.append(row["contribution"])

    assert len(inputs) > 3
    assert round(sum(inputs), 4) == rows[start]["contribution"]


@pytest.mark.parametrize(
    ("place", "to", "words"),
    [
        ("UZB", 30, "behind place 30 (Ukraine)"),
        ("EST", 30, "ahead of place 30 (Ukraine)"),
        ("UKR", 30, "is itself at place 30"),
        ("DNK", 1, "is itself at place 1"),
        ("DNK", 193, "ahead of"),
    ],
)
def test_the_gap_says_whether_the_country_is_behind_ahead_or_there(place, to, words):
    assert words in chart("gap", Asked(place, 2024, to), "en").title


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_stands_in_every_language_with_words_of_its_own(name):
    told = {language: chart(name, ASKED, language) for language in LANGUAGES}

    for part in ("title", "subtitle", "source", "alternative", "citation"):
        words = {getattr(each, part) for each in told.values()}
        assert len(words) == len(LANGUAGES), part
    heads = {tuple(column.head for column in each.table.columns) for each in told.values()}
    assert len(heads) > 1 or name == "compare-parts"


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_picture_keeps_its_words_inside_its_sheet(name, theme, width):
    picture = draw(chart(name, ASKED, "uz"), Look(theme, width), "svg").decode()

    size = re.search(r'width="(\d+)" height="(\d+)"', picture)
    spots = re.findall(r'<text class="[^"]*" x="([\d.-]+)" y="([\d.-]+)"', picture)
    assert int(size[1]) == width
    assert len(spots) > 3
    assert all(-1 <= float(x) <= width + 1 for x, _y in spots)
    assert f'<title id="t">{chart(name, ASKED, "uz").title}' in picture.replace("&amp;", "&")


def test_a_page_keeps_the_room_that_the_picture_needs():
    told = chart("trend", ASKED, "uz")

    picture = draw(told, Look("light", WIDE), "svg").decode()

    assert f'width="{WIDE}" height="{told.height}"' in picture


@pytest.mark.parametrize(
    ("form", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<svg"), ("xlsx", b"PK")]
)
def test_a_file_is_what_its_name_says_and_is_not_sent_twice(client, form, begins):
    first = client.get(f"/uz/chart/trend.{form}?place=UZB")
    again = client.get(f"/uz/chart/trend.{form}?place=UZB", HTTP_IF_NONE_MATCH=first["ETag"])
    other = client.get(f"/uz/chart/trend.{form}?place=KAZ")

    assert first.content.startswith(begins)
    assert again.status_code == 304
    assert other["ETag"] != first["ETag"]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("trend.svg?place=XXX", 404, "No member state has the code “XXX”"),
        ("trend.svg?edition=2011", 404, "There is no edition 2011"),
        ("gap.svg?to=0", 422, "“0” is not a place in the ranking"),
        ("gap.svg?to=194", 422, "from 1 to 193"),
        ("gap.svg?edition=2003&to=180", 422, "from 1 to 173"),
        ("gap.svg?to=x", 422, "is not a place"),
        ("distribution.svg?of=gdp", 422, "There is no choice “gdp”"),
        ("compare.svg?places=UZB,KAZ,KGZ,TJK,TKM,RUS,USA", 422, "too many"),
        ("trend.svg?theme=pink", 422, "theme cannot be “pink”"),
        ("trend.svg?width=10000", 422, "width cannot be “10000”"),
        ("trend.exe", 404, "There is no file of the kind “exe” here"),
        ("nothing.svg", 404, "There is no chart “nothing”"),
    ],
)
def test_a_wrong_parameter_is_refused_with_a_sentence(client, address, status, words):
    answer = client.get(f"/en/chart/{address}")

    assert answer.status_code == status
    assert words in answer.content.decode()


def test_a_word_that_a_spreadsheet_would_run_is_made_harmless():
    told = chart("compare-parts", ASKED, "en")
    columns = told.table.columns[:2]
    risky = Table(columns, (("=1+1", "@x"), ("-2", "plain")))
    text = as_csv(replace(told, table=risky)).decode("utf-8-sig")

    assert "'=1+1,'@x" in text
    assert "'-2,plain" in text


def test_old_pictures_make_room_for_new_ones(tmp_path):
    files = [tmp_path / f"{turn % 4:02d}" / f"{turn:032d}.svg" for turn in range(20)]
    for age, file in enumerate(files):
        file.parent.mkdir(exist_ok=True)
        file.write_text("<svg/>")
        os.utime(file, (age, age))

    tidy(tmp_path, most=8 * len("<svg/>"))

    assert sorted(tmp_path.glob("*/*"), key=lambda file: file.name) == files[-6:]


@pytest.mark.parametrize("name", CHARTS)
def test_a_provisional_edition_without_inputs_and_some_values_draws_every_chart(name):
    surveys = {**queries.surveys(), 2026: provisional_survey()}

    for place in ("UZB", "TUV"):
        told = CHARTS[name].make(surveys, Asked(place, 2026, 3, of="epi"), "en").measured()

        assert told.title
        assert told.height > 0


def provisional_survey():
    rows = [
        PublishedRow(place, rank, 1 - rank / 10, 1 - rank / 10, 1 - rank / 10, 1 - rank / 10)
        for rank, place in enumerate(("DNK", "UZB", "KAZ", "EST"), start=1)
    ]
    none = PublishedRow("TUV", 5, 0.0, 0.0, 0.0, 0.0, flags=frozenset({"no_index"}))
    return build(provisional(2026, 5), [*rows, none], [], "trial")
