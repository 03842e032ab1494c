"""Rights: who acts, in which roles, and what those roles allow.

A role is held everywhere (body "") or in one state body. The two roles at the end are held without
appointment: everybody is a visitor, and everybody signed in is the holder of their own account. So
every action asks one question of the same form, and none is open by forgetting to ask.

Source: ours; throttling and the length of passwords follow NIST SP 800-63B, 5.1.1.2 and 5.2.2.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from marra.kit.errors import Conflict, Invalid, NotAllowed
from marra.kit.text import gettext_noop

VISITOR: Final = "visitor"
TERMINAL: Final = gettext_noop("terminal")

TRIES: Final = 5
PAUSE: Final = timedelta(minutes=15)
SHORTEST_PASSWORD: Final = 12


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
    def is_administrator(self) -> bool:
        """Whether this person looks after the whole house."""
        return self.holds(Role.ADMINISTRATOR)


@cache
def rights(room: str) -> Mapping[str, tuple[Role, ...]]:
    """Who may do what in a room: each deed with its roles, from the room's `rules/rights.csv`.

    A row is a deed, a column a role, an `x` a right. What `of` an action names decides whether a
    role held in one body is enough; a role held everywhere always is.

    >>> Role.ADMINISTRATOR in rights("inventory")["body.opened"]
    True
    """
    text = (files(f"marra.{room}.rules") / "rights.csv").read_text(encoding="utf-8")
    table = {}
    for row in csv.DictReader(text.splitlines()):
        table[row["deed"]] = tuple(role for role in Role if row.get(role.value) == "x")
    return MappingProxyType(table)


class TooManyTries(NotAllowed):
    """The way in is closed for a while."""

    sentence = gettext_noop(
        "Five sign-ins failed within 15 minutes, so no further one is accepted for now. "
        "Try again after {until}."
    )


class WrongNameOrPassword(NotAllowed):
    """One of the two is wrong; which of them is not for a stranger to know."""

    sentence = gettext_noop(
        "The name or the password is wrong. Check both; an administrator can set a new password."
    )


class WrongPassword(NotAllowed):
    """The present password, asked once more before it is changed, is wrong."""

    sentence = gettext_noop("The present password is wrong. Nothing was changed.")


class UnfitName(Invalid):
    """A name to sign in with has letters that cannot be typed everywhere."""

    sentence = gettext_noop(
        "“{name}” cannot be the name of an account. "
        "Use 2 to 40 small Latin letters, digits, points and hyphens, and begin with a letter."
    )


class NameTaken(Conflict):
    """There is an account of that name."""

    sentence = gettext_noop("There is already an account “{name}”. Choose another name.")


class WeakPassword(Invalid):
    """The password is short or well known."""

    sentence = gettext_noop(
        "This password is too easy to guess. Use at least 12 characters: "
        "three or four words that do not belong together."
    )


class UnknownRole(Invalid):
    """Nobody is appointed to that."""

    sentence = gettext_noop("There is no role “{role}”. Choose one of the roles in the list.")


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


class AccountClosed(Conflict):
    """The account is closed."""

    sentence = gettext_noop("The account “{name}” is closed. Register a new one.")


def checked_name(name: str) -> str:
    """The name to sign in with; refuses with `UnfitName`.

    >>> checked_name("a.karimov")
    'a.karimov'
    """
    if not re.fullmatch(r"[a-z][a-z0-9.-]{1,39}", name):
        raise UnfitName(name=name)
    return name


def checked_password(password: str, *, name: str) -> str:
    """The password, long enough and not built on the name; refuses with `WeakPassword`.

    >>> checked_password("olma anor behi", name="a.karimov")
    'olma anor behi'
    """
    too_plain = len(set(password)) < 5 or name in password.lower() or password.isdigit()
    if len(password) < SHORTEST_PASSWORD or len(password) > 1000 or too_plain:
        raise WeakPassword
    return password


def checked_role(role: str) -> Role:
    """A role that can be given; refuses with `UnknownRole`.

    >>> checked_role("analyst")
    <Role.ANALYST: 'analyst'>
    """
    if role not in APPOINTED:
        raise UnknownRole(role=role)
    return Role(role)


def closed_until(failures: Sequence[datetime], at: datetime) -> datetime | None:
    """When the way in opens again, or None if it is open; `failures` of one account or address.

    >>> nine = datetime(2026, 3, 2, 9, 0)
    >>> closed_until([nine + timedelta(minutes=m) for m in range(5)], nine + timedelta(minutes=6))
    datetime.datetime(2026, 3, 2, 9, 15)
    >>> closed_until([nine] * 5, nine + PAUSE) is None
    True
    """
    recent = sorted(when for when in failures if when > at - PAUSE)
    if len(recent) < TRIES:
        return None
    return recent[-TRIES] + PAUSE
