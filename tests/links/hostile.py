"""A site outside for tests, good and hostile by path, on loopback: it is let through by name."""

import gzip
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from marra.links.reach import Net

GOOD = b'<!doctype html><html lang="uz"><title>Xizmat</title><h1>Nikoh guvohnomasi</h1></html>'
BOMB = gzip.compress(bytes(64 * 1024 * 1024))
SITE = "xizmat.example"


class Site(BaseHTTPRequestHandler):
    """Answers by path; what a test needs besides is put into `pages`."""

    asked: list[tuple[str, str]] = []
    pages: dict[str, tuple[int, dict[str, str], bytes]] = {}

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Host"]))
        told: Callable[[], None] | None = getattr(self, f"_{self.path.strip('/')}", None)
        if told is not None:
            with suppress(OSError):
                told()
            return
        status, headers, body = self.pages.get(self.path, (200, {}, GOOD))
        self._answer(status, body, **headers)

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        for name, value in (told | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def _endless(self) -> None:
        self._answer(302, b"", Location="/endless")

    def _huge(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(4096):
            self.wfile.write(bytes(64 * 1024))

    def _bomb(self) -> None:
        self._answer(200, BOMB, Content_Encoding="gzip")

    def _packed(self) -> None:
        self._answer(200, gzip.compress(GOOD * 10), Content_Encoding="gzip")

    def _slow(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def _drip(self) -> None:
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def _garbage(self) -> None:
        self.wfile.write(b"220 mail.example ESMTP\r\n")

    def _cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"half")

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, _request: object, _address: object) -> None:
        """Whoever hangs up early is the test."""


@contextmanager
def site(certificate: Path | None = None) -> Iterator[int]:
    """The port of a site that runs on loopback, ciphered if there is a certificate."""
    Site.asked, Site.pages = [], {}
    running = _Quiet(("127.0.0.1", 0), Site)
    running.daemon_threads = True
    if certificate:
        safe = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        safe.load_cert_chain(certificate)
        running.socket = safe.wrap_socket(running.socket, server_side=True)
    thread = Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        yield running.server_address[1]
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


def net(port: int, *more: int, host: str = SITE, trust: Path | None = None) -> Net:
    """The Internet in which one name leads to the site on loopback, let through by name."""

    def resolve(name: str, _port: int) -> list[str]:
        if name in {host, "127.0.0.1"}:
            return ["127.0.0.1"]
        raise socket.gaierror

    also = frozenset((host, each) for each in (port, *more))
    if trust is None:
        return Net(resolve, also)
    return Net(resolve, also, lambda: ssl.create_default_context(cafile=str(trust)))
