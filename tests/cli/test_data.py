"""`marra data`: which figures stand; files checked, taken in and written again."""

import json

import pytest
from click.testing import CliRunner

from marra.__main__ import marra
from marra.evidence.queries import releases as queries
from marra.kit.findings import FileRefused
from tests.evidence import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("released")]


def run(*words: str):
    return CliRunner().invoke(marra, ["data", *words])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(make.export(2024, year=2026, changed={"Denmark": {3: 0.98475}}))
    return path


def test_the_status_says_which_data_from_whom_and_checked_how():
    told = json.loads(run("status", "--json").stdout)

    assert told["data_version"] == queries.data_version()
    assert [row["edition"] for row in told["editions"]] == list(queries.years())
    assert all(row["checks"]["passed"] and row["source"] for row in told["editions"])
    assert "2024" in run("status").stdout


def test_checking_a_file_changes_nothing(file):
    done = run("check", str(file), "--json")

    told = json.loads(done.stdout)
    assert (done.exit_code, told["accepted"]) == (0, True)
    assert "provisional" in told["findings"][0]["says"]
    assert 2026 not in queries.years()


def test_a_wrong_file_is_listed_with_its_faults_and_refused(file):
    file.write_bytes(file.read_bytes().replace(b"Uzbekistan", b"Uzbekstan"))

    for verb in ("check", "import"):
        done = run(verb, str(file), "--json")

        told = json.loads(done.stdout)
        assert isinstance(done.exception, FileRefused)
        assert told["findings"][0]["column"] == "country name"
    assert 2026 not in queries.years()


def test_a_file_is_taken_in_and_withdrawn(file):
    done = run("import", str(file), "--source", "UN Data Center", "--json")
    (made,) = json.loads(done.stdout)["releases"]
    assert queries.survey(2026).version == made["release"].replace("figures-", "")

    run("withdraw", made["release"])

    assert 2026 not in queries.years()


def test_what_is_exported_can_be_checked_and_has_the_same_figures(tmp_path):
    path = tmp_path / "tidy.csv"
    path.write_text(run("export").stdout, encoding="utf-8")

    done = run("check", str(path))

    assert done.exit_code == 0
    assert "2024: figures of 193 countries, in order." in done.stderr
    assert path.read_text("utf-8").count("\n") == 1 + 2308


def test_loading_again_finds_nothing_new():
    assert "Nothing new" in run("load").stderr
