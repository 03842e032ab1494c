"""Noise: what in an index is uncertain, how much, and how well that is known.

Three things are uncertain: how the parts are weighed, how they are made comparable, and the
figures. Sizes are assumptions of ours, each told with its reason; evidence for the errors of TII
and HCI is how far the published parts lie from what their inputs give.

Source: ours; OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 7, for which
choices to vary.
"""

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from marra.index.edition import Basis, Statement
from marra.index.survey import Floats, Survey
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

OURS: Final = "Marra"


class Normalisation(StrEnum):
    """How parts are made comparable before they are weighed."""

    PUBLISHED = "as-published"  # as the edition does it
    Z_SCORES = "z-scores"  # mean 0 and standard deviation 1 over the countries
    TRIMMED = "trimmed"  # 0 at the 5th percentile and below, 1 at the 95th and above


class Uncertain(StrEnum):
    """What may be taken as uncertain."""

    WEIGHTS = "weights"
    NORMALISATION = "normalisation"
    DATA = "data"


class NoSuchUncertainty(Invalid):
    """There is nothing of this name to leave out."""

    sentence = gettext_noop("“{name}” is not among what is uncertain. Use: {names}.")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large every uncertainty is."""

    concentration: float  # of the Dirichlet distributions of weights; infinite: weights are fixed
    normalisations: tuple[Normalisation, ...]  # equally likely
    revision: tuple[float, float, float]  # standard deviation of errors of OSI, TII, HCI
    rounding: float  # unit of the last published digit; 0: figures are exact
    statements: tuple[Statement, ...]

    def errors(self) -> Floats:
        """Standard deviation of each part's error, revision and rounding together, shape (3,)."""
        rounded = self.rounding / math.sqrt(12)  # of a uniform error within one unit
        deviations: Floats = np.hypot(np.array(self.revision), rounded)
        return deviations

    def without(self, *names: str) -> "Sizes":
        """The same with some of `weights`, `normalisation` and `data` taken as certain."""
        sizes = self
        for name in names:
            if name not in tuple(Uncertain):
                raise NoSuchUncertainty(name=name, names=", ".join(Uncertain))
            if name == Uncertain.WEIGHTS:
                sizes = replace(sizes, concentration=math.inf)
            elif name == Uncertain.NORMALISATION:
                sizes = replace(sizes, normalisations=(Normalisation.PUBLISHED,))
            else:
                sizes = replace(sizes, revision=(0.0, 0.0, 0.0), rounding=0.0)
        return sizes


STATEMENTS: Final = (
    Statement(
        gettext_noop(
            "Weights vary around those of the edition, as widely as a change of a quarter up or "
            "down would (Dirichlet distribution, concentration 100)."
        ),
        Basis.ASSUMED,
        OURS,
    ),
    Statement(
        gettext_noop(
            "Parts are compared as published, as z-scores, or stretched between the 5th and the "
            "95th percentile; the three are equally likely."
        ),
        Basis.ASSUMED,
        OURS,
    ),
    Statement(
        gettext_noop(
            "Errors of online services have a standard deviation of 0.010: one or two questions "
            "out of 150 judged otherwise. Nobody has published how far two assessors differ."
        ),
        Basis.ASSUMED,
        OURS,
    ),
    Statement(
        gettext_noop(
            "Errors of telecommunications have a standard deviation of 0.010: half of the "
            "published values lie within 0.002 to 0.007 of what the inputs give, a tenth beyond "
            "0.012 to 0.037."
        ),
        Basis.ASSUMED,
        OURS,
    ),
    Statement(
        gettext_noop(
            "Errors of human capital have a standard deviation of 0.020: half of the published "
            "values lie within 0.011 to 0.018 of what later inputs give."
        ),
        Basis.ASSUMED,
        OURS,
    ),
    Statement(
        gettext_noop("Published figures are rounded at their last digit."), Basis.PROVED, OURS
    ),
)
"""What is assumed, in words."""


def sizes(survey: Survey) -> Sizes:
    """What we assume of an edition.

    >>> from marra.index.load import load
    >>> sizes(load(2024)).errors().round(4)
    array([0.01, 0.01, 0.02])
    """
    return Sizes(
        concentration=100.0,
        normalisations=tuple(Normalisation),
        revision=(0.010, 0.010, 0.020),
        rounding=10.0**-survey.edition.digits,
        statements=STATEMENTS,
    )
