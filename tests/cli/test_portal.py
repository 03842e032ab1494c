"""`marra portal`: passports from files, and search that answers with the numbers of passports."""

import json

import pytest
from click.testing import CliRunner

from marra.cli.portal import portal
from marra.kit.findings import FileRefused
from marra.portal.actions.importing import adopt_passports
from marra.portal.models.catalogue import Service
from marra.portal.queries.finding import SHELVES
from tests.house.rights import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_shelves():
    for shelf in SHELVES.values():
        shelf.ready = None


def run(*arguments: str):
    return CliRunner().invoke(portal, arguments)


def test_search_answers_with_the_numbers_of_passports_and_with_nothing_for_nothing():
    adopt_passports(World.root)

    found = json.loads(run("search", "тонировкага рухсатнома қандай олинади?", "--json").stdout)
    nothing = json.loads(run("search", "bugun ob-havo qanday?", "--json").stdout)

    assert [each["id"] for each in found["results"]] == [415]
    assert nothing["results"] == []
    assert "No service answers" in run("search", "ob-havo").output
    assert "415" in run("search", "tonirovka").output


def test_a_file_is_tried_taken_in_and_refused_with_lines(tmp_path):
    file = tmp_path / "p.jsonl"
    file.write_text('{"id": 7, "fee": "Bepul"}\n{"id": 8}\n')

    tried = run("import", str(file), "--dry-run")
    assert not Service.objects.exists()
    taken = run("import", str(file))
    file.write_text('{"id": 7, "audience": "cats"}')
    refused = run("import", str(file))

    assert "1 of 2 passports" in tried.output
    assert "2 new" in taken.output
    assert Service.objects.count() == 2
    assert isinstance(refused.exception, FileRefused)
    assert "audience" in refused.output
