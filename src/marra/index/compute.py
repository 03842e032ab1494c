"""Compute: the index from its parts, and the parts from their raw inputs.

EGDI = a·OSI + b·TII + c·HCI with the published parts, which lie on 0 to 1 already. A part that was
not published counts as 0 where the survey itself counted it so (2003 to 2005), and the country is
named. TII and HCI from raw inputs: cut, z-score over the member states that have every input,
weighted mean, stretched from 0 to 1.

Where the lowest countries of a pillar have no inputs (HCI: Somalia, South Sudan), the end of the
stretch is not known; then the line from composite to published values is fitted by least squares,
and the result says so.

Source: UN E-Government Survey 2022, annex; the edition files for weights, cuts and scaling.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np

from marra.index.edition import PILLARS, Edition, Pillar, Scaling
from marra.index.survey import NO_INDEX, Floats, Survey
from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop

EXACT: Final = 12
"""Decimals of a computed EGDI; the survey prints five at most."""


class NoInputs(Conflict):
    """The raw inputs of a pillar are not known for this edition."""

    sentence = gettext_noop(
        "{pillar} of {edition} cannot be recomputed: {lacking} has no values. "
        "Editions with all inputs of TII are 2018, 2020, 2022 and 2024."
    )


class Scores(dict[str, float]):
    """EGDI by country, with what was left out and why."""

    def __init__(self, values: Mapping[str, float], survey: Survey) -> None:
        super().__init__(values)
        lacking = survey.missing()
        self.missing = {place: lacking[place] for place in lacking if place not in self}
        self.counted_as_zero = {place: lacking[place] for place in lacking if place in self}
        self.data_version = survey.version
        self.edition_version = survey.edition.version


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A pillar recomputed from raw inputs, beside the published one."""

    pillar: str
    values: Mapping[str, float]
    published: Mapping[str, float]
    missing: Mapping[str, tuple[str, ...]]  # country -> series it lacks
    fitted: bool  # stretched by least squares, the survey's own lowest country being unknown
    data_version: str
    edition_version: str
    errors: Mapping[str, float] = field(init=False)  # recomputed less published

    def __post_init__(self) -> None:
        both = self.values.keys() & self.published.keys()
        errors = {place: self.values[place] - self.published[place] for place in sorted(both)}
        object.__setattr__(self, "errors", errors)

    @property
    def median_error(self) -> float:
        """The median absolute error against the published pillar."""
        return float(np.median(np.abs(list(self.errors.values()))))


def weights(edition: Edition) -> Floats:
    """The weights of OSI, TII and HCI, shape (3,).

    >>> from marra.index.method import definition
    >>> weights(definition(2008)).tolist()
    [0.34, 0.33, 0.33]
    """
    return np.array([float(pillar.weight) for pillar in edition.pillars])


def totals(edition: Edition, pillars: Floats) -> Floats:
    """The EGDI of each row of pillars, shape (n, 3) -> (n,); a missing part counts as 0.

    Kept at twelve decimals: parts that add up to the same must stay equal, or the last bit of a
    sum would part a tie.
    """
    scores: Floats = np.round(np.nan_to_num(pillars, nan=0.0) @ weights(edition), EXACT)
    return scores


