"""Levers: how far one unit of an indicator moves its part, everyone else standing still.

Source: ours, on the method of the edition; see `marra.index.gap` for the linear parts.
"""

import math

import numpy as np

from marra.index.compute import baseline, shares
from marra.index.edition import PILLARS, Input
from marra.index.plan.stakes import Lever
from marra.index.survey import Survey


def levers(survey: Survey, place: str) -> dict[str, Lever]:
    """What may be moved, by name: the three parts, and the inputs known for the country.

    >>> from marra.index.load import load
    >>> found = levers(load(2024), "UZB")
    >>> round(found["tii.internet"].per_unit, 4), round(found["tii.mobile"].headroom, 1)
    (0.0029, 16.9)
    """
    found = {name: Lever(at, 1.0, math.inf) for at, name in enumerate(PILLARS)}
    row = survey.at(place)
    for at, pillar in enumerate(survey.edition.pillars):
        known = baseline(survey, pillar.name)
        if known is None:
            continue
        gains = known.line.slope * shares(pillar) / known.spread
        for column, each in enumerate(pillar.inputs):
            value = float(known.columns[row, column])
            if not np.isnan(value):
                room = _headroom(each, value)
                found[each.name] = Lever(at, each.direction * float(gains[column]), room)
    return found


def _headroom(given: Input, value: float) -> float:
    """How much more of an input still counts; a price can fall to nothing."""
    if given.direction < 0:
        return abs(value)
    return math.inf if given.cap is None else max(given.cap - value, 0.0)
