"""The fan of a scenario over the fan of doing nothing, with the odds of the goal below.

Source: ours; futures by marra.index.projection, seed 0; past ranks as published.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from marra.index.projection.scenario import Ahead, Scenario
from marra.web.charts.canvas import Canvas
from marra.web.charts.chart import NARROW, Cell, Chart, Column, Table
from marra.web.charts.history import rank_frame, rank_line
from marra.web.charts.reading import Figures, Surveys, figures
from marra.web.charts.scales import Scale
from marra.web.charts.two_fans import ends, fans, odds_rows
from marra.web.charts.words import citation, country, of_100, source
from marra.web.formats import number

PAST: Final = 6
"""Editions before the futures; fewer fit on a phone."""
NARROW_PAST: Final = 3

Past = tuple[tuple[int, Figures], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A scenario as a picture shows it, with the address and the name of its chart."""

    found: Scenario
    query: str
    name: str = "scenario"
    route: str = "scenario-chart"
    title: str = ""  # of a kept one


def scenario_fan(surveys: Surveys, seen: Seen, language: str) -> Chart:
    """Past ranks, and the bands of both."""
    found = seen.found
    years = sorted(year for year in surveys if year <= found.origin)[-PAST:]
    past = tuple((year, figures(surveys[year], found.place)) for year in years)
    title = bands(found, language)
    return Chart(
        name=seen.name,
        language=language,
        title=title,
        subtitle=_(
            "Rank, 1 is the best: {first}–{last} as published, then {futures} futures. Grey: "
            "nothing changes; blue: the scenario. Strong: the middle 50 %, faint: the middle 80 %."
        ).format(first=years[0], last=years[-1], futures=number(found.futures)),
        alternative=_alternative(title, found),
        table=table(found),
        source=source(years),
        note=note(found),
        citation=citation(title, surveys, years),
        query=seen.query,
        data_version=found.data_version,
        edition_version=surveys[years[-1]].edition.version,
        draw=lambda width: _draw(width, found, past),
        route=seen.route,
    )


def finding(found: Scenario, language: str) -> str:
    """The odds before and after in the edition by which the values are reached."""
    at = found.at(found.by)
    words = (
        _("{country}: place {rank} or better in {year} in {after}, instead of {before}")
        if found.given
        else _("{country}, if nothing changes: place {rank} or better in {year} in {before}")
    )
    return words.format(
        country=country(found.place, language),
        rank=found.k,
        year=found.by,
        before=of_100(at.before.p_top),
        after=of_100(at.after.p_top),
    )


def bands(found: Scenario, language: str) -> str:
    """Between which places the futures lie, before and after."""
    at = found.at(found.by)
    words = (
        _(
            "{country}: 8 of 10 futures of {year} lie between places {best} and {worst}, "
            "instead of {first} and {last}"
        )
        if found.given
        else _("{country}: 8 of 10 futures of {year} lie between places {first} and {last}")
    )
    return words.format(
        country=country(found.place, language),
        year=found.by,
        best=at.after.rank_p10,
        worst=at.after.rank_p90,
        first=at.before.rank_p10,
        last=at.before.rank_p90,
    )


def note(found: Scenario) -> str:
    """What the answer rests on."""
    return _(
        "A forecast, not official. All other countries move as simulated; the change grows in "
        "equal steps from {origin} to {by} and then stays. Seed {seed}, method {method}."
    ).format(origin=found.origin, by=found.by, seed=found.seed, method=found.method_version)


def table(found: Scenario) -> Table:
    """Every edition before and after."""
    columns = (
        Column("edition", _("Edition")),
        Column("case", _("Case"), words=True),
        Column("p_top", _("Odds of place {rank}, percent").format(rank=found.k), digits=1),
        Column("rank_median", _("Median rank")),
        Column("half", _("Half of the futures"), words=True),
        Column("most", _("8 of 10 futures"), words=True),
        Column("egdi_median", _("Median EGDI"), digits=4),
    )
    rows = [row for at in found.editions for row in _rows(at)]
    return Table(columns, tuple(rows))


def _rows(at: Ahead) -> Sequence[tuple[Cell, ...]]:
    return [
        (
            at.edition,
            says,
            round(100 * outlook.p_top, 2),
            outlook.rank_median,
            f"{outlook.rank_p25}–{outlook.rank_p75}",
            f"{outlook.rank_p10}–{outlook.rank_p90}",
            round(outlook.egdi_median, 5),
        )
        for says, outlook in ((_("nothing changes"), at.before), (_("the scenario"), at.after))
    ]


def _alternative(title: str, found: Scenario) -> str:
    words = _(
        "{year}: median {before} if nothing changes, {after} in the scenario, "
        "8 of 10 futures from {best} to {worst}"
    )
    told = [
        words.format(
            year=at.edition,
            before=at.before.rank_median,
            after=at.after.rank_median,
            best=at.after.rank_p10,
            worst=at.after.rank_p90,
        )
        for at in found.editions
    ]
    return "; ".join([title, *told])


def _draw(width: int, found: Scenario, whole: Past) -> Canvas:
    narrow = width <= NARROW
    past = whole[-NARROW_PAST:] if narrow else whole
    canvas = Canvas(width, 390 if narrow else 420)
    years = [*(year for year, _at in past), *(at.edition for at in found.editions)]
    x = Scale(years[0], years[-1], 34 if narrow else 44, width - 34)
    y = Scale(1, deepest(found, past), 30, canvas.height - 84)
    rank_frame(canvas, (x, y), years, narrow=narrow, gap=36 if narrow else 40)
    year, now = past[-1]
    fans(canvas, (x, y), [(x(year), y(now.rank))] if now.rank else [], found.editions)
    canvas.line((x(year), 16), (x(year), y.end), "axis")
    canvas.words((x(year) + 6, 10), _("forecast"), "muted halo")
    canvas.line((x.start, y(found.k)), (x.end, y(found.k)), "goal")
    goal = _("place {rank}").format(rank=found.k)
    canvas.words((x.start + 2, y(found.k) - 10), goal, "strong halo")
    rank_line(canvas, (x, y), past, year, narrow=narrow)
    ends(canvas, (x, y), found.editions[-1])
    odds_rows(canvas, x, found.editions, canvas.height - 32, narrow=narrow)
    return canvas


def deepest(found: Scenario, past: Past) -> int:
    """The lowest rank that a picture must hold."""
    ranks = [at.rank for _year, at in past if at.rank]
    ahead = [max(at.before.rank_p90, at.after.rank_p90) for at in found.editions]
    return max([*ranks, *ahead, found.k, 60]) + 8
