"""A relay on loopback through which a browser reaches what is public, and nothing else.

A browser resolves names by itself and loads whatever a page tells it to. So it is told that no
name exists, and gets all it loads through here: each name is resolved once by us, judged like any
other address (`reach`), and the connection goes to the very address that was judged. All together
has limits of time, bytes and number.

Source: RFC 9110, 7.2 and 9.3.6 (proxies, CONNECT); limits ours.
"""

import select
import socket
import socketserver
from dataclasses import dataclass
from threading import Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Final, Self

from marra.kit.errors import Refusal
from marra.links.reach import NET, Net, connected, judged_peers, parted

HEAD: Final = 64 * 1024
PIECE: Final = 64 * 1024
IDLE: Final = 15.0
REFUSED: Final = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
AWAY: Final = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
OPEN: Final = b"HTTP/1.1 200 Connection established\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one browser may load."""

    seconds: float = 90.0
    most_bytes: int = 30 * 1024 * 1024
    connections: int = 300


class Relay:
    """A relay that runs while the block does; `refused` names what it did not reach."""

    def __init__(self, net: Net = NET, limits: Limits = Limits()) -> None:
        self.net, self.limits = net, limits
        self.refused: list[str] = []
        self.until = monotonic() + limits.seconds
        self._sent = self._count = 0
        self._lock = Lock()
        self._server = _Server(self)
        self._thread = Thread(target=self._server.serve_forever, daemon=True)

    @property
    def address(self) -> str:
        """Host and port of the relay."""
        host, port = self._server.server_address[:2]
        return f"{host!s}:{port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _fault: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.until = 0.0
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def may_open(self) -> bool:
        """Whether one connection more may be opened; it is counted."""
        with self._lock:
            self._count += 1
            return self._count <= self.limits.connections and monotonic() < self.until

    def may_pass(self, size: int) -> bool:
        """Whether so many bytes more may pass; they are counted."""
        with self._lock:
            self._sent += size
            return self._sent <= self.limits.most_bytes and monotonic() < self.until

    def note(self, target: str) -> None:
        """Keep what was refused, as far as anybody will read it."""
        with self._lock:
            if len(self.refused) < 50:
                self.refused.append(target[:200])


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        super().__init__(("127.0.0.1", 0), _Passing)


class _Passing(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        """One connection of the browser: judge where it wants to go, then pass bytes."""
        relay = self.server.relay  # type: ignore[attr-defined]
        asked: socket.socket = self.request
        try:
            asked.settimeout(IDLE)
            head, rest = _head(asked)
            if not head or not relay.may_open():
                return
            self._go(relay, asked, head, rest)
        except OSError:
            return

    def _go(self, relay: Relay, asked: socket.socket, head: bytes, rest: bytes) -> None:
        line, _, lines = head.partition(b"\r\n")
        method, target, *_ = (*line.decode("latin-1").split(" "), "", "")
        is_tunnel = method == "CONNECT"
        address = f"https://{target}/" if is_tunnel else target
        try:
            parts, host, port = parted(address, relay.net)
            peers = judged_peers(host, port, relay.net)
        except Refusal:
            relay.note(target)
            asked.sendall(REFUSED)
            return
        try:
            other = connected(host, port, peers)
        except Refusal:
            asked.sendall(AWAY)
            return
        with other:
            if is_tunnel:
                asked.sendall(OPEN)
            else:
                path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                other.sendall(_plain(method, path, lines) + rest)
            _pass(relay, asked, other)


def _head(asked: socket.socket) -> tuple[bytes, bytes]:
    """The head of a request and what came after it; nothing if it is no head."""
    told = b""
    while b"\r\n\r\n" not in told:
        piece = asked.recv(PIECE)
        told += piece
        if not piece or len(told) > HEAD:
            return b"", b""
    head, _, rest = told.partition(b"\r\n\r\n")
    return head, rest


def _plain(method: str, path: str, lines: bytes) -> bytes:
    """The head as the server expects it: of one request, on a connection of its own."""
    kept = [
        each
        for each in lines.split(b"\r\n")
        if not each.lower().startswith((b"proxy-", b"connection:", b"keep-alive:"))
    ]
    first = f"{method} {path} HTTP/1.1".encode("latin-1")
    return b"\r\n".join([first, *kept, b"Connection: close", b"", b""])


def _pass(relay: Relay, one: socket.socket, other: socket.socket) -> None:
    """Pass bytes both ways until a side has ended, nothing comes, or the limits are reached."""
    across = {one: other, other: one}
    while monotonic() < relay.until:
        ready, _, _ = select.select([one, other], [], [], 1.0)
        if not ready:
            if not _lasts(relay, across):
                return
            continue
        for each in ready:
            piece = each.recv(PIECE)
            if not piece or not relay.may_pass(len(piece)):
                return
            across[each].sendall(piece)


def _lasts(relay: Relay, across: dict[socket.socket, socket.socket]) -> bool:
    """Whether something comes before the connection has been idle for too long."""
    until = min(relay.until, monotonic() + IDLE)
    while monotonic() < until:
        if select.select(list(across), [], [], 1.0)[0]:
            return True
    return False
