"""Options: what may start when, what it uses up, and what it must wait for.

One option is one initiative with one start. A *choice* gives each initiative a start year, 0 where
it is left out: (n,) numbers in the order of the initiatives' codes.

Source: ours.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index.plan.gains import Sets
from marra.index.plan.portfolio import Initiative, Portfolio
from marra.index.survey import Floats, Ints

SLACK: Final = 1e-9
"""The share of a limit that rounding may seem to overstep."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What one source gives (`budget`, UZS), or one group carries (`capacity`), in one year."""

    kind: str
    name: str
    year: int
    amount: float


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """All options of n initiatives, and how they bind one another."""

    initiatives: tuple[Initiative, ...]  # in the order of their codes
    who: Ints  # (O,), the initiative of each option
    start: Ints  # (O,), its year
    seen: Sets  # (O,), whether the survey sees its effect in time
    costs: Floats  # (n,), UZS in all
    limits: tuple[Limit, ...]
    uses: Floats  # (L, O), what each option takes of each limit
    apart: tuple[tuple[int, int], ...]  # pairs that exclude each other
    after: tuple[tuple[int, int], ...]  # (initiative, what it needs), directly
    under: Sets  # (n, n), row needs column, directly or through others

    def broken(self, choice: Ints) -> Iterator[str]:
        """What a choice breaks, one code or limit after another; nothing where it is fit."""
        codes = [each.code for each in self.initiatives]
        for row in np.flatnonzero(choice):
            if choice[row] not in self.initiatives[row].starts:
                yield f"{codes[row]} {choice[row]}"
        for first, second in self.apart:
            if choice[first] and choice[second]:
                yield f"{codes[first]} / {codes[second]}"
        yield from (
            f"{codes[need]} → {codes[row]}"
            for row, need in self.after
            if self._waits(choice, row, need)
        )
        for limit, used in zip(self.limits, self.used(choice), strict=True):
            if used > limit.amount * (1 + SLACK):
                yield f"{limit.name} {limit.year}"

    def _waits(self, choice: Ints, row: int, need: int) -> bool:
        """Whether one would start before what it needs has ended."""
        ends = choice[need] + self.initiatives[need].duration
        return bool(choice[row] and not (choice[need] and ends <= choice[row]))

    def used(self, choice: Ints) -> Floats:
        """What a choice takes of each limit, (L,)."""
        used: Floats = self.uses @ (choice[self.who] == self.start)
        return used

    def seen_of(self, choice: Ints) -> Sets:
        """Whose effects the survey sees, (n,)."""
        found = np.zeros(len(choice), bool)
        found[self.who[(choice[self.who] == self.start) & self.seen]] = True
        return found


def options(portfolio: Portfolio, edition: int, needed: Mapping[str, frozenset[str]]) -> Options:
    """Every option of a portfolio, for what is to be seen in an edition."""
    ordered = tuple(sorted(portfolio.initiatives, key=lambda each: each.code))
    rows = {each.code: row for row, each in enumerate(ordered)}
    pairs = [(row, start) for row, each in enumerate(ordered) for start in sorted(each.starts)]
    limits = tuple(_limits(portfolio, ordered))
    return Options(
        initiatives=ordered,
        who=np.array([row for row, _start in pairs], np.int64),
        start=np.array([start for _row, start in pairs], np.int64),
        seen=np.array([ordered[row].ready(start) <= edition for row, start in pairs], bool),
        costs=np.array([each.cost for each in ordered]),
        limits=limits,
        uses=_uses(limits, ordered, pairs),
        apart=tuple(
            sorted(
                {
                    (min(rows[each.code], rows[other]), max(rows[each.code], rows[other]))
                    for each in ordered
                    for other in each.excludes
                }
            )
        ),
        after=tuple((rows[e.code], rows[need]) for e in ordered for need in sorted(e.needs)),
        under=np.array([[e.code in needed[each.code] for e in ordered] for each in ordered], bool),
    )


def _limits(portfolio: Portfolio, ordered: Sequence[Initiative]) -> Iterator[Limit]:
    """Every limit that can bind; a year that a limited source or group leaves out gives 0."""
    given = {("budget", each.source, each.year): each.amount for each in portfolio.budgets}
    given |= {("capacity", each.group, each.year): each.amount for each in portfolio.capacities}
    limited = {(kind, name) for kind, name, _year in given}
    used = {
        key
        for each in ordered
        for start in each.starts
        for key, _amount in _takes(each, start)
        if key[:2] in limited
    }
    for kind, name, year in sorted(used):
        yield Limit(kind, name, year, given.get((kind, name, year), 0.0))


def _takes(each: Initiative, start: int) -> Iterator[tuple[tuple[str, str, int], float]]:
    for number, cost in enumerate(each.costs):
        if cost:
            yield ("budget", each.source, start + number), cost
    for year in range(start, start + each.duration):
        if each.load:
            yield ("capacity", each.group, year), each.load


def _uses(
    limits: Sequence[Limit], ordered: Sequence[Initiative], pairs: Sequence[tuple[int, int]]
) -> Floats:
    rows = {(each.kind, each.name, each.year): row for row, each in enumerate(limits)}
    uses = np.zeros((len(limits), len(pairs)))
    for column, (row, start) in enumerate(pairs):
        for key, amount in _takes(ordered[row], start):
            if key in rows:
                uses[rows[key], column] += amount
    return uses
