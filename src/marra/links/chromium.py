"""Chromium without a window, driven over a pipe by the protocol that it describes itself.

It knows no name and reaches nothing but the relay it is given; it gets no setting of ours, a home
of its own that is gone afterwards, and is killed with all its processes when the time is over.

Source: Chrome DevTools Protocol 1.3 (Target, Page, Network, Runtime, Emulation, Browser).
"""

import fcntl
import json
import os
import select
import shutil
import signal
import subprocess  # nosec B404
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, Final

from django.conf import settings

from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop

FLAGS: Final = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-sync",
    "--mute-audio",
    "--no-first-run",
    "--no-pings",
    "--no-default-browser-check",
)
LARGEST: Final = 32 * 1024 * 1024
MOST_EVENTS: Final = 50_000
HOME: Final = "marra-look-"
LEFT_BEHIND: Final = 60 * 60
KNOWN: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_START: Final = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); "
    "os.execv(sys.argv[3], sys.argv[3:])"
)
"""The program reads its orders from the third file and writes answers to the fourth."""


class NoBrowser(Conflict):
    """There is no Chromium here."""

    sentence = gettext_noop(
        "No browser has looked: Chromium is not installed on the server. Its administrator "
        "installs it, or names it by MARRA_CHROMIUM."
    )


class NoSandbox(Conflict):
    """Chromium does not run as root with its sandbox."""

    sentence = gettext_noop(
        "No browser has looked: the server runs as root, where Chromium has no sandbox. Its "
        "administrator runs it as another user."
    )


class BrowserFailed(Conflict):
    """Chromium ended, or did not answer in time."""

    sentence = gettext_noop(
        "No browser has looked: Chromium ended or took too long with this page. Ask again; if it "
        "lasts, the page is too heavy for it."
    )


class NotShown(Conflict):
    """Chromium could not open the page."""

    sentence = gettext_noop(
        "No browser has looked: Chromium could not open the page, though it was sent. Look "
        "whether its certificate stands."
    )


def program() -> str:
    """Where Chromium is; refuses with `NoBrowser` or `NoSandbox`."""
    named = settings.CHROMIUM
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, KNOWN)), None)
    if not found:
        raise NoBrowser
    if os.geteuid() == 0 and settings.CHROMIUM_SANDBOX:
        raise NoSandbox
    return found


@dataclass(slots=True)
class Browser:
    """A Chromium that runs: orders go in, answers and events come out, until the time is over."""

    orders: int
    answers: int
    until: float
    events: list[dict[str, Any]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _read: bytearray = field(default_factory=bytearray)

    def ask(self, method: str, session: str = "", **facts: object) -> dict[str, Any]:
        """Give an order and wait for its answer; refuses with `BrowserFailed`."""
        number = next(self._numbers)
        told = {"id": number, "method": method, "params": facts}
        if session:
            told["sessionId"] = session
        self._write(json.dumps(told).encode() + b"\0")
        while True:
            message = self._next(self.until)
            if message is None:
                raise BrowserFailed
            if message.get("id") == number:
                if "error" in message:
                    raise BrowserFailed
                result: dict[str, Any] = message["result"]
                return result
            self._keep(message)

    def listen(self, seconds: float) -> bool:
        """Take in the next event; False if none comes so soon."""
        message = self._next(min(self.until, monotonic() + seconds))
        if message is not None:
            self._keep(message)
        return message is not None

    def _keep(self, message: dict[str, Any]) -> None:
        self.events.append(message)
        if len(self.events) > MOST_EVENTS:
            raise BrowserFailed

    def _write(self, content: bytes) -> None:
        try:
            while content:
                content = content[os.write(self.orders, content) :]
        except OSError:
            raise BrowserFailed from None

    def _next(self, until: float) -> dict[str, Any] | None:
        """The next message; None if none comes in time."""
        while b"\0" not in self._read:
            left = until - monotonic()
            if left <= 0 or not select.select([self.answers], [], [], left)[0]:
                if monotonic() >= self.until:
                    raise BrowserFailed
                return None
            piece = os.read(self.answers, 1 << 20)
            self._read += piece
            if not piece or len(self._read) > LARGEST:
                raise BrowserFailed
        end = self._read.index(b"\0")
        message: dict[str, Any] = json.loads(self._read[:end])
        del self._read[: end + 1]
        return message


@contextmanager
def chromium(proxy: str, *, seconds: float) -> Iterator[Browser]:
    """A Chromium that reaches nothing but a relay; refuses where there is none.

    Refuses with `NoBrowser`, `NoSandbox` or, later, `BrowserFailed`.
    """
    found = program()
    with TemporaryDirectory(prefix=HOME, ignore_cleanup_errors=True) as home:
        _sweep(Path(home))
        mine, theirs = _pipes()
        flags = [*FLAGS, f"--proxy-server=http://{proxy}", f"--user-data-dir={home}/profile"]
        if not settings.CHROMIUM_SANDBOX:
            flags.append("--no-sandbox")
        command = [sys.executable, "-I", "-c", _START, *map(str, theirs), found, *flags]
        running = subprocess.Popen(  # noqa: S603  # nosec B603  our own command
            command,
            pass_fds=theirs,
            start_new_session=True,
            env={"PATH": os.environ.get("PATH", ""), "HOME": home, "LANG": "C.UTF-8"},
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for each in theirs:
            os.close(each)
        try:
            yield Browser(orders=mine[0], answers=mine[1], until=monotonic() + seconds)
        finally:
            for each in mine:
                os.close(each)
            _end(running)


def _sweep(home: Path) -> None:
    """Remove the homes that killed workers left behind an hour ago or longer."""
    own = home.stat()
    for each in home.parent.glob(f"{HOME}*"):
        with suppress(FileNotFoundError):
            left = each.lstat()
            if left.st_uid == own.st_uid and own.st_mtime - left.st_mtime > LEFT_BEHIND:
                shutil.rmtree(each, ignore_errors=True)


def _pipes() -> tuple[tuple[int, int], tuple[int, int]]:
    """Our ends and theirs; theirs lie above the numbers that Chromium wants them at."""
    read_orders, orders = os.pipe()
    answers, write_answers = os.pipe()
    theirs = []
    for each in (read_orders, write_answers):
        theirs.append(fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 20))
        os.close(each)
    return (orders, answers), (theirs[0], theirs[1])


def _end(running: "subprocess.Popen[bytes]") -> None:
    """Kill the browser with every process it started."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def axe() -> str:
    """The program of axe-core as it was packaged; empty if it was not built."""
    path = Path(__file__).parent / "axe" / "axe.min.js"
    return path.read_text(encoding="utf-8") if path.exists() else ""
