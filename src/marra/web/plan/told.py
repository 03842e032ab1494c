"""What the page of a plan says: rows of tables and short sentences, made from the answer.

Source: ours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marra.commission.rules.answers import Answer, Frontier, Relax, Step
from marra.index.edition import Basis
from marra.web.charts.money import money, said
from marra.web.charts.plan_frontier import cheapest
from marra.web.charts.planned import Planned, percent
from marra.web.formats import number
from marra.web.plan.words import Moved, moved, owner, span_of

LEAST: Final = 0.01
"""A load this near to a whole number is told as one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One initiative of the plan as the table shows it."""

    code: str
    title: str
    owner: str
    start: int
    ready: int
    counts: bool
    cost: str
    billions: float
    chance: str
    effects: tuple[Moved, ...]
    share: float  # points of odds
    part: float  # of the largest share, 0 to 100, for a bar
    fails: str
    late: str
    basis: Basis
    reasoning: str


@dataclass(frozen=True, slots=True)
class Left:
    """One initiative that the plan does without."""

    code: str
    title: str
    owner: str
    cost: str
    starts: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The answer for one edition, in the fewest words."""

    edition: int
    says: str  # what it costs, or that it is out of reach
    key: str  # the one number
    feasible: bool
    odds: str
    cost: str
    nothing: str
    best: str
    count: int


def headline(answer: Answer) -> Headline:
    """What the first sentence says of one edition."""
    asked = answer.question
    if not answer.feasible:
        says = _("out of reach, {best} at best").format(best=percent(answer.best))
    elif asked.budget is None:
        says = money(answer.cost) if answer.cost else _("no plan is needed")
    else:
        says = _("odds of {odds}").format(odds=percent(answer.odds))
    return Headline(
        edition=asked.edition,
        says=says,
        key=money(answer.cost)
        if answer.feasible and asked.budget is None
        else percent(answer.odds),
        feasible=answer.feasible,
        odds=percent(answer.odds),
        cost=money(answer.cost),
        nothing=percent(answer.nothing),
        best=percent(answer.best),
        count=len(answer.steps),
    )


def sentence(answers: Sequence[Answer]) -> str:
    """The answer for every edition that the goal can mean, in one sentence."""
    asked = answers[0].question
    each = "; ".join(
        _("{edition} edition: {says}").format(edition=e.edition, says=e.says)
        for e in map(headline, answers)
    )
    if asked.budget is not None:
        return _("Place {k} or better for {budget}. {answers}").format(
            k=asked.k, budget=money(asked.budget), answers=each
        )
    return _("Place {k} or better with odds of {odds}. {answers}").format(
        k=asked.k, odds=percent(asked.odds or 0.0), answers=each
    )


def without(answers: Sequence[Answer]) -> str:
    """The odds of doing nothing, for every edition that the goal can mean."""
    each = ", ".join(
        _("{odds} in {edition}").format(odds=e.nothing, edition=e.edition)
        for e in map(headline, answers)
    )
    return _("Without any plan the odds are {each}.").format(each=each)


def lines(planned: Planned) -> list[Line]:
    """The initiatives of the plan, those that carry most of the odds first."""
    steps = sorted(planned.answer.steps, key=lambda step: (-step.share, step.cost))
    most = max((step.share for step in steps), default=0.0) or 1.0
    return [_line(planned, step, most) for step in steps]


def _line(planned: Planned, step: Step, most: float) -> Line:
    initiative = planned.portfolio.named(step.code)
    return Line(
        code=step.code,
        title=planned.title_of(step.code),
        owner=owner(planned.portfolio, initiative, planned.language),
        start=step.start,
        ready=step.ready,
        counts=step.counts,
        cost=money(step.cost),
        billions=step.cost / 1e9,
        chance=percent(initiative.chance) if initiative.chance < 1 else _("certain"),
        effects=tuple(moved(each) for each in initiative.effects),
        share=100 * step.share,
        part=max(100 * step.share / most, 0.0),
        fails=percent(step.fails),
        late=percent(step.late),
        basis=initiative.basis,
        reasoning=said(initiative.reasoning, planned.language),
    )


def left(planned: Planned) -> list[Left]:
    """The initiatives that the plan does without, cheapest first."""
    chosen = {step.code for step in planned.answer.steps}
    others = [each for each in planned.portfolio.initiatives if each.code not in chosen]
    return [
        Left(
            code=each.code,
            title=said(each.title, planned.language),
            owner=owner(planned.portfolio, each, planned.language),
            cost=money(each.cost),
            starts=span_of(each.starts),
        )
        for each in sorted(others, key=lambda each: each.cost)
    ]


def relaxations(planned: Planned) -> Iterator[str]:
    """What to relax so that the goal comes within reach, each as a sentence."""
    for each in planned.answer.relax:
        yield _relaxation(planned, each)


def _relaxation(planned: Planned, each: Relax) -> str:
    """What must give way, by how much, and what the plan then costs."""
    words = {
        ("budget", True, True): _("“{subject}” gives {amount} more in {year}."),
        ("budget", True, False): _("“{subject}” gives {amount} more in all."),
        ("budget", False, False): _("All sources together give {amount} more."),
        ("capacity", True, True): _("“{subject}” bears {load} more load in {year}."),
        ("capacity", True, False): _("“{subject}” bears {load} more load in all."),
        ("capacity", False, False): _("All groups together bear {load} more load."),
    }.get((each.kind, bool(each.subject), bool(each.year)), _("Work starts {load} years earlier."))
    then = _("The plan then costs {cost} and has odds of {odds}.")
    return f"{words} {then}".format(
        subject=planned.called(each.subject) if each.subject else "",
        year=each.year,
        amount=money(each.amount),
        load=number(each.amount, 0 if abs(each.amount - round(each.amount)) < LEAST else 1),
        cost=money(each.cost),
        odds=percent(each.odds),
    )


def addition(planned: Planned) -> str:
    """The cheapest addition to the plan, as a sentence; nothing where there is none."""
    found = planned.answer.addition
    if found is None:
        return ""
    return ngettext(
        "The cheapest addition for odds of {odds} instead of {before} is {n} initiative "
        "for {cost}.",
        "The cheapest addition for odds of {odds} instead of {before} is {n} initiatives "
        "for {cost}.",
        len(found.steps),
    ).format(
        n=len(found.steps),
        odds=percent(found.odds),
        before=percent(planned.answer.odds),
        cost=money(found.cost),
    )


def added(planned: Planned) -> list[tuple[str, str, int]]:
    """The initiatives of the cheapest addition: code, title, start."""
    found = planned.answer.addition
    steps = sorted(found.steps, key=lambda each: (each[1], each[0])) if found else []
    return [(code, planned.title_of(code), start) for code, start in steps]


def reach(frontier: Frontier | None) -> str:
    """How far the budgets go, as a sentence; nothing while the frontier is not there."""
    if frontier is None or not frontier.points:
        return ""
    best = max(frontier.points, key=lambda point: point.odds)
    even = cheapest(frontier.points, 0.5)
    if even is None:
        return _("The best that these limits allow is {best}, for {cost}.").format(
            best=percent(best.odds), cost=money(best.cost)
        )
    return _(
        "Even odds cost {even}; the best that these limits allow is {best}, for {cost}."
    ).format(even=money(even.cost), best=percent(best.odds), cost=money(best.cost))
