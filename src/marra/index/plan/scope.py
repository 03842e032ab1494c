"""Scope: within what a search may choose, and how a set of initiatives gets its start years.

A search is over sets: the cost of a set does not depend on when its members start, and neither do
its odds, as long as the survey sees them in time. When they start is settled here.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index.plan.case import Case, fit
from marra.index.plan.gains import Sets
from marra.index.plan.options import SLACK
from marra.index.plan.program import Program, program
from marra.index.survey import Floats, Ints

NODES: Final = 300
"""Branches looked at to find start years for one set; a set of 30 seldom needs any."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A choice that fits, with what a search goes by."""

    choice: Ints
    seen: Sets
    cost: float
    odds: float


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """A case, the options that may help in it, and those that are settled already."""

    case: Case
    program: Program
    kept: Ints  # (n,), start years that must stay, else 0
    least: Floats  # bounds of all columns
    most: Floats
    fits: dict[bytes, Ints | None]  # start years of sets looked at before
    ladder: dict[int, float]  # odds of the relaxed program, by the step of its mean gain

    @property
    def costs(self) -> Floats:
        """UZS of each initiative, (n,)."""
        return self.case.options.costs

    @property
    def hopeful(self) -> Sets:
        """The initiatives that may be chosen, (n,)."""
        found = np.zeros(len(self.kept), bool)
        found[self.case.options.who[self._open]] = True
        return found

    @property
    def _open(self) -> Sets:
        opened: Sets = self.most[: len(self.case.options.who)] > 0
        return opened

    def can(self, *, seen: bool) -> Sets:
        """The initiatives that have an open option which is seen, or one which is not, (n,)."""
        options = self.case.options
        found = np.zeros(len(self.kept), bool)
        found[options.who[self._open & (options.seen == seen)]] = True
        return found

    def found(self, choice: Ints) -> Found:
        """A choice, weighed."""
        seen = self.case.options.seen_of(choice)
        return Found(choice, seen, self.case.cost(choice), self.case.odds(seen[None]).item())

    def fitted(self, chosen: Sets, seen: Sets) -> Ints | None:
        """Start years for a set of which `seen` must be seen in time and the others cannot be."""
        key = chosen.tobytes() + seen.tobytes()
        if key not in self.fits:
            quick = self._quickly(chosen, seen)
            self.fits[key] = self.earliest(chosen, seen) if quick is None else quick
        return self.fits[key]

    def earliest(self, chosen: Sets, seen: Sets) -> Ints | None:
        """The same, all starts together as early as can be."""
        options = self.case.options
        most = self.most.copy()
        width = len(options.who)
        most[:width] *= chosen[options.who] & (seen[options.who] == options.seen)
        goal = np.zeros(self.program.columns)
        goal[:width] = options.start - options.start.min(initial=0) + 1
        columns = self.program.solved(
            goal, least=self.least, most=np.maximum(most, self.least), must=chosen, nodes=NODES
        )
        if columns is None:
            return None
        choice = self.program.choice(columns)
        return None if any(options.broken(choice)) else choice

    def _quickly(self, chosen: Sets, seen: Sets) -> Ints | None:
        """Start years by taking the first that fits, needs first; None proves nothing."""
        options = self.case.options
        open_, used = self._open, np.zeros(len(options.limits))
        amounts = np.array([each.amount for each in options.limits]) * (1 + SLACK)
        needs: dict[int, list[int]] = {}
        for row, need in options.after:
            needs.setdefault(row, []).append(need)
        choice, depth = self.kept.copy(), options.under.sum(axis=1)
        used += options.used(choice)
        for row in np.flatnonzero(chosen)[np.argsort(depth[chosen], kind="stable")].tolist():
            if choice[row]:
                continue
            ends = [choice[n] + options.initiatives[n].duration for n in needs.get(row, ())]
            first = max(ends, default=0)
            for each in np.flatnonzero((options.who == row) & (options.seen == seen[row]) & open_):
                later = used + options.uses[:, each]
                if options.start[each] >= first and (later <= amounts).all():
                    choice[row], used = options.start[each], later
                    break
            else:
                return None
        return None if any(options.broken(choice)) else choice


def scope(of: Case, keep: Mapping[str, int] | None = None) -> Scope:
    """What a search may choose from, with the steps of a given plan kept where they are.

    Refuses with `DoesNotFit` a plan that breaks a limit.
    """
    options, shared = of.options, program(of)
    kept = of.choice(keep or {})
    fit(of, kept)
    hopeful = of.gains.useful & _any(options.who, options.seen, len(kept))
    helping: Sets = np.asarray(options.under[hopeful].any(axis=0))
    opened = (hopeful[options.who] & options.seen) | helping[options.who]
    amounts = np.array([each.amount for each in options.limits])
    opened &= (options.uses <= amounts[:, None] * (1 + SLACK)).all(axis=0)
    opened &= kept[options.who] == 0
    least, most = shared.least.copy(), shared.most.copy()
    fixed = (kept[options.who] == options.start) & (kept[options.who] > 0)
    least[: len(fixed)], most[: len(fixed)] = fixed, opened | fixed
    return Scope(of, shared, kept, least, most, {}, {})


def _any(who: Ints, values: Sets, count: int) -> Sets:
    found = np.zeros(count, bool)
    found[who[values]] = True
    return found
