"""The forecast says odds, never a place; what it takes opens as a scenario with these odds."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.utils import translation

from marra.commission.actions.readings import decide_reading
from marra.commission.queries import futures as everyone
from marra.commission.rules.readings import BY_2030
from marra.evidence.actions.releases import import_release
from marra.evidence.queries import releases as queries
from marra.index.projection.skill import HOUSE, skill
from marra.kit.places import PLACES
from marra.kit.text import LANGUAGES
from marra.web.charts.asked import Asked
from marra.web.charts.catalogue import chart
from marra.web.charts.future import futures, outlook
from marra.web.charts.words import of_100
from marra.web.formats import signed
from tests.evidence import make
from tests.journeys.reading import heading, links, text

pytestmark = pytest.mark.django_db


def test_the_first_sentence_has_the_odds_of_both_editions_and_no_single_place(client):
    answer = client.get("/en/forecast/")
    page = answer.content.decode()
    told = {year: outlook("UZB", year, 30) for year in (2028, 2030)}

    assert heading(answer).endswith(f"place 30 or better in 2030 in {of_100(told[2030].p_top)}")
    lead = re.search(r'class="lead">(.*?)</p>', page, re.S)[1]
    for year, at in told.items():
        words = f"{year}: {of_100(at.p_top)}, most likely between {at.rank_p10} and {at.rank_p90}"
        assert words in lead
    assert not re.search(r"[Ww]ill be (in )?place", text(answer))


@pytest.mark.parametrize("turn", range(0, 193, 8))
def test_any_country_has_its_forecast_in_any_language(client, turn):
    code, language = list(PLACES)[turn], LANGUAGES[turn % len(LANGUAGES)]

    answer = client.get(f"/{language}/forecast/?place={code}&to={1 + turn}&odds=50")

    assert answer.status_code == 200, code
    assert "{" not in answer.content.decode().partition("<main")[2], code


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("?place=XXX", 404, "No member state has the code"),
        ("?to=0", 422, "is not a place in the ranking"),
        ("?odds=33", 422, "There is no choice"),
        ("?place=&to=40&odds=", 302, ""),
    ],
)
def test_an_address_that_means_nothing_is_refused(client, query, status, words):
    answer = client.get(f"/en/forecast/{query}")

    assert answer.status_code == status
    assert words in answer.content.decode()


def test_a_goal_that_is_no_place_stays_in_its_box_and_the_rest_of_the_question_stays(client):
    page = client.get("/en/forecast/?place=KAZ&to=999&odds=50").content.decode()

    assert re.search(r'id="field-to" name="to"[^>]* value="999"[^>]* aria-invalid="true"', page)
    assert 'href="#field-to"' in page
    assert "Kazakhstan, if nothing changes: place 30 or better" in page
    assert '<option value="50" selected>' in page


def test_every_way_opens_as_a_scenario_that_gives_the_odds_wished_for(client):
    found = 0
    for place, wish in (("UZB", 50), ("UZB", 80), ("KAZ", 80), ("IND", 50)):
        page = client.get(f"/en/forecast/?place={place}&odds={wish}").content.decode()
        for link in set(re.findall(r'href="(/en/scenario/\?[^"]*)"', page)):
            answer = client.get(unescape(link))
            if "tii." in link:  # an input moves its part a little otherwise
                assert answer.status_code == 200
                continue
            odds = int(re.search(r"in (\d+) of 100 futures", heading(answer))[1])
            assert abs(odds - wish) <= 1, link
            found += 1

    assert found >= 6


def test_the_fan_ends_in_the_numbers_of_its_table_and_draws_no_projected_point():
    told = chart("forecast", Asked("UZB", 2024, 30), "en")
    rows = {row["edition"]: row for row in told.table.records()}
    picture = "".join(told.draw(760).marks)

    last = rows[max(rows)]
    for name in ("rank_p10", "rank_p25", "rank_median", "rank_p75", "rank_p90"):
        assert f">{last[name]}</text>" in picture
    for row in rows.values():
        ranks = [row[f"rank_{name}"] for name in ("p10", "p25", "median", "p75", "p90")]
        assert ranks == sorted(ranks)
    published = sum(1 for survey in queries.surveys().values() if "UZB" in survey.rows)
    assert picture.count("<circle") <= published
    assert picture.count("band80") == picture.count("band50") == 1


def test_the_curve_of_odds_agrees_with_the_table_beside_it(client):
    rows = {r["odds"]: r for r in chart("uplift", Asked("UZB", 2024, 30), "en").table.records()}
    page = text(client.get("/en/forecast/"))

    for wish in (50, 80, 90):
        told = " ".join(signed(rows[wish][f"rise_{year}"], 4) for year in (2028, 2030))
        assert f"{wish} % {told}" in page


def test_which_edition_is_meant_stands_first_and_changes_when_it_is_decided(
    client, as_administrator
):
    first = heading(client.get("/en/forecast/"))

    decide_reading(as_administrator, BY_2030, answer="2028", reason="The session of 1 March.")
    then = client.get("/en/forecast/")

    assert " in 2030 in " in first
    assert " in 2028 in " in heading(then)
    assert "Places in 2028, meant by" in text(then)
    assert "Places in 2030" in text(then)


def test_new_figures_bring_new_futures(client, as_administrator):
    before = futures()

    import_release(as_administrator, name="e.csv", content=make.export(2024, year=2026))

    found = futures()
    assert (before.origin, found.origin) == (2024, 2026)
    assert found.editions == (2028, 2030, 2032)
    page = client.get("/en/forecast/").content.decode()
    assert "2028: " in re.search(r'class="lead">(.*?)</p>', page, re.S)[1]


def test_a_country_that_lacks_a_part_is_told_so(client, monkeypatch):
    known = everyone.futures()
    without = replace(known, places=("---", *known.places[1:]))  # the first one, Afghanistan
    monkeypatch.setattr(everyone, "futures", lambda: without)

    answer = client.get("/en/forecast/?place=AFG&to=77")

    assert answer.status_code == 200
    assert "Afghanistan: not projected" in heading(answer)
    for name in ("forecast", "uplift"):
        picture = client.get(f"/en/chart/{name}.svg?place=AFG&to=78")
        assert "not projected" in picture.content.decode()


def test_the_overview_says_the_odds_and_leads_to_the_forecast(client):
    answer = client.get("/en/")

    told = outlook("UZB", 2030, 30)
    assert f"2030: place 30 or better in {of_100(told.p_top)}" in text(answer)
    assert "/en/forecast/" in links(answer)


# ── How good such forecasts were ─────────────────────────────────────────────────────────────


def test_the_skill_page_tells_the_packaged_numbers(client):
    page = text(client.get("/en/forecast/skill/"))
    tested = skill().tested

    for years in tested.horizons:
        own = tested.horizon(years, HOUSE)
        crps, mae = (f"{each:.2f}".replace(".", ",") for each in (own.rank_crps, own.rank_mae))
        assert f"{years} As shown here {crps} {mae}" in page
    assert "This was computed for the figures" not in page


def test_the_skill_page_says_when_it_is_about_other_figures(client, as_administrator):
    import_release(as_administrator, name="e.csv", content=make.export(2024, year=2026))

    page = text(client.get("/en/forecast/skill/"))

    assert f"This was computed for the figures {skill().tested.data_version}" in page


def test_odds_are_told_as_futures_and_never_as_certain():
    with translation.override("en"):
        assert of_100(0.074) == "7 of 100 futures"
        assert of_100(0.0) == "fewer than 1 of 100 futures"
        assert of_100(1.0) == "more than 99 of 100 futures"
