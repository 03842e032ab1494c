"""An E-IMZO server for tests: answers as the integration guide says, about envelopes it can read.

An envelope here is base64 of JSON: what was signed, by whom, and the states the server is to find.
"""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

STAMPED = "stamped"


def envelope(document: bytes, **changed: Any) -> str:
    told = {
        "document": base64.b64encode(document).decode(),
        "name": "KARIMOV ANVAR",
        "serial": "218711a92",
        "status": 1,
        "verified": True,
        "certificate": True,
        "valid": True,
        STAMPED: False,
        **changed,
    }
    return base64.b64encode(json.dumps(told).encode()).decode()


class Handler(BaseHTTPRequestHandler):
    asked: list[tuple[str, str, str]] = []

    def do_GET(self) -> None:
        self._answer({"challenge": "9b573e40", "ttl": 120, "status": 1, "message": ""})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        told = json.loads(base64.b64decode(body))
        self.asked.append((self.path, self.headers["Host"], self.headers["X-Real-IP"]))
        self._answer(ANSWERS[self.path](told))

    def _answer(self, told: dict[str, Any]) -> None:
        content = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def authenticated(told: dict[str, Any]) -> dict[str, Any]:
    subject = {"CN": told["name"], "1.2.860.3.16.1.2": "11111111111111"}
    info = {"serialNumber": told["serial"], "subjectName": subject}
    return {"subjectCertificateInfo": info, "status": told["status"], "message": ""}


def timestamped(told: dict[str, Any]) -> dict[str, Any]:
    again = base64.b64encode(json.dumps({**told, STAMPED: True}).encode()).decode()
    return {"pkcs7b64": again, "timestampedSignerList": [], "status": 1, "message": ""}


def verified(told: dict[str, Any]) -> dict[str, Any]:
    if not told[STAMPED]:
        return {"status": -20, "message": "no time stamp"}
    owner = {"subjectInfo": {"CN": told["name"]}, "serialNumber": told["serial"]}
    signer = {
        "signingTime": "2026-03-02 12:05:00",
        "certificate": [owner, {"subjectInfo": {"CN": "TestCA"}, "serialNumber": "6484"}],
        "verified": told["verified"],
        "certificateVerified": told["certificate"],
        "certificateValidAtSigningTime": told["valid"],
    }
    info = {"signers": [signer], "documentBase64": told["document"]}
    return {"pkcs7Info": info, "status": told["status"], "message": ""}


ANSWERS = {
    "/backend/auth": authenticated,
    "/frontend/timestamp/pkcs7": timestamped,
    "/backend/pkcs7/verify/attached": verified,
}


@contextmanager
def server() -> Iterator[str]:
    """The address of a server that runs."""
    Handler.asked = []
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_address[1]}"
    finally:
        running.shutdown()
        running.server_close()
        thread.join()
