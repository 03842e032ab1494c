"""Stories of those who read: an analyst, a citizen, somebody who takes a wrong turn."""

import csv
import io

import pytest

from tests.journeys.reading import heading, links, text

pytestmark = pytest.mark.django_db


def test_an_analyst_goes_from_the_answer_to_the_figures_and_takes_them_along(client):
    overview = client.get("/en/")
    assert heading(overview).startswith("Uzbekistan is in place 63 of 193; 0,0841 of the index")

    table = client.get("/en/edition/2024/?region=asia&sort=osi&order=desc")
    assert "47 countries" in text(table)
    rows = text(table)[text(table).index("47 countries") :]
    assert rows.index("Republic of Korea") < rows.index("Japan") < rows.index("Uzbekistan")

    file = next(url for url in links(table) if ".csv" in url)
    lines = client.get(file).content.decode("utf-8-sig").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert len(rows) == 47
    assert [row["osi"] for row in rows] == sorted((row["osi"] for row in rows), reverse=True)
    own = next(row for row in rows if row["place"] == "UZB")
    assert (own["rank"], own["egdi"], own["change"]) == ("63", "0.7999", "6")


def test_the_same_table_as_a_workbook_holds_the_same_numbers(client):
    from openpyxl import load_workbook

    content = client.get("/en/edition/2024.xlsx?q=uzb").content
    book = load_workbook(io.BytesIO(content))

    assert [cell.value for cell in book.worksheets[0][2]][:4] == [63, "UZB", "Uzbekistan", 0.7999]


def test_an_analyst_asks_how_the_method_is_known(client):
    methods = client.get("/en/method/")
    assert "/en/method/2024/" in links(methods)

    page = text(client.get("/en/method/2024/"))

    assert "EGDI = 1/3 · OSI + 1/3 · TII + 1/3 · HCI" in page
    assert "proved" in page
    assert "recalled" in page
    assert "0,34" in text(client.get("/en/method/2010/"))


def test_the_overview_adds_up(client):
    page = text(client.get("/en/"))
    rows = page[page.index("Share of the gap") : page.index("Try what would close it")]
    numbers = [word for word in rows.split() if word[0] in "+−"]

    parts = [float(word.replace("−", "-").replace(",", ".")) for word in numbers]

    assert round(sum(parts[:3]), 4) == parts[3] == 0.0841


def test_an_address_shows_the_same_state_in_every_language(client):
    said = [
        text(client.get(f"/{language}/edition/2018/?income=low&sort=hci"))
        for language in ("uz", "uz-cyrl", "ru", "en")
    ]

    assert len({page.count("0,") for page in said}) == 1


def test_a_citizen_finds_a_country_in_any_script_and_with_any_apostrophe(client):
    for written in ("Ўзбекистон", "o'zbek", "O`zbekiston", "узбек", "UZB", "uz"):
        answer = client.get("/uz/search/", {"q": written})
        assert answer.headers.get("Location") == "/uz/country/UZB/", written


def test_a_citizen_who_finds_several_chooses_and_who_finds_none_is_told_what_to_do(client):
    several = client.get("/en/search/?q=guinea")
    assert {"/en/country/GIN/", "/en/country/GNB/", "/en/country/GNQ/"} <= set(links(several))

    assert "Check the spelling" in text(client.get("/en/search/?q=zzzz"))


def test_whoever_takes_a_wrong_turn_is_led_on(client):
    page = client.get("/en/no-such-page/")
    assert page.status_code == 404
    assert "search for a country" in text(page)

    page = client.get("/en/country/UZZ/")
    assert page.status_code == 404
    assert "UZB" in text(page)

    page = client.get("/en/edition/2023/")
    assert page.status_code == 404
    assert "2022, 2024" in text(page)

    page = client.get("/en/edition/2024/?region=atlantis")
    assert page.status_code == 422
    assert "Choose one of these: africa, americas, asia, europe, oceania" in text(page)


def test_the_type_of_a_problem_leads_to_a_page_that_explains_it(client):
    answer = client.get("/problems/people.too-many-tries", follow=True)

    assert answer.status_code == 200
    assert "{until}" in text(answer)


def test_a_year_in_which_a_country_had_no_index_is_told_plainly(client):
    table = client.get("/en/edition/2003/?q=uzb")

    row = text(table)[text(table).index("1 country") :]
    assert "Uzbekistan" in row
    assert "– " in row
