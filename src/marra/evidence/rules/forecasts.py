"""Forecasts: distributions of everyone's rank, sealed before a survey appears and scored after.

What is sealed is one text: for each country how many futures gave it each rank, the same for the
forecast that everybody stays (persistence), and quantiles of its score; with the versions and the
seed that it follows from. Its SHA-256 stands in the journal, so nothing can be put right later.

Beside the scores of all countries stands the logarithmic score of the one country that the
forecast was made for, -ln of the chance it gave to the rank that came, every rank credited with
half a future so that what no future showed is very unlikely and not impossible.

Source: ours; T. Gneiting and A. E. Raftery, Strictly Proper Scoring Rules (2007); half a future is
the estimator of R. E. Krichevsky and V. K. Trofimov (1981).
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import numpy as np

from marra.index.components import Components, components_version
from marra.index.projection.futures import Futures, NoSuchGoal
from marra.index.projection.method import VERSION
from marra.index.projection.panel import panel
from marra.index.projection.project import project
from marra.index.projection.rivals import persistence
from marra.index.projection.scores import RankScores, rank_scores
from marra.index.survey import Floats, Ints, Survey
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

QUANTILES: Final = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
"""Of each country's score, in four decimals, as the survey prints it."""

LEAST_FUTURES: Final = 1000
FORM: Final = 1
"""Of the text; a text of another form is not read."""


class EditionKnown(Conflict):
    """A forecast of what is known is none."""

    sentence = gettext_noop(
        "The figures of {edition} were taken in already, as release {code}, so a forecast of them "
        "would prove nothing. Seal one of a later edition."
    )


class SealedBefore(Conflict):
    """The very same forecast is sealed."""

    sentence = gettext_noop(
        "This very forecast is sealed already, as {code}. Nothing was changed."
    )


class TooFewFutures(Invalid):
    """A sealed distribution must be more than noise."""

    sentence = gettext_noop(
        "{futures} futures are too few for a forecast that is sealed. Draw at least {least}."
    )


