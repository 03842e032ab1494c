"""Solving: a question put to the planner, and its findings brought together as one answer.

Source: marra.index.plan.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from marra.commission.rules.answers import (
    Addition,
    Answer,
    Borne,
    Frontier,
    Grounds,
    Point,
    Relax,
    Spent,
    Step,
)
from marra.commission.rules.questions import ODDS, Kind, Question
from marra.index.plan.addition import addition
from marra.index.plan.case import Case, Plan, case, odds_of
from marra.index.plan.failures import failures
from marra.index.plan.frontier import frontier
from marra.index.plan.portfolio import Portfolio
from marra.index.plan.relaxed import relaxations
from marra.index.plan.search import OutOfReach, best_for, cheapest
from marra.index.plan.shares import shares
from marra.index.plan.stakes import Stakes

KINDS: Final = ("budget", "capacity", "starts")
"""What can give way within an edition and the odds that are asked for."""

HIGHER: Final = 0.05
"""How many points of odds the cheapest addition is to bring, or all that are left."""

LEAST: Final = 0.005
"""Fewer points of odds than this are not worth a sentence."""


def solved(
    question: Question, portfolio: Portfolio, own: Stakes, fresh: Stakes
) -> Answer | Frontier:
    """What the planner finds; `fresh` are futures of another seed, on which odds are checked.

    Refuses what the planner refuses, but for a goal out of reach, which is an answer.
    """
    of = case(portfolio, own, rng=np.random.default_rng(own.seed))
    grounds = _grounds(own, fresh)
    if question.kind is Kind.FRONTIER:
        return Frontier(question, tuple(_points(of)), grounds)
    again = case(portfolio, fresh, rng=np.random.default_rng(fresh.seed))
    plan, feasible = _planned(question, of)
    best = best_for(of) if feasible else plan
    return Answer(
        question=question,
        feasible=feasible,
        steps=tuple(_steps(of, plan)),
        cost=plan.cost,
        odds=plan.odds,
        odds_check=odds_of(again, plan),
        nothing=plan.odds_before,
        best=best.odds,
        spent=tuple(Spent(*each) for each in _used(portfolio, plan, "budget")),
        borne=tuple(Borne(*each) for each in _used(portfolio, plan, "capacity")),
        relax=() if feasible else tuple(_relaxed(question, of)),
        addition=_added(of, plan, best) if feasible else None,
        grounds=grounds,
    )


def _planned(question: Question, of: Case) -> tuple[Plan, bool]:
    """The plan, and whether it is what was asked for; else the best there is."""
    if question.budget is not None:
        return best_for(of, question.budget), True
    try:
        return cheapest(of, question.odds or 0.0), True
    except OutOfReach as refusal:
        return refusal.best, False


def _relaxed(question: Question, of: Case) -> Iterator[Relax]:
    """What can give way alone; a limit of one year where one of all years would ask for more."""
    found = [each for each in relaxations(of, question.odds or 0.0) if each.kind in KINDS]
    least = {(each.kind, each.name): each.amount for each in found if each.year is not None}
    for each in found:
        same = [
            amount
            for (kind, name), amount in least.items()
            if kind == each.kind and each.name in ("", name)
        ]
        if (
            each.year is None
            and each.kind != "starts"
            and min(same, default=np.inf) <= each.amount
        ):
            continue
        yield Relax(
            each.kind, each.name, each.year or 0, each.amount, each.plan.cost, each.plan.odds
        )


def _steps(of: Case, plan: Plan) -> Iterator[Step]:
    """Each chosen initiative with its share of the odds and what if it goes wrong."""
    found = shares(of, plan, rng=np.random.default_rng(plan.seed)).shares
    by_code = {each.code: each.odds for each in found}
    wrong = {each.code: each for each in failures(of, plan)}
    for step in plan.steps:
        yield Step(
            code=step.code,
            start=step.start,
            cost=step.cost,
            ready=step.ready,
            counts=step.seen,
            share=by_code[step.code],
            fails=wrong[step.code].fails,
            late=wrong[step.code].late,
        )


def _added(of: Case, plan: Plan, best: Plan) -> Addition | None:
    if best.odds - plan.odds < LEAST:
        return None
    try:
        found = addition(of, plan, min(plan.odds + HIGHER, best.odds))
    except OutOfReach:  # the best plan differs from this one, and nothing can be added to this one
        return None
    steps = tuple((step.code, step.start) for step in found.steps)
    return Addition(steps, found.cost, found.plan.odds) if steps else None


def _used(
    portfolio: Portfolio, plan: Plan, kind: str
) -> Iterator[tuple[str, int, float, float | None]]:
    """What is used of each source or group in each year, with the limits that are not used."""
    limits = _limits(portfolio, kind)
    used = {(each.name, each.year): each.amount for each in plan.uses if each.kind == kind}
    limited = {name for name, _year in limits}
    for name, year in sorted({*limits, *used}):
        limit = limits.get((name, year), 0.0 if name in limited else None)
        yield name, year, used.get((name, year), 0.0), limit


def _limits(portfolio: Portfolio, kind: str) -> Mapping[tuple[str, int], float]:
    if kind == "budget":
        return {(each.source, each.year): each.amount for each in portfolio.budgets}
    return {(each.group, each.year): each.amount for each in portfolio.capacities}


def _points(of: Case) -> Iterator[Point]:
    """The frontier with the very plans that are told for the odds that everybody may ask for."""
    plans = list(frontier(of).plans)
    best = max(plan.odds for plan in plans)
    plans += [cheapest(of, odds) for odds in ODDS if odds <= best]
    reached = -1.0
    for plan in sorted(plans, key=lambda plan: (plan.cost, -plan.odds)):
        if plan.odds > reached:
            reached = plan.odds
            yield Point(plan.cost, plan.odds, tuple((e.code, e.start) for e in plan.steps))


def _grounds(own: Stakes, fresh: Stakes) -> Grounds:
    return Grounds(
        futures=own.futures,
        seed=own.seed,
        seed_check=fresh.seed,
        data_version=own.data_version,
        edition_version=own.edition_version,
        method_version=own.method_version,
    )
