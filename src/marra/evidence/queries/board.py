"""Read the board: every indicator with its last value, its trend, its goal and its oddities."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
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
    from marra.evidence.models.observations import Responsible

POINTS: Final = 24
"""How many values a line of the board draws."""


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of the board."""

    measured: Indicator
    points: tuple[Observation, ...]  # oldest first
    odd: tuple[Odd, ...]  # of the last one
    goal: Goal | None  # the next one, or the last that is past
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


Asked = Mapping[str, Sequence[Goal]]
"""What upper rooms ask of indicators: obligations."""

NOTHING: Final[Asked] = MappingProxyType({})


def board(place: str, stamp: Stamp, asked: Asked = NOTHING) -> list[Line]:
    """Every indicator as it stands at a place, as far as this person may see; in few queries."""
    points, goals = last_points(place, stamp), _goals(place)
    answering, survey = indicators.responsible(), releases.survey(releases.latest())
    return [
        _line(
            measured,
            points.get(code, ()),
            goals.get(code) or asked.get(code, ()),
            answering.get(code),
            (survey, place, stamp.at.date()),
        )
        for code, measured in indicators.indicators().items()
    ]


def line(measured: Indicator, place: str, stamp: Stamp, asked: Asked = NOTHING) -> Line:
    """One indicator with its whole series."""
    survey = releases.survey(releases.latest())
    return _line(
        measured,
        observations.series(measured.code, place, stamp),
        _goals(place).get(measured.code) or asked.get(measured.code, ()),
        indicators.responsible().get(measured.code),
        (survey, place, stamp.at.date()),
    )


def _goals(place: str) -> Mapping[str, list[Goal]]:
    return {
        code: [Goal(each.value, each.day, each.source, each.code) for each in targets]
        for code, targets in indicators.targets(place).items()
    }


def _line(
    measured: Indicator,
    values: Sequence[Observation],
    goals: Sequence[Goal],
    responsible: "Responsible | None",
    seen_from: tuple[Survey, str, date],
) -> Line:
    survey, place, on = seen_from
    goal = rules.goal_ahead(goals, on)
    return Line(
        measured=measured,
        points=tuple(values),
        odd=flags(measured, values[-1], values, on) if values else (),
        goal=goal,
        state=rules.state(measured, values, goal, on),
        survey=rules.own(survey, measured, place),
        bar=rules.at_place(survey, measured),
        responsible=responsible,
    )


LAST: Final = """
SELECT * FROM (
  SELECT id, code, indicator, place, value, day, basis, unit, source, link, note, vintage,
    origin, reporter, is_public, stands, withdrawn_why, corrects_id, file_id
  FROM evidence_observation
  WHERE indicator = %s AND place = %s AND stands AND (is_public OR %s)
  ORDER BY day DESC, vintage DESC, id DESC LIMIT %s
) AS the_last_{number}
"""
"""The last values of one indicator. One such part for each: the index of the series serves each
of them, and a window function over the whole table took ten times as long."""


def last_points(
    place: str, stamp: Stamp, codes: Sequence[str] = (), most: int = POINTS
) -> Mapping[str, Sequence[Observation]]:
    """The last values of each indicator, or of these, oldest first; in one query."""
    wanted, sees_all = list(codes or indicators.indicators()), observations.sees_all(stamp)
    parts = [LAST.format(number=number) for number in range(len(wanted))]
    asked = [each for code in wanted for each in (code, place, sees_all, most)]
    found: dict[str, list[Observation]] = defaultdict(list)
    for row in Observation.objects.raw("UNION ALL".join(parts), asked):
        found[row.indicator].append(row)
    return {
        code: sorted(rows, key=lambda row: (row.day, row.vintage, row.pk))
        for code, rows in found.items()
    }
