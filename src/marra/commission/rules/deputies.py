"""Deputies: somebody acts for a head or an executor, from a day until a day, by a document.

What a deputy submits says for whom, and the one for whom it was submitted does not judge it
either. Whoever did not hold the role gets it with the deputyship and loses it with its end.

Source: ours, after the practice of acting heads.
"""

from datetime import date, timedelta
from typing import Final

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop
from marra.people.rules.rights import Role

LONGEST: Final = timedelta(days=366)

ROLES: Final = (Role.EXECUTOR, Role.GROUP_HEAD, Role.SECRETARY)
"""The roles in which somebody may have a deputy."""


class UnfitDeputyRole(Invalid):
    """Nobody has a deputy in that role."""

    sentence = gettext_noop(
        "There are no deputies in the role “{role}”. Choose one of the roles in the list."
    )


class UnfitPeriod(Invalid):
    """A deputyship ends after it begins, and within a year."""

    sentence = gettext_noop(
        "A deputyship ends on or after the day it begins, not before today, and lasts a year at "
        "most. Correct the days."
    )


class OwnDeputy(Invalid):
    """Nobody is their own deputy."""

    sentence = gettext_noop("Nobody is their own deputy. Name two different accounts.")


class NobodyToActFor(Conflict):
    """The one to be acted for does not hold the role."""

    sentence = gettext_noop(
        "“{name}” does not hold the role “{role}” there, so nobody can act in it. "
        "An administrator gives roles."
    )


class ActsAlready(Conflict):
    """The same person acts there on some of these days."""

    sentence = gettext_noop(
        "“{name}” acts there already on some of these days. End that first, or choose other days."
    )


class DeputyshipOver(Conflict):
    """The deputyship has ended."""

    sentence = gettext_noop("This deputyship has ended already. Nothing was changed.")


def checked_role(role: str, scope: str) -> Role:
    """A role with deputies, held in a body or group; refuses with `UnfitDeputyRole`.

    A role that reaches everywhere has no deputies: an administrator gives it.

    >>> checked_role("body executor", "digital").value
    'body executor'
    """
    if role not in ROLES or not scope:
        raise UnfitDeputyRole(role=role[:40])
    return Role(role)


def checked_period(since: date, until: date, today: date) -> None:
    """Go on with days in their order; refuses with `UnfitPeriod`.

    >>> checked_period(date(2026, 3, 2), date(2026, 3, 20), date(2026, 3, 2))
    """
    if until < max(since, today) or until - since > LONGEST:
        raise UnfitPeriod
