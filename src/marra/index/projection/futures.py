"""Futures: what the simulated editions say of a country and a goal.

Source: ours.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index.plan.stakes import Lever, Stakes
from marra.index.projection.evidence import Evidence
from marra.index.projection.levers import levers
from marra.index.projection.method import VERSION, Method
from marra.index.projection.scores import cumulated, quantile
from marra.index.projection.worlds import Singles, World
from marra.index.ranks import NoScore
from marra.index.survey import Floats, Ints, Survey
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

SHARES: Final = (0.1, 0.25, 0.5, 0.75, 0.9)
"""What of a distribution is told: its median and its middle 50 and 80 %."""


class NotProjected(Invalid):
    """The futures do not reach to that edition, or skip it."""

    sentence = gettext_noop("There is no future of {edition}. Choose one of these: {editions}.")


class NoSuchGoal(Invalid):
    """A place that nobody can hold."""

    sentence = gettext_noop("There is no place {k}. Choose one from 1 to {last}.")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the futures of one edition say of a country; a rank's quantiles, best first."""

    edition: int
    p_top: float  # the chance to stand at the goal or better, 0 to 1
    rank_median: int
    rank_p10: int  # a tenth of the futures is this good or better
    rank_p25: int
    rank_p75: int
    rank_p90: int
    egdi_median: float
    egdi_p10: float  # a tenth of the futures is this low or lower
    egdi_p90: float
    goal_median: float  # the score of the best competitor that must be reached


@dataclass(frozen=True, slots=True, eq=False)
class Futures:
    """R joint futures of n countries in the editions to come."""

    origin: int
    places: tuple[str, ...]
    left_out: tuple[str, ...]  # countries without all three parts at the origin
    worlds: tuple[World, ...]
    futures: int
    seed: int | None
    method: Method
    data_version: str
    edition_version: str
    method_version: str = VERSION
    evidence: Evidence | None = None  # of the next edition, where inputs were taken into account

    @property
    def editions(self) -> tuple[int, ...]:
        """The editions that are projected."""
        return tuple(world.edition for world in self.worlds)

    def world(self, edition: int) -> World:
        """The futures of one edition; refuses with `NotProjected`."""
        for world in self.worlds:
            if world.edition == edition:
                return world
        raise NotProjected(edition=edition, editions=", ".join(map(str, self.editions)))

    def row(self, place: str) -> int:
        """The column of a country; refuses with `NoScore` where it is left out."""
        if place not in self.places:
            raise NoScore(country=place)
        return self.places.index(place)

    def counts(self, edition: int) -> Ints:
        """How often each country has each rank, (n, n), rank 1 first."""
        return self.world(edition).counts

    def outlook(self, place: str, edition: int, k: int = 30) -> Outlook:
        """What the futures of an edition say of a country."""
        world, row = self.world(edition), self.row(place)
        goal = float(np.median(self.threshold(place, edition, k)))
        return outlook_of(edition, world.counts[row], world.scores[:, row], self.goal(k), goal)

    def threshold(self, place: str, edition: int, k: int = 30) -> Floats:
        """The score of the k-th best competitor in each future, (R,)."""
        others = np.delete(self.world(edition).scores, self.row(place), axis=1)
        at = others.shape[1] - self.goal(k)
        if at < 0:  # behind everyone is still the last place
            return np.full(len(others), -np.inf)
        found: Floats = np.partition(others, at, axis=1)[:, at].astype(np.float64)
        return found

    def stakes(self, survey: Survey, place: str, edition: int, k: int = 30) -> Stakes:
        """The futures as a plan sees them; `survey` gives what moves the parts, as published."""
        world = self.world(edition)
        known: dict[str, Lever] = levers(survey, place)
        return Stakes(
            place=place,
            edition=edition,
            k=k,
            parts=world.parts(self.row(place)).astype(np.float64),
            threshold=self.threshold(place, edition, k),
            weights=world.weights,
            levers=known,
            seed=self.seed or 0,
            data_version=self.data_version,
            edition_version=self.edition_version,
            method_version=self.method_version,
        )

    def goal(self, k: int) -> int:
        """The place itself; refuses with `NoSuchGoal` one that nobody can hold."""
        if not 1 <= k <= len(self.places):
            raise NoSuchGoal(k=k, last=len(self.places))
        return k


def outlook_of(edition: int, counts: Ints, scores: Singles, k: int, goal: float) -> Outlook:
    """What rank counts (n,) and scores (R,) of a country say; `goal` is the median threshold.

    >>> scores = np.array([0.5, 0.6, 0.7], np.float32)
    >>> found = outlook_of(2030, np.array([1, 2, 0]), scores, 1, 0.65)
    >>> found.rank_median, round(found.p_top, 3), round(found.egdi_median, 3)
    (2, 0.333, 0.6)
    """
    at_most = cumulated(counts)
    ranks = [int(quantile(at_most[None], share)[0]) for share in SHARES]
    low, middle, high = np.quantile(scores, (0.1, 0.5, 0.9)).tolist()
    return Outlook(
        edition=edition,
        p_top=float(at_most[k - 1]),
        rank_median=ranks[2],
        rank_p10=ranks[0],
        rank_p25=ranks[1],
        rank_p75=ranks[3],
        rank_p90=ranks[4],
        egdi_median=middle,
        egdi_p10=low,
        egdi_p90=high,
        goal_median=goal,
    )
