"""Panel: all editions side by side, each country's parts standardised within its edition.

Methods change between editions and scores are relative to the best and the worst, so levels of two
editions cannot be compared. What can be compared is where a country lies among all others: each
part less its mean over the countries of the edition, divided by their deviation. The mean and the
deviation themselves, common to all, are kept beside it.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from marra.index.compute import weights
from marra.index.survey import NO_INDEX, Floats, Survey
from marra.kit.errors import Invalid
from marra.kit.places import PLACES
from marra.kit.text import gettext_noop

EVERY: Final = 2
"""Years between editions since 2008."""

REGIONS: Final = ("africa", "americas", "asia", "europe")
"""Regions told apart by a column of their own; Oceania is what is left."""


class TooFewEditions(Invalid):
    """A projection learns from what happened between editions."""

    sentence = gettext_noop(
        "{count} editions are too few to project from. Take in at least {least}."
    )


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """E editions of n countries; NaN where a country has no index or no such part.

    The countries are those of the latest edition, in the order of their codes.
    """

    years: tuple[int, ...]
    places: tuple[str, ...]
    parts: Floats  # (E, n, 3), as published
    ranks: Floats  # (E, n), as published
    mean: Floats  # (E, 3), of the parts over the countries of the edition
    spread: Floats  # (E, 3), their population deviation
    standing: Floats  # (E, n, 3), (parts - mean) / spread
    regions: Floats  # (n, 4), 1 in the column of the country's region
    weights: Floats  # (3,), of the latest edition
    data_version: str
    edition_version: str

    def at(self, year: int) -> int:
        """The row of an edition."""
        return self.years.index(year)

    def until(self, year: int) -> Self:
        """What was known when that edition had appeared."""
        last = self.at(year) + 1
        return replace(
            self,
            years=self.years[:last],
            parts=self.parts[:last],
            ranks=self.ranks[:last],
            mean=self.mean[:last],
            spread=self.spread[:last],
            standing=self.standing[:last],
        )

    def whole(self) -> Self:
        """Only the countries that have all three parts in the latest edition."""
        has = ~np.isnan(self.parts[-1]).any(axis=1)
        if has.all():
            return self
        return replace(
            self,
            places=tuple(place for place, it in zip(self.places, has, strict=True) if it),
            parts=self.parts[:, has],
            ranks=self.ranks[:, has],
            standing=self.standing[:, has],
            regions=self.regions[has],
        )

    def windows(self, horizon: int) -> list[tuple[int, int]]:
        """The rows of every two editions so many years apart, the oldest first.

        >>> from marra.index.load import load
        >>> known = panel({year: load(year) for year in (2014, 2016, 2018, 2020)})
        >>> known.windows(4)
        [(0, 2), (1, 3)]
        """
        return [
            (row, self.at(year + horizon))
            for row, year in enumerate(self.years)
            if year + horizon in self.years
        ]


def panel(surveys: Mapping[int, Survey]) -> Panel:
    """All editions side by side; refuses with `TooFewEditions` below two."""
    years = tuple(sorted(surveys))
    if len(years) < 2:
        raise TooFewEditions(count=len(years), least=2)
    latest = surveys[years[-1]]
    known = [_columns(surveys[year], latest.places) for year in years]
    parts = np.stack([part for part, _ in known])
    mean, spread = np.nanmean(parts, axis=1), np.nanstd(parts, axis=1)
    return Panel(
        years=years,
        places=latest.places,
        parts=parts,
        ranks=np.stack([ranks for _, ranks in known]),
        mean=mean,
        spread=spread,
        standing=(parts - mean[:, None]) / spread[:, None],
        regions=np.array([[PLACES[p].region == r for r in REGIONS] for p in latest.places], float),
        weights=weights(latest.edition),
        data_version=" ".join(dict.fromkeys(surveys[year].version for year in years)),
        edition_version=" ".join(surveys[year].edition.version for year in years),
    )


def _columns(survey: Survey, places: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Parts (n, 3) and ranks (n,) of one edition, in the order of the panel."""
    parts, ranks = np.full((len(places), 3), np.nan), np.full(len(places), np.nan)
    for row, place in enumerate(places):
        if (own := survey.rows.get(place)) is not None:
            parts[row] = survey.pillars[own]
            if NO_INDEX not in survey.flags[own]:
                ranks[row] = survey.ranks[own]
    return parts, ranks
