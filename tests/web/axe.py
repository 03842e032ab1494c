"""axe-core on every page, in four languages and two widths: `make axe`.

Not collected with the other tests: it takes minutes. The result stands in
benchmarks/results/axe.json; a sample runs with every ./test.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import FilePayload, Page

from marra.kit.text import LANGUAGES
from tests.web import planning
from tests.web.chromium import chromium, signed_in_cookie, violations
from tests.web.make import administrator, tidy
from tests.web.pages import OPEN, WORK, WRONG

RESULT = Path(__file__).parents[2] / "benchmarks" / "results" / "axe.json"
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def visits(own: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Every address without its language, and whether it needs somebody signed in."""
    yield from ((page, False) for page in (*OPEN, *WRONG))
    yield from ((page, True) for page in (*WORK, *own))


def made(client: Client) -> list[str]:
    """Pages of things that are made first: scenarios, one of them archived, a forecast, plans."""
    kept = []
    for title in ("Better services", "Put away"):
        answer = client.post("/en/scenario/keep/?osi=0.95&hci=0.9", {"title": title})
        kept.append(answer["Location"].split("/")[-2])
    client.post(f"/en/scenario/{kept[0]}/share/", {"public": "yes"})
    client.post(f"/en/scenario/{kept[1]}/archive/")
    forecast = {"title": "Trial", "edition": 2026, "place": "UZB", "k": 30, "futures": 1000}
    sealed = client.post("/en/work/seal/", {**forecast, "seed": 5, "sealed": 1})
    return [
        *(f"scenario/{code}/" for code in kept),
        f"scenario/compare/?s={kept[0]}&s=osi%3D0.9",
        f"forecast/ledger/{sealed['Location'].split('/')[-2]}/",
        *planning.pages(client),
    ]


def states(inside: Page, outside: Page, base: str) -> Iterator[str]:
    """Bring the browser into the states of pages that have no address of their own."""
    outside.goto(f"{base}/sign-in/")
    outside.fill("[name=name]", "nobody")
    outside.click("main form button")
    yield "sign-in refused"
    for name, content in (("refused", b"a,b\n1,2\n"), ("check", tidy(2026))):
        inside.goto(f"{base}/work/import/")
        file: FilePayload = {"name": "egdi.csv", "mimeType": "text/csv", "buffer": content}
        inside.set_input_files("[name=file]", file)
        inside.fill("[name=source]", "Letter No. 5")
        inside.click("main form button")
        yield f"import {name}"
    inside.goto(f"{base}/work/accounts/new/")
    inside.click("main form button")
    yield "account refused"
    inside.goto(f"{base}/work/seal/")
    inside.click("main form button")
    yield "seal refused"
    inside.fill("[name=title]", "Trial")
    inside.click("main form button")
    yield "seal check"
    inside.goto(f"{base}/scenario/keep/?osi=0.95")
    inside.click("main form button")
    yield "scenario refused"
    yield from planning.states(inside, base)
    inside.goto(f"{base}/work/accounts/")
    inside.click("tbody a")
    inside.locator("main form[action$='/close/'] button").click()
    yield "close account"
    inside.goto(f"{base}/")
    for fold in inside.locator("main details").all():
        fold.evaluate("fold => { fold.open = true }")
    yield "tables open"


@pytest.mark.usefixtures("released")
def test_axe_finds_nothing_on_any_page(live_server, client, settings, tmp_path):
    settings.DATA = tmp_path
    found, visited = [], 0
    own = [f"work/accounts/{administrator(client)}/", *made(client)]
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
                    for address, needs_somebody in visits(own):
                        page = inside if needs_somebody else outside
                        page.goto(f"{live_server.url}/{language}/{address}")
                        assert page.url.endswith(address), f"{address} led to {page.url}"
                        visited += 1
                        found += [
                            {"page": f"/{language}/{address}", "width": width, "scheme": scheme}
                            | each
                            for each in violations(page)
                        ]
                    for name in states(inside, outside, f"{live_server.url}/{language}"):
                        visited += 1
                        shown = outside if name == "sign-in refused" else inside
                        found += [
                            {"page": name, "language": language, "width": width} | each
                            for each in violations(shown)
                        ]

    RESULT.parent.mkdir(parents=True, exist_ok=True)
    told = {"pages_visited": visited, "violations": len(found), "found": found}
    RESULT.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert not found, json.dumps(found[:5], indent=1, ensure_ascii=False)
