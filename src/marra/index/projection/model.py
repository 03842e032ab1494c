"""Model: the expected change of every country over one horizon, and the surprises around it.

The change of a country's standing over h years is a ridge regression on its features, learnt from
all pairs of editions that lie h years apart. Around it stand the residuals of those pairs, whole
vectors of the three parts, so that their dependence is kept; a country borrows those of countries
that stood about where it stands.

Everything is told on the scale of the latest edition: the mean and the deviation of a part stay
what they are there. Printed scores will not: every edition is stretched anew and its method may
change, which moves everyone's score and hardly a rank. Pairs of editions that overlap are not
independent, so there is less in the past than it seems.

Source: ours.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from marra.index.projection.method import Method, design
from marra.index.projection.panel import EVERY, Panel
from marra.index.survey import Floats, Ints
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

LEAST_WINDOWS: Final = 2

Donors = npt.NDArray[np.uint16]


class TooFar(Invalid):
    """There is no past that reaches as far as the future asked for."""

    sentence = gettext_noop(
        "{edition} lies {horizon} years after {origin}, and fewer than {least} pairs of known "
        "editions lie as far apart. Choose an edition up to {last}."
    )


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """What the past says of the change over one horizon, from m donors.

    A donor is a country in a pair of editions. `likeness` has the chance of each country to borrow
    each donor's surprise.
    """

    expected: Floats  # (n, 3), standing at the horizon
    surprises: Floats  # (m, 3)
    donors: Ints  # (m,), country times 10,000 plus the year that its window began in
    likeness: Floats  # (n, m), rows add up to 1
    mean: Floats  # (3,), of the parts at the origin
    spread: Floats  # (3,)
    windows: tuple[tuple[int, int], ...]  # years of every pair of editions learnt from


def learn(panel: Panel, origin: int, horizon: int, method: Method) -> Learnt:
    """Learn the changes over a horizon from what was known at the origin.

    Refuses with `TooFar` where fewer than two pairs of editions lie so far apart.
    """
    known = panel.until(origin)
    windows = known.windows(horizon)
    if len(windows) < LEAST_WINDOWS:
        raise TooFar(
            edition=origin + horizon,
            horizon=horizon,
            origin=origin,
            least=LEAST_WINDOWS,
            last=origin + _furthest(known),
        )
    rows = [_rows(known, begins, ends, method, origin) for begins, ends in windows]
    features, changes, weight, donors = (np.concatenate(each) for each in zip(*rows, strict=True))
    coefficients = _ridge(features, changes, weight, method.ridge)
    now = known.standing[-1]
    return Learnt(
        expected=now + design(known, len(known.years) - 1, method.features) @ coefficients,
        surprises=changes - features @ coefficients,
        donors=donors,
        likeness=_likeness(features[:, :3], weight, now, method.width),
        mean=known.mean[-1],
        spread=known.spread[-1],
        windows=tuple((known.years[begins], known.years[ends]) for begins, ends in windows),
    )


def _furthest(panel: Panel) -> int:
    last = panel.years[-1] - panel.years[0]
    far = range(EVERY, last, EVERY)
    return max((h for h in far if len(panel.windows(h)) >= LEAST_WINDOWS), default=0)


def _rows(
    panel: Panel, begins: int, ends: int, method: Method, origin: int
) -> tuple[Floats, Floats, Floats, Ints]:
    """Features, changes, weights and donors of one pair of editions."""
    features = design(panel, begins, method.features)
    changes = panel.standing[ends] - panel.standing[begins]
    known = np.flatnonzero(~np.isnan(features).any(axis=1) & ~np.isnan(changes).any(axis=1))
    weight = np.full(len(known), method.memory ** ((origin - panel.years[ends]) / 2))
    return features[known], changes[known], weight, known * 10_000 + panel.years[begins]


def _ridge(features: Floats, changes: Floats, weight: Floats, penalty: float) -> Floats:
    """Weighted ridge coefficients, (K, 3); the constant is not held back."""
    held = np.full(features.shape[1], penalty)
    held[-1] = 0.0
    weighted = features.T * weight
    solved = np.linalg.solve(weighted @ features + np.diag(held), weighted @ changes)
    return np.asarray(solved, np.float64)


def _likeness(levels: Floats, weight: Floats, now: Floats, width: float) -> Floats:
    """The chance of each country to borrow from each donor, by how near their means stand."""
    apart = (levels.mean(axis=1)[None, :] - now.mean(axis=1)[:, None]) / width
    kernel: Floats = np.exp(-0.5 * np.nan_to_num(apart) ** 2) * weight
    return np.asarray(kernel / kernel.sum(axis=1, keepdims=True), np.float64)
