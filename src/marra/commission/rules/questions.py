"""Questions to a portfolio: which place, in which edition, with which odds or for which money.

An answer takes seconds and a frontier longer, so what is asked is bounded: whoever has not signed
in chooses among what is offered, and only so many questions wait at a time.

Source: ours; odds of 50, 80 and 90 % are those that the pages of the forecast tell too.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final

from marra.kit.errors import Conflict, Invalid, NotFound
from marra.kit.text import gettext_noop

ODDS: Final = (0.5, 0.8, 0.9)
"""The odds that are offered to everybody."""

USUAL: Final = 0.8
"""The odds that are asked for where none are named."""

ROUND_PLACES: Final = (10, 20, 30, 40, 50)
"""The places that are offered to everybody, besides the goal."""

MOST_WAITING: Final = 12
"""How many questions may wait to be answered; each takes some seconds."""


class Kind(StrEnum):
    """What is to be worked out."""

    PLAN = "plan"
    FRONTIER = "frontier"


class WrongGoalPlace(Invalid):
    """No place that anybody can hold."""

    sentence = gettext_noop("A plan is for a place from 1 to {last}, not {given}.")


class WrongOdds(Invalid):
    """Odds that no plan can have."""

    sentence = gettext_noop(
        "{given} % cannot be asked of a plan. Write odds from 1 to 99 percent, for example 80."
    )


class WrongBudget(Invalid):
    """No money, or more than there is."""

    sentence = gettext_noop("A budget is an amount above 0 and at most {most} billion soʻm.")


class NotOffered(Invalid):
    """A question that only those who work with plans may ask."""

    sentence = gettext_noop(
        "This question is not among those that are worked out for everybody. Choose one of the "
        "places {places} and odds {odds} %, or sign in as an analyst."
    )


class NoPortfolio(NotFound):
    """The house has no portfolio to plan with."""

    sentence = gettext_noop(
        "There is no portfolio of initiatives yet, so there is no plan. An analyst can upload one "
        "under “Portfolios”."
    )


class TooManyQuestions(Conflict):
    """The queue is full."""

    sentence = gettext_noop(
        "{count} plans are being worked out already, and no more can wait. Try again in a minute."
    )


DEAREST: Final = 1e17


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the portfolio of that digest; a frontier has neither odds nor budget."""

    digest: str
    place: str
    k: int
    edition: int
    odds: float | None = None
    budget: float | None = None  # UZS

    @property
    def kind(self) -> Kind:
        """Whether a plan or a frontier is asked for."""
        return Kind.FRONTIER if self.odds is None and self.budget is None else Kind.PLAN

    def frontier(self) -> "Question":
        """The question for the frontier on which the answer lies."""
        return Question(self.digest, self.place, self.k, self.edition)

    def key(self, *grounds: str) -> str:
        """One word for the question and the grounds on which it is answered.

        >>> one = Question("1f2e", "UZB", 30, 2030, 0.8)
        >>> one.key("data-1") == one.key("data-1"), one.key("data-1") == one.key("data-2")
        (True, False)
        """
        written = json.dumps([asdict(self), *grounds], sort_keys=True)
        return sha256(written.encode()).hexdigest()[:32]


def checked(question: Question, *, last: int) -> Question:
    """The same question; refuses what makes no sense.

    >>> checked(Question("1f2e", "UZB", 30, 2030, 0.8), last=193).kind.value
    'plan'
    """
    if not 1 <= question.k <= last:
        raise WrongGoalPlace(given=question.k, last=last)
    if question.odds is not None and not 0.01 <= question.odds <= 0.99:
        raise WrongOdds(given=_percent(question.odds))
    if question.budget is not None and not 0 < question.budget <= DEAREST:
        raise WrongBudget(most=f"{DEAREST / 1e9:,.0f}".replace(",", "\N{NO-BREAK SPACE}"))
    return question


def offered_places(goal: int) -> tuple[int, ...]:
    """The places that everybody may ask for.

    >>> offered_places(25)
    (10, 20, 25, 30, 40, 50)
    """
    return tuple(sorted({goal, *ROUND_PLACES}))


def check_offered(question: Question, *, goal: int) -> None:
    """Go on only with a question that is offered to everybody; refuses with `NotOffered`."""
    known = offered_places(goal)
    fits = question.odds in (*ODDS, None) and question.budget is None and question.k in known
    if not fits:
        raise NotOffered(
            places=", ".join(map(str, known)), odds=", ".join(_percent(each) for each in ODDS)
        )


def check_room(waiting: Sequence[object]) -> None:
    """Go on only while one more question may wait; refuses with `TooManyQuestions`.

    >>> check_room([])
    """
    if len(waiting) >= MOST_WAITING:
        raise TooManyQuestions(count=len(waiting))


def _percent(odds: float) -> str:
    return f"{100 * odds:.4g}" if math.isfinite(odds) else str(odds)
