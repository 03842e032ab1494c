"""Debian's Chromium, driven by Playwright, and axe-core put into its pages."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path(os.environ.get("MARRA_CHROMIUM") or "/usr/bin/chromium")
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; the test is skipped, loudly, on a machine without one."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not there: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser
        browser.close()


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds wrong on the page: rule, impact, and where."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: scripts/setup")
    page.evaluate(AXE.read_text("utf-8"))
    options = json.dumps({"runOnly": {"type": "tag", "values": RULES}})
    found = page.evaluate(f"async () => (await axe.run(document, {options})).violations")
    return [
        {
            "rule": each["id"],
            "impact": each["impact"],
            "where": [" ".join(map(str, node["target"])) for node in each["nodes"]][:5],
        }
        for each in found
    ]


def signed_in_cookie(client: Any, page: Page, address: str) -> None:
    """Let the browser carry the session of a signed-in test client."""
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
