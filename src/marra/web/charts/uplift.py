"""What odds cost: how far the index must rise above doing nothing for each chance of a place.

Source: ours; marra.index.plan.needed, on the futures of marra.index.projection, seed 0.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.utils.translation import gettext as _

from marra.index.plan.needed import shortfall
from marra.index.survey import Floats
from marra.web.charts.asked import Asked
from marra.web.charts.canvas import Canvas, width_of
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.empty import says
from marra.web.charts.future import futures, goal_editions, stakes
from marra.web.charts.reading import Surveys
from marra.web.charts.scales import Scale, ticks
from marra.web.charts.words import citation, country, source
from marra.web.formats import number, signed

TAKES: Final = ("place", "to")
TOLD: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
MARKED: Final = (0.5, 0.8, 0.9)
WISH: Final = 0.8
"""The odds that the finding speaks of."""

DRAWN: Final = np.arange(0.005, 0.9951, 0.005)
KINDS: Final = ("rival", "focal")
LEFT: Final = 56
RIGHT: Final = 16
"""Room beside the curves, in pixels: at the left for "100 %"."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One edition: what is missing in each future, from little to much."""

    edition: int
    missing: Floats  # sorted, points of EGDI; negative where the place is reached anyway

    def at(self, odds: float) -> float:
        """The rise that gives these odds; 0 where they are there without it."""
        reached = math.ceil(round(odds * len(self.missing), 6))
        return max(float(self.missing[max(reached, 1) - 1]), 0.0)

    @property
    def now(self) -> float:
        """The odds without any rise."""
        return float((self.missing <= 0).mean())


def odds_by_uplift(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """The odds of the goal by the rise of the index, one curve for each edition of the goal."""
    found = futures()
    curves = [
        Curve(edition, np.sort(shortfall(stakes(asked.place, edition, asked.to))))
        for edition in goal_editions(found)
        if asked.place in found.places
    ]
    title = _finding(curves, asked, language)
    survey = surveys[found.origin]
    return Chart(
        name="uplift",
        language=language,
        title=title,
        subtitle=_(
            "Odds of place {rank} or better, percent of {futures} futures, by points of EGDI "
            "above what comes by itself."
        ).format(rank=asked.to, futures=number(found.futures)),
        alternative="; ".join([title, *(_spoken(curve) for curve in curves)]),
        table=Table(_columns(curves), tuple(_rows(curves))),
        source=source(sorted(surveys)),
        note=_(
            "A forecast, not official. All others move as in the futures; only this country "
            "rises. Seed {seed}, method {method}."
        ).format(seed=found.seed, method=found.method_version),
        citation=citation(title, surveys, [found.origin]),
        query=asked.query(TAKES),
        data_version=found.data_version,
        edition_version=survey.edition.version,
        draw=lambda width: _draw(width, curves) if curves else says(width, title),
    )


def _finding(curves: Sequence[Curve], asked: Asked, language: str) -> str:
    name = country(asked.place, language)
    if not curves:
        return _("{country}: not projected, for its parts are not all known").format(country=name)
    facts = {"country": name, "rank": asked.to, "odds": f"{100 * WISH:.0f}"}
    rises = {curve.edition: curve.at(WISH) for curve in curves}
    if not any(rises.values()):
        words = _("{country}: odds of {odds} % for place {rank} are there already")
        return words.format(**facts)
    told = ", ".join(f"{signed(rise, 4)} ({year})" for year, rise in rises.items())
    return _(
        "{country}: odds of {odds} % for place {rank} take {told} of EGDI above what comes by "
        "itself"
    ).format(**facts, told=told)


def _spoken(curve: Curve) -> str:
    told = ", ".join(f"{100 * odds:.0f} %: {signed(curve.at(odds), 4)}" for odds in MARKED)
    return f"{curve.edition}: {told}"


def _columns(curves: Sequence[Curve]) -> tuple[Column, ...]:
    heads = [Column("odds", _("Odds, percent"))]
    for curve in curves:
        head = _("Points of EGDI, {year}").format(year=curve.edition)
        heads.append(Column(f"rise_{curve.edition}", head, digits=4, signed=True))
    return tuple(heads)


def _rows(curves: Sequence[Curve]) -> list[tuple[int | float, ...]]:
    return [
        (round(100 * odds), *(round(curve.at(odds), 5) for curve in curves))
        for odds in TOLD
        if curves
    ]


def _draw(width: int, curves: Sequence[Curve]) -> Canvas:
    narrow = width <= NARROW
    canvas = Canvas(width, 320 if narrow else 340)
    x = Scale(0, _widest(curves, width), LEFT, width - RIGHT)
    y = Scale(0, 1, canvas.height - 40, 16)
    for share in (0, *MARKED, 1):
        canvas.line((x.start, y(share)), (x.end, y(share)), "grid" if share else "axis")
        canvas.words((x.start - 8, y(share)), f"{100 * share:.0f} %", "muted", anchor="end")
    for tick in ticks(0, x.high, 3 if narrow else 6):
        canvas.line((x(tick), y.start), (x(tick), y.start + 5), "axis")
        written = signed(tick, 2) if tick else "0"
        canvas.words((x(tick), y.start + 20), written, "muted", anchor="middle")
    kinds = KINDS[-len(curves) :]
    for curve, kind in zip(curves, kinds, strict=True):
        _curve(canvas, x, y, curve, kind)
    for odds in MARKED:
        _marks(canvas, x, y, odds, list(zip(curves, kinds, strict=True)))
    return canvas


def _widest(curves: Sequence[Curve], width: int) -> float:
    """Where the axis ends: nearly all futures in sight, and room for the words at the right."""
    words = 1.25 * width_of("2030: +0,000") + 12
    farthest = max(curve.at(MARKED[-1]) for curve in curves)
    with_words = farthest * (width - LEFT - RIGHT) / max(width - LEFT - words, 1)
    return max(*(curve.at(0.99) for curve in curves), with_words, 0.02)


def _curve(canvas: Canvas, x: Scale, y: Scale, curve: Curve, kind: str) -> None:
    shares = [curve.now, *(share for share in DRAWN.tolist() if share > curve.now)]
    spots = [(x(0), y(curve.now)), *((x(curve.at(s)), y(s)) for s in shares[1:])]
    canvas.path([spot for spot in spots if spot[0] <= x.end], kind)


def _marks(
    canvas: Canvas, x: Scale, y: Scale, odds: float, curves: Sequence[tuple[Curve, str]]
) -> None:
    """Dots where the odds are reached; the left one is labelled left, the right one right."""
    ordered = sorted(curves, key=lambda each: each[0].at(odds))
    named = odds == MARKED[-1]
    for turn, (curve, kind) in enumerate(ordered):
        rise = curve.at(odds)
        if rise == 0:
            continue
        canvas.dot((x(rise), y(odds)), 5, f"{kind} edge")
        label = signed(rise, 3)
        words = f"{curve.edition}: {label}" if named else label
        left = turn == 0 and len(ordered) > 1
        at = x(rise) - 10 if left else x(rise) + 10
        canvas.words((at, y(odds)), words, f"{kind} halo", anchor="end" if left else "start")
