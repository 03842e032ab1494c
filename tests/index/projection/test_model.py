"""What is learnt comes from the past alone, and from all of it."""

from dataclasses import replace

import numpy as np
import pytest

from marra.index import load
from marra.index.projection.method import CANDIDATES, Method, design
from marra.index.projection.model import TooFar, learn
from marra.index.projection.panel import TooFewEditions, panel
from tests.index.projection.make import known_panel, surveys

METHOD = CANDIDATES[-1]


def test_nothing_after_the_origin_is_learnt_from():
    whole = known_panel()
    after = np.array(whole.years) > 2016
    disturbed = replace(
        whole,
        parts=np.where(after[:, None, None], 0.5, whole.parts),
        standing=np.where(after[:, None, None], 9.0, whole.standing),
        ranks=np.where(after[:, None], 1.0, whole.ranks),
        mean=np.where(after[:, None], 0.1, whole.mean),
        spread=np.where(after[:, None], 5.0, whole.spread),
    )

    found, again = (learn(each, 2016, 4, METHOD) for each in (whole, disturbed))

    assert (found.expected == again.expected).all()
    assert (found.surprises == again.surprises).all()
    assert (found.mean == again.mean).all()


def test_every_pair_of_editions_so_far_apart_is_learnt_from():
    assert learn(known_panel(), 2018, 6, METHOD).windows == (
        (2004, 2010), (2008, 2014), (2010, 2016), (2012, 2018),
    )  # fmt: skip


def test_everything_is_told_on_the_scale_of_the_latest_edition():
    whole = known_panel()
    found = learn(whole, 2018, 6, METHOD)

    assert (found.mean == whole.mean[whole.at(2018)]).all()
    assert (found.spread == whole.spread[whole.at(2018)]).all()


def test_a_country_borrows_most_from_those_that_stood_where_it_stands():
    whole = known_panel()
    found = learn(whole, 2024, 2, METHOD)
    denmark, chad = whole.places.index("DNK"), whole.places.index("TCD")
    by_denmark = found.likeness[denmark] @ found.donors.astype(float).astype(bool)
    levels = np.array(
        [whole.standing[whole.at(int(d) % 10_000), int(d) // 10_000].mean() for d in found.donors]
    )

    assert np.isclose(by_denmark, 1.0)
    assert found.likeness[denmark] @ levels > 0.5 > -0.5 > found.likeness[chad] @ levels


def test_a_perfectly_regular_past_is_learnt_exactly():
    whole = known_panel()
    pulled = whole.standing.copy()
    for row in range(1, len(whole.years)):
        pulled[row] = 0.8 * pulled[row - 1]
    regular = replace(whole, standing=pulled, years=tuple(range(2002, 2026, 2)))

    found = learn(regular, 2024, 2, Method(("levels",), ridge=0.0))
    has = ~np.isnan(found.expected).any(axis=1)

    assert has.sum() > 150
    assert np.allclose(found.expected[has], 0.8 * regular.standing[-1][has], atol=1e-6)
    assert np.abs(found.surprises).max() < 1e-6


def test_a_future_without_a_past_as_long_is_refused():
    with pytest.raises(TooFar) as refused:
        learn(known_panel(2012), 2012, 9, METHOD)

    assert refused.value.facts["last"] == 2016


def test_one_edition_is_no_panel():
    with pytest.raises(TooFewEditions):
        panel({2024: load(2024)})


def test_features_are_known_for_every_country_with_parts():
    whole = known_panel()
    for row in range(whole.at(2012), len(whole.years)):
        assert not np.isnan(design(whole, row, METHOD.features)).any()


def test_a_country_without_index_before_is_no_donor():
    whole = known_panel()
    missing = whole.places.index("PRK")
    donors = learn(whole, 2014, 2, METHOD).donors

    assert np.isnan(whole.parts[whole.at(2008), missing]).any()
    assert missing * 10_000 + 2008 not in donors.tolist()
    assert missing * 10_000 + 2012 in donors.tolist()


def test_the_panel_keeps_what_was_published():
    whole = known_panel()
    survey = surveys()[2020]

    assert whole.places == survey.places
    assert (whole.parts[whole.at(2020)] == survey.pillars).all()
    assert np.allclose(np.nanmean(whole.standing, axis=1), 0, atol=1e-12)
    assert np.allclose(np.nanstd(whole.standing, axis=1), 1)
