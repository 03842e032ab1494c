"""Needed: how far one must rise above doing nothing for a place to have the odds wished for.

Each future has its own threshold and its own room: a part ends at 1, and no part is lifted by
more than its median lacks of 1. So the answer for odds p is found future by future and then read
off as the p-quantile, without searching.

Source: ours.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index.edition import PILLARS
from marra.index.plan.stakes import Stakes
from marra.index.survey import Floats

ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """One way to share the work between the parts, at one wish for the odds."""

    name: str  # "osi", "tii", "hci", or what the caller calls it
    odds: float  # that are wished for, 0 to 1
    uplift: Floats | None  # (3,), points of OSI, TII and HCI; None where it cannot be done
    most: float  # the odds with the medians of this way's parts at 1


@dataclass(frozen=True, slots=True)
class Move:
    """An input moved by itself so far that its part rises as wished."""

    name: str
    units: float  # in the input's own unit; negative where less is better
    enough: bool  # whether the survey counts so much


def shortfall(stakes: Stakes) -> Floats:
    """Points of EGDI that are missing in each future, (R,); negative where there are some over."""
    found: Floats = stakes.threshold - stakes.parts @ stakes.weights
    return found


def uplift(stakes: Stakes, odds: float) -> float:
    """Points of EGDI over doing nothing for the odds wished for; 0 where they are there already.

    >>> uplift(_example(), 0.5), uplift(_example(), 0.25)
    (0.125, 0.0)
    """
    return max(_reached(shortfall(stakes), odds), 0.0)


def way(stakes: Stakes, name: str, direction: Floats, odds: float) -> Way:
    """The least uplift along a direction of the parts, (3,) and not negative.

    >>> found = way(_example(), "osi", np.array([1.0, 0.0, 0.0]), 0.5)
    >>> found.uplift.tolist(), found.most
    ([0.25, 0.0, 0.0], 0.75)
    >>> way(_example(), "osi", np.array([1.0, 0.0, 0.0]), 0.9).uplift is None
    True
    """
    ends = np.where(direction > 0, lacking(stakes), 0.0)
    length = _reached(_lengths(stakes, direction, ends), odds)
    found = np.minimum(direction * length, ends) if math.isfinite(length) else None
    return Way(name=name, odds=odds, uplift=found, most=stakes.odds(ends))


def ways(stakes: Stakes, odds: float, profile: Floats) -> Iterator[Way]:
    """Each part alone, the parts towards a profile (3,), and all of them equally."""
    for at, name in enumerate(PILLARS):
        yield way(stakes, name, np.eye(len(PILLARS))[at], odds)
    towards = np.maximum(profile - stakes.parts.mean(axis=0), 0.0)
    if (towards * lacking(stakes)).any():
        yield way(stakes, "profile", towards, odds)
    yield way(stakes, "equal", np.ones(len(PILLARS)), odds)


def lacking(stakes: Stakes) -> Floats:
    """What the median of each part lacks of 1, (3,)."""
    found: Floats = np.maximum(1.0 - np.median(stakes.parts, axis=0), 0.0)
    return found


def levels(stakes: Stakes, raised: Floats | None = None) -> dict[str, float]:
    """The median of each part over the futures, with an uplift of the parts or without."""
    by = np.zeros(len(PILLARS)) if raised is None else raised
    parts = np.minimum(stakes.parts + by, np.maximum(stakes.parts, 1.0))
    return dict(zip(PILLARS, np.median(parts, axis=0).tolist(), strict=True))


def moves(stakes: Stakes, part: str, points: float) -> Iterator[Move]:
    """Each input of a part, moved by itself until the part has risen by so many points."""
    for name, lever in stakes.levers.items():
        if name == part or PILLARS[lever.part] != part or not lever.per_unit:
            continue
        units = points / lever.per_unit
        yield Move(name, units, abs(units) <= lever.headroom + ROUNDING)


def _reached(values: Floats, odds: float) -> float:
    """The least value that is enough in so large a share of the futures."""
    at = max(math.ceil(odds * len(values) - ROUNDING), 1) - 1
    return float(np.partition(values, at)[at])


def _lengths(stakes: Stakes, direction: Floats, ends: Floats) -> Floats:
    """How far along the direction each future must go, (R,); infinite where its room ends first.

    The gain is concave and made of straight pieces: a part that reaches its end drops out.
    """
    room = np.minimum(np.maximum(1.0 - stakes.parts, 0.0), ends)
    full = np.full(room.shape, np.inf)
    np.divide(room, direction, out=full, where=direction > 0)
    order = np.argsort(full, axis=1)
    rates = np.take_along_axis((stakes.weights * direction)[None, :], order, axis=1)
    left = np.maximum(shortfall(stakes), 0.0)
    found, gone = np.where(left > 0, np.inf, 0.0), np.zeros(len(left))
    for at in range(room.shape[1]):
        rate = rates[:, at:].sum(axis=1)
        until = np.take_along_axis(full, order[:, at : at + 1], axis=1)[:, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            length = gone + left / rate
        here = np.isinf(found) & (rate > 0) & (length <= until + ROUNDING)
        found[here] = length[here]
        ends = np.where(np.isfinite(until), until, gone)
        left = left - rate * (ends - gone)
        gone = ends
    return found


def _example() -> Stakes:
    """Four futures with round numbers, for the examples above."""
    return Stakes(
        place="UZB",
        edition=2030,
        k=30,
        parts=np.array([[0.25, 0.5, 0.5]] * 4),
        threshold=np.array([0.3125, 0.5, 0.625, 0.8125]),
        weights=np.array([0.5, 0.25, 0.25]),
        levers={},
        seed=0,
        data_version="",
        edition_version="",
        method_version="",
    )
