"""Peers: countries to compare with, because they are alike, near, or climbed.

Likeness is the distance of the three published parts, each divided by its deviation over all
countries of the edition. Recent climbers are those that gained most places since three editions
before and stand better now.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index.survey import Floats, Survey, Versioned
from marra.kit.errors import Invalid
from marra.kit.places import PLACES
from marra.kit.text import gettext_noop

KINDS: Final = ("profile", "region", "subregion", "income", "climbers")
EDITIONS_BACK: Final = 3


class NoSuchPeers(Invalid):
    """Peers are not chosen so."""

    sentence = gettext_noop("Peers are not chosen by “{kind}”. Use one of: {kinds}.")


@dataclass(frozen=True, slots=True)
class Peer:
    """A country to compare with."""

    place: str
    rank: int
    egdi: float
    distance: float  # of profiles, in standard deviations; 0 is the same
    climbed: int | None  # places gained since three editions before


def peers(
    surveys: Mapping[int, Survey], place: str, year: int, *, kind: str = "profile", count: int = 8
) -> Versioned[Peer]:
    """Up to `count` peers of a country, the most telling first.

    `profile`: most alike. `region`, `subregion`, `income`: most alike within the country's own.
    `climbers`: countries now ahead that gained most places.

    >>> from marra.index.load import load
    >>> known = {year: load(year) for year in (2018, 2020, 2022, 2024)}
    >>> [peer.place for peer in peers(known, "UZB", 2024, kind="climbers", count=3)]
    ['UKR', 'SAU', 'MNG']
    """
    if kind not in KINDS:
        raise NoSuchPeers(kind=kind, kinds=", ".join(KINDS))
    survey = surveys[year]
    own = survey.at(place)
    before = _before(surveys, year)
    apart = _distances(survey, own)
    found = [
        _peer(survey, int(row), float(apart[row]), before)
        for row in np.flatnonzero(survey.ranked)
        if row != own and _belongs(survey, int(row), own, kind)
    ]
    if kind == "climbers":
        found = [peer for peer in found if (peer.climbed or 0) > 0]
        found.sort(key=lambda peer: (-(peer.climbed or 0), peer.rank))
    else:
        found.sort(key=lambda peer: (peer.distance, peer.place))
    return Versioned.of(found[:count], *filter(None, (before, survey)))


def _before(surveys: Mapping[int, Survey], year: int) -> Survey | None:
    earlier = sorted(other for other in surveys if other < year)
    return surveys[earlier[-EDITIONS_BACK]] if len(earlier) >= EDITIONS_BACK else None


def _distances(survey: Survey, own: int) -> Floats:
    known = np.nan_to_num(survey.pillars, nan=0.0)
    spread = known[survey.ranked].std(axis=0)
    spread[spread == 0] = 1.0  # a part that does not vary sets nobody apart
    distances: Floats = np.sqrt((((known - known[own]) / spread) ** 2).sum(axis=1))
    return distances


def _belongs(survey: Survey, row: int, own: int, kind: str) -> bool:
    if kind == "profile":
        return True
    if kind == "climbers":
        return bool(survey.ranks[row] < survey.ranks[own])
    other, mine = PLACES[survey.places[row]], PLACES[survey.places[own]]
    return getattr(mine, kind) is not None and getattr(other, kind) == getattr(mine, kind)


def _peer(survey: Survey, row: int, distance: float, before: Survey | None) -> Peer:
    place, rank = survey.places[row], int(survey.ranks[row])
    climbed = None
    if before is not None and place in before.rows:
        climbed = int(before.ranks[before.rows[place]]) - rank
    return Peer(place, rank, float(survey.egdi[row]), distance, climbed)
