"""What it would take: the rise of the index for the odds wished for, and how parts could carry it.

Everything is over doing nothing: the country's own expected change is in the futures already.

Source: ours; marra.index.plan.needed.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_noop

from marra.evidence.queries import releases as queries
from marra.index.edition import PILLARS
from marra.index.plan.needed import Way, levels, moves, uplift, ways
from marra.index.plan.stakes import Stakes
from marra.index.projection.change import input_of
from marra.index.projection.company import company
from marra.index.survey import Floats
from marra.web import layout
from marra.web.charts.future import futures, stakes
from marra.web.charts.words import measure, of_100
from marra.web.index.changes import limit_of

WISHES: Final = (0.5, 0.8, 0.9)
"""Odds that the page asks for."""

WAY_NAMES: Final = {
    "osi": gettext_noop("Online services alone"),
    "tii": gettext_noop("Telecommunication infrastructure alone"),
    "hci": gettext_noop("Human capital alone"),
    "profile": gettext_noop("Towards the countries about that place"),
    "equal": gettext_noop("All parts equally, each up to 1"),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """An input in words, and how many of its units."""

    name: str
    units: float
    enough: bool
    link: str  # the scenario in which this input carries its part


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the index in one way: its median without and with the uplift."""

    name: str
    before: float
    after: float
    points: float
    moves: tuple[Moved, ...]  # each input that is known, moved by itself

    @property
    def gained(self) -> float:
        """How far the median rises; less than the points where the part ends at 1."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Carried:
    """One way to reach the odds wished for; `parts` is empty where it cannot."""

    name: str
    says: str
    parts: tuple[Part, ...]
    most: float  # the odds with the parts of this way at 1
    link: str  # the scenario of it

    @property
    def most_told(self) -> str:
        """The odds with the parts of this way at 1, in words."""
        return of_100(self.most)


@dataclass(frozen=True, slots=True)
class Takes:
    """What one edition takes."""

    edition: int
    odds: float  # without doing anything
    company: tuple[float, ...]  # mean OSI, TII and HCI of the countries about the place
    own: tuple[float, ...]  # medians of the country's own
    rises: tuple[float, ...]  # of EGDI, for each of WISHES
    wish: float
    rise: float  # of EGDI, for the wish
    ways: tuple[Carried, ...]

    @property
    def is_there(self) -> bool:
        """Whether the odds wished for are there without any rise."""
        return self.rise == 0

    @property
    def moves(self) -> list[tuple[str, tuple[Moved, ...]]]:
        """The inputs that each way would move, by what the way is called."""
        moved = [
            (way.says, tuple(m for part in way.parts for m in part.moves)) for way in self.ways
        ]
        return [(says, inputs) for says, inputs in moved if inputs]


def takes(place: str, edition: int, k: int, wish: float) -> Takes:
    """What an edition takes for odds of `wish` in particular."""
    return _takes(place, edition, k, wish, layout.language(), queries.data_version())


@lru_cache(maxsize=512)
def _takes(
    place: str, edition: int, k: int, wish: float, _language: str, _data_version: str
) -> Takes:
    own = stakes(place, edition, k)
    profile = _company(edition, k, _data_version)
    before = levels(own)
    return Takes(
        edition=edition,
        odds=own.odds(profile * 0.0),
        company=tuple(profile.tolist()),
        own=tuple(before.values()),
        rises=tuple(uplift(own, each) for each in WISHES),
        wish=wish,
        rise=uplift(own, wish),
        ways=tuple(_carried(own, before, each) for each in ways(own, wish, profile)),
    )


@lru_cache(maxsize=64)
def _company(edition: int, k: int, _data_version: str) -> Floats:
    return company(futures(), edition, k)


def _carried(own: Stakes, before: dict[str, float], way: Way) -> Carried:
    if way.uplift is None:
        return Carried(way.name, WAY_NAMES[way.name], (), way.most, "")
    after = levels(own, way.uplift)
    points = dict(zip(PILLARS, way.uplift.tolist(), strict=True))
    values = {name: after[name] for name in PILLARS if points[name] > 0}
    return Carried(
        name=way.name,
        says=WAY_NAMES[way.name],
        parts=tuple(
            Part(name, before[name], after[name], points[name], _moved(own, name, points, values))
            for name in PILLARS
        ),
        most=way.most,
        link=_scenario(own, values),
    )


def _moved(
    own: Stakes, part: str, points: dict[str, float], values: dict[str, float]
) -> tuple[Moved, ...]:
    """The inputs of a part; the other parts of a link stay as the way has them."""
    if points[part] <= 0:
        return ()
    others = {name: value for name, value in values.items() if name != part}
    found = []
    for move in moves(own, part, points[part]):
        value, limit = _today(own.place, move.name) + move.units, limit_of(move.name)
        enough = move.enough and limit.low <= value <= limit.high
        link = _scenario(own, {**others, move.name: value}) if enough else ""
        found.append(Moved(measure(move.name), move.units, enough, link))
    return tuple(found)


def _today(place: str, name: str) -> float:
    """The latest figure of an input; the mean of its series where it has several."""
    survey = queries.survey(queries.latest())
    columns = [survey.input_names.index(series) for series in input_of(survey, name).of]
    return float(survey.inputs[survey.at(place), columns].mean())


def _scenario(own: Stakes, values: dict[str, float]) -> str:
    """The address of the scenario in which the country has these values by the edition."""
    told = {name: f"{value:.4f}" for name, value in values.items()}
    asked = {"place": own.place, "to": own.k, "by": own.edition, **told}
    return f"{reverse('scenario')}?{urlencode(asked)}"
