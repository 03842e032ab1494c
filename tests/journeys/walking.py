"""People who walk through the pages in a browser of their own, in Uzbek.

What they look for is named in English and found in the catalogue, so that a better translation
breaks no journey, while a missing one does.
"""

import re
from dataclasses import dataclass

from django.utils import translation
from playwright.sync_api import Browser, FilePayload, Locator, Page

from tests.people.make import PASSWORD

LANGUAGE = "uz"
PATIENCE = 15_000
"""Milliseconds until a page counts as missing; machines may be busy."""


def uz(message: str) -> str:
    """A message as the pages say it in Uzbek; a message without a translation is a fault."""
    with translation.override(LANGUAGE):
        told = translation.gettext(message)
    assert told != message, f"“{message}” has no Uzbek words."
    return told


def pattern(message: str, gap: str) -> str:
    """The pattern of a message in Uzbek; a gap is what stands for what fills it."""
    told = re.escape(uz(message).replace("%%", "%"))
    return re.sub(r"%\\\((\w+)\\\)s", gap, told)


def saying(message: str) -> re.Pattern[str]:
    """What begins as the message does in Uzbek, whatever its gaps are filled with."""
    return re.compile(f"^{pattern(message, '.+?')}")


@dataclass
class Person:
    """Somebody with an account, at a browser of their own."""

    page: Page
    base: str

    @classmethod
    def signed_in(cls, browser: Browser, base: str, name: str) -> "Person":
        """Somebody who came in through the page, by name and password."""
        page = browser.new_context(locale="uz", timezone_id="Asia/Tashkent").new_page()
        page.set_default_timeout(PATIENCE)
        person = cls(page, base)
        person.opens("sign-in/")
        person.fills(name=name, password=PASSWORD)
        person.presses("Sign in")
        page.wait_for_url("**/account/")
        return person

    def opens(self, address: str) -> None:
        """Go to a page by its address within the language."""
        self.page.goto(f"{self.base}/{LANGUAGE}/{address}")

    def follows(self, message: str) -> None:
        """Follow the first link in the content that begins with a message."""
        self.page.locator("main").get_by_role("link", name=saying(message)).first.click()

    def turns_to(self, words: str) -> None:
        """Follow the first link in the content that has these words, given by people."""
        self.page.locator("main").get_by_role("link", name=words).first.click()

    def fills(self, **fields: str) -> None:
        """Fill boxes and choose from lists, by the names of the fields."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name='{name}']")
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def ticks(self, name: str, value: str) -> None:
        """Tick a box, or choose one of several, by the name of the field and its value."""
        self.page.locator(f"main [name='{name}'][value='{value}']").check()

    def brings(self, name: str, file: str, content: bytes) -> None:
        """Choose a file from the disk."""
        payload: FilePayload = {"name": file, "mimeType": "text/plain", "buffer": content}
        self.page.locator(f"main [name='{name}']").set_input_files(payload)

    def presses(self, message: str) -> None:
        """Press the button of that name; whatever it leads to must be no refusal."""
        self.page.locator("main").get_by_role("button", name=saying(message)).first.click()
        self.page.wait_for_load_state()
        wrong = self.page.locator("main .errors")
        assert not wrong.count(), wrong.all_inner_texts()

    def reads(self) -> str:
        """The words of the page's content, one line."""
        return " ".join(self.page.locator("main").inner_text().split())

    def heading(self) -> str:
        """The page's heading."""
        return " ".join(self.page.locator("h1").inner_text().split())

    def learns(self, message: str) -> dict[str, str]:
        """The facts that the heading gives, where it says what the message says."""
        found = re.fullmatch(pattern(message, r"(?P<\1>.+?)"), self.heading())
        assert found, f"{self.heading()} does not say “{message}”."
        return found.groupdict()

    def part(self, css: str) -> Locator:
        """A part of the page."""
        return self.page.locator(css)
