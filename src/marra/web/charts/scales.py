"""Scales: from a value to a pixel, the ticks between, and labels that do not collide.

Source: ours; the steps 1, 2, 5 of round ticks are common practice.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from values to pixels; `low` lands on `start`, `high` on `end`.

    >>> Scale(1, 193, 0, 192)(63)
    62.0
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The pixel of a value."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def ticks(low: float, high: float, count: int) -> list[float]:
    """Round values from low to high, about as many as asked for.

    >>> ticks(0, 1, 5)
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    >>> ticks(-0.013, 0.084, 3)
    [0.0, 0.05]
    """
    if high <= low:
        return [low]
    raw = (high - low) / max(count, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(step * turn, 10) for turn in range(first, last + 1)]


def rank_ticks(low: int, high: int, count: int) -> list[int]:
    """Ranks to name on an axis: 1 where it is in sight, then round ones.

    >>> rank_ticks(1, 193, 4)
    [1, 50, 100, 150]
    """
    first = [1] if low <= 1 else []
    return first + [int(tick) for tick in ticks(low, high, count) if tick >= max(low, 4)]


def spread(wanted: Sequence[float], distance: float, low: float, high: float) -> list[float]:
    """Positions near the wanted ones, each at least `distance` from the next, within the bounds.

    Where there is no room for all, they share what there is evenly.

    >>> spread([10, 12, 50], 14, 0, 100)
    [4.0, 18.0, 50.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups: list[list[int]] = []
    centres: list[float] = []
    for index in order:
        groups.append([index])
        centres.append(wanted[index])
        while len(groups) > 1 and _overlap(groups, centres, distance):
            members = groups[-2] + groups[-1]
            mean = sum(wanted[i] for i in members) / len(members)
            groups[-2:], centres[-2:] = [members], [mean]
    placed: list[float] = list(wanted)
    for members, centre in zip(groups, centres, strict=True):
        half = (len(members) - 1) * distance / 2
        centre = min(max(centre, low + half), high - half)
        for turn, index in enumerate(members):
            placed[index] = centre - half + turn * distance
    return placed


def _overlap(groups: list[list[int]], centres: list[float], distance: float) -> bool:
    above, below = groups[-2], groups[-1]
    reach = (len(above) + len(below)) * distance / 2
    return centres[-1] - centres[-2] < reach
