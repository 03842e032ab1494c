"""Rounding several figures together, so that what is printed adds up.

Source: the largest remainder method (Hamilton), as used for printed percentages.
"""

import math
from collections.abc import Sequence


def rounded_together(values: Sequence[float], whole: float, digits: int) -> list[float]:
    """The values rounded up or down so that they sum to the whole, rounded.

    >>> rounded_together([0.33333, 0.33333, 0.33334], 1.0, 2)
    [0.33, 0.33, 0.34]
    >>> rounded_together([0.06, -0.012], 0.048, 2)
    [0.06, -0.01]
    """
    unit = 10.0**-digits
    floors = [math.floor(value / unit) for value in values]
    missing = round(whole / unit) - sum(floors)
    rests = [value / unit - floor for value, floor in zip(values, floors, strict=True)]
    order = sorted(range(len(values)), key=lambda i: -rests[i])
    for index in order[: max(missing, 0)]:
        floors[index] += 1
    return [round(floor * unit, digits) for floor in floors]
