"""Parts of values: what stands after a point, and what stands in square brackets.

Source: OMG, Decision Model and Notation 1.5, sections 10.3.2.5 (filter), 10.3.2.13.6 (properties).
"""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from types import NoneType
from typing import Final
from zoneinfo import ZoneInfo

from marra.flow.feel.fuel import Work
from marra.flow.feel.running import Run, Scope
from marra.flow.feel.values import Months, Value, kind, offset


def attribute(value: Value, name: str, work: Work) -> Value:
    """What a value has under a name; of a list, what each of its items has.

    >>> from marra.flow.feel.fuel import Work
    >>> from datetime import date
    >>> attribute(date(2026, 11, 26), "month", Work(9, None))
    Decimal('11')
    """
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        work.spend(len(value))
        return [attribute(each, name, work) for each in value]
    found = ATTRIBUTES.get((kind(value), name))
    return found(value) if found else None


def filtered(value: Value, judge: Run, scope: Scope) -> Value:
    """The item at a place, or the items for which a condition holds."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    scope.work.spend(1)
    at = judge(scope.inside({"item": None}) if not items else _within(items[0], scope))
    if isinstance(at, Decimal):
        return _at(items, at)
    if items and not isinstance(at, (bool, NoneType)):
        return None
    kept = []
    for item in items:
        scope.work.spend(1)
        found = judge(_within(item, scope))
        if found is True:
            kept.append(item)
        elif found is not None and found is not False:
            return None
    return kept


def _within(item: Value, scope: Scope) -> Scope:
    """The scope of a condition: the item, and what it has under its names."""
    names = {"item": item, **item} if isinstance(item, dict) else {"item": item}
    return scope.inside(names)


def _at(items: list[Value], at: Decimal) -> Value:
    place = int(at) if at == at.to_integral_value() and abs(at) < 10**9 else 0
    if not 0 < abs(place) <= len(items):
        return None
    return items[place - 1 if place > 0 else place]


def _whole(number: int) -> Decimal:
    return Decimal(number)


def _offset(value: time | datetime) -> timedelta | None:
    away = offset(value)
    return None if away is None else timedelta(seconds=away)


def _zone(value: time | datetime) -> str | None:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def _part(take: Callable[[int], int]) -> Callable[[timedelta], Decimal]:
    """A part of a duration, with the sign of the whole."""

    def found(value: timedelta) -> Decimal:
        whole = abs(value) // timedelta(seconds=1)
        part = take(whole)
        return Decimal(-part if value < timedelta() else part)

    return found


def _of_months(value: Months, unit: str) -> Decimal:
    years, months = divmod(abs(value.count), 12)
    part = years if unit == "years" else months
    return Decimal(-part if value.count < 0 else part)


def _of_days() -> dict[tuple[str, str], Callable[[Value], Value]]:
    days = {
        "year": lambda value: _whole(value.year),
        "month": lambda value: _whole(value.month),
        "day": lambda value: _whole(value.day),
        "weekday": lambda value: _whole(value.isoweekday()),
    }
    clocks = {
        "hour": lambda value: _whole(value.hour),
        "minute": lambda value: _whole(value.minute),
        "second": lambda value: _whole(value.second),
        "time offset": _offset,
        "timezone": _zone,
    }
    return {
        **{("date", name): found for name, found in days.items()},
        **{("date and time", name): found for name, found in (days | clocks).items()},
        **{("time", name): found for name, found in clocks.items()},
    }


ATTRIBUTES: Final[Mapping[tuple[str, str], Callable[[Value], Value]]] = {
    **_of_days(),
    ("days and time duration", "days"): _part(lambda whole: whole // 86400),
    ("days and time duration", "hours"): _part(lambda whole: whole // 3600 % 24),
    ("days and time duration", "minutes"): _part(lambda whole: whole // 60 % 60),
    ("days and time duration", "seconds"): _part(lambda whole: whole % 60),
    ("years and months duration", "years"): lambda value: _of_months(value, "years"),
    ("years and months duration", "months"): lambda value: _of_months(value, "months"),
    ("range", "start"): lambda value: value.low,
    ("range", "end"): lambda value: value.high,
    ("range", "start included"): lambda value: value.low_closed,
    ("range", "end included"): lambda value: value.high_closed,
}
"""What each kind has under which name."""

NAMES: Final = frozenset(name for _kind, name in ATTRIBUTES)
