"""Days, times and durations as they are written, and every value as text.

Source: OMG, Decision Model and Notation 1.5, sections 10.3.2.3.3 to 10.3.2.3.7 and 10.3.4.1;
ISO 8601; XML Schema 1.1 Part 2, lexical forms; time zones of IANA.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from marra.flow.feel.fuel import spend
from marra.flow.feel.values import Function, Months, Range, Value, kind

LONGEST: Final = 200

DATE: Final = r"(-?\d{4,9})-(\d\d)-(\d\d)"
ZONE: Final = r"(Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z_+\-0-9/]+)?"
TIME: Final = rf"(\d\d):(\d\d):(\d\d)(\.\d+)?{ZONE}"
DAYS: Final = r"(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(\.\d*)?S)?)?"
YEARS: Final = r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?"


def day(text: str) -> date | None:
    """The day that is written.

    >>> day("2026-11-26"), day("26.11.2026")
    (datetime.date(2026, 11, 26), None)
    """
    found = re.fullmatch(DATE, text, re.ASCII)
    return _date(*map(int, found.groups())) if found and text[0] != "+" else None


def _date(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_)
    except ValueError:
        return None


def clock(text: str) -> time | None:
    """The time of a day that is written.

    >>> clock("10:30:00Z").isoformat()
    '10:30:00+00:00'
    """
    found = re.fullmatch(TIME, text, re.ASCII)
    return _time(*found.groups()) if found else None


def _time(hour: str, minute: str, second: str, part: str | None, place: str | None) -> time | None:
    micro = int(((part or ".")[1:] + "000000")[:6])
    there = zone(place) if place else None
    if place and there is None:
        return None
    try:
        return time(int(hour) % 24 if _is_end(hour, minute, second) else int(hour), int(minute),
                    int(second), micro, there)  # fmt: skip
    except ValueError:
        return None


def _is_end(hour: str, minute: str, second: str) -> bool:
    return (hour, minute, second) == ("24", "00", "00")


def zone(written: str) -> tzinfo | None:
    """A place's clock: `Z`, an offset, or `@` and a zone of IANA.

    >>> zone("+05:00"), zone("@Nowhere/At_All") is None
    (datetime.timezone(datetime.timedelta(seconds=18000)), True)
    """
    if written == "Z":
        return UTC
    if written.startswith("@"):
        try:
            return ZoneInfo(written[1:])
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None
    hours, minutes, *seconds = (int(part) for part in written[1:].split(":"))
    if hours > 14 or minutes > 59:
        return None
    away = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    return timezone(-away if written[0] == "-" else away)


def moment(text: str) -> datetime | None:
    """The date and time that is written; a day alone is its midnight.

    >>> moment("2026-11-26T10:30:00+05:00").isoformat()
    '2026-11-26T10:30:00+05:00'
    """
    found = re.fullmatch(f"{DATE}(?:T(.+))?", text, re.ASCII)
    if not found:
        return None
    at = _date(*map(int, found.groups()[:3]))
    when = clock(found[4]) if found[4] else time()
    if at is None or when is None:
        return None
    end = timedelta(days=1) if (found[4] or "").startswith("24:") else timedelta()
    try:
        return datetime.combine(at, when) + end
    except OverflowError:
        return None


def duration(text: str) -> timedelta | Months | None:
    """The duration that is written.

    >>> duration("P1DT2H"), duration("-P1Y2M")
    (datetime.timedelta(days=1, seconds=7200), Months(count=-14))
    """
    if len(text) > LONGEST or text.endswith(("P", "T")):
        return None
    if found := re.fullmatch(YEARS, text, re.ASCII):
        count = int(found[2] or 0) * 12 + int(found[3] or 0)
        return Months(-count if found[1] else count)
    if not (found := re.fullmatch(DAYS, text, re.ASCII)):
        return None
    days, hours, minutes, seconds = (int(found[n] or 0) for n in (2, 3, 4, 5))
    micro = int(((found[6] or ".")[1:] + "000000")[:6])
    try:
        length = timedelta(
            days=days, hours=hours, minutes=minutes, seconds=seconds, microseconds=micro
        )
    except OverflowError:
        return None
    return -length if found[1] else length


def at_literal(text: str) -> Value:
    """What `@"…"` says: a day, a time, both or a duration."""
    for read in (day, moment, clock, duration):
        if (found := read(text)) is not None:
            return found
    return None


def said(value: Value) -> str | None:
    """A value as text, as the function `string` gives it; None stays None.

    >>> said(Decimal("1.50")), said([True, "a"]), said(Months(14))
    ('1.50', '[true, "a"]', 'P1Y2M')
    """
    if value is None:
        return None
    return value if isinstance(value, str) else _written(value)


def _written(value: Value) -> str:
    return WRITERS[kind(value)](value)


def number(value: Decimal) -> str:
    """A number in digits, without an exponent where that is shorter than forty digits.

    >>> number(Decimal("1E+3"))
    '1000'
    """
    if abs(value.adjusted()) > 40:
        return str(value)
    told = f"{value:f}"
    return told[1:] if value.is_zero() and told.startswith("-") else told


def _place(value: time | datetime) -> str:
    there = value.tzinfo
    if there is None:
        return ""
    if isinstance(there, ZoneInfo):
        return f"@{there.key}"
    away = value.utcoffset() or timedelta()
    if not away:
        return "Z"
    seconds = abs(int(away.total_seconds()))
    sign = "-" if away < timedelta() else "+"
    told = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{told}:{seconds % 60:02}" if seconds % 60 else told


def _clock(value: time | datetime) -> str:
    told = f"{value.hour:02}:{value.minute:02}:{value.second:02}"
    if value.microsecond:
        told += f".{value.microsecond:06}".rstrip("0")
    return told + _place(value)


def _moment(value: datetime) -> str:
    return f"{value.date().isoformat()}T{_clock(value)}"


def _days(value: timedelta) -> str:
    sign, length = ("-", -value) if value < timedelta() else ("", value)
    hours, rest = divmod(length.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    micro = f".{length.microseconds:06}".rstrip("0") if length.microseconds else ""
    days = f"{length.days}D" if length.days else ""
    clock_ = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock_ += f"{seconds}{micro}S" if seconds or micro else ""
    if not days and not clock_:
        return "PT0S"
    return f"{sign}P{days}{'T' if clock_ else ''}{clock_}"


def _months(value: Months) -> str:
    years, months = divmod(abs(value.count), 12)
    told = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return f"{'-' if value.count < 0 else ''}P{told or '0M'}"


def _range(value: Range) -> str:
    if value.low is None or value.high is None:
        if value.low is None:
            return f"{'<=' if value.high_closed else '<'} {_inner(value.high)}"
        return f"{'>=' if value.low_closed else '>'} {_inner(value.low)}"
    left, right = "[" if value.low_closed else "(", "]" if value.high_closed else ")"
    return f"{left}{_inner(value.low)} .. {_inner(value.high)}{right}"


def _inner(value: Value) -> str:
    spend(1 + len(value) // 16 if isinstance(value, str) else 1)
    if value is None:
        return "null"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return _written(value)


def _context(value: dict[str, Value]) -> str:
    return "{" + ", ".join(f"{_key(key)}: {_inner(each)}" for key, each in value.items()) + "}"


def _key(key: str) -> str:
    return f'"{key}"' if re.search(r"[^\w ]", key) else key


def _function(_value: Function) -> str:
    return "function"


WRITERS: Final[Mapping[str, Callable[[Value], str]]] = {
    "boolean": lambda value: "true" if value else "false",
    "number": number,
    "string": str,
    "date": date.isoformat,
    "time": _clock,
    "date and time": _moment,
    "days and time duration": _days,
    "years and months duration": _months,
    "range": _range,
    "list": lambda value: "[" + ", ".join(map(_inner, value)) + "]",
    "context": _context,
    "function": _function,
}
