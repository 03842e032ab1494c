"""The page that ranks bodies: sorted in the address, printed, taken away as a file."""

import csv
import io
import re
from datetime import date

import docx
import openpyxl
import pypdf
import pytest

from marra.commission.actions import reports
from marra.commission.models.assignments import Assignment
from tests.commission.test_reports import secretary
from tests.web.test_execution import accepted, given

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarter")]
HOME = "/en/execution/bodies/"
Q2 = {"quarter": "2026Q2"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def quarter(folder):
    """A body in time, one late by five days, one that owes for 31 and 61 days."""
    accepted(date(2026, 4, 30), 4, 20, title="Open one", co_executors=["energy"])
    accepted(date(2026, 5, 15), 5, 20, title="Open two", lead="justice")
    given(date(2026, 5, 30), title="Open three", lead="health", co_executors=["justice"])
    given(date(2026, 4, 30), title="Open four", lead="health")


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def table(answer) -> list[list[str]]:
    body = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows)
    return [[" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in row] for row in cells]


def test_each_colour_stands_with_its_number_its_day_and_its_source(client):
    page = client.get(HOME, Q2)

    assert page.status_code == 200
    states = [row[2] for row in table(page)]
    assert {each.split(":")[0] for each in states} == {"overdue", "done late", "all on time"}
    assert all(re.fullmatch(r"[a-z ]+: \d+ 30\.06\.2026", each) for each in states)
    assert "As of 30.06.2026 . Source: the register of assignments under control." in text(page)


def test_the_order_turns_and_the_places_stay(client):
    best = table(client.get(HOME, Q2 | {"by": "days"}))
    worst = table(client.get(HOME, Q2 | {"by": "days", "order": "worst"}))

    assert [row[1] for row in best] == ["1", "2", "3"]
    assert sorted(best) == sorted(worst)
    assert [row[1] for row in worst] == [row[1] for row in best][::-1]
    assert [row[-1] for row in best] == ["0", "5", "92"]


def test_a_head_says_how_it_is_sorted_and_asks_for_the_other_way(client):
    page = client.get(HOME, Q2 | {"by": "overdue"}).content.decode()

    (head,) = re.findall(r'<th[^>]*aria-sort="(\w+)"><a href="([^"]+)">([^<]+)', page)
    assert head[0] == "ascending"
    assert "order=worst" in head[1]
    assert head[2] == "Overdue"


def test_leads_and_co_executors_are_ranked_apart(client):
    led = {row[0] for row in table(client.get(HOME, Q2))}
    helped = {row[0] for row in table(client.get(HOME, Q2 | {"side": "helped"}))}

    assert led == {
        "Ministry of Digital Technologies",
        "Ministry of Justice",
        "Ministry of Health",
    }
    assert helped == {"Ministry of Energy", "Ministry of Justice"}


@pytest.mark.parametrize("wrong", [{"by": "beauty"}, {"side": "x"}, {"quarter": "2090Q1"}])
def test_what_cannot_be_read_is_said_and_the_usual_ranking_shown(client, wrong):
    page = client.get(HOME, Q2 | wrong)

    assert page.status_code == 422
    assert 'class="error small"' in page.content.decode()


def test_files_say_the_same_as_the_page(client):
    shown = table(client.get(HOME, Q2))
    names = [row[0] for row in shown]
    sent = {
        form: client.get(f"/en/execution/bodies.{form}", Q2).content
        for form in ("pdf", "docx", "xlsx", "csv")
    }

    book = openpyxl.load_workbook(io.BytesIO(sent["xlsx"])).active
    assert [row[1] for row in book.iter_rows(min_row=2, values_only=True)] == names
    rows = list(csv.reader(io.StringIO(sent["csv"].decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == names
    assert {tuple(row[-2:]) for row in rows[1:]} == {
        ("30.06.2026", "register of assignments under control")
    }
    words = docx.Document(io.BytesIO(sent["docx"])).tables[0]
    assert [row.cells[1].text for row in words.rows][1:] == names
    pages = pypdf.PdfReader(io.BytesIO(sent["pdf"])).pages
    printed = " ".join("".join(page.extract_text() for page in pages).split())
    assert all(name in printed for name in names)


def test_a_file_of_another_kind_is_not_there(client):
    assert client.get("/en/execution/bodies.exe", Q2).status_code == 404


def test_a_published_report_keeps_its_ranking(client):
    made = reports.make_report(secretary(7, 3), "2026Q2")
    reports.publish_report(secretary(7, 3), made.code)
    before = table(client.get(HOME, Q2))
    Assignment.objects.update(deadline="2026-04-01")

    assert table(client.get(HOME, Q2)) == before


def test_it_asks_as_often_for_many_bodies_as_for_few(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get(HOME, Q2)


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru"])
def test_it_speaks_the_language_of_its_reader(client, language):
    page = text(client.get(f"/{language}/execution/bodies/", Q2))

    assert "overdue" not in page
    assert "Ranked" not in page


def test_the_page_of_execution_leads_to_it(client):
    assert (
        "/en/execution/bodies/?quarter=2026Q2" in client.get("/en/execution/", Q2).content.decode()
    )
