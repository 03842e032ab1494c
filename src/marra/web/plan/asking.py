"""What the address of a plan asks: which place, in which edition, with which odds or money.

Source: ours; one address is one state.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from marra.commission.queries import futures
from marra.commission.queries.portfolios import works
from marra.commission.queries.sources import Source, source
from marra.commission.rules.questions import USUAL, Question, check_offered, checked
from marra.kit.places import PLACES
from marra.people.rules import Stamp
from marra.web.charts.asked import edition as edition_of
from marra.web.charts.asked import rank
from marra.web.charts.money import BILLION
from marra.web.formats import parse_number

EXACTLY: Final = ".15g"
"""How a figure stands in an address: read again, it is the same question."""


@dataclass(frozen=True, slots=True)
class State:
    """A question to one portfolio, and the same question for the other editions of the goal."""

    source: Source
    question: Question
    editions: tuple[int, ...]  # which the goal can mean, the one it is read as first
    projected: tuple[int, ...]  # for which there are futures
    is_free: bool  # whether this reader may ask for any odds and money

    @property
    def query(self) -> str:
        """The state as it stands in an address."""
        return self.query_for(self.question.edition)

    def query_for(self, edition: int, odds: float | None = None) -> str:
        """The same state, for another edition or with other odds."""
        asked = self.question
        parts: dict[str, object] = {"portfolio": self.source.code, "top": asked.k, "by": edition}
        if odds is not None:
            parts["odds"] = f"{odds:{EXACTLY}}"
        elif asked.budget is not None:
            parts["billions"] = f"{asked.budget / BILLION:{EXACTLY}}"
        elif asked.odds is not None:
            parts["odds"] = f"{asked.odds:{EXACTLY}}"
        return urlencode(parts)

    def questions(self) -> tuple[Question, ...]:
        """The question for each edition of the goal, and for the one that is asked for."""
        editions = dict.fromkeys((*self.editions, self.question.edition))
        return tuple(replace(self.question, edition=each) for each in editions)


def state(query: Mapping[str, str], who: Stamp) -> State:
    """The state that an address describes; what it leaves out is the goal, with odds of 80 %.

    Raises NothingNamed, NoPortfolio, NoSuchEdition, NoSuchRank, NotANumber, NotOffered and what
    `questions.checked` refuses.
    """
    found = source(who, query.get("portfolio", ""))
    projected = futures.editions()
    editions = futures.goal_editions()
    year = edition_of(query.get("by", ""), projected) if query.get("by") else editions[0]
    budget = parse_number(query["billions"]) * BILLION if query.get("billions") else None
    asked = checked(
        Question(
            digest=found.digest,
            place=found.portfolio.place,
            k=rank(query.get("top", ""), len(PLACES), settings.GOAL_RANK),
            edition=year,
            odds=_odds(query.get("odds", "")) if budget is None else None,
            budget=budget,
        ),
        last=len(PLACES),
    )
    if not works(who):
        check_offered(asked, goal=settings.GOAL_RANK)
    return State(found, asked, editions, projected, works(who))


def edited(source_: Source) -> str:
    """Which version of a portfolio, in words."""
    if source_.is_example:
        return _("packaged example")
    return _("version {number}").format(number=source_.number)


def _odds(words: str) -> float:
    """Odds as a share or in percent: 0.8 and 80 are the same."""
    if not words:
        return USUAL
    value = parse_number(words.replace("%", ""))
    return value / 100 if value >= 1 else value
