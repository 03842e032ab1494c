"""Search: a country by its name in any script, or a page by its title."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from marra.evidence import queries
from marra.kit.places import PLACES
from marra.language.fold import fold
from marra.web import layout


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    name: str
    other: str  # the same in English, where the page is not
    code: str
    url: str


def found_places(sought: str, language: str) -> list[str]:
    """Codes of the countries whose name in any language holds the words, best first.

    >>> found_places("ўзбек", "en"), found_places("o'zb", "ru"), found_places("KAZ", "en")
    (['UZB'], ['UZB'], ['KAZ'])
    """
    wanted = fold(sought).strip()
    if not wanted:
        return []
    hits = []
    for code, place in PLACES.items():
        texts = (place.name.uz, place.name.uz_cyrl, place.name.ru, place.name.en, code, place.iso2)
        names = [fold(text) for text in texts]
        if quality := max(_quality(name, wanted) for name in names):
            hits.append((-quality, fold(place.name.into(language)), code))
    return [code for _, _, code in sorted(hits)]


def _quality(name: str, wanted: str) -> int:
    if name == wanted:
        return 4
    if name.startswith(wanted):
        return 3
    if f" {wanted}" in name:
        return 2
    return 1 if len(wanted) > 2 and wanted in name else 0


def show(request: HttpRequest) -> HttpResponse:
    """What was found; a single country is opened at once."""
    sought = request.GET.get("q", "").strip()[:80]
    language = layout.language()
    codes = found_places(sought, language)
    if len(codes) == 1:
        return redirect("country", codes[0])
    hits = [
        Hit(
            PLACES[code].name.into(language),
            PLACES[code].name.en if language != "en" else "",
            code,
            reverse("country", args=[code]),
        )
        for code in codes
    ]
    pages = [way for way in layout.ways(request) if sought and fold(sought) in fold(way.name)]
    told = {"q": sought, "hits": hits, "pages": pages, "latest": queries.latest()}
    return render(request, "search.html", told)
