"""Parted: what moved a country's rank from one edition to another: itself, the others, the method.

Three things change between two editions: the country's own values, everybody else's, and the
formula. Each gets its Shapley value over the eight worlds in which some have changed and some have
not, so the three sum to the places gained. A world that never was, yesterday's values under
today's formula, is recomputed from the inputs; where a formula changed and the inputs it needs are
not known for the other edition, method cannot be told from values, and the pillar is named in
`unseparated`. The own part is shared out further among the inputs, or the pillars where inputs are
not known: each gets what it brings in the later edition; what that leaves of the own part goes to
them by how far each moved.

Source: L. S. Shapley, A value for n-person games, 1953; formulas as in the edition files.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index.compute import composite, prepared, shares, stretch, weights
from marra.index.edition import PILLARS, Edition, Pillar
from marra.index.gained import rank_shapley
from marra.index.ranks import NoScore
from marra.index.shapley import MOST, shapley
from marra.index.survey import NO_INDEX, Floats, Survey
from marra.index.what_if import changeable

EXACT: Final = 12


@dataclass(frozen=True, slots=True)
class Own:
    """What one own value did: from, to, and the places it brought; negative when it cost some."""

    name: str  # an input series, or a pillar whose inputs are not known
    before: float
    after: float
    places: float


@dataclass(frozen=True, slots=True)
class Parted:
    """A change of rank in its three parts; own + rivals + method is `places`."""

    place: str
    before: int  # edition
    after: int
    rank_before: int
    rank_after: int
    own: float
    rivals: float
    method: float
    by: tuple[Own, ...]  # sums to own
    unseparated: tuple[str, ...]  # pillars whose change of method cannot be told apart
    data_version: str
    edition_version: str

    @property
    def places(self) -> int:
        """Places gained in all; negative when lost."""
        return self.rank_before - self.rank_after


def parted(before: Survey, after: Survey, place: str) -> Parted:
    """The places that a country gained from one edition to another, in parts that sum to them.

    Refuses a country without an index in either edition (`NoScore`), or not in it at all
    (`NotInEdition`).

    >>> from marra.index.load import load
    >>> found = parted(load(2018), load(2020), "UZB")
    >>> found.places, round(found.own + found.rivals + found.method, 6)
    (-6, -6.0)
    >>> found.own > 0 > found.rivals
    True
    """
    for survey in (before, after):
        if NO_INDEX in survey.flags[survey.at(place)]:
            raise NoScore(country=place)
    common = [each for each in before.places if _stands(before, each) and _stands(after, each)]
    worlds, unseparated = _worlds(before, after, common)
    own, rivals, method = shapley(-_ranks(worlds, (before, after), common.index(place)))
    places = int(before.ranks[before.at(place)] - after.ranks[after.at(place)])
    rivals += places - (own + rivals + method)  # who came into the survey, or left it
    return Parted(
        place=place,
        before=before.year,
        after=after.year,
        rank_before=int(before.ranks[before.at(place)]),
        rank_after=int(after.ranks[after.at(place)]),
        own=float(own),
        rivals=float(rivals),
        method=float(method),
        by=_by(before, after, place, float(own)),
        unseparated=unseparated,
        data_version=f"{before.version} {after.version}",
        edition_version=f"{before.edition.version} {after.edition.version}",
    )


def _stands(survey: Survey, place: str) -> bool:
    return place in survey.rows and NO_INDEX not in survey.flags[survey.at(place)]


def _worlds(
    before: Survey, after: Survey, common: list[str]
) -> tuple[dict[tuple[int, int], Floats], tuple[str, ...]]:
    """Pillars of the common countries, (n, 3), by (whose values, whose method)."""
    rows = [[survey.at(each) for each in common] for survey in (before, after)]
    published = [np.nan_to_num(s.pillars[r]) for s, r in zip((before, after), rows, strict=True)]
    worlds = {(v, m): published[v].copy() for v in (0, 1) for m in (0, 1)}
    unseparated = []
    for column, name in enumerate(PILLARS):
        if not _changed(before.edition, after.edition, name):
            continue
        early = _under(before, after, name)  # yesterday's values under today's method
        late = _under(after, before, name)
        if early is None and late is None:
            unseparated.append(name)
            continue
        _shift(
            worlds,
            column,
            None if early is None else early[rows[0]],
            None if late is None else late[rows[1]],
        )
    return worlds, tuple(unseparated)


def _shift(
    worlds: dict[tuple[int, int], Floats],
    column: int,
    early: Floats | None,
    late: Floats | None,
) -> None:
    """Put the worlds that never were in; one that cannot be computed mirrors the other."""
    if early is not None:
        worlds[0, 1][:, column] += np.nan_to_num(early)
        worlds[1, 0][:, column] += np.nan_to_num(-early if late is None else late)
    elif late is not None:
        worlds[0, 1][:, column] += np.nan_to_num(-late)
        worlds[1, 0][:, column] += np.nan_to_num(late)


def _changed(before: Edition, after: Edition, name: str) -> bool:
    """Whether the method of a pillar differs, in what it counts or in a sentence that names it."""
    then, now = before.pillar(name), after.pillar(name)
    told = any(name.upper() in sentence.split() for sentence in after.breaks)
    return told or _formula(then) != _formula(now)


def _formula(pillar: Pillar) -> object:
    inputs = tuple((e.name, e.of, str(e.weight), e.cap, e.direction) for e in pillar.inputs)
    return inputs, pillar.scaling, pillar.standardised


def _under(survey: Survey, other: Survey, name: str) -> Floats | None:
    """What a pillar's values move by under another edition's method, (n,); None if unknown."""
    own = _computed(survey, survey.edition.pillar(name))
    foreign = _computed(survey, other.edition.pillar(name))
    return None if own is None or foreign is None else foreign - own


def _computed(survey: Survey, pillar: Pillar) -> Floats | None:
    needed = {series for each in pillar.inputs for series in each.of}
    if not needed or not needed <= set(survey.input_names):
        return None
    summed = composite(pillar, prepared(pillar, survey, survey.inputs))
    line = stretch(survey, pillar, summed)
    values: Floats = line.offset + line.slope * summed
    return values


def _ranks(
    worlds: dict[tuple[int, int], Floats], surveys: tuple[Survey, Survey], row: int
) -> Floats:
    """The country's rank in the eight worlds, own the lowest bit, then rivals, then method."""
    ranks = []
    for number in range(8):
        own, rivals, method = number & 1, number >> 1 & 1, number >> 2 & 1
        share = weights(surveys[method].edition)
        scores = np.round(worlds[rivals, method] @ share, EXACT)
        mine = round(float(worlds[own, method][row] @ share), EXACT)
        others = np.delete(scores, row)
        ranks.append(1.0 + float((others > mine).sum()))
    return np.array(ranks)


