"""What a new file would change in figures that stand: value by value.

Source: ours.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from marra.index.survey import Survey
from marra.web.charts.reading import column

VALUES: Final = ("rank", "egdi", "osi", "tii", "hci", "epi")


class Published(Protocol):
    """A row of a file: a place and its published values."""

    @property
    def place(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """One value before and after; None where there was or will be none."""

    place: str
    name: str
    before: float | None
    after: float | None


def differences(survey: Survey, rows: Iterable[Published]) -> list[Difference]:
    """Every value of the rows that is not the one in the survey; countries gone come last."""
    at = {place: row for row, place in enumerate(survey.places)}
    given = list(rows)
    found = [each for row in given for each in _of(survey, at.get(row.place), row)]
    gone = sorted(set(at) - {row.place for row in given})
    missing = [Difference(place, "rank", float(survey.ranks[at[place]]), None) for place in gone]
    return found + missing


def _of(survey: Survey, at: int | None, row: Published) -> Iterator[Difference]:
    for name in VALUES:
        before = None if at is None else _stands(survey, at, name)
        after = getattr(row, name)
        if before != after:
            yield Difference(row.place, name, before, after)


def _stands(survey: Survey, at: int, name: str) -> float | None:
    value = float(survey.ranks[at] if name == "rank" else column(survey, name)[at])
    return None if math.isnan(value) else value
