"""Folding: texts that mean the same word to a person who searches share one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.kit.places import PLACES
from marra.language.fold import fold
from marra.language.scripts import to_cyrillic

LATIN = st.text("abdefghijklmnopqrstuvxyzʻʼ -", max_size=20)


@pytest.mark.parametrize(
    "variant",
    [
        "o'rin",
        "o‘rin",
        "o’rin",
        "o`rin",
        "oʼrin",
        "orin",
        "Oʻrin",
        "OʻRIN",
        "ўрин",
        "Ўрин",
        "örin",
    ],
)
def test_every_way_to_type_a_letter_with_an_apostrophe_folds_alike(variant):
    assert fold(variant) == fold("oʻrin")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("хizmat", "xizmat"),
        ("hizmat", "xizmat"),
        ("отчет", "отчёт"),
        ("ЕЩЁ", "еще"),
        ("Türkiye", "Turkiye"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("Fransiya", "Франция"),
        ("Yevropa", "Европа"),
        ("Evropa", "Европа"),
        ("dunyo", "дунё"),
        ("şahar", "shahar"),
        ("Kot-dʼIvuar", "kot  divuar"),
    ],
)
def test_variants_of_a_word_fold_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Niger", "Nigeria"), ("Iran", "Iraq"), ("oʻrin", "urin"), ("1", "2")]
)
def test_different_words_keep_different_keys(one, other):
    assert fold(one) != fold(other)


def test_no_two_places_share_a_key_in_one_language():
    for language in ("uz", "uz-cyrl", "ru", "en"):
        assert len({fold(each.name.into(language)) for each in PLACES.values()}) == 193


@given(LATIN)
def test_an_uzbek_text_folds_alike_in_both_scripts(text):
    assert fold(to_cyrillic(text)) == fold(text)


@pytest.mark.parametrize("each", PLACES.values(), ids=lambda each: each.iso3)
def test_a_country_is_found_by_either_uzbek_name(each):
    assert fold(each.name.uz) == fold(each.name.uz_cyrl)


@given(st.text())
def test_folding_a_key_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_and_spare_blanks_never_matter(text):
    assert fold(f"  {text.upper()} ".lower()) == fold(text.upper())
