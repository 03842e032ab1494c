"""Signed heads: one page of text that binds whoever published it to all entries so far.

A head is written as a signed note, the form in which logs of certificates and of software publish
theirs, so outsiders have tools for it. Its lines are the name of the key, how many entries there
are, the root of their tree in base64, the time, and up to which number the database will give no
entry any more; then an empty line and an Ed25519 signature over everything before it.

Source: C2SP, signed-note and tlog-checkpoint; RFC 8032 (Ed25519).
"""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from marra.journal.rules.canonical import moment
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

ED25519: Final = b"\1"
"""The sign of the algorithm in keys of signed notes."""

NOTE: Final = re.compile(
    r"(?P<text>(?P<name>\S+)\n(?P<size>\d{1,18})\n(?P<root>[A-Za-z0-9+/]{43}=)\n"
    r"time (?P<at>[0-9T:.-]{26})Z\nsettled (?P<settled>\d{1,19})\n)"
    r"\n\u2014 (?P<signer>\S+) (?P<signature>[A-Za-z0-9+/]{91}=)\n"
)


class HeadUnreadable(Invalid):
    """The text is no head of a journal."""

    sentence = gettext_noop(
        "This is not a head of a journal. Give it exactly as it was published."
    )


class HeadForged(Invalid):
    """The signature of a head is not that of the key."""

    sentence = gettext_noop(
        "The head of {size} entries is not signed by the key {key}. "
        "Compare the key with the one you were given by other means."
    )


class KeyUnreadable(Invalid):
    """The text is no public key of a journal."""

    sentence = gettext_noop(
        "“{key}” is not the public key of a journal. It has three parts joined by plus signs."
    )


@dataclass(frozen=True, slots=True)
class Head:
    """What a signed head says."""

    size: int
    root: bytes
    at: datetime
    settled: int


def name_of(key: Ed25519PublicKey) -> str:
    """The name of a key: the same wherever it signs, and another for each."""
    return f"marra-{sha256(key.public_bytes_raw()).hexdigest()[:8]}"


def public(key: Ed25519PublicKey) -> str:
    """A public key as it is published: its name, the beginning of its digest, its bytes."""
    coded = b64encode(ED25519 + key.public_bytes_raw()).decode()
    return f"{name_of(key)}+{_beginning(key).hex()}+{coded}"


def read_key(text: str) -> Ed25519PublicKey:
    """The key of its published form; refuses with `KeyUnreadable`."""
    try:
        _, _, coded = text.strip().split("+", 2)
        key = Ed25519PublicKey.from_public_bytes(b64decode(coded, validate=True)[1:])
    except ValueError:
        raise KeyUnreadable(key=text.strip()[:120]) from None
    if public(key) != text.strip():
        raise KeyUnreadable(key=text.strip()[:120])
    return key


def signed(head: Head, key: Ed25519PrivateKey) -> str:
    """The head as a signed note."""
    name = name_of(key.public_key())
    text = (
        f"{name}\n{head.size}\n{b64encode(head.root).decode()}\n"
        f"time {moment(head.at)}\nsettled {head.settled}\n"
    )
    signature = _beginning(key.public_key()) + key.sign(text.encode())
    return f"{text}\n\u2014 {name} {b64encode(signature).decode()}\n"


def opened(note: str, key: Ed25519PublicKey) -> Head:
    """What a note says, if the key signed it; refuses with `HeadUnreadable` or `HeadForged`."""
    found = NOTE.fullmatch(note)
    if found is None:
        raise HeadUnreadable
    signature = b64decode(found["signature"])
    try:
        key.verify(signature[4:], found["text"].encode())
        ours = signature[:4] == _beginning(key)
    except InvalidSignature:
        ours = False
    if not ours or {found["name"], found["signer"]} != {name_of(key)}:
        raise HeadForged(size=int(found["size"]), key=name_of(key))
    return Head(
        size=int(found["size"]),
        root=b64decode(found["root"]),
        at=datetime.strptime(found["at"], "%Y-%m-%dT%H:%M:%S.%f").replace(tzinfo=UTC),
        settled=int(found["settled"]),
    )


def _beginning(key: Ed25519PublicKey) -> bytes:
    """The four bytes by which a note says whose signature it bears."""
    return sha256(name_of(key).encode() + b"\n" + ED25519 + key.public_bytes_raw()).digest()[:4]
