"""Gained: how many places each of a country's changes brings, shared out exactly.

All changes together move a country by some places. How many of them are due to one change depends
on what else has changed, so each gets its Shapley value: its mean addition over all orders. Every
set of changes is computed as `what_if` computes it: everyone renormalised, everyone ranked again.

Source: L. S. Shapley, A value for n-person games, 1953; changes as in `what_if`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from marra.index.compute import EXACT, totals
from marra.index.edition import PILLARS
from marra.index.shapley import MOST, TooManyInputs, coalitions, shapley
from marra.index.survey import Floats, Survey
from marra.index.what_if import APART, pillar_after, refuse


@dataclass(frozen=True, slots=True)
class Gain:
    """The places that one change brings; negative when it costs some."""

    name: str
    places: float


@dataclass(frozen=True, slots=True)
class Gained:
    """What a country's changes bring together, and each its share; shares sum to `places`."""

    place: str
    edition: int
    before: int
    after: int
    gains: tuple[Gain, ...]
    data_version: str
    edition_version: str

    @property
    def places(self) -> int:
        """Places gained in all."""
        return self.before - self.after


def rank_shapley(survey: Survey, place: str, changes: Mapping[str, float]) -> Gained:
    """The places that each of up to 14 changes of a country brings, given as name -> value.

    Refuses what `what_if` refuses, and more than 14 changes (`TooManyInputs`).

    >>> from marra.index.load import load
    >>> found = rank_shapley(load(2024), "UZB", {"osi": 0.9, "tii": 0.9, "hci": 0.85})
    >>> found.before, found.after, [round(gain.places, 2) for gain in found.gains]
    (63, 31, [17.0, 3.5, 11.5])
    """
    if len(changes) > MOST:
        raise TooManyInputs(most=MOST, count=len(changes))
    for name, value in changes.items():
        refuse(survey, place, name, value)
    names = sorted(changes, key=lambda name: PILLARS.index(name.split(".")[0]))
    ranks = _ranks(survey, place, {name: changes[name] for name in names})
    shares = shapley(-ranks.astype(np.float64)) if names else ()
    values = dict(zip(names, shares, strict=True))
    return Gained(
        place=place,
        edition=survey.year,
        before=int(ranks[0]),
        after=int(ranks[-1]),
        gains=tuple(Gain(name, float(values[name])) for name in changes),
        data_version=survey.version,
        edition_version=survey.edition.version,
    )


def _ranks(survey: Survey, place: str, changes: Mapping[str, float]) -> Floats:
    """The country's rank under every set of changes, in the order of `coalitions`, (2**k,)."""
    base = survey.pillars
    scores = np.round(survey.egdi, EXACT)[None]
    for column, pillar in enumerate(PILLARS):  # sets of later pillars are the higher bits
        own = {name: v for name, v in changes.items() if name.split(".")[0] == pillar}
        if own:
            moved = _moves(survey, place, pillar, own, base, column)
            scores = (moved[:, None, :] + scores[None]).reshape(-1, len(survey.places))
    scores = np.round(scores, EXACT)[:, survey.ranked]
    if survey.edition.ties_apart:
        scores -= APART * survey.ranks[survey.ranked]
    row = np.flatnonzero(np.flatnonzero(survey.ranked) == survey.at(place))[0]
    ranks: Floats = 1 + (scores > scores[:, row, None]).sum(axis=1)
    return ranks


def _moves(
    survey: Survey, place: str, pillar: str, own: Mapping[str, float], base: Floats, column: int
) -> Floats:
    """What each set of changes of one pillar moves everyone's EGDI by, (2**k, n)."""
    published, moves = totals(survey.edition, base), []
    for chosen in coalitions(len(own)):
        inside = {(place, n): v for (n, v), bit in zip(own.items(), chosen, strict=True) if bit}
        pillars = base.copy()
        if inside:
            pillars[:, column], _unmoved = pillar_after(survey, pillar, inside)
        moves.append(totals(survey.edition, pillars) - published)
    return np.array(moves)
