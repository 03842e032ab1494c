"""Likeness of short texts: every pair that is alike is found, and no other."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.language.fold import fold
from marra.language.likeness import Alikes, alike, likeness, pieces

WORDS = st.lists(
    st.sampled_from(["reja", "tarmoq", "xizmat", "xizmatlar", "ochish", "yopish"]), max_size=5
)
TEXTS = st.lists(WORDS.map(" ".join), max_size=12)


@given(TEXTS, st.sampled_from([0.4, 0.6, 0.9]))
def test_the_quick_way_finds_the_pairs_of_the_plain_one(texts, least):
    told = dict(enumerate(texts))
    plain = {
        (one, other)
        for one, other in combinations(told, 2)
        if likeness(pieces(told[one]), pieces(told[other])) >= least
    }

    assert {(one, other) for _, one, other in alike(told, least)} == plain


@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_likeness_is_a_share_and_the_same_from_both_sides(one, other):
    share = likeness(pieces(one), pieces(other))

    assert 0 <= share <= 1
    assert share == likeness(pieces(other), pieces(one))
    assert one == "" or likeness(pieces(one), pieces(one)) == 1


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("Davlat xizmatlari reyestrini ochish", "Давлат хизматлари реестрини очиш", True),
        ("Tarmoqni kengaytirish", "Tarmoqlarni kengaytirish", True),
        ("Davlat xizmatlari reyestrini ochish", "Maktablarni internetga ulash", False),
    ],
)
def test_texts_are_alike_in_whatever_letters(one, other, is_alike):
    assert (likeness(pieces(fold(one)), pieces(fold(other))) >= 0.6) == is_alike


@given(
    st.lists(st.dictionaries(st.integers(0, 9), WORDS.map(" ".join)), min_size=2, max_size=6),
    st.integers(0, 6),
)
def test_what_is_remembered_of_pairs_is_what_comparing_anew_would_find(steps, few):
    known = Alikes(0.4)
    known.FEW = few  # some steps are followed, others compared anew

    for texts in steps:
        found = {(one, other): share for share, one, other in alike(texts, 0.4)}
        assert known.among(texts) == pytest.approx(found)
