"""Pages outside, fetched for somebody who asks: safely, within limits of time, size and number.

Each step of a redirect is judged anew (`reach`), the whole takes no longer than the limits say
however slowly a server speaks, and a body is read and unpacked no further than its limit.

Source: RFC 9110 (redirects, content coding), RFC 6585; limits ours.
"""

import io
import select
import socket
import ssl
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from importlib.metadata import version
from time import monotonic
from typing import Any, Final
from urllib.parse import urljoin

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop
from marra.links.reach import NET, Net, Target, connected, judged

AGENT: Final = f"Marra/{version('marra')} (looks at public services on request)"
PIECE: Final = 64 * 1024
REDIRECTS: Final = {301, 302, 303, 307, 308}


class TooManySteps(Conflict):
    """One redirect leads to the next."""

    sentence = gettext_noop(
        "The address leads on to another one more than {most} times. Give the address where the "
        "page is."
    )


class TookTooLong(Conflict):
    """The server speaks too slowly."""

    sentence = gettext_noop(
        "“{host}” did not send the page within {seconds} seconds. Look at the server, "
        "or try later."
    )


class TooLarge(Invalid):
    """The page is larger than what is looked at."""

    sentence = gettext_noop(
        "The page at “{host}” has more than {megabytes} MB. No page of a service should; give "
        "another one."
    )


class NoAnswer(Conflict):
    """What comes back is no answer in HTTP."""

    sentence = gettext_noop(
        "“{host}” closed the connection or answered in a way that is not HTTP. Look at the "
        "server, or try later."
    )


