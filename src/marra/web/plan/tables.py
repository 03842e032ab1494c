"""The tables of a plan as files carry them: the answer, the initiatives, what it stands on.

Source: ours.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from marra.commission.rules.answers import Answer
from marra.web.charts.chart import Cell, Column, Table
from marra.web.charts.money import BILLION, said
from marra.web.charts.planned import Planned
from marra.web.charts.words import country
from marra.web.plan.told import lines
from marra.web.plan.words import Moved


def answers(known: Sequence[Answer]) -> Table:
    """Cost and odds for every edition that the goal can mean."""
    columns = (
        Column("edition", _("Edition"), words=True),
        Column("place", _("Place or better")),
        Column("odds_asked", _("Odds asked, percent"), digits=1),
        Column("budget_asked", _("Budget asked, bn soʻm"), digits=1),
        Column("reached", _("Within reach"), words=True),
        Column("cost", _("Cost, bn soʻm"), digits=1),
        Column("odds", _("Odds, percent"), digits=1),
        Column("odds_check", _("Odds on fresh futures, percent"), digits=1),
        Column("nothing", _("Doing nothing, percent"), digits=1),
        Column("best", _("At best, percent"), digits=1),
        Column("initiatives", _("Initiatives")),
    )
    return Table(columns, tuple(_answer(each) for each in known))


def _answer(each: Answer) -> tuple[Cell, ...]:
    asked = each.question
    return (
        str(asked.edition),
        asked.k,
        None if asked.odds is None else 100 * asked.odds,
        None if asked.budget is None else asked.budget / BILLION,
        _("yes") if each.feasible else _("no"),
        each.cost / BILLION,
        100 * each.odds,
        100 * each.odds_check,
        100 * each.nothing,
        100 * each.best,
        len(each.steps),
    )


def initiatives(planned: Planned) -> Table:
    """Every chosen initiative with all that is known of it."""
    columns = (
        Column("initiative", _("Initiative"), words=True),
        Column("owner", _("Who answers for it"), words=True),
        Column("start", _("Starts in")),
        Column("seen_from", _("Seen by the survey from")),
        Column("cost", _("Cost, bn soʻm"), digits=1),
        Column("chance", _("Chance, percent"), digits=0),
        Column("share", _("Adds to the odds, points"), digits=1, signed=True),
        Column("fails", _("Odds if it fails, percent"), digits=1),
        Column("late", _("Odds if a year late, percent"), digits=1),
        Column("effects", _("Effects"), words=True),
        Column("basis", _("How well it is known"), words=True),
        Column("reasoning", _("Reasoning"), words=True),
    )
    steps = {step.code: step for step in planned.answer.steps}
    rows: list[tuple[Cell, ...]] = []
    for line in lines(planned):
        step = steps[line.code]
        chance = planned.portfolio.named(line.code).chance
        rows.append(
            (
                line.title,
                line.owner,
                line.start,
                line.ready,
                line.billions,
                100 * chance,
                line.share,
                100 * step.fails,
                100 * step.late,
                "; ".join(map(effect, line.effects)),
                _(line.basis.value),
                line.reasoning,
            )
        )
    return Table(columns, tuple(rows))


def effect(each: Moved) -> str:
    """An effect on one line."""
    return f"{each.indicator} {each.likely} ({each.span} {each.unit})"


def briefly(planned: Planned) -> Table:
    """What fits on paper: the initiatives with start, cost, share and what if."""
    whole = initiatives(planned)
    keys = ("initiative", "start", "cost", "chance", "share", "fails", "late")
    at = [turn for turn, column in enumerate(whole.columns) if column.key in keys]
    columns = tuple(whole.columns[turn] for turn in at)
    return Table(columns, tuple(tuple(row[turn] for turn in at) for row in whole.rows))


def grounds(planned: Planned) -> Table:
    """Portfolio, prices, futures, seeds and versions."""
    found, portfolio = planned.answer.grounds, planned.portfolio
    rows: list[tuple[Cell, ...]] = [
        (_("Country"), country(portfolio.place, planned.language)),
        (_("Portfolio"), f"{said(portfolio.title, planned.language)}, {planned.edited}"),
        (_("Prices"), said(portfolio.prices, planned.language)),
        (_("Note"), said(portfolio.note, planned.language)),
        (_("How well it is known"), planned.note),
        (_("Futures"), str(found.futures)),
        (_("Seed"), str(found.seed)),
        (_("Seed of the check"), str(found.seed_check)),
        (_("Data version"), found.data_version),
        (_("Version of the edition file"), found.edition_version),
        (_("Version of the method"), found.method_version),
    ]
    columns = (Column("name", _("What"), words=True), Column("value", _("Value"), words=True))
    return Table(columns, tuple(row for row in rows if row[1]))
