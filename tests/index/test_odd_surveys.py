"""Surveys that nobody published yet: small, even, or with parts left blank."""

from math import nan

import numpy as np
import pytest

from marra.index import explain, groups, known, peers, verify
from marra.index.groups import KINDS
from tests.index import make


def test_one_country_alone_is_first_with_nobody_beside_it():
    alone = make.survey(2026, make.row("UZB", 1, 0.5))

    assert verify(alone).passed
    assert explain(alone, "UZB", to_rank=1).gap == 0
    assert peers({2026: alone}, "UZB", 2026) == ()


def test_countries_that_are_all_alike_are_peers_at_no_distance():
    even = make.survey(2026, *(make.row(code, 1, 0.5) for code in ("UZB", "KAZ", "KGZ")))

    found = peers({2026: even}, "UZB", 2026)

    assert [(peer.place, peer.distance) for peer in found] == [("KAZ", 0), ("KGZ", 0)]


def test_a_group_in_which_nobody_has_a_part_has_no_mean_of_it():
    blank = make.row("UZB", 1, 1 / 3, nan, 0.5, 0.5, flags=["osi_missing"])
    given = make.survey(2026, blank, make.row("USA", 2, 0.3))

    found = groups(given, "region")

    assert found["asia"].osi is None
    assert found["americas"].osi == 0.3


def test_a_part_left_blank_counts_as_zero_and_is_named():
    blank = make.row("UZB", 2, 1 / 3, nan, 0.5, 0.5, flags=["osi_missing"])
    given = make.survey(2026, blank, make.row("USA", 1, 0.4))

    found = explain(given, "UZB", to_place="USA")

    assert found.counted_as_zero == {"UZB": ("osi",)}
    assert found.of("osi") == pytest.approx(0.4 / 3)
    assert [each.reason for each in verify(given).exceptions] == [
        "OSI was not published and counts as 0."
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_edition_can_be_grouped_in_every_way(kind):
    for year in known():
        given = make.all_surveys()[year]

        found = groups(given, kind)

        members = [place for group in found.values() for place in group.places]
        assert len(members) == len(set(members)) <= int(np.sum(given.ranked))
        assert not set(members) & set(found.without_index)
