"""The country page: every country, every edition, every standing reads right."""

import re

import pytest

from marra.evidence.queries import releases as queries
from marra.kit.places import PLACES
from marra.kit.text import LANGUAGES
from marra.web.formats import number

pytestmark = pytest.mark.django_db


def lead(client, address):
    text = client.get(address).content.decode()
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.S)[1]
    first = re.search(r'class="lead">(.*?)</p>', text, re.S)[1]
    return " ".join(f"{heading} {first}".split())


def test_every_country_has_its_page(client):
    for turn, code in enumerate(PLACES):
        language = LANGUAGES[turn % len(LANGUAGES)]

        answer = client.get(f"/{language}/country/{code}/")

        assert answer.status_code == 200, code
        assert "{" not in answer.content.decode().partition("<main")[2], code


def test_every_edition_has_its_page_for_a_country_that_had_no_index_in_some(client):
    for year in queries.years():
        for code in ("UZB", "SMR", "USA"):
            answer = client.get(f"/en/country/{code}/?edition={year}")

            assert answer.status_code == 200, (code, year)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("UZB/", "Uzbekistan: place 63 of 193 in 2024 6 places higher than in 2022."),
        ("UZB/", "behind place 30 (Ukraine)."),
        ("KAZ/", "ahead of place 30 (Ukraine)."),
        ("UKR/", "This is place 30 itself."),
        ("DNK/?to=1", "The same place as in 2022. This is place 1 itself."),
        ("UZB/?edition=2020", "6 places lower than in 2018."),
        ("UZB/?edition=2003&to=1", "Uzbekistan: no index in 2003"),
        ("UZB/?edition=2004", "It had no index in 2003."),
        ("USA/?edition=2003", "United States of America: place 1 of 191 in 2003"),
    ],
)
def test_the_first_sentence_says_where_the_country_stands(client, address, words):
    assert words in lead(client, f"/en/country/{address}")


def test_the_gap_in_the_first_sentence_is_the_one_of_the_waterfall(client):
    text = client.get("/en/country/UZB/").content.decode()

    told = re.search(r"(0,\d{4}) points of EGDI behind", text)[1]

    assert f"Uzbekistan: {told} behind place 30 (Ukraine)" in text


def test_inputs_stand_with_unit_year_and_source(client):
    text = client.get("/en/country/UZB/?edition=2022").content.decode()

    own = queries.survey(2022).input_facts["UZB", "tii.internet"]
    row = re.findall(r"<tr><th scope=\"row\">Internet users</th>.*?</tr>", text)[-1]

    assert number(own.value, 1) in row
    assert str(own.data_year) in row
    assert "World Development Indicators" in row


def test_a_chosen_country_leads_to_its_own_address(client):
    answer = client.get("/uz/country/?place=kaz&edition=2022&to=20")

    assert answer.status_code == 302
    assert answer["Location"] == "/uz/country/KAZ/?edition=2022&to=20"


@pytest.mark.parametrize("address", ["XXX/", "UZB/?edition=1999", "UZB/?to=1000", "UZB/?peers=x"])
def test_an_address_that_means_nothing_is_refused(client, address):
    answer = client.get(f"/en/country/{address}")

    assert answer.status_code in (404, 422)
    assert 'class="lead"' in answer.content.decode()
