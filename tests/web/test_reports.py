"""The pages of quarterly reports: made, kept, published, taken away as files."""

import io
import json
import re
from datetime import date

import docx
import openpyxl
import pypdf
import pytest

from marra.commission.actions import reports
from marra.commission.models.notices import QuarterReport
from marra.people.rules.rights import Role
from tests.commission import assignments as make
from tests.commission.test_reports import quarter, secretary
from tests.web.test_assignments import signed_in

__all__ = ["quarter"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarter")]
HOME = "/en/work/reports/"
OWN = {"own_problems": "Staff is lacking in the regions.", "own_tasks": "Open all centres."}
INSIDE = ("Move the archive of deeds", "Floods in May.", "A. Karimov")
"""A title, a cause and a name: not for everybody."""


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def clerk(as_administrator):
    return signed_in(as_administrator, "kotib", Role.SECRETARY)


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def made():
    return reports.make_report(secretary(7, 3), "2026Q2", **OWN)


def test_a_report_is_looked_at_kept_and_published_without_script(clerk):
    before = text(clerk.get(f"{HOME}new/?quarter=2026Q2"))
    kept = clerk.post(f"{HOME}new/?quarter=2026Q2", OWN)
    row = QuarterReport.objects.get()
    asked = text(clerk.get(f"{HOME}{row.code}/publish/"))
    done = clerk.post(f"{HOME}{row.code}/publish/")

    assert "Report on quarter 2 of 2026 as it would be now" in before
    assert "Floods in May." in before
    assert kept["Location"] == f"{HOME}{row.code}/?done=made"
    assert "Publish the report on quarter 2 of 2026?" in asked
    assert done["Location"] == f"{HOME}{row.code}/?done=published"
    row.refresh_from_db()
    assert row.published_at is not None
    assert "quarter 2 of 2026" in text(clerk.get(HOME))


def test_a_report_says_its_five_parts_with_causes_and_where_there_is_none(clerk):
    said = text(clerk.get(f"{HOME}{made().code}/"))

    for words in (
        "1. Target indicators",
        "3. Overdue assignments and their causes",
        "Overdue: 3; done late: 1; overdue days: 81.",
        "20.05.2026, asked for more time: Floods in May.",
        "Nobody told a cause.",
        "4 overdue or late of 5 answered for, 81 overdue days.",
        "Staff is lacking in the regions.",
        "In quarter 3 of 2026 fall due: assignments 1",
    ):
        assert words in said


def test_everybody_reads_the_figures_of_a_published_report_and_nothing_of_its_inside(client):
    row = made()
    reports.publish_report(secretary(7, 10), row.code)
    make.assignment(secretary(3, 2), deadline=date(2026, 6, 30), title="Found out later")

    said = text(client.get("/en/execution/?quarter=2026Q2"))

    assert "What was reported on quarter 2 of 2026" in said
    assert "20 % was done on time in quarter 2 of 2026: 1 of 5 assignments" in said
    assert "Staff is lacking in the regions." in said
    assert row.digest in said
    assert not [each for each in INSIDE if each in said]


def test_before_it_is_published_nothing_of_a_report_is_open(client):
    made()

    said = text(client.get("/en/execution/?quarter=2026Q2"))

    assert "What was reported" not in said
    assert "Staff is lacking" not in said


def test_the_files_say_the_same_in_the_readers_language(clerk):
    home = f"/uz/work/reports/{made().code}/report."

    pdf = pypdf.PdfReader(io.BytesIO(clerk.get(f"{home}pdf").content))
    printed = " ".join(page.extract_text() for page in pdf.pages)
    word = docx.Document(io.BytesIO(clerk.get(f"{home}docx").content))
    cells = [c.text for table in word.tables for row in table.rows for c in row.cells]
    book = openpyxl.load_workbook(io.BytesIO(clerk.get(f"{home}xlsx").content))
    frozen = json.loads(clerk.get(f"{home}json").content)

    assert "HISOBOT" in printed
    assert "Floods in May." in " ".join(printed.split())
    assert any("Floods in May." in cell for cell in cells)
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    assert any(row[1] == "Move the archive of deeds" and row[4] == 32 for row in rows if row[4:])
    assert (frozen["format"], frozen["quarter"]) == ("marra-report/1", 2)
    assert clerk.get(f"{home}exe").status_code == 404


@pytest.mark.parametrize("written", ["2026Q5", "", "2090Q1", "x"])
def test_a_quarter_that_is_none_or_to_come_is_told(clerk, written):
    page = clerk.get(f"{HOME}new/", {"quarter": written})

    assert page.status_code == 422
    assert 'class="trail"' in page.content.decode() or "quarter" in text(page).lower()


def test_a_body_reads_published_reports_only_and_makes_none(as_administrator):
    row = made()
    body = signed_in(as_administrator, "ijrochi", Role.EXECUTOR, "digital")

    assert "No report has been made yet." in text(body.get(HOME))
    assert body.get(f"{HOME}{row.code}/").status_code == 404
    assert body.get(f"{HOME}{row.code}/report.pdf").status_code == 404
    assert body.get(f"{HOME}new/?quarter=2026Q2").status_code == 403
    reports.publish_report(secretary(7, 10), row.code)
    assert "/en/execution/?quarter=2026Q2" in body.get(HOME).content.decode()


def test_an_auditor_reads_but_keeps_and_publishes_nothing(as_administrator):
    row = made()
    auditor = signed_in(as_administrator, "auditor", Role.AUDITOR)

    page = auditor.get(f"{HOME}new/?quarter=2026Q2")
    assert "Keep this report" not in text(page)
    assert "A secretary of the Commission or an analyst keeps it." in text(page)
    assert "Publish" not in auditor.get(f"{HOME}{row.code}/").content.decode().split("<main")[1]
    assert auditor.post(f"{HOME}{row.code}/publish/").status_code == 422


def test_the_calendar_names_the_fifteenth_and_the_thirtieth(clerk):
    page = clerk.get(HOME).content.decode()

    days = re.findall(r'datetime="20\d\d-\d\d-(\d\d)"', page)
    assert {"15", "30"} <= set(days)
    assert "UP-6003" in page


def test_a_changed_document_is_told(clerk):
    row = made()
    QuarterReport.objects.update(document=row.document.replace("Floods", "Storms"))

    assert "somebody changed it in the database" in text(clerk.get(f"{HOME}{row.code}/"))


def test_the_list_asks_as_often_for_many_as_for_few(clerk, django_assert_max_num_queries):
    for _ in range(60):
        made()

    with django_assert_max_num_queries(16):
        page = clerk.get(HOME)

    assert "Next page" in text(page)