def _by(before: Survey, after: Survey, place: str, own: float) -> tuple[Own, ...]:
    """The own part by input or pillar: what each brings in the later edition, and its share of
    what that leaves, by how far it moved."""
    moved = _moved(before, after, place)
    if not moved:
        return ()
    back = {name: then for name, (then, _) in moved.items()}
    gains = {each.name: -each.places for each in rank_shapley(after, place, back).gains}
    sizes = _sizes(after, moved)
    rest, total = own - sum(gains.values()), sum(sizes.values())
    return tuple(
        Own(name, then, now, gains[name] + rest * sizes[name] / total)
        for name, (then, now) in moved.items()
    )


def _moved(before: Survey, after: Survey, place: str) -> dict[str, tuple[float, float]]:
    """Own values that both editions know and that differ, inputs before pillars."""
    row, then = after.at(place), before.at(place)
    names = set(changeable(after)) - set(PILLARS)
    found: dict[str, tuple[float, float]] = {}
    for column, pillar in enumerate(PILLARS):
        series = [n for each in after.edition.pillar(pillar).inputs for n in each.of]
        known = bool(series) and set(series) <= names & set(before.input_names)
        if (
            known
            and not np.isnan(after.inputs[row][[after.input_names.index(n) for n in series]]).any()
        ):
            pairs = {
                name: (
                    float(before.inputs[then, before.input_names.index(name)]),
                    float(after.inputs[row, after.input_names.index(name)]),
                )
                for name in series
            }
        else:
            pairs = {
                pillar: (float(before.pillars[then, column]), float(after.pillars[row, column]))
            }
        found |= {n: p for n, p in pairs.items() if p[0] == p[0] and p[1] == p[1] and p[0] != p[1]}
    return dict(list(found.items())[:MOST])


def _sizes(after: Survey, moved: dict[str, tuple[float, float]]) -> dict[str, float]:
    """How far each value moved, in points of its pillar, roughly."""
    sizes = {}
    for name, (then, now) in moved.items():
        pillar = after.edition.pillar(name.split(".")[0])
        share = 1.0 if name in PILLARS else float(shares(pillar).mean()) / 100
        sizes[name] = abs(now - then) * share
    return sizes
