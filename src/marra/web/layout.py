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

from marra.commission.queries.notices import unread
from marra.commission.queries.portfolios import reads, works
from marra.door import stamp
from marra.evidence.queries import releases as queries
from marra.kit.places import Place, place
from marra.kit.text import LANGUAGES
from marra.people.rules import APPOINTED

LANGUAGE_NAMES: Final = {
    "uz": ("uz-Latn", "Oʻzbekcha", "Oʻz"),
    "uz-cyrl": ("uz-Cyrl", "Ўзбекча", "Ўз"),
    "ru": ("ru", "Русский", "Ру"),
    "en": ("en", "English", "En"),
}
"""Per language: its BCP 47 tag, its own name, and the short form for a narrow screen."""

SECTIONS: Final = (
    (
        gettext_noop("Measure"),
        (
            ("cockpit", gettext_noop("Overview"), "all"),
            ("country", gettext_noop("Country"), "all"),
            ("edition", gettext_noop("All countries"), "all"),
            ("compare", gettext_noop("Compare"), "all"),
            ("map", gettext_noop("Map"), "all"),
            ("climbers", gettext_noop("Climbers"), "all"),
            ("what-if", gettext_noop("What if"), "all"),
        ),
    ),
    (
        gettext_noop("Road to the goal"),
        (
            ("forecast", gettext_noop("Forecast"), "all"),
            ("scenario", gettext_noop("Scenario"), "all"),
            ("plan", gettext_noop("Plan"), "all"),
            ("portfolios", gettext_noop("Portfolios"), "authors"),
            ("plans", gettext_noop("Plans on record"), "readers of plans"),
        ),
    ),
    (
        gettext_noop("Commission"),
        (
            ("obligations", gettext_noop("Obligations"), "all"),
            ("execution", gettext_noop("Execution"), "all"),
            ("groups", gettext_noop("Working groups"), "all"),
            ("acts", gettext_noop("Acts"), "all"),
            ("assignments", gettext_noop("Assignments"), "staff"),
            ("due", gettext_noop("Falls due"), "staff"),
            ("proposals", gettext_noop("Proposals"), "staff"),
            ("sessions", gettext_noop("Sessions"), "staff"),
            ("reports", gettext_noop("Reports"), "staff"),
            ("readings", gettext_noop("How the goal is read"), "staff"),
        ),
    ),
    (
        gettext_noop("Services"),
        (
            ("services", gettext_noop("Public services"), "all"),
            ("check", gettext_noop("Check a document"), "all"),
            ("applications", gettext_noop("My applications"), "people"),
            ("casework", gettext_noop("Applications"), "staff"),
            ("catalogue-work", gettext_noop("Work on services"), "staff"),
            ("inventory", gettext_noop("Inventory"), "all"),
            ("services-list", gettext_noop("Services to digitise"), "all"),
            ("standard", gettext_noop("Service standard"), "all"),
            ("features", gettext_noop("Features of the Survey"), "all"),
        ),
    ),
    (
        gettext_noop("Evidence"),
        (
            ("indicators", gettext_noop("Indicators"), "all"),
            ("nowcast", gettext_noop("Fresh figures"), "all"),
            ("desk", gettext_noop("Data desk"), "staff"),
            ("data", gettext_noop("Data"), "all"),
            ("methods", gettext_noop("Method"), "all"),
        ),
    ),
    (
        gettext_noop("House"),
        (
            ("import", gettext_noop("Import"), "administrators"),
            ("releases", gettext_noop("Releases"), "administrators"),
            ("accounts", gettext_noop("Accounts"), "administrators"),
            ("journal", gettext_noop("Journal"), "staff"),
        ),
    ),
)
"""The sections of the house and the ways in each: an address by its name, its label, for whom."""


BELOW: Final = {"seal": "forecast"}
"""Pages whose address does not say to which way they belong."""


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


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the house with the ways in it that this reader may go."""

    name: str
    url: str
    current: bool
    ways: tuple[Way, ...]


def sections(request: HttpRequest) -> list[Section]:
    """The sections with their ways; of those that lead above this page the nearest is current."""
    latest = queries.latest()
    readers = _readers(request)
    open_ways = [
        (
            section,
            [
                (name, label, url)
                for name, label, who in ways
                if who in readers and (url := _address(name, language(), latest))
            ],
        )
        for section, ways in SECTIONS
    ]
    nearest = _nearest(request, [each for _, ways in open_ways for each in ways])
    return [
        Section(
            gettext(section),
            ways[0][2],
            any(name == nearest for name, _, _ in ways),
            tuple(Way(gettext(label), url, name == nearest) for name, label, url in ways),
        )
        for section, ways in open_ways
        if ways
    ]


def _nearest(request: HttpRequest, ways: list[tuple[str, str, str]]) -> str:
    """The name of the way to this page, or of the nearest above it; "" if none leads here."""
    match = request.resolver_match
    here = BELOW.get(match.url_name or "", match.url_name) if match else ""
    if any(name == here for name, _, _ in ways):
        return here or ""
    above = [(len(url), name) for name, _, url in ways if _is_below(request.path, name, url)]
    return max(above)[1] if above else ""


def _is_below(path: str, name: str, url: str) -> bool:
    return name != "cockpit" and path.startswith(url)


def _readers(request: HttpRequest) -> frozenset[str]:
    """For whom a way must be so that this reader sees it."""
    somebody = getattr(request, "user", None)  # a request refused early has met nobody
    if somebody is None or not somebody.is_authenticated:
        return frozenset({"all"})
    who = stamp(request)
    found = {"all", "people"}
    if any(role in APPOINTED for role, _ in who.roles):
        found.add("staff")
    if works(who):
        found.add("authors")
    if reads(who):
        found.add("readers of plans")
    if who.is_administrator:
        found.add("administrators")
    return frozenset(found)


def _unread(request: HttpRequest) -> int:
    """How many notices the reader has not read."""
    return unread(request.user.code) if request.user.is_authenticated else 0


def context(request: HttpRequest) -> dict[str, object]:
    """Context of every template: `frame.tongues`, `frame.sections`, `frame.focus`, ..."""
    return {
        "frame": {
            "language": language(),
            "tag": LANGUAGE_NAMES[language()][0],
            "tongues": SimpleLazyObject(lambda: tongues(request)),
            "sections": SimpleLazyObject(lambda: sections(request)),
            "staff": SimpleLazyObject(lambda: "staff" in _readers(request)),
            "unread": cache(lambda: _unread(request)),  # a number to be counted with
            "focus": focus().name.into(language()),
            "data_version": SimpleLazyObject(queries.data_version),
        }
    }
