"""A device with a passkey, in software: it answers as a browser would with a real one.

Source: W3C Web Authentication, level 2, 6.1 (authenticator data) and 6.5 (attestation).
"""

import json
from base64 import urlsafe_b64encode
from hashlib import sha256
from secrets import token_bytes

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from marra.people.rules.passkeys import Site

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


class Device:
    """A key of its own, and a count of signatures."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential = token_bytes(32)
        self.count = 0

    def make(self, site: Site, challenge: bytes) -> str:
        """The answer to `navigator.credentials.create`."""
        numbers = self.key.public_key().public_numbers()
        public = {
            1: 2,
            3: -7,
            -1: 1,
            -2: numbers.x.to_bytes(32, "big"),
            -3: numbers.y.to_bytes(32, "big"),
        }
        attested = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential
        data = self._data(site, PRESENT | VERIFIED | ATTESTED) + attested + cbor2.dumps(public)
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client(site, challenge, "webauthn.create")
        return self._answer(
            {"clientDataJSON": text(client), "attestationObject": text(attestation)}
        )

    def prove(self, site: Site, challenge: bytes) -> str:
        """The answer to `navigator.credentials.get`."""
        self.count += 1
        data = self._data(site, PRESENT | VERIFIED)
        client = self._client(site, challenge, "webauthn.get")
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        told = {"authenticatorData": data, "clientDataJSON": client, "signature": signature}
        return self._answer({name: text(value) for name, value in told.items()})

    def _data(self, site: Site, flags: int) -> bytes:
        host = sha256(site.host.encode()).digest()
        return host + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, site: Site, challenge: bytes, kind: str) -> bytes:
        told = {"type": kind, "challenge": text(challenge), "origin": site.origin}
        return json.dumps({**told, "crossOrigin": False}).encode()

    def _answer(self, response: dict[str, str]) -> str:
        name = text(self.credential)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {},
            }
        )
