"""Record: a scenario's answer as plain values for a file, and back.

A kept answer stays as it was given, whatever figures appear later. Minus infinity, the score that
must be reached for a place behind everyone, is written as nothing, for JSON has no such number.

Source: ours.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from marra.index.projection.change import Given
from marra.index.projection.futures import Outlook
from marra.index.projection.scenario import Ahead, Carried, Scenario


def written(found: Scenario) -> dict[str, Any]:
    """The answer in words, numbers and lists."""
    record: dict[str, Any] = _plain(asdict(found))
    return record


def read(record: Mapping[str, Any]) -> Scenario:
    """The answer that was written; KeyError or TypeError where it was not written here.

    >>> from marra.index.load import known, load
    >>> from marra.index.projection.ground import ground
    >>> from marra.index.projection.project import project
    >>> from marra.index.projection.scenario import scenario
    >>> import json, numpy as np
    >>> surveys = {year: load(year) for year in known()}
    >>> futures = project(surveys, to=2028, rng=np.random.default_rng(0), futures=100)
    >>> found = scenario(surveys[2024], ground(futures, "UZB"), {"osi": 0.95})
    >>> read(json.loads(json.dumps(written(found)))) == found
    True
    """
    editions = tuple(_edition(each) for each in record["editions"])
    given = tuple(Given(**each) for each in record["given"])
    return Scenario(**{**record, "editions": editions, "given": given})


def _plain(told: Any) -> Any:
    if isinstance(told, Mapping):
        return {name: _plain(value) for name, value in told.items()}
    if isinstance(told, (list, tuple)):
        return [_plain(each) for each in told]
    return None if isinstance(told, float) and not math.isfinite(told) else told


def _edition(record: Mapping[str, Any]) -> Ahead:
    return Ahead(
        edition=record["edition"],
        share=record["share"],
        before=_outlook(record["before"]),
        after=_outlook(record["after"]),
        parts=tuple(Carried(**part) for part in record["parts"]),
    )


def _outlook(record: Mapping[str, Any]) -> Outlook:
    goal = record["goal_median"]
    return Outlook(**{**record, "goal_median": -math.inf if goal is None else goal})