@dataclass(frozen=True, slots=True, eq=False)
class Sealed:
    """A forecast as it is sealed; n countries, q quantiles."""

    edition: int
    origin: int
    place: str  # the country it is made for
    k: int  # the goal whose chance is scored
    places: tuple[str, ...]
    counts: Ints  # (n, n), futures in which a country has a rank, 1 first
    persistence: Ints  # (n, n)
    egdi: Floats  # (n, q)
    futures: int
    seed: int
    nowcast: bool
    method: str
    method_version: str
    data_version: str
    edition_version: str

    def chance(self, place: str, k: int) -> float:
        """The chance of a country to stand at k or better."""
        return float(self.counts[self.places.index(place), :k].sum() / self.futures)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How good one distribution was, now that the ranks are known."""

    countries: int  # that are in the forecast and in the edition
    scores: RankScores
    rank: int | None  # of the country the forecast was made for
    log_score: float | None  # nats, 0 for a sure and right forecast


def drawn(
    surveys: Mapping[int, Survey],
    *,
    edition: int,
    place: str,
    k: int,
    seed: int,
    futures: int,
    components: Components | None = None,
) -> Sealed:
    """The forecast of an edition from figures and a seed: the same for the same.

    With `components` the inputs that are out already are taken into account (a nowcast).
    """
    if futures < LEAST_FUTURES:
        raise TooFewFutures(futures=futures, least=LEAST_FUTURES)
    rng = np.random.default_rng(seed)
    made = project(surveys, to=edition, rng=rng, futures=futures, components=components)
    made.row(place)
    if not 1 <= k <= len(made.places):
        raise NoSuchGoal(k=k, last=len(made.places))
    return _of(made, surveys, edition=edition, place=place, k=k, seed=seed)


def _of(
    made: Futures, surveys: Mapping[int, Survey], *, edition: int, place: str, k: int, seed: int
) -> Sealed:
    rng = np.random.default_rng([seed, made.origin, edition])
    known = panel(surveys).whole()
    quantiles = np.quantile(made.world(edition).scores.astype(np.float64), QUANTILES, axis=0)
    return Sealed(
        edition=edition,
        origin=made.origin,
        place=place,
        k=k,
        places=made.places,
        counts=made.counts(edition),
        persistence=persistence(known, edition - made.origin, rng, made.futures),
        egdi=np.round(quantiles.T, 4),
        futures=made.futures,
        seed=seed,
        nowcast=made.evidence is not None,
        method=made.method.name,
        method_version=made.method_version,
        data_version=made.data_version,
        edition_version=made.edition_version,
    )


def drawn_alike(text: str, surveys: Mapping[int, Survey], components: Components) -> bool | None:
    """Whether the same text comes out of the same figures, method and seed.

    None where figures or method are others now, so that it cannot be asked.
    """
    sealed = read(text)
    known = {year: survey for year, survey in surveys.items() if year <= sealed.origin}
    now = panel(known)
    data = [now.data_version]
    if sealed.nowcast:
        data.append(components_version(components))
    versions = (sealed.data_version, sealed.edition_version, sealed.method_version)
    if versions != (" ".join(data), now.edition_version, VERSION):
        return None
    again = drawn(
        known,
        edition=sealed.edition,
        place=sealed.place,
        k=sealed.k,
        seed=sealed.seed,
        futures=sealed.futures,
        components=components if sealed.nowcast else None,
    )
    return written(again) == text


def written(forecast: Sealed) -> str:
    """The forecast as canonical JSON: the same text for the same forecast."""
    countries = {
        place: {
            "egdi": forecast.egdi[row].tolist(),
            "persistence": _run(forecast.persistence[row]),
            "ranks": _run(forecast.counts[row]),
        }
        for row, place in enumerate(forecast.places)
    }
    facts = {name: getattr(forecast, name) for name in FACTS}
    told = {**facts, "countries": countries, "form": FORM, "quantiles": QUANTILES}
    return json.dumps(
        told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


FACTS: Final = (
    "edition",
    "origin",
    "place",
    "k",
    "futures",
    "seed",
    "nowcast",
    "method",
    "method_version",
    "data_version",
    "edition_version",
)
"""What stands in the text as it stands in the forecast."""


def read(text: str) -> Sealed:
    """The forecast that was written."""
    told: dict[str, Any] = json.loads(text)
    countries: dict[str, dict[str, Any]] = told["countries"]
    count = len(countries)
    return Sealed(
        **{name: told[name] for name in FACTS},
        places=tuple(countries),
        counts=np.array([_spread(each["ranks"], count) for each in countries.values()]),
        persistence=np.array([_spread(each["persistence"], count) for each in countries.values()]),
        egdi=np.array([each["egdi"] for each in countries.values()]),
    )


def digest(text: str) -> str:
    """The SHA-256 of a sealed text, as 64 hexadecimal digits.

    >>> digest("{}")[:8]
    '44136fa3'
    """
    return sha256(text.encode()).hexdigest()


def outcomes(forecast: Sealed, ranks: Mapping[str, int]) -> dict[str, Outcome]:
    """How good the projection and persistence were, against published ranks; empty without any."""
    rows = [row for row, place in enumerate(forecast.places) if place in ranks]
    if not rows:
        return {}
    return {
        name: _outcome(forecast, counts, rows, ranks)
        for name, counts in (
            ("projection", forecast.counts),
            ("persistence", forecast.persistence),
        )
    }


def _outcome(
    forecast: Sealed, counts: Ints, rows: Sequence[int], ranks: Mapping[str, int]
) -> Outcome:
    observed = np.array([ranks[forecast.places[row]] for row in rows], dtype=np.int64)
    rank = ranks.get(forecast.place)
    own = counts[forecast.places.index(forecast.place)]
    return Outcome(
        countries=len(rows),
        scores=rank_scores(counts[list(rows)], observed, forecast.k),
        rank=rank,
        log_score=None if rank is None else log_score(own, rank),
    )


def log_score(counts: Ints, rank: int) -> float:
    """-ln of the chance that counts of ranks gave to one, half a future added to every rank.

    >>> round(log_score(np.array([0, 99, 0]), 2), 4), round(log_score(np.array([0, 99, 0]), 1), 2)
    (0.01, 5.3)
    """
    seen = float(counts[rank - 1]) if rank <= len(counts) else 0.0
    return -math.log((seen + 0.5) / (float(counts.sum()) + 0.5 * len(counts)))


def _run(counts: Ints) -> list[int]:
    """The first rank that any future gave, and the counts from there to the last such rank.

    >>> _run(np.array([0, 0, 7, 0, 3, 0]))
    [3, 7, 0, 3]
    """
    found = np.flatnonzero(counts)
    return [int(found[0]) + 1, *counts[found[0] : found[-1] + 1].tolist()]


def _spread(run: Sequence[int], count: int) -> list[int]:
    """The counts of all ranks.

    >>> _spread([3, 7, 0, 3], 6)
    [0, 0, 7, 0, 3, 0]
    """
    before, counts = run[0] - 1, list(run[1:])
    return [0] * before + counts + [0] * (count - before - len(counts))
