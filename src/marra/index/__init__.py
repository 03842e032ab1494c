"""The index: what an edition of the survey is, and what follows from its figures.

Pure functions over frozen dataclasses and numpy arrays; axes always in the order (replication,
country, indicator); chance is an argument (`rng`). Works without Django:

    >>> from marra.index import load, score, rank
    >>> rank(score(load(2024)))["UZB"]
    63
"""

from marra.index.compute import Recomputed, Scores, recompute, score
from marra.index.load import load
from marra.index.method import definition, known, provisional
from marra.index.ranks import rank
from marra.index.survey import PublishedRow, RawInput, Survey, build

__all__ = [
    "PublishedRow",
    "RawInput",
    "Recomputed",
    "Scores",
    "Survey",
    "build",
    "definition",
    "known",
    "load",
    "provisional",
    "rank",
    "recompute",
    "score",
]
