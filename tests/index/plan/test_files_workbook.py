"""A workbook comes from anybody: what cannot be seen or trusted in it is refused."""

from datetime import date
from io import BytesIO
from time import process_time
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from marra.index.plan.files import read, template, to_xlsx
from marra.kit.workbook_parts import MOST_PARTS
from tests.index.plan.test_files import GOOD
from tests.index.plan.written import refused, workbook


def cell(sheet: str, name: str, value: object):
    """A change of one cell."""

    def change(book: openpyxl.Workbook) -> None:
        book[sheet][name] = value

    return change


def merged(book):
    book["initiatives"].merge_cells("K2:K3")


def hidden_row(book):
    book["effects"].row_dimensions[3].hidden = True


def hidden_column(book):
    book["budgets"].column_dimensions["C"].hidden = True


def hidden_sheet(book):
    book["capacities"].sheet_state = "hidden"


def wide(book):
    book["names"].cell(2, 81, "far out")


def long(book):
    book["names"].cell(9000, 1, "far down")


def misspelt(book):
    book["budgets"].title = "budget"


def twice(book):
    book["names"].title = "Budgets "


def left_out(book):
    del book["effects"]


FAULTS = {
    "a date for a year": (
        cell("budgets", "B2", date(2026, 1, 1)),
        ("budgets", 2, "year", "holds the date 2026-01-01"),
    ),
    "a year shown as a date": (
        cell("initiatives", "C2", date(1905, 7, 18)),
        ("initiatives", 2, "starts", "holds the date 1905-07-18"),
    ),
    "a formula never computed": (
        cell("budgets", "C2", "=500*10^9"),
        ("budgets", 2, "amount", "a formula that was never computed"),
    ),
    "an error": (
        cell("effects", "C2", "#REF!"),
        ("effects", 2, "low", "holds the error #REF!"),
    ),
    "a truth": (
        cell("initiatives", "F2", True),
        ("initiatives", 2, "chance", "“True” is not a number"),
    ),
    "merged cells": (merged, ("initiatives", 0, "", "cells K2:K3 are merged")),
    "a hidden row": (hidden_row, ("effects", 3, "", "The row is hidden")),
    "a hidden column": (hidden_column, ("budgets", 1, "", "Column 3 of the sheet is hidden")),
    "a hidden sheet": (hidden_sheet, ("capacities", 0, "", "The sheet is hidden")),
    "a far column": (wide, ("names", 2, "", "more than 80 columns")),
    "a far row": (long, ("names", 0, "", "more than 2000 rows")),
    "a misspelt sheet": (misspelt, ("", 0, "", "no table “budget”")),
    "a sheet twice": (twice, ("budgets", 0, "", "begins twice")),
    "a sheet left out": (left_out, ("effects", 0, "", "The table effects is missing")),
    "a cell without a head": (
        cell("budgets", "E2", "forgotten"),
        ("budgets", 2, "", "5 cells and the head has 3"),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_workbook_is_told_at_its_cell(fault):
    change, (sheet, line, column, says) = FAULTS[fault]

    findings = refused(workbook(change))

    found = [each for each in findings if says in str(each)]
    assert found, list(map(str, findings))
    assert (found[0].sheet, found[0].line, found[0].column) == (sheet, line, column)


def numbers_as_text(book):
    book["initiatives"]["F2"] = "0,8"
    book["initiatives"]["G2"] = "1\u00a0000\u202f000 000"
    book["initiatives"]["C2"] = "2026;2027"


def blank_and_private(book):
    book.create_sheet("Sheet1")
    book.create_sheet("# sums")["A1"] = "=SUM(budgets!C2:C2)"
    book.create_sheet("_lists")["A1"] = "x"
    book["_lists"].sheet_state = "hidden"
    book["names"].cell(1_000_000, 1).number_format = "0.00"
    book["names"].row_dimensions[500].hidden = True
    book["names"].column_dimensions["Z"].hidden = True
    book["budgets"].insert_rows(1, 2)
    book["budgets"]["A1"] = "# a title above the head"


@pytest.mark.parametrize("change", [numbers_as_text, blank_and_private])
def test_what_carries_no_meaning_does_not_matter(change):
    assert read("plan.xlsx", workbook(change)) == GOOD


def test_pictures_are_never_unpacked():
    content = changed(workbook(), {}, {"xl/media/image1.png": bytes(50_000_000)})

    assert read("plan.xlsx", content) == GOOD


def test_a_computed_formula_is_read_as_what_the_spreadsheet_computed():
    content = changed(
        workbook(),
        {
            "xl/worksheets/sheet3.xml": lambda part: part.replace(
                b"<v>2026</v>", b"<f>2000+26</f><v>2026</v>"
            )
        },
    )

    assert read("plan.xlsx", content) == GOOD


def changed(content: bytes, parts: dict, more: dict[str, bytes] | None = None) -> bytes:
    """A workbook with some of its parts changed, and more of them."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            made = parts[name](part) if name in parts else part
            assert name not in parts or made != part
            new.writestr(name, made)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return file.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
SHEET = "xl/worksheets/sheet1.xml"


def archive(**parts: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return file.getvalue()


HOSTILE = {
    "a bomb": (
        lambda: changed(workbook(), {}, {"xl/worksheets/sheet9.xml": bytes(50_000_000)}),
        "more than 5 megabytes",
    ),
    "many parts": (
        lambda: changed(workbook(), {}, {f"xl/x{n}.xml": b"<x/>" for n in range(MOST_PARTS)}),
        "or 200 parts",
    ),
    "entities": (
        lambda: changed(workbook(), {SHEET: lambda part: LAUGHS + part}),
        "definitions that no spreadsheet writes",
    ),
    "entities in utf-16": (
        lambda: changed(workbook(), {SHEET: lambda part: LAUGHS.decode().encode("utf-16")}),
        "definitions that no spreadsheet writes",
    ),
    "another archive": (lambda: archive(a=b"text"), "an archive and no Excel workbook"),
    "an empty archive": (archive, "an archive and no Excel workbook"),
    "no relations": (
        lambda: archive(**{"xl/workbook.xml": b"<workbook/>"}),
        "The workbook is damaged",
    ),
    "broken xml": (
        lambda: changed(workbook(), {SHEET: lambda part: part[:-40]}),
        "The workbook is damaged",
    ),
    "no sheet data": (
        lambda: changed(workbook(), {SHEET: lambda part: b"<x/>"}),
        "The table portfolio is missing",
    ),
    "half a file": (lambda: workbook()[:4000], "The workbook is damaged"),
    "a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
        "one with a password",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_workbook_is_refused_before_it_is_unpacked(kind):
    make, says = HOSTILE[kind]
    content = make()
    began = process_time()

    (first, *_) = refused(content)

    assert says in str(first)
    assert process_time() - began < 2


def test_the_largest_workbook_that_is_read_takes_seconds_and_not_minutes():
    def full(book):
        page = book["names"]
        for row in range(2, 2102):
            page.append([f"n{row}", *("x" * 4 for _ in range(30))])

    content = workbook(full)
    began = process_time()

    refused(content)

    assert process_time() - began < 20


def test_formulas_in_words_stay_words():
    book = openpyxl.load_workbook(BytesIO(to_xlsx(GOOD)))

    kinds = {each.data_type for page in book for row in page for each in row}

    assert kinds <= {"s", "n"}


def test_the_template_offers_units_and_explains_every_column():
    book = openpyxl.load_workbook(BytesIO(template("xlsx")))

    offered = {
        get_column_letter(each.sqref.sorted()[0].min_col): each.formula1
        for each in book["effects"].data_validations.dataValidation
    }
    explained = {row[1] for row in book["guide"].iter_rows(values_only=True)}
    heads = {each.value for each in book["effects"][1]}

    assert "index points" in offered["F"]
    assert heads <= explained
