"""Indicators: what is measured, in which unit, on which bases, and what would be odd.

An indicator has one unit and one or more bases: ways of counting that must not be mixed. 34.2
million subscribers (all SIM cards) and 30.1 million (persons) are two series, not a fall. The
Survey counts on some bases only; a value on another says nothing of the index.

Source: `indicators.toml` beside this file; names of components are those of the editions.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from marra.index.method import definition, known
from marra.kit.errors import NotFound
from marra.kit.text import Text, gettext_noop
from marra.language.scripts import to_cyrillic


class NoSuchIndicator(NotFound):
    """Nothing of that name is measured."""

    sentence = gettext_noop(
        "There is no indicator “{code}”. The names stand in the list of indicators."
    )


class NoSuchBasis(NotFound):
    """The indicator is not counted that way."""

    sentence = gettext_noop("“{indicator}” has no basis “{basis}”. Use one of: {bases}.")


class Unit(StrEnum):
    """What a value counts."""

    PLACE = gettext_noop("place")
    INDEX = gettext_noop("index from 0 to 1")
    PER_100 = gettext_noop("per 100 people")
    PERCENT = gettext_noop("%")
    OF_INCOME = gettext_noop("% of monthly income per head")
    YEARS = gettext_noop("years")
    POINTS = gettext_noop("points")
    SERVICES = gettext_noop("services")
    REGIONS = gettext_noop("regions")
    YES_OR_NO = gettext_noop("1 = yes, 0 = no")
    SUBSCRIBERS = gettext_noop("subscribers")
    KILOMETRES = gettext_noop("km")
    PORTS = gettext_noop("ports")


class Topic(StrEnum):
    """Under which heading an indicator stands."""

    INDEX = gettext_noop("index")
    INFRASTRUCTURE = gettext_noop("infrastructure")
    EDUCATION = gettext_noop("education")
    SERVICES = gettext_noop("digital services")
    SAFETY = gettext_noop("safety")


@dataclass(frozen=True, slots=True)
class Basis:
    """A way of counting; `survey` where the Survey counts so."""

    code: str
    name: Text
    survey: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, and what would be odd about a value of it."""

    code: str
    name: Text
    topic: Topic
    unit: Unit
    up: bool  # more is better
    fresh: int  # days after its day until a value is stale
    low: float
    high: float
    jump: float  # more change in a year is odd
    tolerance: float | None  # national and published values differ by more: a discrepancy
    component: str  # the part or input of the index that it is or feeds; "" for none
    organisation: str  # who collects or publishes it
    source: str
    bases: tuple[Basis, ...]

    def basis(self, code: str) -> Basis:
        """The basis of that code; refuses with `NoSuchBasis`.

        >>> indicator("tii.mobile").basis("persons").survey
        False
        """
        found = next((each for each in self.bases if each.code == code), None)
        if found is None:
            bases = ", ".join(each.code for each in self.bases)
            raise NoSuchBasis(indicator=self.code, basis=code, bases=bases)
        return found

    @property
    def is_input(self) -> bool:
        """Whether it is an input of the index itself, so that a new value may move the rank.

        >>> indicator("tii.mobile").is_input, indicator("mobile.subscribers").is_input
        (True, False)
        """
        return self.code == self.component and "." in self.code

    def counts_as(self, basis: str) -> bool:
        """Whether a value on that basis may stand for the Survey's own."""
        return self.is_input and any(each.code == basis and each.survey for each in self.bases)


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every indicator by its code, in the order of the file.

    >>> [code for code in indicators() if code.startswith("portal.")][:2]
    ['portal.services', 'portal.automated-share']
    """
    text = (files("marra.evidence.rules") / "indicators.toml").read_text(encoding="utf-8")
    made = [_indicator(row) for row in tomllib.loads(text)["indicators"]]
    return MappingProxyType({each.code: each for each in made})


def indicator(code: str) -> Indicator:
    """The indicator of that code; refuses with `NoSuchIndicator`.

    >>> indicator("hci.expected_years").unit.value
    'years'
    """
    found = indicators().get(code)
    if found is None:
        raise NoSuchIndicator(code=code)
    return found


@cache
def feeding(code: str) -> tuple[str, ...]:
    """The indicator of that code, and those that feed it, in the order of the file.

    >>> feeding("tii.mobile")
    ('tii.mobile', 'mobile.subscribers')
    >>> "hci.expected_years" in feeding("hci"), feeding("nothing")
    (True, ())
    """
    return tuple(
        each.code
        for each in indicators().values()
        if each.code == code or f"{each.component}.".startswith(f"{code}.")
    )


def fed_by(code: str) -> tuple[str, ...]:
    """The indicator of that code, and the parts of the index that it feeds.

    >>> fed_by("mobile.subscribers"), fed_by("hci.expected_years")
    (('mobile.subscribers', 'tii.mobile', 'tii'), ('hci.expected_years', 'hci'))
    """
    component = indicator(code).component
    every = (code, component, component.partition(".")[0])
    return tuple(dict.fromkeys(filter(None, every)))


@cache
def caps() -> Mapping[str, float]:
    """Where the latest packaged edition cuts an input: more than that counts no further.

    >>> caps()["tii.mobile"], "hci.literacy" in caps()
    (120.0, False)
    """
    return MappingProxyType(
        {
            each.name: float(each.cap)
            for pillar in definition(max(known())).pillars
            for each in pillar.inputs
            if each.cap is not None and len(each.of) == 1
        }
    )


def _indicator(row: Mapping[str, Any]) -> Indicator:
    return Indicator(
        code=row["code"],
        name=_text(row),
        topic=Topic(row["topic"]),
        unit=Unit(row["unit"]),
        up=row["better"] == "up",
        fresh=row["fresh"],
        low=row["low"],
        high=row["high"],
        jump=row["jump"],
        tolerance=row.get("tolerance"),
        component=row.get("component", ""),
        organisation=row.get("organisation", ""),
        source=row["source"],
        bases=tuple(
            Basis(each["code"], _text(each), each.get("survey", False)) for each in row["bases"]
        ),
    )


def _text(row: Mapping[str, Any]) -> Text:
    return Text(row["uz"], to_cyrillic(row["uz"]), row["ru"], row["en"])
