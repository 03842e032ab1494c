"""Two fans in one picture: doing nothing pale, a scenario in lapis over it.

Source: ours; futures by marra.index.projection.
"""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from marra.index.projection.futures import Outlook
from marra.index.projection.scenario import Ahead
from marra.web.charts.canvas import Canvas, Point, width_of
from marra.web.charts.history import Axes
from marra.web.charts.scales import Scale, spread
from marra.web.formats import number

BANDS = (("rank_p10", "rank_p90", "80"), ("rank_p25", "rank_p75", "50"))


def fans(canvas: Canvas, axes: Axes, start: Sequence[Point], editions: Sequence[Ahead]) -> None:
    """Both fans, from the last known place (or from nowhere) to the last edition."""
    _fan(canvas, axes, start, [each.before for each in editions], "pale")
    _fan(canvas, axes, start, [each.after for each in editions], "over")


def _fan(
    canvas: Canvas, axes: Axes, start: Sequence[Point], outlooks: Sequence[Outlook], kind: str
) -> None:
    x, y = axes
    for best, worst, share in BANDS:
        above = [(x(at.edition), y(getattr(at, best))) for at in outlooks]
        below = [(x(at.edition), y(getattr(at, worst))) for at in outlooks]
        canvas.area([*start, *above, *reversed(below)], f"{kind}{share}")
    middle = [(x(at.edition), y(at.rank_median)) for at in outlooks]
    canvas.path([*start, *middle], "median" if kind == "over" else "median still")


def ends(canvas: Canvas, axes: Axes, last: Ahead) -> None:
    """The medians and the outer ends of the scenario at the right edge."""
    x, y = axes
    ranks = [
        (last.after.rank_p10, "muted"),
        (last.after.rank_median, "focal"),
        (last.after.rank_p90, "muted"),
    ]
    if last.before.rank_median not in [rank for rank, _kind in ranks]:
        ranks.append((last.before.rank_median, "muted"))
    heights = spread([y(rank) for rank, _kind in ranks], 16, y.start, y.end)
    for (rank, kind), height in zip(ranks, heights, strict=True):
        canvas.words((x.end + 6, height), str(rank), kind)


def odds_rows(
    canvas: Canvas, x: Scale, editions: Sequence[Ahead], level: float, *, narrow: bool
) -> None:
    """Two lines under the picture: the odds of doing nothing, and those of the scenario."""
    first = x(editions[0].edition) - 20
    rows: Sequence[tuple[str, str, Callable[[Ahead], Outlook], str]] = (
        (_("odds if nothing changes, %"), _("nothing, %"), lambda at: at.before, "muted"),
        (_("odds in the scenario, %"), _("scenario, %"), lambda at: at.after, "focal"),
    )
    for turn, (long, short, which, kind) in enumerate(rows):
        low = level + 20 * turn
        says = short if narrow or width_of(long) > first else long
        canvas.words((first, low), says, kind, anchor="end")
        for at in editions:
            words = percent(which(at).p_top)
            canvas.words((x(at.edition), low), words, kind, anchor="middle")


def percent(odds: float) -> str:
    """Odds in whole percent; draws can show neither certainty nor impossibility.

    >>> percent(0.004), percent(0.42), percent(0.996)
    ('<1', '42', '>99')
    """
    if odds < 0.01:
        return "<1"
    return ">99" if odds > 0.99 else number(100 * odds)
