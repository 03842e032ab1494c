"""Measurement: what a room knows of the world on a day, in a form that the index can take.

A measurement is of a day that was, and was known on that day or later. A projection is never one:
it has no day on which it was known to be so.

Source: ours.
"""

import math
from dataclasses import dataclass
from datetime import date

from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop


class NotMeasuredYet(Invalid):
    """The day of a value lies after the day it is said to be known: a projection."""

    sentence = gettext_noop(
        "The value is of {day}, and that day is not over on {known}. What is to come is a "
        "projection and no observation: enter it when it has been measured."
    )


class NoNumber(Invalid):
    """A value that is not a number measures nothing."""

    sentence = gettext_noop("The value is not a number. Give what was measured.")


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value of one indicator, with all that one must know to use it."""

    indicator: str
    place: str  # a country by ISO 3166-1, a region by SOATO
    value: float
    unit: str
    basis: str
    on: date  # the day, or the last day of the period, that the value is of
    vintage: date  # when it was known
    source: str

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise NoNumber
        if self.on > self.vintage:
            raise NotMeasuredYet(day=f"{self.on:%d.%m.%Y}", known=f"{self.vintage:%d.%m.%Y}")
