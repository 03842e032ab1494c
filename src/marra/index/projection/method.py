"""Method: how changes are learnt from the past, and the methods there are to choose from.

A method says which features of a country tell something of its coming change, how strongly their
coefficients are held back (ridge), how fast the past is forgotten, and how like a country must be
for its surprises to be borrowed. The list is short on purpose: twelve editions cannot tell more
methods apart.

Source: ours; A. E. Hoerl and R. W. Kennard, Ridge Regression (1970), for the estimator.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index.projection.panel import Panel
from marra.index.survey import Floats

VERSION: Final = "ridge-kernel-2"
"""Changes whenever the same figures and seed would give other futures."""

LONG: Final = 4
"""Years of the longer of the two past changes."""


@dataclass(frozen=True, slots=True)
class Method:
    """One way to learn changes; deviations are the unit of everything."""

    features: tuple[str, ...]
    ridge: float = 100.0  # penalty on squared coefficients
    memory: float = 0.9  # weight of a window, for every two years since it ended
    width: float = 0.5  # of the kernel over the mean standing of the three parts

    @property
    def name(self) -> str:
        """What the method is, in one word for files: `levels+lag, ridge 100, ...`."""
        return (
            f"{'+'.join(self.features)} ridge={self.ridge:g} "
            f"memory={self.memory:g} width={self.width:g}"
        )


FEATURES: Final = (
    ("levels", "lag"),
    ("levels", "lag", "long"),
    ("levels", "lag", "long", "squares"),
    ("levels", "lag", "long", "squares", "regions"),
)

CANDIDATES: Final = tuple(
    Method(features, ridge, width=width)
    for features in FEATURES
    for ridge in (30.0, 100.0, 300.0)
    for width in (0.5, 1.0)
)
"""The methods that a choice is made from, the simplest features first."""


def design(panel: Panel, row: int, features: tuple[str, ...]) -> Floats:
    """What is known of each country in an edition, (n, K); the last column is 1.

    A past change that is not known is taken to be none; a country without a part is NaN.
    """
    standing = panel.standing[row]
    known = {
        "levels": standing,
        "lag": _change(panel, row, row - 1),
        "long": _change(panel, row, _before(panel, row, LONG)),
        "squares": standing**2 - 1,
        "regions": panel.regions,
    }
    constant = np.ones((len(standing), 1))
    return np.concatenate([*(known[name] for name in features), constant], axis=1)


def _change(panel: Panel, row: int, before: int) -> Floats:
    if before < 0:
        return np.zeros_like(panel.standing[row])
    change: Floats = np.nan_to_num(panel.standing[row] - panel.standing[before])
    return change


def _before(panel: Panel, row: int, years: int) -> int:
    """The latest edition at least so many years before; -1 where there is none."""
    bound = panel.years[row] - years
    return max((at for at in range(row) if panel.years[at] <= bound), default=-1)
