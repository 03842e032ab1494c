"""Values of FEEL: what there is, what equals what, what comes before what.

Numbers are decimals of 34 digits, days and times those of the Gregorian calendar. What makes no
sense between two kinds is `None`, never a fault: an unknown is carried on until somebody looks.

Source: OMG, Decision Model and Notation 1.5, sections 10.3.2.3 (semantic domain), 10.3.2.13
(equality, comparison); ISO 8601; IEEE 754-2008, decimal128.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from marra.flow.feel.fuel import spend

Value = Any
"""None, bool, Decimal, str, a day or time or duration, Months, Range, list, dict, Function."""

EXACT: Final = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[])
ZERO: Final = Decimal(0)
DAY: Final = 86400


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A duration of years and months."""

    count: int


@dataclass(frozen=True, slots=True)
class Range:
    """What lies between two ends; an end that is None is open without limit."""

    low: Value
    high: Value
    low_closed: bool
    high_closed: bool
    half: bool = False  # whether an end that is None means without limit

    def holds(self, value: Value) -> bool | None:
        """Whether a value lies inside; None where it cannot be compared.

        >>> Range(Decimal(1), Decimal(3), True, False).holds(Decimal(3))
        False
        """
        if not self.half and (self.low is None or self.high is None):
            return None
        above = True if self.low is None else order(self.low, value, 1 if self.low_closed else 0)
        below = (
            True if self.high is None else order(value, self.high, 1 if self.high_closed else 0)
        )
        if above is None or below is None:
            return None
        return above and below


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """Something that is called: `run` gets the arguments in the order of the names."""

    names: tuple[str, ...]
    run: Callable[..., Value]
    needed: int  # how many arguments it must get
    variadic: bool = False
    kinds: tuple[Any, ...] = ()  # the types of a user's function, where given
    others: "tuple[Function, ...]" = ()  # the same name with other arguments
    fits: Callable[[list[Value]], bool] | None = None  # whether it takes such values


def finite(number: Decimal) -> Decimal | None:
    """The number, or None where the arithmetic left what numbers can say."""
    return number if number.is_finite() else None


ALREADY: Final = frozenset(
    {bool, str, Decimal, type(None), date, datetime, time, timedelta, Months, Range, Function}
)


def plain(value: Value) -> Value:
    """A value as FEEL has it, from what programs use.

    >>> plain({"a": [1, 2.5]})
    {'a': [Decimal('1'), Decimal('2.5')]}
    """
    if type(value) in ALREADY:
        return value
    if isinstance(value, int):
        return EXACT.create_decimal(value)
    if isinstance(value, float):
        return finite(EXACT.create_decimal(repr(value)))
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    return value


KINDS: Final[tuple[tuple[type, str], ...]] = (
    (bool, "boolean"),
    (Decimal, "number"),
    (str, "string"),
    (datetime, "date and time"),
    (date, "date"),
    (time, "time"),
    (timedelta, "days and time duration"),
    (Months, "years and months duration"),
    (Range, "range"),
    (list, "list"),
    (dict, "context"),
    (Function, "function"),
)


def kind(value: Value) -> str:
    """What a value is, in the words of FEEL.

    >>> kind(Decimal(1)), kind(None), kind(date(2026, 1, 1))
    ('number', 'null', 'date')
    """
    found = BY_TYPE.get(type(value))
    if found is None:
        found = next((name for type_, name in KINDS if isinstance(value, type_)), "null")
    return found


BY_TYPE: Final[dict[Any, str]] = dict(KINDS)


def equal(one: Value, other: Value) -> bool | None:
    """Whether two values are the same; None where they are of different kinds.

    >>> equal(Decimal("1.0"), Decimal(1)), equal("a", None), equal("a", Decimal(1))
    (True, False, None)
    """
    if one is None or other is None:
        return one is other
    what = kind(one)
    if what != kind(other):
        return None
    special = EQUALS.get(what)
    return special(one, other) if special else bool(one == other)


def _equal_lists(one: list[Value], other: list[Value]) -> bool:
    spend(1 + len(one))
    return len(one) == len(other) and all(
        equal(a, b) is True for a, b in zip(one, other, strict=True)
    )


def _equal_contexts(one: dict[str, Value], other: dict[str, Value]) -> bool:
    spend(1 + len(one))
    return one.keys() == other.keys() and all(
        equal(value, other[key]) is True for key, value in one.items()
    )


def _equal_ranges(one: Range, other: Range) -> bool:
    ends = (one.low_closed, one.high_closed, one.half) == (
        other.low_closed,
        other.high_closed,
        other.half,
    )
    return ends and all(
        equal(a, b) is True for a, b in ((one.low, other.low), (one.high, other.high))
    )


def _equal_times(one: time, other: time) -> bool:
    """By hour, minute, whole second and offset, as the standard compares them."""
    if (one.tzinfo is None) != (other.tzinfo is None):
        return False
    return int(of_day(one)) == int(of_day(other))


def _equal_moments(one: datetime, other: datetime) -> bool:
    if (one.tzinfo is None) != (other.tzinfo is None):
        return False
    return int(instant(one)) == int(instant(other))


EQUALS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "list": _equal_lists,
    "context": _equal_contexts,
    "range": _equal_ranges,
    "time": _equal_times,
    "date and time": _equal_moments,
    "function": lambda one, other: one is other,
}

ORDERED: Final = frozenset(
    {
        "number",
        "string",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    }
)


def order(one: Value, other: Value, equally: int = 0) -> bool | None:
    """Whether one comes before the other, or with `equally` is at the same place; None if neither.

    >>> order(Decimal(1), Decimal(2)), order("a", Decimal(2)), order("a", "a", 1)
    (True, None, True)
    """
    what = kind(one)
    if what not in ORDERED or what != kind(other):
        return None
    if what == "time":
        if (one.tzinfo is None) != (other.tzinfo is None):
            return None
        one, other = of_day(one), of_day(other)
    elif what == "date and time":
        if (one.tzinfo is None) != (other.tzinfo is None):
            return None
        one, other = instant(one), instant(other)
    return bool(one <= other if equally else one < other)


def of_day(value: time) -> Decimal:
    """Seconds since midnight, in universal time where the place is known.

    >>> of_day(time(1, 0, 0))
    Decimal('3600')
    """
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    exact = Decimal(seconds)
    if value.microsecond:
        exact += Decimal(value.microsecond).scaleb(-6)
    away = offset(value)
    return exact if away is None else exact - away


def offset(value: time | datetime) -> int | None:
    """Seconds that the clock is ahead of universal time; None where no place is told."""
    if value.tzinfo is None:
        return None
    if isinstance(value, time) and isinstance(value.tzinfo, ZoneInfo):
        away = datetime(1970, 1, 1, tzinfo=UTC).astimezone(value.tzinfo).utcoffset()
    else:
        away = value.utcoffset()
    return None if away is None else int(away.total_seconds())


def instant(value: datetime) -> Decimal:
    """Seconds since 1970, in universal time where the place is known."""
    since = value.replace(tzinfo=None) - datetime(1970, 1, 1)  # noqa: DTZ001  a clock without place
    exact = Decimal(since.days * DAY + since.seconds) + Decimal(since.microseconds).scaleb(-6)
    away = offset(value)
    return exact if away is None else exact - away
