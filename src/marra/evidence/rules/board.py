"""The board: how an indicator stands against what it is to reach, and against place 30.

A colour never stands alone: each state has a word, and beside it stand the value, its day, its
basis and its source. Whether a value is on its way is judged by the last year on its own basis:
if the target is reached by its day at that pace, it is; nothing is smoothed and nothing guessed.

Source: ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np

from marra.evidence.rules.indicators import Indicator
from marra.evidence.rules.observations import Seen
from marra.index.edition import PILLARS
from marra.index.survey import Floats, Survey
from marra.kit.text import gettext_noop

K: Final = 30
YEAR: Final = 365.25


class State(StrEnum):
    """How an indicator stands against its target."""

    REACHED = gettext_noop("reached")
    ON_COURSE = gettext_noop("on course")
    BEHIND = gettext_noop("behind")
    MISSED = gettext_noop("missed")
    NO_TARGET = gettext_noop("no target")
    NO_VALUE = gettext_noop("no value yet")


SIGNS: Final = {
    State.REACHED: "good",
    State.ON_COURSE: "good",
    State.BEHIND: "warn",
    State.MISSED: "bad",
    State.NO_TARGET: "",
    State.NO_VALUE: "",
}
"""The colour that may stand beside the word."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached, and by when; whoever set it."""

    value: float
    day: date
    source: str = ""
    code: str = ""  # of the target, where it was set for the indicator itself
    address: str = ""  # of an obligation that asks for it


def state(measured: Indicator, values: Sequence[Seen], goal: Goal | None, on: date) -> State:
    """How the last value, of a series oldest first, stands against a goal on a day.

    >>> from marra.evidence.rules.indicators import indicator
    >>> from types import SimpleNamespace as Row
    >>> services = indicator("portal.services")
    >>> rows = [Row(value=761, day=date(2025, 6, 30), basis="announced", unit="services")]
    >>> state(services, rows, Goal(700, date(2024, 12, 31)), date(2026, 3, 2)).value
    'reached'
    """
    if not values:
        return State.NO_VALUE
    if goal is None:
        return State.NO_TARGET
    last = values[-1]
    if _reaches(measured, last.value, goal.value):
        return State.REACHED
    if on > goal.day:
        return State.MISSED
    pace = yearly(values)
    if pace is None:
        return State.BEHIND
    ahead = last.value + pace * max((goal.day - last.day).days, 0) / YEAR
    return State.ON_COURSE if _reaches(measured, ahead, goal.value) else State.BEHIND


def yearly(values: Sequence[Seen]) -> float | None:
    """Change in a year at the last pace on the basis of the last value; None without two values.

    The pace is that since the newest value which is at least a year old, else since the oldest.

    >>> from types import SimpleNamespace as Row
    >>> yearly([Row(value=1.0, day=date(2024, 1, 1), basis="a"),
    ...         Row(value=9.9, day=date(2024, 6, 1), basis="b"),
    ...         Row(value=3.0, day=date(2026, 1, 1), basis="a")])
    0.9993160054719562
    """
    last = values[-1]
    same = [each for each in values if each.basis == last.basis and each.day < last.day]
    if not same:
        return None
    old = [each for each in same if (last.day - each.day).days >= YEAR]
    since = old[-1] if old else same[0]
    return (last.value - since.value) / ((last.day - since.day).days / YEAR)


def goal_ahead(goals: Sequence[Goal], on: date) -> Goal | None:
    """The goal that counts today: the next one, or the last one that is past; the first of a day.

    >>> goal_ahead([Goal(1, date(2024, 1, 1)), Goal(2, date(2030, 1, 1))], date(2026, 1, 1)).value
    2
    """
    ordered = sorted(goals, key=lambda goal: goal.day)
    ahead = [goal for goal in ordered if goal.day >= on]
    if ahead:
        return ahead[0]
    return max(ordered, key=lambda goal: goal.day) if ordered else None


def at_place(survey: Survey, measured: Indicator, k: int = K) -> float | None:
    """The value of the k-th best country in the component itself; None where it is not known.

    >>> from marra.index.load import load
    >>> from marra.evidence.rules.indicators import indicator
    >>> at_place(load(2024), indicator("osi")), at_place(load(2024), indicator("portal.services"))
    (0.87492, None)
    """
    column = _column(survey, measured.code)
    if column is None:
        return None
    known = np.sort(column[~np.isnan(column)])
    if len(known) < k:
        return None
    return float(known[-k] if measured.up else known[k - 1])


def own(survey: Survey, measured: Indicator, place: str) -> float | None:
    """What the Survey has of a country in the component; None where it is not known."""
    column = _column(survey, measured.code)
    if column is None or place not in survey.rows:
        return None
    value = float(column[survey.rows[place]])
    return None if np.isnan(value) else value


def _column(survey: Survey, code: str) -> Floats | None:
    if code == "egdi.rank":
        return survey.ranks.astype(np.float64)
    if code in PILLARS:
        return survey.pillars[:, PILLARS.index(code)]
    if code in {"egdi", "epi"}:
        return survey.egdi if code == "egdi" else survey.epi
    if code in survey.input_names:
        return survey.inputs[:, survey.input_names.index(code)]
    return None


def _reaches(measured: Indicator, value: float, goal: float) -> bool:
    return value >= goal if measured.up else value <= goal
