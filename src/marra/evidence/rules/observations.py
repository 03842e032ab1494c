"""Observations: what may be taken in, and what is odd about what was.

The same checks stand before a form, a file and a program. What cannot be true is refused: a day to
come, another unit, a basis that the indicator does not have. What can be true but is odd is kept
and flagged, for the flag is about the value, and hiding it would hide the reason.

Source: ours; two bases are two series, after the official numbers of mobile subscribers of 2024
(34.2 million in all) and 2025 (30.1 million persons).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from marra.evidence.rules.indicators import Indicator, indicator
from marra.index.measurement import Measurement
from marra.kit.errors import Conflict, Invalid
from marra.kit.places import PLACES
from marra.kit.text import gettext_noop

REGIONS: Final = frozenset(
    f"17{number:02}" for number in (3, 6, 8, 10, 12, 14, 18, 22, 24, 26, 27, 30, 33, 35)
)
"""The fourteen regions by SOATO."""

OLDEST: Final = date(1990, 1, 1)


class UnitDiffers(Invalid):
    """A value in another unit would be read as if it were in ours."""

    sentence = gettext_noop(
        "“{indicator}” is measured in “{unit}”, and the value is in “{given}”. Convert it first."
    )


class NoSuchPlaceToObserve(Invalid):
    """The place is neither a country nor a region."""

    sentence = gettext_noop(
        "“{place}” is neither a country (three letters) nor a region (its four digits of SOATO)."
    )


class NoSource(Invalid):
    """A value without a source cannot be checked by anybody."""

    sentence = gettext_noop(
        "The value has no source. Say in 3 to 500 characters who published it and where."
    )


class DayTooOld(Invalid):
    """A slip of the pen, most likely."""

    sentence = gettext_noop("The day {day} lies before 1990. Check the year.")


class NotObserved(Invalid):
    """Somebody says openly that the value is planned or forecast."""

    sentence = gettext_noop(
        "The value is marked “{kind}”. Only what was observed is taken in; plans and forecasts "
        "have pages of their own."
    )


class UnsafeLink(Invalid):
    """Only addresses of the web lead a reader to the proof."""

    sentence = gettext_noop("“{link}” is not an address. Begin it with https:// or http://.")


class KnownAlready(Conflict):
    """The same value of the same day, basis and source stands already."""

    sentence = gettext_noop(
        "This value stands already as {code}: same indicator, place, day, basis and source. "
        "Correct that one if it is wrong."
    )


class NotStanding(Conflict):
    """Corrected or withdrawn before."""

    sentence = gettext_noop(
        "{code} was corrected or withdrawn before. Open the value that stands now."
    )


class NothingCorrected(Invalid):
    """A correction that changes nothing."""

    sentence = gettext_noop("Nothing differs from what stands. Change what is wrong.")


class ReasonMissing(Invalid):
    """Whoever changes what others rely on says why."""

    sentence = gettext_noop("Give the reason in 3 to 500 characters; readers will see it.")


class Flag(StrEnum):
    """What is odd about a value."""

    STALE = gettext_noop("stale")
    JUMP = gettext_noop("jump")
    BASIS = gettext_noop("basis changed")
    RANGE = gettext_noop("outside the plausible range")
    UNIT = gettext_noop("unit in doubt")


class Seen(Protocol):
    """What the rules must know of an observation; a row of the table has it."""

    value: float
    day: date
    basis: str
    unit: str


@dataclass(frozen=True, slots=True)
class Odd:
    """A flag with what it rests on."""

    flag: Flag
    before: float | None = None  # the value compared with
    before_day: date | None = None
    before_basis: str = ""
    bound: float | None = None  # the limit that was passed


def checked(
    *,
    indicator_code: str,
    place: str,
    value: float,
    day: date,
    basis: str,
    source: str,
    known: date,
    unit: str = "",
    link: str = "",
    kind: str = "",
) -> Measurement:
    """What may be kept as observed, or a refusal saying what is wrong with it.

    >>> seen = checked(
    ...     indicator_code="mobile.subscribers", place="UZB", value=30.1e6, day=date(2025, 1, 1),
    ...     basis="persons", source="National Statistics Committee", known=date(2025, 3, 18))
    >>> seen.unit
    'subscribers'
    """
    found = indicator(indicator_code)
    found.basis(basis)
    _place(place)
    if kind.strip().casefold() not in OBSERVED:
        raise NotObserved(kind=kind.strip())
    if unit and unit.strip() != found.unit:
        raise UnitDiffers(indicator=found.code, unit=found.unit, given=unit.strip())
    if not 3 <= len(source.strip()) <= 500:
        raise NoSource
    checked_link(link)
    if day < OLDEST:
        raise DayTooOld(day=f"{day:%d.%m.%Y}")
    return Measurement(
        indicator=found.code,
        place=place,
        value=float(value),
        unit=found.unit.value,
        basis=basis,
        on=day,
        vintage=known,
        source=source.strip(),
    )


OBSERVED: Final = frozenset({"", "observed", "actual", "fact", "amalda", "факт"})
"""How a file or a program says that a value was observed; anything else is something else."""


def checked_link(link: str) -> str:
    """An address of the web, or nothing; refuses with `UnsafeLink`.

    >>> checked_link("https://my.gov.uz"), checked_link("")
    ('https://my.gov.uz', '')
    """
    if link and not re.match(r"https?://[^\s/]", link):
        raise UnsafeLink(link=link[:80])
    return link


def checked_reason(reason: str) -> str:
    """The reason in one line; refuses with `ReasonMissing`.

    >>> checked_reason("  Two  digits were swapped ")
    'Two digits were swapped'
    """
    told = " ".join(reason.split())
    if not 3 <= len(told) <= 500:
        raise ReasonMissing
    return told


def _place(place: str) -> None:
    if place not in PLACES and place not in REGIONS:
        raise NoSuchPlaceToObserve(place=place)


def flags(measured: Indicator, seen: Seen, near: Iterable[Seen], on: date) -> tuple[Odd, ...]:
    """What is odd about a value on a day, beside those of its series that are as old or older.

    >>> @dataclass
    ... class Row:
    ...     value: float; day: date; basis: str; unit: str = "subscribers"
    >>> last = Row(34.2e6, date(2024, 1, 1), "all-sim")
    >>> now = Row(30.1e6, date(2025, 1, 1), "persons")
    >>> [odd.flag.value for odd in flags(indicator("mobile.subscribers"), now, [last], now.day)]
    ['basis changed']
    """
    found = []
    if (on - seen.day).days > measured.fresh:
        found.append(Odd(Flag.STALE, bound=measured.fresh))
    if not measured.low <= seen.value <= measured.high:
        bound = measured.low if seen.value < measured.low else measured.high
        found.append(Odd(Flag.RANGE, bound=bound))
    if seen.unit != measured.unit:
        found.append(Odd(Flag.UNIT))
    others = [each for each in near if each.day <= seen.day and each is not seen]
    found.extend(_broken_off(seen, others))
    found.extend(_changed(measured, seen, others))
    return tuple(found)


def _broken_off(seen: Seen, others: Sequence[Seen]) -> Iterable[Odd]:
    """A basis that had a value on the day before and has none now: who reads on would be misled.

    Where both bases are reported each time, nothing breaks off.
    """
    earlier = [each for each in others if each.day < seen.day]
    if not earlier:
        return
    last = max(each.day for each in earlier)
    today = {seen.basis} | {each.basis for each in others if each.day == seen.day}
    gone = [each for each in earlier if each.day == last and each.basis not in today]
    if gone:
        yield Odd(Flag.BASIS, gone[-1].value, gone[-1].day, gone[-1].basis)


def _changed(measured: Indicator, seen: Seen, others: Sequence[Seen]) -> Iterable[Odd]:
    """More change than is plausible since the last value on the same basis."""
    same = [each for each in others if each.basis == seen.basis and each.day < seen.day]
    if not same:
        return
    last = max(same, key=lambda each: each.day)
    if _slipped(seen.value, last.value):
        yield Odd(Flag.UNIT, last.value, last.day, last.basis)
    years = max((seen.day - last.day).days / 365.25, 1.0)
    if abs(seen.value - last.value) > measured.jump * years:
        yield Odd(Flag.JUMP, last.value, last.day, last.basis, measured.jump * years)


def _slipped(value: float, before: float) -> bool:
    """Whether one is a hundred, a thousand or a million times the other, as in another unit."""
    if not value or not before:
        return False
    ratio = max(abs(value / before), abs(before / value))
    return any(0.6 * times <= ratio <= 1.7 * times for times in (100, 1000, 1_000_000))
