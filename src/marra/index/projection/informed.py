"""Informed: what is learnt of changes, once evidence of the next edition is at hand.

The change of a part is learnt again with the evidence beside the features: by how much the inputs
put a country above or below where it stands now. Surprises are what that leaves, so they are
smaller; OSI keeps its own, of the same donor, and so the dependence between parts is kept. A
country without evidence for a part keeps what was learnt without, and borrows surprises of any
donor; one with evidence borrows only of donors that had it.

The same evidence helps with later editions too, by less: a pair of editions six years apart is
learnt with the evidence of the edition that followed its first.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from marra.index.projection.evidence import HCI, TII, Columns, Evidence
from marra.index.projection.method import Method, design
from marra.index.projection.model import Learnt
from marra.index.projection.panel import Panel
from marra.index.survey import Floats, Ints

RIDGE: Final = 1.0
"""Penalty on the coefficients of evidence; that of the features is the method's. `hindcast` chose
it from `RIDGES` on all origins; a test holds it to that."""

RIDGES: Final = (1.0, 10.0, 100.0)

LEAST_DONORS: Final = 100
BLOCK: Final = 10_000_000
"""Added to a donor's code for each kind of country that it stands apart for."""

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """One pair of editions that is learnt from, d donors in it."""

    columns: Columns  # evidence of the edition after its first
    chosen: Ints  # (d,), rows of the donors
    now: Floats  # (n, 3), standing when it begins
    changes: Floats  # (d, 3)
    features: Floats  # (d, K)
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part learnt with evidence; m donors, n countries."""

    expected: Floats  # (n,), NaN without evidence
    surprises: Floats  # (m,), NaN without evidence


def informed(
    learnt: Learnt,
    known: Panel,
    horizon: int,
    method: Method,
    evidence: Evidence,
    *,
    ridge: float = RIDGE,
) -> Learnt:
    """What was learnt, learnt again with evidence of the edition after the panel's last."""
    windows = _windows(learnt, known, horizon, method, evidence)
    parts = {
        part: found
        for part in (TII, HCI)
        if (found := _part(windows, known, method, evidence, part, ridge)) is not None
    }
    if not parts:
        return learnt
    expected = learnt.expected.copy()
    for part, found in parts.items():
        has = ~np.isnan(found.expected)
        expected[has, part] = found.expected[has]
    surprises, donors, likeness = _blocks(learnt, parts)
    return replace(
        learnt, expected=expected, surprises=surprises, donors=donors, likeness=likeness
    )


def _windows(
    learnt: Learnt, known: Panel, horizon: int, method: Method, evidence: Evidence
) -> list[Window]:
    """What was known at the beginning of every pair of editions, and what came of it."""
    country, year = learnt.donors // 10_000, learnt.donors % 10_000
    found = []
    for begins in dict.fromkeys(year.tolist()):  # in the order of the donors
        row, chosen = known.at(begins), country[year == begins]
        now, then = known.standing[row], known.standing[known.at(begins + horizon)]
        found.append(
            Window(
                columns=evidence.of(known.years[row + 1], known.places),
                chosen=chosen,
                now=now,
                changes=(then - now)[chosen],
                features=design(known, row, method.features)[chosen],
                weight=method.memory ** ((known.years[-1] - begins - horizon) / 2),
            )
        )
    return found


def _part(
    windows: list[Window],
    known: Panel,
    method: Method,
    evidence: Evidence,
    part: int,
    ridge: float,
) -> Part | None:
    """One part learnt with its evidence; None where too few donors or no country have any."""
    now = known.standing[-1]
    own = _gap(evidence.of(evidence.target, known.places), now, part)
    width = own.shape[1]
    gap = np.concatenate([_gap(w.columns, w.now, part, width)[w.chosen] for w in windows])
    has, now_has = ~np.isnan(gap).all(axis=1), ~np.isnan(own).all(axis=1)
    if has.sum() < LEAST_DONORS or not now_has.any():
        return None
    features = np.concatenate([w.features for w in windows])
    change = np.concatenate([w.changes[:, part] for w in windows])
    weight = np.concatenate([np.full(len(w.chosen), w.weight) for w in windows])
    x = np.concatenate([np.nan_to_num(gap), features], axis=1)
    held = np.array([ridge] * width + [method.ridge] * features.shape[1])
    held[-1] = 0.0
    coefficients = _ridge(x[has], change[has], weight[has], held)
    here = design(known, len(known.years) - 1, method.features)
    moved = np.concatenate([np.nan_to_num(own), here], axis=1) @ coefficients
    return Part(
        expected=np.where(now_has, now[:, part] + moved, np.nan),
        surprises=np.where(has, change - x @ coefficients, np.nan),
    )


def _gap(columns: Columns, now: Floats, part: int, width: int = 1) -> Floats:
    """The evidence less the standing now, (n, q); NaN without evidence."""
    found = columns.get(part)
    if found is None:
        return np.full((len(now), width), np.nan)
    return found - now[:, part : part + 1]


def _ridge(x: Floats, y: Floats, weight: Floats, held: Floats) -> Floats:
    weighted = x.T * weight
    return np.asarray(np.linalg.solve(weighted @ x + np.diag(held), weighted @ y), np.float64)


def _blocks(learnt: Learnt, parts: Mapping[int, Part]) -> tuple[Floats, Ints, Floats]:
    """Surprises, donors and likeness, one block for each set of parts that countries know of."""
    knows = np.stack([~np.isnan(part.expected) for part in parts.values()], axis=1)
    had = np.stack([~np.isnan(part.surprises) for part in parts.values()], axis=1)
    surprises, donors, likeness = [], [], []
    for kind in np.unique(knows, axis=0):
        block, able = learnt.surprises.copy(), had[:, kind].all(axis=1)
        for (part, found), used in zip(parts.items(), kind, strict=True):
            if used:
                block[:, part] = found.surprises
        surprises.append(block[able])
        donors.append(learnt.donors[able] + BLOCK * int(kind @ (1 << np.arange(len(kind)))))
        likeness.append(learnt.likeness[:, able] * _same(knows, kind)[:, None])
    shares = np.concatenate(likeness, axis=1)
    total = shares.sum(axis=1, keepdims=True)
    return np.concatenate(surprises), np.concatenate(donors), shares / total


def _same(knows: Bools, kind: Bools) -> Bools:
    found: Bools = (knows == kind).all(axis=1)
    return found
