"""Plain texts are told from those of offices, in both scripts alike."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.inventory.rules.plain_language import language_of, limits, measure, words
from marra.inventory.rules.standard import packaged
from marra.language.scripts import to_cyrillic

ACT = tomllib.loads(
    (files("marra.commission.rules.acts") / "pq-308.toml").read_text(encoding="utf-8")
)
LETTERS = st.text(st.sampled_from("abdekoʻgʻshchinlmt .!?Ўқғҳ-'\n«»“”1"), max_size=200)


def ours(language: str) -> list[str]:
    told = [text for each in packaged().requirements for text in (each.text, each.reason)]
    return [text.into(language) for text in told]


def of_the_act(language: str) -> list[str]:
    clauses = [each["text"] for each in ACT["clauses"]]
    if language == "uz-cyrl":
        return [to_cyrillic(each["uz"]) for each in clauses]
    return [each[language] for each in clauses if language in each]


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru"])
def test_the_standard_is_plain_and_the_decision_it_follows_is_not(language):
    plain, official = measure(ours(language), language), measure(of_the_act(language), language)

    assert plain.words_in_sentence <= limits().words_in_sentence < official.words_in_sentence
    assert plain.long_share <= limits().long_share < official.long_share
    assert (plain.longest, plain.office) == ((), ())
    assert official.office
    assert official.longest


def test_both_scripts_of_one_text_are_equally_plain():
    latin, cyrillic = measure(of_the_act("uz"), "uz"), measure(of_the_act("uz-cyrl"), "uz-cyrl")

    assert latin.words == cyrillic.words
    assert latin.long_share == cyrillic.long_share
    assert len(latin.office) == len(cyrillic.office)


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru", "en"])
def test_the_language_of_a_text_is_known_by_its_letters_and_words(language):
    assert language_of(" ".join(ours(language))) == language


def test_nothing_is_said_of_a_language_that_is_not_known():
    assert language_of("12345 ...") == ""
    assert language_of("Lorem ipsum dolor sit amet consectetur") == ""


def test_a_phrase_of_offices_is_found_with_any_apostrophe_and_ending():
    found = measure(
        ["Ariza ko'rib chiqilishi yuqorida ko'rsatilgan tartibda amalga oshirilmoqda."], "uz"
    )

    assert {each.phrase for each in found.office} == {"amalga oshir…", "yuqorida koʻrsatilgan"}
    assert all(each.better and each.sentence.startswith("Ariza") for each in found.office)


def test_a_long_sentence_is_shown_whole():
    sentence = " ".join(["hujjat"] * 26) + "."

    found = measure([sentence, "Qisqa gap."], "uz")

    assert found.longest == (sentence,)


@given(LETTERS, st.sampled_from(["uz", "uz-cyrl", "ru", "en"]))
def test_any_text_is_counted_and_its_blocks_add_up(text, language):
    found = measure([text, text], language)

    assert found.words == 2 * len(words(" ".join(text.split())))
    assert 0 <= found.long_share <= 1
    assert found.sentences <= found.words


def test_a_hundred_thousand_words_are_counted_in_seconds():
    found = measure(["aʼ" * 5 + "-" * 50_000] + ["Bir gap. "] * 20_000, "uz")

    assert found.words == 40_001
