"""Evidence: where inputs that are out already put each country in an edition that is not.

TII is computed from its inputs by the formula of the edition before, the new one not being known
yet, and standardised over all countries. Inputs of HCI are standardised one by one, because the
survey fills many of them with values of its own and its weights are recalled only.

Whatever a series lacks for the edition in question it lacks in the past that is learnt from too:
one that is an edition behind gives way to the figures of the edition before, and one that is
missing is left out, so that the past shows what such evidence is worth.

Source: ours; formulas are those of the edition files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from marra.index.components import Components, components_version
from marra.index.edition import PILLARS, Input, Pillar
from marra.index.method import definition
from marra.index.method import known as packaged
from marra.index.projection.panel import Panel
from marra.index.projection.sheets import STANDS_FOR, Series, Sheet, State, sheet, standing
from marra.index.survey import Floats

TII: Final = PILLARS.index("tii")
HCI: Final = PILLARS.index("hci")
HCI_INPUTS: Final = ("hci.literacy", "hci.enrolment", "hci.expected_years", "hci.mean_years")

MOST_YEARS: Final = 18
"""Of expected schooling, where UNDP cuts it."""

LEAST_SHARE: Final = 0.5
"""Of a formula, more than this weight must be known, over all and in a country."""

Columns = Mapping[int, Floats]
"""By part (1 TII, 2 HCI), (n, q) standings of n countries; NaN where there is no evidence."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What is known of an edition before it appears, and of earlier ones in the same state."""

    target: int
    formula: int  # the edition whose formula of TII is used
    places: tuple[str, ...]
    series: tuple[Series, ...]  # of the target
    columns: Mapping[int, Columns]  # by edition, the target and earlier ones
    version: str  # of the figures

    def of(self, edition: int, places: tuple[str, ...]) -> Columns:
        """The evidence for an edition, for some of the places; empty where there is none."""
        rows = [self.places.index(place) for place in places]
        return {part: found[rows] for part, found in self.columns.get(edition, {}).items()}


def gather(
    components: Components,
    known: Panel,
    target: int,
    *,
    own_formula: bool = False,
    as_late_as: int | None = None,
) -> Evidence:
    """The evidence for the edition after a panel's last; refuses with `NoComponents`.

    With `own_formula` each edition's own formula is used where it is packaged: what could be had
    if changes of the method were announced in time. With `as_late_as` every series is made as late
    as it is for that edition: what evidence like it is worth.
    """
    now = sheet(components, target, known.places)
    formula = _formula(target, known.years[-1], own=own_formula)
    series = _needed(now, formula)
    states = {each.name: each.state for each in series}
    if as_late_as is not None:
        like = sheet(components, as_late_as, known.places).series.values()
        states |= {each.name: each.state for each in like}
    wanted = [year for year in (*known.years, target) if year in components]
    sheets = {year: sheet(components, year, known.places) for year in wanted}
    columns = {}
    for before, edition in pairwise(wanted):
        late = now if edition == target and as_late_as is None else sheets[before]
        used = _formula(edition, before, own=own_formula)
        columns[edition] = _columns(sheets[edition], late, states, used)
    return Evidence(target, formula, known.places, series, columns, components_version(components))


def _formula(edition: int, before: int, *, own: bool) -> int:
    return edition if own and edition in packaged() else before


def _needed(now: Sheet, formula: int) -> tuple[Series, ...]:
    """The series that the evidence wants, those without any figure too."""
    inputs = definition(formula).pillars[TII].inputs
    names = [STANDS_FOR.get(series, series) for each in inputs for series in each.of]
    none = {name: Series(name, State.MISSING, 0, None, None, (), of_the_time=False)
            for name in (*names, *HCI_INPUTS)}  # fmt: skip
    return tuple(now.series.get(name, empty) for name, empty in none.items())


def _columns(own: Sheet, late: Sheet, states: Mapping[str, State], formula: int) -> Columns:
    """The columns of one edition; series that are behind come from the sheet `late`.

    A series that the target does not need says nothing of how late it is, and counts as fresh.
    """
    values = {}
    for name in own.values:
        state = states.get(name, State.FRESH)
        found = (late if state is State.BEHIND else own).values.get(name)
        if found is not None and state is not State.MISSING:
            values[name] = found
    return {
        TII: _composite(definition(formula).pillars[TII], values)[:, None],
        HCI: _inputs_of_hci(values),
    }


def _composite(pillar: Pillar, values: Mapping[str, Floats]) -> Floats:
    """The standing that a pillar's formula gives, (n,), from the inputs there are."""
    count = len(next(iter(values.values())))
    total, weight = np.zeros(count), np.zeros(count)
    of_all = sum(float(each.weight) for each in pillar.inputs)
    share = 0.0
    for each in pillar.inputs:
        column = _input(each, values)
        if column is not None:
            has = ~np.isnan(column)
            total += np.where(has, float(each.weight) * np.nan_to_num(column), 0.0)
            weight += np.where(has, float(each.weight), 0.0)
            share += float(each.weight)
    enough = (weight > LEAST_SHARE * share) & (share > LEAST_SHARE * of_all)
    if not enough.any():
        return np.full(count, np.nan)
    return standing(np.where(enough, total / np.where(weight > 0, weight, 1.0), np.nan))


def _input(each: Input, values: Mapping[str, Floats]) -> Floats | None:
    """One input as the formula takes it, standardised; a mean of prices takes those there are."""
    names = [STANDS_FOR.get(name, name) for name in each.of]
    columns = np.array([values[name] for name in names if name in values])
    if not len(columns):
        return None
    has = (~np.isnan(columns)).sum(axis=0)
    mean = np.where(has > 0, np.nansum(columns, axis=0) / np.maximum(has, 1), np.nan)
    cut = mean if each.cap is None else np.minimum(mean, each.cap)
    return each.direction * standing(cut)


def _inputs_of_hci(values: Mapping[str, Floats]) -> Floats:
    """Each input of HCI, standardised, (n, 4); NaN throughout where half of them are missing."""
    count = len(next(iter(values.values())))
    found = np.full((count, len(HCI_INPUTS)), np.nan)
    for column, name in enumerate(HCI_INPUTS):
        if name in values:
            top = MOST_YEARS if name == "hci.expected_years" else np.inf
            found[:, column] = standing(np.minimum(values[name], top))
    few = (~np.isnan(found)).sum(axis=1) < LEAST_SHARE * len(HCI_INPUTS)
    found[few] = np.nan
    return found
