"""How sure a rank is: the places that a country takes when what is uncertain varies.

Bars are the odds of each place; the darker half holds the middle 50 of 100 draws, the paler bars
the middle 80. The published place and the target stand as lines.

Source: ours; the draws are made by marra.index.uncertainty, seed 0.
"""

from collections.abc import Sequence

import numpy as np
from django.utils.translation import gettext as _

from marra.index.uncertainty import Uncertainty
from marra.web.charts.asked import Asked
from marra.web.charts.canvas import Canvas
from marra.web.charts.chance import odds_of
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.empty import says
from marra.web.charts.reading import Surveys, figures
from marra.web.charts.scales import Scale, rank_ticks
from marra.web.charts.words import citation, country, source
from marra.web.formats import number

TAKES = ("place", "edition", "to")


def rank_odds(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """The distribution of a country's rank in one edition."""
    survey = surveys[asked.edition]
    published = figures(survey, asked.place).rank
    odds = odds_of(survey, asked.place) if published else None
    title = _finding(odds, asked, language)
    columns = (
        Column("rank", _("Place")),
        Column("percent", _("Odds, percent"), digits=2),
        Column("percent_at_most", _("This place or better, percent"), digits=2),
    )
    return Chart(
        name="uncertainty",
        language=language,
        title=title,
        subtitle=_(
            "Odds of each place in {year}, percent of {draws} draws in which weights, scaling "
            "and figures vary. Strong: the middle 50 %, faint: the middle 80 %."
        ).format(year=asked.edition, draws=number(odds.draws if odds else 0)),
        alternative=_alternative(title, odds),
        table=Table(columns, tuple(_rows(odds)) if odds else ()),
        source=source([asked.edition]),
        note=_(
            "Computed, not official. It says how far the place depends on choices of method and "
            "on small errors, not what the next edition will bring. Seed {seed}."
        ).format(seed=odds.seed if odds else 0),
        citation=citation(title, surveys, [asked.edition]),
        query=asked.query(TAKES),
        data_version=survey.version,
        edition_version=survey.edition.version,
        draw=lambda width: (
            _draw(width, odds, asked, published or 0) if odds else says(width, title)
        ),
    )


def _finding(odds: Uncertainty | None, asked: Asked, language: str) -> str:
    name = country(asked.place, language)
    if odds is None:
        return _("{country}: no index in {year}").format(country=name, year=asked.edition)
    return _(
        "{country}: 8 chances in 10 of a place from {best} to {worst}; "
        "place {rank} or better: {percent} in 100"
    ).format(
        country=name,
        best=odds.interval(0.8)[0],
        worst=odds.interval(0.8)[1],
        rank=asked.to,
        percent=_percent(odds, asked.to),
    )


def _percent(odds: Uncertainty, rank: int) -> str:
    """Never a promise: draws can show neither certainty nor impossibility."""
    value = 100 * odds.at_most(rank)
    if value < 1:
        return _("fewer than 1")
    if value > 99 and rank < len(odds.shares):
        return _("more than 99")
    return number(value)


def _rows(odds: Uncertainty) -> Sequence[tuple[int, float, float]]:
    return [
        (rank, round(100 * float(odds.shares[rank - 1]), 2), round(100 * odds.at_most(rank), 2))
        for rank in _seen(odds)
    ]


def _seen(odds: Uncertainty) -> range:
    """From the best to the worst place that any draw gives."""
    seen = np.flatnonzero(odds.shares) + 1
    return range(int(seen[0]), int(seen[-1]) + 1)


def _alternative(title: str, odds: Uncertainty | None) -> str:
    if odds is None:
        return title
    best, worst = odds.interval(0.5)
    return _("{title}. Half of the draws give places {best} to {worst}; median {median}.").format(
        title=title, best=best, worst=worst, median=odds.median
    )


def _draw(width: int, odds: Uncertainty, asked: Asked, published: int) -> Canvas:
    narrow = width <= NARROW
    canvas = Canvas(width, 260)
    shown, shares = _seen(odds), odds.shares
    low = max(1, min(shown[0], published, asked.to) - 2)
    high = min(len(shares), max(shown[-1], published, asked.to) + 2)
    x = Scale(low - 0.5, high + 0.5, 8, width - 8)
    y = Scale(0, float(shares.max()), canvas.height - 36, 66)
    half, most = odds.interval(0.5), odds.interval(0.8)
    for rank in shown:
        inner, outer = half[0] <= rank <= half[1], most[0] <= rank <= most[1]
        kind = "focal" if inner else "band50" if outer else "crowd"
        top = y(float(shares[rank - 1]))
        left, right = x(rank - 0.5), x(rank + 0.5)
        inset = min(1.0, (right - left) / 6)
        canvas.bar((left + inset, top), right - left - 2 * inset, y.start - top, kind)
    canvas.line((x.start, y.start), (x.end, y.start), "axis")
    for tick in rank_ticks(low, high, 4 if narrow else 8):
        canvas.words((x(tick), y.start + 18), str(tick), "muted", anchor="middle")
    marks = [(x(published), 34, _("published: {rank}").format(rank=published), "focal")]
    if asked.to != published:
        marks.append((x(asked.to), 12, _("place {rank}").format(rank=asked.to), "strong"))
    for across, level, _words, kind in marks:
        floor = (across, canvas.height - 36)
        canvas.line((across, level + 10), floor, "gap" if kind == "focal" else "goal")
    for across, level, words, kind in marks:
        _label(canvas, across, level, words, kind)
    return canvas


def _label(canvas: Canvas, across: float, level: float, words: str, kind: str) -> None:
    if across < canvas.width / 2:
        canvas.words((max(across - 4, 0), level), words, f"{kind} halo")
    else:
        canvas.words((min(across + 4, canvas.width), level), words, f"{kind} halo", anchor="end")
