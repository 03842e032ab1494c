"""What if: change any pillar or input of any country, renormalise everyone, rank everyone again.

A changed input moves its pillar by the difference of two recomputed values, so what the inputs do
not explain of the published pillar stays as it is. A pillar that is stretched from 0 to 1 is
stretched again when its lowest or highest country moved. The EGDI is the published one plus the
change, so an empty change gives the published standing, ranks and ties included.

Source: ours, on the method of the edition.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np

from marra.index.compute import (
    EXACT,
    Baseline,
    baseline,
    has_inputs,
    prepared,
    scaled,
    shares,
    spread,
    totals,
)
from marra.index.edition import PILLARS, Pillar, Scaling
from marra.index.ranks import ranks_of
from marra.index.survey import NO_INDEX, Floats, Ints, Survey
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

APART: Final = 1e-11
"""Far below a published digit: keeps the published order of equal scores ranked apart (2020)."""


class NothingToChange(Invalid):
    """There is no figure of this name to change."""

    sentence = gettext_noop(
        "“{name}” cannot be changed in the edition of {edition}. Use one of: {names}."
    )


class OutOfRange(Invalid):
    """A value that the figure cannot take."""

    sentence = gettext_noop("{name} = {value} of {place} lies outside {low} to {high}.")


class NoIndexThere(Invalid):
    """A country without an index has no standing that could change."""

    sentence = gettext_noop(
        "{place} has no index in the edition of {edition}, so nothing can be changed for it."
    )


class NoInputThere(Invalid):
    """The inputs of a country are not all known, so one of them cannot be changed."""

    sentence = gettext_noop(
        "{place} lacks {lacking} in the edition of {edition}, so {name} alone tells nothing. "
        "Change {pillar} itself."
    )


class Standing(NamedTuple):
    """Where a country stands; a part is None where it was not published."""

    rank: int
    egdi: float
    osi: float | None
    tii: float | None
    hci: float | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Everyone's standing before and after a change."""

    before: Mapping[str, Standing]
    after: Mapping[str, Standing]
    not_renormalised: tuple[str, ...]  # lack inputs: carried along with the mean, no further
    data_version: str
    edition_version: str

    @property
    def moved(self) -> tuple[str, ...]:
        """The countries whose rank changed, best new rank first."""
        changed = [p for p in self.before if self.before[p].rank != self.after[p].rank]
        return tuple(sorted(changed, key=lambda place: self.after[place].rank))


def what_if(survey: Survey, changes: Mapping[tuple[str, str], float]) -> WhatIf:
    """The standing of all countries after changes, given as (place, name) -> value.

    Names are `osi`, `tii`, `hci` (0 to 1) and the edition's input series in their own units, such
    as `tii.internet`; an input that is the mean of several series (`tii.affordability`) sets them
    all. Refuses unknown names, places without an index and values out of range.

    >>> from marra.index.load import load
    >>> result = what_if(load(2024), {("UZB", "osi"): 0.9})
    >>> result.before["UZB"].rank, result.after["UZB"].rank
    (63, 48)
    """
    for (place, name), value in changes.items():
        refuse(survey, place, name, value)
    pillars = survey.pillars.copy()
    unmoved: tuple[str, ...] = ()
    for column, pillar in enumerate(PILLARS):
        given = {key: v for key, v in changes.items() if key[1].split(".")[0] == pillar}
        if given:
            pillars[:, column], lacking = pillar_after(survey, pillar, given)
            unmoved += lacking
    moves = totals(survey.edition, pillars) - totals(survey.edition, survey.pillars)
    egdi = np.round(survey.egdi + moves, EXACT)
    return WhatIf(
        before=_published(survey),
        after=_standings(survey, _ranks(survey, egdi), egdi, pillars),
        not_renormalised=unmoved,
        data_version=survey.version,
        edition_version=survey.edition.version,
    )


def changeable(survey: Survey) -> tuple[str, ...]:
    """The names that a change may use in this edition.

    >>> from marra.index.load import load
    >>> changeable(load(2003))
    ('osi', 'tii', 'hci')
    """
    series = [
        name
        for pillar in survey.edition.pillars
        if has_inputs(survey, pillar.name)
        for each in pillar.inputs
        for name in each.of
    ]
    return (*PILLARS, *series)


