"""Change: what a country is said to have by an edition, turned into points of its parts.

A future is drawn, so "OSI 0.9 in 2030" cannot be one number in all of them. A value of a part is
taken as where its median comes to lie: the points between the median of doing nothing in that
edition and the value are added in every future. A value of an input is taken from today's figure:
it moves its part by what the method gives for the difference, beyond what doing nothing brings.
What an input would reach by itself is not known here, so some ordinary growth may count twice.

Source: ours, on the method of the latest edition; see `marra.index.projection.levers`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from marra.index.edition import PILLARS, Input
from marra.index.projection.ground import Still
from marra.index.projection.levers import levers
from marra.index.survey import Floats, Survey
from marra.index.what_if import refuse
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop


class GivenTwice(Invalid):
    """A part and one of its own inputs cannot both be set."""

    sentence = gettext_noop(
        "{pillar} and {name} are both given, and the one is made of the other. Keep one of them."
    )


@dataclass(frozen=True, slots=True)
class Given:
    """One value that the country is said to have, and what it is worth.

    `nothing` is what it would have anyway: the median of a part, today's figure of an input.
    """

    name: str
    value: float
    today: float | None  # as published in the latest edition
    nothing: float | None
    counts_to: float | None  # beyond this the survey sees no difference; None: no such bound
    counted: float  # the value that counts
    part: str
    points: float  # that its part moves by the edition, before it ends at 0 or 1


def given(survey: Survey, still: Still, place: str, changes: Mapping[str, float]) -> list[Given]:
    """What each value is worth in the edition by which it is reached.

    Refuses what `what_if` refuses, and with `GivenTwice`.
    """
    for name, value in changes.items():
        refuse(survey, place, name, value)
        pillar = name.split(".")[0]
        if name != pillar and pillar in changes:
            raise GivenTwice(pillar=pillar.upper(), name=name)
    return [_given(survey, still, place, name, changes) for name in changes]


def uplift(found: list[Given]) -> Floats:
    """Points of OSI, TII and HCI, (3,)."""
    points = np.zeros(len(PILLARS))
    for each in found:
        points[PILLARS.index(each.part)] += each.points
    return points


def input_of(survey: Survey, name: str) -> Input:
    """The input that a series belongs to: `tii.basket_mobile` to `tii.affordability`."""
    pillar = survey.edition.pillar(name.split(".")[0])
    return next(each for each in pillar.inputs if name == each.name or name in each.of)


def _given(
    survey: Survey, still: Still, place: str, name: str, changes: Mapping[str, float]
) -> Given:
    value = float(changes[name])
    if name in PILLARS:
        column = PILLARS.index(name)
        middle = float(still.medians[column])
        published = float(survey.pillars[survey.at(place), column])
        today = None if np.isnan(published) else published
        return Given(name, value, today, middle, 1.0, value, name, value - middle)
    each = input_of(survey, name)
    part = name.split(".")[0]
    today = _today(survey, place, (name,) if name in each.of else each.of)
    counted, points = _worth(survey, place, each, name, changes)
    return Given(name, value, today, today, each.cap, counted, part, points)


def _worth(
    survey: Survey, place: str, each: Input, name: str, changes: Mapping[str, float]
) -> tuple[float, float]:
    """What counts of a value, and the points of its part; series of one input share its move."""
    bound = np.inf if each.cap is None else each.cap
    per_unit = levers(survey, place)[each.name].per_unit
    then = np.array([_value(survey, place, one, each.name, changes) for one in each.of])
    now = np.array([_today(survey, place, (one,)) for one in each.of])
    whole = per_unit * float(min(then.mean(), bound) - min(now.mean(), bound))
    counted = float(min(changes[name], bound))
    moved = then - now
    if name == each.name or not moved.any():
        return counted, whole
    own = float(moved[each.of.index(name)] / moved.sum()) if moved.sum() else 0.0
    return counted, whole * own


def _value(
    survey: Survey, place: str, series: str, whole: str, changes: Mapping[str, float]
) -> float:
    """A series after the changes; an input that is the mean of several sets them all."""
    return changes.get(series, changes.get(whole, _today(survey, place, (series,))))


def _today(survey: Survey, place: str, names: tuple[str, ...]) -> float:
    columns = [survey.input_names.index(name) for name in names]
    return float(survey.inputs[survey.at(place), columns].mean())
