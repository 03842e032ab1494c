"""The overview says where any country stands, also at the top, and where there is no index."""

import pytest

from marra.evidence.queries import releases as queries
from marra.kit.places import PLACES
from marra.web.cockpit import standing
from tests.journeys.reading import heading, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("place", sorted(PLACES))
def test_every_country_has_an_overview_that_adds_up(place):
    now = standing(queries.surveys(), place, 30)

    assert now is not None
    assert sum(part.gap for part in now.parts) == pytest.approx(round(now.gap, 4))
    assert now.reached == (now.own.rank <= 30)
    assert all(0 <= part.share < 100.001 for part in now.parts)


def test_rivals_are_close_behind_and_gained_more():
    now = standing(queries.surveys(), "UZB", 30)

    assert [rival.place for rival in now.rivals] == ["IDN", "ECU"]
    assert all(rival.gained > now.egdi_change for rival in now.rivals)


def test_a_country_that_reached_the_goal_is_told_so(client, settings):
    settings.COUNTRY = "DNK"

    answer = client.get("/en/")

    assert heading(answer) == "Denmark is in place 1 of 193: the goal, place 30, is reached"


def test_another_goal_is_another_gap(client, settings):
    settings.GOAL_RANK = 50

    assert "from place 50" in heading(client.get("/en/"))


def test_a_latest_edition_without_an_index_for_the_country_is_said_plainly():
    surveys = {year: survey for year, survey in queries.surveys().items() if year <= 2003}

    assert standing(surveys, "UZB", 30) is None


def test_the_first_edition_has_nothing_before_it():
    surveys = {year: survey for year, survey in queries.surveys().items() if year <= 2003}

    now = standing(surveys, "KAZ", 30)

    assert (now.before, now.rank_change, now.goal_rise, now.rivals) == (None, None, None, ())


def test_the_page_leads_on_with_every_line(client):
    page = client.get("/en/").content.decode()

    for page_of in ("/en/country/UZB/", "/en/edition/2024/", "/en/method/2024/", "/en/what-if/"):
        assert f'href="{page_of}' in page
    assert "Recomputed from the published parts" in text(client.get("/en/"))
