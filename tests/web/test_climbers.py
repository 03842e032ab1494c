"""Who climbed before: the pages count as the index does, and a climb's steps add up."""

import re
from html import unescape

import pytest
from django.utils import translation

from marra.evidence.queries import releases as queries
from marra.index import climb
from marra.kit.places import PLACES
from marra.web.charts.asked import Asked
from marra.web.charts.catalogue import chart
from marra.web.charts.climb import climb_ranks
from marra.web.charts.climb_steps import gain_steps
from marra.web.formats import signed
from tests.web.test_charts import provisional_survey

pytestmark = pytest.mark.django_db


def words(client, address):
    text = client.get(address).content.decode().partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_finding_stands_first_with_its_interval(client):
    told = words(client, "/en/climbers/")

    assert "From places 50–75 to place 30 in 6 years: 6 of 155" in told
    assert "That is 3,9 %, with a 95 % interval from 1,4 to 8,2 %." in told
    assert "8 of 155" in told
    assert "5 of 59" in told
    assert "None of the 4 climbs after which another edition appeared has held" in told


@pytest.mark.parametrize(
    ("query", "finding"),
    [
        ("years=4", "in 4 years: 6 of 181"),
        ("years=2", "in 2 years: 3 of 207"),
        ("band=50-75&to=40", "From places 50–75 to place 40 in 6 years"),
        ("band=60+–+80", "From places 60–80 to place 30"),
        ("place=KGZ", "From places 65–90 to place 30"),
        ("place=CHN", "From places 31–47 to place 30"),
    ],
)
def test_years_band_goal_and_country_are_in_the_address(client, query, finding):
    assert finding in words(client, f"/en/climbers/?{query}")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("place=DNK", "Denmark stands at place 1, which is place 30 or better."),
        ("place=UZB&edition=2003", "Uzbekistan has no index in 2003."),
        ("place=SOM", "Nobody yet"),
    ],
)
def test_where_nobody_can_be_counted_the_page_says_why(client, query, said):
    assert said in words(client, f"/en/climbers/?{query}")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("band=75-50", 422),
        ("band=20-60", 422),
        ("band=x", 422),
        ("years=5", 422),
        ("years=x", 422),
        ("to=500", 422),
        ("place=XXX", 404),
    ],
)
def test_what_means_nothing_is_refused(client, query, status):
    assert client.get(f"/en/climbers/?{query}").status_code == status


@pytest.mark.parametrize(
    ("query", "box", "written"),
    [
        ("to=500&band=50-75", "to", "500"),
        ("band=75-50", "band", "75-50"),
        ("band=20-60&years=4", "band", "20-60"),
        ("band=x", "band", "x"),
    ],
)
def test_what_cannot_be_read_stays_in_its_box_with_what_is_wrong(client, query, box, written):
    page = client.get(f"/en/climbers/?{query}").content.decode()

    wrong = rf'id="field-{box}" name="{box}"[^>]* value="{written}"[^>]* aria-invalid="true"'
    assert re.search(wrong, page)
    assert f'href="#field-{box}"' in page
    assert "Who climbed, and what carried them" in page


def test_empty_boxes_leave_the_address(client):
    answer = client.get("/en/climbers/?place=UZB&band=")

    assert answer["Location"] == "/en/climbers/?place=UZB"


def test_every_climb_of_the_list_has_its_page(client):
    text = client.get("/en/climbers/").content.decode()
    links = re.findall(r'href="(/en/climbers/[A-Z]{3}-\d+-\d+/[^"]*)"', text)

    assert len(links) == 10
    for link in links:
        assert client.get(unescape(link)).status_code == 200


@pytest.mark.parametrize("code", PLACES)
def test_every_country_is_answered(client, code):
    assert client.get(f"/uz/climbers/?place={code}").status_code == 200


def test_a_climb_says_what_moved_when_and_what_came_after(client):
    told = words(client, "/en/climbers/RUS-2008-2014/")

    assert "Russian Federation: from place 60 to place 27" in told
    assert "Online services moved most, above all in 2010–2012." in told
    assert "It did not stay at place 30 or better all the time since." in told
    assert "Changes of method inside the climb" in told


@pytest.mark.parametrize("address", ["SAU-2018-2023/", "SAU-2024-2018/", "XXX-2018-2024/"])
def test_a_climb_that_did_not_happen_is_not_found(client, address):
    assert client.get(f"/en/climbers/{address}").status_code == 404


@pytest.mark.parametrize("name", ["climb-gain", "climb-lead"])
@pytest.mark.parametrize(
    "asked", [Asked("SAU", 2024, 30), Asked("KAZ", 2014, 30), Asked("UZB", 2012, 30, years=2)]
)
def test_the_steps_of_a_climb_add_up_as_printed(name, asked):
    told = chart(name, asked, "en")
    rows = told.table.records()
    wholes = [row for row in rows if row["part"] == "whole"]

    assert round(sum(row["contribution"] for row in wholes), 4) == rows[-1]["contribution"]
    for whole in wholes:
        inner = [
            row["contribution"]
            for row in rows[:-1]
            if row["since"] == whole["since"] and row["part"] != "whole"
        ]
        assert round(sum(inner), 4) == whole["contribution"]
    found = climb(queries.surveys(), asked.place, asked.edition - asked.years, asked.edition)
    whole = found.points if name == "climb-gain" else found.over_mean
    assert rows[-1]["contribution"] == pytest.approx(whole, abs=5.1e-5)


def test_the_gains_count_every_start_once():
    told = chart("rank-gains", Asked("UZB", 2024, 30), "en")
    rows = told.table.records()

    enough = sum(row["starts"] for row in rows if row["gained_from"] >= 33)
    assert sum(row["starts"] for row in rows) == 306
    assert enough == 11
    assert "11 of 306" in told.title


def test_too_many_climbs_are_drawn_in_part_and_listed_whole():
    told = chart("climbers", Asked("UZB", 2024, 100, band=(101, 193)), "en")

    assert len(told.table.rows) > 12
    assert "Drawn are the 12 greatest" in told.note


def test_a_new_edition_is_counted_and_followed():
    surveys = {**queries.surveys(), 2026: provisional_survey()}

    asked = Asked("UZB", 2026, 3, years=2)

    with translation.override("en"):
        assert "rank 63" in climb_ranks(surveys, asked, "en").title.replace("\xa0", " ")
        assert gain_steps(surveys, asked, "en").table.rows


def test_the_table_of_a_climb_prints_what_its_charts_print(client):
    told = words(client, "/en/climbers/CYP-2014-2020/")

    for name in ("climb-gain", "climb-lead"):
        rows = chart(name, Asked("CYP", 2020, 30), "en").table.records()
        for row in rows:
            if row["part"] == "whole":
                assert signed(row["contribution"], 4) in told
