"""The world map: every member state coloured by its level or fifth, each a link to its page.

EGDI is coloured by the survey's four levels, every other measure by fifths of the countries that
have a value. A country without an index is hatched and says so.

Source: shapes from Natural Earth, public domain (scripts/make_map.py); levels as in the survey.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from marra.evidence.queries import releases as queries
from marra.index import level
from marra.index.survey import Survey
from marra.kit.places import PLACES, REGIONS
from marra.web.charts.asked import MEASURES, one_of
from marra.web.charts.reading import column, has_index
from marra.web.charts.words import SHORT_NAMES, country, measure_in_full
from marra.web.formats import number
from marra.web.index.address import asked

LEVELS: Final = {
    "very_high": gettext_noop("very high: above 0,75"),
    "high": gettext_noop("high: 0,50 to 0,75"),
    "middle": gettext_noop("middle: 0,25 to 0,50"),
    "low": gettext_noop("low: below 0,25"),
}
FIFTHS: Final = (
    gettext_noop("highest fifth"),
    gettext_noop("second fifth"),
    gettext_noop("middle fifth"),
    gettext_noop("fourth fifth"),
    gettext_noop("lowest fifth"),
)
NOTHING: Final = gettext_noop("no index in this edition")

WINDOWS: Final = {
    "world": "70 0 1920 866",
    "africa": "790 180 500 570",
    "americas": "190 0 620 866",
    "asia": "1040 60 720 460",
    "europe": "830 0 440 250",
    "oceania": "1520 380 460 460",
}
"""The part of the sheet that each view shows: left, top, width, height."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One row of the map: a state or a territory, as a path or as a dot."""

    iso3: str
    territory: str
    path: str
    is_dot: bool


@dataclass(frozen=True, slots=True)
class Land:
    """A member state on the map and in its table."""

    iso3: str
    name: str
    path: str
    is_dot: bool
    kind: str  # the class of its colour
    words: str
    rank: int | None
    value: float | None
    is_focal: bool


@dataclass(frozen=True, slots=True)
class Shade:
    """One line of the legend."""

    kind: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class World:
    """The map of one measure in one edition."""

    lands: tuple[Land, ...]  # as drawn: dots and the focal country last
    ranked: tuple[Land, ...]  # as read: best first
    territories: tuple[Shape, ...]
    shades: tuple[Shade, ...]

    @property
    def known(self) -> int:
        """How many states have a value."""
        return sum(land.value is not None for land in self.lands)


@cache
def shapes() -> tuple[Shape, ...]:
    """The sheet's rows, shapes before dots."""
    text = (files("marra.web.index") / "world.csv").read_text(encoding="utf-8")
    return tuple(
        Shape(row["iso3"], row["territory"], _path(row["shape"]), row["shape"][0] != "M")
        for row in csv.DictReader(text.splitlines())
    )


def _path(shape: str) -> str:
    return shape if shape[0] == "M" else f"M{shape}h0"  # a round line end makes the dot


def show(request: HttpRequest) -> HttpResponse:
    """The map of a measure in an edition."""
    state = asked(request.GET)
    view = one_of(request.GET.get("region", ""), tuple(WINDOWS))
    language = get_language() or "uz"
    version = queries.data_version()
    world = _world(state.of, state.edition, state.place, language, version)
    lands, rows = _drawn(state.of, state.edition, state.place, language, version)
    own = next(land for land in world.lands if land.is_focal)
    context = {
        "asked": state,
        "world": world,
        "lands": lands,
        "rows": rows,
        "own": own,
        "shade": next((shade for shade in world.shades if shade.kind == own.kind), None),
        "window": WINDOWS[view],
        "view": view,
        "views": {name: REGIONS[name].into(language) for name in WINDOWS if name in REGIONS},
        "years": sorted(queries.years(), reverse=True),
        "measures": {name: measure_in_full(name) for name in MEASURES},
        "measure": measure_in_full(state.of),
        "short": SHORT_NAMES[state.of],
        "focal": country(state.place, language),
    }
    return render(request, "index/map.html", context)


@lru_cache(maxsize=128)
def _drawn(of: str, edition: int, place: str, language: str, version: str) -> tuple[str, str]:
    """The states and the rows of the table as markup, drawn once: 193 links each."""
    told = {
        "world": _world(of, edition, place, language, version),
        "base": reverse("country-choice"),
        "edition": edition,
    }
    names = ("index/map_lands.html", "index/map_rows.html")
    lands, rows = (render_to_string(name, told) for name in names)
    return lands, rows


@lru_cache(maxsize=128)
def _world(of: str, edition: int, place: str, language: str, _data_version: str) -> World:
    survey = queries.survey(edition)
    kinds = _levels(survey) if of == "egdi" else _fifths(survey, of)
    state = (of, place, language)
    lands = [_land(shape, survey, state, kinds) for shape in shapes() if shape.iso3 in PLACES]
    return World(
        lands=tuple(sorted(lands, key=lambda land: (land.is_dot, land.is_focal))),
        ranked=tuple(
            sorted(lands, key=lambda land: (land.value is None, -(land.value or 0), land.name))
        ),
        territories=tuple(shape for shape in shapes() if not shape.iso3),
        shades=_legend(lands, by_level=of == "egdi"),
    )


def _land(
    shape: Shape, survey: Survey, state: tuple[str, str, str], kinds: Mapping[str, str]
) -> Land:
    of, place, language = state
    kind = kinds.get(shape.iso3, "none")
    known = kind != "none"
    row = survey.places.index(shape.iso3) if known else 0
    value = float(column(survey, of)[row]) if known else None
    return Land(
        iso3=shape.iso3,
        name=country(shape.iso3, language),
        path=shape.path,
        is_dot=shape.is_dot,
        kind=kind,
        words=number(value, 4) if known else _(NOTHING),
        rank=int(survey.ranks[row]) if known else None,
        value=value,
        is_focal=shape.iso3 == place,
    )


def _levels(survey: Survey) -> dict[str, str]:
    steps = dict(zip(LEVELS, ("k1", "k2", "k4", "k5"), strict=True))
    return {
        place: steps[level(float(survey.egdi[row]))]
        for row, place in enumerate(survey.places)
        if has_index(survey, row)
    }


def _fifths(survey: Survey, measure: str) -> dict[str, str]:
    values = column(survey, measure)
    known = [
        (float(values[row]), place)
        for row, place in enumerate(survey.places)
        if has_index(survey, row) and values[row] == values[row]
    ]
    ordered = sorted(known, key=lambda pair: -pair[0])
    better = {value: turn for turn, (value, _place) in reversed(list(enumerate(ordered)))}
    return {place: f"k{better[value] * 5 // len(ordered) + 1}" for value, place in ordered}


def _legend(lands: list[Land], *, by_level: bool) -> tuple[Shade, ...]:
    words = (
        dict(zip(("k1", "k2", "k4", "k5"), LEVELS.values(), strict=True))
        if by_level
        else dict(zip(("k1", "k2", "k3", "k4", "k5"), FIFTHS, strict=True))
    )
    counts = {kind: sum(land.kind == kind for land in lands) for kind in (*words, "none")}
    shades = [Shade(kind, _(said), counts[kind]) for kind, said in words.items()]
    if counts["none"]:
        shades.append(Shade("none", _(NOTHING), counts["none"]))
    return tuple(shades)
