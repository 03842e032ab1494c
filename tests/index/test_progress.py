"""Distances to those ahead, and changes from edition to edition."""

import pytest

from marra.index import best_and_worst, changes, distances, load
from marra.index.gap import NoSuchRank
from marra.index.ranks import NoScore
from tests.index.make import all_surveys, row, survey


def test_a_country_at_the_place_itself_is_at_no_distance():
    assert all(each.to_rank == 0 for each in distances(load(2024), "UKR", 30))


def test_the_places_around_are_five_on_each_side_where_there_are_any():
    given = survey(2024, *(row(f"A{n:02}", n, 1 - n / 20) for n in range(1, 20)))

    first, last = (distances(given, "A10", rank)[0] for rank in (1, 19))

    assert first.around == pytest.approx(sum(1 - n / 20 for n in range(1, 7)) / 6)
    assert last.around == pytest.approx(sum(1 - n / 20 for n in range(14, 20)) / 6)


def test_a_part_that_was_not_published_has_no_distance():
    found = {each.name: each for each in distances(load(2004), "TLS")}

    assert found["hci"].own is None
    assert found["hci"].to_rank is None
    assert found["osi"].to_rank > 0


def test_a_distance_needs_an_index_and_a_place_that_somebody_holds():
    with pytest.raises(NoScore, match="UZB"):
        distances(load(2003), "UZB")
    with pytest.raises(NoSuchRank, match="Choose one from 1 to 193"):
        distances(load(2024), "UZB", 194)


def test_changes_add_up_to_the_way_from_the_first_edition_to_the_last():
    found = changes(all_surveys(), "UZB")

    assert found[0].since == 2004  # no index in 2003
    assert sum(each.places for each in found) == 81 - 63
    assert sum(each.egdi for each in found) == pytest.approx(0.7999 - 0.39651)


def test_a_change_over_an_edition_without_index_keeps_the_breaks_in_it():
    surveys = {
        year: survey(year, row("UZB", 1, egdi, flags=flags), row("KAZ", 2, 0.1))
        for year, egdi, flags in ((2010, 0.5, []), (2012, 0.0, ["no_index"]), (2014, 0.6, []))
    }

    (found,) = changes(surveys, "UZB")

    assert (found.since, found.year) == (2010, 2014)
    assert found.breaks == (*surveys[2012].edition.breaks, *surveys[2014].edition.breaks)


def test_best_and_worst_are_the_widest_changes_with_their_breaks():
    best, worst = best_and_worst(changes(all_surveys(), "UZB"))

    assert (best.year, best.places) == (2010, 22)
    assert (worst.year, worst.places) == (2008, -30)
    assert worst.breaks
    assert best_and_worst(()) is None
