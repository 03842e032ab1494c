"""Electronic signatures: the national service E-IMZO, and a stand-in without legal force.

A signature is an envelope (PKCS #7) with the signed document inside. Officials make it with the
E-IMZO program on their own machine, where their key is; here it only gets its time stamp and is
checked, by the E-IMZO server whose address stands in MARRA_EIMZO. Without an address the stand-in
makes and checks envelopes of its own, authenticated with a key that follows from the secret key
of the house: they show that nothing was changed and who was signed in, and prove nothing else.

Source: E-IMZO integration guide (github.com/qo0p/e-imzo-doc, read 2026-11): addresses, headers,
codes of state and fields of the answers; RFC 2104 (HMAC).
"""

import base64
import binascii
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from urllib.error import URLError
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

from django.conf import settings

from marra.commission.rules.signing import Adapter, Checked, Fault
from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop

WAIT: Final = 15
"""Seconds to wait for an answer: the server asks the certificate authority meanwhile."""

LONGEST: Final = 8 * 1024 * 1024
NATIONAL_TIME: Final = ZoneInfo("Asia/Tashkent")
NOTICE: Final = "stand-in signature, no legal force"

FAULTS: Final[Mapping[int, Fault]] = {
    -1: Fault.UNKNOWN_STATE,
    -10: Fault.SIGNATURE,
    -11: Fault.CERTIFICATE,
    -12: Fault.EXPIRED,
    -20: Fault.UNKNOWN_STATE,
    -21: Fault.TIMESTAMP,
    -22: Fault.TIMESTAMP,
    -23: Fault.TIMESTAMP,
}
"""What the codes of state mean; any other is an envelope that the server cannot read."""


class ServiceAway(Conflict):
    """The service does not answer."""

    sentence = gettext_noop(
        "The signature service does not answer, so nothing was signed or checked. Try later, "
        "and tell your administrator if it lasts."
    )


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom the service is asked: it binds a signature to the site it was made on."""

    host: str
    address: str


@dataclass(frozen=True, slots=True)
class EImzo:
    """A client of an E-IMZO server."""

    address: str
    adapter: Adapter = Adapter.EIMZO

    def challenge(self, asker: Asker) -> str:
        """A word to sign, which the server remembers for two minutes."""
        return str(self._told("/frontend/challenge", None, asker)["challenge"])

    def proved(self, content: str, asker: Asker) -> Checked:
        """Whose certificate signed a challenge."""
        told = self._told("/backend/auth", content, asker)
        subject = told.get("subjectCertificateInfo") or {}
        return Checked(
            adapter=self.adapter,
            content=content,
            signer=str((subject.get("subjectName") or {}).get("CN", "")),
            certificate=str(subject.get("serialNumber", "")),
            fault=_fault(told),
        )

    def stamped(self, content: str, asker: Asker) -> str:
        """The envelope with a time stamp in it; the one given, if it has one already."""
        told = self._told("/frontend/timestamp/pkcs7", content, asker)
        return str(told.get("pkcs7b64") or content)

    def checked(self, content: str, asker: Asker) -> Checked:
        """What an envelope holds, who signed it last, and whether it counts."""
        told = self._told("/backend/pkcs7/verify/attached", content, asker)
        info = told.get("pkcs7Info") or {}
        signer = (info.get("signers") or [{}])[-1]
        owner = (signer.get("certificate") or [{}])[0]
        return Checked(
            adapter=self.adapter,
            content=content,
            document=_bytes(str(info.get("documentBase64", ""))) or b"",
            signer=str((owner.get("subjectInfo") or {}).get("CN", "")),
            certificate=str(owner.get("serialNumber", "")),
            signed_at=_moment(signer.get("signingTime")),
            fault=_fault(told) or _doubt(signer),
        )

    def _told(self, path: str, content: str | None, asker: Asker) -> dict[str, Any]:
        """One answer of the server; refuses with `ServiceAway`."""
        request = Request(  # noqa: S310  the settings take http and https alone
            f"{self.address.rstrip('/')}{path}",
            data=None if content is None else content.encode(),
            headers={"Host": asker.host, "X-Real-IP": asker.address},
        )
        try:
            with urlopen(request, timeout=WAIT) as answer:  # noqa: S310  # nosec B310
                told: dict[str, Any] = json.loads(answer.read(LONGEST))
        except (URLError, TimeoutError, ConnectionError, ValueError):
            raise ServiceAway from None
        return told


@dataclass(frozen=True, slots=True)
class StandIn:
    """Signs with a key of the house where no service is set: marked, and without legal force."""

    secret: str
    adapter: Adapter = Adapter.STAND_IN

    def made(self, document: bytes, *, signer: str, certificate: str, at: datetime) -> str:
        """An envelope with the document inside.

        >>> from datetime import UTC
        >>> hand, at = StandIn("secret"), datetime(2026, 3, 2, tzinfo=UTC)
        >>> made = hand.made(b"Minutes", signer="a.karimov", certificate="STAND-IN-1", at=at)
        >>> hand.checked(made, Asker("", "")).is_valid
        True
        >>> StandIn("another").checked(made, Asker("", "")).is_valid
        False
        """
        told = {
            "notice": NOTICE,
            "document": base64.b64encode(document).decode(),
            "signer": signer,
            "certificate": certificate,
            "signed_at": at.isoformat(),
        }
        sealed = {**told, "hmac": self._mac(told)}
        return base64.b64encode(json.dumps(sealed, ensure_ascii=False).encode()).decode()

    def stamped(self, content: str, _asker: Asker) -> str:
        """The envelope as it is: its time is the clock's of the house."""
        return content

    def checked(self, content: str, _asker: Asker) -> Checked:
        """What an envelope of this house holds, and whether anything in it was changed."""
        told = _envelope(content)
        if told is None:
            return Checked(self.adapter, content, fault=Fault.UNREADABLE)
        mac = told.pop("hmac")
        is_whole = hmac.compare_digest(mac, self._mac(told))
        return Checked(
            adapter=self.adapter,
            content=content,
            document=_bytes(told["document"]) or b"",
            signer=told["signer"],
            certificate=told["certificate"],
            signed_at=datetime.fromisoformat(told["signed_at"]) if is_whole else None,
            fault=Fault.NONE if is_whole else Fault.SIGNATURE,
        )

    def _mac(self, told: Mapping[str, str]) -> str:
        key = sha256(f"marra {NOTICE} {self.secret}".encode()).digest()
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hmac.new(key, text.encode(), sha256).hexdigest()


