"""The stage of the example: its days, its people, and what was made by what name.

A scene is played on a working day, counted from today: -40 is forty working days ago. Whoever
plays in it gets a stamp of that day, so that the journal tells a quarter and not a minute.
"""

import csv
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from marra.door import terminal_stamp
from marra.kit.days import add_working, last_working
from marra.people import queries as people
from marra.people.rules.rights import Stamp

MARK: Final = "(namuna)"
"""Stands behind whatever the example calls by a name in one language."""

OPENS: Final = time(9)
BETWEEN: Final = timedelta(minutes=2)
ONE: Final = timedelta(days=1)


@dataclass(slots=True)
class Stage:
    """What is known while the example is played."""

    now: datetime
    rng: np.random.Generator
    place: str
    passwords: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    """Codes by the names that the files give."""

    def day(self, offset: int) -> date:
        """The working day that many working days from today.

        >>> from datetime import UTC
        >>> stage = Stage(datetime(2026, 11, 28, tzinfo=UTC), np.random.default_rng(0), "UZB")
        >>> stage.day(0).isoformat(), stage.day(-1).isoformat(), stage.day(1).isoformat()
        ('2026-11-27', '2026-11-26', '2026-11-30')
        """
        found = last_working(self.now.date())
        for _ in range(-offset):
            found = last_working(found - ONE)
        return add_working(found, max(offset, 0))

    def moment(self, offset: int, number: int = 0) -> datetime:
        """A moment of that day, each number later than the one before, and never to come."""
        opened = datetime.combine(self.day(offset), OPENS, self.now.tzinfo)
        return min(opened + number * BETWEEN, self.now)

    def stamp(self, name: str, at: datetime) -> Stamp:
        """The stamp of somebody of the example."""
        account = people.by_name(terminal_stamp(), name)
        return Stamp(by=account.code, at=at, roles=people.roles_of(account))


Play = Callable[[Stage, datetime], object]
Scene = tuple[int, Play]
"""A working day from today, and what is done on it."""


def play(stage: Stage, scenes: Iterable[Scene]) -> int:
    """Play the scenes, day by day in the order in which they are given; how many there were."""
    told = sorted(scenes, key=lambda scene: scene[0])
    numbers: dict[int, int] = {}
    for day, act in told:
        numbers[day] = numbers.get(day, -1) + 1
        act(stage, stage.moment(day, numbers[day]))
    return len(told)


def terminal(at: datetime) -> Stamp:
    """The stamp of the terminal at a moment of the story."""
    return replace(terminal_stamp(), at=at)


def marked(title: str) -> str:
    """A title that says that it is an example.

    >>> marked("Reja")
    'Reja (namuna)'
    """
    return f"{title} {MARK}"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of the example."""
    text = (files("marra.cli.example") / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def told(name: str) -> dict[str, Any]:
    """What a file of the example tells."""
    return tomllib.loads((files("marra.cli.example") / f"{name}.toml").read_text(encoding="utf-8"))


def text(name: str) -> str:
    """A file of the example as it is."""
    return (files("marra.cli.example") / name).read_text(encoding="utf-8")
