"""Reporting keys: how a ministry's own system says who it is, and how often it may report.

The secret is shown once and kept only as a digest, so a stolen copy of the table opens nothing. It
has 32 random bytes: nobody can find it by trying, and a plain digest is enough.

Source: ours; NIST SP 800-63B, 5.1.1.2 (a slow digest is for secrets that people choose).
"""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from marra.evidence.rules.indicators import indicator, indicators
from marra.kit.errors import Conflict, Invalid, NotAllowed
from marra.kit.text import gettext_noop

BEGINNING: Final = "marra_"
A_MINUTE: Final = 30
"""Deliveries of one key within a minute; a daily report needs one."""

MOST: Final = 1000
"""Values of one delivery."""


class KeyUnknown(NotAllowed):
    """The key is wrong, or was ended."""

    sentence = gettext_noop(
        "The reporting key is not known or was ended. Ask an administrator for a new one."
    )


class TooOften(NotAllowed):
    """The key delivers faster than any report needs."""

    sentence = gettext_noop(
        "This key delivered {most} times within a minute. Wait a minute, and send many values in "
        "one delivery."
    )


class NotOfThisKey(NotAllowed):
    """The key is for other indicators."""

    sentence = gettext_noop(
        "This key may not report “{indicator}”. It is for: {known}. Ask an administrator."
    )


class KeyEnded(Conflict):
    """The key was ended before."""

    sentence = gettext_noop("The key {code} was ended before. Nothing was changed.")


class OnceMissing(Invalid):
    """A delivery without its own name cannot be repeated safely."""

    sentence = gettext_noop(
        "The header Idempotency-Key is missing or unfit. Give each delivery a name of its own, "
        "1 to 80 letters, digits, points and hyphens: if the answer is lost, send it again so."
    )


class OnceTaken(Conflict):
    """The same name for another delivery."""

    sentence = gettext_noop(
        "A delivery named “{once}” came before with other values. Give this one a new name."
    )


class NothingDelivered(Invalid):
    """An empty or an overlong delivery."""

    sentence = gettext_noop("Send 1 to {most} values in one delivery; this one has {count}.")


def digest_of(secret: str) -> str:
    """What is kept of a secret.

    >>> digest_of("marra_abc")[:8]
    'ecce0910'
    """
    return sha256(secret.encode()).hexdigest()


def checked_once(once: str) -> str:
    """The name of a delivery; refuses with `OnceMissing`.

    >>> checked_once("2026-03-02.daily")
    '2026-03-02.daily'
    """
    if not re.fullmatch(r"[A-Za-z0-9.:_-]{1,80}", once):
        raise OnceMissing
    return once


def checked_size(count: int) -> None:
    """Refuse a delivery of no values, or of too many."""
    if not 1 <= count <= MOST:
        raise NothingDelivered(most=MOST, count=count)


def checked_scope(codes: Sequence[str]) -> list[str]:
    """The indicators that a key is for, each once; refuses unknown ones; none means all.

    >>> checked_scope(["portal.services", "portal.services"])
    ['portal.services']
    """
    return [indicator(code).code for code in dict.fromkeys(codes)]


def allowed(code: str, scope: Sequence[str]) -> None:
    """Refuse with `NotOfThisKey` what a key is not for."""
    if scope and code in indicators() and code not in scope:
        raise NotOfThisKey(indicator=code, known=", ".join(scope))
