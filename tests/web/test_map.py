"""The world map: all member states, once each, coloured as the legend says."""

import re

import pytest

from marra.evidence.queries import releases as queries
from marra.kit.places import PLACES
from marra.web.charts.asked import MEASURES
from marra.web.index.map import WINDOWS, shapes

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a href="/en/country/(\w{3})/\?edition=(\d{4})"><path class="([\w ]+)"')


def test_the_sheet_holds_each_member_state_once():
    codes = [shape.iso3 for shape in shapes() if shape.iso3]

    assert sorted(codes) == sorted(PLACES)


def test_shapes_keep_within_the_sheet():
    for shape in shapes():
        x, y = (int(part) for part in re.match(r"M(-?\d+) (-?\d+)", shape.path).groups())

        assert 0 <= x <= 2000, shape.iso3
        assert 0 <= y <= 900, shape.iso3


@pytest.mark.parametrize("measure", MEASURES)
def test_every_edition_links_every_country_and_the_legend_counts_them(client, measure):
    for year in queries.years():
        text = client.get(f"/en/map/?of={measure}&edition={year}").content.decode()
        links = LINK.findall(text)
        legend = re.search(r'<ul class="legend.*?</ul>', text, re.S)[0]

        assert {code for code, _, _ in links} == set(PLACES)
        assert {edition for _, edition, _ in links} == {str(year)}
        for kind, count in re.findall(r'class="(k\d|none)".*?\((\d+)\)', legend):
            drawn = sum(kind in classes.split() for _, _, classes in links)
            assert drawn == int(count), (year, kind)


def test_levels_are_those_of_the_survey(client):
    text = client.get("/en/map/?edition=2024").content.decode()

    assert re.findall(r"\((\d+)\)</li>", text) == ["76", "62", "44", "11"]


def test_the_page_keeps_within_its_weight(client):
    for view in WINDOWS:
        answer = client.get(f"/uz-cyrl/map/?region={view}", HTTP_ACCEPT_ENCODING="identity")

        assert len(answer.content) < 200_000, view


@pytest.mark.parametrize("query", ["of=gdp", "edition=2011", "region=moon"])
def test_a_map_of_nothing_is_refused(client, query):
    assert client.get(f"/en/map/?{query}").status_code in (404, 422)