def score(survey: Survey) -> Scores:
    """The EGDI of each country that has an index, recomputed from its published parts.

    Countries without an index are in `.missing`, those whose missing part the survey counted as 0
    in `.counted_as_zero`.

    >>> from marra.index.load import load
    >>> scores = score(load(2010))
    >>> round(scores["UZB"], 5), len(scores), sorted(scores.missing)[:2]
    (0.44976, 183, ['FSM', 'KIR'])
    """
    values = totals(survey.edition, survey.pillars)
    return Scores(
        {
            place: float(values[row])
            for row, place in enumerate(survey.places)
            if NO_INDEX not in survey.flags[row]
        },
        survey,
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """The line from a composite to its pillar: value = offset + slope · composite."""

    offset: float
    slope: float
    fitted: bool


COVERED: Final = 0.85
"""Share of countries that must have all inputs for their ends to be taken as the survey's."""


def stretch(survey: Survey, pillar: Pillar, summed: Floats) -> Stretch:
    """The line that turns composites, shape (n,), NaN where unknown, into the pillar."""
    if pillar.scaling is Scaling.RAW:
        return Stretch(0.0, 1.0, fitted=False)
    published = survey.pillars[:, PILLARS.index(pillar.name)]
    known = ~np.isnan(summed) & ~np.isnan(published)
    if known.sum() < COVERED * len(known):
        slope, offset = np.polyfit(summed[known], published[known], 1)
        return Stretch(float(offset), float(slope), fitted=True)
    low, high = float(np.nanmin(summed)), float(np.nanmax(summed))
    return Stretch(-low / (high - low), 1 / (high - low), fitted=False)


def scaled(composite: Floats, scaling: Scaling) -> Floats:
    """A pillar's values from its composite, along the first axis; NaN stays NaN.

    >>> scaled(np.array([1.0, 2.0, 5.0]), Scaling.MIN_MAX).tolist()
    [0.0, 0.25, 1.0]
    """
    if scaling is Scaling.RAW:
        return composite
    high = np.nanmax(composite, axis=0)
    if scaling is Scaling.RATIO_TO_MAX:
        return composite / high if high > 0 else composite
    low = np.nanmin(composite, axis=0)
    return (composite - low) / (high - low) if high > low else composite * 0.0


def prepared(pillar: Pillar, survey: Survey, inputs: Floats) -> Floats:
    """The inputs of a pillar, cut and directed, shape (n, k); NaN where a series is missing.

    An input made of several series (affordability) is their mean, cut afterwards.
    """
    columns = []
    for each in pillar.inputs:
        series = inputs[:, [survey.input_names.index(name) for name in each.of]]
        value = series.mean(axis=1)
        if each.cap is not None:
            value = np.minimum(value, each.cap)
        columns.append(each.direction * value)
    return np.stack(columns, axis=1)


def composite(pillar: Pillar, columns: Floats) -> Floats:
    """The weighted sum of a pillar's inputs, shape (n, k) -> (n,); NaN where one is missing."""
    if pillar.standardised:
        columns = (columns - np.nanmean(columns, axis=0)) / spread(pillar, columns)
    summed: Floats = columns @ shares(pillar)
    return summed


def shares(pillar: Pillar) -> Floats:
    """The weights of a pillar's inputs, shape (k,)."""
    return np.array([float(each.weight) for each in pillar.inputs])


def spread(pillar: Pillar, columns: Floats) -> Floats:
    """What each input is divided by, shape (k,): its deviation, or 1 where it does not vary."""
    if not pillar.standardised:
        return np.ones(columns.shape[1])
    deviations: Floats = np.nanstd(columns, axis=0)
    return np.where(deviations > 0, deviations, 1.0)


def has_inputs(survey: Survey, name: str) -> bool:
    """Whether every series of a pillar has values in this edition."""
    pillar = survey.edition.pillar(name)
    needed = {series for each in pillar.inputs for series in each.of}
    return bool(needed) and needed <= set(survey.input_names)


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """A pillar's inputs as they are, and what was made of them; shapes (n, k), (k,) and (n,)."""

    columns: Floats
    spread: Floats
    summed: Floats
    line: Stretch


@lru_cache(maxsize=64)
def baseline(survey: Survey, name: str) -> Baseline | None:
    """What every question about a pillar's inputs starts from; None where they are not known.

    Kept for the surveys in use, as pages ask about the same edition again and again.
    """
    if not has_inputs(survey, name):
        return None
    pillar = survey.edition.pillar(name)
    columns = prepared(pillar, survey, survey.inputs)
    summed = composite(pillar, columns)
    return Baseline(columns, spread(pillar, columns), summed, stretch(survey, pillar, summed))


def recompute(survey: Survey, name: str) -> Recomputed:
    """TII or HCI from raw inputs; refuses with `NoInputs` where a series is not known.

    Means and deviations are taken over all values there are, as the survey does; a country that
    lacks a series has no value of its own and is named in `missing`.

    >>> from marra.index.load import load
    >>> tii = recompute(load(2022), "tii")
    >>> round(tii.values["UZB"], 3), tii.published["UZB"]
    (0.658, 0.6575)
    """
    pillar = survey.edition.pillar(name)
    needed = [series for each in pillar.inputs for series in each.of]
    known = baseline(survey, name)
    if known is None:
        lacking = ", ".join(s for s in needed if s not in survey.input_names) or name
        raise NoInputs(pillar=name.upper(), edition=survey.year, lacking=lacking)
    values = known.line.offset + known.line.slope * known.summed
    own = survey.pillars[:, PILLARS.index(name)]
    columns = [survey.input_names.index(series) for series in needed]
    return Recomputed(
        pillar=name,
        values={p: float(v) for p, v in zip(survey.places, values, strict=True) if v == v},
        published={p: float(v) for p, v in zip(survey.places, own, strict=True) if v == v},
        missing={
            place: tuple(survey.input_names[c] for c in columns if math.isnan(survey.inputs[r, c]))
            for r, place in enumerate(survey.places)
            if np.isnan(survey.inputs[r, columns]).any()
        },
        fitted=known.line.fitted,
        data_version=survey.version,
        edition_version=survey.edition.version,
    )
