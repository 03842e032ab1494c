"""Scenarios: what may be kept of a what-if, and how much of it.

A scenario never changes once it is kept, so that a shared address shows tomorrow what it shows
today; only its title, and whether others may read it, can change.

Source: ours.
"""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from marra.index.survey import Survey
from marra.index.what_if import changeable
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

MOST_OPEN: Final = 100
MOST_KEPT: Final = 1000
MOST_EDITIONS: Final = 12
LARGEST_RESULT: Final = 20_000
VERSIONS: Final = ("data_version", "edition_version")
"""What a result must say of itself, so that it can be understood later."""


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
    """A scenario that changes nothing is the published edition."""

    sentence = gettext_noop("Nothing is changed in this scenario. Move at least one indicator.")


class UnfitChange(Invalid):
    """A change that cannot be kept."""

    sentence = gettext_noop(
        "“{name}” cannot be changed in a scenario of {edition}. Use one of: {known}."
    )


class UnfitValue(Invalid):
    """A value that is no number."""

    sentence = gettext_noop("The value of “{name}” is not a number. Write a number.")


class UnfitEditions(Invalid):
    """No edition, or too many of them."""

    sentence = gettext_noop("A scenario is of 1 to 12 editions from 2003 to 2100, not {given}.")


class UnfitResult(Invalid):
    """A result that is too large, or does not say from which figures it follows."""

    sentence = gettext_noop(
        "The result of the scenario cannot be kept: it must name its data version and its "
        "edition version, and have at most 20 kilobytes. Compute it again."
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


def checked_editions(editions: Sequence[int]) -> list[int]:
    """The editions, each once and in order; refuses with `UnfitEditions`.

    >>> checked_editions([2030, 2028, 2030])
    [2028, 2030]
    """
    found = sorted(set(editions))
    if not 1 <= len(found) <= MOST_EDITIONS or not 2003 <= found[0] <= found[-1] <= 2100:
        raise UnfitEditions(given=", ".join(map(str, found[:20])) or "–")
    return found


def checked_changes(survey: Survey, changes: Mapping[str, float]) -> dict[str, float]:
    """The changes by indicator, in the order of names; refuses what the edition does not have.

    >>> from marra.index.load import load
    >>> checked_changes(load(2024), {"tii.internet": 95, "osi": 0.8})
    {'osi': 0.8, 'tii.internet': 95.0}
    """
    if not changes:
        raise NothingChanged
    known = changeable(survey)
    for name, value in changes.items():
        if name not in known:
            raise UnfitChange(name=name[:40], edition=survey.year, known=", ".join(known))
        if not math.isfinite(value):
            raise UnfitValue(name=name)
    return {name: float(changes[name]) for name in sorted(changes)}


def checked_result(result: Mapping[str, Any]) -> dict[str, Any]:
    """A result that fits and names its versions; refuses with `UnfitResult`.

    >>> sorted(checked_result({"data_version": "a", "edition_version": "b", "rank": 41}))
    ['data_version', 'edition_version', 'rank']
    """
    try:
        written = json.dumps(result, allow_nan=False)
    except ValueError:
        raise UnfitResult from None
    if len(written) > LARGEST_RESULT or not all(result.get(name) for name in VERSIONS):
        raise UnfitResult
    kept: dict[str, Any] = json.loads(written)
    return kept
