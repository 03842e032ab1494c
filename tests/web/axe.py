"""axe-core on every page, in four languages and two widths: `make axe`.

Not collected with the other tests: it takes minutes. The result stands in
benchmarks/results/axe.json; a sample runs with every ./test.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from marra.kit.text import LANGUAGES
from tests.web.chromium import chromium, signed_in_cookie, violations
from tests.web.make import administrator
from tests.web.pages import OPEN, WORK

RESULT = Path(__file__).parents[2] / "benchmarks" / "results" / "axe.json"
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def visits(code: str) -> Iterator[tuple[str, bool]]:
    """Every address without its language, and whether it needs somebody signed in."""
    yield from ((page, False) for page in OPEN)
    yield from ((page, True) for page in (*WORK, f"work/accounts/{code}/"))


@pytest.mark.usefixtures("released")
def test_axe_finds_nothing_on_any_page(live_server, client):
    found, visited = [], 0
    code = administrator(client)
    with chromium() as browser:
        for width in WIDTHS:
            for scheme in SCHEMES:
                outside, inside = (
                    browser.new_page(
                        viewport={"width": width, "height": 800},
                        color_scheme=scheme,
                        bypass_csp=True,
                    )
                    for _ in range(2)
                )
                signed_in_cookie(client, inside, live_server.url)
                for language in LANGUAGES if scheme == "light" else ("uz",):
                    for address, needs_somebody in visits(code):
                        page = inside if needs_somebody else outside
                        page.goto(f"{live_server.url}/{language}/{address}")
                        visited += 1
                        found += [
                            {"page": f"/{language}/{address}", "width": width, "scheme": scheme}
                            | each
                            for each in violations(page)
                        ]

    RESULT.parent.mkdir(parents=True, exist_ok=True)
    told = {"pages_visited": visited, "violations": len(found), "found": found}
    RESULT.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert not found, json.dumps(found[:5], indent=1, ensure_ascii=False)
