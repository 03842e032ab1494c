"""The plan in time: when each initiative runs, and from which year on the survey sees it.

One row is one initiative, in its working group; the dark bar is the work, the pale one the lag
until the survey sees it; editions stand as lines.

Source: ours, after H. L. Gantt's charts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from marra.web.charts.canvas import Canvas, width_of, wrap
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.empty import says
from marra.web.charts.plan_frame import framed
from marra.web.charts.planned import Planned
from marra.web.charts.scales import Scale

NAME = "plan-timeline"
LINE = 18
HEAD = 30
FOOT = 30
BOLD = 1.1
"""How much wider bold letters are than the guess of `width_of`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One initiative in time."""

    title: str
    group: str
    start: int
    end: int  # the first year in which no work is done any more
    ready: int  # the first year in whose survey it is seen
    counts: bool
    cost: float


def plan_timeline(planned: Planned) -> Chart:
    """The chosen initiatives in their years."""
    rows = _rows(planned)
    title = _finding(rows)
    columns = (
        Column("initiative", _("Initiative"), words=True),
        Column("group", _("Working group"), words=True),
        Column("start", _("Starts in")),
        Column("last_year", _("Last year of work")),
        Column("seen_from", _("Seen by the survey from")),
        Column("cost", _("Cost, bn soʻm"), digits=1),
    )
    table = tuple(
        (row.title, row.group, row.start, row.end - 1, row.ready, row.cost / 1e9) for row in rows
    )
    return framed(
        planned,
        name=NAME,
        title=title,
        subtitle=_(
            "Strong: work; faint: until the survey sees it; lines: editions of the survey."
        ),
        told="; ".join(f"{row.title}: {row.start}–{row.end - 1}, {row.ready}" for row in rows),
        table=Table(columns, table),
        draw=lambda width: (
            _draw(width, rows, planned.answer.question.edition) if rows else says(width, title)
        ),
    )


def _rows(planned: Planned) -> list[Row]:
    rows = []
    for step in planned.answer.steps:
        initiative = planned.portfolio.named(step.code)
        rows.append(
            Row(
                title=planned.title_of(step.code),
                group=planned.called(initiative.group) if initiative.group else _("No group"),
                start=step.start,
                end=step.start + initiative.duration,
                ready=step.ready,
                counts=step.counts,
                cost=step.cost,
            )
        )
    named = [planned.called(each.code) for each in planned.portfolio.names]
    groups = dict.fromkeys((*named, *(row.group for row in rows)))
    order = {group: turn for turn, group in enumerate(groups)}
    return sorted(rows, key=lambda row: (order[row.group], row.start, row.title))


def _finding(rows: Sequence[Row]) -> str:
    if not rows:
        return _("The plan has no initiatives")
    first, last = min(row.start for row in rows), max(row.start for row in rows)
    soon = sum(row.start == first for row in rows)
    if first == last:
        return _("All initiatives start in {first}").format(first=first)
    return _("{soon} of {all} initiatives start in {first}, the last in {last}").format(
        soon=soon, all=len(rows), first=first, last=last
    )


@dataclass(frozen=True, slots=True)
class Block:
    """One initiative, or the name of a group above its own, as lines of words."""

    lines: tuple[str, ...]
    height: int
    row: Row | None = None


def pieces(planned: Planned, width: int) -> list[Canvas]:
    """The picture cut between the groups, for paper: one that is higher than a page fits none."""
    rows, edition = _rows(planned), planned.answer.question.edition
    groups = groupby(rows, key=lambda row: row.group)
    return [_draw(width, list(found), edition, among=rows) for _name, found in groups]


def _draw(width: int, rows: Sequence[Row], edition: int, *, among: Sequence[Row] = ()) -> Canvas:
    """The picture of some rows; its years and its column are those of all rows among them."""
    narrow = width <= NARROW
    among = among or rows
    column = 0.0 if narrow else min(300.0, 20 + max(width_of(row.title) for row in among))
    blocks = list(_blocks(rows, width if narrow else column - 12, narrow=narrow))
    canvas = Canvas(width, HEAD + sum(block.height for block in blocks) + FOOT)
    first = min(row.start for row in among)
    last = max(edition + 1, *(row.ready for row in among))
    x = Scale(first, last, column, width - 8)
    _years(canvas, x, first, last, edition)
    top = float(HEAD)
    for block in blocks:
        if block.row:
            _row(canvas, x, top, block.row, block.lines)
        else:
            for turn, line in enumerate(block.lines):
                canvas.words((0, top + 14 + turn * LINE), line, "strong halo")
        top += block.height
    return canvas


def _blocks(rows: Sequence[Row], room: float, *, narrow: bool) -> Iterator[Block]:
    for name, found in groupby(rows, key=lambda row: row.group):
        head = tuple(wrap(name, room / BOLD))
        yield Block(head, len(head) * LINE + 12)
        for row in found:
            lines = tuple(wrap(row.title, room))
            yield Block(lines, len(lines) * LINE + (22 if narrow else 10), row)


def _years(canvas: Canvas, x: Scale, first: int, last: int, edition: int) -> None:
    floor = canvas.height - FOOT
    room = x(first + 1) - x(first)
    for year in range(first, last + 1):
        canvas.line((x(year), HEAD - 6), (x(year), floor), "grid")
        if (room >= width_of("2026") + 4 or (year - first) % 2 == 0) and year < last:
            canvas.words((x(year + 0.5), floor + 16), str(year), "muted", anchor="middle")
    for year in range(edition, first - 1, -2):
        across = x(year + 0.5)
        canvas.line((across, HEAD - 8), (across, floor), "goal" if year == edition else "break")
        if year == edition:
            words = _("edition {year}").format(year=year)
            half = BOLD * width_of(words) / 2
            spot = min(max(across, x.start + half), canvas.width - half - 2)
            canvas.words((spot, 10), words, "strong halo", anchor="middle")


def _row(canvas: Canvas, x: Scale, top: float, row: Row, lines: Sequence[str]) -> None:
    narrow = canvas.width <= NARROW
    for turn, line in enumerate(lines):
        canvas.words((0, top + 9 + turn * LINE), line, "halo")
    height = 14
    bar = top + (len(lines) * LINE + 2 if narrow else max(len(lines) * LINE - height, 4) / 2)
    if row.ready > row.end:
        canvas.bar((x(row.end), bar + 3), x(row.ready) - x(row.end), height - 6, "band50")
    canvas.bar((x(row.start), bar), x(row.end) - x(row.start), height, "focal")
    canvas.diamond((x(row.ready), bar + height / 2), 6, "ink" if row.counts else "crowd")
