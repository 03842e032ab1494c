"""What rooms measure climbs to the index, once and only when it has changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from marra.evidence import measures
from marra.evidence.actions import collecting
from marra.evidence.actions.observations import withdraw
from marra.evidence.actions.releases import import_release
from marra.evidence.models.observations import Observation
from marra.evidence.queries.observations import flagged, latest, series
from marra.evidence.rules.indicators import indicators
from marra.evidence.rules.national import national
from marra.index.load import load
from marra.journal.models import Entry
from marra.people.rules import SignInFirst
from tests.evidence import make

pytestmark = pytest.mark.django_db


def test_every_witness_measures_an_indicator_of_the_list(released):
    assert collecting.WITNESSES.keys() <= indicators().keys()
    for code, witness in collecting.WITNESSES.items():
        said = witness(date(2026, 3, 2))
        assert said is None or said.indicator == code


def test_ranks_of_all_editions_become_observations_and_the_second_time_nothing_does(
    as_administrator,
):
    made = collecting.collect(as_administrator)
    again = collecting.collect(as_administrator)

    ranks = series("egdi.rank", "UZB")
    assert [row.value for row in ranks][-2:] == [69.0, 63.0]
    assert ranks[-1].day == date(2024, 12, 31)
    assert len(made) > 60
    assert again == ()
    assert Entry.objects.filter(deed="measures.taken").count() == 1


def test_an_index_that_was_not_published_is_no_observation(as_administrator):
    survey = load(2003)  # Uzbekistan had no index then

    collecting.collect(as_administrator)

    assert "no_index" in survey.flags[survey.at("UZB")]
    assert not Observation.objects.filter(indicator="egdi", day__year=2003).exists()


def test_a_corrected_release_corrects_the_observation_and_both_stay(as_administrator):
    collecting.collect(as_administrator)
    content = make.export(changed={"Uzbekistan": {3: 0.79991}})
    import_release(as_administrator, name="2024.csv", content=content, source="a letter")

    collecting.collect(as_administrator)

    rows = Observation.objects.filter(indicator="egdi", day=date(2024, 12, 31)).order_by("id")
    assert [(row.value, row.stands) for row in rows] == [(0.7999, False), (0.79991, True)]
    assert rows[1].corrects == rows[0]


def test_a_witness_is_believed_only_by_those_who_may_ask(as_visitor):
    with pytest.raises(SignInFirst):
        collecting.collect(as_visitor)
    with pytest.raises(SignInFirst):
        collecting.adopt(as_visitor)


def test_national_figures_come_with_source_and_mark_and_are_taken_in_once(as_administrator):
    made = collecting.adopt(as_administrator)

    past = [each for each in national() if each.measured.on <= as_administrator.at.date()]
    assert len(made) == len(past) > 25
    assert collecting.adopt(as_administrator) == ()
    assert all(row.source and row.note.split(":")[0] in {"quoted", "assumed"} for row in made)


def test_a_packaged_figure_withdrawn_here_does_not_come_back(as_administrator):
    collecting.adopt(as_administrator)
    withdraw(as_administrator, latest("broadband.ports", "UZB").code, reason="from a newspaper")

    assert collecting.adopt(as_administrator) == ()
    assert latest("broadband.ports", "UZB").value == 3.6e6


def test_the_subscribers_of_2025_are_shown_as_another_basis(as_administrator):
    collecting.adopt(as_administrator)

    row, odd = flagged(series("mobile.subscribers", "UZB"), date(2025, 3, 18))[-1]

    assert (row.value, row.basis) == (30.1e6, "persons")
    assert [each.flag for each in odd] == ["basis changed"]


def test_what_is_measured_live_is_kept_when_it_changes(as_administrator, monkeypatch):
    said = {"value": 40.0}

    def share(on):
        return replace(
            measures.rank(on), indicator="inventory.functions-share", basis="counted",
            unit="%", value=said["value"], on=on, source="the register",
        )  # fmt: skip

    monkeypatch.setattr(collecting, "WITNESSES", {"inventory.functions-share": share})
    later = replace(as_administrator, at=as_administrator.at + timedelta(days=1))

    collecting.collect(as_administrator)
    collecting.collect(later)
    said["value"] = 41.0
    collecting.collect(later)
    said["value"] = 42.0
    collecting.collect(later)

    rows = series("inventory.functions-share", "UZB")
    assert [(row.value, row.day) for row in rows] == [
        (40.0, as_administrator.at.date()),
        (42.0, later.at.date()),
    ]
    assert rows[1].corrects.value == 41.0
