"""The guide, the templates, the reader and the page of the documentation cannot disagree."""

import io
import subprocess
import sys

import openpyxl
import pytest

from marra.index.plan.files import FORMS, read, template
from marra.index.plan.files.columns import TABLES, heads
from marra.index.plan.files.guide import guide, indicators
from marra.index.plan.files.records import known_heads
from marra.index.plan.indicators import less_is_better, units
from marra.index.plan.portfolio import Portfolio
from tests.house.source import ROOT
from tests.index.plan.written import refused


def test_the_page_of_the_documentation_is_made_from_the_columns():
    script = [sys.executable, "scripts/make_guide.py", "--check"]

    done = subprocess.run(script, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_the_guide_explains_every_column_that_the_reader_knows():
    explained = {(line.table, line.of.name) for line in guide()}

    assert explained == {(table, c.name) for table, columns in TABLES.items() for c in columns}
    assert all(line.means for line in guide())


def test_the_guide_is_told_in_the_language_of_whoever_asks():
    (first, *_) = guide(str.upper)

    assert first.means == "SHORT NAME OF THE PORTFOLIO, IN LATIN LETTERS."
    assert first.required == "YES"


def test_indicators_are_listed_with_the_unit_that_is_written():
    told = {name: unit for name, unit, _ in indicators()}

    assert told == {name: unit.value for name, unit in units().items()}
    assert {name for name, _, note in indicators() if note} == less_is_better()


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_template_says_that_nothing_is_filled_in(form):
    (finding, *_) = refused(template(form))

    assert "filled in" in str(finding) or "without #" in str(finding)


def test_the_sheets_of_the_template_have_every_column_and_no_other():
    book = openpyxl.load_workbook(io.BytesIO(template("xlsx")))

    for table in TABLES:
        names = [cell.value for cell in book[table][1]]
        assert set(names) <= set(known_heads(table))
        assert {heads(column)[0] for column in TABLES[table]} <= set(names)


def uncommented_workbook() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(template("xlsx")))
    for table in TABLES:
        book[table]["A2"] = book[table]["A2"].value.removeprefix("# ")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def uncommented_csv() -> bytes:
    lines = template("csv").decode("utf-8-sig").splitlines()
    firsts = [f"# {columns[0].example}," for columns in TABLES.values()]
    return "\n".join(
        line.removeprefix("# ") if line.startswith(tuple(firsts)) else line for line in lines
    ).encode()


def uncommented_toml() -> bytes:
    lines = template("toml").decode().splitlines()
    return "\n".join(
        line.removeprefix("# ") if " = " in line or line.startswith("# [[") else line
        for line in lines
    ).encode()


@pytest.mark.parametrize("made", [uncommented_workbook, uncommented_csv, uncommented_toml])
def test_the_examples_of_a_template_make_a_portfolio(made):
    found = read("plan", made())

    assert isinstance(found, Portfolio)
    assert (found.code, found.initiatives[0].code) == ("my-ministry-2026", "rural-fibre")
    assert found.initiatives[0].costs == (12_500_000_000.0,)
    assert found.initiatives[0].effects[0].high == 3.5
    assert (found.budgets[0].amount, found.capacities[0].amount) == (500_000_000_000.0, 4.0)
    assert found.names[0].code == "WG-3"
