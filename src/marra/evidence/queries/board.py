"""Read the board: every indicator with its last value, its trend, its goal and its oddities."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from marra.evidence.models.observations import Observation
from marra.evidence.queries import indicators, observations, releases
from marra.evidence.rules import board as rules
from marra.evidence.rules.board import Goal, State
from marra.evidence.rules.indicators import Indicator
from marra.evidence.rules.observations import Odd, flags
from marra.index.survey import Survey
from marra.people.rules import Stamp

if TYPE_CHECKING:
    from marra.evidence.models.observations import Responsible, Target

POINTS: Final = 24
"""How many values a line of the board draws."""


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of the board."""

    measured: Indicator
    points: tuple[Observation, ...]  # oldest first
    odd: tuple[Odd, ...]  # of the last one
    target: "Target | None"
    state: State
    survey: float | None  # what the latest edition has of the country
    bar: float | None  # what the 30th country has in this component
    responsible: "Responsible | None"

    @property
    def last(self) -> Observation | None:
        """The newest value that stands."""
        return self.points[-1] if self.points else None

    @property
    def gap(self) -> float | None:
        """How much is missing to place 30 in the component, by what the Survey itself has."""
        if self.survey is None or self.bar is None:
            return None
        missing = self.bar - self.survey if self.measured.up else self.survey - self.bar
        return max(missing, 0.0)


def board(place: str, stamp: Stamp) -> list[Line]:
    """Every indicator as it stands at a place, as far as this person may see; in few queries."""
    points, targets = _points(place, stamp), indicators.targets(place)
    answering, survey = indicators.responsible(), releases.survey(releases.latest())
    return [
        _line(
            measured,
            points.get(code, ()),
            targets.get(code, ()),
            answering.get(code),
            (survey, place, stamp.at.date()),
        )
        for code, measured in indicators.indicators().items()
    ]


def line(measured: Indicator, place: str, stamp: Stamp) -> Line:
    """One indicator with its whole series."""
    survey = releases.survey(releases.latest())
    return _line(
        measured,
        observations.series(measured.code, place, stamp),
        indicators.targets(place).get(measured.code, ()),
        indicators.responsible().get(measured.code),
        (survey, place, stamp.at.date()),
    )


def _line(
    measured: Indicator,
    values: Sequence[Observation],
    targets: "Sequence[Target]",
    responsible: "Responsible | None",
    seen_from: tuple[Survey, str, date],
) -> Line:
    survey, place, on = seen_from
    target = _ahead(targets, on)
    goal = Goal(target.value, target.day) if target else None
    return Line(
        measured=measured,
        points=tuple(values),
        odd=flags(measured, values[-1], values, on) if values else (),
        target=target,
        state=rules.state(measured, values, goal, on),
        survey=rules.own(survey, measured, place),
        bar=rules.at_place(survey, measured),
        responsible=responsible,
    )


def _ahead(targets: "Sequence[Target]", on: date) -> "Target | None":
    by_goal = {Goal(each.value, each.day): each for each in targets}
    goal = rules.goal_ahead(list(by_goal), on)
    return None if goal is None else by_goal[goal]


LAST: Final = """
SELECT * FROM (
  SELECT id, indicator, code, value, day, basis, unit, source, note, vintage
  FROM evidence_observation
  WHERE indicator = %s AND place = %s AND stands AND (is_public OR %s)
  ORDER BY day DESC, vintage DESC, id DESC LIMIT %s
) AS the_last_{number}
"""
"""The last values of one indicator. One such part for each: the index of the series serves each
of them, and a window function over the whole table took ten times as long."""


def _points(place: str, stamp: Stamp) -> Mapping[str, Sequence[Observation]]:
    """The last values of each indicator, oldest first."""
    codes, sees_all = list(indicators.indicators()), observations.sees_all(stamp)
    parts = [LAST.format(number=number) for number in range(len(codes))]
    asked = [each for code in codes for each in (code, place, sees_all, POINTS)]
    found: dict[str, list[Observation]] = defaultdict(list)
    for row in Observation.objects.raw("UNION ALL".join(parts), asked):
        found[row.indicator].append(row)
    return {
        code: sorted(rows, key=lambda row: (row.day, row.vintage, row.pk))
        for code, rows in found.items()
    }
