"""What odds take: the exact answer is the one that searching would find, and no part passes 1."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marra.index.edition import PILLARS
from marra.index.plan.needed import lacking, levels, moves, shortfall, uplift, way, ways
from marra.index.plan.stakes import Lever, Stakes

WISHES = (0.5, 0.8, 0.9)
WEIGHTS = np.array([1.0, 1.0, 1.0]) / 3


def some(seed: int, futures: int = 400, **changes: object) -> Stakes:
    rng = np.random.default_rng(seed)
    told = {
        "place": "UZB",
        "edition": 2030,
        "k": 30,
        "parts": np.minimum(rng.normal((0.8, 0.95, 0.7), 0.1, (futures, 3)), 1.0),
        "threshold": rng.normal(0.9, 0.02, futures),
        "weights": WEIGHTS,
        "levers": {},
        "seed": seed,
        "data_version": "d",
        "edition_version": "e",
        "method_version": "m",
    }
    return Stakes(**{**told, **changes})


def searched(stakes: Stakes, direction: np.ndarray, odds: float) -> float | None:
    """The least length by bisection on the odds of the stakes themselves."""
    ends = np.where(direction > 0, lacking(stakes), 0.0)
    low, high = 0.0, 10.0
    if stakes.odds(np.minimum(direction * high, ends)) < odds:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        enough = stakes.odds(np.minimum(direction * middle, ends)) >= odds
        low, high = (low, middle) if enough else (middle, high)
    return high


@settings(max_examples=40)
@given(
    seed=st.integers(0, 10_000),
    odds=st.sampled_from(WISHES),
    direction=st.tuples(*[st.sampled_from((0.0, 0.3, 1.0))] * 3).filter(any),
)
def test_a_way_is_the_shortest_that_a_search_finds(seed, odds, direction):
    stakes, along = some(seed), np.array(direction)

    found, length = way(stakes, "any", along, odds), searched(stakes, along, odds)

    if length is None:
        assert found.uplift is None
        assert found.most < odds
    else:
        ends = np.where(along > 0, lacking(stakes), 0.0)
        assert found.uplift == pytest.approx(np.minimum(along * length, ends), abs=1e-6)
        assert found.most >= odds


@pytest.mark.parametrize(("seed", "odds"), list(product(range(3), WISHES)))
def test_the_rise_gives_the_odds_and_a_hair_less_does_not(seed, odds):
    stakes = some(seed)

    rise = uplift(stakes, odds)

    assert (shortfall(stakes) <= rise).mean() >= odds
    assert (shortfall(stakes) < rise - 1e-9).mean() < odds


@pytest.mark.parametrize("odds", WISHES)
def test_no_way_lifts_a_median_beyond_one(odds):
    stakes = some(5)

    for found in ways(stakes, odds, np.array([0.95, 0.99, 0.9])):
        if found.uplift is not None:
            assert max(levels(stakes, found.uplift).values()) <= 1.0 + 1e-12
            assert stakes.odds(found.uplift + 1e-9) >= odds


def test_each_part_alone_moves_that_part_only():
    stakes = some(1, threshold=np.full(400, 0.83))

    found = {each.name: each for each in ways(stakes, 0.5, np.zeros(3))}

    assert "profile" not in found  # there is nothing to catch up with
    for at, name in enumerate(PILLARS):
        lifted = found[name].uplift
        assert lifted is None or set(np.flatnonzero(lifted)) <= {at}


def test_odds_that_are_there_take_nothing():
    stakes = some(2, threshold=np.full(400, 0.1))

    assert uplift(stakes, 0.9) == 0.0
    assert all(not each.uplift.any() for each in ways(stakes, 0.9, np.ones(3)))


def test_an_input_moves_as_far_as_its_lever_says_and_no_farther_than_counts():
    levers = {
        "tii": Lever(1, 1.0, np.inf),
        "tii.internet": Lever(1, 0.002, 20.0),
        "tii.affordability": Lever(1, -0.01, 3.0),
        "hci.literacy": Lever(2, 0.001, np.inf),
    }

    found = {each.name: each for each in moves(some(0, levers=levers), "tii", 0.05)}

    assert set(found) == {"tii.internet", "tii.affordability"}
    assert (found["tii.internet"].units, found["tii.internet"].enough) == (25.0, False)
    assert found["tii.affordability"].units == pytest.approx(-5.0)
