"""Services outside for tests: a mail server that speaks SMTP, and one that speaks JSON."""

import json
import socket
import ssl
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Web(BaseHTTPRequestHandler):
    """Answers what a test laid ready for a path; remembers what it was asked."""

    asked: list[tuple[str, Any, str]] = []
    ready: dict[str, tuple[int, Any]] = {}

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        proof = self.headers.get("Authorization", "").removeprefix("Basic ")
        self.asked.append((self.path, told, b64decode(proof).decode()))
        status, answer = self.ready.get(self.path, (200, {"ok": True, "result": []}))
        content = json.dumps(answer).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def web() -> Iterator[str]:
    """The host and port of a server that speaks JSON."""
    Web.asked, Web.ready = [], {}
    running = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    thread = Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{running.server_address[1]}"
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


class Post:
    """A mail server that takes letters one by one, and refuses by the code of the addressee.

    With a certificate it offers to cipher the connection, and then asks for a password.
    """

    def __init__(self, certificate: Path | None = None) -> None:
        self.taken: list[EmailMessage] = []
        self.said: list[str] = []
        self._safe = None
        if certificate:
            self._safe = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._safe.load_cert_chain(certificate)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            with caller, suppress(OSError):
                caller.sendall(b"220 ready\r\n")
                if self._talk(caller) and self._safe:
                    with self._safe.wrap_socket(caller, server_side=True) as ciphered:
                        self._talk(ciphered)

    def _talk(self, caller: socket.socket) -> bool:
        """Whether the caller wants to go on ciphered."""
        with caller.makefile("rwb") as lines:
            for line in lines:
                word = line.decode().strip()
                self.said.append(word)
                if word == "STARTTLS":
                    _say(lines, "220 go on")
                    return True
                _say(lines, self._answer(word))
                if word.upper() == "DATA":
                    self.taken.append(_letter(lines))
                    _say(lines, "250 taken")
                if word.upper() == "QUIT":
                    break
        return False

    def _answer(self, word: str) -> str:
        if word.upper().startswith("RCPT") and "@code" in word:
            return f"{word.split('@code')[1][:3]} no"
        if word.upper().startswith("EHLO") and self._safe:
            return "250-hello\r\n250-STARTTLS\r\n250 AUTH PLAIN"
        return {"DATA": "354 go on", "QUIT": "221 bye", "AUTH": "235 welcome"}.get(
            word[:4].upper(), "250 ok"
        )


def _say(lines: Any, words: str) -> None:
    lines.write(f"{words}\r\n".encode())
    lines.flush()


def _letter(lines: Any) -> EmailMessage:
    content = b""
    for line in lines:
        if line == b".\r\n":
            break
        content += line
    found = message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


@contextmanager
def post(certificate: Path | None = None) -> Iterator[Post]:
    """A mail server that runs."""
    running = Post(certificate)
    try:
        yield running
    finally:
        running.close()


def certificate(folder: Path) -> Path:
    """A certificate of 127.0.0.1 with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2090, 1, 1, tzinfo=UTC))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, form, plain)
    )
    return file
