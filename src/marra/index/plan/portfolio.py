"""Portfolio: initiatives to choose from, with what they move, cost, need and depend on.

Everything here is what people propose; nothing is a forecast. Effects are what an initiative adds
once the survey sees it whole, as a range; costs are in UZS of the portfolio's price basis.

Source: ours; triangular ranges (low, likely, high) after PMBOK's three-point estimates.
"""

from dataclasses import dataclass

from marra.index.edition import Basis
from marra.kit.text import Text

Words = Text | str
"""What people read: in four languages, or in the one in which it was handed in."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What an initiative adds to one indicator, in the indicator's own unit.

    `indicator` is a part (`osi`, `tii`, `hci`, 0 to 1) or an input series (`tii.internet`).
    Effects of one indicator add up, but those that share an `overlap` word do not: the strongest
    counts. Of an input of which less is better (a price) a gain is a negative number.
    """

    indicator: str
    low: float
    likely: float
    high: float
    overlap: str = ""

    @property
    def mean(self) -> float:
        """The mean of the triangular range.

        >>> round(Effect("osi", 0.0, 0.02, 0.04).mean, 4)
        0.02
        """
        return (self.low + self.likely + self.high) / 3


@dataclass(frozen=True, slots=True)
class Initiative:
    """One thing that may be done.

    It may start in any of the years `starts`, runs for `duration` years, and the survey sees its
    effect when `lag` further years have passed. `needs` must have ended when it starts, and fail
    it when they fail; of two that `exclude` each other at most one is chosen.
    """

    code: str
    title: Words
    effects: tuple[Effect, ...]
    costs: tuple[float, ...]  # UZS in each year, counted from its start
    starts: tuple[int, ...]
    duration: int
    lag: int
    chance: float  # of success, 0 to 1
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    group: str = ""  # the working group that does it
    body: str = ""  # the state body that answers for it
    source: str = ""  # of the money
    load: float = 1.0  # of the group's capacity, in each year it runs
    basis: Basis = Basis.ASSUMED  # how well effects and costs are known
    reasoning: Words = ""

    @property
    def cost(self) -> float:
        """What it costs in all, UZS."""
        return sum(self.costs)

    def ready(self, start: int) -> int:
        """The first year in whose survey its effect is seen."""
        return start + self.duration + self.lag


@dataclass(frozen=True, slots=True)
class Budget:
    """What one source of money gives in one year, UZS.

    A source without any budget gives without limit; a year that its budgets leave out gives
    nothing.
    """

    source: str
    year: int
    amount: float


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much load one working group carries in one year; groups without any are not limited."""

    group: str
    year: int
    amount: float


@dataclass(frozen=True, slots=True)
class Name:
    """How a group, a body or a source of money is called where people read."""

    code: str
    title: Words


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Initiatives and the limits within which they are chosen."""

    code: str
    title: Words
    place: str  # ISO 3166 alpha-3
    initiatives: tuple[Initiative, ...]
    budgets: tuple[Budget, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    prices: Words = ""  # in prices of which year, and from where
    note: Words = ""
    names: tuple[Name, ...] = ()

    def named(self, code: str) -> Initiative:
        """The initiative of that code; KeyError where there is none."""
        return {each.code: each for each in self.initiatives}[code]

    def called(self, code: str) -> Words:
        """What a group, a body or a source is called; its code where no name is given."""
        return {each.code: each.title for each in self.names}.get(code, code)
