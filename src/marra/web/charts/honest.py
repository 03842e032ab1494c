"""Honest odds: of the forecasts that gave a place so much chance, how many came true.

Source: ours; marra.index.projection.reliability, as packaged.
"""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from marra.index.projection.reliability import Class
from marra.index.projection.skill import skill
from marra.web.charts.asked import Asked
from marra.web.charts.canvas import Canvas, width_of
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.reading import Surveys
from marra.web.charts.scales import Scale
from marra.web.charts.skill import base
from marra.web.formats import number

ROW: Final = 34
DOUBTFUL: Final = (0.05, 0.35)
"""Odds that the finding speaks of: such as a country below its goal has."""


def honest_odds(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """Odds given and shares that came true, by class of odds."""
    found = skill()
    title = _finding(found.classes, found.k)
    return base(
        surveys,
        asked,
        language,
        name="skill-odds",
        title=title,
        subtitle=_(
            "Forecasts of place {k} or better, all countries, origins and horizons, by the odds "
            "they gave. Ring: odds on average; dot: percent that came true."
        ).format(k=found.k),
        alternative=f"{title}. {_spoken(found.classes)}",
        table=Table(_columns(), tuple(_rows(found.classes))),
        note=_(
            "Forecasts of one country from several origins are not independent, so small "
            "differences mean nothing."
        ),
        draw=lambda width: _draw(width, found.classes),
    )


def _finding(classes: Sequence[Class], k: int) -> str:
    some = [each for each in classes if each.low >= DOUBTFUL[0] and each.high <= DOUBTFUL[1]]
    return _(
        "Of {some} forecasts that gave place {k} odds of {low} to {high} %, {came} came true; "
        "{given} were to be expected"
    ).format(
        k=k,
        low=round(100 * DOUBTFUL[0]),
        high=round(100 * DOUBTFUL[1]),
        some=number(sum(each.forecasts for each in some)),
        came=number(sum(each.came * each.forecasts for each in some)),
        given=number(sum(each.odds * each.forecasts for each in some)),
    )


def _spoken(classes: Sequence[Class]) -> str:
    return "; ".join(
        f"{_label(each)}: {number(100 * each.odds, 1)} % → {number(100 * each.came, 1)} %"
        for each in classes
    )


def _label(each: Class) -> str:
    return f"{100 * each.low:.0f}–{100 * each.high:.0f} %"


def _columns() -> tuple[Column, ...]:
    return (
        Column("odds_class", _("Odds that were given"), words=True),
        Column("forecasts", _("Forecasts")),
        Column("odds", _("On average, percent"), digits=1),
        Column("came", _("Came true, percent"), digits=1),
    )


def _rows(classes: Sequence[Class]) -> Sequence[tuple[str | int | float, ...]]:
    return [
        (_label(each), each.forecasts, round(100 * each.odds, 2), round(100 * each.came, 2))
        for each in classes
    ]


def _draw(width: int, classes: Sequence[Class]) -> Canvas:
    narrow = width <= NARROW
    canvas = Canvas(width, ROW * len(classes) + 62)
    label = 78.0
    counts = 0.0 if narrow else 1.1 * width_of("1 558")
    x = Scale(0, 1, label + 14, width - counts - 26)
    floor = canvas.height - 30
    canvas.words((0, 12), _("odds given"), "muted")
    if not narrow:
        canvas.words((width, 12), _("forecasts"), "muted", anchor="end")
    for share in (0, 0.25, 0.5, 0.75, 1):
        canvas.line((x(share), 24), (x(share), floor), "axis" if not share else "grid")
        canvas.words((x(share), floor + 16), f"{100 * share:.0f} %", "muted", anchor="middle")
    for turn, each in enumerate(classes):
        middle = 24 + ROW * turn + ROW / 2
        canvas.words((0, middle), _label(each), "label")
        canvas.line((x(each.odds), middle), (x(each.came), middle), "gap")
        canvas.dot((x(each.odds), middle), 7, "open")
        canvas.dot((x(each.came), middle), 5, "focal")
        if not narrow:
            canvas.words((width, middle), number(each.forecasts), "label", anchor="end")
    return canvas
