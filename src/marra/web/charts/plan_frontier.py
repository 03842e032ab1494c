"""What odds cost: the cheapest plan for each odds, from doing nothing to the best there is.

Source: ours; the frontier is worked out by marra.index.plan.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from marra.commission.rules.answers import Point
from marra.commission.rules.questions import ODDS
from marra.web.charts.canvas import Canvas, width_of
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.empty import says
from marra.web.charts.money import BILLION, money
from marra.web.charts.plan_frame import framed
from marra.web.charts.planned import Planned, percent
from marra.web.charts.scales import Scale, ticks
from marra.web.formats import number

NAME = "plan-frontier"


def plan_frontier(planned: Planned) -> Chart:
    """Cost and odds of the plans that nobody can better in both."""
    points = planned.frontier.points if planned.frontier else ()
    title = _finding(points)
    columns = (
        Column("cost", _("Cost, bn soʻm"), digits=1),
        Column("odds", _("Odds, percent"), digits=1),
        Column("initiatives", _("Initiatives")),
    )
    return framed(
        planned,
        name=NAME,
        title=title,
        subtitle=_(
            "Odds of place {place} or better in the {edition} edition, percent, by the least cost "
            "that reaches them, bn soʻm; the large dot is this plan."
        ).format(place=planned.answer.question.k, edition=planned.answer.question.edition),
        told="; ".join(f"{money(each.cost)}: {percent(each.odds)}" for each in points),
        table=Table(
            columns, tuple((p.cost / BILLION, 100 * p.odds, len(p.chosen)) for p in points)
        ),
        draw=lambda width: _draw(width, points, planned) if points else says(width, title),
    )


def cheapest(points: Sequence[Point], odds: float) -> Point | None:
    """The first point of the frontier that reaches some odds."""
    return next((each for each in sorted(points, key=lambda p: p.cost) if each.odds >= odds), None)


def _finding(points: Sequence[Point]) -> str:
    if not points:
        return _("What odds cost is being worked out")
    parts = []
    for odds in ODDS:
        found = cheapest(points, odds)
        cost = money(found.cost) if found else _("out of reach")
        parts.append(f"{percent(odds)} – {cost}")
    return _("What odds cost: {parts}").format(parts="; ".join(parts))


def _draw(width: int, points: Sequence[Point], planned: Planned) -> Canvas:
    narrow = width <= NARROW
    canvas = Canvas(width, 320 if narrow else 360)
    answer = planned.answer
    dearest = max([answer.cost, *(each.cost for each in points)]) / BILLION or 1.0
    x = Scale(0, dearest, 46, width - (24 if narrow else 60))
    y = Scale(0, 1, canvas.height - 44, 26)
    _frame(canvas, x, y)
    ordered = sorted(points, key=lambda each: each.cost)
    path: list[tuple[float, float] | None] = []
    for before, point in zip([None, *ordered], ordered, strict=False):
        if before is not None:
            path.append((x(point.cost / BILLION), y(before.odds)))
        path.append((x(point.cost / BILLION), y(point.odds)))
    canvas.path(path, "rival")
    for point in ordered:
        canvas.dot((x(point.cost / BILLION), y(point.odds)), 4, "rival edge")
    if answer.question.odds is not None:
        level = y(answer.question.odds)
        canvas.line((x.start, level), (width, level), "goal")
        words = _("asked: {odds}").format(odds=percent(answer.question.odds))
        canvas.words((width, level - 11), words, "strong halo", anchor="end")
    _chosen(canvas, (x(answer.cost / BILLION), y(answer.odds)), planned)
    return canvas


def _frame(canvas: Canvas, x: Scale, y: Scale) -> None:
    for share in (0, 0.25, 0.5, 0.75, 1):
        canvas.line((x.start, y(share)), (x.end, y(share)), "axis" if share == 0 else "grid")
        canvas.words((x.start - 8, y(share)), number(100 * share), "muted", anchor="end")
    for tick in ticks(0, x.high, 3 if canvas.width <= NARROW else 6):
        canvas.line((x(tick), y.start), (x(tick), y.start + 5), "axis")
        digits = 1 if 0 < x.high < 5 else 0
        canvas.words((x(tick), y.start + 18), number(tick, digits), "muted", anchor="middle")


def _chosen(canvas: Canvas, at: tuple[float, float], planned: Planned) -> None:
    answer = planned.answer
    canvas.dot(at, 8, "focal edge")
    words = _("this plan: {odds}, {cost}").format(
        odds=percent(answer.odds), cost=money(answer.cost)
    )
    room = 1.08 * width_of(words)
    fits = at[0] + 12 + room <= canvas.width  # the curve is never below and right of its point
    left = at[0] + 12 if fits else max(canvas.width - room, 50)
    canvas.words((left, at[1] + (22 if fits else 70)), words, "focal halo")
