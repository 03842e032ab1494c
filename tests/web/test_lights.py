"""Red, amber and green never stand alone: a word, a number, a day and a source stand with them."""

import re

import pytest
from lxml import html

from marra.commission.models.assignments import Assignment
from marra.people.rules.rights import Role
from tests.commission import assignments as make
from tests.web.test_assignments import signed_in
from tests.web.test_ranking import folder, quarter

__all__ = ["folder", "quarter"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarter")]

COLOURS = ("good", "bad", "warn")
BLOCKS = ("tr", "li", "p")
DAY = re.compile(r"\d\d\.\d\d\.\d{4}")
PUBLIC = (
    "acts/pq-308/",
    "execution/?quarter=2026Q2",
    "execution/bodies/?quarter=2026Q2",
    "groups/",
    "groups/WG-3/",
    "obligations/",
    "obligations/O-02/",
    "obligations/O-05a/",
    "obligations/O-08/",
)
WORK = ("work/assignments/", "work/due/", "work/reports/", "work/reports/new/?quarter=2026Q2")
OWED = ("work/assignments/mine/", "work/assignments/report/")


def coloured(page: bytes) -> list[tuple[str, str, bool]]:
    """What is coloured: its words, what stands around it, and whether a source is named."""
    main = html.fromstring(page.decode()).xpath("//main")[0]
    whole = " ".join(main.text_content().split())
    names = " or ".join(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in COLOURS)
    found = []
    for each in main.xpath(f".//*[{names}]"):
        block = next(up for up in each.iterancestors() if up.tag in BLOCKS)
        around = " ".join(block.text_content().split())
        has_source = "Source" in whole or bool(block.xpath(".//*[contains(@class, 'source')]"))
        found.append((each.text_content().strip(), around, has_source))
    return found


def checked(page: bytes) -> int:
    found = coloured(page)
    for words, around, has_source in found:
        assert words
        assert DAY.search(around), f"no day: {around}"
        assert re.search(r"\d", DAY.sub("", around)), f"no number: {around}"
        assert has_source, f"no source: {around}"
    return len(found)


@pytest.mark.parametrize("path", PUBLIC)
def test_on_public_pages(client, path):
    checked(client.get(f"/en/{path}").content)


@pytest.mark.parametrize("path", ["obligations/", "acts/pq-308/", "groups/WG-3/"])
def test_an_obligation_names_its_own_source_beside_its_colour(client, path):
    main = html.fromstring(client.get(f"/en/{path}").content.decode()).xpath("//main")[0]
    shown = main.xpath(".//b[@class='bad' or @class='good']")

    assert shown
    for each in shown:
        block = next(up for up in each.iterancestors() if up.tag in BLOCKS)
        (source,) = block.xpath(".//*[contains(@class, 'source')]")
        assert len(source.text_content().strip()) > 3


@pytest.mark.parametrize("path", WORK)
def test_on_pages_of_the_secretary(as_administrator, path):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    checked(clerk.get(f"/en/{path}").content)


@pytest.mark.parametrize("path", OWED)
def test_on_pages_of_a_body(as_administrator, path):
    body = signed_in(as_administrator, "ijrochi", Role.EXECUTOR, "health")

    assert checked(body.get(f"/en/{path}").content) > 0


def test_on_the_page_of_one_assignment(as_administrator):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    make.done(make.secretary(), title="Open five")

    for row in Assignment.objects.all():
        assert checked(clerk.get(f"/en/work/assignments/{row.code}/").content) > 0
