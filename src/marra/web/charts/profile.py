"""The profile: each part of the index against the country at the target place.

Source: ours; values as published by the UN E-Government Survey.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from marra.index.survey import Floats, Survey
from marra.web.charts.asked import Asked
from marra.web.charts.canvas import Canvas, column_for, width_of
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.reading import Surveys, at_rank, column, figures, ranked
from marra.web.charts.scales import Scale, spread
from marra.web.charts.words import citation, country, fitting, measure_in_full, source
from marra.web.formats import number

TAKES = ("place", "edition", "to")
MEASURES = ("egdi", "osi", "tii", "hci", "epi")
ROW = 64


@dataclass(frozen=True, slots=True)
class Pair:
    """One measure of both countries, and everybody's values behind them."""

    measure: str
    own: float | None
    rival: float | None
    crowd: Floats

    @property
    def gap(self) -> float | None:
        """How far the other country is ahead; negative where this one is."""
        if self.own is None or self.rival is None:
            return None
        return round(self.rival - self.own, 6)  # digits as published, no noise of binary


def profile(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """The country's parts beside those of the country at the target place."""
    survey = surveys[asked.edition]
    rival = survey.places[at_rank(survey, asked.to)]
    pairs = [_pair(survey, asked.place, rival, name) for name in MEASURES]
    names = (country(asked.place, language), country(rival, language))
    title = _finding(names, asked, pairs, alone=rival == asked.place)
    columns = (
        Column("measure", _("Index"), words=True),
        Column("own", names[0], digits=4),
        Column("target", names[1], digits=4),
        Column("gap", _("Difference"), digits=4, signed=True),
    )
    rows = tuple((measure_in_full(p.measure), p.own, p.rival, p.gap) for p in pairs)
    return Chart(
        name="profile",
        language=language,
        title=title,
        subtitle=_subtitle(names, asked),
        alternative=_alternative(title, names, pairs),
        table=Table(columns, rows),
        source=source([asked.edition]),
        note=_("E-participation is not a term of the EGDI; from 2022 it is a part of the OSI."),
        citation=citation(title, surveys, [asked.edition]),
        query=asked.query(TAKES),
        data_version=survey.version,
        edition_version=survey.edition.version,
        draw=lambda width: _draw(width, names, pairs, alone=rival == asked.place),
    )


def _subtitle(names: tuple[str, str], asked: Asked) -> str:
    words = _(
        "Index values from 0 to 1, {year}: {country} and {rival}, which was at place {rank}. "
        "Thin marks: all countries."
    )
    if names[0] == names[1]:
        words = _("Index values from 0 to 1, {year}. Thin marks: all countries.")
    return words.format(year=asked.edition, country=names[0], rival=names[1], rank=asked.to)


def _pair(survey: Survey, place: str, rival: str, name: str) -> Pair:
    everyone = column(survey, name)[ranked(survey)]
    return Pair(
        name,
        figures(survey, place).values[name],
        figures(survey, rival).values[name],
        everyone[~np.isnan(everyone)],
    )


def _finding(names: tuple[str, str], asked: Asked, pairs: Sequence[Pair], *, alone: bool) -> str:
    own, rival = names
    gaps = {pair.measure: pair.gap for pair in pairs if pair.gap is not None}
    parts = {name: gaps[name] for name in ("osi", "tii", "hci") if name in gaps}
    if not parts:
        return _("{country}: no index in {year}").format(country=own, year=asked.edition)
    if alone:
        words = _("{country} is itself at place {rank} in {year}")
        return words.format(country=own, rank=asked.to, year=asked.edition)
    far = max(parts, key=lambda name: parts[name])
    if parts[far] <= 0:
        words = _("{country}: ahead of place {rank} ({rival}) in every part")
        return words.format(country=own, rank=asked.to, rival=rival)
    return _("{country}: largest distance to place {rank} ({rival}): {part}, {gap}").format(
        country=own,
        rank=asked.to,
        rival=rival,
        part=measure_in_full(far),
        gap=number(parts[far], 3),
    )


def _alternative(title: str, names: tuple[str, str], pairs: Sequence[Pair]) -> str:
    parts = [
        f"{measure_in_full(pair.measure)}: {names[0]} {number(pair.own, 4)}, "
        f"{names[1]} {number(pair.rival, 4)}"
        for pair in pairs
    ]
    return f"{title}. {'; '.join(parts)}."


def _draw(width: int, names: tuple[str, str], pairs: Sequence[Pair], *, alone: bool) -> Canvas:
    narrow = width <= NARROW
    head = 54 if narrow else 34  # the key, on a phone in two lines where names are long
    canvas = Canvas(width, ROW * len(pairs) + head + 10)
    labels = [measure_in_full(pair.measure) for pair in pairs]
    x = Scale(0, 1, 10 if narrow else column_for(labels, 330), width - 12)
    floor = canvas.height - 26
    _key(canvas, x, names, alone=alone, narrow=narrow)
    for tick in (0, 0.5, 1):
        written = number(tick, 1 if tick % 1 else 0)
        canvas.words((x(tick), floor + 14), written, "muted", anchor="middle")
        canvas.line((x(tick), head), (x(tick), floor), "grid")
    for turn, pair in enumerate(pairs):
        middle = head + ROW * turn + (44 if narrow else 36)
        label = (0, middle - 32) if narrow else (0, middle)
        canvas.words(label, fitting(pair.measure, width if narrow else x.start), "strong halo")
        canvas.rug(x.start + pair.crowd * (x.end - x.start), middle, 10, "rug")
        _marks(canvas, x, middle, pair, alone=alone)
    return canvas


def _key(canvas: Canvas, x: Scale, names: tuple[str, str], *, alone: bool, narrow: bool) -> None:
    start = 6.0 if narrow else x.start
    canvas.dot((start, 12), 6, "focal")
    canvas.words((start + 12, 12), names[0], "focal")
    if not alone:
        beside = start + 40 + 1.08 * (width_of(names[0]) + width_of(names[1])) < canvas.width
        across = canvas.width - 6 if beside else start
        canvas.diamond((across, 12 if beside else 32), 7, "ink")
        if beside:
            canvas.words((across - 12, 12), names[1], "strong", anchor="end")
        else:
            canvas.words((across + 12, 32), names[1], "strong")


def _marks(canvas: Canvas, x: Scale, middle: float, pair: Pair, *, alone: bool) -> None:
    shown = [] if alone or pair.rival is None else [(pair.rival, "strong halo")]
    if pair.own is not None:
        shown.append((pair.own, "focal halo"))
    if pair.gap is not None and not alone:
        canvas.line((x(pair.own or 0), middle), (x(pair.rival or 0), middle), "gap")
    if not alone and pair.rival is not None:
        canvas.diamond((x(pair.rival), middle), 7, "ink")
    if pair.own is not None:
        canvas.dot((x(pair.own), middle), 6, "focal edge")
    spots = spread([x(value) for value, _kind in shown], 50, 22, canvas.width - 22)
    for (value, kind), spot in zip(shown, spots, strict=True):
        canvas.words((spot, middle - 16), number(value, 3), kind, anchor="middle")
