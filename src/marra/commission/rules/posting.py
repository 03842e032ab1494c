"""Sending notices outside: how often one is tried, and how an SMS is counted.

What fails is tried again after a pause that grows, for two days in all; what the service refuses
for good is not. An SMS has 160 letters of the GSM alphabet or 70 of any other; a longer one goes
in parts, each a little shorter, and each is paid for.

Source: 3GPP TS 23.038, section 6.2.1 (alphabet), TS 23.040, section 9.2.3.24.1 (parts); the pauses
are ours (assumed).
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

from marra.kit.text import gettext_noop

AT_ONCE: Final = 50
"""Messages that are taken up together."""

CLAIM: Final = timedelta(minutes=10)
"""How long whoever took a message up has for it; after that it is taken up again."""

PAUSES: Final = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 4 * 60, 12 * 60, 30 * 60))

GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWICE: Final = frozenset("^{}\\[~]|€\f")
"""Letters of the GSM alphabet that take two places."""

ALONE, IN_PARTS = (160, 153), (70, 67)
PLAIN: Final = str.maketrans(
    {"ʻ": "'", "ʼ": "'", "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-"}
    | {"—": "-", "№": "N", "\N{NO-BREAK SPACE}": " "}
)


class State(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    READ = "read"


TOLD: Final[Mapping[State, str]] = {
    State.WAITING: gettext_noop("waits"),
    State.SENDING: gettext_noop("is being sent"),
    State.SENT: gettext_noop("sent"),
    State.FAILED: gettext_noop("not delivered"),
    State.READ: gettext_noop("read before it was sent"),
}
"""The states as pages say them."""


class Outcome(StrEnum):
    """What came of one try."""

    SENT = "sent"
    AWAY = "away"
    REFUSED = "refused"
    NO_ADDRESS = "no-address"


FAULTS: Final[Mapping[Outcome, str]] = {
    Outcome.AWAY: gettext_noop("the service does not answer"),
    Outcome.REFUSED: gettext_noop("the service refuses the address"),
    Outcome.NO_ADDRESS: gettext_noop("the address was taken back"),
}
"""The faults as pages say them."""


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many tries that failed; None when it was the last.

    >>> pause_after(1), pause_after(4), pause_after(8)
    (datetime.timedelta(seconds=60), datetime.timedelta(seconds=3600), None)
    """
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


def for_sms(text: str) -> str:
    """A text with the signs of the GSM alphabet where there is one that says the same.

    >>> for_sms("toʻrtta — “ha”")
    'to\\'rtta - "ha"'
    """
    return text.translate(PLAIN)


def sms_parts(text: str) -> int:
    """In how many parts an SMS goes.

    >>> sms_parts("a" * 160), sms_parts("a" * 161), sms_parts("ж" * 70), sms_parts("ж" * 71)
    (1, 2, 1, 2)
    """
    if all(letter in GSM or letter in TWICE for letter in text):
        length, (alone, in_parts) = len(text) + sum(map(TWICE.__contains__, text)), ALONE
    else:
        length, (alone, in_parts) = len(text.encode("utf-16-le")) // 2, IN_PARTS
    return 1 if length <= alone else -(-length // in_parts)
