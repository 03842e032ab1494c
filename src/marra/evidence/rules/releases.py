"""Releases: which of several files speaks for an edition, and what may be done with one.

What an administrator imported stands over what came with the package; among those the latest
stands. So an update of the package never overrides somebody's decision.

Source: ours, docs/adr/0002.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from marra.kit.errors import Conflict, NotFound
from marra.kit.text import gettext_noop

FIGURES: Final = gettext_noop("figures")
INPUTS: Final = gettext_noop("inputs")
PACKAGED: Final = "packaged"
IMPORTED: Final = "imported"


class AlreadyTakenIn(Conflict):
    """The same figures stand already."""

    sentence = gettext_noop(
        "These figures of {edition} are here already, as release {code}. Nothing was changed."
    )


class NoMethodForInputs(Conflict):
    """Raw inputs can be used only together with a method and figures."""

    sentence = gettext_noop(
        "There are no figures of edition {edition}. Import the figures before the raw inputs."
    )


class PackagedStays(Conflict):
    """The ground under all imports cannot be taken away."""

    sentence = gettext_noop(
        "Release {code} came with the program and stays. "
        "To replace it, import a file of {edition}."
    )


class AlreadyWithdrawn(Conflict):
    """It was withdrawn before."""

    sentence = gettext_noop("Release {code} was withdrawn before. Nothing was changed.")


class NoSuchEdition(NotFound):
    """No release has figures of that edition."""

    sentence = gettext_noop("There are no figures of edition {edition}. There are: {known}.")


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether a release speaks for its edition."""

    number: int  # in the order of taking in
    code: str
    edition: int
    kind: str
    origin: str
    version: str
    withdrawn: bool


def current(releases: Iterable[Standing]) -> dict[tuple[int, str], Standing]:
    """The release that speaks for each edition and kind.

    >>> box = Standing(1, "2024-a", 2024, FIGURES, PACKAGED, "a", False)
    >>> own = Standing(2, "2024-b", 2024, FIGURES, IMPORTED, "b", False)
    >>> new_box = Standing(3, "2024-c", 2024, FIGURES, PACKAGED, "c", False)
    >>> current([box, own, new_box])[2024, FIGURES].code
    '2024-b'
    """
    found: dict[tuple[int, str], Standing] = {}
    standing = [release for release in releases if not release.withdrawn]
    for release in sorted(standing, key=lambda each: (each.origin == IMPORTED, each.number)):
        found[release.edition, release.kind] = release
    return found
