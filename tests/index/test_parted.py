"""A change of rank parts into own, rivals and method, and the parts add up."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marra.index.load import known, load
from marra.index.parted import parted
from marra.index.ranks import NoScore
from marra.index.survey import NO_INDEX

STEPS = [(a, b) for a, b in pairwise(sorted(known()))]
PLACES = sorted(set(load(2018).places) & set(load(2005).places))


@pytest.mark.parametrize(("before", "after"), STEPS)
@settings(max_examples=8)
@given(place=st.sampled_from(PLACES))
def test_the_parts_of_a_change_sum_to_the_places_gained(before, after, place):
    surveys = load(before), load(after)
    if any(NO_INDEX in s.flags[s.at(place)] for s in surveys):
        with pytest.raises(NoScore):
            parted(*surveys, place)
        return

    found = parted(*surveys, place)

    assert found.own + found.rivals + found.method == pytest.approx(found.places)
    assert sum(each.places for each in found.by) == pytest.approx(found.own if found.by else 0)
    assert found.places == surveys[0].ranks[surveys[0].at(place)] - found.rank_after


def test_a_method_that_can_be_recomputed_in_both_editions_is_told_apart():
    found = parted(load(2018), load(2020), "UZB")

    assert found.unseparated == ()
    assert found.method != 0


def test_a_method_whose_inputs_are_not_known_is_named_and_not_guessed():
    found = parted(load(2022), load(2024), "UZB")

    assert found.unseparated == ("tii", "hci")
    assert found.method == 0


def test_an_edition_against_itself_moves_nobody():
    found = parted(load(2022), load(2022), "UZB")

    assert (found.places, found.own, found.rivals, found.method, found.by) == (0, 0, 0, 0, ())
