"""What an answer of the scenario builder costs the server, while a slider is moved.

Pages are asked for through WSGI in this process, with a session, so no kept page is used, and each
time with a value that was never asked for. Everyone's futures are simulated already, as they are
from the first question on.
"""

import tempfile
from collections.abc import Callable, Iterator
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

from benchmarks.pages import _opened
from benchmarks.record import Measure

VALUES = 30
SESSION = {"HTTP_COOKIE": "sessionid=nobody"}
COUNTRIES = ("KAZ", "EST", "UKR", "TUR", "VNM", "GEO", "IND", "BRA", "KEN", "DNK")


def measures() -> Iterator[Measure]:
    """CPU of a moved slider, of another country, of the picture, and of a paper."""
    with tempfile.TemporaryDirectory() as folder:
        visit = _opened(folder)
        visit("/uz/scenario/?osi=0.9", **SESSION)
        moved = [
            f"/uz/scenario/?osi={0.8 + n / 200:.3f}&hci={0.76 + n / 200:.3f}&tii.mobile={100 + n}"
            for n in range(VALUES)
        ]
        yield _measure("answer of a moved slider", visit, moved, must=100.0, aim=50.0)
        others = [f"/uz/scenario/?place={code}&osi=0.97" for code in COUNTRIES]
        yield _measure("answer for another country", visit, others, must=100.0)
        pictures = [
            f"/uz/scenario/chart/scenario.svg?osi={0.7 + n / 200:.3f}" for n in range(VALUES)
        ]
        yield _measure("picture of a moved slider", visit, pictures, must=100.0)
        papers = [f"/uz/scenario/file.pdf?osi={0.9 + n / 100:.2f}" for n in range(5)]
        yield _measure("paper for a session", visit, papers)


def _measure(
    what: str,
    visit: Callable[..., tuple[str, dict[str, str], bytes]],
    addresses: list[str],
    must: float | None = None,
    aim: float | None = None,
) -> Measure:
    spent, passed = [], []
    for address in addresses:
        began, at = process_time(), perf_counter()
        status, _headers, _body = visit(address, **SESSION)
        spent.append((process_time() - began) * 1e3)
        passed.append((perf_counter() - at) * 1e3)
        if status[:3] != "200":
            raise SystemExit(f"{address} answers {status}; the bench needs every page to work.")
    facts: dict[str, Any] = {
        "asked": len(addresses),
        "cpu_ms_p95": quantiles(spent, n=20)[-1],
        "wall_ms_median": median(passed),
        "wall_ms_slowest": max(passed),
    }
    return Measure(what, median(spent), "ms CPU", must=must, aim=aim, facts=facts)
