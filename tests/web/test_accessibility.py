"""A sample of what `make axe` does on every page, and what a rule engine cannot see."""

import pytest
from playwright.sync_api import expect

from tests.web.chromium import chromium, violations

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("released")]

SAMPLE = (
    ("uz", "", 360, "light"),
    ("uz-cyrl", "edition/2024/?region=asia", 360, "dark"),
    ("ru", "country/UZB/", 1280, "light"),
    ("en", "method/2024/", 1280, "dark"),
    ("en", "what-if/?osi=0,9", 360, "light"),
    ("ru", "forecast/?odds=50", 360, "dark"),
    ("uz-cyrl", "forecast/skill/", 360, "light"),
    ("uz", "sign-in/", 1280, "light"),
    ("uz", "climbers/", 360, "light"),
    ("ru", "climbers/RUS-2008-2014/", 1280, "dark"),
)


def test_axe_finds_nothing_on_a_sample_of_pages(live_server):
    found = {}
    with chromium() as browser:
        for language, address, width, scheme in SAMPLE:
            page = browser.new_page(
                viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
            )
            page.goto(f"{live_server.url}/{language}/{address}")
            found[f"{language}/{address}"] = violations(page)
            page.close()

    assert not any(found.values()), found


def test_no_page_is_wider_than_a_phone_and_none_breaks_its_policy(live_server):
    broken, wide = [], []
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
        for address in (
            "",
            "edition/2024/",
            "country/UZB/",
            "map/",
            "what-if/",
            "climbers/",
            "climbers/SAU-2018-2024/",
            "data/",
            "parts/",
        ):
            page.goto(f"{live_server.url}/uz/{address}")
            page.wait_for_load_state("networkidle")
            if page.evaluate("document.documentElement.scrollWidth") > 360:
                wide.append(address)

    assert not wide
    assert not broken


def test_the_keyboard_reaches_the_content_and_the_focus_is_seen(live_server):
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{live_server.url}/en/")

        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.textContent.trim()")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")

    assert first == "Skip to the content"
    assert outline == "3px"
    assert inside


def test_a_filter_changes_the_table_in_place_and_the_address_with_it(live_server):
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{live_server.url}/en/edition/2024/")
        page.evaluate("window.before = true")

        page.select_option("#filter-region", "oceania")
        expect(page.locator(".league tbody tr")).to_have_count(14)

        assert page.evaluate("window.before"), "the page was loaded again"
        russian = page.locator("#tongues [lang=ru]").get_attribute("href")
        assert russian.startswith("/ru/edition/2024/?")
        assert "region=oceania" in russian
        assert "region=oceania" in page.url
        page.go_back()
        expect(page.locator(".league tbody tr")).to_have_count(193)


def test_without_script_the_same_filter_works_by_its_button(live_server):
    with chromium() as browser:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{live_server.url}/en/edition/2024/")

        page.select_option("#filter-region", "oceania")
        page.get_by_role("button", name="Show").click()

        assert page.locator(".league tbody tr").count() == 14
        assert "region=oceania" in page.url
