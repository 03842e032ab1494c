"""Who climbed to the goal: counted as others counted it, and true for any figures."""

import csv
import math
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.index import band_around, climb, known, load, rank_gains, reference_class
from marra.index.climb import MOVERS, NoSuchClimb
from marra.index.edition import PILLARS
from marra.index.reference_class import AlreadyThere, TooFewEditions, WrongBand, share_of
from marra.kit.places import PLACES
from tests.index.make import all_surveys, renamed, row, survey

with (Path(__file__).parent / "golden" / "climbs.csv").open(encoding="utf8") as file:
    CLIMBS = list(csv.DictReader(file))


def told(episodes):
    return [(each.place, each.since, each.until, each.start, each.end) for each in episodes]


def golden(where):
    return [
        (each["iso3"], *(int(each[name]) for name in ("since", "until", "start", "end")))
        for each in CLIMBS
        if each["where"] == where
    ]


def test_the_eight_climbs_of_record_are_found():
    found = reference_class(all_surveys(), (50, 75))

    assert told(found.reached) == golden("inside")
    assert told(found.from_outside) == golden("outside")


@pytest.mark.parametrize(
    ("years", "since", "starts", "reached", "within"),
    [
        (6, 2008, 155, 6, 8),
        (4, 2008, 181, 6, 7),
        (2, 2008, 207, 3, 3),
        (6, 2003, 181, 6, 8),  # 2004 to 2010 counts too
        (4, 2003, 207, 6, 7),
        (2, 2003, 233, 3, 3),
    ],
)
def test_each_way_of_counting_gives_its_own_number(years, since, starts, reached, within):
    found = reference_class(all_surveys(), (50, 75), years=years, since=since)

    assert (found.share.starts, found.share.reached) == (starts, reached)
    assert found.within.reached == within
    assert sum(each for each, _ in found.by_edition.values()) == starts
    assert sum(each for _, each in found.by_edition.values()) == reached


def test_who_was_there_on_the_way_and_fell_back_is_told_apart():
    found = reference_class(all_surveys(), (50, 75))

    assert told(found.passed) == [("RUS", 2010, 2016, 59, 35), ("URY", 2012, 2018, 50, 34)]


def test_nobody_whose_later_editions_are_known_stayed_all_the_time():
    found = reference_class(all_surveys(), (50, 75))

    assert [(each.place, each.stayed(30)) for each in found.known_later] == [
        ("RUS", False),
        ("CYP", False),
        ("CYP", False),
        ("KAZ", False),
    ]
    assert [each.stayed(30) for each in found.reached if each.until == 2024] == [None] * 3


def test_countries_are_counted_once():
    found = reference_class(all_surveys(), (50, 75))

    assert (found.countries.reached, found.countries.starts) == (5, 59)


@pytest.mark.parametrize("golden_row", CLIMBS, ids=lambda each: each["iso3"] + each["since"])
def test_the_parts_of_each_climb_of_record_stand_at_their_ranks(golden_row):
    found = climb(
        all_surveys(), golden_row["iso3"], int(golden_row["since"]), int(golden_row["until"])
    )

    for name in PILLARS:
        ends = found.stops[0].marks[name].rank, found.stops[-1].marks[name].rank
        assert ends == (int(golden_row[f"{name}_since"]), int(golden_row[f"{name}_until"]))
    assert found.places == int(golden_row["start"]) - int(golden_row["end"])


def test_a_step_names_the_breaks_of_method_inside_it():
    found = climb(all_surveys(), "SAU", 2018, 2024)

    for step in found.steps:
        assert step.breaks == load(step.until).edition.breaks
    assert all(step.breaks for step in found.steps)


def test_an_edition_without_an_index_is_passed_over_and_its_breaks_still_count():
    surveys = {
        2018: survey(2018, row("AAA", 1, 0.9), row("BBB", 2, 0.5)),
        2020: survey(2020, row("AAA", 1, 0.9), row("BBB", 2, 0.0, flags=["no_index"])),
        2022: survey(2022, row("AAA", 2, 0.5), row("BBB", 1, 0.6)),
    }

    found = climb(surveys, "BBB", 2018, 2022)

    assert [(step.since, step.until, step.places) for step in found.steps] == [(2018, 2022, 1)]
    assert set(surveys[2020].edition.breaks) <= set(found.steps[0].breaks)


