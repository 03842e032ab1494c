"""The gap: why a country stands where it does, against a place, a country or a set of peers.

Score and pillars are linear in what they are made of once everyone's figures are given, so the
exact Shapley value of a pillar is its weight times its difference, and of an input its weight
times the difference of its z-scores, stretched as the pillar was. What the known inputs do not
explain of a published pillar stands as a contribution of its own, never spread over the others.

Source: L. S. Shapley, A value for n-person games (1953), for the attribution; ours for the rest.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from marra.index.compute import baseline, shares, totals
from marra.index.edition import PILLARS, Pillar
from marra.index.ranks import NoScore
from marra.index.survey import NO_INDEX, Floats, Ints, Survey
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

UNEXPLAINED = "unexplained"


class NoSuchRank(Invalid):
    """Nobody stands at this place."""

    sentence = gettext_noop(
        "There is no place {rank} in the edition of {edition}. Choose one from 1 to {last}."
    )


class TwoTargets(Invalid):
    """A gap is measured to one target."""

    sentence = gettext_noop("Choose one target: a place, a country or peers.")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one part adds to the gap, in points of EGDI; negative where the country is ahead."""

    name: str  # osi, tii.internet, tii.unexplained, ...
    value: float
    pillar: str
    basis: str  # published, recomputed (from inputs) or residual


@dataclass(frozen=True, slots=True)
class Explanation:
    """A gap and what it is made of; `contributions` sum to `gap`."""

    place: str
    edition: int
    targets: tuple[str, ...]  # one country, or the peers whose mean is the target
    to_rank: int | None
    score: float  # recomputed from published pillars
    target_score: float
    gap: float  # target less own: positive when behind
    contributions: tuple[Contribution, ...]
    lacking: Mapping[str, tuple[str, ...]]  # country -> inputs it lacks: their part is not split
    counted_as_zero: Mapping[str, tuple[str, ...]]  # country -> parts that were not published
    data_version: str
    edition_version: str

    def of(self, pillar: str) -> float:
        """The whole contribution of one pillar."""
        return sum(each.value for each in self.contributions if each.pillar == pillar)


def explain(
    survey: Survey,
    place: str,
    *,
    to_rank: int | None = None,
    to_place: str | None = None,
    to_peers: Sequence[str] | None = None,
) -> Explanation:
    """The gap between a country and a place (30 by default), a country or the mean of peers.

    >>> from marra.index.load import load
    >>> found = explain(load(2024), "UZB", to_rank=30)
    >>> found.targets, round(found.gap, 5), round(found.of("osi"), 5)
    (('UKR',), 0.08415, 0.07351)
    >>> round(sum(each.value for each in found.contributions), 5)
    0.08415
    """
    if sum(target is not None for target in (to_rank, to_place, to_peers or None)) > 1:
        raise TwoTargets
    if to_place is None and not to_peers:
        to_rank = 30 if to_rank is None else to_rank
        to_place = at_rank(survey, to_rank)
    targets = tuple(to_peers) if to_peers else (str(to_place),)
    own, rows = _row(survey, place), [_row(survey, each) for each in targets]
    scores = totals(survey.edition, survey.pillars)
    contributions = tuple(_contributions(survey, own, rows))
    return Explanation(
        place=place,
        edition=survey.year,
        targets=targets,
        to_rank=to_rank,
        score=float(scores[own]),
        target_score=float(scores[rows].mean()),
        gap=math.fsum(each.value for each in contributions),
        contributions=contributions,
        lacking=_lacking(survey, (place, *targets)),
        counted_as_zero=_unpublished(survey, (place, *targets)),
        data_version=survey.version,
        edition_version=survey.edition.version,
    )


def at_rank(survey: Survey, rank: int) -> str:
    """The country at a place, counted down the published order; equals stand by their codes.

    >>> from marra.index.load import load
    >>> at_rank(load(2024), 30)
    'UKR'
    """
    rows = order(survey)
    if not 1 <= rank <= len(rows):
        raise NoSuchRank(rank=rank, edition=survey.year, last=len(rows))
    return survey.places[int(rows[rank - 1])]


def order(survey: Survey) -> Ints:
    """The rows that have an index, best first; equals stand by their codes."""
    rows: Ints = np.flatnonzero(survey.ranked)
    return rows[np.argsort(survey.ranks[rows], kind="stable")]  # rows run by code already


def _row(survey: Survey, place: str) -> int:
    row = survey.at(place)
    if NO_INDEX in survey.flags[row]:
        raise NoScore(country=place)
    return row


def _contributions(survey: Survey, own: int, rows: list[int]) -> Iterator[Contribution]:
    known = np.nan_to_num(survey.pillars, nan=0.0)
    for column, pillar in enumerate(survey.edition.pillars):
        share = float(pillar.weight)
        whole = share * float(known[rows, column].mean() - known[own, column])
        parts = _inputs(survey, pillar, own, rows)
        if parts is None:
            yield Contribution(pillar.name, whole, pillar.name, "published")
            continue
        values = (share * parts).tolist()
        for each, value in zip(pillar.inputs, values, strict=True):
            yield Contribution(each.name, value, pillar.name, "recomputed")
        rest = whole - sum(values)
        yield Contribution(f"{pillar.name}.{UNEXPLAINED}", rest, pillar.name, "residual")


def _inputs(survey: Survey, pillar: Pillar, own: int, rows: list[int]) -> Floats | None:
    """What each input adds to the pillar's difference, shape (k,); None where one is unknown."""
    known = baseline(survey, pillar.name)
    if known is None or np.isnan(known.columns[[own, *rows]]).any():
        return None
    difference: Floats = known.columns[rows].mean(axis=0) - known.columns[own]
    return known.line.slope * shares(pillar) * difference / known.spread


def _unpublished(survey: Survey, places: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found = {place: np.isnan(survey.pillars[survey.at(place)]) for place in places}
    return {
        place: tuple(name for name, is_ in zip(PILLARS, unknown, strict=True) if is_)
        for place, unknown in found.items()
        if unknown.any()
    }


def _lacking(survey: Survey, places: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The countries that keep a part from being split, each with the inputs it lacks."""
    found: dict[str, tuple[str, ...]] = {}
    for pillar in survey.edition.pillars:
        if (known := baseline(survey, pillar.name)) is None:
            continue
        for place in places:
            unknown = np.isnan(known.columns[survey.at(place)])
            names = (e.name for e, is_ in zip(pillar.inputs, unknown, strict=True) if is_)
            if lacks := tuple(names):
                found[place] = found.get(place, ()) + lacks
    return found
