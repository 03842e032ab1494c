"""Sheets: the inputs of one edition by series, and how late each series is.

An edition uses figures of two years before, or the newest there are. A series is *fresh* for an
edition when the middle country's figure is at most three years older than the edition, *behind*
when it is at most five, as then it is about what the edition before used; otherwise, or where few
countries have a figure, it is *missing*. Literacy is measured so rarely that its age says nothing.

Source: ours; the lag of two years is proved for 2018 to 2024, see the edition files.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np

from marra.index.components import Components, dated
from marra.index.survey import Floats, RawInput
from marra.kit.errors import NotFound
from marra.kit.text import gettext_noop

FRESH_YEARS: Final = 3
BEHIND_YEARS: Final = 5
RARELY_MEASURED: Final = ("hci.literacy",)
LEAST_COUNTRIES: Final = 60

STANDS_FOR: Final = {"tii.wireless_broadband": "tii.mobile_broadband"}
"""What the editions of 2014 and 2016 counted, and the nearest series there is figures of."""


class NoComponents(NotFound):
    """Nothing is known of the inputs of an edition."""

    sentence = gettext_noop(
        "No inputs of {edition} are known. Editions that can be nowcast from what is known now: "
        "{known}."
    )


class State(StrEnum):
    """How late a series is for an edition."""

    FRESH = gettext_noop("fresh")
    BEHIND = gettext_noop("one edition behind")
    MISSING = gettext_noop("missing")


@dataclass(frozen=True, slots=True)
class Series:
    """What is known of one series for an edition."""

    name: str  # tii.internet
    state: State
    countries: int  # that have a figure
    data_year: int | None  # of the middle country
    newest: int | None
    sources: tuple[str, ...]  # the most used first
    of_the_time: bool  # most figures were taken before the edition appeared


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The inputs of an edition for n countries; NaN where there is none."""

    edition: int
    values: Mapping[str, Floats]
    series: Mapping[str, Series]


def sheet(components: Components, edition: int, places: tuple[str, ...]) -> Sheet:
    """The inputs known for an edition; refuses with `NoComponents`.

    >>> from marra.index.components import components
    >>> found = sheet(components(), 2026, ("UZB", "DNK"))
    >>> found.series["tii.mobile_broadband"].data_year
    2022
    """
    if edition not in components:
        raise NoComponents(edition=edition, known=", ".join(map(str, components)))
    by_series: dict[str, list[RawInput]] = {}
    for raw in components[edition]:
        by_series.setdefault(raw.indicator, []).append(raw)
    rows = {place: row for row, place in enumerate(places)}
    return Sheet(
        edition,
        {name: _column(given, rows) for name, given in by_series.items()},
        {name: _series(name, given, edition) for name, given in by_series.items()},
    )


def standing(values: Floats) -> Floats:
    """Values less their mean, divided by their population deviation; NaN stays NaN.

    >>> standing(np.array([1.0, 3.0, np.nan])).tolist()
    [-1.0, 1.0, nan]
    """
    deviation = np.nanstd(values)
    found: Floats = (values - np.nanmean(values)) / (deviation if deviation > 0 else 1.0)
    return found


def _column(given: list[RawInput], rows: Mapping[str, int]) -> Floats:
    column = np.full(len(rows), math.nan)
    for raw in given:
        if raw.place in rows:
            column[rows[raw.place]] = raw.value
    return column


def _series(name: str, given: list[RawInput], edition: int) -> Series:
    years = sorted(raw.data_year for raw in given if raw.data_year is not None)
    used: dict[str, int] = {}
    for raw in given:
        used[raw.source] = used.get(raw.source, 0) + 1
    middle = years[len(years) // 2] if years else None
    early = sum(1 for raw in given if _early(raw.source, edition))
    return Series(
        name=name,
        state=_state(name, len(given), edition, middle),
        countries=len(given),
        data_year=middle,
        newest=years[-1] if years else None,
        sources=tuple(sorted(used, key=lambda source: (-used[source], source))),
        of_the_time=early > len(given) / 2,
    )


def _early(source: str, edition: int) -> bool:
    """Taken before the July of the edition's year: surveys appear between then and October."""
    day = dated(source)
    return day is not None and day < date(edition, 7, 1)


def _state(name: str, countries: int, edition: int, middle: int | None) -> State:
    if countries < LEAST_COUNTRIES or middle is None:
        return State.MISSING
    age = edition - middle
    if name in RARELY_MEASURED or age <= FRESH_YEARS:
        return State.FRESH
    return State.BEHIND if age <= BEHIND_YEARS else State.MISSING
