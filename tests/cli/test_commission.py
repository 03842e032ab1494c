"""`marra commission`: obligations in the terminal."""

import json

import pytest
from click.testing import CliRunner

from marra.__main__ import marra

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
