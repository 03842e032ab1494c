"""How good forecasts were: their distance from what came, beside what they had to beat.

Source: ours; the backtest of marra.index.projection, as packaged.
"""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from marra.index.projection.backtest import OURS, Backtest
from marra.index.projection.skill import HOUSE, NOWCAST, skill
from marra.web.charts.asked import Asked
from marra.web.charts.canvas import Canvas
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.reading import Surveys
from marra.web.charts.scales import Scale
from marra.web.charts.words import citation, source
from marra.web.formats import number

TAKES: Final = ()
TODAY: Final = "persistence"

RIVAL_NAMES: Final = {
    HOUSE: gettext_noop("As shown here"),
    NOWCAST: gettext_noop("With all inputs in time"),
    OURS: gettext_noop("Without newer inputs"),
    "persistence": gettext_noop("Today's place"),
    "ridge": gettext_noop("One regression"),
    "trend": gettext_noop("Trends"),
}
"""What is compared; the first is the forecast that the house shows."""

KINDS: Final = {HOUSE: "focal", TODAY: "ink"}
ROW: Final = 44
HEAD: Final = 30


def distances(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """Mean rank CRPS by horizon, the projection and its rivals."""
    found = skill()
    title = _finding(found.tested)
    return base(
        surveys,
        asked,
        language,
        name="skill",
        title=title,
        subtitle=_(
            "Mean distance of the forecast odds from the place that came (CRPS), in places; "
            "0 would be a sure and right forecast. All countries, origins {first} to {last}."
        ).format(**_origins(found.tested)),
        alternative=f"{title}. {_spoken(found.tested)}",
        table=Table(_columns(found.k), tuple(_rows(found.tested))),
        note=_ground(found.tested),
        draw=lambda width: _draw(width, found.tested),
    )


def base(surveys: Surveys, asked: Asked, language: str, **told: object) -> Chart:
    """A chart of the packaged backtest: what all of them say of themselves."""
    tested = skill().tested
    years = sorted(surveys)
    facts = {
        "language": language,
        "source": source(years),
        "citation": citation(str(told["title"]), surveys, years),
        "query": asked.query(TAKES),
        "data_version": tested.data_version,
        "edition_version": tested.edition_version.rsplit(" ", 1)[-1],
    }
    return Chart(**{**facts, **told})  # type: ignore[arg-type]  # every field by its name


def in_years(years: int, told: str) -> str:
    """What is told of so many years: "6 years: 3,1 %"."""
    return ngettext("{years} year: {told}", "{years} years: {told}", years).format(
        years=years, told=told
    )


def ahead(years: int) -> str:
    """How far a forecast looks."""
    return ngettext("{years} year ahead", "{years} years ahead", years).format(years=years)


def _origins(tested: Backtest) -> dict[str, int]:
    origins = [cell.origin for cell in tested.cells]
    return {"first": min(origins), "last": max(origins)}


def _ground(tested: Backtest) -> str:
    return _(
        "Computed from what was known at each origin; {futures} futures, seed {seed}, method "
        "{method}. The method of each origin was chosen on the other origins."
    ).format(futures=number(tested.futures), seed=tested.seed, method=tested.method_version)


def gain(tested: Backtest, years: int) -> float:
    """By what share the forecast was nearer than today's place, 0.03 for 3 %."""
    return 1 - tested.horizon(years, HOUSE).rank_crps / tested.horizon(years, TODAY).rank_crps


def _finding(tested: Backtest) -> str:
    told = ", ".join(
        in_years(years, _("{percent} %").format(percent=number(100 * gain(tested, years), 1)))
        for years in tested.horizons
    )
    if min(gain(tested, years) for years in tested.horizons) > 0:
        return _("Nearer to what came than today's place: {told}").format(told=told)
    return _("Not always nearer to what came than today's place: {told}").format(told=told)


def _spoken(tested: Backtest) -> str:
    return "; ".join(
        in_years(
            years,
            ", ".join(
                f"{_(said)} {number(tested.horizon(years, name).rank_crps, 2)}"
                for name, said in RIVAL_NAMES.items()
            ),
        )
        for years in tested.horizons
    )


def _columns(k: int) -> tuple[Column, ...]:
    return (
        Column("years", _("Years ahead")),
        Column("forecast", _("Forecast"), words=True),
        Column("rank_crps", _("CRPS, places"), digits=2),
        Column("rank_mae", _("Median, off by places"), digits=2),
        Column("coverage_80", _("In the middle 80 %, percent"), digits=1),
        Column("width_80", _("Its width, places"), digits=1),
        Column("brier", _("Brier, first {k}").format(k=k), digits=4),
        Column("rank_crps_zone", _("CRPS, places 20–100"), digits=2),
        Column("coverage_80_zone", _("In the middle 80 %, places 20–100"), digits=1),
    )


def _rows(tested: Backtest) -> Sequence[tuple[int | str | float, ...]]:
    rows: list[tuple[int | str | float, ...]] = []
    for years in tested.horizons:
        for name, said in RIVAL_NAMES.items():
            own, zone = tested.horizon(years, name), tested.horizon(years, name, zone=True)
            scores = (own.rank_crps, own.rank_mae, 100 * own.coverage_80, own.width_80, own.brier)
            zone_scores = (zone.rank_crps, 100 * zone.coverage_80)
            rows.append((years, _(said), *(round(each, 4) for each in (*scores, *zone_scores))))
    return rows


def _draw(width: int, tested: Backtest) -> Canvas:
    columns = 1 if width <= NARROW else len(tested.horizons)
    gap = 28
    room = (width - gap * (columns - 1)) / columns
    height = HEAD + ROW * len(RIVAL_NAMES) + 16
    canvas = Canvas(width, height * len(tested.horizons) / columns)
    most = max(
        tested.horizon(years, name).rank_crps for years in tested.horizons for name in RIVAL_NAMES
    )
    for turn, years in enumerate(tested.horizons):
        at = ((turn % columns) * (room + gap), (turn // columns) * height)
        canvas.place(_panel(room, height, years, tested, most), at)
    return canvas


def _panel(width: float, height: float, years: int, tested: Backtest, most: float) -> Canvas:
    """Each name above its bar, so that long ones fit in every language."""
    canvas = Canvas(width, height)
    canvas.words((0, 12), ahead(years), "panel")
    x = Scale(0, most, 0, width - 50)
    for turn, (name, said) in enumerate(RIVAL_NAMES.items()):
        top = HEAD + ROW * turn
        kind = KINDS.get(name, "crowd")
        value = tested.horizon(years, name).rank_crps
        words = "focal" if name == HOUSE else "label"
        canvas.words((0, top + 9), _(said), words)
        canvas.bar((0, top + 20), x(value), 14, kind)
        canvas.words((x(value) + 6, top + 27), number(value, 2), words)
    return canvas