class CertificateRefused(Conflict):
    """A browser would warn of this certificate."""

    sentence = gettext_noop(
        "The certificate of “{host}” does not stand: {reason}. Visitors get a warning instead of "
        "the page; renew the certificate."
    )


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one look goes."""

    steps: int = 5
    seconds: float = 20.0
    most_bytes: int = 5 * 1024 * 1024


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Step:
    """One redirect: where it was told, and with which status."""

    address: str
    status: int


@dataclass(frozen=True, slots=True)
class Page:
    """What stands at an address."""

    asked: str
    address: str  # where it was found
    status: int
    headers: tuple[tuple[str, str], ...]  # names in small letters
    body: bytes  # unpacked
    sent: int  # bytes of the body as they were sent
    steps: tuple[Step, ...]
    peer: str  # the IP address that answered
    protocol: str  # of the ciphered connection, such as TLSv1.3; empty without
    seconds: float

    def header(self, name: str) -> str:
        """The values of a header, joined by commas; empty if there is none."""
        return ", ".join(value for key, value in self.headers if key == name.lower())

    @property
    def text(self) -> str:
        """The body in the charset it names, else UTF-8; unreadable bytes are marked."""
        told = self.header("content-type").lower().partition("charset=")[2]
        try:
            return self.body.decode(told.split(";")[0].strip(" \"'") or "utf-8", "replace")
        except LookupError:
            return self.body.decode("utf-8", "replace")


def fetch(address: str, *, limits: Limits = LIMITS, net: Net = NET) -> Page:
    """The page at an address; refuses where it may not or cannot be read, or is beyond a limit.

    Refuses with `UnfitAddress`, `PrivateAddress`, `NoSuchName`, `NotReached` (of `reach`),
    `TooManySteps`, `TookTooLong`, `TooLarge`, `NoAnswer` or `CertificateRefused`.
    """
    began = monotonic()
    until = began + limits.seconds
    steps: list[Step] = []
    here = address
    while True:
        target = judged(here, net, wait=until - monotonic())
        found = _asked(target, limits, until, net)
        onward = _header(found.headers, "location")
        if found.status not in REDIRECTS or not onward:
            break
        steps.append(Step(target.address, found.status))
        if len(steps) > limits.steps:
            raise TooManySteps(most=limits.steps)
        here = urljoin(target.address, _latin(onward))
    return Page(
        asked=address,
        address=target.address,
        status=found.status,
        headers=found.headers,
        body=found.body,
        sent=found.sent,
        steps=tuple(steps),
        peer=found.peer,
        protocol=found.protocol,
        seconds=monotonic() - began,
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    sent: int
    peer: str
    protocol: str


def _asked(target: Target, limits: Limits, until: float, net: Net) -> _Answer:
    """One request and its answer; what goes wrong on the way is refused in words."""
    host = target.host
    try:
        return _answer(target, limits, until, net)
    except ssl.SSLCertVerificationError as wrong:
        raise CertificateRefused(host=host, reason=wrong.verify_message) from None
    except TimeoutError:
        raise TookTooLong(host=host, seconds=f"{limits.seconds:g}") from None
    except (OSError, HTTPException, zlib.error, ValueError):
        raise NoAnswer(host=host) from None


def _answer(target: Target, limits: Limits, until: float, net: Net) -> _Answer:
    plain = connected(target.host, target.port, target.peers, wait=_left(until))
    peer = str(plain.getpeername()[0])
    with plain:
        line = _ciphered(plain, target, until, net)
        with line:
            timed = Timed(line, until)
            speaker = HTTPConnection(target.host, target.port)
            speaker.sock = timed
            speaker.request("GET", target.path, headers=_said(target))
            with speaker.getresponse() as answer:
                headers = tuple((key.lower(), value) for key, value in answer.getheaders())
                body, sent = b"", 0
                if answer.status not in REDIRECTS:
                    body, sent = _read(answer, target.host, limits)
            protocol = line.version() or "" if isinstance(line, ssl.SSLSocket) else ""
            return _Answer(answer.status, headers, body, sent, peer, protocol)


def _ciphered(plain: socket.socket, target: Target, until: float, net: Net) -> socket.socket:
    """The connection as it is, or ciphered for the name that was asked for."""
    if target.scheme == "http":
        return plain
    return ciphered(plain, target.host, net.trust(), until)


def ciphered(
    plain: socket.socket, host: str, trust: ssl.SSLContext, until: float
) -> ssl.SSLSocket:
    """A ciphered connection, agreed on in time however slowly the other side speaks."""
    line = trust.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
    line.settimeout(0.0)
    try:
        while (wanted := _handshake(line)) is not None:
            waiting = select.poll()
            waiting.register(line, wanted)
            waiting.poll(_left(until) * 1000)
    except OSError:
        line.close()
        raise
    return line


def _handshake(line: ssl.SSLSocket) -> int | None:
    """What the agreement waits for, reading or writing; None when it is made."""
    try:
        line.do_handshake()
    except ssl.SSLWantReadError:
        return select.POLLIN
    except ssl.SSLWantWriteError:
        return select.POLLOUT
    return None


def _said(target: Target) -> dict[str, str]:
    return {
        "Host": target.origin.partition("://")[2],
        "User-Agent": AGENT,
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.5",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _read(answer: HTTPResponse, host: str, limits: Limits) -> tuple[bytes, int]:
    """The body, unpacked no further than its limit, and how many bytes were sent."""
    most = limits.most_bytes
    packed = answer.getheader("Content-Encoding", "").strip().lower() in {"gzip", "x-gzip"}
    unpacker = zlib.decompressobj(wbits=31) if packed else None
    body, sent = bytearray(), 0
    while piece := answer.read(PIECE):
        sent += len(piece)
        body += unpacker.decompress(piece, most + 1 - len(body)) if unpacker else piece
        if sent > most or len(body) > most:
            raise TooLarge(host=host, megabytes=f"{most / 1024 / 1024:g}")
    if answer.length or (unpacker and sent and not unpacker.eof):
        raise IncompleteRead(b"")
    return bytes(body), sent


def _header(headers: Sequence[tuple[str, str]], name: str) -> str:
    return next((value.strip() for key, value in headers if key == name), "")


def _latin(location: str) -> str:
    """A Location as it was meant: some servers send UTF-8 where only ASCII may stand."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class Timed:
    """A connection whose every reading and writing ends when the time for all of it is over."""

    def __init__(self, line: socket.socket, until: float) -> None:
        self._line, self._until = line, until

    def sendall(self, content: bytes) -> None:
        """Send everything in the time that is left."""
        self._line.settimeout(_left(self._until))
        self._line.sendall(content)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What the other side says, as a file."""
        return io.BufferedReader(_TimedFile(self._line, self._until))

    def close(self) -> None:
        """Nothing: whoever opened the connection closes it."""


class _TimedFile(io.RawIOBase):
    def __init__(self, line: socket.socket, until: float) -> None:
        self._line, self._until = line, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._line.settimeout(_left(self._until))
        return self._line.recv_into(buffer)
