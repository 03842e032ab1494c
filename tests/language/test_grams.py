"""Search over short texts: scripts, apostrophes, typos, other words, and what is not there."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.language.grams import distance, find, index, words_of

TITLES = (
    "Avtotransport vositalari oynalarini qoraytirishga ruxsatnoma",
    "Xorijga chiqish pasportini rasmiylashtirish",
    "Tugʻilganlik haqidagi guvohnomani olish",
    "Fuqaro havo kemalariga shovqinlar boʻyicha sertifikat",
    "Gʻijduvon tumanida yer uchastkasini olish",
    "Salomatlik koʻrsatkichlari haqida maʼlumot",
)
MADE = index([[(title, 1.0)] for title in TITLES])


def first(question: str) -> str:
    hits = find(MADE, question, 5)
    return TITLES[hits[0].place] if hits else ""


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("oyna qoraytirish", TITLES[0]),
        ("ойна қорайтириш учун рухсатнома", TITLES[0]),
        ("разрешение на тонировку машины", TITLES[0]),
        ("tinted windows permit", TITLES[0]),
        ("oynalarni qoraytrish", TITLES[0]),
        ("xorijga chiqish pasprti", TITLES[1]),
        ("загранпаспорт", TITLES[1]),
        ("свидетельство о рождении", TITLES[2]),
        ("birth certificate", TITLES[2]),
        ("gijduvon yer", TITLES[4]),
    ],
)
def test_a_service_is_found_in_any_script_with_slips_and_in_other_words(question, title):
    assert first(question) == title


@pytest.mark.parametrize("sign", ["'", "‘", "’", "`", "ʻ", "ʼ", "´", "′", ""])
def test_every_apostrophe_and_none_finds_the_same(sign):
    assert first(f"g{sign}ijduvon tug{sign}ilgan yer") == TITLES[4]


@pytest.mark.parametrize(
    "question",
    ["", "?", "salom, qalaysan?", "bugun ob-havo qanday?", "eng zo'r restoran qayerda?",
     "сколько сейчас времени", "как дела", "who won the match yesterday", "x" * 5_000],
)  # fmt: skip
def test_a_question_about_something_else_finds_nothing(question):
    assert first(question) == ""


@given(st.text(max_size=80))
def test_whatever_is_written_is_answered_within_bounds(question):
    hits = find(MADE, question, 3)

    assert len(hits) <= 3
    assert all(0.4 <= hit.score <= 1.03 for hit in hits)
    assert [hit.score for hit in hits] == sorted((h.score for h in hits), reverse=True)


@given(st.text("abcde", max_size=8), st.text("abcde", max_size=8))
def test_slips_are_counted_alike_from_both_sides(one, other):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) <= max(len(one), len(other))


def test_an_empty_index_answers_nothing():
    assert find(index([]), "pasport") == []


def test_titles_of_the_live_portal_are_found_with_a_letter_missing():
    folder = os.environ.get("MARRA_REFERENCE_DATA")
    if not folder:
        pytest.skip("MARRA_REFERENCE_DATA is not set")
    path = Path(folder) / "portal/mygov/service_titles_uz.txt"
    titles = path.read_text("utf-8").splitlines()
    made = index([[(title, 1.0)] for title in titles])

    right = sum(
        place in [hit.place for hit in find(made, spoilt(title), 5)]
        for place, title in enumerate(titles)
    )

    assert right / len(titles) >= 0.97


def spoilt(title: str) -> str:
    longest = max(words_of(title) or [title], key=len)
    return " ".join(words_of(title)).replace(longest, longest[:2] + longest[3:])
