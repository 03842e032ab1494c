"""Secrets that must be read again, kept enciphered under a key of their own.

The key follows from the secret key of the house and from what it is for, so whoever gets the
database alone gets no secret, and one secret is worth nothing elsewhere.

Source: RFC 5869 (HKDF); Fernet as `cryptography` has it (AES-128-CBC and HMAC-SHA256).
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop


class SecretUnreadable(Conflict):
    """The secret key of the house was changed after this was kept."""

    sentence = gettext_noop(
        "The second step of this account can no longer be read, since the secret key of the house "
        "was changed. Ask an administrator to reset it."
    )


def enciphered(secret: bytes, master: str, purpose: str) -> bytes:
    """The secret, to be kept.

    >>> deciphered(enciphered(b"s3cret", "master", "codes"), "master", "codes")
    b's3cret'
    """
    return _cipher(master, purpose).encrypt(secret)


def deciphered(kept: bytes, master: str, purpose: str) -> bytes:
    """The secret again; refuses with `SecretUnreadable`."""
    try:
        return _cipher(master, purpose).decrypt(kept)
    except InvalidToken:
        raise SecretUnreadable from None


def _cipher(master: str, purpose: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"marra {purpose}".encode())
    return Fernet(urlsafe_b64encode(derived.derive(master.encode())))
