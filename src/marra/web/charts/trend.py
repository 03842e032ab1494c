"""The trend of a country's rank over all editions, with the breaks of method between them.

Source: ours; ranks as published by the UN E-Government Survey.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from marra.web.charts.asked import Asked
from marra.web.charts.breaks import broken
from marra.web.charts.canvas import Canvas, width_of
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.history import break_lines, history_note, rank_frame, rank_line
from marra.web.charts.reading import Figures, Surveys, figures
from marra.web.charts.scales import Scale
from marra.web.charts.words import citation, country, source

TAKES = ("place", "edition", "to")


def rank_trend(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """Ranks of one country in all editions, 1 on top."""
    years = sorted(surveys)
    known = [figures(surveys[year], asked.place) for year in years]
    breaks = {year: broken(surveys[year].edition.breaks) for year in years}
    rows = tuple(
        (year, at.rank, at.values["egdi"], surveys[year].edition.members, breaks[year] or None)
        for year, at in zip(years, known, strict=True)
    )
    columns = (
        Column("edition", _("Edition")),
        Column("rank", _("Rank")),
        Column("egdi", _("EGDI"), digits=4),
        Column("members", _("Countries")),
        Column("method_change", _("Method changed"), words=True),
    )
    title = _finding(country(asked.place, language), asked, years, known)
    latest = surveys[years[-1]]
    return Chart(
        name="trend",
        language=language,
        title=title,
        subtitle=_("Rank in the UN E-Government Survey, {first}–{last}; 1 is the best.").format(
            first=years[0], last=years[-1]
        ),
        alternative=_alternative(title, years, known),
        table=Table(columns, rows),
        source=source(years),
        note=history_note(known),
        citation=citation(title, surveys, years),
        query=asked.query(TAKES),
        data_version=latest.version,
        edition_version=latest.edition.version,
        draw=lambda width: _draw(width, years, known, breaks, asked),
    )


def _finding(name: str, asked: Asked, years: Sequence[int], known: Sequence[Figures]) -> str:
    ranks = {year: at.rank for year, at in zip(years, known, strict=True) if at.rank}
    now = ranks.get(asked.edition)
    if not ranks:
        return _("{country}: no index in {year}").format(country=name, year=asked.edition)
    best = min(ranks.values())
    when = max(year for year, rank in ranks.items() if rank == best)
    if now is None:
        words = _("{country}: no index in {year}; the best was place {best} in {when}")
    elif best == now:
        words = _("{country}: place {rank} in {year}, the best so far")
    else:
        words = _("{country}: place {rank} in {year}; the best was place {best} in {when}")
    return words.format(country=name, rank=now, year=asked.edition, best=best, when=when)


def _alternative(title: str, years: Sequence[int], known: Sequence[Figures]) -> str:
    parts = [f"{year}: {at.rank or _('no index')}" for year, at in zip(years, known, strict=True)]
    return _("{title}. Ranks by edition: {ranks}.").format(title=title, ranks=", ".join(parts))


def _draw(
    width: int,
    years: Sequence[int],
    known: Sequence[Figures],
    breaks: dict[int, str],
    asked: Asked,
) -> Canvas:
    narrow = width <= NARROW
    canvas = Canvas(width, 350 if narrow else 400)
    ranks = [at.rank for at in known if at.rank]
    deepest = max([*ranks, asked.to, 60]) + 16
    goal = _("place {rank}").format(rank=asked.to)
    margin = 46 if narrow else 24 + 1.08 * width_of(goal)
    x = Scale(years[0], years[-1], 44, width - margin)
    y = Scale(1, deepest, 64, canvas.height - 40)
    rank_frame(canvas, (x, y), years, narrow=narrow)
    break_lines(canvas, (x, y), breaks)
    canvas.line((x.start, y(asked.to)), (x.end, y(asked.to)), "goal")
    spot = (x.start + 2, y(asked.to) - 10) if narrow else (x.end + 16, y(asked.to))
    canvas.words(spot, goal, "strong halo")
    points = list(zip(years, known, strict=True))
    rank_line(canvas, (x, y), points, asked.edition, narrow=narrow)
    return canvas
