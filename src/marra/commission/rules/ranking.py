"""The ranking of bodies by execution: as leads or as co-executors, by one figure at a time.

Place 1 is the best; equal figures share a place, and the next one is left out as often as it was
shared. A body that had nothing to answer for has no place. Only the share compares bodies of
different load: counts and days are larger where more was given. The colour follows from counts
alone and from no threshold: red where something is overdue on the day, amber where nothing is but
something was done late, green where all that has an answer was done on time.

Source: ours; the figures are those by which bodies are compared in execution control.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from marra.commission.rules.execution import Figures, Line
from marra.kit.text import Text, gettext_noop


class Side(StrEnum):
    """What a body answers for."""

    LED = gettext_noop("As the body that leads")
    HELPED = gettext_noop("As a co-executor")


class By(StrEnum):
    """The figure that gives the places."""

    SHARE = gettext_noop("Share on time, per cent")
    ON_TIME = gettext_noop("On time")
    LATE = gettext_noop("Late")
    OVERDUE = gettext_noop("Overdue")
    RETURNED = gettext_noop("Returned")
    DAYS = gettext_noop("Overdue days")


class Light(StrEnum):
    """A colour, as a word that stands before its number."""

    RED = gettext_noop("overdue")
    AMBER = gettext_noop("done late")
    GREEN = gettext_noop("all on time")
    NONE = gettext_noop("nothing to answer for")


@dataclass(frozen=True, slots=True)
class Placed:
    """A body and its place; None where it had nothing to answer for."""

    place: int | None
    code: str
    name: Text
    figures: Figures


def light(figures: Figures) -> tuple[Light, int]:
    """The colour of some figures, and the number that gives it.

    >>> light(Figures(on_time=8, late=1, overdue=2)), light(Figures(on_time=8, late=1))
    ((<Light.RED: 'overdue'>, 2), (<Light.AMBER: 'done late'>, 1))
    """
    if figures.overdue:
        return Light.RED, figures.overdue
    if figures.late:
        return Light.AMBER, figures.late
    return (Light.GREEN, figures.on_time) if figures.on_time else (Light.NONE, 0)


def ranked(
    lines: Iterable[Line], by: By = By.SHARE, *, side: Side = Side.LED, worst_first: bool = False
) -> tuple[Placed, ...]:
    """The bodies in the order of their places; those without one stand last.

    >>> body = lambda code, **told: Line(code, Text(code, code, code, code), Figures(total=9,
    ...     **told), Figures())
    >>> found = ranked([body("a", overdue=1), body("b", on_time=3), body("c", on_time=9)])
    >>> [(each.code, each.place) for each in found]
    [('b', 1), ('c', 1), ('a', 3)]
    """
    bodies = [(each, each.led if side is Side.LED else each.helped) for each in lines]
    answering = [(each, told) for each, told in bodies if told.answered]
    best_first = sorted(answering, key=lambda one: (_worth(one[1], by), one[0].code))
    placed: list[Placed] = []
    for _, equals in groupby(best_first, key=lambda one: _worth(one[1], by)):
        place = len(placed) + 1
        placed += [Placed(place, each.code, each.name, told) for each, told in equals]
    if worst_first:
        placed.sort(key=lambda each: -(each.place or 0))
    silent = [(each, told) for each, told in bodies if told.total and not told.answered]
    rest = sorted(silent, key=lambda one: one[0].code)
    return (*placed, *(Placed(None, each.code, each.name, told) for each, told in rest))


def _worth(figures: Figures, by: By) -> float:
    """The smaller, the better."""
    match by:
        case By.SHARE:
            return -(figures.share_on_time or 0.0)
        case By.ON_TIME:
            return -figures.on_time
        case By.LATE:
            return figures.late
        case By.OVERDUE:
            return figures.overdue
        case By.RETURNED:
            return figures.returned
        case By.DAYS:
            return figures.overdue_days
