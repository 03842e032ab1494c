"""A survey: one edition's method together with its published figures.

Arrays run over the edition's member states in the order of `places`. A value that was not
published is NaN here and named by `missing`; it is never dropped and never set to 0.

Source: ours; the figures' sources stand in `figures/SOURCES.toml`.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self, TypeVar

import numpy as np
import numpy.typing as npt

from marra.index.edition import PILLARS, Edition
from marra.kit.errors import Invalid, NotFound
from marra.kit.text import gettext_noop

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Number = TypeVar("Number", np.float64, np.int64)
Item = TypeVar("Item", covariant=True)

NO_INDEX = "no_index"
MISSING = ("_missing", "_missing_presumed")


class NotInEdition(NotFound):
    """The country has no row in this edition."""

    sentence = gettext_noop(
        "{place} has no figures in the edition of {edition}: it was not a member state then, "
        "or the code is wrong."
    )


class WrongRow(Invalid):
    """A row of figures cannot stand beside the others."""

    sentence = gettext_noop("{place} in edition {edition}: {what}. Correct the row.")


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """What an edition says of one country, digits as published."""

    place: str
    rank: int
    egdi: float
    osi: float
    tii: float
    hci: float
    epi: float | None = None
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RawInput:
    """One raw value behind a pillar: uncapped, in the unit that the edition names."""

    place: str
    indicator: str
    value: float
    unit: str
    source: str
    data_year: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """The figures of one edition, as published, and the raw inputs known for it.

    Shapes: n member states; `pillars` is (n, 3) in the order OSI, TII, HCI; `inputs` is
    (n, k) in the order of `input_names`, raw (uncapped), NaN where unknown.
    """

    edition: Edition
    places: tuple[str, ...]  # ISO 3166 alpha-3, in alphabetical order
    ranks: Ints  # as published
    egdi: Floats  # as published
    pillars: Floats  # as published, NaN where the flag says missing
    epi: Floats  # as published
    flags: tuple[frozenset[str], ...]  # no_index, hci_missing, egdi_inconsistent, ...
    input_names: tuple[str, ...]  # series, qualified: "tii.internet"
    inputs: Floats
    input_facts: Mapping[tuple[str, str], RawInput]  # by place and series
    version: str  # data version: what figures these are, printed in every output
    rows: Mapping[str, int] = field(default_factory=dict)  # place -> row

    @property
    def year(self) -> int:
        """The edition's year."""
        return self.edition.year

    def at(self, place: str) -> int:
        """The row of a place; refuses with `NotInEdition`."""
        if place not in self.rows:
            raise NotInEdition(place=place, edition=self.year)
        return self.rows[place]

    @property
    def ranked(self) -> npt.NDArray[np.bool_]:
        """Which rows have an index, shape (n,)."""
        return np.array([NO_INDEX not in flags for flags in self.flags])

    def missing(self) -> dict[str, tuple[str, ...]]:
        """Each country without a value, with what it lacks: nothing is left out in silence."""
        found: dict[str, tuple[str, ...]] = {}
        for row, place in enumerate(self.places):
            lacks = [PILLARS[i] for i in range(3) if math.isnan(self.pillars[row, i])]
            if NO_INDEX in self.flags[row]:
                lacks.insert(0, "egdi")
            if lacks:
                found[place] = tuple(lacks)
        return found


class Versioned(tuple[Item, ...]):
    """Results in a row that say which figures and which method they follow from."""

    data_version: str
    edition_version: str

    @classmethod
    def of(cls, items: Iterable[Item], *surveys: Survey) -> Self:
        """The results, with the versions of the surveys, each once and parted by blanks."""
        made = cls(items)
        made.data_version = " ".join(dict.fromkeys(each.version for each in surveys))
        made.edition_version = " ".join(each.edition.version for each in surveys)
        return made


def build(
    edition: Edition, rows: Iterable[PublishedRow], inputs: Iterable[RawInput], version: str
) -> Survey:
    """A survey from rows of figures, from wherever they come.

    A pillar flagged `..._missing` becomes NaN; a country that stands twice is refused with
    `WrongRow`; inputs of places or series that the edition does not have are refused too.
    """
    ordered = sorted(rows, key=lambda row: row.place)
    places = tuple(row.place for row in ordered)
    index = {place: row for row, place in enumerate(places)}
    if len(index) != len(places):
        twice = next(place for place in places if places.count(place) > 1)
        raise WrongRow(place=twice, edition=edition.year, what="stands twice")
    names, values, facts = _inputs(edition, index, inputs)
    return Survey(
        edition=edition,
        places=places,
        ranks=_kept(np.array([row.rank for row in ordered], dtype=np.int64)),
        egdi=_kept(np.array([row.egdi for row in ordered], dtype=np.float64)),
        pillars=_kept(np.array([_pillars(row) for row in ordered]).reshape(-1, 3)),
        epi=_kept(np.array([math.nan if row.epi is None else row.epi for row in ordered])),
        flags=tuple(row.flags for row in ordered),
        input_names=names,
        inputs=_kept(values),
        input_facts=MappingProxyType(facts),
        version=version,
        rows=MappingProxyType(index),
    )


def _kept(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """The same array, closed for writing: surveys are shared between questions."""
    values.setflags(write=False)
    return values


def _pillars(row: PublishedRow) -> list[float]:
    return [
        math.nan
        if any(f"{name}{ending}" in row.flags for ending in MISSING)
        else getattr(row, name)
        for name in PILLARS
    ]


def _inputs(
    edition: Edition, index: Mapping[str, int], inputs: Iterable[RawInput]
) -> tuple[tuple[str, ...], Floats, dict[tuple[str, str], RawInput]]:
    named = [series for p in edition.pillars for each in p.inputs for series in each.of]
    given = list(inputs)
    present = {raw.indicator for raw in given}
    names = tuple(name for name in named if name in present)
    values = np.full((len(index), len(names)), math.nan)
    facts: dict[tuple[str, str], RawInput] = {}
    for raw in given:
        if raw.indicator not in names or raw.place not in index:
            what = f"“{raw.indicator}” is not an input of this edition or country"
            raise WrongRow(place=raw.place, edition=edition.year, what=what)
        values[index[raw.place], names.index(raw.indicator)] = raw.value
        facts[raw.place, raw.indicator] = raw
    return names, values, facts
