"""`marra index portfolio`: a template to fill in, a check that changes nothing, other formats."""

import json

import pytest
from click.testing import CliRunner

from marra.__main__ import marra
from marra.cli.portfolio import FileIsThere
from marra.index.plan.files import packaged, read, template
from marra.kit.findings import FileRefused


def run(*words: str):
    return CliRunner().invoke(marra, ["index", "portfolio", *words])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_bytes(run("template", "--format", "toml", "--example", "uzbekistan").stdout_bytes)
    return path


@pytest.mark.parametrize("form", ["xlsx", "csv", "toml"])
def test_the_template_goes_to_stdout_or_into_a_new_file(form, tmp_path):
    path = tmp_path / f"plan.{form}"

    done = run("template", "--format", form, "--output", str(path))

    assert done.exit_code == 0
    assert path.read_bytes() == run("template", "--format", form).stdout_bytes == template(form)


def test_the_guide_is_in_the_language_that_was_asked_for():
    told = {
        language: run("template", "--format", "csv", "--language", language).stdout
        for language in ("uz", "uz-cyrl", "ru", "en")
    }

    assert "Portfelning qisqa nomi" in told["uz"]
    assert "Портфелнинг қисқа номи" in told["uz-cyrl"]
    assert "Краткое имя портфеля" in told["ru"]
    assert "Short name of the portfolio" in told["en"]
    assert all("code,title," in text for text in told.values())


def test_nothing_is_written_over(file):
    before = file.read_bytes()

    for words in (("template", "--output", str(file)), ("convert", str(file), str(file))):
        assert isinstance(run(*words).exception, FileIsThere)
    assert file.read_bytes() == before


def test_a_good_file_is_told_in_numbers(file):
    whole = packaged("uzbekistan")

    told = json.loads(run("check", str(file), "--json").stdout)

    assert told == {
        "file": "plan.toml",
        "accepted": True,
        "findings": [],
        "code": "uzbekistan",
        "title": "Road to place 30: a worked example",
        "country": "UZB",
        "initiatives": 35,
        "effects": sum(len(each.effects) for each in whole.initiatives),
        "cost": sum(each.cost for each in whole.initiatives),
        "budget": sum(each.amount for each in whole.budgets),
    }
    assert "35 initiatives" in run("check", str(file)).stderr


def test_every_fault_is_told_and_the_file_refused(file):
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("chance = 0.9\n", "chance = 90\n").replace("duration = 2", "duration = 0"),
        encoding="utf-8",
    )

    done, plain = run("check", str(file), "--json"), run("check", str(file))

    told = json.loads(done.stdout)
    assert isinstance(done.exception, FileRefused)
    assert not told["accepted"]
    assert {each["column"] for each in told["findings"]} == {"chance", "duration"}
    assert all(each["line"] and each["sheet"] == "initiatives" for each in told["findings"])
    assert "Write 0.8 for 80 %" in plain.stderr
    assert plain.stdout == ""


def test_a_portfolio_goes_through_all_formats_unchanged(file, tmp_path):
    last = file
    for form in ("xlsx", "csv", "toml"):
        out = tmp_path / f"next.{form}"
        assert run("convert", str(last), str(out)).exit_code == 0
        last = out

    assert read(last.name, last.read_bytes()) == packaged("uzbekistan")


def test_a_format_that_is_not_known_is_misuse(file, tmp_path):
    done = run("convert", str(file), str(tmp_path / "plan.pdf"))

    assert done.exit_code == 2
    assert ".xlsx, .csv, .toml" in done.stderr
