"""Comparing: countries are added and taken out without script, and the address keeps them."""

import pytest

pytestmark = pytest.mark.django_db


def test_nothing_chosen_shows_the_country_in_focus_with_its_goal_and_neighbours(client):
    text = client.get("/en/compare/").content.decode()

    for name in ("Uzbekistan", "Ukraine", "Kazakhstan", "Kyrgyzstan"):
        assert f">{name}</a>" in text


def test_a_country_is_added_once_and_the_address_says_so(client):
    added = client.get("/en/compare/?places=UZB,KAZ&add=est&edition=2022")
    again = client.get("/en/compare/?places=UZB,KAZ&add=KAZ&edition=2022")

    assert added["Location"] == "/en/compare/?places=UZB,KAZ,EST&edition=2022"
    assert again["Location"] == "/en/compare/?places=UZB,KAZ&edition=2022"


def test_a_country_is_taken_out_by_its_link(client):
    text = client.get("/en/compare/?places=UZB,KAZ&edition=2022").content.decode()

    assert 'href="/en/compare/?places=KAZ&amp;edition=2022"' in text
    assert 'aria-label="Take Uzbekistan out"' in text


def test_the_last_country_stays_and_the_seventh_does_not_come(client):
    one = client.get("/en/compare/?places=UZB").content.decode()
    six = client.get("/en/compare/?places=UZB,KAZ,KGZ,TJK,TKM,RUS").content.decode()
    seven = client.get("/en/compare/?places=UZB,KAZ,KGZ,TJK,TKM,RUS,USA")

    assert "Take Uzbekistan out" not in one
    assert "Six countries at most" in six
    assert seven.status_code == 422
    assert "7 countries are too many" in seven.content.decode()


@pytest.mark.parametrize("edition", [2003, 2008, 2024])
def test_a_country_without_an_index_is_shown_so(client, edition):
    answer = client.get(f"/en/compare/?places=TJK,UZB&edition={edition}")

    assert answer.status_code == 200
    if edition == 2003:
        assert "No index in 2003" in answer.content.decode()
