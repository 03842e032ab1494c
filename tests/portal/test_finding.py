"""Finding services: who finds what, and the questions that people really ask."""

import csv
import os
from pathlib import Path

import pytest

from marra.portal.actions import importing, publishing, services
from marra.portal.queries import finding
from marra.portal.queries.finding import found
from tests.house.rights import World
from tests.portal import make

pytestmark = pytest.mark.django_db
root = World.root


def codes(stamp, words: str) -> list[str]:
    return [each.service.code for each in found(stamp, words, 5)]


def questions() -> list[tuple[str, str]]:
    folder = os.environ.get("MARRA_REFERENCE_DATA")
    if not folder:
        pytest.skip("MARRA_REFERENCE_DATA is not set")
    path = Path(folder) / "portal/mygov/search_questions.csv"
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    return [(row["query"], row["expected_service_id"]) for row in rows]


def test_the_questions_of_people_are_answered_in_the_first_five_or_not_at_all():
    importing.adopt_passports(root)
    there = {"415", "418", "37"}
    asked = [each for each in questions() if each[1] in there or not each[1]]

    missed = [
        (query, wanted, got)
        for query, wanted in asked
        if (got := codes(root, query)) is None or (wanted not in got if wanted else got)
    ]

    assert len(asked) == 9
    assert not missed


def test_drafts_are_found_by_those_who_read_them_and_by_nobody_else(as_visitor):
    made = make.draft(root)

    assert codes(root, "nikoh") == [made.code]
    assert codes(as_visitor, "nikoh") == []


def test_what_is_published_is_found_at_once_and_no_longer_when_it_is_withdrawn(as_visitor):
    assert codes(as_visitor, "регистрация брака") == []

    made = make.published(root)
    before = codes(as_visitor, "регистрация брака")
    publishing.withdraw(root, made.code, why="Bekor qilindi.")

    assert before == [made.code]
    assert codes(as_visitor, "регистрация брака") == []


def test_a_new_name_is_found_and_the_index_is_made_once_for_a_state(as_visitor):
    made = make.published(root)
    codes(as_visitor, "nikoh")
    first = finding.SHELVES[False].ready
    codes(as_visitor, "brak")

    assert finding.SHELVES[False].ready is first
    names = {"uz": "Gʻalla ekish", "ru": "Посев зерна"}
    services.describe(root, made.code, version=made.version, names=names)
    assert codes(as_visitor, "ғалла экиш") == [made.code]
