"""The trend of a country's rank over all editions, with the breaks of method between them.

Source: ours; ranks as published by the UN E-Government Survey.
"""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from marra.web.charts.asked import Asked
from marra.web.charts.breaks import broken
from marra.web.charts.canvas import Canvas, width_of
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.reading import Figures, Surveys, figures
from marra.web.charts.scales import Scale, rank_ticks
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
        note=_note(known),
        citation=citation(title, surveys, years),
        query=asked.query(TAKES),
        data_version=latest.version,
        edition_version=latest.edition.version,
        draw=lambda width: _draw(width, years, known, breaks, asked),
    )


def _note(known: Sequence[Figures]) -> str:
    note = _(
        "A dotted line marks an edition whose method changed, with the part that changed: "
        "ranks on its two sides are not strictly comparable."
    )
    if any(at.rank is None for at in known):
        note = f"{note} {_('× marks an edition that gave no index.')}"
    return note


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
    _frame(canvas, x, y, years, narrow=narrow)
    _breaks(canvas, x, breaks)
    canvas.line((x.start, y(asked.to)), (x.end, y(asked.to)), "goal")
    spot = (x.start + 2, y(asked.to) - 10) if narrow else (x.end + 16, y(asked.to))
    canvas.words(spot, goal, "strong halo")
    _line(canvas, x, y, list(zip(years, known, strict=True)), asked, narrow=narrow)
    return canvas


def _frame(canvas: Canvas, x: Scale, y: Scale, years: Sequence[int], *, narrow: bool) -> None:
    for tick in rank_ticks(1, int(y.high), 4 if narrow else 6):
        canvas.line((x.start, y(tick)), (x.end, y(tick)), "grid")
        canvas.words((x.start - 10, y(tick)), str(tick), "muted", anchor="end")
    gap = 40
    last = canvas.width + gap
    for year in reversed(years):
        if last - x(year) >= gap and (not narrow or last - x(year) >= 52):
            canvas.words((x(year), canvas.height - 16), str(year), "muted", anchor="middle")
            last = x(year)
        canvas.line((x(year), y.end), (x(year), y.end + 5), "axis")
    canvas.line((x.start, y.end), (x.end, y.end), "axis")


def _breaks(canvas: Canvas, x: Scale, breaks: dict[int, str]) -> None:
    years = sorted(breaks)
    free = [canvas.width, canvas.width]  # where the words of two lines begin, from the right
    for before, year in reversed(list(pairwise(years))):
        if not breaks[year]:
            continue
        middle, half = (x(before) + x(year)) / 2, width_of(breaks[year]) / 2
        level = next((turn for turn in (0, 1) if middle + half < free[turn] - 6), None)
        canvas.line((middle, 24 if level == 0 else 44), (middle, canvas.height - 40), "break")
        if level is not None:
            at = min(middle, free[level] - half)
            canvas.words((at, 12 + 20 * level), breaks[year], "muted", anchor="middle")
            free[level] = at - half


def _line(
    canvas: Canvas,
    x: Scale,
    y: Scale,
    points: Sequence[tuple[int, Figures]],
    asked: Asked,
    *,
    narrow: bool,
) -> None:
    canvas.path([(x(year), y(at.rank)) if at.rank else None for year, at in points], "focal")
    ranked = [(year, at.rank) for year, at in points if at.rank]
    ends = {ranked[0][0], ranked[-1][0], asked.edition} if ranked else set()
    for year, at in points:
        if at.rank is None:
            canvas.words((x(year), y.end - 12), "×", "muted", anchor="middle")
    for turn, (year, rank) in enumerate(ranked):
        canvas.dot((x(year), y(rank)), 5 if year == asked.edition else 4, "focal edge")
        if narrow and year not in ends:
            continue
        around = [ranked[i][1] for i in (turn - 1, turn + 1) if 0 <= i < len(ranked)]
        valley = all(rank > other for other in around) and around
        below = valley or y(rank) < y.start + 4
        off = 16 if below and y(rank) + 24 < y.end else -15
        canvas.words((x(year), y(rank) + off), str(rank), "focal halo", anchor="middle")
