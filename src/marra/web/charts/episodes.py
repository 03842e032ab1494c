"""Those who climbed to a place before: each one's path of ranks in a panel of its own.

All panels share one scale of ranks, and their years are counted from the start of each climb. The
country that asks is laid over them with its own edition at the start: where it is, they were.

Source: ours; episodes are counted by marra.index.reference_class; ranks as published.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marra.index import ReferenceClass, band_around, reference_class
from marra.index.reference_class import Episode
from marra.web.charts.asked import Asked
from marra.web.charts.canvas import Canvas, width_of
from marra.web.charts.chart import Chart, Column, Table
from marra.web.charts.empty import says
from marra.web.charts.reading import Surveys, figures
from marra.web.charts.scales import Scale, rank_ticks
from marra.web.charts.words import citation, country, source
from marra.web.formats import number

TAKES = ("place", "edition", "to", "years", "band")
MOST_PANELS = 12
BEFORE, AFTER = 6, 10
"""Years that a panel shows before the start and after the end."""

Path = Sequence[tuple[int, int | None]]


@dataclass(frozen=True, slots=True)
class Panel:
    """One climb: whose, over which editions, and the ranks before, within and after."""

    episode: Episode
    name: str
    path: Path
    is_outside: bool

    def ranks(self, room: float) -> str:
        """The ranks at both ends, and that it came from behind the band where that fits."""
        words = f"{self.episode.start} → {self.episode.end}"
        longer = f"{words}, {_('from farther behind')}"
        return longer if self.is_outside and width_of(longer) <= room else words


def class_of(surveys: Surveys, asked: Asked) -> ReferenceClass | None:
    """Those who stood where the country stands, or within the band that is asked for.

    None where the country has no index or stands at the goal already, so that no band is known.
    """
    if asked.band:
        return reference_class(surveys, asked.band, goal=asked.to, years=asked.years)
    rank = figures(surveys[asked.edition], asked.place).rank
    if rank is None or rank <= asked.to:
        return None
    members = len(surveys[asked.edition].places)
    band = band_around(rank, goal=asked.to, members=members)
    return reference_class(surveys, band, goal=asked.to, years=asked.years)


def episode_paths(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """Small pictures of the climbs, and of the country's own way to its start."""
    found = class_of(surveys, asked)
    title = _finding(found, surveys, asked, language)
    years = sorted(surveys)
    latest = surveys[years[-1]]
    shown = _shown(found) if found else []
    panels = [
        Panel(e, country(e.place, language), _path(surveys, e.place), e.start > found.band[1])
        for e in shown
        if found
    ]
    own = _path(surveys, asked.place)
    name = country(asked.place, language)
    return Chart(
        name="climbers",
        language=language,
        title=title,
        subtitle=_(
            "Rank; years are counted from the start of each climb. Thick: {country} until {year}. "
            "Grey: before and after the climb."
        ).format(country=name, year=asked.edition),
        alternative=f"{title}. {_spoken(shown, language)}".strip(),
        table=Table(_columns(), tuple(_rows(found, language))),
        source=source(years),
        note=_note(found, len(panels)),
        citation=citation(title, surveys, years),
        query=asked.query(TAKES),
        data_version=latest.version,
        edition_version=latest.edition.version,
        draw=lambda width: (
            _draw(width, panels, own, asked, name) if panels else says(width, title)
        ),
    )


def nothing_to_count(surveys: Surveys, asked: Asked, language: str) -> str:
    """Why nobody can be counted for the country."""
    rank = figures(surveys[asked.edition], asked.place).rank
    name = country(asked.place, language)
    if rank is None:
        return _("{country}: no index in {year}").format(country=name, year=asked.edition)
    words = _("{country} stands at place {rank}: there is nothing to climb to place {goal}")
    return words.format(country=name, rank=rank, goal=asked.to)


def _finding(found: ReferenceClass | None, surveys: Surveys, asked: Asked, language: str) -> str:
    if found is None:
        return nothing_to_count(surveys, asked, language)
    words = ngettext(
        "From places {first}–{last} to place {goal} in {years} year: {reached} of {starts} "
        "({share} %)",
        "From places {first}–{last} to place {goal} in {years} years: {reached} of {starts} "
        "({share} %)",
        found.years,
    )
    return words.format(
        first=found.band[0],
        last=found.band[1],
        goal=found.goal,
        years=found.years,
        reached=found.share.reached,
        starts=found.share.starts,
        share=number(100 * (found.share.value or 0.0), 1),
    )


def _shown(found: ReferenceClass) -> list[Episode]:
    """The climbs that get a panel: those from the band first, the greatest if there are many."""
    every = [*found.reached, *found.from_outside]
    greatest = sorted(every, key=lambda each: -each.places)[:MOST_PANELS]
    return [each for each in every if each in greatest]


def _path(surveys: Surveys, place: str) -> Path:
    return [(year, figures(surveys[year], place).rank) for year in sorted(surveys)]


def _columns() -> tuple[Column, ...]:
    return (
        Column("country", _("Country"), words=True),
        Column("iso3", _("Code"), words=True),
        Column("since", _("Start")),
        Column("until", _("End")),
        Column("rank_before", _("Rank at the start")),
        Column("rank_after", _("Rank at the end")),
        Column("places", _("Places gained")),
        Column("kind", _("Kind"), words=True),
        Column("later", _("Rank afterwards"), words=True),
    )


