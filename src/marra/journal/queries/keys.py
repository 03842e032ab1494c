"""The key that signs heads: made once, kept in the data folder, readable by its owner only."""

import os
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from marra.journal.rules.heads import public

if TYPE_CHECKING:
    from pathlib import Path


def signing_key() -> Ed25519PrivateKey:
    """The key of this installation; made at the first call."""
    path: Path = settings.DATA / "journal-key"
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        seed = b64decode(path.read_text(encoding="ascii"), validate=True)
        return Ed25519PrivateKey.from_private_bytes(seed)
    made = Ed25519PrivateKey.generate()
    with os.fdopen(opened, "w", encoding="ascii") as file:
        file.write(b64encode(made.private_bytes_raw()).decode())
        file.flush()
        os.fsync(file.fileno())
    return made


def public_key() -> str:
    """Its public part, as it is published."""
    return public(signing_key().public_key())
