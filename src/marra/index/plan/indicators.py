"""Indicators that an effect may name, with the unit in which its numbers are written.

They are the three parts and every input of every packaged edition, so that a portfolio survives a
change of method; whether an input counts in the edition that is planned for, the plan says.

Source: the packaged editions; the short units are ours.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from marra.index.edition import PILLARS
from marra.index.method import definition, known
from marra.kit.text import gettext_noop


class Unit(StrEnum):
    """What the numbers of an effect count."""

    INDEX = gettext_noop("index points")  # of a part, from 0 to 1
    PER_100 = gettext_noop("per 100 people")
    PERCENT = gettext_noop("percentage points")
    YEARS = gettext_noop("years")
    POINTS = gettext_noop("points")


LARGEST: Final[Mapping[Unit, float]] = MappingProxyType(
    {Unit.INDEX: 1, Unit.PER_100: 120, Unit.PERCENT: 100, Unit.YEARS: 20, Unit.POINTS: 100}
)
"""The largest effect in each unit that can be meant; a larger one is in another unit."""


@cache
def units() -> Mapping[str, Unit]:
    """The unit of each indicator, parts first.

    >>> units()["osi"].value, units()["tii.internet"].value, units()["hci.expected_years"].value
    ('index points', 'per 100 people', 'years')
    """
    found = dict.fromkeys(PILLARS, Unit.INDEX)
    for year in reversed(known()):
        for pillar in definition(year).pillars:
            for each in pillar.inputs:
                for name in (each.name, *each.of):
                    found.setdefault(name, _short(each.unit))
    return MappingProxyType(found)


@cache
def less_is_better() -> frozenset[str]:
    """The indicators of which less is better, such as prices.

    >>> "tii.affordability" in less_is_better(), "tii.internet" in less_is_better()
    (True, False)
    """
    return frozenset(
        name
        for year in known()
        for pillar in definition(year).pillars
        for each in pillar.inputs
        if each.direction < 0
        for name in (each.name, *each.of)
    )


def _short(unit: str) -> Unit:
    """The short unit of an edition's unit."""
    if "per 100" in unit:
        return Unit.PER_100
    if "%" in unit:
        return Unit.PERCENT
    return Unit(unit)
