"""Signatures: what a signed envelope must be before it is kept under minutes.

Whoever checks envelopes (the national service, or its stand-in) lives outside; here it is judged
what the check came to: the envelope is valid, it holds exactly the document that was closed, and
the same certificate has not signed it before. A signature of the stand-in is kept as such and has
no legal force.

Source: ours; RFC 2315 (PKCS #7) for envelopes with the signed document inside.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop


class Adapter(StrEnum):
    """By whom an envelope was made and checked."""

    EIMZO = "e-imzo"
    STAND_IN = "stand-in"


ADAPTERS = {
    Adapter.EIMZO: gettext_noop("E-IMZO"),
    Adapter.STAND_IN: gettext_noop("stand-in, no legal force"),
}
"""The adapters as pages and papers say them."""


class Position(StrEnum):
    """As what somebody signs."""

    CHAIR = gettext_noop("Chair")
    KEEPER = gettext_noop("Secretary")
    MEMBER = gettext_noop("Member")


class Fault(StrEnum):
    """Why an envelope does not count."""

    NONE = ""
    UNREADABLE = gettext_noop("it is not a signed envelope")
    SIGNATURE = gettext_noop("the signature does not fit what was signed")
    CERTIFICATE = gettext_noop("the certificate is not valid")
    EXPIRED = gettext_noop("the certificate was not valid when it was signed")
    UNKNOWN_STATE = gettext_noop("the state of the certificate could not be found out")
    TIMESTAMP = gettext_noop("the time stamp does not count")


class SignatureWrong(Invalid):
    """The envelope did not pass the check."""

    sentence = gettext_noop("The signature was not kept: {fault}. Sign the document once more.")


class OtherDocument(Invalid):
    """Something else was signed."""

    sentence = gettext_noop(
        "This is a signature of another document. Sign the file that this page gives."
    )


class SignedBefore(Conflict):
    """One person signs once."""

    sentence = gettext_noop("The certificate {certificate} has signed these minutes already.")


class MinutesStillOpen(Conflict):
    """Only what no longer changes is signed."""

    sentence = gettext_noop("Minutes are signed after they are closed. Close them first.")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of an envelope came to."""

    adapter: Adapter
    content: str  # the envelope, base64
    document: bytes = b""  # what was signed
    signer: str = ""
    certificate: str = ""  # serial number
    signed_at: datetime | None = None
    fault: Fault = Fault.NONE

    @property
    def is_valid(self) -> bool:
        """Whether the signature fits what was signed and its certificate counts."""
        return self.fault is Fault.NONE


def holds(checked: Checked, digest: str) -> bool:
    """Whether an envelope holds the document of that digest.

    >>> of_nothing = sha256(b"").hexdigest()
    >>> holds(Checked(Adapter.STAND_IN, ""), of_nothing)
    True
    """
    return sha256(checked.document).hexdigest() == digest


def fit(checked: Checked, *, digest: str, before: Collection[str]) -> None:
    """Go on only if an envelope may be kept under a document.

    Refuses with `SignatureWrong`, `OtherDocument` or `SignedBefore`.
    """
    if not checked.is_valid:
        raise SignatureWrong(fault=checked.fault)
    if not holds(checked, digest):
        raise OtherDocument
    if checked.certificate in before:
        raise SignedBefore(certificate=checked.certificate)
