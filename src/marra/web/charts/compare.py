"""Several countries side by side: their ranks over the editions, and their parts in one edition.

Source: ours; ranks and values as published by the UN E-Government Survey.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marra.web.charts.asked import Asked
from marra.web.charts.canvas import Canvas, width_of
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.reading import Figures, Surveys, figures
from marra.web.charts.scales import Scale, rank_ticks, spread
from marra.web.charts.words import SHORT_NAMES, citation, country, measure_in_full, source
from marra.web.formats import number

TAKES = ("places", "edition")
PANELS = ("egdi", "osi", "tii", "hci")
LINES = ("focal", "rival", "ink", "rival d2", "ink d2", "rival d3")
WORDS = ("focal", "rival", "strong", "rival", "strong", "rival")


@dataclass(frozen=True, slots=True)
class Course:
    """One country over the editions."""

    place: str
    name: str
    ranks: tuple[int | None, ...]


def compared(asked: Asked) -> tuple[str, ...]:
    """The countries to compare: those asked for, or the focal one alone."""
    return asked.places or (asked.place,)


def rank_lines(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """Ranks of up to six countries over the editions, 1 on top."""
    years = sorted(surveys)
    courses = [
        Course(
            place,
            country(place, language),
            tuple(figures(surveys[year], place).rank for year in years),
        )
        for place in compared(asked)
    ]
    title = _leader(courses, years, asked.edition)
    columns = (
        Column("edition", _("Edition")),
        *(Column(course.place, course.name) for course in courses),
    )
    rows = tuple(
        (year, *(course.ranks[turn] for course in courses)) for turn, year in enumerate(years)
    )
    latest = surveys[years[-1]]
    return Chart(
        name="compare",
        language=language,
        title=title,
        subtitle=_("Rank in the UN E-Government Survey, {first}–{last}; 1 is the best.").format(
            first=years[0], last=years[-1]
        ),
        alternative=f"{title}. {_spoken(courses, years)}",
        table=Table(columns, rows),
        source=source(years),
        note=_("Methods change between editions; see the method page of each."),
        citation=citation(title, surveys, years),
        query=asked.query(TAKES),
        data_version=latest.version,
        edition_version=latest.edition.version,
        draw=lambda width: _lines(width, courses, years),
    )


def _leader(courses: Sequence[Course], years: Sequence[int], edition: int) -> str:
    turn = list(years).index(edition)
    standing = sorted(
        (rank, course.name) for course in courses if (rank := course.ranks[turn]) is not None
    )
    if not standing:
        return _("No index in {year}").format(year=edition)
    places = ", ".join(f"{name} {rank}" for rank, name in standing)
    return _("Places in {year}: {places}").format(year=edition, places=places)


def _spoken(courses: Sequence[Course], years: Sequence[int]) -> str:
    return "; ".join(
        f"{course.name}: "
        + ", ".join(
            f"{year} {rank or _('no index')}"
            for year, rank in zip(years, course.ranks, strict=True)
        )
        for course in courses
    )


def _lines(width: int, courses: Sequence[Course], years: Sequence[int]) -> Canvas:
    narrow = width <= NARROW
    canvas = Canvas(width, 340 if narrow else 420)
    deepest = max([rank for course in courses for rank in course.ranks if rank] + [20]) + 4
    x = Scale(years[0], years[-1], 40, width - (84 if narrow else 200))
    y = Scale(1, deepest, 16, canvas.height - 40)
    for tick in rank_ticks(1, int(deepest), 4 if narrow else 6):
        canvas.line((x.start, y(tick)), (x.end, y(tick)), "grid")
        canvas.words((x.start - 10, y(tick)), str(tick), "muted", anchor="end")
    step = 3 if narrow else 2
    for year in years[::-step]:
        canvas.line((x(year), y.end), (x(year), y.end + 5), "axis")
        canvas.words((x(year), y.end + 20), str(year), "muted", anchor="middle")
    for course, line in reversed(list(zip(courses, LINES, strict=False))):
        points = [
            None if rank is None else (x(year), y(rank))
            for year, rank in zip(years, course.ranks, strict=True)
        ]
        canvas.path(points, line)
        for point in points:
            if point:
                canvas.dot(point, 3.5, f"{line.split()[0]} edge")
    _names(canvas, courses, x, y, narrow=narrow)
    return canvas


def _names(canvas: Canvas, courses: Sequence[Course], x: Scale, y: Scale, *, narrow: bool) -> None:
    ends = [(turn, course.ranks[-1]) for turn, course in enumerate(courses) if course.ranks[-1]]
    heights = spread([y(rank or 0) for _turn, rank in ends], 19, 10, y.end)
    room = canvas.width - x.end - 14
    for (turn, rank), height in zip(ends, heights, strict=True):
        words = f"{rank} {courses[turn].name}"
        if narrow or width_of(words) > room:
            words = f"{rank} {courses[turn].place}"
        canvas.words((x.end + 10, height), words, WORDS[turn])


def part_bars(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """EGDI, OSI, TII and HCI of up to six countries in one edition."""
    survey = surveys[asked.edition]
    known = [figures(survey, place) for place in compared(asked)]
    names = [country(at.place, language) for at in known]
    title = _best_parts(known, names, asked.edition)
    columns = (
        Column("country", _("Country"), words=True),
        Column("iso3", _("Code"), words=True),
        Column("rank", _("Rank")),
        *(Column(name, SHORT_NAMES[name], digits=4) for name in PANELS),
    )
    rows = tuple(
        (name, at.place, at.rank, *(at.values[part] for part in PANELS))
        for name, at in zip(names, known, strict=True)
    )
    return Chart(
        name="compare-parts",
        language=language,
        title=title,
        subtitle=_("Index values from 0 to 1, {year}.").format(year=asked.edition),
        alternative=f"{title}. "
        + "; ".join(
            f"{name}: " + ", ".join(f"{SHORT_NAMES[p]} {number(at.values[p], 4)}" for p in PANELS)
            for name, at in zip(names, known, strict=True)
        ),
        table=Table(columns, rows),
        source=source([asked.edition]),
        note="",
        citation=citation(title, surveys, [asked.edition]),
        query=asked.query(TAKES),
        data_version=survey.version,
        edition_version=survey.edition.version,
        draw=lambda width: _bars(width, known, names),
    )


def _best_parts(known: Sequence[Figures], names: Sequence[str], year: int) -> str:
    best = []
    for part in PANELS[1:]:
        values = [
            (value, name)
            for at, name in zip(known, names, strict=True)
            if (value := at.values[part]) is not None
        ]
        if values:
            best.append(f"{SHORT_NAMES[part]}: {max(values)[1]}")
    if not best:
        return _("No index in {year}").format(year=year)
    return _("Highest in {year}: {parts}").format(year=year, parts=", ".join(best))


def _bars(width: int, known: Sequence[Figures], names: Sequence[str]) -> Canvas:
    columns = 1 if width <= NARROW else 2
    height = 40 + 44 * len(known)
    gap = 32
    panel_width = (width - gap * (columns - 1)) / columns
    canvas = Canvas(width, height * len(PANELS) / columns)
    for turn, part in enumerate(PANELS):
        panel = Canvas(panel_width, height)
        x = Scale(0, 1, 0, panel_width - 60)
        panel.words((0, 12), measure_in_full(part), "panel")
        for row, (at, name) in enumerate(zip(known, names, strict=True)):
            top = 30 + 44 * row
            value = at.values[part]
            panel.words((0, top + 8), name, "focal" if row == 0 else "muted")
            if value is not None:
                panel.bar((0, top + 18), x(value), 14, "focal" if row == 0 else "rival")
            words = _("no index") if value is None else number(value, 3)
            panel.words((x(value or 0) + 8, top + 25), words, "strong")
        canvas.place(panel, (turn % columns * (panel_width + gap), turn // columns * height))
    return canvas
