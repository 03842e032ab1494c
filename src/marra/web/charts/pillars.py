"""The index and its three parts over the editions, each in a panel of its own.

The dashed line is the value that the country at the target place of the same measure had: the
thirtieth highest OSI for place 30, not the OSI of the country that was thirtieth overall.

Source: ours; values as published by the UN E-Government Survey.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marra.web.charts.asked import Asked
from marra.web.charts.canvas import Canvas
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.reading import Surveys, figures, nth_best
from marra.web.charts.scales import Scale, spread
from marra.web.charts.words import SHORT_NAMES, citation, country, measure, source
from marra.web.formats import number, signed

TAKES = ("place", "edition", "to")
PANELS = ("egdi", "osi", "tii", "hci")


@dataclass(frozen=True, slots=True)
class Line:
    """One measure over the editions: the country's values and those of the target place."""

    measure: str
    own: tuple[float | None, ...]
    goal: tuple[float | None, ...]


def pillar_trends(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """Four small pictures: EGDI, OSI, TII, HCI of a country and of the target place."""
    years = sorted(surveys)
    lines = [_line(surveys, asked, years, name) for name in PANELS]
    rows = tuple(
        (year, *(cell for line in lines for cell in (line.own[turn], line.goal[turn])))
        for turn, year in enumerate(years)
    )
    title = _finding(country(asked.place, language), asked, years, lines)
    latest = surveys[years[-1]]
    return Chart(
        name="pillars",
        language=language,
        title=title,
        subtitle=_(
            "Index values from 0 to 1, {first}–{last}. "
            "Dashed: the value that place {rank} of the same measure had."
        ).format(first=years[0], last=years[-1], rank=asked.to),
        alternative=_alternative(title, asked, years, lines),
        table=Table(_columns(asked), rows),
        source=source(years),
        note=_("From 2012 each part is scaled between the lowest and the highest country."),
        citation=citation(title, surveys, years),
        query=asked.query(TAKES),
        data_version=latest.version,
        edition_version=latest.edition.version,
        draw=lambda width: _draw(width, years, lines, asked),
    )


def _line(surveys: Surveys, asked: Asked, years: Sequence[int], name: str) -> Line:
    own = tuple(figures(surveys[year], asked.place).values[name] for year in years)
    goal = tuple(nth_best(surveys[year], name, asked.to) for year in years)
    return Line(name, own, goal)


def _columns(asked: Asked) -> tuple[Column, ...]:
    columns = [Column("edition", _("Edition"))]
    for name in PANELS:
        short = SHORT_NAMES[name]
        columns.append(Column(name, short, digits=4))
        at = _("{measure}, place {rank}").format(measure=short, rank=asked.to)
        columns.append(Column(f"{name}_at_target", at, digits=4))
    return tuple(columns)


def _finding(name: str, asked: Asked, years: Sequence[int], lines: Sequence[Line]) -> str:
    turn = list(years).index(asked.edition)
    gaps = {
        line.measure: goal - own
        for line in lines[1:]
        if (own := line.own[turn]) is not None and (goal := line.goal[turn]) is not None
    }
    if not gaps:
        return _("{country}: no index in {year}").format(country=name, year=asked.edition)
    far = max(gaps, key=lambda part: gaps[part])
    if gaps[far] <= 0:
        words = _("{country}, part by part: at or above place {rank} in {year}")
        return words.format(country=name, rank=asked.to, year=asked.edition)
    return _(
        "{country}, part by part: farthest below place {rank} in {year}: {part} ({gap})"
    ).format(
        country=name,
        rank=asked.to,
        year=asked.edition,
        part=measure(far),
        gap=signed(-gaps[far], 3),
    )


def _alternative(title: str, asked: Asked, years: Sequence[int], lines: Sequence[Line]) -> str:
    turn = list(years).index(asked.edition)
    parts = [
        _("{measure} {own}, place {rank} had {goal}").format(
            measure=SHORT_NAMES[line.measure],
            own=number(line.own[turn], 4),
            rank=asked.to,
            goal=number(line.goal[turn], 4),
        )
        for line in lines
    ]
    return _("{title}. In {year}: {parts}.").format(
        title=title, year=asked.edition, parts="; ".join(parts)
    )


def _draw(width: int, years: Sequence[int], lines: Sequence[Line], asked: Asked) -> Canvas:
    columns, height = (1, 200) if width <= NARROW else (2, 230)
    gap = 24
    panel_width = (width - gap * (columns - 1)) / columns
    canvas = Canvas(width, height * len(lines) / columns)
    for turn, line in enumerate(lines):
        panel = _panel(panel_width, height, years, line, asked)
        across, down = turn % columns, turn // columns
        canvas.place(panel, (across * (panel_width + gap), down * height))
    return canvas


def _panel(width: float, height: float, years: Sequence[int], line: Line, asked: Asked) -> Canvas:
    canvas = Canvas(width, height)
    x = Scale(years[0], years[-1], 34, width - 58)
    known = [value for value in (*line.own, *line.goal) if value is not None]
    y = Scale(0, max(1.0, *known), height - 34, 40)  # HCI of 2003 was published above 1
    canvas.words((0, 12), measure(line.measure), "panel")
    for tick in (0, 0.5, 1):
        canvas.line((x.start, y(tick)), (x.end, y(tick)), "grid" if tick else "axis")
        written = number(tick, 1 if tick % 1 else 0)
        canvas.words((x.start - 8, y(tick)), written, "muted", anchor="end")
    for year in (years[0], 2012 if 2012 in years else years[len(years) // 2], years[-1]):
        canvas.line((x(year), y.start), (x(year), y.start + 4), "axis")
        canvas.words((x(year), y.start + 16), str(year), "muted", anchor="middle")
    canvas.path(_points(years, line.goal, x, y), "goal")
    canvas.path(_points(years, line.own, x, y), "focal")
    _ends(canvas, years, line, x, y, asked)
    return canvas


def _points(
    years: Sequence[int], values: Sequence[float | None], x: Scale, y: Scale
) -> list[tuple[float, float] | None]:
    return [
        None if value is None else (x(year), y(value))
        for year, value in zip(years, values, strict=True)
    ]


def _ends(
    canvas: Canvas, years: Sequence[int], line: Line, x: Scale, y: Scale, asked: Asked
) -> None:
    own, goal = line.own[-1], line.goal[-1]
    values = [value for value in (own, goal) if value is not None]
    heights = spread([y(value) for value in values], 17, y.end - 12, y.start)
    kinds = [kind for kind, value in (("focal", own), ("strong", goal)) if value is not None]
    for value, height, kind in zip(values, heights, kinds, strict=True):
        canvas.words((x.end + 8, height), number(value, 3), kind)
    turn = list(years).index(asked.edition)
    if (at := line.own[turn]) is not None:
        canvas.dot((x(asked.edition), y(at)), 5, "focal edge")
