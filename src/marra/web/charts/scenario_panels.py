"""Scenarios side by side: one small picture for each, on one scale, with the odds below.

Source: ours; futures by marra.index.projection.
"""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from marra.web.charts.canvas import Canvas, wrap
from marra.web.charts.chart import NARROW, Cell, Chart, Column, Table
from marra.web.charts.history import rank_frame
from marra.web.charts.reading import Surveys, figures
from marra.web.charts.scales import Scale
from marra.web.charts.scenario_fan import Seen, deepest
from marra.web.charts.two_fans import ends, fans, odds_rows
from marra.web.charts.words import SHORT_NAMES, citation, country, measure, of_100, source
from marra.web.formats import plain

HEIGHT: Final = 330
BETWEEN: Final = 28


def side_by_side(surveys: Surveys, seen: Sequence[Seen], language: str, query: str) -> Chart:
    """Two to four scenarios, each over doing nothing."""
    origin = seen[0].found.origin
    title = _medians(seen)
    return Chart(
        name="scenarios",
        language=language,
        title=title,
        subtitle=_(
            "Rank, 1 is the best. Grey: nothing changes; blue: the scenario. Strong: the middle "
            "50 % of the futures, faint: the middle 80 %."
        ),
        alternative=title,
        table=_table(seen, language),
        source=source([origin]),
        note=_("A forecast, not official. All other countries move as simulated."),
        citation=citation(title, surveys, [origin]),
        query=query,
        data_version=seen[0].found.data_version,
        edition_version=surveys[origin].edition.version,
        draw=lambda width: _draw(width, surveys, seen, language),
        route="scenario-chart",
    )


def named(each: Seen, number: int, language: str) -> str:
    """What a scenario is called: its own title, else its number, country and values."""
    place = country(each.found.place, language)
    values = ", ".join(
        f"{SHORT_NAMES.get(given.name) or measure(given.name)} {plain(given.value)}"
        for given in each.found.given
    )
    told = f"{place}, {values}" if values else place
    return each.title or _("Scenario {n}: {told}").format(n=number, told=told)


def _medians(seen: Sequence[Seen]) -> str:
    """The median places of the last edition, in the order of the pictures."""
    last = [each.found.editions[-1] for each in seen]
    return _("Median place in {year}: {places}").format(
        year=last[0].edition,
        places=", ".join(f"{at.before.rank_median} → {at.after.rank_median}" for at in last),
    )


def best_odds(seen: Sequence[Seen], language: str) -> str:
    """Which of them has the best odds in the last edition."""
    last = [each.found.editions[-1] for each in seen]
    best = max(range(len(seen)), key=lambda at: last[at].after.p_top)
    return _("“{name}” has the best odds in {year}: place {rank} or better in {odds}").format(
        name=named(seen[best], best + 1, language),
        year=last[best].edition,
        rank=seen[best].found.k,
        odds=of_100(last[best].after.p_top),
    )


def _table(seen: Sequence[Seen], language: str) -> Table:
    columns = (
        Column("scenario", _("Scenario"), words=True),
        Column("edition", _("Edition")),
        Column("goal", _("Goal: place")),
        Column("p_before", _("Odds if nothing changes, percent"), digits=1),
        Column("p_top", _("Odds in the scenario, percent"), digits=1),
        Column("rank_median", _("Median rank")),
        Column("half", _("Half of the futures"), words=True),
        Column("most", _("8 of 10 futures"), words=True),
        Column("egdi_median", _("Median EGDI"), digits=4),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            named(each, turn, language),
            at.edition,
            each.found.k,
            round(100 * at.before.p_top, 2),
            round(100 * at.after.p_top, 2),
            at.after.rank_median,
            f"{at.after.rank_p25}–{at.after.rank_p75}",
            f"{at.after.rank_p10}–{at.after.rank_p90}",
            round(at.after.egdi_median, 5),
        )
        for turn, each in enumerate(seen, start=1)
        for at in each.found.editions
    ]
    return Table(columns, tuple(rows))


def _draw(width: int, surveys: Surveys, seen: Sequence[Seen], language: str) -> Canvas:
    across = 1 if width <= NARROW else 2
    down = -(-len(seen) // across)
    canvas = Canvas(width, down * HEIGHT + (down - 1) * BETWEEN)
    room = (width - (across - 1) * BETWEEN) / across
    low = max(deepest(each.found, ()) for each in seen)
    for turn, each in enumerate(seen):
        title = named(each, turn + 1, language)
        at = ((turn % across) * (room + BETWEEN), (turn // across) * (HEIGHT + BETWEEN))
        canvas.place(_panel(room, surveys, each, title, low), at)
    return canvas


def _panel(width: float, surveys: Surveys, each: Seen, title: str, low: int) -> Canvas:
    found = each.found
    canvas = Canvas(width, HEIGHT)
    for turn, line in enumerate(wrap(title, width / 1.1)[:2]):
        canvas.words((0, 10 + 18 * turn), line, "panel")
    now = figures(surveys[found.origin], found.place).rank
    years = [found.origin, *(at.edition for at in found.editions)]
    x, y = Scale(years[0], years[-1], 78, width - 30), Scale(1, low, 50, HEIGHT - 76)
    rank_frame(canvas, (x, y), years, narrow=True, gap=36)
    fans(canvas, (x, y), [(x(found.origin), y(now))] if now else [], found.editions)
    canvas.line((x.start, y(found.k)), (x.end, y(found.k)), "goal")
    if now:
        canvas.dot((x(found.origin), y(now)), 5, "focal edge")
        canvas.words((x(found.origin), y(now) - 15), str(now), "focal halo")
    ends(canvas, (x, y), found.editions[-1])
    odds_rows(canvas, x, found.editions, HEIGHT - 28, narrow=True)
    return canvas
