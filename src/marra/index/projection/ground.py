"""Ground: one country's futures while nothing changes, kept so that many scenarios may be asked.

Everyone else's futures stay as they are: in future 17 of a scenario the competitors stand where
they stand in future 17 of doing nothing. So two scenarios differ by what was changed, never by
chance.

Source: ours.
"""

from dataclasses import dataclass

import numpy as np

from marra.index.projection.futures import Futures, Outlook, outlook_of
from marra.index.projection.worlds import Singles, World
from marra.index.survey import Floats, Ints
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop


class NotAhead(Invalid):
    """An edition by which nothing can be reached, for it has no futures."""

    sentence = gettext_noop(
        "Nothing can be reached by {edition}. Choose one of these: {editions}."
    )


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """One edition without a change: the country's parts, and the score that it must reach."""

    world: World
    row: int
    k: int
    parts: Singles  # (R, 3)
    medians: Floats  # (3,), of the parts
    threshold: Floats  # (R,), the score of the k-th best competitor
    outlook: Outlook

    @property
    def edition(self) -> int:
        """The edition's year."""
        return self.world.edition

    def gains(self, uplift: Floats) -> Floats:
        """What each part really gains in each future, (R, 3): a part ends at 0 and at 1.

        One that lies outside anyway, as simulated ones may do at the bottom, stays what it is.
        """
        ends = np.minimum(self.parts, 0.0), np.maximum(self.parts, 1.0)
        moved = np.clip(self.parts + uplift, *ends)
        found: Floats = moved - self.parts
        return found

    def raised(self, gains: Floats) -> Singles:
        """The score in each future with those gains, (R,); without any it is the one simulated."""
        found: Singles = (self.world.scores[:, self.row] + gains @ self.world.weights).astype(
            np.float32
        )
        return found

    def odds(self, scores: Singles) -> float:
        """The share of futures in which the goal is reached with these scores."""
        return float((scores >= self.threshold).mean())

    def told(self, scores: Singles) -> Outlook:
        """What the futures say of the country with these scores."""
        others = self.world.scores
        better: Ints = (others > scores[:, None]).sum(axis=1)
        better -= others[:, self.row] > scores  # the country itself, as it was without a change
        counts: Ints = np.bincount(better, minlength=others.shape[1])
        return outlook_of(self.edition, counts, scores, self.k, self.outlook.goal_median)


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """All editions ahead of one country, and what the answers must say of themselves."""

    place: str
    k: int
    origin: int
    stills: tuple[Still, ...]
    futures: int
    seed: int | None
    data_version: str
    edition_version: str
    method_version: str

    @property
    def editions(self) -> tuple[int, ...]:
        """The editions that have futures."""
        return tuple(still.edition for still in self.stills)

    def at(self, edition: int) -> Still:
        """One edition; refuses with `NotAhead`."""
        for still in self.stills:
            if still.edition == edition:
                return still
        raise NotAhead(edition=edition, editions=", ".join(map(str, self.editions)))


def ground(futures: Futures, place: str, k: int = 30) -> Ground:
    """A country's futures while nothing changes; refuses with `NoScore` and `NoSuchGoal`.

    >>> from marra.index.load import known, load
    >>> from marra.index.projection.project import project
    >>> surveys = {year: load(year) for year in known()}
    >>> found = project(surveys, to=2028, rng=np.random.default_rng(0), futures=200)
    >>> own = ground(found, "UZB").at(2028)
    >>> own.told(own.raised(own.gains(np.zeros(3)))) == own.outlook == found.outlook("UZB", 2028)
    True
    """
    goal = futures.goal(k)
    return Ground(
        place=place,
        k=goal,
        origin=futures.origin,
        stills=tuple(_still(futures, world, place, goal) for world in futures.worlds),
        futures=futures.futures,
        seed=futures.seed,
        data_version=futures.data_version,
        edition_version=futures.edition_version,
        method_version=futures.method_version,
    )


def _still(futures: Futures, world: World, place: str, k: int) -> Still:
    row = futures.row(place)
    parts, threshold = world.parts(row), futures.threshold(place, world.edition, k)
    goal = float(np.median(threshold))
    return Still(
        world=world,
        row=row,
        k=k,
        parts=parts,
        medians=np.median(parts, axis=0).astype(np.float64),
        threshold=threshold,
        outlook=outlook_of(world.edition, world.counts[row], world.scores[:, row], k, goal),
    )
