"""The places that changes bring add up, and are those of what_if."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marra.index.gained import rank_shapley
from marra.index.load import load
from marra.index.what_if import NothingToChange, OutOfRange, what_if

SHARE = st.floats(0, 1)


def rank_after(survey, place, changes):
    given = {(place, name): value for name, value in changes.items()}
    return what_if(survey, given).after[place].rank


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([2008, 2020, 2024]), st.sampled_from(["UZB", "KAZ", "DNK"]), SHARE, SHARE)
def test_the_gains_add_up_to_the_places_that_what_if_gives(year, place, osi, hci):
    survey = load(year)

    found = rank_shapley(survey, place, {"osi": osi, "hci": hci})

    assert found.after == rank_after(survey, place, {"osi": osi, "hci": hci})
    assert sum(gain.places for gain in found.gains) == pytest.approx(found.places, abs=1e-9)


def test_each_gain_is_the_mean_over_all_orders_of_what_if():
    survey, changes = (
        load(2024),
        {"osi": 0.85, "tii.internet": 95.0, "tii.mobile": 118.0, "hci": 0.8},
    )
    added = dict.fromkeys(changes, 0.0)
    orders = list(permutations(changes))
    for order in orders:
        made, before = {}, rank_after(survey, "UZB", {})
        for name in order:
            made[name] = changes[name]
            after = rank_after(survey, "UZB", made)
            added[name] += (before - after) / len(orders)
            before = after

    found = rank_shapley(survey, "UZB", changes)

    assert {gain.name: gain.places for gain in found.gains} == pytest.approx(added)


def test_no_change_of_a_value_gains_no_place():
    survey = load(2020)
    osi = survey.pillars[survey.at("AND"), 0]

    found = rank_shapley(survey, "AND", {"osi": osi, "hci": 0.9})

    assert found.before == 80
    assert found.gains[0].places == 0


def test_what_cannot_be_changed_is_refused():
    survey = load(2024)

    with pytest.raises(OutOfRange):
        rank_shapley(survey, "UZB", {"osi": 1.5})
    with pytest.raises(NothingToChange):
        rank_shapley(survey, "UZB", {"beauty": 0.5})


def test_no_change_gains_nothing():
    found = rank_shapley(load(2024), "UZB", {})

    assert (found.before, found.after, found.gains) == (63, 63, ())
