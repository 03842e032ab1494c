"""Sobol indices: how much of an outcome's variance each uncertain factor explains.

First order: the share of the variance that goes when one factor becomes known. Total order: the
share that stays while only that factor is unknown. What total has over first is interaction.

Two samples A and B of n points each; for each factor a third that is A with that factor from B:
n (d + 2) evaluations. First order by Saltelli's estimator, total order by Jansen's, both centred.
The error is the standard deviation over bootstrap samples of the n points. An outcome that never
varies has no variance to share out: its indices are NaN, not 0.

A factor may stand for a whole group, such as the errors of all rivals. Then it holds the number
of a draw made beforehand: A has the draws 0 to n - 1, B the draws n to 2 n - 1.

Source: A. Saltelli and others, Variance based sensitivity analysis of model output, Computer
Physics Communications 181 (2010), table 2, lines (b) and (f).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index.survey import Floats, Ints
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

Model = Callable[[Floats], Floats]
"""Outcomes of points in the unit cube: (points, d) -> (points, outcomes)."""

RESAMPLES: Final = 200
VANISHING: Final = 1e-15
LEAST: Final = 64
MOST: Final = 65536


class WrongSize(Invalid):
    """The sample is no power of two."""

    sentence = gettext_noop(
        "A sample of {n} points cannot be used. Take a power of two from {least} to {most}."
    )


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """Sobol indices of each outcome, shapes (outcomes, d), and its moments, (outcomes,)."""

    first: Floats
    total: Floats
    first_error: Floats  # bootstrap standard deviation
    total_error: Floats
    mean: Floats
    variance: Floats
    evaluations: int


def indices(
    model: Model, factors: int, *, n: int, rng: np.random.Generator, groups: Iterable[int] = ()
) -> Indices:
    """First and total order indices of a model's outcomes; refuses with `WrongSize`.

    >>> weights, rng = np.array([[3.0], [4.0]]), np.random.default_rng(0)
    >>> indices(lambda points: points @ weights, 2, n=256, rng=rng).total.round(2)
    array([[0.36, 0.64]])
    """
    a, b = samples(factors, n, rng)
    for group in groups:
        a[:, group], b[:, group] = numbered(n)
    points = np.concatenate([a, b, *(_mixed(a, b, factor) for factor in range(factors))])
    told = np.asarray(model(points), np.float64).reshape(factors + 2, n, -1)
    terms = _Terms(told - told[:2].mean(axis=(0, 1)))
    first, total = terms.shares(np.full((1, n), 1 / n))
    firsts, totals = terms.shares(rng.multinomial(n, np.full(n, 1 / n), RESAMPLES) / n)
    return Indices(
        first=first[..., 0],
        total=total[..., 0],
        first_error=firsts.std(axis=-1),
        total_error=totals.std(axis=-1),
        mean=told[:2].mean(axis=(0, 1)),
        variance=told[:2].var(axis=(0, 1)),
        evaluations=len(points),
    )


def samples(factors: int, n: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Two scrambled Sobol samples in the unit cube, (n, d) each; refuses with `WrongSize`.

    >>> a, b = samples(3, 64, np.random.default_rng(0))
    >>> a.shape, bool(0 < a.min() and b.max() < 1)
    ((64, 3), True)
    """
    if n & (n - 1) or not LEAST <= n <= MOST:
        raise WrongSize(n=n, least=LEAST, most=MOST)
    from scipy.stats import qmc  # deferred: a second that other commands need not spend

    points = qmc.Sobol(2 * factors, scramble=True, rng=rng).random_base2(n.bit_length() - 1)
    points = np.clip(points, 2.0**-40, 1 - 2.0**-40)  # quantile functions end at 0 and 1
    return points[:, :factors].copy(), points[:, factors:].copy()


def numbered(n: int) -> tuple[Floats, Floats]:
    """A group's factor in both samples: the numbers of 2 n draws, as points of the interval."""
    numbers = (np.arange(2 * n) + 0.5) / (2 * n)
    return numbers[:n], numbers[n:]


def number_of(points: Floats, draws: int) -> Ints:
    """The number of the draw that a group's factor stands for, 0 to draws - 1.

    >>> number_of(np.concatenate(numbered(2)), 4).tolist()
    [0, 1, 2, 3]
    """
    return (points * draws).astype(np.int64)


def _mixed(a: Floats, b: Floats, factor: int) -> Floats:
    points = a.copy()
    points[:, factor] = b[:, factor]
    return points


class _Terms:
    """What the estimators add up, point by point; outcomes come as (d + 2, n, outcomes)."""

    def __init__(self, outcomes: Floats) -> None:
        of_a, of_b = outcomes[0].T[:, None], outcomes[1].T[:, None]
        of_mixed = outcomes[2:].transpose(2, 0, 1)
        self._first = of_b * (of_mixed - of_a)  # (outcomes, d, n)
        self._total = (of_mixed - of_a) ** 2 / 2
        self._moments = np.concatenate([of_a + of_b, of_a**2 + of_b**2], axis=1) / 2

    def shares(self, weights: Floats) -> tuple[Floats, Floats]:
        """Both indices under weights of the points: (samples, n) -> (outcomes, d, samples)."""
        mean, square = (self._moments @ weights.T).transpose(1, 0, 2)
        variance = square - mean**2
        variance = np.where(variance > VANISHING, variance, np.nan)[:, None]
        return self._first @ weights.T / variance, self._total @ weights.T / variance
