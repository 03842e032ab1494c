"""Stakes: one country's futures in one edition, and the score it must reach in each.

Everyone's scores are simulated together. For one country and one goal only two things of that
matter: its own parts in each future, and the score of the competitor that it must not fall behind.
P(rank <= k) = P(own score >= the k-th best competitor's), so a plan is judged by one threshold.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from marra.index.survey import Floats


@dataclass(frozen=True, slots=True)
class Lever:
    """How an indicator moves its part, everyone else standing still.

    `per_unit` is the gain of the part (0 to 1) for one unit; `headroom` is how many units count
    before the survey's cut (120 subscriptions), infinite where there is none.
    """

    part: int  # 0 OSI, 1 TII, 2 HCI
    per_unit: float
    headroom: float


@dataclass(frozen=True, slots=True, eq=False)
class Stakes:
    """R futures of one country in one edition; shapes (R, 3), (R,) and (3,)."""

    place: str
    edition: int
    k: int
    parts: Floats  # own OSI, TII, HCI in each future, without any plan
    threshold: Floats  # the score of the k-th best competitor
    weights: Floats
    levers: Mapping[str, Lever]
    seed: int
    data_version: str
    edition_version: str
    method_version: str

    @property
    def futures(self) -> int:
        """How many futures there are."""
        return len(self.threshold)

    def odds(self, uplift: Floats) -> float:
        """The share of futures in which the place is reached with an uplift of the parts.

        `uplift` is (3,) or (R, 3), in points of OSI, TII and HCI; a part ends at 1. A published
        part above 1 (2003) stays what it is.
        """
        parts = np.minimum(self.parts + uplift, np.maximum(self.parts, 1.0))
        return float((parts @ self.weights >= self.threshold).mean())
