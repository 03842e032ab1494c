"""Results: what a service issues, and how anybody checks that it stands.

A result has a number that people can read out. Its paper carries a note: the number, the service,
the days, the holder and a digest of all it says, signed with the key of the house, so that it can
be checked without a line. Whether it was revoked since only the house knows.

    R1.<payload>.<signature>        both in base64url without padding

Source: ours; RFC 8032 (Ed25519), RFC 4648 section 5 (base64url).
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from marra.kit import frozen
from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

MARK: Final = "R1"
LONGEST: Final = 2_000
"""Characters of a note; what is longer is none of ours."""

NUMBER: Final = re.compile(r"[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}")
MOST_FACTS: Final = 60
HALF: Final = 32
"""Digits of a digest in a note: enough against chance and forgery, and the square stays small."""


class NoNote(Invalid):
    """The text is no note of a result."""

    sentence = gettext_noop(
        "This is not the code of a document of this portal. Scan the square on the document "
        "again, or type its number on the page that checks documents."
    )


class NoteForged(Invalid):
    """The signature of the note is not that of the key."""

    sentence = gettext_noop(
        "The code of document {number} is not signed by this portal. Do not accept the document, "
        "and show it to the body that is named on it."
    )


class RevokedBefore(Conflict):
    """It was revoked already."""

    sentence = gettext_noop("This document was revoked on {day}. Nothing was changed.")


class NoReason(Invalid):
    """Nothing says why it is revoked."""

    sentence = gettext_noop("Write why the document is revoked: whoever checks it will read that.")


class TooMuchSaid(Invalid):
    """A result says more than a paper holds."""

    sentence = gettext_noop(
        "The result says {count} things; a document holds {most}. Let its definition say fewer."
    )


class Validity(StrEnum):
    """Whether a result stands."""

    STANDS = gettext_noop("is valid")
    REVOKED = gettext_noop("was revoked")
    RUN_OUT = gettext_noop("has run out")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a result says: what, and the value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Told:
    """All that a result says."""

    number: str
    service: str
    body: str
    holder: str
    issued_on: date
    until: date | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """What the note on a paper says."""

    number: str
    service: str
    holder: str
    issued_on: date
    until: date | None
    digest: str


def checked_facts(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts, if a paper holds them; refuses with `TooMuchSaid`."""
    if len(facts) > MOST_FACTS:
        raise TooMuchSaid(count=len(facts), most=MOST_FACTS)
    return facts


def note(told: Told, key: Ed25519PrivateKey) -> str:
    """The signed note for the paper of a result."""
    until = told.until.isoformat() if told.until else ""
    said = frozen.digest(frozen.written(told))
    lines = (told.number, told.issued_on.isoformat(), until, said[:HALF], told.service[:80])
    payload = "\n".join((*lines, told.holder[:80])).encode()
    return f"{MARK}.{_written(payload)}.{_written(key.sign(payload))}"


def noted(text: str, key: Ed25519PublicKey) -> Noted:
    """What a note says; refuses with `NoNote` or `NoteForged`.

    >>> key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    >>> told = Told("abcd-efgh-2345", "Maʼlumotnoma", "", "A. Q.", date(2026, 1, 1), None, ())
    >>> noted(note(told, key), key.public_key()).holder
    'A. Q.'
    """
    parts = text.strip().rpartition("#")[2].split(".")
    if len(text) > LONGEST or len(parts) != 3 or parts[0] != MARK:
        raise NoNote
    payload, signature = _read(parts[1]), _read(parts[2])
    lines = _text(payload).split("\n")
    if len(lines) != 6:
        raise NoNote
    number, issued, until, said, service, holder = lines
    try:
        key.verify(signature, payload)
    except InvalidSignature:
        raise NoteForged(number=number[:20]) from None
    ends = date.fromisoformat(until) if until else None
    return Noted(number, service, holder, date.fromisoformat(issued), ends, said)


def validity(until: date | None, revoked_on: date | None, today: date) -> Validity:
    """Whether a result stands on a day.

    >>> validity(date(2026, 1, 1), None, date(2026, 1, 2)).value
    'has run out'
    """
    if revoked_on is not None:
        return Validity.REVOKED
    return Validity.RUN_OUT if until is not None and until < today else Validity.STANDS


def checked_revoking(why: str, revoked_on: date | None) -> str:
    """Why a result is revoked; refuses with `RevokedBefore` or `NoReason`."""
    if revoked_on is not None:
        raise RevokedBefore(day=f"{revoked_on:%d.%m.%Y}")
    if not why.strip():
        raise NoReason
    return why.strip()[:1000]


def number_in(written: str) -> str:
    """The number that somebody typed or scanned, as it is kept; nothing where there is none.

    >>> number_in(" ABCD efgh 2345 "), number_in("https://x.uz/uz/check/abcd-efgh-2345/#R1.a.b")
    ('abcd-efgh-2345', 'abcd-efgh-2345')
    >>> number_in("salom")
    ''
    """
    text = written[:LONGEST].strip().lower()
    if found := NUMBER.search(text.partition("#")[0]):
        return found[0]
    plain = re.sub(r"[\s‐-―-]", "", text)
    parted = "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))
    return parted if NUMBER.fullmatch(parted) else ""


def initials(holder: str) -> str:
    """As much of a name as a stranger who checks a paper needs to compare.

    >>> initials("Qodirova Anora Botir qizi")
    'Q. A. B. q.'
    """
    return " ".join(f"{each[0]}." for each in holder.split() if each)[:40]


def _written(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _read(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise NoNote from None


def _text(payload: bytes) -> str:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise NoNote from None
