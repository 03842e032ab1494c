"""When timers are due: dates, durations by the calendar, and cycles."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.flow.bpmn.times import Moments, after, moments

AT = datetime(2026, 1, 31, 12, tzinfo=UTC)
TASHKENT = timezone(timedelta(hours=5))


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("PT90S", AT + timedelta(seconds=90)),
        ("P2W", AT + timedelta(weeks=2)),
        ("P1M", datetime(2026, 2, 28, 12, tzinfo=UTC)),
        ("P1Y1MT1H", datetime(2027, 2, 28, 13, tzinfo=UTC)),
        ("P1Y1M", datetime(2027, 2, 28, 12, tzinfo=UTC)),
        ("-P1D", AT - timedelta(days=1)),
        ("2026-03-01T10:00:00+05:00", datetime(2026, 3, 1, 10, tzinfo=TASHKENT)),
        ("2026-03-01T10:00:00", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        (date(2026, 3, 1), datetime(2026, 3, 1, tzinfo=UTC)),
        (AT, AT),
    ],
)
def test_a_date_or_a_duration_is_due_once(said, due):
    assert moments(said, AT) == Moments(due)


def test_a_cycle_may_begin_at_a_moment_and_go_on_without_end():
    begin = datetime(2026, 5, 1, tzinfo=UTC)

    assert moments("R/2026-05-01T00:00:00Z/P1D", AT) == Moments(begin, "P1D", -1)
    assert moments("R2/PT1H", AT) == Moments(AT + timedelta(hours=1), "PT1H", 1)


@pytest.mark.parametrize(
    "said",
    ["", "P", "PT", "P1DT", "R0/PT1H", "R3/soon", "R99999999999/PT1H", "0 0 * * *", "P9999999999D",
     "P99999Y", "P999999999D", "R/2026-13-01/P1D", None, True, "${x}"],
)  # fmt: skip
def test_what_is_no_time_is_none(said):
    assert moments(said, AT) is None


@given(st.text())
def test_no_text_makes_it_stumble(text):
    found = moments(text, AT)

    assert found is None or found.due.tzinfo is not None


@given(st.integers(0, 400), st.integers(0, 30), st.integers(0, 100))
def test_months_come_before_days_and_days_add_up(months, days, hours):
    later = after(f"P{months}M{days}DT{hours}H", AT)

    assert later - after(f"P{months}M", AT) == timedelta(days=days, hours=hours)
