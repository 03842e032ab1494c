"""Addition: the least that must be added to a plan that stands, for odds that it does not have.

Source: ours.
"""

from dataclasses import dataclass

from marra.index.plan.case import Case, Plan, Step
from marra.index.plan.search import cheapest


@dataclass(frozen=True, slots=True)
class Addition:
    """What is added, what it costs, and the plan that comes of it."""

    steps: tuple[Step, ...]
    cost: float
    plan: Plan


def addition(of: Case, plan: Plan, odds: float) -> Addition:
    """The cheapest addition to a plan, all of its starts kept, that reaches these odds.

    Nothing is added where it has them already. Refuses with `OutOfReach` where nothing helps.
    """
    whole = cheapest(of, odds, keep=plan.starts)
    added = tuple(step for step in whole.steps if step.code not in plan.starts)
    return Addition(added, whole.cost - plan.cost, whole)
