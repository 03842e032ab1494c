"""Project: everyone's parts, scores and ranks in the editions to come.

Source: ours; the survey has appeared every second year since 2008.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from marra.index.components import Components
from marra.index.components import components as packaged
from marra.index.projection.evidence import Evidence, gather
from marra.index.projection.futures import Futures
from marra.index.projection.informed import informed
from marra.index.projection.method import Method
from marra.index.projection.model import learn
from marra.index.projection.panel import EVERY, Panel, panel
from marra.index.projection.sheets import NoComponents
from marra.index.projection.worlds import worlds
from marra.index.survey import Survey
from marra.index.uncertainty import seed_of
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

MOST: Final = 100_000

CHOSEN: Final = Method(("levels", "lag", "long", "squares", "regions"), width=1.0)
"""What `backtest` chose from `method.CANDIDATES` on all origins; a test holds it to that."""


class NoSuchFuture(Invalid):
    """No edition is due in that year."""

    sentence = gettext_noop(
        "No edition is due in {edition}: the last known one is of {origin}, and one follows "
        "every {every} years. Choose {first} or a later one."
    )


class WrongFutures(Invalid):
    """Too few futures, or too many."""

    sentence = gettext_noop("{futures} futures cannot be drawn. Choose from 1 to {most}.")


def project(
    surveys: Mapping[int, Survey],
    *,
    to: int,
    rng: np.random.Generator,
    futures: int = 10_000,
    method: Method = CHOSEN,
    components: Components | None = None,
) -> Futures:
    """Joint futures of all countries in every edition up to `to`.

    With `components` the inputs of the next edition that are out already are taken into account;
    then it refuses with `NoComponents` too.
    Refuses with `NoSuchFuture`, `TooFar`, `WrongFutures` and `TooFewEditions`.

    >>> from marra.index.load import known, load
    >>> surveys = {year: load(year) for year in known()}
    >>> found = project(surveys, to=2030, rng=np.random.default_rng(0), futures=2000)
    >>> found.editions
    (2026, 2028, 2030)
    """
    known = panel(surveys)
    due = editions(known.years[-1], to)
    evidence = None if components is None else gather(components, known, due[0])
    return futures_of(known, due, rng=rng, futures=futures, method=method, evidence=evidence)


def project_informed(
    surveys: Mapping[int, Survey],
    *,
    to: int,
    rng: np.random.Generator,
    futures: int = 10_000,
) -> Futures:
    """Joint futures with the packaged inputs of the next edition, where any are out already.

    What the house shows: better than without at every horizon, see `hindcast`.

    >>> from marra.index.load import known, load
    >>> surveys = {year: load(year) for year in known()}
    >>> rng = np.random.default_rng(0)
    >>> project_informed(surveys, to=2026, rng=rng, futures=500).evidence is not None
    True
    """
    try:
        return project(surveys, to=to, rng=rng, futures=futures, components=packaged())
    except NoComponents:
        return project(surveys, to=to, rng=rng, futures=futures)


def editions(origin: int, to: int) -> tuple[int, ...]:
    """The editions due after one, up to another.

    >>> editions(2024, 2030)
    (2026, 2028, 2030)
    """
    if to <= origin or (to - origin) % EVERY:
        raise NoSuchFuture(edition=to, origin=origin, every=EVERY, first=origin + EVERY)
    return tuple(range(origin + EVERY, to + 1, EVERY))


def futures_of(
    known: Panel,
    due: tuple[int, ...],
    *,
    rng: np.random.Generator,
    futures: int,
    method: Method,
    evidence: Evidence | None = None,
) -> Futures:
    """Joint futures of the editions `due`, from the last edition of a panel."""
    if not 1 <= futures <= MOST:
        raise WrongFutures(futures=futures, most=MOST)
    origin, whole = known.years[-1], known.whole()
    learnt = [(year, learn(whole, origin, year - origin, method)) for year in due]
    if evidence is not None:
        learnt = [
            (year, informed(each, whole, year - origin, method, evidence)) for year, each in learnt
        ]
    return Futures(
        origin=origin,
        places=whole.places,
        left_out=tuple(place for place in known.places if place not in whole.places),
        worlds=worlds(learnt, known.weights, rng, futures),
        futures=futures,
        seed=seed_of(rng),
        method=method,
        data_version=" ".join([known.data_version, *([evidence.version] if evidence else [])]),
        edition_version=known.edition_version,
        evidence=evidence,
    )
