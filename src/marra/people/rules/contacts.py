"""Where and when somebody wants to be told: mail, Telegram, SMS; in which language; not at night.

Whatever somebody is told stands among their notices; these ways only carry it outside. Quiet
hours are from ten in the evening to seven in the morning: what comes then waits until seven.

Source: ours; the form of a telephone number is E.164 of the ITU, of an address of mail RFC 5321.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from marra.kit.errors import Invalid
from marra.kit.text import LANGUAGES, gettext_noop

QUIET_FROM: Final = time(22)
QUIET_UNTIL: Final = time(7)
MAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
PHONE: Final = re.compile(r"\+[1-9]\d{7,14}")
NATIONAL: Final = "+998"
NATIONAL_LENGTH: Final = 12
CHAT: Final = re.compile(r"[1-9]\d{4,15}")


class Way(StrEnum):
    """How a notice leaves the house."""

    MAIL = "mail"
    TELEGRAM = "telegram"
    SMS = "sms"


class WrongMail(Invalid):
    """What was written is no address of mail."""

    sentence = gettext_noop("“{address}” is no mail address. Write one like a.karimov@gov.uz.")


class WrongChat(Invalid):
    """What was written is no number of a chat."""

    sentence = gettext_noop(
        "“{address}” is no number of a Telegram chat. Write to the bot, and copy the number that "
        "it answers with."
    )


class WrongPhone(Invalid):
    """What was written is no telephone number."""

    sentence = gettext_noop(
        "“{address}” is no telephone number. Write one like +998 90 123 45 67."
    )


class AddressMissing(Invalid):
    """A way without an address leads nowhere."""

    sentence = gettext_noop("Write the address that this way leads to, or switch the way off.")


class NoSuchLanguage(Invalid):
    """The language is none of the four."""

    sentence = gettext_noop("Choose one of the four languages.")


@dataclass(frozen=True, slots=True)
class Reach:
    """How one person is reached outside; nothing of it is set to begin with."""

    language: str = LANGUAGES[0]
    is_quiet: bool = True
    ways: Mapping[Way, str] = field(default_factory=dict)  # those that are on


def checked_address(way: Way, written: str) -> str:
    """An address as it is kept; refuses with the refusal of its way.

    >>> checked_address(Way.SMS, "90 123-45-67")
    '+998901234567'
    >>> checked_address(Way.MAIL, " A.Karimov@gov.uz ")
    'A.Karimov@gov.uz'
    """
    return CHECKS[way](written.strip())


def checked_way(way: Way, written: str, is_on: bool) -> str:  # noqa: FBT001  as it is kept
    """An address, or nothing; refuses with `AddressMissing` a way that is on and leads nowhere.

    >>> checked_way(Way.SMS, " ", False)
    ''
    """
    if written.strip():
        return checked_address(way, written)
    if is_on:
        raise AddressMissing
    return ""


def checked_language(code: str) -> str:
    """One of the four languages; refuses with `NoSuchLanguage`.

    >>> checked_language("uz-cyrl")
    'uz-cyrl'
    """
    if code not in LANGUAGES:
        raise NoSuchLanguage
    return code


def after_quiet(at: datetime) -> datetime:
    """The moment itself by day; by night the seven o'clock that comes next.

    >>> after_quiet(datetime(2026, 11, 26, 22, 30)).isoformat()
    '2026-11-27T07:00:00'
    >>> after_quiet(datetime(2026, 11, 26, 21, 59)).isoformat()
    '2026-11-26T21:59:00'
    """
    if QUIET_UNTIL <= at.time() < QUIET_FROM:
        return at
    day = at + timedelta(days=1) if at.time() >= QUIET_FROM else at
    return day.replace(hour=QUIET_UNTIL.hour, minute=0, second=0, microsecond=0)


def hidden(address: str) -> str:
    """An address as others may see it: enough to recognise, too little to write to.

    >>> hidden("+998901234567"), hidden("a.karimov@gov.uz")
    ('+99…67', 'a.k…uz')
    """
    return f"{address[:3]}…{address[-2:]}"


def _mail(written: str) -> str:
    if not MAIL.fullmatch(written):
        raise WrongMail(address=written[:80])
    return written


def _chat(written: str) -> str:
    if not CHAT.fullmatch(written):
        raise WrongChat(address=written[:80])
    return written


def _phone(written: str) -> str:
    digits = re.sub(r"[\s()-]", "", written)
    if digits.isdigit() and len(digits) == NATIONAL_LENGTH - 3:
        digits = f"{NATIONAL}{digits}"
    elif digits.isdigit():
        digits = f"+{digits}"
    is_short = digits.startswith(NATIONAL) and len(digits) != NATIONAL_LENGTH + 1
    if is_short or not PHONE.fullmatch(digits):
        raise WrongPhone(address=written[:80])
    return digits


CHECKS: Final[Mapping[Way, Callable[[str], str]]] = {
    Way.MAIL: _mail,
    Way.TELEGRAM: _chat,
    Way.SMS: _phone,
}
