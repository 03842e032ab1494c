"""Failures: what is left of a plan's odds if one initiative fails, or is late.

What needs a failed one fails with it. What needs a late one waits for it, as long as it must; who
then comes too late for the survey counts for nothing. Budgets are not asked again: a delay is not
a plan.

Source: ours.
"""

from dataclasses import dataclass

import numpy as np

from marra.index.plan.case import Case, Plan
from marra.index.plan.gains import Sets
from marra.index.survey import Ints


@dataclass(frozen=True, slots=True)
class Failure:
    """The odds of the plan, 0 to 1, if one of its initiatives goes wrong, all else as planned."""

    code: str
    fails: float  # with those that need it
    late: float  # so many years late, with those that wait for it
    years: int
    missed: tuple[str, ...]  # what the survey then no longer sees in time


def failures(of: Case, plan: Plan, years: int = 1) -> tuple[Failure, ...]:
    """Each initiative of a plan with the odds if it fails or is late, the worst failure first."""
    choice = of.choice(plan.starts)
    seen, under = of.options.seen_of(choice), of.options.under
    rows = np.flatnonzero(choice)
    failed = np.array([seen & ~under[:, row] for row in rows]).reshape(-1, len(choice))
    failed[np.arange(len(rows)), rows] = False
    late = np.array([seen & _in_time(of, _delayed(of, choice, int(row), years)) for row in rows])
    fails, lates = of.odds(failed), of.odds(late.reshape(-1, len(choice)))
    codes = [each.code for each in of.options.initiatives]
    found = [
        Failure(
            code=codes[row],
            fails=float(fails[at]),
            late=float(lates[at]),
            years=years,
            missed=tuple(codes[other] for other in np.flatnonzero(seen & ~late[at])),
        )
        for at, row in enumerate(rows)
    ]
    return tuple(sorted(found, key=lambda each: (each.fails, each.late, each.code)))


def _delayed(of: Case, choice: Ints, row: int, years: int) -> Ints:
    """The starts if one is late and those that need it wait for its end."""
    later = choice.copy()
    later[row] += years
    given, under = of.options.initiatives, of.options.under
    for each in np.argsort(under.sum(axis=1), kind="stable"):  # needs before what needs them
        for dependent, need in of.options.after:
            if dependent == each and choice[each]:
                later[each] = max(later[each], later[need] + given[need].duration)
    return later


def _in_time(of: Case, choice: Ints) -> Sets:
    ready = [
        each.ready(int(year)) for each, year in zip(of.options.initiatives, choice, strict=True)
    ]
    return np.array([year <= of.stakes.edition for year in ready], bool)
