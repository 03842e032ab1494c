"""Which addresses outside may be reached at all: http or https, on their own ports, in public.

Somebody asks us to look at an address, so the address may want to lead us to what only we can
reach: this machine, its neighbours, the service that tells a cloud's secrets. Therefore a name is
resolved once, every address it has is judged, and the connection goes to the very address that was
judged: a name that answers otherwise the second time (rebinding) is not asked a second time.

What lies behind an address of another kind (IPv4 inside IPv6, 6to4, Teredo, NAT64) is not reached
by way of it, for a router may turn it back into a private one.

Source: IANA special-purpose address registries (RFC 6890); RFC 6052 and 8215 (NAT64), RFC 3056
(6to4), RFC 4380 (Teredo), RFC 3879 (site-local); OWASP, Server-Side Request Forgery Prevention.
"""

import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Final
from urllib.parse import SplitResult, urlsplit

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

PORTS: Final = {"http": 80, "https": 443}
LONGEST: Final = 2000
"""Characters of an address."""

CONNECT: Final = 5.0
"""Seconds to wait for a connection to one address of a name."""

CLOSED: Final = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15",
        "240.0.0.0/4", "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
    )
)  # fmt: skip
"""Besides what Python knows not to be global: what its releases judge differently."""


class UnfitAddress(Invalid):
    """What was written is no address of a page."""

    sentence = gettext_noop(
        "“{address}” is not an address that can be looked at. Write one that begins with https:// "
        "or http://, without a user name, and with no port of its own."
    )


class PrivateAddress(Invalid):
    """The address leads to a machine that is not in public."""

    sentence = gettext_noop(
        "“{host}” leads to an address inside a private network. Only pages that everybody can "
        "open are looked at; give the public address."
    )


class NoSuchName(Conflict):
    """The name of the host cannot be resolved."""

    sentence = gettext_noop(
        "The name “{host}” was not found on the Internet. Check how it is written, or try later."
    )


class NotReached(Conflict):
    """Nothing takes the connection."""

    sentence = gettext_noop(
        "“{host}” takes no connection. Check that the page opens from outside your network, or "
        "try later."
    )


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name, as the resolver of this machine tells them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True, slots=True)
class Net:
    """How names are resolved, whom certificates are checked against, and what is let through.

    `also` names hosts with their ports that are reached although they are not public, such as
    ("127.0.0.1", 8080): a trial site of the house's own, or a server of a test. It is empty
    unless whoever runs the house fills it.
    """

    resolve: Callable[[str, int], Sequence[str]] = resolved
    also: frozenset[tuple[str, int]] = frozenset()
    trust: Callable[[], ssl.SSLContext] = field(default=ssl.create_default_context)


NET: Final = Net()
"""The Internet."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address that was judged, and where exactly it is."""

    scheme: str
    host: str  # as asked for in Host and SNI, in ASCII
    port: int
    path: str  # with the query
    peers: tuple[str, ...]  # the judged addresses, in the order of the resolver

    @property
    def origin(self) -> str:
        """Scheme, host and port as they stand in addresses."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = PORTS[self.scheme] == self.port
        return f"{self.scheme}://{host}" + ("" if usual else f":{self.port}")

    @property
    def address(self) -> str:
        """The whole address, without a fragment."""
        return f"{self.origin}{self.path}"


def is_public(address: str) -> bool:
    """Whether an IP address is one that everybody reaches, and leads to no other.

    >>> [is_public(each) for each in ("195.158.0.1", "10.1.2.3", "::ffff:195.158.0.1")]
    [True, False, False]
    """
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if not found.is_global or found.is_multicast or found.is_reserved or found.is_unspecified:
        return False
    return not any(found.version == each.version and found in each for each in CLOSED)


def parted(address: str, net: Net = NET) -> tuple[SplitResult, str, int]:
    """An address with its host in ASCII and its port; refuses with `UnfitAddress`.

    >>> parted("https://маълумот.uz/")[1:]
    ('xn--80awbckye8c.uz', 443)
    """
    written = address.strip()
    if len(written) > LONGEST or not written.isprintable() or set(written) & set(' \\"<>`'):
        raise UnfitAddress(address=address[:200])
    try:
        parts = urlsplit(written)
        host = _ascii(parts.hostname or "")
        port = parts.port or PORTS[parts.scheme]
        is_named = "@" in parts.netloc or bool(parts.username)
    except (ValueError, KeyError):
        raise UnfitAddress(address=address[:200]) from None
    if not host or is_named or (port != PORTS[parts.scheme] and (host, port) not in net.also):
        raise UnfitAddress(address=address[:200])
    return parts, host, port


def judged(address: str, net: Net = NET, *, wait: float = 10.0) -> Target:
    """The address, resolved once, with all that it leads to judged.

    Refuses with `UnfitAddress`, `NoSuchName` or `PrivateAddress`.
    """
    parts, host, port = parted(address, net)
    peers = judged_peers(host, port, net, wait=wait)
    path = parts.path or "/"
    asked = _escaped(f"{path}?{parts.query}" if parts.query else path)
    return Target(parts.scheme, host, port, asked, peers)


def judged_peers(host: str, port: int, net: Net = NET, *, wait: float = 10.0) -> tuple[str, ...]:
    """Where a host is, if all of it is public; refuses with `NoSuchName` or `PrivateAddress`."""
    found = tuple(_in_time(lambda: net.resolve(host, port), host, wait))
    if not found:
        raise NoSuchName(host=host)
    if (host, port) not in net.also and not all(map(is_public, found)):
        raise PrivateAddress(host=host)
    return found


def connected(
    host: str, port: int, peers: Sequence[str], *, wait: float = CONNECT
) -> socket.socket:
    """A connection to the first of the judged addresses that takes one; refuses otherwise."""
    until = monotonic() + wait
    for peer in peers[:4]:
        left = until - monotonic()
        try:
            return socket.create_connection((peer, port), timeout=max(min(left, CONNECT), 0.1))
        except OSError:
            continue
    raise NotReached(host=host)


def _ascii(host: str) -> str:
    """A host as it goes over the wire; ValueError if it cannot."""
    if ":" in host:
        return str(ip_address(host))
    return host.encode("idna").decode("ascii").lower()


def _escaped(path: str) -> str:
    """A path with every byte that is not ASCII written out."""
    return "".join(
        each if each.isascii() else "".join(f"%{byte:02X}" for byte in each.encode())
        for each in path
    )


def _in_time(ask: Callable[[], Sequence[str]], host: str, wait: float) -> Sequence[str]:
    """What a resolver answers, unless it takes too long: it cannot be told to hurry."""
    answers: SimpleQueue[Sequence[str]] = SimpleQueue()

    def run() -> None:
        try:
            answers.put(ask())
        except (OSError, UnicodeError):
            answers.put(())

    Thread(target=run, daemon=True).start()
    try:
        return answers.get(timeout=max(wait, 0.1))
    except Empty:
        raise NoSuchName(host=host) from None
