"""What must hold for any figures, not only for those that were published."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from marra.index import explain, known, load, rank, recompute, score, what_if
from marra.index.ranks import ranks_of
from marra.kit.places import PLACES
from tests.index.make import inputs_of, renamed, row, survey

CODES = tuple(PLACES)
UNIT = st.integers(0, 10_000).map(lambda n: n / 10_000)
SCORES = st.dictionaries(st.sampled_from(CODES), UNIT, min_size=1, max_size=40)
YEARS = st.sampled_from(known())
RECENT = st.sampled_from([2018, 2020, 2022, 2024])
PARTS = st.sampled_from(["osi", "tii", "hci"])


@st.composite
def edition_and_places(draw, years=YEARS, count=1):
    """An edition, and some of its countries that have an index."""
    year = draw(years)
    given = load(year)
    have = [p for p, has in zip(given.places, given.ranked, strict=True) if has]
    return year, draw(st.lists(st.sampled_from(have), min_size=count, max_size=count, unique=True))


@given(SCORES, st.randoms(use_true_random=False))
def test_a_rank_does_not_depend_on_the_order_of_countries(scores, chance):
    items = list(scores.items())
    chance.shuffle(items)

    assert rank(dict(items)) == rank(scores)


@given(st.lists(UNIT, min_size=1, max_size=60))
def test_the_quick_ranks_are_those_of_the_slow_count(scores):
    values = np.array(scores)

    assert ranks_of(values).tolist() == [1 + int((values > own).sum()) for own in values]


@settings(max_examples=12)
@given(YEARS, st.randoms(use_true_random=False))
def test_renaming_countries_renames_their_scores_and_ranks(year, chance):
    plain = load(year)
    other = list(plain.places)
    chance.shuffle(other)
    names = dict(zip(plain.places, other, strict=True))

    turned = renamed(plain, names)

    assert score(turned) == {names[place]: value for place, value in score(plain).items()}
    before, after = what_if(plain, {}).after, what_if(turned, {}).after
    assert {names[p]: s for p, s in before.items()} == after


@settings(max_examples=8)
@given(RECENT, st.randoms(use_true_random=False))
def test_renaming_countries_renames_their_recomputed_parts(year, chance):
    plain = load(year)
    other = list(plain.places)
    chance.shuffle(other)
    names = dict(zip(plain.places, other, strict=True))

    found, turned = (recompute(each, "tii") for each in (plain, renamed(plain, names)))

    assert turned.missing.keys() == {names[place] for place in found.missing}
    for place, value in found.values.items():
        assert turned.values[names[place]] == pytest.approx(value, abs=1e-12)


@settings(max_examples=40)
@given(edition_and_places(), PARTS, UNIT)
def test_a_higher_part_of_its_own_never_lowers_a_country(case, part, way):
    year, (place,) = case
    given = load(year)
    now = given.pillars[given.at(place), ("osi", "tii", "hci").index(part)]
    assume(now <= 1)  # NaN, a part that was not published, is left out

    found = what_if(given, {(place, part): float(now + way * (1 - now))})

    assert found.after[place].rank <= found.before[place].rank
    assert found.after[place].egdi >= found.before[place].egdi - 1e-11


@settings(max_examples=30)
@given(edition_and_places(years=RECENT), st.floats(0, 40))
def test_more_internet_users_never_lower_a_country(case, more):
    year, (place,) = case
    given = load(year)
    now = given.inputs[given.at(place), given.input_names.index("tii.internet")]
    assume(place in recompute(given, "tii").values)

    found = what_if(given, {(place, "tii.internet"): now + more})

    assert found.after[place].rank <= found.before[place].rank


@settings(max_examples=30)
@given(edition_and_places(), PARTS)
def test_setting_a_part_to_what_it_is_changes_nothing(case, part):
    year, (place,) = case
    given = load(year)
    now = given.pillars[given.at(place), ("osi", "tii", "hci").index(part)]
    assume(0 <= now <= 1)

    found = what_if(given, {(place, part): float(now)})

    assert found.moved == ()


@settings(max_examples=20)
@given(edition_and_places(years=RECENT))
def test_setting_all_inputs_to_what_they_are_changes_nothing(case):
    year, (place,) = case
    given = load(year)
    assume(place in recompute(given, "tii").values)
    same = {
        (raw.place, raw.indicator): raw.value
        for raw in inputs_of(given)
        if raw.place == place and raw.indicator.startswith("tii.")
    }

    assert what_if(given, same).moved == ()


@settings(max_examples=60)
@given(edition_and_places(count=2))
def test_contributions_add_up_to_the_gap(case):
    year, (place, rival) = case
    given, scores = load(year), score(load(year))

    found = explain(given, place, to_place=rival)

    assert sum(each.value for each in found.contributions) == pytest.approx(found.gap, abs=1e-12)
    assert found.gap == pytest.approx(scores[rival] - scores[place], abs=2e-12)


@settings(max_examples=40)
@given(edition_and_places(count=2))
def test_the_way_back_is_the_way_there_with_the_other_sign(case):
    year, (place, rival) = case
    given = load(year)

    there, back = explain(given, place, to_place=rival), explain(given, rival, to_place=place)

    assert [each.name for each in there.contributions] == [e.name for e in back.contributions]
    for one, other in zip(there.contributions, back.contributions, strict=True):
        assert one.value == pytest.approx(-other.value, abs=1e-12)


@settings(max_examples=40)
@given(st.lists(st.tuples(UNIT, UNIT, UNIT), min_size=2, max_size=12), YEARS)
def test_scores_of_any_figures_are_weighted_means_of_the_parts(parts, year):
    rows = [row(code, 1, 0.5, *each) for code, each in zip(CODES, parts, strict=False)]
    given = survey(year, *rows)

    for place, value in score(given).items():
        own = given.pillars[given.at(place)]
        assert own.min() - 1e-9 <= value <= own.max() + 1e-9
