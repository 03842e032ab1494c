"""What selects offer: the member states by name, in the alphabet of the page's language.

Source: ours.
"""

from functools import cache
from typing import NamedTuple

from marra.kit.places import PLACES
from marra.web.index.rows import in_order


class Option(NamedTuple):
    """One line of a select."""

    code: str
    name: str


@cache
def countries(language: str) -> tuple[Option, ...]:
    """All 193 member states, sorted by their names."""
    options = [Option(code, place.name.into(language)) for code, place in PLACES.items()]
    return tuple(sorted(options, key=lambda option: in_order(option.name)))
