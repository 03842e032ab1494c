"""Scenarios: what is kept of one, and how many of them.

A scenario never changes once it is kept, so that a shared address shows tomorrow what it shows
today; only its title, and whether others may read it, can change. What was asked is kept whole, so
it can be asked again of newer figures; the answer is kept as it was given then.

Source: ours.
"""

from typing import Final

from marra.index.projection.scenario import Scenario
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

MOST_OPEN: Final = 100
MOST_KEPT: Final = 1000
MOST_COMPARED: Final = 4


class TooManyScenarios(Conflict):
    """The list of open ones is full."""

    sentence = gettext_noop(
        "You have {count} scenarios, and no more can be kept. Archive some that you do not need."
    )


class TooManyKept(Conflict):
    """The list with archived ones is full."""

    sentence = gettext_noop(
        "You have kept {count} scenarios with the archived ones, and no more can be kept. "
        "Change one on its page without saving, or ask an administrator."
    )


class NothingChanged(Invalid):
    """A scenario that changes nothing is the projection itself."""

    sentence = gettext_noop("Nothing is changed in this scenario. Move at least one indicator.")


class TooManyToCompare(Invalid):
    """More than can be read side by side."""

    sentence = gettext_noop(
        "{count} scenarios cannot be compared at once. Choose at most {most} of them."
    )


class ScenarioArchived(Conflict):
    """It is out of the way already."""

    sentence = gettext_noop("The scenario “{title}” is archived. Nothing was changed.")


def room_for_one(count_open: int, count_kept: int) -> None:
    """Go on only while one more scenario may be kept.

    >>> room_for_one(MOST_OPEN - 1, MOST_OPEN - 1)
    """
    if count_open >= MOST_OPEN:
        raise TooManyScenarios(count=count_open)
    if count_kept >= MOST_KEPT:
        raise TooManyKept(count=count_kept)


def comparable(codes: list[str]) -> list[str]:
    """The codes, each once and as they were given; refuses with `TooManyToCompare`.

    >>> comparable(["b", "a", "b"])
    ['b', 'a']
    """
    found = list(dict.fromkeys(codes))
    if len(found) > MOST_COMPARED:
        raise TooManyToCompare(count=len(found), most=MOST_COMPARED)
    return found


def changes(found: Scenario) -> dict[str, float]:
    """What was asked: each figure that the country is said to have, by name."""
    if not found.given:
        raise NothingChanged
    return {each.name: float(each.value) for each in found.given}
