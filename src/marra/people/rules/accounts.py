"""Accounts: names to sign in with, passwords, and when an account can no longer be changed.

Source: ours; the length of passwords follows NIST SP 800-63B, 5.1.1.2.
"""

import re
from typing import Final

from marra.kit.errors import Conflict, Invalid, NotAllowed
from marra.kit.text import gettext_noop

SHORTEST_PASSWORD: Final = 12


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
