"""Times: when a timer is due, from a date, a duration or a cycle.

Source: ISO 8601-1:2019 (dates, durations, repeating intervals), as OMG BPMN 2.0.2, table 10.101
asks for; months are counted by the calendar, the last day of a shorter month standing in.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from marra.flow.bpmn.values import Value

_DURATION: Final = re.compile(
    r"(?P<minus>-)?P(?=[\dT])(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?"
    r"(?:(?P<days>\d+)D)?(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?"
    r"(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_CYCLE: Final = re.compile(r"R(?P<count>\d*)/(?:(?P<start>[^P/]+)/)?(?P<every>P[^/]+)")
ANY_MOMENT: Final = datetime(2000, 1, 1)  # noqa: DTZ001 (to ask only whether a text is a time)
_MOST: Final = 9  # digits of a number in a duration


class Moments(NamedTuple):
    """When a timer is due, and how it repeats; `left` is -1 if it does so without end."""

    due: datetime
    every: str = ""
    left: int = 0


def moments(said: Value, at: datetime) -> Moments | None:
    """When a timer set at a moment is due; nothing if what is said is not a time.

    >>> moments("PT36H", datetime(2026, 3, 1)).due
    datetime.datetime(2026, 3, 2, 12, 0)
    >>> moments("R3/P1M", datetime(2026, 1, 31))
    Moments(due=datetime.datetime(2026, 2, 28, 0, 0), every='P1M', left=2)
    >>> moments("soon", datetime(2026, 3, 1)) is None
    True
    """
    if isinstance(said, datetime):
        return Moments(_zoned(said, at))
    if isinstance(said, date):
        return Moments(datetime.combine(said, time(), at.tzinfo))
    text = str(said).strip()
    cycle = _CYCLE.fullmatch(text)
    if cycle:
        return _cycle(cycle, at)
    try:
        later = after(text, at)
        return Moments(later or _zoned(datetime.fromisoformat(text), at))
    except (ValueError, OverflowError):
        return None


def _zoned(said: datetime, at: datetime) -> datetime:
    return said if said.tzinfo or not at.tzinfo else said.replace(tzinfo=at.tzinfo)


def _cycle(said: re.Match[str], at: datetime) -> Moments | None:
    count, every = said["count"], said["every"]
    if len(count) > _MOST or count == "0":
        return None
    first = moments(said["start"] or every, at)
    if first is None or first.every or not _DURATION.fullmatch(every):
        return None
    return Moments(first.due, every, int(count) - 1 if count else -1)


def after(text: str, at: datetime) -> datetime | None:
    """The moment a duration later; nothing if the text is not a duration.

    >>> after("P1Y2M3DT4H", datetime(2026, 1, 1))
    datetime.datetime(2027, 3, 4, 4, 0)
    """
    found = _DURATION.fullmatch(text)
    if not found or text[-1] in "PT":
        return None
    sign = -1 if found["minus"] else 1
    if any(len(each) > _MOST for each in found.groups() if each):
        raise OverflowError
    said = {name: float(each or 0) for name, each in found.groupdict().items() if name != "minus"}
    months = sign * int(said["years"] * 12 + said["months"])
    span = timedelta(
        weeks=said["weeks"],
        days=said["days"],
        hours=said["hours"],
        minutes=said["minutes"],
        seconds=said["seconds"],
    )
    return _months_later(at, months) + sign * span


def _months_later(at: datetime, months: int) -> datetime:
    if not months:
        return at
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))