def refuse(survey: Survey, place: str, name: str, value: float) -> None:
    """Refuse a change that makes no sense in this edition, saying why."""
    row, year = survey.at(place), survey.year
    names = changeable(survey)
    means = (e.name for p in survey.edition.pillars for e in p.inputs if set(e.of) <= set(names))
    if name not in names and name not in means:
        raise NothingToChange(name=name, edition=year, names=", ".join(names))
    if NO_INDEX in survey.flags[row]:
        raise NoIndexThere(place=place, edition=year)
    high = 1.0 if name in PILLARS else 1000.0
    if not 0.0 <= value <= high:
        raise OutOfRange(name=name, value=value, place=place, low="0", high=f"{high:g}")
    if name not in PILLARS:
        lacking = _lacking(survey, row, name.split(".")[0])
        if lacking:
            raise NoInputThere(
                place=place,
                lacking=", ".join(lacking),
                edition=year,
                name=name,
                pillar=name.split(".")[0].upper(),
            )


def _series(survey: Survey, pillar: str) -> Iterable[str]:
    return (name for each in survey.edition.pillar(pillar).inputs for name in each.of)


def _series_of(pillar: Pillar, name: str) -> tuple[str, ...]:
    """The series that a name stands for: itself, or all those an input is the mean of."""
    return next((each.of for each in pillar.inputs if each.name == name), (name,))


def _lacking(survey: Survey, row: int, pillar: str) -> list[str]:
    names = survey.input_names
    return [
        name
        for name in _series(survey, pillar)
        if math.isnan(survey.inputs[row, names.index(name)])
    ]


def pillar_after(
    survey: Survey, pillar: str, changes: Mapping[tuple[str, str], float]
) -> tuple[Floats, tuple[str, ...]]:
    """A pillar after its changes, and the countries that could not be renormalised."""
    method = survey.edition.pillar(pillar)
    values = survey.pillars[:, PILLARS.index(pillar)].copy()
    unmoved: tuple[str, ...] = ()
    series = {key: value for key, value in changes.items() if key[1] != pillar}
    known = baseline(survey, pillar)
    if series and known is not None:
        inputs = survey.inputs.copy()
        for (place, name), value in series.items():
            for each in _series_of(method, name):
                inputs[survey.at(place), survey.input_names.index(each)] = value
        values += _moves(method, known, prepared(method, survey, inputs))
        unmoved = tuple(survey.places[row] for row in np.flatnonzero(np.isnan(known.summed)))
    for (place, name), value in changes.items():
        if name == pillar:
            values[survey.at(place)] = value
    return _stretched(values, survey.pillars[:, PILLARS.index(pillar)], method.scaling), unmoved


def _stretched(values: Floats, published: Floats, scaling: Scaling) -> Floats:
    """A pillar stretched again, where the published one was: its ends are then 0 and 1.

    The ends of an edition whose method is not known yet may be others; it stays as it is.
    """
    at_0 = scaling is not Scaling.MIN_MAX or float(np.nanmin(published)) == 0.0
    at_1 = scaling is not Scaling.RAW and float(np.nanmax(published)) == 1.0
    return scaled(values, scaling) if at_0 and at_1 else values


def _moves(method: Pillar, known: Baseline, columns: Floats) -> Floats:
    """How far each country's pillar moves, shape (n,), when inputs become these columns.

    A missing input is taken to lie at the mean, so that its country is carried along when the
    mean shifts under everyone; else it would gain or lose against all others by standing still.
    """
    means, now_means = np.nanmean(known.columns, axis=0), np.nanmean(columns, axis=0)
    if not method.standardised:
        means, now_means = np.zeros_like(means), np.zeros_like(means)
    before = np.where(np.isnan(known.columns), means, known.columns)
    after = np.where(np.isnan(columns), means, columns)
    scores = (after - now_means) / spread(method, columns) - (before - means) / known.spread
    moves: Floats = known.line.slope * (scores @ shares(method))
    return moves


def _ranks(survey: Survey, egdi: Floats) -> Ints:
    ranks = survey.ranks.copy()
    rows = np.flatnonzero(survey.ranked)
    scores = egdi[rows]
    if survey.edition.ties_apart:
        scores = scores - APART * survey.ranks[rows]
    ranks[rows] = ranks_of(scores)
    return ranks


@lru_cache(maxsize=64)
def _published(survey: Survey) -> Mapping[str, Standing]:
    return _standings(survey, survey.ranks, survey.egdi, survey.pillars)


def _standings(
    survey: Survey, ranks: Ints, egdi: Floats, pillars: Floats
) -> Mapping[str, Standing]:
    parts = pillars.astype(object)
    parts[np.isnan(pillars)] = None
    columns = zip(
        survey.places, survey.ranked.tolist(), ranks.tolist(), egdi.tolist(), parts, strict=True
    )
    return MappingProxyType(
        {place: Standing(rank, score, *own) for place, has, rank, score, own in columns if has}
    )
