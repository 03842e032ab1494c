"""Arithmetic of FEEL: numbers, texts, days, times and durations, by the kinds of both sides.

Source: OMG, Decision Model and Notation 1.5, section 10.3.2.13 and tables 49 to 55.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from marra.flow.feel.values import EXACT, Months, Value, finite, instant, kind, of_day, offset

NUMBER: Final = "number"
STRING: Final = "string"
DATE: Final = "date"
TIME: Final = "time"
MOMENT: Final = "date and time"
DAYS: Final = "days and time duration"
MONTHS: Final = "years and months duration"


def calculate(sign: str, one: Value, other: Value) -> Value:
    """The result of an operator; None where these kinds do not go together.

    >>> calculate("+", Decimal(1), Decimal("0.5")), calculate("+", "a", Decimal(1))
    (Decimal('1.5'), None)
    """
    found = OPERATIONS.get((sign, kind(one), kind(other)))
    if found is None:
        return None
    try:
        return found(one, other)
    except (OverflowError, ValueError):
        return None


def negative(value: Value) -> Value:
    """What is less than nothing by as much.

    >>> negative(Months(3)), negative("a")
    (Months(count=-3), None)
    """
    if isinstance(value, Months):
        return Months(-value.count)
    if isinstance(value, Decimal):
        return EXACT.minus(value)
    return -value if isinstance(value, timedelta) else None


def shift(value: date, months: int) -> date:
    """A day some months away; the last of its month where it has no such day.

    >>> shift(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return value.replace(year=year, month=month + 1, day=min(value.day, last))


def _divide(one: Decimal, other: Decimal) -> Decimal | None:
    return finite(EXACT.divide(one, other)) if other else None


def _power(one: Decimal, other: Decimal) -> Decimal | None:
    return finite(EXACT.power(one, other)) if abs(other) < 10_000 else None


def seconds(length: timedelta) -> Decimal:
    """The seconds of a duration, exactly.

    >>> seconds(timedelta(minutes=1))
    Decimal('60')
    """
    whole = Decimal(length.days * 86400 + length.seconds)
    return whole + Decimal(length.microseconds).scaleb(-6) if length.microseconds else whole


def lasting(exact: Decimal) -> timedelta | None:
    """The duration of so many seconds."""
    if not exact.is_finite() or abs(exact) > Decimal("8e13"):
        return None
    return timedelta(microseconds=int(exact.scaleb(6).to_integral_value()))


def _months(count: Decimal | None) -> Months | None:
    if count is None or not count.is_finite() or abs(count) > Decimal("1e12"):
        return None
    return Months(int(count))


def _between_moments(one: datetime, other: datetime) -> timedelta | None:
    if (one.tzinfo is None) != (other.tzinfo is None):
        return None
    return lasting(instant(one) - instant(other))


def _midnight(value: date) -> datetime:
    return datetime(value.year, value.month, value.day, tzinfo=UTC)


def _between_times(one: time, other: time) -> timedelta | None:
    if (one.tzinfo is None) != (other.tzinfo is None):
        return None
    return lasting(of_day(one) - of_day(other))


def later(value: datetime, length: timedelta) -> datetime:
    """A moment so much later, on the clock of its place."""
    if value.tzinfo is None or offset(value) is None:
        return value + length
    return (value.astimezone(UTC) + length).astimezone(value.tzinfo)


def _turn(value: time, length: timedelta) -> time:
    clock = datetime.combine(date(2000, 1, 1), value.replace(tzinfo=None))
    turned = clock + timedelta(seconds=length.seconds, microseconds=length.microseconds)
    return turned.time().replace(tzinfo=value.tzinfo)


def _day_later(value: date, length: timedelta) -> date:
    return (datetime.combine(value, time()) + length).date()


Operation = Callable[[Value, Value], Value]

OPERATIONS: Final[dict[tuple[str, str, str], Operation]] = {
    ("+", NUMBER, NUMBER): lambda a, b: finite(EXACT.add(a, b)),
    ("-", NUMBER, NUMBER): lambda a, b: finite(EXACT.subtract(a, b)),
    ("*", NUMBER, NUMBER): lambda a, b: finite(EXACT.multiply(a, b)),
    ("/", NUMBER, NUMBER): _divide,
    ("**", NUMBER, NUMBER): _power,
    ("+", STRING, STRING): lambda a, b: a + b,
    ("-", MOMENT, MOMENT): _between_moments,
    ("-", DATE, DATE): lambda a, b: a - b,
    ("-", DATE, MOMENT): lambda a, b: _between_moments(_midnight(a), b),
    ("-", MOMENT, DATE): lambda a, b: _between_moments(a, _midnight(b)),
    ("-", TIME, TIME): _between_times,
    ("+", MONTHS, MONTHS): lambda a, b: Months(a.count + b.count),
    ("-", MONTHS, MONTHS): lambda a, b: Months(a.count - b.count),
    ("+", DAYS, DAYS): lambda a, b: a + b,
    ("-", DAYS, DAYS): lambda a, b: a - b,
    ("+", MOMENT, MONTHS): lambda a, b: shift(a, b.count),
    ("-", MOMENT, MONTHS): lambda a, b: shift(a, -b.count),
    ("+", MONTHS, MOMENT): lambda a, b: shift(b, a.count),
    ("+", DATE, MONTHS): lambda a, b: shift(a, b.count),
    ("-", DATE, MONTHS): lambda a, b: shift(a, -b.count),
    ("+", MONTHS, DATE): lambda a, b: shift(b, a.count),
    ("+", MOMENT, DAYS): later,
    ("-", MOMENT, DAYS): lambda a, b: later(a, -b),
    ("+", DAYS, MOMENT): lambda a, b: later(b, a),
    ("+", DATE, DAYS): _day_later,
    ("-", DATE, DAYS): lambda a, b: _day_later(a, -b),
    ("+", DAYS, DATE): lambda a, b: _day_later(b, a),
    ("+", TIME, DAYS): _turn,
    ("-", TIME, DAYS): lambda a, b: _turn(a, -b),
    ("+", DAYS, TIME): lambda a, b: _turn(b, a),
    ("*", MONTHS, NUMBER): lambda a, b: _months(EXACT.multiply(Decimal(a.count), b)),
    ("*", NUMBER, MONTHS): lambda a, b: _months(EXACT.multiply(a, Decimal(b.count))),
    ("/", MONTHS, NUMBER): lambda a, b: _months(_divide(Decimal(a.count), b)),
    ("/", MONTHS, MONTHS): lambda a, b: _divide(Decimal(a.count), Decimal(b.count)),
    ("*", DAYS, NUMBER): lambda a, b: lasting(EXACT.multiply(seconds(a), b)),
    ("*", NUMBER, DAYS): lambda a, b: lasting(EXACT.multiply(a, seconds(b))),
    ("/", DAYS, NUMBER): lambda a, b: lasting(EXACT.divide(seconds(a), b)) if b else None,
    ("/", DAYS, DAYS): lambda a, b: _divide(seconds(a), seconds(b)),
}
