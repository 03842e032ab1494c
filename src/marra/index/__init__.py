"""The index: what an edition of the survey is, and what follows from its figures.

Pure functions over frozen dataclasses and numpy arrays; axes always in the order (replication,
country, indicator); chance is an argument (`rng`). Works without Django:

    >>> from marra.index import load, score, rank
    >>> rank(score(load(2024)))["UZB"]
    63
"""

from marra.index.climb import Climb, climb
from marra.index.compute import Recomputed, Scores, recompute, score
from marra.index.gained import Gained, rank_shapley
from marra.index.gap import Contribution, Explanation, at_rank, explain
from marra.index.groups import Group, groups, level
from marra.index.load import load
from marra.index.method import definition, known, provisional
from marra.index.peers import Peer, peers
from marra.index.progress import Change, Distance, best_and_worst, changes, distances
from marra.index.ranks import rank
from marra.index.reference_class import (
    Episode,
    RankGains,
    ReferenceClass,
    band_around,
    rank_gains,
    reference_class,
)
from marra.index.sensitivity import Sensitivity, sensitivity
from marra.index.survey import PublishedRow, RawInput, Survey, build
from marra.index.trend import Point, trend
from marra.index.uncertainty import Uncertainty, uncertainty
from marra.index.verify import Verification, verify
from marra.index.what_if import Standing, WhatIf, changeable, what_if

__all__ = [
    "Change",
    "Climb",
    "Contribution",
    "Distance",
    "Episode",
    "Explanation",
    "Gained",
    "Group",
    "Peer",
    "Point",
    "PublishedRow",
    "RankGains",
    "RawInput",
    "Recomputed",
    "ReferenceClass",
    "Scores",
    "Sensitivity",
    "Standing",
    "Survey",
    "Uncertainty",
    "Verification",
    "WhatIf",
    "at_rank",
    "band_around",
    "best_and_worst",
    "build",
    "changeable",
    "changes",
    "climb",
    "definition",
    "distances",
    "explain",
    "groups",
    "known",
    "level",
    "load",
    "peers",
    "provisional",
    "rank",
    "rank_gains",
    "rank_shapley",
    "recompute",
    "reference_class",
    "score",
    "sensitivity",
    "trend",
    "uncertainty",
    "verify",
    "what_if",
]
