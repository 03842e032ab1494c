"""Rights: who acts, in which roles, and what those roles allow.

A role is held everywhere (scope ""), in one state body, or in one working group. The two roles at
the end are held without appointment: everybody is a visitor, and everybody signed in is the holder
of their own account. So every action asks one question of the same form, and none is open by
forgetting to ask.

Source: ours.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from marra.kit.errors import NotAllowed
from marra.kit.text import gettext_noop

VISITOR: Final = "visitor"
TERMINAL: Final = gettext_noop("terminal")


class Role(StrEnum):
    """What somebody may be."""

    ADMINISTRATOR = gettext_noop("administrator")
    ANALYST = gettext_noop("analyst")
    CHAIR = gettext_noop("chair")
    SECRETARY = gettext_noop("secretary")
    GROUP_HEAD = gettext_noop("group head")
    GROUP_MEMBER = gettext_noop("group member")
    EXECUTOR = gettext_noop("body executor")
    AUDITOR = gettext_noop("auditor")
    HOLDER = gettext_noop("account holder")
    VISITOR = gettext_noop("visitor")


APPOINTED: Final = (
    Role.ADMINISTRATOR,
    Role.ANALYST,
    Role.CHAIR,
    Role.SECRETARY,
    Role.GROUP_HEAD,
    Role.GROUP_MEMBER,
    Role.EXECUTOR,
    Role.AUDITOR,
)
"""The roles that an administrator gives and takes."""

HELD_IN: Final[Mapping[Role, tuple[str, ...]]] = MappingProxyType(
    {
        Role.ADMINISTRATOR: ("",),
        Role.ANALYST: ("",),
        Role.CHAIR: ("",),
        Role.SECRETARY: ("", "group"),
        Role.GROUP_HEAD: ("group",),
        Role.GROUP_MEMBER: ("group",),
        Role.EXECUTOR: ("body",),
        Role.AUDITOR: ("",),
        Role.HOLDER: ("account",),
        Role.VISITOR: ("",),
    }
)
"""What a role is held in: "" is everywhere. The secretary of "" is that of the Commission."""


class SignInFirst(NotAllowed):
    """Nobody has signed in, and this is not for everybody."""

    sentence = gettext_noop("This is for the role “{role}” only. Sign in first.")


class RoleMissing(NotAllowed):
    """This person does not hold the role."""

    sentence = gettext_noop(
        "This is for the role “{role}” only, and your account does not hold it. "
        "Ask an administrator to do it or to appoint you."
    )


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who acts, when, and in which roles; each role with the state body it is held in."""

    by: str
    at: datetime
    roles: frozenset[tuple[Role, str]]

    def holds(self, role: Role, of: str = "") -> bool:
        """Whether the role is held in that body or everywhere.

        >>> stamp = Stamp("account-1", datetime(2026, 3, 2), frozenset({(Role.ANALYST, "")}))
        >>> stamp.holds(Role.ANALYST, of="ministry"), stamp.holds(Role.ADMINISTRATOR)
        (True, False)
        """
        return (role, of) in self.roles or (role, "") in self.roles

    def scopes(self, *roles: Role) -> frozenset[str]:
        """The bodies or groups in which one of the roles is held; "" among them is everywhere.

        >>> held = frozenset({(Role.EXECUTOR, "body-1"), (Role.AUDITOR, "")})
        >>> sorted(Stamp("account-1", datetime(2026, 3, 2), held).scopes(Role.EXECUTOR))
        ['body-1']
        """
        return frozenset(of for role, of in self.roles if role in roles)

    def require(self, *roles: Role, of: str | Sequence[str] = "") -> None:
        """Go on only if one of the roles is held; else refuse, naming the first of them.

        `of` is the body or group the thing belongs to, or several of them: one is enough.

        >>> clerk = Stamp("account-1", datetime(2026, 3, 2), frozenset({(Role.ANALYST, "")}))
        >>> clerk.require(Role.ANALYST, Role.ADMINISTRATOR)
        """
        scopes = (of,) if isinstance(of, str) else (of or ("",))
        if not any(self.holds(role, scope) for role in roles for scope in scopes):
            refusal = SignInFirst if self.by == VISITOR else RoleMissing
            raise refusal(role=roles[0])

    @property
    def reads_everything(self) -> bool:
        """Whether this person may read whatever is kept: administrators and auditors."""
        return self.holds(Role.ADMINISTRATOR) or self.holds(Role.AUDITOR)

    @property
    def is_administrator(self) -> bool:
        """Whether this person looks after the whole house."""
        return self.holds(Role.ADMINISTRATOR)


@cache
def kinds(room: str) -> Mapping[str, frozenset[str]]:
    """What a role may be held in to count for each deed of a room, besides everywhere.

    >>> sorted(kinds("inventory")["function.entered"])
    ['body']
    """
    return MappingProxyType(
        {row["deed"]: frozenset(filter(None, row["own"].split("+"))) for row in _rows(room)}
    )


@cache
def rights(room: str) -> Mapping[str, tuple[Role, ...]]:
    """Who may do what in a room: each deed with its roles, from the room's `rules/rights.csv`.

    A row is a deed, a column a role, an `x` a right. What `of` an action names decides whether a
    role held in one body is enough; a role held everywhere always is.

    >>> Role.ADMINISTRATOR in rights("inventory")["body.opened"]
    True
    """
    return MappingProxyType(
        {
            row["deed"]: tuple(role for role in Role if row.get(role.value) == "x")
            for row in _rows(room)
        }
    )


def _rows(room: str) -> list[dict[str, str]]:
    text = (files(f"marra.{room}.rules") / "rights.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
