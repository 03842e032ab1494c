"""Priority: in which order services become digital, with every factor in sight.

    saved  = cases a year × (minutes now − minutes afterwards) ÷ 60          hours a year
    counts = saved × (1 + weight × share of users needing social protection)
    priority = counts ÷ effort                                      hours for each person-day

What lacks a factor has no priority and no place; its missing factors are named instead, for a
guess would hide them. How far the order hangs on the weight is computed beside it: each service
with its best and worst place over several weights.

Source: ours; the weight and its basis stand in `priority.toml`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from marra.inventory.rules.things import Field
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop


class WrongWeight(Invalid):
    """A weight is a small number that is not negative."""

    sentence = gettext_noop("The weight is a number from 0 to 10. 0 counts every hour alike.")


@dataclass(frozen=True, slots=True)
class Setting:
    """How services are ordered where nobody says otherwise."""

    weight: float
    weights: tuple[float, ...]
    top: int
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Factors:
    """What is known of a service; None is not known."""

    volume: float | None
    minutes: float | None
    minutes_after: float | None
    protected_share: float | None
    effort: float | None


@dataclass(frozen=True, slots=True)
class Priority:
    """A service's priority with everything it is made of."""

    factors: Factors
    weight: float
    missing: tuple[Field, ...]
    saved: float | None  # hours a year
    protected: float | None  # of these, hours of users who need social protection
    counts: float | None  # hours a year, weighted
    value: float | None  # weighted hours for each person-day of effort

    @property
    def minutes_saved(self) -> float | None:
        """Minutes that one case takes less."""
        now, after = self.factors.minutes, self.factors.minutes_after
        return None if now is None or after is None else max(now - after, 0.0)

    @property
    def lift(self) -> float | None:
        """What the hours are multiplied by for users who need social protection."""
        share = self.factors.protected_share
        return None if share is None else 1 + self.weight * share


@dataclass(frozen=True, slots=True)
class Places:
    """A service's place at the weight asked for, and its best and worst over all weights."""

    place: int
    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Steadiness:
    """How far the order hangs on the weight."""

    places: Mapping[str, Places]
    weights: tuple[float, ...]
    top: int  # how many places are looked at
    stay: int  # so many of them are among the first at every weight
    first_stays: bool


class Order(StrEnum):
    """What a list is sorted by."""

    PRIORITY = "priority"
    HOURS = "hours"
    PROTECTED = "protected"
    DEADLINE = "deadline"
    TITLE = "title"


@cache
def setting() -> Setting:
    """How services are ordered where nobody says otherwise.

    >>> setting().weight in setting().weights
    True
    """
    text = (files("marra.inventory.rules") / "priority.toml").read_text(encoding="utf-8")
    row = tomllib.loads(text)
    weights = tuple(row["weights"])
    return Setting(row["weight"], weights, row["top"], row["basis"], row["source"])


def checked_weight(weight: float) -> float:
    """A weight from 0 to 10; refuses with `WrongWeight`.

    >>> checked_weight(0.5)
    0.5
    """
    if not 0 <= weight <= 10:
        raise WrongWeight
    return weight


def priority(factors: Factors, weight: float) -> Priority:
    """The priority of a service, or the factors it lacks.

    >>> priority(Factors(6000, 50, 20, 0.5, 100), 1.0).value
    45.0
    >>> [each.name for each in priority(Factors(6000, 50, 20, None, 100), 1.0).missing]
    ['PROTECTED_SHARE']
    """
    missing = tuple(name for name, value in _told(factors) if value is None)
    saved = protected = counts = value = None
    if not {Field.VOLUME, Field.MINUTES, Field.MINUTES_AFTER} & {*missing}:
        volume, now, after = factors.volume or 0, factors.minutes or 0, factors.minutes_after or 0
        saved = volume * max(now - after, 0.0) / 60
        if factors.protected_share is not None:
            protected = saved * factors.protected_share
            counts = saved * (1 + weight * factors.protected_share)
            if factors.effort:
                value = counts / factors.effort
    return Priority(factors, weight, missing, saved, protected, counts, value)


def _told(factors: Factors) -> tuple[tuple[Field, float | None], ...]:
    return (
        (Field.VOLUME, factors.volume),
        (Field.MINUTES, factors.minutes),
        (Field.MINUTES_AFTER, factors.minutes_after),
        (Field.PROTECTED_SHARE, factors.protected_share),
        (Field.EFFORT, factors.effort or None),
    )


def places(values: Mapping[str, float]) -> dict[str, int]:
    """Each thing's place, 1 for the largest value; equal values share the better place.

    >>> places({"a": 3.0, "b": 5.0, "c": 3.0})
    {'b': 1, 'a': 2, 'c': 2}
    """
    found: dict[str, int] = {}
    before: float | None = None
    place = 0
    ordered = sorted(values, key=lambda name: (-values[name], name))
    for number, name in enumerate(ordered, start=1):
        if values[name] != before:
            place, before = number, values[name]
        found[name] = place
    return found


def steadiness(
    services: Mapping[str, Factors], weight: float, weights: Sequence[float], top: int
) -> Steadiness:
    """The places of all services that have a priority, and how far they hang on the weight.

    Looked at are the first `top`, or the first half where there are fewer: all always stay.

    >>> one, two = Factors(60, 60, 0, 0.0, 1), Factors(40, 60, 0, 1.0, 1)
    >>> found = steadiness({"one": one, "two": two}, 0.0, (0.0, 1.0), 1)
    >>> found.places["two"], found.stay
    (Places(place=2, best=1, worst=2), 0)
    """
    told = tuple(dict.fromkeys((*weights, weight)))
    orders = {each: places(_values(services, each)) for each in told}
    own = orders[weight]
    top = min(top, max(1, len(own) // 2))
    found = {
        name: Places(
            place,
            min(order[name] for order in orders.values()),
            max(order[name] for order in orders.values()),
        )
        for name, place in own.items()
    }
    first = [each for each in found.values() if each.place <= top]
    return Steadiness(
        found,
        tuple(sorted(told)),
        len(first),
        sum(each.worst <= top for each in first),
        any(each.worst == 1 for each in first),
    )


def _values(services: Mapping[str, Factors], weight: float) -> dict[str, float]:
    computed = {name: priority(each, weight).value for name, each in services.items()}
    return {name: value for name, value in computed.items() if value is not None}
