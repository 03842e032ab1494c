"""Nothing is told without the figures and the method behind it, nor anyone left out unnamed."""

import numpy as np
import pytest

from marra.index import (
    changes,
    distances,
    explain,
    groups,
    load,
    peers,
    recompute,
    score,
    sensitivity,
    trend,
    uncertainty,
    verify,
    what_if,
)
from tests.index.make import all_surveys

ASKED = {
    "score": lambda: score(load(2024)),
    "recompute": lambda: recompute(load(2024), "tii"),
    "groups": lambda: groups(load(2024), "region"),
    "what_if": lambda: what_if(load(2024), {("UZB", "osi"): 0.9}),
    "explain": lambda: explain(load(2024), "UZB"),
    "peers": lambda: peers(all_surveys(), "UZB", 2024),
    "trend": lambda: trend(all_surveys(), "UZB"),
    "distances": lambda: distances(load(2024), "UZB"),
    "changes": lambda: changes(all_surveys(), "UZB"),
    "verify": lambda: verify(load(2024)),
    "uncertainty": lambda: uncertainty(load(2024), "UZB", rng=np.random.default_rng(0), draws=64),
    "sensitivity": lambda: sensitivity(load(2024), "UZB", rng=np.random.default_rng(0), n=64),
}


@pytest.mark.parametrize("question", ASKED)
def test_every_answer_says_which_figures_and_which_method_it_follows_from(question):
    answer = ASKED[question]()

    assert load(2024).version in answer.data_version
    assert load(2024).edition.version in answer.edition_version


def test_seed_0_is_a_seed_and_is_told():
    assert ASKED["uncertainty"]().seed == 0
    assert ASKED["sensitivity"]().seed == 0


def test_a_country_without_an_index_is_in_no_group_and_named():
    found = groups(load(2003), "income")

    assert "UZB" in found.without_index
    assert not any("UZB" in group.places for group in found.values())


def test_what_keeps_a_gap_from_being_split_is_named():
    found = explain(load(2024), "PRK", to_place="UZB")

    assert {each.name for each in found.contributions} == {"osi", "tii", "hci"}
    assert found.lacking["PRK"]
    assert "UZB" not in found.lacking


def test_a_part_that_was_not_published_and_counts_as_zero_is_named_in_a_gap():
    found = explain(load(2004), "AND", to_place="UZB")

    assert found.counted_as_zero == {"AND": ("hci",)}
