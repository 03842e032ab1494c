"""Places: codes, names in four languages, and the spellings of the Data Center."""

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.kit.places import (
    INCOMES,
    PLACES,
    REGIONS,
    SUBREGIONS,
    NoSuchPlace,
    UnknownPlaceName,
    by_survey_name,
    place,
)

LATIN = re.compile(r"[A-Za-zʻʼ ’-]+")
CYRILLIC = re.compile(r"[А-Яа-яЁёЎўҚқҒғҲҳ ’—-]+")


def reference(*parts: str) -> Path:
    folder = os.environ.get("MARRA_REFERENCE_DATA")
    if not folder:
        pytest.skip("MARRA_REFERENCE_DATA is not set: published tables were not compared")
    return Path(folder, *parts)


def test_there_are_193_member_states_with_unique_codes_and_names():
    columns = [
        (p.iso2, p.m49, p.name.uz, p.name.uz_cyrl, p.name.ru, p.name.en) for p in PLACES.values()
    ]

    assert len(PLACES) == 193
    for column in zip(*columns, strict=True):
        assert [value for value, count in Counter(column).items() if count > 1] == []


@pytest.mark.parametrize("each", PLACES.values(), ids=lambda p: p.iso3)
def test_a_name_uses_only_the_letters_of_its_script(each):
    assert LATIN.fullmatch(each.name.uz)
    assert "’" not in each.name.uz
    assert CYRILLIC.fullmatch(each.name.uz_cyrl)
    assert CYRILLIC.fullmatch(each.name.ru)
    assert "'" not in each.name.en


def test_every_group_that_a_place_names_is_named_itself():
    for each in PLACES.values():
        assert each.region in REGIONS
        assert each.subregion in SUBREGIONS
        assert each.income is None or each.income in INCOMES


def test_the_groups_have_the_sizes_that_the_united_nations_states():
    assert Counter(each.region for each in PLACES.values()) == {
        "africa": 54, "americas": 35, "asia": 47, "europe": 43, "oceania": 14,
    }  # fmt: skip
    assert sum(each.ldc for each in PLACES.values()) == 44
    assert sum(each.lldc for each in PLACES.values()) == 32


@pytest.mark.parametrize(
    ("word", "near"), [("Kazakstan", "KAZ"), ("Ўзбекистан", "UZB"), ("uz", "UZB"), ("FIM", "FIN")]
)
def test_an_unknown_code_is_refused_with_a_near_one(word, near):
    with pytest.raises(NoSuchPlace, match=near) as refusal:
        place(word)

    assert word in str(refusal.value)


def test_a_code_is_read_in_small_letters_too():
    assert place("uzb") is place("UZB")


@pytest.mark.parametrize(
    ("spelling", "iso3"),
    [
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Swaziland", "SWZ"),
        ("Georgia (Country)", "GEO"),
        ("Czechia", "CZE"),
        ("Czech Republic", "CZE"),
        ("Cape Verde", "CPV"),
        ("The former Yugoslav Republic of Macedonia", "MKD"),
        ("Viet Nam", "VNM"),
        ("Côte d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Congo", "COG"),
        ("Democratic Republic of the Congo", "COD"),
        ("Dominica", "DMA"),
        ("Niger", "NER"),
    ],
)
def test_older_and_other_spellings_of_the_survey_are_known(spelling, iso3):
    assert by_survey_name(spelling) == iso3


def test_our_own_english_names_are_spellings_of_the_survey_too():
    assert {by_survey_name(each.name.en) for each in PLACES.values()} == set(PLACES)


def test_a_misspelt_name_is_refused_and_never_guessed():
    with pytest.raises(UnknownPlaceName, match="Uzbekistan"):
        by_survey_name("Uzbekstan")


@given(st.text(max_size=30))
def test_any_text_that_is_no_name_is_refused_with_three_near_names(text):
    with pytest.raises(UnknownPlaceName) as refusal:
        by_survey_name(f"{text} no such country")

    assert refusal.value.facts["near"].count(", ") >= 2


def test_codes_and_names_agree_with_the_published_tables():
    with reference("egdi", "editions.csv").open(encoding="utf-8") as file:
        rows = [(row["country"], row["iso3"]) for row in csv.DictReader(file)]

    wrong = {(name, iso3) for name, iso3 in rows if by_survey_name(name) != iso3}

    assert (len(rows) > 2000, wrong) == (True, set())
