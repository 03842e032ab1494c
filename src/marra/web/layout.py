"""What every page carries: languages, ways through the house, the country in focus, the reader.

Source: ours; order of the ways: from the answer to the evidence.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, gettext_noop

from marra.commission.queries.portfolios import works
from marra.door import stamp
from marra.evidence import queries
from marra.kit.places import Place, place
from marra.kit.text import LANGUAGES

LANGUAGE_NAMES: Final = {
    "uz": ("uz-Latn", "Oʻzbekcha", "Oʻz"),
    "uz-cyrl": ("uz-Cyrl", "Ўзбекча", "Ўз"),
    "ru": ("ru", "Русский", "Ру"),
    "en": ("en", "English", "En"),
}
"""Per language: its BCP 47 tag, its own name, and the short form for a narrow screen."""

WAYS: Final = (
    ("cockpit", gettext_noop("Overview")),
    ("country", gettext_noop("Country")),
    ("forecast", gettext_noop("Forecast")),
    ("plan", gettext_noop("Plan")),
    ("edition", gettext_noop("All countries")),
    ("compare", gettext_noop("Compare")),
    ("map", gettext_noop("Map")),
    ("what-if", gettext_noop("What if")),
    ("methods", gettext_noop("Method")),
    ("data", gettext_noop("Data")),
)
"""The main ways, by the name of their address."""

PLANNING: Final = (
    ("portfolios", gettext_noop("Portfolios")),
    ("plans", gettext_noop("Plans on record")),
    ("readings", gettext_noop("How the goal is read")),
)
"""Further ways for those who make portfolios and plans."""

WORK: Final = (
    ("import", gettext_noop("Import")),
    ("releases", gettext_noop("Releases")),
    ("accounts", gettext_noop("Accounts")),
    ("journal", gettext_noop("Journal")),
)
"""Further ways for administrators."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another page, or to this page in another language."""

    name: str
    url: str
    current: bool
    tag: str = ""
    short: str = ""


def focus() -> Place:
    """The country this house works for, set by MARRA_COUNTRY."""
    return place(settings.COUNTRY)


def language() -> str:
    """The language of this page, by its code in addresses."""
    return get_language() or LANGUAGES[0]


def tongues(request: HttpRequest) -> list[Way]:
    """This page in each language; the rest of its address stays."""
    _, here, rest = request.path.split("/", 2) if request.path.count("/") > 1 else ("", "", "")
    query = f"?{urlencode(list(request.GET.lists()), doseq=True)}" if request.GET else ""
    rest = rest if here in LANGUAGES else ""
    return [
        Way(name, f"/{code}/{rest}{query}", code == language(), tag, short)
        for code, (tag, name, short) in LANGUAGE_NAMES.items()
    ]


@cache
def _address(name: str, _language: str, latest: int) -> str:
    arguments: dict[str, tuple[object, ...]] = {
        "country": (settings.COUNTRY,),
        "edition": (latest,),
    }
    try:
        return reverse(name, args=arguments.get(name, ()))
    except NoReverseMatch:
        return ""  # a house without that page leaves the way out


def ways(request: HttpRequest, names: tuple[tuple[str, str], ...] = WAYS) -> list[Way]:
    """The main ways; the one that leads to this page or a page below it is current."""
    latest = queries.latest()
    found = []
    for name, label in names:
        url = _address(name, language(), latest)
        if not url:
            continue
        match = request.resolver_match
        here = match is not None and match.url_name == name
        found.append(Way(gettext(label), url, here or _is_below(request.path, name, url)))
    return found


def _is_below(path: str, name: str, url: str) -> bool:
    return name != "cockpit" and path.startswith(url)


def context(request: HttpRequest) -> dict[str, object]:
    """Context of every template: `frame.tongues`, `frame.ways`, `frame.focus`, ..."""
    return {
        "frame": {
            "language": language(),
            "tag": LANGUAGE_NAMES[language()][0],
            "tongues": SimpleLazyObject(lambda: tongues(request)),
            "ways": SimpleLazyObject(lambda: ways(request)),
            "work": SimpleLazyObject(lambda: _work(request)),
            "focus": focus().name.into(language()),
            "data_version": SimpleLazyObject(queries.data_version),
        }
    }


def _work(request: HttpRequest) -> list[Way]:
    somebody = getattr(request, "user", None)  # a request refused early has met nobody
    if somebody is None or not somebody.is_authenticated:
        return []
    who = stamp(request)
    planning = PLANNING if works(who) else ()
    return ways(request, planning + (WORK if who.is_administrator else ()))
