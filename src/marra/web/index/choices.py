"""What selects offer: the member states by name, in the alphabet of the page's language.

Source: ours.
"""

from functools import cache, lru_cache
from typing import Final, NamedTuple

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from marra.kit.places import PLACES
from marra.web.index.rows import in_order

SELECTED: Final = mark_safe(" selected")


class Option(NamedTuple):
    """One line of a select."""

    code: str
    name: str


@cache
def countries(language: str) -> tuple[Option, ...]:
    """All 193 member states, sorted by their names."""
    options = [Option(code, place.name.into(language)) for code, place in PLACES.items()]
    return tuple(sorted(options, key=lambda option: in_order(option.name)))


@lru_cache(maxsize=256)
def options(language: str, chosen: str = "") -> SafeString:
    """The lines of a select of countries, drawn once: 193 of them cost more than their page."""
    empty = [] if chosen else [Option("", "")]
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        (
            (each.code, SELECTED if each.code == chosen else "", each.name)
            for each in (*empty, *countries(language))
        ),
    )
