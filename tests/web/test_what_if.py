"""What if: numbers as people write them, everyone ranked anew, nothing lost on an error."""

import re

import pytest

from marra.evidence.queries import releases as queries
from marra.index import changeable, what_if

pytestmark = pytest.mark.django_db


def page(client, query, status=200):
    answer = client.get(f"/en/what-if/?{query}")
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("written", ["0,9", "0.9", "0.90", " 0,9 "])
def test_comma_and_point_give_the_same_answer_as_the_engine(client, written):
    result = what_if(queries.survey(2024), {("UZB", "osi"): 0.9})
    before, after = result.before["UZB"].rank, result.after["UZB"].rank

    text = page(client, f"osi={written}")

    assert f"Uzbekistan: from place {before} to place {after}" in text
    assert f"Overtakes {before - after} countries" in text


def test_no_change_asks_and_does_not_answer(client):
    text = page(client, "place=KAZ&edition=2022")

    assert "What if Kazakhstan had other figures in 2022?" in text
    assert "Before and after" not in text


def test_a_country_that_falls_is_told_so_with_those_who_overtake_it(client):
    text = page(client, "place=DNK&hci=0,5")

    assert "Denmark: down from place 1 to place" in text
    assert "Overtaken by" in text
    assert "Overtakes" not in text


def test_every_input_that_the_engine_can_change_has_a_box(client):
    for year in queries.years():
        text = page(client, f"edition={year}&place=KAZ")
        names = set(re.findall(r'<input type="text" name="([a-z_.]+)"', text))

        assert names == {*changeable(queries.survey(year)), "also_value"}, year


def test_an_input_moves_its_part(client):
    text = page(client, "tii.internet=99")
    result = what_if(queries.survey(2024), {("UZB", "tii.internet"): 99.0})

    assert f"to place {result.after['UZB'].rank}" in text
    assert "their part stays as published" in text


def test_changes_of_other_countries_are_kept_in_the_address(client):
    added = client.get(
        "/en/what-if/?osi=0.9&also_place=KAZ&also_name=osi&also_value=0,2&also=EST:hci:0.5"
    )
    assert added.status_code == 302
    assert "also=EST%3Ahci%3A0.5&also=KAZ%3Aosi%3A0.2" in added["Location"]

    text = client.get(added["Location"]).content.decode()
    result = what_if(
        queries.survey(2024),
        {("UZB", "osi"): 0.9, ("KAZ", "osi"): 0.2, ("EST", "hci"): 0.5},
    )

    assert f"to place {result.after['UZB'].rank}" in text
    assert "Kazakhstan: Online services 0,2000" in text


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("osi=abc", "osi", "“abc” is not a number"),
        ("osi=1,2", "osi", "1,2 is outside 0 to 1"),
        ("hci=-0,1", "hci", "−0,1 is outside 0 to 1"),
        ("tii.internet=101", "tii.internet", "101 is outside 0 to 100"),
        ("osi=nan", "osi", "is not a number"),
        ("osi=1e999", "osi", "is not a number"),
        ("also_place=KAZ", "also_name", "all three"),
        ("also_place=KAZ&also_name=osi&also_value=7", "also_value", "7 is outside 0 to 1"),
    ],
)
def test_a_wrong_number_is_told_beside_its_box_and_in_the_summary(client, query, field, words):
    text = page(client, f"{query}&tii=0,95", status=422)

    summary = re.search(r'class="errors".*?</div>', text, re.S)[0]
    beside = re.search(rf'id="field-{re.escape(field)}_error">(.*?)</p>', text, re.S)[1]
    assert words in summary
    assert words in beside
    assert f'href="#field-{field}"' in summary
    assert 'name="tii" value="0,95"' in text


@pytest.mark.parametrize("also", ["KAZ", "KAZ:osi:9", "XXX:osi:0.5", "KAZ:gdp:1", "KAZ:osi:x"])
def test_an_unreadable_change_in_the_address_is_told_and_nothing_is_lost(client, also):
    text = page(client, f"osi=0,9&also={also}", status=422)

    assert 'class="errors"' in text
    assert 'name="osi" value="0,9"' in text


def test_a_country_without_an_index_has_nothing_to_change(client):
    text = page(client, "edition=2003&osi=0,5", status=422)

    assert "has no index in 2003, so nothing can be changed" in text


def test_boxes_left_empty_do_not_stand_in_the_address(client):
    answer = client.get("/en/what-if/?osi=0,9&tii=&also_place=&hci=")

    assert answer.status_code == 302
    assert answer["Location"] == "/en/what-if/?osi=0%2C9"


def test_an_answer_leads_to_the_same_question_about_the_editions_to_come(client):
    text = page(client, "osi=0,9&tii.internet=95")
    older = page(client, "osi=0,9&edition=2022")

    assert 'href="/en/scenario/?place=UZB&amp;osi=0.9&amp;tii.internet=95"' in text
    assert 'href="/en/scenario/?place=UZB"' in older
