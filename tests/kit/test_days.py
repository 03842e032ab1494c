"""The calendar of working days: holidays of the law, feasts of each year, terms and quarters."""

import tomllib
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.kit import days
from marra.kit.days import ONE, calendar, is_working, working_days

DAYS = st.dates(date(2022, 1, 1), date(2029, 12, 31))
TOLD = tomllib.loads((files("marra.kit") / "holidays.toml").read_text("utf-8"))


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026, 2027])
def test_each_year_says_how_well_its_feasts_are_known_and_from_where(year):
    known = TOLD["years"][str(year)]

    assert known["basis"] in {"proved", "quoted", "recalled", "assumed"}
    assert known["source"]
    assert calendar(year).basis == ("assumed" if known.get("assumed") else known["basis"])
    assert {known["ramazon"], known["qurbon"]} <= calendar(year).holidays.keys()


def test_a_year_that_nobody_entered_has_the_fixed_days_and_says_so():
    assert calendar(2040).basis == "fixed days only"
    assert set(calendar(2040).holidays.values()) == {
        *(each["name"] for each in TOLD["fixed"]), days.MOVED,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("holiday", "free"),
    [
        (date(2024, 6, 16), date(2024, 6, 17)),  # Qurbon hayiti on a Sunday
        (date(2025, 3, 30), date(2025, 3, 31)),  # Ramazon hayiti on a Sunday
        (date(2026, 3, 8), date(2026, 3, 9)),
        (date(2026, 3, 21), date(2026, 3, 23)),  # a Saturday after a holiday
        (date(2026, 5, 9), date(2026, 5, 11)),
    ],
)
def test_for_a_holiday_at_a_weekend_the_next_working_day_is_free(holiday, free):
    assert holiday in calendar(holiday.year).holidays
    assert calendar(free.year).holidays[free] == days.MOVED
    assert not is_working(free)


def test_before_the_labour_code_of_2023_nothing_was_moved_by_itself():
    assert is_working(date(2022, 5, 9) - ONE * 3)
    assert calendar(2023).holidays.get(date(2023, 1, 2)) == days.BY_DECREE  # 1 January was Sunday


@pytest.mark.parametrize(("month", "count"), [(1, 20), (2, 20)])
def test_months_have_as_many_working_days_as_the_published_calendar_of_2026(month, count):
    first = date(2026, month, 1) - ONE
    last = (date(2026, month, 28) + ONE * 4).replace(day=1) - ONE

    assert working_days(first, last) == count


@pytest.fixture
def calendars_anew():
    """Calendars that nobody has read before; and none of a test's own afterwards."""
    days.calendar.cache_clear()
    yield
    days.calendar.cache_clear()


@pytest.mark.usefixtures("calendars_anew")
def test_a_moved_day_is_worked_and_its_day_of_rest_is_not(monkeypatch):
    moved = TOLD | {
        "years": {
            "2031": {
                "basis": "assumed",
                "rest": [date(2031, 1, 3)],  # a Friday for the Saturday of the week after
                "work": [date(2031, 1, 11)],
            }
        }
    }
    monkeypatch.setattr(days.tomllib, "loads", lambda _text: moved)

    assert [is_working(date(2031, 1, day)) for day in (3, 10, 11, 12)] == [
        False, True, True, False,
    ]  # fmt: skip


@given(DAYS)
def test_nobody_works_on_holidays_and_at_weekends(day):
    assert is_working(day) <= (day.weekday() < 5 or day in calendar(day.year).worked)
    assert not (is_working(day) and day in calendar(day.year).holidays)


@given(DAYS, st.integers(0, 400))
def test_a_term_in_working_days_ends_on_one_and_counts_back(day, count):
    end = days.add_working(day, count)

    assert working_days(day, end) == count
    assert count == 0 or is_working(end)


@given(DAYS, st.integers(-900, 900))
def test_working_days_are_those_after_the_first_day_up_to_the_last(start, distance):
    end = start + timedelta(days=distance)
    between = sum(is_working(min(start, end) + ONE * n) for n in range(1, abs(distance) + 1))

    assert working_days(start, end) == (between if distance >= 0 else -between)


@given(DAYS)
def test_the_nearest_working_days_lie_around_a_day(day):
    before, after = days.last_working(day), days.next_working(day)

    assert before <= day <= after
    assert is_working(before)
    assert is_working(after)
    assert (before == day) == is_working(day)


@given(DAYS)
def test_a_day_lies_in_its_quarter(day):
    start, end = days.quarter(*days.quarter_of(day))

    assert start <= day <= end
    assert (end + ONE).day == 1
    assert 89 <= (end - start).days <= 92
