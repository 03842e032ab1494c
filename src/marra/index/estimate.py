"""Estimate: how far HCI moves with an input, in an edition whose formula is not known whole.

In 2024 HCI has five inputs. One of them, e-government literacy, is scored on the portals and
published nowhere, so OSI stands in for it; the weights are not published either. Two readings fit
the published HCI alike: equal fifths, and 0.8 of the formula of 2014 to 2022 with 0.2 for the new
input. Under each the line from the composite to HCI is fitted by least squares over the countries
that have every input; an input then moves HCI by slope · weight · change / deviation. The reading
of the edition file is the likely one, and the two together are the range.

Source: ours; see the statements of `editions/2024.toml`. HCI is compared with the published one of
countries that have all inputs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from marra.index.compute import has_inputs, shares
from marra.index.edition import PILLARS, Pillar
from marra.index.survey import Floats, Survey

HCI: Final = "hci"
STANDS_FOR: Final = "hci.egov_literacy"
"""The input that OSI stands in for."""

MOST_YEARS: Final = 18.0
"""Of expected schooling, where UNDP cuts it."""

OLD: Final = {
    "hci.literacy": 0.8 / 3,
    "hci.enrolment": 0.8 * 2 / 9,
    "hci.expected_years": 0.8 * 2 / 9,
    "hci.mean_years": 0.8 * 2 / 9,
    STANDS_FOR: 0.2,
}
"""The formula of 2014 to 2022 for four fifths of the weight."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How far a part moves: by the edition's own reading, and over all that fit alike."""

    likely: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rates:
    """What one unit of each input is worth to HCI, by reading of the weights."""

    names: tuple[str, ...]
    readings: tuple[tuple[float, ...], ...]  # the edition's own first
    countries: int
    median_error: float  # of the edition's own reading, against the published HCI


def needed(survey: Survey) -> bool:
    """Whether HCI of this edition can only be estimated, and can be.

    >>> from marra.index.load import load
    >>> needed(load(2024)), needed(load(2022)), needed(load(2003))
    (True, False, False)
    """
    inputs = {series for each in survey.edition.pillar(HCI).inputs for series in each.of}
    lacking = inputs - set(survey.input_names)
    return not has_inputs(survey, HCI) and lacking == {STANDS_FOR}


@lru_cache(maxsize=8)
def rates(survey: Survey) -> Rates:
    """What a unit of each input is worth; only where `needed`.

    >>> from marra.index.load import load
    >>> found = rates(load(2024))
    >>> year = found.names.index("hci.expected_years")
    >>> [round(each[year], 3) for each in found.readings], found.countries
    ([0.016, 0.014], 124)
    """
    pillar = survey.edition.pillar(HCI)
    columns = _columns(survey, pillar)
    published = survey.pillars[:, PILLARS.index(HCI)]
    known = ~np.isnan(columns).any(axis=1) & ~np.isnan(published)
    deviation = columns[known].std(axis=0)
    scores = (columns[known] - columns[known].mean(axis=0)) / deviation
    names = tuple(each.name for each in pillar.inputs)
    readings, errors = [], []
    for weights in (shares(pillar), np.array([OLD[name] for name in names])):
        slope, offset = np.polyfit(scores @ weights, published[known], 1)
        errors.append(offset + slope * (scores @ weights) - published[known])
        readings.append(tuple((slope * weights / deviation).tolist()))
    return Rates(names, tuple(readings), int(known.sum()), float(np.median(np.abs(errors[0]))))


def moved(survey: Survey, place: str, values: Mapping[str, float]) -> Moved:
    """How far HCI of a country moves when inputs of it become these values.

    >>> from marra.index.load import load
    >>> by = moved(load(2024), "UZB", {"hci.expected_years": 13.3})
    >>> round(by.likely, 3), round(by.low, 3), round(by.high, 3)
    (0.021, 0.019, 0.021)
    """
    found = rates(survey)
    row = survey.at(place)
    totals = [0.0 for _ in found.readings]
    for name, value in values.items():
        before = float(survey.inputs[row, survey.input_names.index(name)])
        change = _cut(name, value) - _cut(name, before)
        for number, reading in enumerate(found.readings):
            totals[number] += reading[found.names.index(name)] * change
    return Moved(totals[0], min(totals), max(totals))


def _cut(name: str, value: float) -> float:
    return min(value, MOST_YEARS) if name == "hci.expected_years" else value


def _columns(survey: Survey, pillar: Pillar) -> Floats:
    """The inputs of HCI, (n, k), with OSI in the place of what nobody publishes."""
    columns = []
    for each in pillar.inputs:
        if each.name == STANDS_FOR:
            columns.append(survey.pillars[:, PILLARS.index("osi")])
            continue
        column = survey.inputs[:, survey.input_names.index(each.name)]
        columns.append(np.minimum(column, MOST_YEARS) if "expected" in each.name else column)
    return np.stack(columns, axis=1)
