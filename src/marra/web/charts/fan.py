"""The fan of a country's rank: the past as it was, the editions to come as bands of futures.

No single place is drawn ahead of time: the median stands only inside its bands, and below each
edition stand the odds of the goal.

Source: ours; futures by marra.index.projection, seed 0; past ranks as published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from marra.index.projection.futures import Futures, Outlook
from marra.web.charts.asked import Asked
from marra.web.charts.breaks import broken
from marra.web.charts.canvas import Canvas, width_of
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.empty import says
from marra.web.charts.future import futures, goal_editions, outlook
from marra.web.charts.history import break_lines, history_note, rank_frame, rank_line
from marra.web.charts.reading import Figures, Surveys, figures
from marra.web.charts.scales import Scale, spread
from marra.web.charts.words import citation, country, of_100, source
from marra.web.formats import number

TAKES: Final = ("place", "to")
RECENT: Final = 5
"""Past editions that fit on a phone beside those to come."""


@dataclass(frozen=True, slots=True)
class Fan:
    """What is drawn: past standings with their breaks, and what the futures say."""

    past: tuple[tuple[int, Figures], ...]
    breaks: Mapping[int, str]
    outlooks: tuple[Outlook, ...]
    to: int

    def since(self, editions: int) -> "Fan":
        """The same fan with so many past editions only."""
        past = self.past[-editions:]
        kept = {year: self.breaks[year] if at else "" for at, (year, _f) in enumerate(past)}
        return Fan(past, kept, self.outlooks, self.to)


def rank_fan(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """Past ranks, and the bands of those to come."""
    found = futures()
    years = sorted(year for year in surveys if year <= found.origin)
    known = [(year, figures(surveys[year], asked.place)) for year in years]
    breaks = {year: broken(surveys[year].edition.breaks) for year in years}
    there = asked.place in found.places
    outlooks = tuple(
        outlook(asked.place, edition, asked.to) for edition in found.editions if there
    )
    fan = Fan(tuple(known), breaks, outlooks, asked.to)
    title = _finding(fan, asked, found, language)
    return Chart(
        name="forecast",
        language=language,
        title=title,
        subtitle=_subtitle(found, years),
        alternative=_alternative(title, outlooks),
        table=Table(_columns(asked.to), tuple(_row(each) for each in outlooks)),
        source=source(years),
        note=f"{history_note([at for _year, at in known])} {_ground(found)}",
        citation=citation(title, surveys, years),
        query=asked.query(TAKES),
        data_version=found.data_version,
        edition_version=surveys[years[-1]].edition.version,
        draw=lambda width: _draw(width, fan) if outlooks else says(width, title),
    )


def _subtitle(found: Futures, years: Sequence[int]) -> str:
    return _(
        "Rank in the UN E-Government Survey, 1 is the best: {first}–{last} as published, then "
        "{futures} futures of all countries. Strong: the middle 50 %, faint: the middle 80 %."
    ).format(first=years[0], last=years[-1], futures=number(found.futures))


def _ground(found: Futures) -> str:
    return _(
        "A forecast, not official: nobody is assumed to do anything new. Changes of method to "
        "come are not foreseen, only those of the past are in it. Seed {seed}, method {method}."
    ).format(seed=found.seed, method=found.method_version)


def _finding(fan: Fan, asked: Asked, found: Futures, language: str) -> str:
    name = country(asked.place, language)
    if not fan.outlooks:
        return _(
            "{country}: not projected, for the edition of {year} lacks some of its parts"
        ).format(country=name, year=found.origin)
    meant = goal_editions(found)
    told = [
        _("{year}: {odds}").format(year=at.edition, odds=of_100(at.p_top))
        for at in fan.outlooks
        if at.edition in meant
    ]
    return _("{country}, place {rank} or better: {told}").format(
        country=name, rank=asked.to, told="; ".join(told)
    )


def _columns(to: int) -> tuple[Column, ...]:
    return (
        Column("edition", _("Edition")),
        Column("rank_p10", _("10 % of futures are this good or better")),
        Column("rank_p25", _("25 %")),
        Column("rank_median", _("Median rank")),
        Column("rank_p75", _("75 %")),
        Column("rank_p90", _("90 %")),
        Column("p_top", _("Odds of place {rank}, percent").format(rank=to), digits=1),
        Column("egdi_median", _("Median EGDI"), digits=4),
        Column("goal_median", _("EGDI needed for place {rank}").format(rank=to), digits=4),
    )


def _row(at: Outlook) -> tuple[int | float, ...]:
    ranks = (at.rank_p10, at.rank_p25, at.rank_median, at.rank_p75, at.rank_p90)
    return (
        at.edition,
        *ranks,
        round(100 * at.p_top, 2),
        round(at.egdi_median, 5),
        round(at.goal_median, 5),
    )


def _alternative(title: str, outlooks: Sequence[Outlook]) -> str:
    words = _("{year}: half of the futures from {low} to {high}, median {median}, goal in {odds}")
    told = [
        words.format(
            year=at.edition,
            low=at.rank_p25,
            high=at.rank_p75,
            median=at.rank_median,
            odds=of_100(at.p_top),
        )
        for at in outlooks
    ]
    return "; ".join([title, *told])


def _draw(width: int, whole: Fan) -> Canvas:
    narrow = width <= NARROW
    fan = whole.since(RECENT) if narrow else whole
    canvas = Canvas(width, 400 if narrow else 440)
    years = [*(year for year, _at in fan.past), *(at.edition for at in fan.outlooks)]
    ranks = [at.rank for _year, at in fan.past if at.rank]
    deepest = max([*ranks, *(at.rank_p90 for at in fan.outlooks), fan.to, 60]) + 12
    x = Scale(years[0], years[-1], 34 if narrow else 44, width - 34)
    y = Scale(1, deepest, 72, canvas.height - 68)
    rank_frame(canvas, (x, y), years, narrow=narrow, gap=36 if narrow else 40)
    _bands(canvas, x, y, fan)
    break_lines(canvas, (x, y), fan.breaks)
    _ahead(canvas, x, y, x(fan.past[-1][0]))
    canvas.line((x.start, y(fan.to)), (x.end, y(fan.to)), "goal")
    goal = _("place {rank}").format(rank=fan.to)
    canvas.words((x.start + 2, y(fan.to) - 10), goal, "strong halo")
    rank_line(canvas, (x, y), fan.past, fan.past[-1][0], narrow=narrow)
    _ends(canvas, x, y, fan.outlooks[-1])
    _odds(canvas, x, fan)
    return canvas


def _bands(canvas: Canvas, x: Scale, y: Scale, fan: Fan) -> None:
    """From the last known place outwards; a country without one begins at the next edition."""
    year, now = fan.past[-1]
    start = [(x(year), y(now.rank))] if now.rank else []
    for best, worst, kind in (
        ("rank_p10", "rank_p90", "band80"),
        ("rank_p25", "rank_p75", "band50"),
    ):
        above = [(x(at.edition), y(getattr(at, best))) for at in fan.outlooks]
        below = [(x(at.edition), y(getattr(at, worst))) for at in fan.outlooks]
        canvas.area([*start, *above, *reversed(below)], kind)
    middle = [(x(at.edition), y(at.rank_median)) for at in fan.outlooks]
    canvas.path([*start, *middle], "median")
    for at in fan.outlooks:  # where a survey appears
        canvas.line((x(at.edition), y(at.rank_p10)), (x(at.edition), y(at.rank_p90)), "grid")


def _ahead(canvas: Canvas, x: Scale, y: Scale, origin: float) -> None:
    """Where the known ends."""
    canvas.line((origin, 52), (origin, y.end), "axis")
    canvas.words((x.end, 54), _("forecast"), "muted halo", anchor="end")


def _ends(canvas: Canvas, x: Scale, y: Scale, last: Outlook) -> None:
    """The numbers of the last bands at their ends."""
    ranks = (last.rank_p10, last.rank_p25, last.rank_median, last.rank_p75, last.rank_p90)
    heights = spread([y(rank) for rank in ranks], 16, y.start, y.end)
    for turn, (rank, height) in enumerate(zip(ranks, heights, strict=True)):
        kind = "focal" if turn == 2 else "muted"
        canvas.words((x.end + 6, height), str(rank), kind)


def _odds(canvas: Canvas, x: Scale, fan: Fan) -> None:
    """The odds of the goal, below each edition."""
    level = canvas.height - 14
    first = x(fan.outlooks[0].edition) - 22
    label = _("odds of place {rank}, %").format(rank=fan.to)
    if width_of(label) > first:
        label = _("odds, %")
    canvas.words((first, level), label, "muted", anchor="end")
    for at in fan.outlooks:
        canvas.words((x(at.edition), level), _percent(at.p_top), "focal", anchor="middle")


def _percent(odds: float) -> str:
    value = 100 * odds
    if value < 1:
        return "<1"
    return ">99" if value > 99 else number(value)
