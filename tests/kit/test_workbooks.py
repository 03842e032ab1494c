"""One table of a workbook is read as a person sees it; what cannot be seen is refused."""

import io
from datetime import date

import pytest
import xlsxwriter

from marra.kit.findings import FileRefused, Findings
from marra.kit.tables import Table
from marra.kit.workbooks import read


def book(fill, *, sheets=("data",)) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        fill(made, *(made.add_worksheet(name) for name in sheets))
    return out.getvalue()


def simple(_made, sheet, *_others):
    sheet.write_row(0, 0, ["Indicator", "Value", "Day"])
    sheet.write_row(2, 0, ["portal.services", 761, ""])
    sheet.write_row(3, 0, ["portal.app-share", 74.4, "31.12.2025"])


def said(content: bytes) -> tuple[Table, list[str]]:
    findings = Findings("x.xlsx")
    found = read(content, findings)
    return found, [str(each) for each in findings.wrong]


def test_rows_come_with_the_line_on_which_they_stand_and_numbers_as_written():
    found, wrong = said(book(simple))

    assert wrong == []
    assert found.head == ("indicator", "value", "day")
    assert [(row.line, row.cells["value"]) for row in found.rows] == [(3, "761"), (4, "74.4")]


def test_days_of_a_spreadsheet_become_iso_days():
    def fill(made, sheet):
        sheet.write_row(0, 0, ["day"])
        sheet.write_datetime(1, 0, date(2025, 12, 31), made.add_format({"num_format": 14}))

    found, _ = said(book(fill))

    assert date.fromisoformat(found.rows[0].cells["day"]) == date(2025, 12, 31)


def test_a_text_with_semicolons_reads_the_same():
    found, wrong = said("Indicator;Value\nportal.services;761\n".encode("utf-8-sig"))

    assert wrong == []
    assert found.rows[0].cells == {"indicator": "portal.services", "value": "761"}


@pytest.mark.parametrize(
    ("fill", "sheets", "word"),
    [
        (
            lambda made, a: (simple(made, a), a.set_row(2, None, None, {"hidden": True})),
            1,
            "hidden",
        ),
        (
            lambda made, a: (simple(made, a), a.set_column(1, 1, None, None, {"hidden": True})),
            1,
            "hidden",
        ),
        (lambda made, a: (simple(made, a), a.merge_range(5, 0, 6, 1, "x")), 1, "merged"),
        (lambda made, a, b: (simple(made, a), simple(made, b)), 2, "sheets"),
    ],
)
def test_what_a_person_may_not_see_or_mean_is_refused(fill, sheets, word):
    _, wrong = said(book(fill, sheets=("data", "more")[:sheets]))

    assert any(word in each for each in wrong)


def test_a_sheet_for_people_only_is_passed_over():
    found, wrong = said(book(lambda m, a, b: (simple(m, a), simple(m, b)), sheets=("data", "# x")))

    assert (len(found.rows), wrong) == (2, [])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0 old", b"a\0b"])
def test_what_is_no_table_is_refused(content):
    findings = Findings("x.xlsx")

    read(content, findings)

    with pytest.raises(FileRefused):
        findings.settle()


def test_more_rows_than_asked_for_are_refused():
    findings = Findings("x.csv")

    read(b"a\n" + b"1\n" * 12, findings, most=10)

    assert "10" in str(findings.wrong[0])
