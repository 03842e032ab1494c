"""Services outside for tests: a mail server that speaks SMTP, and one that speaks JSON."""

import json
import socket
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


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
    """A mail server that takes letters one by one, and refuses by the code of the addressee."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.said: list[str] = []
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
            with caller, caller.makefile("rwb") as lines:
                self._talk(lines)

    def _talk(self, lines: Any) -> None:
        def say(words: str) -> None:
            lines.write(f"{words}\r\n".encode())
            lines.flush()

        say("220 ready")
        for line in lines:
            word = line.decode().strip()
            self.said.append(word)
            verb = word[:4].upper()
            if verb == "RCPT" and "@code" in word:
                say(f"{word.split('@code')[1][:3]} no")
            elif verb == "DATA":
                say("354 go on")
                self.taken.append(_letter(lines))
                say("250 taken")
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")


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
def post() -> Iterator[Post]:
    """A mail server that runs."""
    running = Post()
    try:
        yield running
    finally:
        running.close()
