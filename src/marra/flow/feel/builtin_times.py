"""Built-in functions on days, times and durations, and what a value is as text.

Source: OMG, Decision Model and Notation 1.5, tables 76, 77 and 84.
"""

from datetime import UTC, date, datetime, time, timezone
from decimal import Decimal
from typing import Final

from marra.flow.feel import spelling
from marra.flow.feel.builtin import builtin, overloaded
from marra.flow.feel.fuel import Work
from marra.flow.feel.values import Function, Months, Value, equal, kind, offset

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _date(value: Value) -> date | None:
    if isinstance(value, str):
        return spelling.day(value)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _date_of(year: Decimal, month: Decimal, day: Decimal) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None


def _time(value: Value) -> time | None:
    if isinstance(value, str):
        return spelling.clock(value.removeprefix("T"))
    if isinstance(value, datetime):
        return value.timetz()
    if isinstance(value, date):
        return time(tzinfo=UTC)
    return value if isinstance(value, time) else None


def _time_of(hour: Decimal, minute: Decimal, second: Decimal, away: Value = None) -> time | None:
    if kind(away) not in {"null", "days and time duration"}:
        return None
    whole = int(second)
    micro = int((second - whole) * 1_000_000)
    try:
        there = None if away is None else timezone(away)
        return time(int(hour), int(minute), whole, micro, there)
    except (ValueError, OverflowError):
        return None


def _moment(value: Value) -> datetime | None:
    if isinstance(value, str):
        return spelling.moment(value)
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time()) if isinstance(value, date) else None


def _moment_of(day: Value, clock: Value) -> datetime | None:
    at = day.date() if isinstance(day, datetime) else day
    if not isinstance(at, date) or not isinstance(clock, time):
        return None
    return datetime.combine(at, clock)


def _duration(value: Value) -> Value:
    if isinstance(value, str):
        return spelling.duration(value)
    return value if kind(value).endswith("duration") else None


def _months_between(start: date, end: date) -> Months:
    """Whole months from one day to another."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    elif months < 0 and end.day > start.day:
        months += 1
    return Months(months)


def _now(work: Work) -> datetime | None:
    return work.now


def _today(work: Work) -> date | None:
    return work.now.date() if work.now else None


def _same(one: Value, other: Value) -> bool:
    """Whether two values are the very same: of one kind, equal, and on the same clock."""
    if kind(one) != kind(other):
        return False
    if isinstance(one, (time, datetime)) and offset(one) != offset(other):
        return False
    return equal(one, other) is True


def _string(value: Value) -> str | None:
    return spelling.said(value)


FUNCTIONS: Final[dict[str, Function]] = {
    "date": overloaded(builtin("from=a", _date), builtin("year=n, month=n, day=n", _date_of)),
    "time": overloaded(
        builtin("from=a", _time), builtin("hour=n, minute=n, second=n, offset=o?", _time_of)
    ),
    "date and time": overloaded(builtin("from=a", _moment), builtin("date=d, time=t", _moment_of)),
    "duration": builtin("from=a", _duration),
    "years and months duration": builtin("from=d, to=d", _months_between),
    "day of year": builtin("date=d", lambda day: Decimal(day.timetuple().tm_yday)),
    "day of week": builtin("date=d", lambda day: DAYS[day.weekday()]),
    "month of year": builtin("date=d", lambda day: MONTHS[day.month - 1]),
    "week of year": builtin("date=d", lambda day: Decimal(day.isocalendar().week)),
    "now": builtin("", _now, works=True),
    "today": builtin("", _today, works=True),
    "is": builtin("value1=o, value2=o", _same),
    "string": builtin("from=o", _string),
    "not": builtin("negand=o", lambda value: not value if isinstance(value, bool) else None),
}
