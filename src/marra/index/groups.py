"""Groups of countries: by level of EGDI, and by region, income or special situation.

Source: UN E-Government Survey 2024 for the four levels; `marra.kit.places` for the other groups.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index.survey import Floats, Survey
from marra.kit.errors import Invalid
from marra.kit.places import PLACES
from marra.kit.text import gettext_noop

LEVELS: Final = (("very_high", 0.75), ("high", 0.50), ("middle", 0.25), ("low", -1.0))
"""Each level and the EGDI that must be exceeded; the bounds 0.50 and 0.25 belong to the level."""

KINDS: Final = ("level", "region", "subregion", "income", "ldc", "lldc", "sids")


class NoSuchGrouping(Invalid):
    """Countries are not grouped so."""

    sentence = gettext_noop("Countries are not grouped by “{kind}”. Use one of: {kinds}.")


@dataclass(frozen=True, slots=True)
class Group:
    """Countries of one group that have an index, and their mean published figures."""

    name: str
    places: tuple[str, ...]
    egdi: float
    osi: float | None  # means of those published; None where none of the group was
    tii: float | None
    hci: float | None


class Groups(dict[str, Group]):
    """Groups by name, and the countries in none of them because they have no index."""

    def __init__(self, groups: Iterable[Group], survey: Survey) -> None:
        super().__init__({group.name: group for group in groups})
        self.without_index = tuple(survey.places[row] for row in np.flatnonzero(~survey.ranked))
        self.data_version = survey.version
        self.edition_version = survey.edition.version


def level(egdi: float) -> str:
    """The level of an EGDI: very high above 0.75, high from 0.50, middle from 0.25, else low.

    >>> level(0.7999), level(0.75), level(0.5), level(0.2499)
    ('very_high', 'high', 'high', 'low')
    """
    if egdi > LEVELS[0][1]:
        return LEVELS[0][0]
    return next(name for name, bound in LEVELS[1:] if egdi >= bound)


def groups(survey: Survey, kind: str) -> Groups:
    """The countries with an index, grouped; in the order of falling mean EGDI.

    `ldc`, `lldc` and `sids` give one group, of their members alone. A country without the fact
    (income of two states is not known) stands in the group "unknown".

    >>> from marra.index.load import load
    >>> {name: len(group.places) for name, group in groups(load(2024), "level").items()}
    {'very_high': 76, 'high': 62, 'middle': 44, 'low': 11}
    """
    if kind not in KINDS:
        raise NoSuchGrouping(kind=kind, kinds=", ".join(KINDS))
    members: dict[str, list[int]] = defaultdict(list)
    for row in np.flatnonzero(survey.ranked):
        name = _group(survey, int(row), kind)
        if name is not None:
            members[name].append(int(row))
    made = [_made(survey, name, rows) for name, rows in members.items()]
    return Groups(sorted(made, key=lambda group: -group.egdi), survey)


def _group(survey: Survey, row: int, kind: str) -> str | None:
    if kind == "level":
        return level(float(survey.egdi[row]))
    place = PLACES[survey.places[row]]
    value = getattr(place, kind)
    if kind in {"ldc", "lldc", "sids"}:
        return kind if value else None
    return str(value) if value else "unknown"


def _made(survey: Survey, name: str, rows: list[int]) -> Group:
    osi, tii, hci = (_mean(values) for values in survey.pillars[rows].T)
    return Group(
        name=name,
        places=tuple(survey.places[row] for row in rows),
        egdi=float(survey.egdi[rows].mean()),
        osi=osi,
        tii=tii,
        hci=hci,
    )


def _mean(values: Floats) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else None
