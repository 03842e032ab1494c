"""Scenario: what the odds become if one country has certain figures by an edition.

Everyone else goes on as simulated. What is changed grows in equal steps: nothing in the latest
edition, all of it in the edition by which it is reached, and as much in later ones. The answer is
again a distribution for every edition, beside the one in which nothing changes. How much each part
carries is its Shapley share: its gain averaged over all orders in which the parts may come.

Source: ours; L. S. Shapley, A Value for n-Person Games (1953), for the shares.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import Final

import numpy as np

from marra.index.edition import PILLARS
from marra.index.projection.change import Given, given, uplift
from marra.index.projection.futures import Outlook
from marra.index.projection.ground import Ground, Still
from marra.index.survey import Floats, Survey

SUBSETS: Final = [
    each for size in range(len(PILLARS) + 1) for each in combinations(range(3), size)
]


@dataclass(frozen=True, slots=True)
class Carried:
    """What one part does in one edition; EGDI points and odds add up over the parts."""

    part: str
    before: float  # the median of doing nothing
    after: float  # the median of the scenario
    points: float  # of EGDI, on average over the futures
    odds: float  # of the goal, 0 to 1
    at_most: float  # the share of futures in which the part ends at 1


@dataclass(frozen=True, slots=True)
class Ahead:
    """One edition: doing nothing, the scenario, and which part carries what."""

    edition: int
    share: float  # of the change that is there by then, 0 to 1
    before: Outlook
    after: Outlook
    parts: tuple[Carried, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """The answer for all editions ahead."""

    place: str
    by: int
    k: int
    given: tuple[Given, ...]
    points: Mapping[str, float]  # of each part, in the edition by which it is reached
    editions: tuple[Ahead, ...]
    origin: int
    futures: int
    seed: int | None
    data_version: str
    edition_version: str
    method_version: str

    def at(self, edition: int) -> Ahead:
        """One edition; KeyError where it has no futures."""
        return {each.edition: each for each in self.editions}[edition]


def scenario(
    survey: Survey, still: Ground, changes: Mapping[str, float], *, by: int | None = None
) -> Scenario:
    """The odds in every edition if the country has these figures by one of them, else the last.

    `changes` names parts (`osi`, 0 to 1) and inputs of the latest edition, `survey`, in their own
    units. Refuses what `what_if` refuses, with `GivenTwice` and with `NotAhead`.

    >>> from marra.index.load import known, load
    >>> from marra.index.projection.ground import ground
    >>> from marra.index.projection.project import project
    >>> surveys = {year: load(year) for year in known()}
    >>> futures = project(surveys, to=2030, rng=np.random.default_rng(0), futures=2000)
    >>> found = scenario(surveys[2024], ground(futures, "UZB"), {"osi": 0.95})
    >>> last = found.at(2030)
    >>> last.before.rank_median > last.after.rank_median, last.before.p_top < last.after.p_top
    (True, True)
    """
    year = still.editions[-1] if by is None else by
    found = given(survey, still.at(year), still.place, changes)
    points = uplift(found)
    return Scenario(
        place=still.place,
        by=year,
        k=still.k,
        given=tuple(found),
        points=dict(zip(PILLARS, points.tolist(), strict=True)),
        editions=tuple(
            _ahead(each, points, share_of(still.origin, each.edition, year))
            for each in still.stills
        ),
        origin=still.origin,
        futures=still.futures,
        seed=still.seed,
        data_version=still.data_version,
        edition_version=still.edition_version,
        method_version=still.method_version,
    )


def share_of(origin: int, edition: int, by: int) -> float:
    """How much of a change is there in an edition.

    >>> share_of(2024, 2026, 2028), share_of(2024, 2030, 2028)
    (0.5, 1.0)
    """
    return min((edition - origin) / (by - origin), 1.0)


def _ahead(still: Still, points: Floats, share: float) -> Ahead:
    gains = still.gains(share * points)
    after = still.told(still.raised(gains))
    return Ahead(still.edition, share, still.outlook, after, _carried(still, gains))


def _carried(still: Still, gains: Floats) -> tuple[Carried, ...]:
    odds = _shares(still, gains)
    moved = still.parts + gains
    medians, points = np.median(moved, axis=0), gains.mean(axis=0) * still.world.weights
    full = ((moved >= 1.0) & (still.parts < 1.0)).mean(axis=0)
    return tuple(
        Carried(
            part=name,
            before=float(still.medians[at]),
            after=float(medians[at]),
            points=float(points[at]),
            odds=odds[at],
            at_most=float(full[at]),
        )
        for at, name in enumerate(PILLARS)
    )


def _shares(still: Still, gains: Floats) -> list[float]:
    """Each part's Shapley share of the odds that are gained, exact."""
    worth = {}
    for subset in SUBSETS:
        kept = np.zeros_like(gains)
        kept[:, list(subset)] = gains[:, list(subset)]
        worth[subset] = still.odds(still.raised(kept))
    count = len(PILLARS)
    found = []
    for part in range(count):
        share = 0.0
        for subset in SUBSETS:
            if part in subset:
                continue
            weight = factorial(len(subset)) * factorial(count - len(subset) - 1)
            added = worth[tuple(sorted((*subset, part)))] - worth[subset]
            share += weight * added / factorial(count)
        found.append(share)
    return found