def _rows(found: ReferenceClass | None, language: str) -> list[tuple[str | int | None, ...]]:
    if found is None:
        return []
    kinds = (
        (found.reached, _("from the band")),
        (found.from_outside, _("from farther behind")),
        (found.passed, _("reached it on the way, then fell back")),
    )
    return [
        (
            country(each.place, language),
            each.place,
            each.since,
            each.until,
            each.start,
            each.end,
            each.places,
            kind,
            later(each) or None,
        )
        for episodes, kind in kinds
        for each in episodes
    ]


def later(episode: Episode) -> str:
    """The ranks after the end: "35 (2016), 32 (2018)"; empty when nothing came after."""
    return ", ".join(f"{rank or '–'} ({year})" for year, rank in episode.later)


def _spoken(shown: Sequence[Episode], language: str) -> str:
    return "; ".join(
        f"{country(e.place, language)} {e.since}–{e.until}: {e.start} → {e.end}" for e in shown
    )


def _note(found: ReferenceClass | None, panels: int) -> str:
    note = _("Starts overlap and share the same editions, so they are not independent.")
    every = len(found.reached) + len(found.from_outside) if found else 0
    if every > panels:
        more = _("Drawn are the {shown} greatest of {every} climbs; the table has all.")
        note = f"{note} {more.format(shown=panels, every=every)}"
    return note


def _draw(width: int, panels: Sequence[Panel], own: Path, asked: Asked, name: str) -> Canvas:
    titles = max(1.08 * width_of(panel.name) for panel in panels)
    columns = max(1, min(4, int((width + 20) / (max(titles, 150) + 20))))
    columns = min(columns, len(panels))
    gap, height = 20, 196
    across = (width - gap * (columns - 1)) / columns
    canvas = Canvas(width, height * -(-len(panels) // columns))
    deepest = _deepest(panels, own, asked)
    for turn, panel in enumerate(panels):
        drawn = _panel(across, height, panel, own, deepest, asked, "" if turn else name)
        canvas.place(drawn, (turn % columns * (across + gap), turn // columns * height))
    return canvas


def _deepest(panels: Sequence[Panel], own: Path, asked: Asked) -> int:
    """The last rank that any panel shows."""
    seen = [rank for year, rank in own if rank and 0 <= asked.edition - year <= BEFORE]
    for panel in panels:
        first, last = panel.episode.since - BEFORE, panel.episode.until + AFTER
        seen += [rank for year, rank in panel.path if rank and first <= year <= last]
    return max([*seen, asked.to]) + 12


def _panel(
    width: float,
    height: float,
    panel: Panel,
    own: Path,
    deepest: int,
    asked: Asked,
    name: str,
) -> Canvas:
    canvas, each = Canvas(width, height), panel.episode
    x = Scale(-BEFORE, asked.years + AFTER, 34 if deepest >= 100 else 26, width - 24)
    y = Scale(1, deepest, 58, height - 30)
    canvas.words((0, 10), panel.name, "panel")
    canvas.words((0, 30), panel.ranks(width), "muted")
    _frame(canvas, x, y, each, asked)
    path = [(year - each.since, rank) for year, rank in panel.path]
    canvas.path(_points(path, x, y, (-BEFORE, asked.years + AFTER)), "crowd")
    canvas.path(_points(path, x, y, (0, asked.years)), "rival")
    before = [(year - asked.edition, rank) for year, rank in own]
    canvas.path(_points(before, x, y, (-BEFORE, 0)), "focal")
    if (now := dict(before).get(0)) is not None:
        canvas.dot((x(0), y(now)), 5, "focal edge")
        if 1.08 * width_of(name) <= width - x(0) - 10:  # named once, right below its dot
            canvas.words((x(0) + 10, y(now) + 12), name, "focal halo")
    canvas.dot((x(0), y(each.start)), 4, "rival edge")
    canvas.dot((x(asked.years), y(each.end)), 4, "rival edge")
    last = [(t, rank) for t, rank in path if rank and asked.years < t <= asked.years + AFTER]
    if last:
        canvas.words((x(last[-1][0]) + 5, y(last[-1][1])), str(last[-1][1]), "muted halo")
    return canvas


def _frame(canvas: Canvas, x: Scale, y: Scale, each: Episode, asked: Asked) -> None:
    for tick in rank_ticks(1, int(y.high), 2):
        if abs(y(tick) - y(asked.to)) >= 16:
            canvas.words((x.start - 6, y(tick)), str(tick), "muted", anchor="end")
        canvas.line((x.start, y(tick)), (x.end, y(tick)), "grid")
    canvas.words((x.start - 6, y(asked.to)), str(asked.to), "strong", anchor="end")
    canvas.line((x.start, y(asked.to)), (x.end, y(asked.to)), "goal")
    canvas.line((x.start, y.end), (x.end, y.end), "axis")
    for years, named in ((0, each.since), (asked.years, each.until)):
        canvas.line((x(years), y.start), (x(years), y.end), "grid")
        end = "end" if years == 0 and x(asked.years) - x(0) < 40 else "middle"
        canvas.words((x(years), y.end + 15), str(named), "muted", anchor=end)


def _points(
    path: Path, x: Scale, y: Scale, within: tuple[int, int]
) -> list[tuple[float, float] | None]:
    return [
        None if rank is None else (x(years), y(rank))
        for years, rank in path
        if within[0] <= years <= within[1]
    ]
