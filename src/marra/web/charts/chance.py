"""The odds of every place, drawn once per edition and kept while the figures stand.

One set of draws serves all countries of an edition, so the second country's page costs nothing.

Source: marra.index.uncertainty; seed 0.
"""

from functools import lru_cache
from typing import Final

import numpy as np

from marra.index.survey import Survey
from marra.index.uncertainty import Uncertainty, uncertainty
from marra.web.charts.reading import ranked

SEED: Final = 0
DRAWS: Final = 10_000


def odds_of(survey: Survey, place: str) -> Uncertainty:
    """The odds of a country with an index."""
    return _drawn(survey).of(place)


@lru_cache(maxsize=24)
def _drawn(survey: Survey) -> Uncertainty:
    first = survey.places[ranked(survey)[0]]
    return uncertainty(survey, first, rng=np.random.default_rng(SEED), draws=DRAWS, k=1)
