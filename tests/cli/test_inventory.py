"""`marra inventory`: checks as JSON, lists from files, and a template that reads back."""

import json

import pytest
from click.testing import CliRunner

from marra.cli.inventory import inventory
from marra.inventory.models.functions import Function
from marra.kit.findings import FileRefused
from tests.house.rights import World
from tests.inventory import make

pytestmark = pytest.mark.django_db


def run(*arguments: str):
    return CliRunner().invoke(inventory, arguments)


def test_the_check_says_whether_all_is_exact_and_what_is_left():
    make.function(World.root)

    found = json.loads(run("check", "--json").stdout)

    assert not found["complete"]
    (problem,) = found["problems"]
    assert (problem["body"], problem["check"]) == ("justice", "function-without-process")
    assert problem["title"] == make.TITLE
    assert "digital" in found["not_begun"]


def test_one_body_is_complete_once_its_list_is_exact():
    make.exact(World.root)

    found = json.loads(run("check", "--body", "justice", "--json").stdout)

    assert found["complete"]
    assert found["problems"] == []
    told = run("check")
    assert told.exit_code == 0
    assert "Not complete" in told.stdout + told.stderr


def test_a_list_is_tried_and_then_taken_in(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("funksiya\nNikohni qayd etish\n", encoding="utf-8")

    tried = run("import", str(file), "--body", "justice", "--dry-run")
    assert "function: 1 new" in tried.stderr
    assert not Function.objects.exists()

    taken = run("import", str(file), "--body", "justice")
    assert "1 new, 0 changed" in taken.stdout

    file.write_text("nimadir\nNikohni qayd etish\n", encoding="utf-8")
    refused = run("import", str(file), "--body", "justice")
    assert isinstance(refused.exception, FileRefused)
    assert "no column" in refused.stderr


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_template_is_written(tmp_path, form):
    file = tmp_path / f"list.{form}"

    assert run("template", str(file), "--language", "ru").exit_code == 0
    assert file.stat().st_size > 500
    assert run("template", str(tmp_path / "list.pdf")).exit_code == 2
