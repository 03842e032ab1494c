"""Signing in: how often it may fail.

Source: ours; throttling follows NIST SP 800-63B, 5.2.2.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from marra.kit.errors import NotAllowed
from marra.kit.text import gettext_noop

TRIES: Final = 5
PAUSE: Final = timedelta(minutes=15)


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