@given(
    st.sampled_from(sorted(PLACES)),
    st.lists(st.sampled_from(known()), min_size=2, max_size=2, unique=True),
)
def test_moves_add_up_to_the_change_of_the_published_index(place, ends):
    surveys, (since, until) = all_surveys(), sorted(ends)
    try:
        found = climb(surveys, place, since, until)
    except NoSuchClimb:
        return

    gained = [float(surveys[year].egdi[surveys[year].at(place)]) for year in (since, until)]
    means = [float(surveys[year].egdi[surveys[year].ranked].mean()) for year in (since, until)]
    points, over = gained[1] - gained[0], gained[1] - gained[0] - (means[1] - means[0])
    assert math.isclose(sum(move.points for move in found.moves), points, abs_tol=1e-12)
    assert math.isclose(sum(move.over_mean for move in found.moves), over, abs_tol=1e-12)
    assert all(tuple(move.name for move in step.moves) == MOVERS for step in found.steps)
    assert sum(step.places for step in found.steps) == found.places


@given(st.integers(31, 193), st.sampled_from([2, 4, 6]))
def test_a_band_around_any_place_is_counted_without_loss(place, years):
    surveys = all_surveys()
    band = band_around(place)

    found = reference_class(surveys, band, years=years)
    gains = rank_gains(surveys, band, years=years)

    assert found.share.starts == len(gains.values)
    assert 0 <= found.share.reached <= found.within.reached <= found.share.starts
    assert list(gains.values) == sorted(gains.values)
    assert all(band[0] <= each.start <= band[1] for each in (*found.reached, *found.passed))
    assert all(each.start > band[1] and each.end <= 30 for each in found.from_outside)


@given(st.integers(0, 200), st.integers(0, 200))
def test_the_interval_holds_the_share_and_turns_round_with_it(reached, more):
    starts = reached + more
    found, turned = share_of(reached, starts), share_of(more, starts)

    if starts:
        assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low == pytest.approx(1 - turned.high)


def test_the_interval_is_the_exact_one_of_the_binomial():
    found = share_of(6, 155)

    def at_most(k, p):
        return sum(math.comb(155, i) * p**i * (1 - p) ** (155 - i) for i in range(k + 1))

    assert 1 - at_most(5, found.low) == pytest.approx(0.025)
    assert at_most(6, found.high) == pytest.approx(0.025)


def test_a_goal_farther_up_is_reached_by_fewer():
    counts = [reference_class(all_surveys(), (50, 75), goal=g).share.reached for g in (49, 30, 5)]

    assert all(after <= before for before, after in pairwise(counts))
    assert counts[0] > counts[-1]


def test_names_of_countries_do_not_matter():
    codes = sorted(PLACES)
    names = dict(zip(codes, reversed(codes), strict=True))
    mirrored = {year: renamed(each, names) for year, each in all_surveys().items() if year > 2016}
    plain = {year: each for year, each in all_surveys().items() if year > 2016}

    one, other = reference_class(plain, (50, 75)), reference_class(mirrored, (50, 75))

    assert one.share == other.share
    assert {names[each.place] for each in one.reached} == {each.place for each in other.reached}


@pytest.mark.parametrize(
    ("band", "more", "refusal"),
    [
        ((75, 50), {}, WrongBand),
        ((0, 50), {}, WrongBand),
        ((20, 40), {}, AlreadyThere),
        ((50, 75), {"goal": 50}, AlreadyThere),
        ((50, 75), {"years": 5}, TooFewEditions),
        ((50, 75), {"years": 0}, TooFewEditions),
        ((50, 75), {"since": 2024}, TooFewEditions),
    ],
)
def test_what_cannot_be_counted_is_refused(band, more, refusal):
    with pytest.raises(refusal):
        reference_class(all_surveys(), band, **more)


def test_a_country_at_the_goal_has_no_band_to_climb_from():
    with pytest.raises(AlreadyThere):
        band_around(30)


@pytest.mark.parametrize(("since", "until"), [(2024, 2018), (2018, 2018), (2003, 2024), (1, 2)])
def test_a_climb_without_both_ends_is_refused(since, until):
    with pytest.raises(NoSuchClimb):
        climb(all_surveys(), "UZB", since, until)
