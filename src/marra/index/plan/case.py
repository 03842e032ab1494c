"""Case: a portfolio put before its futures, and what a choice out of it comes to.

Everything that is asked about one portfolio and one goal is asked of one case, so all plans meet
the same futures and the same luck. A second case, with other futures and another seed, checks what
the first one promises.

Source: ours; common random numbers after Law, Simulation Modeling and Analysis, 2015, ch. 11.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from marra.index.edition import PILLARS
from marra.index.plan.checked import checked
from marra.index.plan.effects import gains
from marra.index.plan.gains import Gains, Sets
from marra.index.plan.options import Options, options
from marra.index.plan.portfolio import Portfolio
from marra.index.plan.references import needed
from marra.index.plan.stakes import Stakes
from marra.index.survey import Floats, Ints
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop


class NothingMoves(Invalid):
    """An effect is on something that the edition does not count for this country."""

    sentence = gettext_noop(
        "{code}: “{indicator}” moves nothing in the edition that is planned for. "
        "Known are: {names}."
    )


class DoesNotFit(Invalid):
    """A plan that was given breaks what its portfolio says."""

    sentence = gettext_noop(
        "This plan does not fit its portfolio: {what}. Choose other starts, or change the limits."
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One initiative of a plan."""

    code: str
    start: int
    end: int  # the last year in which it runs
    ready: int  # the first survey year that sees its effect
    seen: bool  # whether that is in time
    cost: float


@dataclass(frozen=True, slots=True)
class Use:
    """What a plan takes of one source (`budget`) or group (`capacity`) in one year."""

    kind: str
    name: str
    year: int
    amount: float
    limit: float | None  # None where there is none


@dataclass(frozen=True, slots=True)
class Plan:
    """Initiatives with their starts, what they cost, and the odds they give; 0 to 1."""

    place: str
    edition: int
    k: int
    steps: tuple[Step, ...]  # in order of start
    cost: float
    odds: float
    odds_before: float  # without any initiative
    uses: tuple[Use, ...]
    exact: bool  # every possible plan was looked at; else searched
    futures: int
    seed: int
    data_version: str
    edition_version: str
    method_version: str

    @property
    def starts(self) -> Mapping[str, int]:
        """The start year of each chosen initiative."""
        return {step.code: step.start for step in self.steps}


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A portfolio, its options and its gains in the futures of one edition."""

    portfolio: Portfolio
    stakes: Stakes
    options: Options
    gains: Gains
    kept: dict[str, Any] = field(default_factory=dict)  # answers that never change

    @property
    def before(self) -> float:
        """The odds without any plan."""
        return self.odds(np.zeros((1, len(self.options.initiatives)), bool)).item()

    def odds(self, sets: Sets | Floats) -> Floats:
        """The odds of sets of seen initiatives, (B, n) -> (B,); what is below its needs fails."""
        return self.gains.odds(sets)

    def choice(self, starts: Mapping[str, int]) -> Ints:
        """Start years by code as a choice, (n,); refuses a code that is not there."""
        codes = [each.code for each in self.options.initiatives]
        for code in starts:
            if code not in codes:
                raise DoesNotFit(what=code)
        return np.array([starts.get(code, 0) for code in codes], np.int64)

    def cost(self, choice: Ints) -> float:
        """What a choice costs in all, UZS."""
        return float(self.options.costs[choice > 0].sum())

    def plan(self, choice: Ints, *, exact: bool) -> Plan:
        """A choice told in full."""
        stakes, given = self.stakes, self.options.initiatives
        seen = self.options.seen_of(choice)
        steps = [
            Step(
                code=given[row].code,
                start=int(choice[row]),
                end=int(choice[row]) + given[row].duration - 1,
                ready=given[row].ready(int(choice[row])),
                seen=bool(seen[row]),
                cost=given[row].cost,
            )
            for row in np.flatnonzero(choice)
        ]
        return Plan(
            place=stakes.place,
            edition=stakes.edition,
            k=stakes.k,
            steps=tuple(sorted(steps, key=lambda step: (step.start, step.code))),
            cost=self.cost(choice),
            odds=self.odds(seen[None]).item(),
            odds_before=self.before,
            uses=tuple(self._uses(choice)),
            exact=exact,
            futures=stakes.futures,
            seed=stakes.seed,
            data_version=stakes.data_version,
            edition_version=stakes.edition_version,
            method_version=stakes.method_version,
        )

    def _uses(self, choice: Ints) -> Iterator[Use]:
        """Spending by year and source, then load by group and year, limited or not."""
        amounts: dict[tuple[str, str, int], float] = {}
        for row in np.flatnonzero(choice):
            each, start = self.options.initiatives[row], int(choice[row])
            for year, cost in enumerate(each.costs, start):
                key = ("budget", each.source, year)
                amounts[key] = amounts.get(key, 0.0) + cost
            for year in range(start, start + each.duration):
                key = ("capacity", each.group, year)
                amounts[key] = amounts.get(key, 0.0) + each.load
        limits = {(each.kind, each.name, each.year): each.amount for each in self.options.limits}
        for (kind, name, year), amount in sorted(amounts.items()):
            if amount:
                yield Use(kind, name, year, amount, limits.get((kind, name, year)))


def case(portfolio: Portfolio, stakes: Stakes, *, rng: np.random.Generator) -> Case:
    """A portfolio before its futures; refuses what `checked` refuses, and unknown indicators.

    >>> from marra.index.plan.portfolio import Effect, Initiative
    >>> gain = Effect("osi", 0.1, 0.1, 0.1)
    >>> portal = Initiative("A", "Portal", (gain,), (5.0,), (2027,), 1, 0, 1.0)
    >>> stakes = Stakes("UZB", 2030, 30, np.full((4, 3), 0.8), np.array([0.7, 0.8, 0.82, 0.9]),
    ...                 np.full(3, 1 / 3), {}, 0, "", "", "")
    >>> found = case(Portfolio("P", "", "UZB", (portal,)), stakes, rng=np.random.default_rng(0))
    >>> found.before, judged(found, {"A": 2027}).odds
    (0.5, 0.75)
    """
    names = {*PILLARS, *stakes.levers}
    for each in checked(portfolio).initiatives:
        for effect in each.effects:
            if effect.indicator not in names:
                raise NothingMoves(
                    code=each.code, indicator=effect.indicator, names=", ".join(sorted(names))
                )
    under = needed(portfolio.initiatives)
    found = options(portfolio, stakes.edition, under)
    return Case(portfolio, stakes, found, gains(found.initiatives, stakes, under, rng))


def judged(of: Case, starts: Mapping[str, int]) -> Plan:
    """A plan that someone made: start years by code; refuses with `DoesNotFit`."""
    choice = of.choice(starts)
    fit(of, choice)
    return of.plan(choice, exact=False)


def fit(of: Case, choice: Ints) -> None:
    """Refuse a choice that breaks a limit, a need or an exclusion, naming it."""
    broken = list(of.options.broken(choice))
    if broken:
        raise DoesNotFit(what=", ".join(broken))


def odds_of(of: Case, plan: Plan) -> float:
    """The odds of a plan in another case: other futures, other luck, another edition."""
    return of.odds(of.options.seen_of(of.choice(plan.starts))[None]).item()
