"""What a scenario asks: read from an address and written back to one; the address holds it all.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict

from marra.evidence.queries import releases as queries
from marra.index.projection.change import GivenTwice
from marra.index.projection.futures import Futures
from marra.index.projection.ground import Ground, ground
from marra.index.projection.scenario import Scenario, scenario
from marra.index.what_if import changeable
from marra.kit.errors import Invalid
from marra.kit.places import place
from marra.kit.text import gettext_noop
from marra.web.charts.asked import one_of, rank
from marra.web.charts.future import goal_editions
from marra.web.charts.words import measure
from marra.web.formats import parse_number
from marra.web.index.changes import limit_of

LONGEST: Final = 600
"""Letters of an address that a comparison takes for one scenario."""


class UnreadableScenario(Invalid):
    """An address that was cut off or grown too long."""

    sentence = gettext_noop(
        "“{written}” is not a scenario. Copy the whole address of its page, or its code."
    )


@dataclass(frozen=True, slots=True)
class Question:
    """Which country, which place, which values, and by which edition."""

    place: str
    to: int
    by: int
    changes: tuple[tuple[str, float], ...] = ()

    @property
    def query(self) -> str:
        """The question as it stands in an address."""
        told = {"place": self.place, "to": self.to, "by": self.by}
        return urlencode({**told, **{name: f"{value:g}" for name, value in self.changes}})


def framed(query: Mapping[str, str], everyone: Futures) -> Question:
    """The question without its values; what is left out is the focal country and the goal.

    Refuses with `NoSuchPlace`, `NoSuchRank` and `NoSuchChoice`.
    """
    years = [str(year) for year in reversed(everyone.editions)]
    by = one_of(query.get("by", ""), [str(goal_editions(everyone)[-1]), *years])
    return Question(
        place=place(query.get("place") or settings.COUNTRY).iso3,
        to=rank(query.get("to", ""), len(everyone.places), settings.GOAL_RANK),
        by=int(by),
    )


def whole(written: str, everyone: Futures) -> Question:
    """A question from its address, as a comparison holds it; refuses what cannot be read.

    Refuses with `UnreadableScenario`, `NotANumber`, `OutOfRange` and what `framed` refuses.
    """
    if len(written) > LONGEST:
        raise UnreadableScenario(written=f"{written[:40]}…")
    query = QueryDict(written)
    frame = framed({name: query[name] for name in query}, everyone)
    names = _names(everyone)
    strange = [name for name in query if name not in (*names, "place", "to", "by")]
    if strange:
        raise UnreadableScenario(written=written[:40])
    values = tuple(
        (name, limit_of(name).check(parse_number(query[name])))
        for name in names
        if query.get(name)
    )
    return Question(frame.place, frame.to, frame.by, values)


@lru_cache(maxsize=256)
def answer(question: Question, everyone: Futures) -> Scenario:
    """The answer, kept for a while; refuses what `scenario` refuses."""
    own = still(question.place, question.to, everyone)
    survey = queries.survey(everyone.origin)
    try:
        return scenario(survey, own, dict(question.changes), by=question.by)
    except GivenTwice as refusal:
        named = {fact: measure(str(code).lower()) for fact, code in refusal.facts.items()}
        raise GivenTwice(**named) from None


@lru_cache(maxsize=24)
def still(place: str, to: int, everyone: Futures) -> Ground:
    """A country's futures while nothing changes, kept while the figures stand."""
    return ground(everyone, place, to)


@lru_cache(maxsize=2)
def _names(everyone: Futures) -> tuple[str, ...]:
    return changeable(queries.survey(everyone.origin))
