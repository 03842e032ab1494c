"""A climb: the country's rank and its rank in each part, edition by edition.

Ranks, not values: a change of method moves everybody's values, but a rank only says who is ahead.
A dotted line still marks where a part was counted otherwise than in the edition before.

Source: ours; followed by marra.index.climb; ranks by part computed from the published values.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marra.index import Climb, climb
from marra.index.climb import NoSuchClimb
from marra.web.charts.asked import Asked
from marra.web.charts.breaks import broken
from marra.web.charts.canvas import Canvas
from marra.web.charts.chart import NARROW, Cell, Chart, Column, Table
from marra.web.charts.empty import says
from marra.web.charts.reading import Surveys, figures, rank_within
from marra.web.charts.scales import Scale, rank_ticks, spread
from marra.web.charts.words import SHORT_NAMES, citation, country, measure, source
from marra.web.formats import NO_BREAK_SPACE

TAKES = ("place", "edition", "years", "to", "places")
PANELS = ("egdi", "osi", "tii", "hci")
ARROW = f"{NO_BREAK_SPACE}→{NO_BREAK_SPACE}"


@dataclass(frozen=True, slots=True)
class Line:
    """Ranks by one measure over the editions: the climber's and the other country's."""

    measure: str
    own: tuple[int | None, ...]
    other: tuple[int | None, ...]
    broken: tuple[bool, ...]  # whether the edition counts it otherwise than the one before


def followed(surveys: Surveys, asked: Asked) -> Climb | None:
    """The climb that ends with the edition asked for; None without an index at both ends."""
    try:
        return climb(surveys, asked.place, asked.edition - asked.years, asked.edition)
    except NoSuchClimb:
        return None


def no_climb(asked: Asked, language: str) -> str:
    """Why there is nothing to draw."""
    return _("{country}: no index in {year}").format(
        country=country(asked.place, language),
        year=f"{asked.edition - asked.years} / {asked.edition}",
    )


def climb_ranks(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """Four small pictures: the rank, and the ranks in OSI, TII and HCI."""
    found = followed(surveys, asked)
    years = sorted(surveys)
    lines = [_line(surveys, asked, years, name) for name in PANELS] if found else []
    title = _finding(found, language) if found else no_climb(asked, language)
    latest = surveys[years[-1]]
    return Chart(
        name="climb",
        language=language,
        title=title,
        subtitle=_subtitle(asked, years, language),
        alternative=f"{title}. {_spoken(found)}" if found else title,
        table=Table(_columns(), tuple(_rows(surveys, found, years))),
        source=source(years),
        note=_(
            "Ranks in a part are among countries with an index. "
            "A dotted line marks an edition that counts the part otherwise than the one before."
        ),
        citation=citation(title, surveys, years),
        query=asked.query(TAKES),
        data_version=latest.version,
        edition_version=latest.edition.version,
        draw=lambda width: _draw(width, years, lines, asked) if lines else says(width, title),
    )


def _finding(found: Climb, language: str) -> str:
    first, last = found.stops[0], found.stops[-1]
    parts = ", ".join(
        f"{SHORT_NAMES[name]} {first.marks[name].rank or '–'}{ARROW}{last.marks[name].rank or '–'}"
        for name in PANELS[1:]
    )
    return _("{country}, {since}–{until}: rank {ranks}; by part {parts}").format(
        country=country(found.place, language),
        since=first.year,
        until=last.year,
        ranks=f"{first.rank}{ARROW}{last.rank}",
        parts=parts,
    )


def _subtitle(asked: Asked, years: Sequence[int], language: str) -> str:
    words = _("Rank by edition, {first}–{last}; 1 is the best.").format(
        first=years[0], last=years[-1]
    )
    others = [country(code, language) for code in asked.places[:1] if code != asked.place]
    if others:
        drawn = _("Thick: {country}; thin: {other}.")
        words = f"{words} {drawn.format(country=country(asked.place, language), other=others[0])}"
    return words


def _spoken(found: Climb) -> str:
    return "; ".join(
        f"{stop.year}: {stop.rank} ("
        + ", ".join(f"{SHORT_NAMES[n]} {stop.marks[n].rank or '–'}" for n in PANELS[1:])
        + ")"
        for stop in found.stops
    )


def _line(surveys: Surveys, asked: Asked, years: Sequence[int], name: str) -> Line:
    others = [code for code in asked.places[:1] if code != asked.place]
    return Line(
        measure=name,
        own=tuple(_rank(surveys, year, asked.place, name) for year in years),
        other=tuple(_rank(surveys, year, code, name) for code in others for year in years),
        broken=tuple(
            SHORT_NAMES[name] in broken(surveys[year].edition.breaks).split(", ") for year in years
        ),
    )


def _rank(surveys: Surveys, year: int, place: str, name: str) -> int | None:
    survey = surveys[year]
    if name == "egdi":
        return figures(survey, place).rank
    return rank_within(survey, place, name)


def _columns() -> tuple[Column, ...]:
    columns = [Column("edition", _("Edition")), Column("rank", _("Rank"))]
    for name in PANELS[1:]:
        short = SHORT_NAMES[name]
        columns.append(Column(f"{name}_rank", _("{measure}, rank").format(measure=short)))
    columns += [Column(name, SHORT_NAMES[name], digits=4) for name in PANELS]
    for name in PANELS:
        head = _("{measure} over the mean").format(measure=SHORT_NAMES[name])
        columns.append(Column(f"{name}_over_mean", head, digits=4, signed=True))
    columns.append(Column("method_change", _("Method changed"), words=True))
    return tuple(columns)


def _rows(surveys: Surveys, found: Climb | None, years: Sequence[int]) -> list[tuple[Cell, ...]]:
    """Every edition from the first to the last in which the country had an index."""
    if found is None:
        return []
    known = [year for year in years if figures(surveys[year], found.place).rank]
    whole = climb(surveys, found.place, known[0], known[-1])
    return [
        (
            stop.year,
            stop.rank,
            *(stop.marks[name].rank for name in PANELS[1:]),
            *(stop.marks[name].value for name in PANELS),
            *(round(stop.marks[name].over_mean, 6) for name in PANELS),
            broken(stop.breaks) or None,
        )
        for stop in whole.stops
    ]


def _draw(width: int, years: Sequence[int], lines: Sequence[Line], asked: Asked) -> Canvas:
    columns, height = (1, 216) if width <= NARROW else (2, 240)
    gap = 24
    across = (width - gap * (columns - 1)) / columns
    canvas = Canvas(width, height * len(lines) / columns)
    deepest = max(rank for line in lines for rank in (*line.own, *line.other) if rank)
    for turn, line in enumerate(lines):
        panel = _panel(across, height, years, line, deepest, asked)
        canvas.place(panel, (turn % columns * (across + gap), turn // columns * height))
    return canvas


def _panel(
    width: float, height: float, years: Sequence[int], line: Line, deepest: int, asked: Asked
) -> Canvas:
    canvas = Canvas(width, height)
    x = Scale(years[0], years[-1], 34, width - 42)
    y = Scale(1, max(deepest, asked.to) + 6, 44, height - 34)
    name = _("Overall rank") if line.measure == "egdi" else measure(line.measure)
    canvas.words((0, 12), name, "panel")
    since = asked.edition - asked.years
    canvas.bar((x(since), y.start - 6), x(asked.edition) - x(since), y.end - y.start + 6, "band80")
    for tick in rank_ticks(1, int(y.high), 4):
        canvas.line((x.start, y(tick)), (x.end, y(tick)), "grid")
        canvas.words((x.start - 8, y(tick)), str(tick), "muted", anchor="end")
    for before, year, broke in zip(years, years[1:], line.broken[1:], strict=False):
        if broke:
            middle = (x(before) + x(year)) / 2
            canvas.line((middle, y.start - 6), (middle, y.end), "break")
    if line.measure == "egdi":
        canvas.line((x.start, y(asked.to)), (x.end, y(asked.to)), "goal")
    _years(canvas, x, y, years, asked)
    if line.other:
        canvas.path(_points(years, line.other, x, y), "ink")
    canvas.path(_points(years, line.own, x, y), "focal")
    _ends(canvas, years, line, x, y, asked)
    return canvas


def _years(canvas: Canvas, x: Scale, y: Scale, years: Sequence[int], asked: Asked) -> None:
    canvas.line((x.start, y.end), (x.end, y.end), "axis")
    taken: list[float] = []
    for year in (asked.edition, asked.edition - asked.years, years[-1], years[0]):
        if all(abs(x(year) - other) >= 40 for other in taken):
            canvas.line((x(year), y.end), (x(year), y.end + 4), "axis")
            canvas.words((x(year), y.end + 16), str(year), "muted", anchor="middle")
            taken.append(x(year))


def _points(
    years: Sequence[int], ranks: Sequence[int | None], x: Scale, y: Scale
) -> list[tuple[float, float] | None]:
    return [
        None if rank is None else (x(year), y(rank))
        for year, rank in zip(years, ranks, strict=True)
    ]


def _ends(
    canvas: Canvas, years: Sequence[int], line: Line, x: Scale, y: Scale, asked: Asked
) -> None:
    """Dots and ranks at the start and the end of the climb, and ranks where the lines end."""
    at = dict(zip(years, line.own, strict=True))
    for year, off in ((asked.edition - asked.years, 17), (asked.edition, -15)):
        if (rank := at.get(year)) is not None:
            canvas.dot((x(year), y(rank)), 5, "focal edge")
            within = y.start < y(rank) + off < y.end - 8
            if year != years[-1]:
                spot = (x(year), y(rank) + (off if within else -off))
                canvas.words(spot, str(rank), "focal halo", anchor="middle")
    ends = [
        (rank, kind)
        for ranks, kind in ((line.own, "focal halo"), (line.other, "strong halo"))
        if ranks and (rank := ranks[-1]) is not None
    ]
    heights = spread([y(rank) for rank, _kind in ends], 17, y.start, y.end)
    for (rank, kind), height in zip(ends, heights, strict=True):
        canvas.words((x.end + 8, height), str(rank), kind)
