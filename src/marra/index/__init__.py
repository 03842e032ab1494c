"""The index: what an edition of the survey is, and what follows from its figures.

Pure functions over frozen dataclasses and numpy arrays; axes always in the order (replication,
country, indicator); chance is an argument (`rng`). Works without Django:

    >>> from marra.index import load, score, rank
    >>> rank(score(load(2024)))["UZB"]
    63
"""
