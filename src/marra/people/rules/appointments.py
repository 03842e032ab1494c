"""Appointments: which roles can be given, and in what.

Source: ours; the roles are those of the Commission and its working groups.
"""

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop
from marra.people.rules.rights import APPOINTED, HELD_IN, Role


class UnknownRole(Invalid):
    """Nobody is appointed to that."""

    sentence = gettext_noop("There is no role “{role}”. Choose one of the roles in the list.")


class ScopeMissing(Invalid):
    """The role is held in one body or group, and none was named."""

    sentence = gettext_noop(
        "The role “{role}” is held in one state body or working group. Choose which."
    )


class HeldEverywhere(Invalid):
    """The role is held for everything, and a body or group was named."""

    sentence = gettext_noop(
        "The role “{role}” is not held in one state body or working group. Leave the choice empty."
    )


class AlreadyAppointed(Conflict):
    """The role is held already."""

    sentence = gettext_noop("“{name}” holds the role “{role}” already. Nothing was changed.")


class NotAppointed(Conflict):
    """The role to be taken is not held."""

    sentence = gettext_noop("“{name}” does not hold the role “{role}”. Nothing was changed.")


class LastAdministrator(Conflict):
    """Without an administrator nobody could let anybody in again."""

    sentence = gettext_noop(
        "“{name}” is the last administrator, so this account cannot lose the role. "
        "Appoint another administrator first."
    )


def checked_role(role: str) -> Role:
    """A role that can be given; refuses with `UnknownRole`.

    >>> checked_role("analyst")
    <Role.ANALYST: 'analyst'>
    """
    if role not in APPOINTED:
        raise UnknownRole(role=role)
    return Role(role)


def checked_scope(role: Role, scope: str) -> str:
    """The body or group a role is given in; refuses with `ScopeMissing` or `HeldEverywhere`.

    Whether there is such a body or group the door asks of the rooms that keep them.

    >>> checked_scope(Role.EXECUTOR, "ministry-of-health"), checked_scope(Role.SECRETARY, "")
    ('ministry-of-health', '')
    """
    kinds = HELD_IN[role]
    if not scope and "" not in kinds:
        raise ScopeMissing(role=role)
    if scope and kinds == ("",):
        raise HeldEverywhere(role=role)
    return scope


def as_fact(role: Role) -> str:
    """The role as the journal writes it: one word.

    >>> as_fact(Role.EXECUTOR)
    'body-executor'
    """
    return role.value.replace(" ", "-")
