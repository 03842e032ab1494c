"""First in the app: whether a new service came to the mobile application no later than the portal.

A service is new if its first day, on the portal or in the app, is not before the day that the act
names. The act says "as a rule": what was excepted, with a reason and by whom, stands apart and is
counted neither for nor against.

Source: clause 5 of the decision PQ-308 of 14.09.2023; the day comes with the act. How exceptions
are counted is ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop


class AppFirst(StrEnum):
    """How a service stands to the rule."""

    NOT_LAUNCHED = gettext_noop("not launched")
    BEFORE = gettext_noop("launched before the rule")
    FIRST = gettext_noop("first in the app")
    EXCEPTED = gettext_noop("excepted, with a reason")
    LATER = gettext_noop("not first in the app")


class NoExceptionNeeded(Conflict):
    """What follows the rule needs no exception."""

    sentence = gettext_noop("“{title}” follows the rule, so it needs no exception.")


@dataclass(frozen=True, slots=True)
class Launch:
    """When a service appeared, and whether it was excepted."""

    portal: date | None
    app: date | None
    excepted: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """How many new services came to the app first."""

    first: int
    later: int
    excepted: int

    @property
    def value(self) -> float | None:
        """The share in per cent, exceptions left out; None if there is nothing to count."""
        counted = self.first + self.later
        return 100 * self.first / counted if counted else None


def stands(launch: Launch, since: date) -> AppFirst:
    """How a service stands to the rule, which is in force since a day.

    >>> rule = date(2024, 6, 1)
    >>> stands(Launch(date(2024, 7, 1), date(2024, 7, 1)), rule).name
    'FIRST'
    >>> stands(Launch(date(2024, 7, 1), None), rule).name
    'LATER'
    """
    days = [day for day in (launch.portal, launch.app) if day]
    if not days:
        return AppFirst.NOT_LAUNCHED
    if min(days) < since:
        return AppFirst.BEFORE
    if launch.app and launch.app == min(days):
        return AppFirst.FIRST
    return AppFirst.EXCEPTED if launch.excepted else AppFirst.LATER


def share(launches: Iterable[Launch], since: date) -> Share:
    """How many services launched since that day came to the app first.

    >>> day = date(2024, 7, 1)
    >>> share([Launch(day, day), Launch(day, None), Launch(day, None, True)], day).value
    50.0
    """
    found = [stands(each, since) for each in launches]
    return Share(
        found.count(AppFirst.FIRST), found.count(AppFirst.LATER), found.count(AppFirst.EXCEPTED)
    )


def checked_exception(title: str, launch: Launch, since: date) -> None:
    """Go on only if an exception makes sense; refuses with `NoExceptionNeeded`.

    What has not been launched may be excepted beforehand, so that it can come to the portal first.

    >>> checked_exception("Nikoh", Launch(date(2024, 7, 1), None), date(2024, 6, 1))
    """
    if stands(launch, since) in (AppFirst.BEFORE, AppFirst.FIRST):
        raise NoExceptionNeeded(title=title)
