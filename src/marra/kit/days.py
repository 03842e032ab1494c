"""Days: which are worked, and how terms in working days run.

The week has five working days. Fixed holidays come from the law, the two feasts and the days that
a decree moves from `years` in `holidays.toml`; a year that is not there knows only the fixed ones
and says so. For a holiday on a Saturday or a Sunday the next working day is free (Labour Code,
article 208, in force since 30.04.2023).

Source: `holidays.toml` beside this file, with the basis of each year.
"""

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate
from types import MappingProxyType
from typing import Final

ONE: Final = timedelta(days=1)
SATURDAY: Final = 5
MOVED_SINCE: Final = date(2023, 4, 30)
FEASTS: Final = {"ramazon": "Ramazon hayiti", "qurbon": "Qurbon hayiti"}
BY_DECREE: Final = "qoʻshimcha dam olish kuni"
MOVED: Final = "koʻchirilgan dam olish kuni"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one year on which nobody works, beside Saturdays and Sundays."""

    year: int
    holidays: Mapping[date, str]
    basis: str  # quoted, assumed, or "fixed days only" where the feasts are not known
    worked: frozenset[date] = frozenset()  # Saturdays and Sundays that a decree made working days


@cache
def calendar(year: int) -> Calendar:
    """The calendar of a year.

    >>> calendar(2026).holidays[date(2026, 9, 1)]
    'Mustaqillik kuni'
    >>> calendar(2090).basis
    'fixed days only'
    """
    told = tomllib.loads((files("marra.kit") / "holidays.toml").read_text(encoding="utf-8"))
    days = {date.fromisoformat(f"{year}-{each['day']}"): each["name"] for each in told["fixed"]}
    known = told["years"].get(str(year), {})
    for feast, name in FEASTS.items():
        if feast in known:
            days[known[feast]] = name
    holidays = sorted(days)
    days |= dict.fromkeys(known.get("rest", ()), BY_DECREE)
    for day in holidays:
        if day.weekday() >= SATURDAY and day >= MOVED_SINCE:
            days[_next_free(day, days)] = MOVED
    return Calendar(
        year=year,
        holidays=MappingProxyType(days),
        basis="assumed" if known.get("assumed") else known.get("basis", "fixed days only"),
        worked=frozenset(known.get("work", ())),
    )


def _next_free(day: date, taken: Mapping[date, str]) -> date:
    """The next day that people would have worked on."""
    while day.weekday() >= SATURDAY or day in taken:
        day += ONE
    return day


def is_working(day: date) -> bool:
    """Whether people work on that day.

    >>> [is_working(date(2026, *day)) for day in ((11, 26), (11, 28), (9, 1))]
    [True, False, False]
    """
    known = calendar(day.year)
    if day in known.worked:
        return True
    return day.weekday() < SATURDAY and day not in known.holidays


def next_working(day: date) -> date:
    """The day itself if people work on it, else the first working day after it.

    >>> next_working(date(2026, 11, 28))
    datetime.date(2026, 11, 30)
    """
    while not is_working(day):
        day += ONE
    return day


def last_working(day: date) -> date:
    """The day itself if people work on it, else the last working day before it.

    >>> last_working(date(2026, 11, 29))
    datetime.date(2026, 11, 27)
    """
    while not is_working(day):
        day -= ONE
    return day


def add_working(day: date, count: int) -> date:
    """The day that many working days later; the day itself does not count.

    >>> add_working(date(2026, 3, 6), 2)
    datetime.date(2026, 3, 11)
    """
    while count > 0:
        day += ONE
        count -= is_working(day)
    return day


def working_days(start: date, end: date) -> int:
    """How many working days lie after `start` up to `end`; negative when `end` has passed.

    >>> working_days(date(2026, 11, 26), date(2026, 11, 30))
    2
    >>> working_days(date(2026, 11, 30), date(2026, 11, 26))
    -2
    """
    if end < start:
        return -working_days(end, start)
    years = sum(_counts(year)[-1] for year in range(start.year, end.year))
    return years + _counts(end.year)[_at(end)] - _counts(start.year)[_at(start)]


@cache
def _counts(year: int) -> tuple[int, ...]:
    """How many days were worked from the first of January up to each day of a year."""
    first = date(year, 1, 1)
    days = (first + ONE * n for n in range(_at(date(year, 12, 31)) + 1))
    return tuple(accumulate(map(is_working, days)))


def _at(day: date) -> int:
    return day.timetuple().tm_yday - 1


def quarter_of(day: date) -> tuple[int, int]:
    """The year and the quarter of a day.

    >>> quarter_of(date(2026, 11, 26))
    (2026, 4)
    """
    return day.year, (day.month - 1) // 3 + 1


def quarter(year: int, number: int) -> tuple[date, date]:
    """The first and the last day of a quarter.

    >>> quarter(2026, 3)
    (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
    """
    last = number * 3
    return date(year, last - 2, 1), date(year, last, monthrange(year, last)[1])


def end_of_next_month(day: date) -> date:
    """The last day of the month after that of a day.

    >>> end_of_next_month(date(2026, 11, 26))
    datetime.date(2026, 12, 31)
    """
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
