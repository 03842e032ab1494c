"""What people write in applications: answers, reasons, messages, marks, the names of requests.

Source: ours.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop
from marra.portal.rules.bundles import NotABundle, canonical

LONGEST_TEXT: Final = 2000
BEST: Final = 5
MOST_ANSWERED: Final = 200_000
UNKEPT: Final = re.compile(r"[\0\ud800-\udfff]")
"""Signs that no database keeps."""


class Unwritten(Invalid):
    """A reason, a ground or a message is written."""

    sentence = gettext_noop("Write it in 3 to 2000 characters.")


class UnfitAnswers(Invalid):
    """Answers hold what cannot be kept."""

    sentence = gettext_noop(
        "The answers hold signs or numbers that cannot be kept. Write letters, digits and "
        "ordinary numbers."
    )


class TooMuchWritten(Invalid):
    """Answers are answers, not archives."""

    sentence = gettext_noop(
        "The answers have {size} characters together, and at most {most} are kept. Shorten them."
    )


class NoRating(Invalid):
    """From one to five."""

    sentence = gettext_noop("Choose a number from 1 to 5.")


class UnfitKey(Invalid):
    """A request without its own name cannot be repeated safely."""

    sentence = gettext_noop(
        "The header Idempotency-Key is missing or unfit. Give each application a name of its "
        "own, 8 to 80 letters, digits, points and hyphens, and send the same again if the answer "
        "is lost."
    )


class KeyTaken(Conflict):
    """The same name for another application."""

    sentence = gettext_noop(
        "An application named “{key}” came before with other answers. Give this one a new name."
    )


def answers_digest(service: str, answers: Mapping[str, Any]) -> str:
    """What a request in one piece is known by; refuses with `UnfitAnswers`.

    >>> answers_digest("a", {"x": 1, "y": 2}) == answers_digest("a", {"y": 2, "x": 1})
    True
    """
    return sha256(_written([service, dict(answers)])).hexdigest()


def checked_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers that can be kept; refuses with `TooMuchWritten` and `UnfitAnswers`.

    >>> checked_answers({"name": "Anora"})
    {'name': 'Anora'}
    """
    size = len(_written(dict(answers)))
    if size > MOST_ANSWERED:
        raise TooMuchWritten(size=size, most=MOST_ANSWERED)
    return dict(answers)


def _written(told: object) -> bytes:
    try:
        written = canonical(told)
    except NotABundle:
        raise UnfitAnswers from None
    if b"\\u0000" in written:
        raise UnfitAnswers
    return written


def checked_text(text: str) -> str:
    """A reason, a ground or a message; refuses with `Unwritten`.

    >>> checked_text("  Hujjat oʻqilmaydi. ")
    'Hujjat oʻqilmaydi.'
    """
    cleaned = text.strip().replace("\r\n", "\n")
    if not 3 <= len(cleaned) <= LONGEST_TEXT or UNKEPT.search(cleaned):
        raise Unwritten
    return cleaned


def checked_rating(number: int) -> int:
    """A mark from one to five; refuses with `NoRating`.

    >>> checked_rating(5)
    5
    """
    if not 1 <= number <= BEST:
        raise NoRating
    return number


def checked_key(key: str) -> str:
    """The name of a request; refuses with `UnfitKey`.

    >>> checked_key("0f1e2d3c-4b5a")
    '0f1e2d3c-4b5a'
    """
    if not re.fullmatch(r"[A-Za-z0-9.:_-]{8,80}", key):
        raise UnfitKey
    return key
