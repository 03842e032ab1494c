"""Search: a country by its name in any script, or a page by its title."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from marra.evidence.queries import releases as queries
from marra.kit.places import PLACES
from marra.language.fold import fold
from marra.language.search import found_places
from marra.web import layout


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    name: str
    other: str  # the same in English, where the page is not
    code: str
    url: str


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
    ways = [way for section in layout.sections(request) for way in section.ways]
    pages = [way for way in ways if sought and fold(sought) in fold(way.name)]
    told = {"q": sought, "hits": hits, "pages": pages, "latest": queries.latest()}
    return render(request, "search.html", told)
