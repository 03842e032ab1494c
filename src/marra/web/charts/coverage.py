"""How often the place lay in the middle 80 %, forecast by forecast: it should be about 80.

Source: ours; the backtest of marra.index.projection, as packaged.
"""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from marra.index.projection.backtest import Backtest
from marra.index.projection.skill import HOUSE, skill
from marra.web.charts.asked import Asked
from marra.web.charts.canvas import Canvas
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.reading import Surveys
from marra.web.charts.scales import Scale
from marra.web.charts.skill import TODAY, ahead, base, in_years
from marra.web.formats import number

NOMINAL: Final = 0.8
WANTED: Final = (0.76, 0.86)
"""Between these a mean is good enough; with so few origins nobody can ask for more."""

LOW, HIGH = 0.6, 1.0
ROW: Final = 76


def coverage(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """The share of countries whose place lay in the middle 80 %, by origin and horizon."""
    tested = skill().tested
    title = _finding(tested)
    return base(
        surveys,
        asked,
        language,
        name="skill-coverage",
        title=title,
        subtitle=_(
            "Percent of countries whose place lay in the middle 80 % of the forecast. Small: each "
            "origin; large: their mean. Band: {low} to {high} %."
        ).format(low=round(100 * WANTED[0]), high=round(100 * WANTED[1])),
        alternative=f"{title}.",
        table=Table(_columns(), tuple(_rows(tested))),
        note=_("The shares of one origin move together, for all countries share its surprises."),
        draw=lambda width: _draw(width, tested),
    )


def _finding(tested: Backtest) -> str:
    told = ", ".join(
        in_years(
            years,
            _("{percent} %").format(
                percent=number(100 * tested.horizon(years, HOUSE).coverage_80)
            ),
        )
        for years in tested.horizons
    )
    means = [tested.horizon(years, HOUSE).coverage_80 for years in tested.horizons]
    if all(WANTED[0] <= mean <= WANTED[1] for mean in means):
        words = _("The middle 80 % held the place about as often as it should: {told}")
    else:
        words = _("The middle 80 % did not hold the place as often as it should: {told}")
    return words.format(told=told)


def _columns() -> tuple[Column, ...]:
    return (
        Column("origin", _("Made in")),
        Column("years", _("Years ahead")),
        Column("rank_crps", _("CRPS, places"), digits=2),
        Column("rank_crps_persistence", _("CRPS of today's place"), digits=2),
        Column("coverage_80", _("In the middle 80 %, percent"), digits=1),
        Column("width_80", _("Its width, places"), digits=1),
        Column("brier", _("Brier"), digits=4),
    )


def _rows(tested: Backtest) -> Sequence[tuple[int | float, ...]]:
    rows = []
    for cell in tested.cells:
        own, today = cell.scores[HOUSE], cell.scores[TODAY]
        scores = (own.rank_crps, today.rank_crps, 100 * own.coverage_80, own.width_80, own.brier)
        rows.append((cell.origin, cell.horizon, *(round(each, 4) for each in scores)))
    return rows


def _draw(width: int, tested: Backtest) -> Canvas:
    narrow = width <= NARROW
    canvas = Canvas(width, ROW * len(tested.horizons) + 40)
    x = Scale(LOW, HIGH, 20, width - 28)
    floor = canvas.height - 32
    canvas.bar((x(WANTED[0]), 0), x(WANTED[1]) - x(WANTED[0]), floor, "band80")
    for share in (0.6, 0.7, 0.8, 0.9, 1.0):
        canvas.line((x(share), 0), (x(share), floor), "goal" if share == NOMINAL else "grid")
        canvas.words((x(share), floor + 18), f"{100 * share:.0f} %", "muted", anchor="middle")
    for turn, years in enumerate(tested.horizons):
        canvas.words((x.start, turn * ROW + 12), ahead(years), "strong halo")
        _dots(canvas, x, turn * ROW + 52, years, tested, narrow=narrow)
    return canvas


def _dots(
    canvas: Canvas, x: Scale, middle: float, years: int, tested: Backtest, *, narrow: bool
) -> None:
    for cell in tested.cells:
        if cell.horizon == years:
            canvas.dot((x(cell.scores[HOUSE].coverage_80), middle), 5, "open")
    mean = tested.horizon(years, HOUSE).coverage_80
    canvas.dot((x(mean), middle), 8, "focal edge")
    digits = 0 if narrow else 1
    told = f"{number(100 * mean, digits)} %"
    canvas.words((x(mean), middle - 20), told, "focal halo", anchor="middle")
