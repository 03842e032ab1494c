"""One-time codes: six digits that a telephone shows anew every half minute, and spare codes.

A code counts for its half minute and the one before and after, since clocks differ; once used, it
and all older ones are worth nothing. Spare codes are for a lost telephone: each works once, and
has 80 bits, so its digest needs no salt.

Source: RFC 4226 (HOTP), RFC 6238 (TOTP), RFC 4648 (base 32); the address of an application is that
of Google Authenticator, "Key URI Format", which others read too.
"""

import hmac
import re
from base64 import b32encode
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from marra.kit.errors import Conflict, Invalid, NotAllowed
from marra.kit.text import gettext_noop

APPLICATION: Final = "application"
SECRET_BYTES: Final = 20
STEP: Final = 30
DIGITS: Final = 6
SPARE: Final = 10
SPARE_BYTES: Final = 10


class WrongCode(NotAllowed):
    """The code is none of this account's, or was used."""

    sentence = gettext_noop(
        "This code is wrong or was used already. Wait for the next one, and check the clock of "
        "your telephone; a spare code works once."
    )


class FactorMissing(Conflict):
    """Nothing was begun that could be confirmed."""

    sentence = gettext_noop("There is no application to confirm. Begin with “Add an application”.")


class NameOfFactor(Invalid):
    """A second step needs a short name to be told from others."""

    sentence = gettext_noop("Write in one line of 1 to 40 characters what you call it.")


def one_time_code(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """The code of a step of half a minute.

    >>> one_time_code(b"12345678901234567890", 0x23523EC, digits=8)
    '07081804'
    """
    digest = hmac.new(secret, step.to_bytes(8, "big"), "sha1").digest()
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def step_of(at: datetime) -> int:
    """The number of the half minute."""
    return int(at.timestamp()) // STEP


def used_step(secret: bytes, code: str, at: datetime, last: int) -> int | None:
    """The step whose code this is, if it counts now and is newer than the last one used.

    >>> from datetime import UTC
    >>> at = datetime(2026, 3, 2, 7, tzinfo=UTC)
    >>> code = one_time_code(b"k" * 20, step_of(at))
    >>> used_step(b"k" * 20, code, at, last=0) == step_of(at)
    True
    >>> used_step(b"k" * 20, code, at, last=step_of(at)) is None
    True
    """
    plain = re.sub(r"\s", "", code)
    now = step_of(at)
    for step in (now, now - 1, now + 1):
        expected = one_time_code(secret, step).encode()
        if hmac.compare_digest(expected, plain.encode()) and step > last:
            return step
    return None


def address(secret: bytes, account: str) -> str:
    """What an application reads from the picture; names of accounts need no escaping.

    >>> address(b"12345678901234567890", "a.karimov")[:46]
    'otpauth://totp/Marra:a.karimov?secret=GEZDGNBV'
    """
    return (
        f"otpauth://totp/Marra:{account}?secret={typed(secret)}&issuer=Marra"
        f"&algorithm=SHA1&digits={DIGITS}&period={STEP}"
    )


def typed(secret: bytes) -> str:
    """The secret in letters, for whoever cannot take the picture."""
    return b32encode(secret).decode().rstrip("=")


def spare_code(given: bytes) -> str:
    """A spare code in four groups of four letters.

    >>> spare_code(b"0123456789")
    'gayt-emzu-gu3d-oobz'
    """
    letters = typed(given).lower()
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def digest_of(code: str) -> str:
    """By what a spare code is known; how it was typed does not matter.

    >>> digest_of("GAYT emzu gu3d oobz") == digest_of("gayt-emzu-gu3d-oobz")
    True
    """
    return sha256(re.sub(r"[\s-]", "", code).lower().encode()).hexdigest()


def called(name: str, taken: Sequence[str] = ()) -> str:
    """What somebody calls a second step, told from those there are; refuses with `NameOfFactor`.

    >>> called(" My  key "), called("My key", ["My key", "My key 2"])
    ('My key', 'My key 3')
    """
    plain = " ".join(name.split())
    if not 1 <= len(plain) <= 40 or not plain.isprintable():
        raise NameOfFactor
    if plain not in taken:
        return plain
    count = 2
    while f"{plain} {count}" in taken:
        count += 1
    return f"{plain} {count}"
