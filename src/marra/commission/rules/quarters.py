"""The calendar of a quarter: by which days its report has to be where.

Source: `quarters.toml` beside this file: UP-6003 of 02.06.2020 (quoted) has heads report every
quarter, by the 15th to the working bodies and by the 30th at a session; that this is the month
after the quarter is ours. February has no 30th; its last day stands for it.
"""

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from marra.commission.rules.execution import closed_quarters
from marra.kit.days import last_working, quarter_of
from marra.kit.text import Text


@dataclass(frozen=True, slots=True)
class Day:
    """Something that is due after a quarter."""

    year: int  # of the quarter
    quarter: int
    day: date
    work: date  # the day itself, or the last working day before it
    what: Text


@cache
def told() -> dict[str, Any]:
    """What the file says: the days, and where they are from.

    >>> told()["basis"], [each["day"] for each in told()["days"]]
    ('quoted', [15, 30])
    """
    found = files("marra.commission.rules") / "quarters.toml"
    return tomllib.loads(found.read_text(encoding="utf-8"))


def days_after(year: int, number: int) -> tuple[Day, ...]:
    """What is due after a quarter.

    >>> [(f"{each.day:%d.%m}", f"{each.work:%d.%m}") for each in days_after(2026, 1)]
    [('15.04', '15.04'), ('30.04', '30.04')]
    """
    after, month = (year, 3 * number + 1) if number < 4 else (year + 1, 1)
    last = monthrange(after, month)[1]
    found = []
    for each in told()["days"]:
        day = date(after, month, min(each["day"], last))
        names = {name: each[name] for name in ("uz", "uz_cyrl", "ru", "en")}
        found.append(Day(year, number, day, last_working(day), Text(**names)))
    return tuple(found)


def coming(today: date, quarters: int = 2) -> tuple[Day, ...]:
    """What is due from today on after the last quarter that is over and the next ones.

    >>> [f"{each.quarter}: {each.day:%d.%m.%Y}" for each in coming(date(2026, 10, 16))]
    ['3: 30.10.2026', '4: 15.01.2027', '4: 30.01.2027']
    """
    year, number = closed_quarters(today, 1)[0]
    found: list[Day] = []
    for _ in range(quarters):
        found += days_after(year, number)
        year, number = quarter_of(found[-1].day)
    return tuple(each for each in found if each.day >= today)