def service() -> EImzo | StandIn:
    """Whoever checks signatures here: the server that is set, else the stand-in."""
    return EImzo(settings.EIMZO) if settings.EIMZO else StandIn(settings.SECRET_KEY)


def of(adapter: str) -> EImzo | StandIn:
    """Whoever checks envelopes of that kind, also when another one is set today."""
    return StandIn(settings.SECRET_KEY) if adapter == Adapter.STAND_IN else EImzo(settings.EIMZO)


PARTS: Final = frozenset({"notice", "document", "signer", "certificate", "signed_at", "hmac"})


def _envelope(content: str) -> dict[str, str] | None:
    """The parts of a stand-in's envelope; None if it is something else."""
    try:
        told = json.loads(_bytes(content) or b"")
    except ValueError:
        return None
    is_one = isinstance(told, dict) and set(told) == PARTS
    return told if is_one and all(isinstance(each, str) for each in told.values()) else None


def _bytes(told: str) -> bytes | None:
    try:
        return base64.b64decode("".join(told.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def _fault(told: Mapping[str, Any]) -> Fault:
    state = told.get("status")
    return Fault.NONE if state == 1 else FAULTS.get(state or 0, Fault.UNREADABLE)


def _doubt(signer: Mapping[str, Any]) -> Fault:
    """What is wrong about the signer, where the answer as a whole says that all is well."""
    if signer.get("verified") is not True:
        return Fault.SIGNATURE
    if signer.get("certificateVerified") is not True:
        return Fault.CERTIFICATE
    if signer.get("certificateValidAtSigningTime") is not True:
        return Fault.EXPIRED
    return Fault.NONE


def _moment(told: object) -> datetime | None:
    """A moment as the server writes it, in national time."""
    try:
        return datetime.fromisoformat(str(told)).replace(tzinfo=NATIONAL_TIME)
    except ValueError:
        return None
