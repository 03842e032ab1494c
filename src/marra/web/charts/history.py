"""What charts of ranks over the editions share: axis, breaks of method, and the line of ranks.

Source: ours.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from marra.web.charts.canvas import Canvas, width_of
from marra.web.charts.reading import Figures
from marra.web.charts.scales import Scale, rank_ticks

YEAR_GAP = 40
NARROW_YEAR_GAP = 52

Axes = tuple[Scale, Scale]


def rank_frame(
    canvas: Canvas, axes: Axes, years: Sequence[int], *, narrow: bool, gap: float = 0
) -> None:
    """The grid of ranks, 1 on top, and the editions below; `gap` is the least between years."""
    x, y = axes
    for tick in rank_ticks(1, int(y.high), 4 if narrow else 6):
        canvas.line((x.start, y(tick)), (x.end, y(tick)), "grid")
        canvas.words((x.start - 10, y(tick)), str(tick), "muted", anchor="end")
    least = gap or (NARROW_YEAR_GAP if narrow else YEAR_GAP)
    last = canvas.width + least
    for year in reversed(years):
        if last - x(year) >= least:
            canvas.words((x(year), y.end + 24), str(year), "muted", anchor="middle")
            last = x(year)
        canvas.line((x(year), y.end), (x(year), y.end + 5), "axis")
    canvas.line((x.start, y.end), (x.end, y.end), "axis")


def break_lines(canvas: Canvas, axes: Axes, breaks: Mapping[int, str]) -> None:
    """A dotted line before each edition whose method changed, with the part that changed."""
    x, y = axes
    free = [canvas.width, canvas.width]  # where the words of two lines begin, from the right
    for before, year in reversed(list(pairwise(sorted(breaks)))):
        if not breaks[year]:
            continue
        middle, half = (x(before) + x(year)) / 2, width_of(breaks[year]) / 2
        level = next((turn for turn in (0, 1) if middle + half < free[turn] - 6), None)
        canvas.line((middle, 24 if level == 0 else 44), (middle, y.end), "break")
        if level is not None:
            at = min(middle, free[level] - half)
            canvas.words((at, 12 + 20 * level), breaks[year], "muted", anchor="middle")
            free[level] = at - half


def rank_line(
    canvas: Canvas,
    axes: Axes,
    points: Sequence[tuple[int, Figures]],
    marked: int,
    *,
    narrow: bool,
) -> None:
    """A country's ranks, joined, each with its number; one edition has a larger dot."""
    x, y = axes
    canvas.path([(x(year), y(at.rank)) if at.rank else None for year, at in points], "focal")
    ranked = [(year, at.rank) for year, at in points if at.rank]
    ends = {ranked[0][0], ranked[-1][0], marked} if ranked else set()
    for year, at in points:
        if at.rank is None:
            canvas.words((x(year), y.end - 12), "×", "muted", anchor="middle")
    for turn, (year, rank) in enumerate(ranked):
        canvas.dot((x(year), y(rank)), 5 if year == marked else 4, "focal edge")
        if narrow and year not in ends:
            continue
        around = [ranked[i][1] for i in (turn - 1, turn + 1) if 0 <= i < len(ranked)]
        valley = all(rank > other for other in around) and around
        below = valley or y(rank) < y.start + 4
        off = 16 if below and y(rank) + 24 < y.end else -15
        canvas.words((x(year), y(rank) + off), str(rank), "focal halo", anchor="middle")


def history_note(known: Sequence[Figures]) -> str:
    """What the dotted lines and the crosses mean."""
    note = _(
        "A dotted line marks an edition whose method changed, with the part that changed: "
        "ranks on its two sides are not strictly comparable."
    )
    if any(at.rank is None for at in known):
        note = f"{note} {_('× marks an edition that gave no index.')}"
    return note
