"""What a page costs the server, and what a first visit costs the reader.

Pages are asked for through WSGI in this process, as the server asks. "Warm" is the second visit of
anybody without a session. "Drawn" carries a session cookie, so nothing kept is used: that is what
the first visit after a release of figures costs.
"""

import gzip
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any
from urllib.parse import urlsplit

from benchmarks.record import Measure

LANGUAGES = ("uz", "uz-cyrl", "ru", "en")
VISITS = 7
LIGHT, MAP = 45_000, 250_000


def measures() -> Iterator[Measure]:
    """CPU and bytes of every public page in every language."""
    with tempfile.TemporaryDirectory() as folder:
        visit = _opened(folder)
        from tests.web.pages import OPEN

        costs = {
            f"/{language}/{page}": _cost(visit, f"/{language}/{page}")
            for language in LANGUAGES
            for page in OPEN
        }
    for kind, must, aim in (("warm", 20.0, None), ("drawn", None, 20.0)):
        slowest = max(costs, key=lambda address: costs[address][kind])
        yield Measure(
            f"slowest page, anonymous, {kind}: {slowest}",
            costs[slowest][kind],
            "ms CPU",
            must=must,
            aim=aim,
            facts={"pages": len(costs), "median_ms": median(c[kind] for c in costs.values())},
        )
    maps = {address: cost for address, cost in costs.items() if "/map/" in address}
    rest = {address: cost for address, cost in costs.items() if address not in maps}
    for what, pages, must in (("page", rest, LIGHT), ("map page", maps, MAP)):
        heaviest = max(pages, key=lambda address: pages[address]["bytes"])
        yield Measure(
            f"heaviest {what}, first load, gzip: {heaviest}",
            pages[heaviest]["bytes"],
            "bytes",
            must=must,
            facts={"pages": pages},
        )


def _opened(folder: str) -> Callable[..., tuple[str, dict[str, str], bytes]]:
    """The house opened over a fresh database; a function that visits an address."""
    for name in [name for name in os.environ if name.startswith("MARRA_")]:
        del os.environ[name]
    os.environ |= {"MARRA_DATA": folder, "DJANGO_SETTINGS_MODULE": "marra.settings"}
    from click.testing import CliRunner

    from marra.wsgi import application  # isort: skip  it makes Django ready
    from marra.cli.serve import setup

    CliRunner().invoke(setup, catch_exceptions=False)

    def visit(address: str, **headers: str) -> tuple[str, dict[str, str], bytes]:
        told: dict[str, Any] = {}

        def begin(status: str, answered: list[tuple[str, str]], *_: object) -> None:
            told["status"], told["headers"] = status, dict(answered)

        answer = application(_request(address, headers), begin)
        try:
            body = b"".join(answer)
        finally:
            answer.close()
        return told["status"], told["headers"], body

    return visit


def _request(address: str, headers: dict[str, str]) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **headers,
    }


def _cost(visit: Callable[..., tuple[str, dict[str, str], bytes]], address: str) -> dict[str, Any]:
    status, headers, body = visit(address)
    if status[:3] not in {"200", "404"}:
        raise SystemExit(f"{address} answers {status}; the bench needs every page to work.")
    zipped = headers.get("Content-Encoding") == "gzip"
    text = gzip.decompress(body) if zipped else body
    return {
        "warm": _time(lambda: visit(address)),
        "drawn": _time(lambda: visit(address, HTTP_COOKIE="sessionid=nobody")),
        "bytes": (len(body) if zipped else len(gzip.compress(body))) + _assets(text),
        "status": int(status[:3]),
    }


def _time(case: Callable[[], object]) -> float:
    """Median CPU milliseconds of a visit."""
    spent = []
    for _ in range(VISITS):
        began = process_time()
        case()
        spent.append((process_time() - began) * 1e3)
    return median(spent)


def _assets(text: bytes) -> int:
    """Compressed bytes of the style sheets and scripts that a page asks for."""
    from marra.web.assets import BUILT

    names = set(re.findall(rb'/static/build/([\w.-]+\.(?:css|js))"', text))
    return sum(Path(BUILT / f"{name.decode()}.gz").stat().st_size for name in names)
