"""`marra commission`: obligations and assignments in the terminal."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner

from marra.__main__ import marra
from marra.commission.actions import judging
from marra.commission.rules.execution import QuarterUnclear, closed_quarters
from marra.door import now
from marra.kit.days import end_of_next_month
from tests.commission.assignments import PROOF, assignment, executor, secretary

pytestmark = pytest.mark.django_db


def run(*words: str):
    return CliRunner().invoke(marra, ["commission", *words])


def test_obligations_are_data_on_stdout():
    done = run("obligations", "--json")

    rows = {each["code"]: each for each in json.loads(done.stdout)}
    assert done.exit_code == 0
    assert len(rows) == 36
    assert rows["O-10"]["target"] == 700
    assert rows["O-10"]["state"] == "overdue"
    assert rows["O-10"]["days"] > 0


def test_obligations_are_chosen_by_state_and_act():
    overdue = json.loads(
        run("obligations", "--state", "overdue", "--act", "pq-308", "--json").stdout
    )

    assert {each["code"] for each in overdue} == {"O-09", "O-10", "O-11", "O-13"}
    assert run("obligations", "--state", "gone").exit_code == 2


def test_a_table_for_reading_counts_in_its_title():
    done = run("obligations", "--act", "pq-308")

    assert done.exit_code == 0
    assert "23 obligations: 2 met, 4 overdue" in done.stderr
    assert "O-02" in done.stdout
    assert "≤ 30" in done.stdout


def test_what_falls_due_is_listed_with_days_left_and_nothing_later():
    today = now().date()
    before = replace(secretary(), at=now() - timedelta(days=40))
    by = end_of_next_month(today)
    late = assignment(before, deadline=today - timedelta(days=3))
    sent = assignment(before, deadline=today - timedelta(days=2), title="Open the archive")
    judging.submit(replace(executor(), at=before.at), sent.code, **PROOF)
    soon = assignment(before, deadline=by, title="Close the old register")
    assignment(before, deadline=by + timedelta(days=1), title="Move the office")
    assignment(before, deadline=by, title="A draft", give=False)

    done = run("due", "--json")

    rows = json.loads(done.stdout)
    assert [row["number"] for row in rows] == [late.number, sent.number, soon.number]
    assert rows[0] == {
        "number": late.number,
        "title": "Open the register of forms",
        "lead": "digital",
        "head": "A. Karimov",
        "deadline": late.deadline.isoformat(),
        "days_left": -3,
        "overdue": True,
        "state": "new",
    }
    assert [row["overdue"] for row in rows] == [True, False, False]
    assert rows[1]["state"] == "submitted"
    assert "3 assignments due by" in run("due").stderr


def test_a_report_is_made_in_one_command_as_three_files(tmp_path):
    names = {kind: tmp_path / f"report.{kind}" for kind in ("pdf", "docx", "xlsx")}

    done = run("report", "--quarter", "2025Q4", *(
        word for kind, path in names.items() for word in (f"--{kind}", str(path))
    ))  # fmt: skip

    assert done.exit_code == 0, done.output
    assert names["pdf"].read_bytes().startswith(b"%PDF")
    assert names["docx"].read_bytes().startswith(b"PK")
    assert names["xlsx"].read_bytes().startswith(b"PK")
    assert done.stdout == ""


def test_a_report_is_data_and_by_default_of_the_last_quarter_that_is_over():
    today = now().date()
    before = replace(secretary(), at=now() - timedelta(days=200))
    assignment(before, deadline=today - timedelta(days=100))

    found = json.loads(run("report", "--json").stdout)

    assert (found["year"], found["quarter"]) == closed_quarters(today, 1)[0]
    assert found["is_whole"] is True
    assert found["execution"]["total"]["overdue"] == 1
    assert found["delayed"][0]["title"] == "Open the register of forms"
    assert "0 % on time" in run("report").stderr


def test_a_quarter_that_is_none_is_refused():
    assert isinstance(run("report", "--quarter", "2026-3").exception, QuarterUnclear)
