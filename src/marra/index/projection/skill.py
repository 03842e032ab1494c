"""Skill: the packaged result of the backtest, for those who will not wait while it is made.

The file says for which figures and method it holds; a test makes it anew and compares.

Source: ours; written by scripts/make_backtest.py.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

from marra.index.projection.backtest import Backtest, Tested
from marra.index.projection.hindcast import NAMES, Hindcast
from marra.index.projection.method import Method
from marra.index.projection.reliability import Class
from marra.index.projection.scores import RankScores

NOWCAST: Final = "nowcast"
"""The projection with the inputs of the next edition that were out by then."""

HOUSE: Final = "nowcast-late"
"""The same with inputs as late as they are today: what the house shows, made for the past."""

INFORMED: Final = NAMES[-1]

DIGITS: Final = 6
"""Of every score in the file; more would differ from machine to machine."""


@dataclass(frozen=True, slots=True)
class Skill:
    """How good forecasts were: the backtest, and how often odds of the goal came true."""

    tested: Backtest
    k: int
    classes: tuple[Class, ...]

    def holds_for(self, data_version: str, method_version: str) -> bool:
        """Whether these are the figures and the method that it was made with."""
        made = (self.tested.data_version, self.tested.method_version)
        return made == (data_version, method_version)


def together(
    tested: Backtest, told: Hindcast, late: Hindcast, classes: tuple[Class, ...], k: int
) -> Skill:
    """The backtest with what evidence would have added, forecast by forecast."""
    cells = [
        replace(
            cell,
            scores={**cell.scores, NOWCAST: one.scores[INFORMED], HOUSE: two.scores[INFORMED]},
            zone={**cell.zone, NOWCAST: one.zone[INFORMED], HOUSE: two.zone[INFORMED]},
        )
        for cell, one, two in zip(tested.cells, told.cells, late.cells, strict=True)
    ]
    whole = replace(tested, cells=tuple(cells), data_version=late.data_version)
    return Skill(whole, k, classes)


@cache
def skill() -> Skill:
    """The packaged result.

    >>> from marra.index.projection.skill import skill
    >>> skill().tested.horizons, skill().k
    ((2, 4, 6), 30)
    """
    path = files("marra.index.projection") / "skill.json"
    return read(json.loads(path.read_text("utf-8")))


def read(told: Mapping[str, Any]) -> Skill:
    """A result as it is kept."""
    tested = dict(told["tested"])
    tested["cells"] = tuple(_cell(each) for each in tested["cells"])
    return Skill(
        tested=Backtest(**tested),
        k=told["k"],
        classes=tuple(Class(**each) for each in told["classes"]),
    )


def written(found: Skill) -> dict[str, Any]:
    """A result as it is to be kept.

    >>> read(written(skill())) == skill()
    True
    """
    told: dict[str, Any] = _rounded(asdict(found))
    return told


def _cell(told: Mapping[str, Any]) -> Tested:
    method = {**told["method"], "features": tuple(told["method"]["features"])}
    return Tested(
        origin=told["origin"],
        horizon=told["horizon"],
        method=Method(**method),
        scores={name: RankScores(**each) for name, each in told["scores"].items()},
        zone={name: RankScores(**each) for name, each in told["zone"].items()},
    )


def _rounded(told: Any) -> Any:
    match told:
        case float():
            return round(told, DIGITS)
        case dict():
            return {name: _rounded(each) for name, each in told.items()}
        case list() | tuple():
            return [_rounded(each) for each in told]
        case _:
            return told
