"""Looking for viruses in what people attach: a client of ClamAV, and a stand-in that lets all by.

The archive's own rules hold besides: few kinds of file, known by content, none that runs.

Source: ClamAV, clamd(8), command INSTREAM (recalled): chunks with a length of four bytes before
each, an empty one at the end, and one line as answer.
"""

import socket
from typing import Final, Protocol
from urllib.parse import urlsplit

from django.conf import settings

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

SECONDS: Final = 20.0
PART: Final = 1 << 16


class Infected(Invalid):
    """The scanner found something."""

    sentence = gettext_noop(
        "“{name}” was not taken: the scanner for viruses found something in it. Make the file "
        "anew."
    )


class ScannerAway(Conflict):
    """Nothing is kept unlooked at."""

    sentence = gettext_noop(
        "Files cannot be taken at the moment, for the scanner for viruses does not answer. "
        "Try again in some minutes; your answers are kept."
    )


class Scanner(Protocol):
    """Whoever looks at files."""

    def look(self, name: str, content: bytes) -> None:
        """Let it by; refuses with `Infected` or `ScannerAway`."""


class StandIn:
    """Lets everything by."""

    def look(self, name: str, content: bytes) -> None:
        """Let it by."""


class ClamAV:
    """A client of clamd."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.place = (parts.hostname or "", parts.port or 3310)

    def look(self, name: str, content: bytes) -> None:
        """Send it whole and read what was found."""
        try:
            with socket.create_connection(self.place, timeout=SECONDS) as line:
                line.sendall(b"zINSTREAM\0")
                for start in range(0, len(content), PART):
                    part = content[start : start + PART]
                    line.sendall(len(part).to_bytes(4, "big") + part)
                line.sendall(bytes(4))
                said = line.makefile("rb").readline(1000)
        except OSError:
            raise ScannerAway from None
        if b"FOUND" in said:
            raise Infected(name=name[:120])
        if not said.rstrip(b"\0\n").endswith(b"OK"):
            raise ScannerAway


def service() -> Scanner:
    """Whoever looks at files here: the scanner that is set, else the stand-in."""
    return ClamAV(settings.CLAMAV) if settings.CLAMAV else StandIn()
