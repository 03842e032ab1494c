"""Observations: the same checks for all, corrections that never delete, flags for what is odd."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.evidence.actions.observations import correct, enter, withdraw
from marra.evidence.models.observations import Observation
from marra.evidence.queries.observations import flagged, history, latest, series, visible_to
from marra.evidence.rules.indicators import NoSuchBasis, NoSuchIndicator, indicator, indicators
from marra.evidence.rules.national import national
from marra.evidence.rules.observations import (
    DayTooOld,
    Flag,
    KnownAlready,
    NoSource,
    NoSuchPlaceToObserve,
    NothingCorrected,
    NotObserved,
    NotStanding,
    ReasonMissing,
    UnitDiffers,
    UnsafeLink,
    checked,
    flags,
)
from marra.index.components import components
from marra.index.measurement import NoNumber, NotMeasuredYet
from marra.journal.models import Entry
from marra.people.rules import Role, RoleMissing, Stamp
from marra.store import NothingNamed

TODAY = date(2026, 3, 2)

GOOD = {
    "indicator": "portal.services",
    "place": "UZB",
    "value": 761.0,
    "day": date(2025, 7, 1),
    "basis": "announced",
    "source": "my.gov.uz",
}


def check(**changed):
    told = {**GOOD, "known": TODAY, **changed}
    return checked(indicator_code=told.pop("indicator"), **told)


# ── Rules ────────────────────────────────────────────────────────────────────────────────────


def test_every_input_of_the_index_has_an_indicator_and_every_indicator_a_basis_of_its_own():
    inputs = {raw.indicator for rows in components().values() for raw in rows}

    assert inputs <= indicators().keys()
    for each in indicators().values():
        codes = [basis.code for basis in each.bases]
        assert codes, each.code
        assert len(set(codes)) == len(codes)
        assert each.low < each.high
        assert each.jump > 0 or each.high == 1


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"indicator": "portal.service"}, NoSuchIndicator),
        ({"basis": "persons"}, NoSuchBasis),
        ({"unit": "thousand"}, UnitDiffers),
        ({"place": "UZ"}, NoSuchPlaceToObserve),
        ({"source": " "}, NoSource),
        ({"link": "javascript:alert(1)"}, UnsafeLink),
        ({"day": date(1889, 1, 1)}, DayTooOld),
        ({"day": TODAY + timedelta(days=1)}, NotMeasuredYet),
        ({"value": float("nan")}, NoNumber),
        ({"kind": "forecast"}, NotObserved),
        ({"kind": "prognoz"}, NotObserved),
    ],
)
def test_what_cannot_have_been_observed_is_refused(changed, refusal):
    with pytest.raises(refusal):
        check(**changed)


def test_the_day_it_is_known_may_be_the_day_itself_and_a_region_is_a_place():
    assert check(day=TODAY, place="1726").on == TODAY


@dataclass(frozen=True)
class Row:
    value: float
    day: date
    basis: str = "announced"
    unit: str = "services"


def told(now, *before, on=TODAY, of="portal.services"):
    return [odd.flag for odd in flags(indicator(of), now, before, on)]


def test_another_basis_is_flagged_and_is_no_jump():
    total = Row(34.2e6, date(2024, 1, 1), "all-sim", "subscribers")
    persons = Row(30.1e6, date(2025, 1, 1), "persons", "subscribers")

    assert told(persons, total, of="mobile.subscribers") == [Flag.BASIS]


def test_two_bases_reported_each_time_are_no_change_until_one_breaks_off():
    day, next_day = date(2024, 1, 1), date(2025, 1, 1)
    both = [
        Row(28.8e6, day, "persons", "subscribers"),
        Row(34.2e6, day, "all-sim", "subscribers"),
    ]
    total = Row(35e6, next_day, "all-sim", "subscribers")
    persons = Row(30.1e6, next_day, "persons", "subscribers")

    assert told(persons, *both, total, of="mobile.subscribers") == []
    assert told(persons, *both, of="mobile.subscribers") == [Flag.BASIS]


def test_the_packaged_subscribers_of_2025_are_flagged_as_another_basis_and_as_no_fall():
    rows = [
        each.measured for each in national() if each.measured.indicator == "mobile.subscribers"
    ]
    seen = [Row(each.value, each.on, each.basis, each.unit) for each in rows]

    (odd,) = flags(indicator("mobile.subscribers"), seen[-1], seen, date(2025, 3, 18))

    assert (odd.flag, odd.before, odd.before_basis) == (Flag.BASIS, 34.2e6, "all-sim")


def test_a_jump_is_judged_on_its_own_basis_even_across_another_one():
    first = Row(15e6, date(2024, 1, 1), "persons", "subscribers")
    other = Row(34.2e6, date(2024, 6, 1), "all-sim", "subscribers")
    now = Row(30.1e6, date(2025, 1, 1), "persons", "subscribers")

    assert told(now, first, other, of="mobile.subscribers") == [Flag.BASIS, Flag.JUMP]


def test_a_slow_rise_is_no_jump_and_the_same_rise_in_a_year_is_one():
    before = Row(200, date(2020, 1, 1))

    assert told(Row(900, date(2026, 1, 1)), before) == []
    assert told(Row(900, date(2021, 1, 1)), before, on=date(2021, 1, 1)) == [Flag.JUMP]


def test_a_value_ages_after_its_days_and_not_before():
    day = TODAY - timedelta(days=indicator("portal.services").fresh)

    assert told(Row(700, day)) == []
    assert told(Row(700, day - timedelta(days=1))) == [Flag.STALE]


def test_a_slip_of_unit_and_an_unlikely_value_are_flagged():
    assert Flag.UNIT in told(Row(0.76, TODAY), Row(761, date(2025, 7, 1)))
    assert told(Row(-1, TODAY)) == [Flag.RANGE]
    assert told(Row(700, TODAY, unit="thousand")) == [Flag.UNIT]


@given(st.lists(st.floats(0, 900), min_size=1, max_size=8))
def test_a_series_that_stands_still_has_no_jump(values):
    rows = [Row(values[0], date(2025, 1, 1) + timedelta(days=n)) for n in range(len(values))]

    assert not told(rows[-1], *rows[:-1], on=rows[-1].day)


# ── Actions ──────────────────────────────────────────────────────────────────────────────────


def executor(stamp, body):
    return replace(stamp, by="account-00000007", roles=frozenset({(Role.EXECUTOR, body)}))


@pytest.mark.django_db
def test_an_observation_is_kept_with_who_said_it_and_the_journal_has_its_codes(as_analyst):
    made = enter(as_analyst, **GOOD)

    entry = Entry.objects.get(deed="observation.entered")
    assert (made.unit, made.vintage, made.origin) == ("services", TODAY, "manual")
    assert (entry.thing, entry.facts["indicator"]) == (made.code, "portal.services")
    assert latest("portal.services", "UZB") == made


@pytest.mark.django_db
def test_the_same_value_is_not_kept_twice(as_analyst):
    enter(as_analyst, **GOOD)

    with pytest.raises(KnownAlready):
        enter(as_analyst, **GOOD)


@pytest.mark.django_db
def test_a_correction_stands_in_the_place_of_what_it_corrects_and_both_stay(as_analyst):
    wrong = enter(as_analyst, **{**GOOD, "value": 716.0})
    rest = {key: GOOD[key] for key in ("day", "basis", "source")}

    right = correct(as_analyst, wrong.code, value=761, reason="Two digits swapped", **rest)

    wrong.refresh_from_db()
    assert (wrong.value, wrong.stands, right.stands, right.corrects) == (716.0, False, True, wrong)
    assert series("portal.services", "UZB") == [right]
    assert history(wrong) == history(right) == [right, wrong]
    with pytest.raises(NotStanding):
        correct(as_analyst, wrong.code, value=762, reason="again and again", **rest)
    with pytest.raises(NothingCorrected):
        correct(as_analyst, right.code, value=761, reason="again and again", **rest)
    with pytest.raises(ReasonMissing):
        correct(as_analyst, right.code, value=762, reason=" ", **rest)


@pytest.mark.django_db
def test_a_withdrawn_value_stands_no_more_and_says_why(as_analyst):
    made = enter(as_analyst, **GOOD)

    withdraw(as_analyst, made.code, reason="Counted twice")

    made.refresh_from_db()
    assert (made.stands, made.withdrawn_why) == (False, "Counted twice")
    assert latest("portal.services", "UZB") is None
    assert Observation.objects.count() == 1


@pytest.mark.django_db
def test_a_body_reports_for_itself_and_for_no_other(as_analyst):
    clerk = executor(as_analyst, "body-1")

    made = enter(clerk, reporter="body-1", **GOOD)

    assert made.reporter == "body-1"
    for other in ("body-2", ""):
        with pytest.raises(RoleMissing):
            enter(clerk, reporter=other, **{**GOOD, "value": 762.0})


@pytest.mark.django_db
def test_what_is_not_public_is_for_those_who_hold_a_role(as_analyst, as_visitor):
    made = enter(as_analyst, is_public=False, **GOOD)

    assert latest("portal.services", "UZB") is None
    assert latest("portal.services", "UZB", as_visitor) is None
    assert latest("portal.services", "UZB", as_analyst) == made
    with pytest.raises(NothingNamed):
        visible_to(as_visitor).named(made.code)


@pytest.mark.django_db
def test_a_stranger_may_not_enter_and_may_not_know_what_is_not_public(as_analyst, as_visitor):
    made = enter(as_analyst, is_public=False, **GOOD)
    holder = Stamp("account-9", as_visitor.at, frozenset({(Role.HOLDER, "account-9")}))

    with pytest.raises(RoleMissing):
        enter(holder, **{**GOOD, "value": 1.0})
    with pytest.raises(NothingNamed):
        withdraw(holder, made.code, reason="not mine to say")


@pytest.mark.django_db
def test_only_the_last_value_of_a_series_ages(as_analyst):
    for year, value in ((2015, 230.0), (2016, 290.0), (2024, 570.0)):
        enter(as_analyst, **{**GOOD, "value": value, "day": date(year, 6, 30)})

    found = flagged(series("portal.services", "UZB"), TODAY)

    assert [[odd.flag for odd in each] for _, each in found] == [[], [], [Flag.STALE]]
