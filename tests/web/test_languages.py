"""No page keeps an English word: in Cyrillic letters, every Latin word left must have a reason."""

import csv
import re
from html import unescape
from importlib.resources import files

import pytest

from marra.kit.places import PLACES
from tests.web.make import administrator
from tests.web.pages import OPEN, WORK, WRONG

pytestmark = pytest.mark.django_db

PAGES = [page for page in (*OPEN, *WRONG) if not page.startswith("parts") and "?q=" not in page]
NAMES = frozenset(
    [
        "Marra",
        "cookie",
        "ICTlogy",
        "published",
        "inputs",
        "csv",
        "marra",
        "WCAG",
        "SIM",
        "En",
        "English",
        "zbekcha",
    ]
)
UNSEEN = re.compile(r"<(script|style|code|kbd|samp|cite)\b.*?</\1>", re.DOTALL)
"""Not read as our words; a source is cited in the language it has."""
HEARD = re.compile(r'(?:aria-label|title|alt|placeholder)="([^"]*)"')


def kept() -> frozenset[str]:
    """Words that stay in Latin letters by our own list, and codes of countries."""
    table = (files("marra.language") / "exceptions.csv").read_text("utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    listed = " ".join(row["latin"] for row in rows if row["kind"] == "keep")
    listed += " ".join(f" {row['cyrillic']}" for row in rows)
    return frozenset(re.findall("[A-Za-z]+", listed)) | NAMES | PLACES.keys()


def latin_words(body: str) -> set[str]:
    """Latin words that are seen or heard on a page; codes with digits, files, addresses apart."""
    body = UNSEEN.sub(" ", body)
    said = re.sub(r"<[^>]+>", " ", body) + " ".join(HEARD.findall(body))
    said = re.sub(r"“[^”]*”|`[^`]*`|«marra [^»]*»|«XXX»", " ", unescape(said))
    tokens = re.findall(r"[\w./:@=-]+", said)
    plain = [each for each in tokens if not re.search(r"\d|[./:@=]\w|_", each)]
    return set(re.findall(r"[A-Za-z]{2,}", " ".join(plain)))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["uz-cyrl", "ru"])
def test_a_page_has_no_latin_word_without_a_reason(client, language, page):
    body = client.get(f"/{language}/{page}", follow=True).content.decode()

    assert sorted(latin_words(body) - kept()) == []


@pytest.mark.parametrize("page", WORK)
@pytest.mark.parametrize("language", ["uz-cyrl", "ru"])
def test_a_page_of_work_has_no_latin_word_without_a_reason(client, language, page):
    administrator(client)

    body = client.get(f"/{language}/{page}").content.decode()

    assert sorted(latin_words(body) - kept()) == []
