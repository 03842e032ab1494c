"""The series of one indicator: each basis a line of its own, breaks of basis drawn, target too.

Lines of two bases are never joined. Where the basis of the newest values changes, a dotted line
stands with a word, as at a break of method. What the Survey used stands apart, in squares.

Source: ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from marra.web import formats
from marra.web.charts.canvas import Canvas, column_for, width_of
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.scales import Scale, spread, ticks

KINDS: Final = ("focal", "rival", "ink")
"""The looks of lines, the basis of the newest value first; further bases are pale."""

SURVEY: Final = "survey"


@dataclass(frozen=True, slots=True)
class Dot:
    """One value; `basis` is the name that readers see."""

    day: date
    value: float
    basis: str
    source: str
    written: str  # the value as pages write it
    is_survey: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is to be drawn of an indicator."""

    code: str
    name: str
    unit: str
    up: bool
    digits: int
    dots: tuple[Dot, ...]  # oldest first
    breaks: tuple[date, ...]  # days on which another basis than before came
    target: tuple[float, date, str] | None  # value, day, as written
    data_version: str
    edition_version: str


def series(drawn: Drawn, language: str) -> Chart:
    """The chart of an indicator's whole series."""
    columns = (
        Column("day", _("Day"), words=True),
        Column("value", drawn.unit or _("Value"), digits=drawn.digits),
        Column("basis", _("Basis"), words=True),
        Column("source", _("Source"), words=True),
    )
    rows = tuple(
        (formats.day(each.day), each.value, each.basis, each.source)
        for each in reversed(drawn.dots)
    )
    title = _title(drawn)
    note = _("A dotted line marks a day on which values came on another basis than before.")
    return Chart(
        name="series",
        language=language,
        title=title,
        subtitle=", ".join(filter(None, (drawn.name, drawn.unit, _span(drawn)))),
        alternative=_alternative(drawn, title),
        table=Table(columns, rows),
        source=_("observations kept here; the source of each value stands in the table."),
        note=note if drawn.breaks else "",
        citation=_("{title}. Observations kept by Marra, data version {data}.").format(
            title=title, data=drawn.data_version
        ),
        query=f"indicator={drawn.code}",
        data_version=drawn.data_version,
        edition_version=drawn.edition_version,
        draw=lambda width: _draw(width, drawn),
        route="evidence-chart",
    )


def _newest(drawn: Drawn) -> Dot:
    own = [each for each in drawn.dots if not each.is_survey]
    return (own or drawn.dots)[-1]


def _title(drawn: Drawn) -> str:
    newest = _newest(drawn)
    same = [each for each in drawn.dots if each.basis == newest.basis]
    if len(same) < 2:
        return _("{name}: {value} on {day}").format(
            name=drawn.name, value=newest.written, day=formats.day(newest.day)
        )
    return _("{name}: from {first} to {last}").format(
        name=drawn.name, first=same[0].written, last=newest.written
    )


def _span(drawn: Drawn) -> str:
    first, last = drawn.dots[0].day.year, drawn.dots[-1].day.year
    return str(first) if first == last else f"{first}–{last}"


def _alternative(drawn: Drawn, title: str) -> str:
    told = [f"{formats.day(each.day)}: {each.written}" for each in drawn.dots[-24:]]
    return _("{title}. Values by day: {values}.").format(title=title, values="; ".join(told))


def _draw(width: int, drawn: Drawn) -> Canvas:
    narrow = width <= NARROW
    canvas = Canvas(width, 320 if narrow else 360)
    bases = _bases(drawn)
    names = [] if narrow else bases
    margin = 16 + (column_for(names, 210) if names else 0)
    low, high = _bounds(drawn)
    x = Scale(*_days(drawn), 58, width - max(margin, 24))
    ends = (canvas.height - 40, 40)
    y = Scale(low, high, *(ends if drawn.up else reversed(ends)))
    _frame(canvas, x, y, drawn, narrow=narrow)
    _breaks(canvas, x, drawn)
    _target(canvas, x, y, drawn)
    for number, basis in reversed(list(enumerate(bases))):
        kind = KINDS[number] if number < len(KINDS) else "crowd"
        _line(canvas, x, y, [each for each in drawn.dots if each.basis == basis], kind)
    _labels(canvas, x, y, drawn, bases, narrow=narrow)
    return canvas


def _bases(drawn: Drawn) -> list[str]:
    """The bases, that of the newest value first, the Survey's last."""
    newest = _newest(drawn).basis
    own = dict.fromkeys(each.basis for each in reversed(drawn.dots) if not each.is_survey)
    theirs = dict.fromkeys(each.basis for each in drawn.dots if each.is_survey)
    return list({newest: None, **own, **theirs})


def _days(drawn: Drawn) -> tuple[int, int]:
    days = [each.day.toordinal() for each in drawn.dots]
    if drawn.target:
        days.append(drawn.target[1].toordinal())
    return (min(days), max(days)) if min(days) < max(days) else (min(days) - 180, min(days) + 180)


def _bounds(drawn: Drawn) -> tuple[float, float]:
    values = [each.value for each in drawn.dots] + ([drawn.target[0]] if drawn.target else [])
    low, high = min(values), max(values)
    room = (high - low or abs(high) or 1.0) * 0.08
    return low - room, high + room


def _frame(canvas: Canvas, x: Scale, y: Scale, drawn: Drawn, *, narrow: bool) -> None:
    low, high = sorted((y.low, y.high))
    for tick in ticks(low, high, 4):
        written = _tick(tick, drawn.digits)
        canvas.line((x.start, y(tick)), (x.end, y(tick)), "grid")
        canvas.words((x.start - 8, y(tick)), written, "muted", anchor="end")
    floor = canvas.height - 40
    canvas.line((x.start, floor), (x.end, floor), "axis")
    first, last = date.fromordinal(round(x.low)).year, date.fromordinal(round(x.high)).year
    edge = -100.0
    for year in range(first, last + 2):
        at = x(date(year, 1, 1).toordinal())
        if x.start - 1 <= at <= x.end + 1 and at - edge >= (56 if narrow else 46):
            canvas.line((at, floor), (at, floor + 5), "axis")
            canvas.words((at, floor + 20), f"{year}", "muted", anchor="middle")
            edge = at


def _tick(value: float, digits: int) -> str:
    if abs(value) >= 1_000_000:
        return _("{n} m").format(n=formats.plain(value / 1_000_000))
    return formats.plain(round(value, max(digits, 2)))


def _breaks(canvas: Canvas, x: Scale, drawn: Drawn) -> None:
    for day in drawn.breaks:
        at = x(day.toordinal()) - 6
        canvas.line((at, 30), (at, canvas.height - 40), "break")
        canvas.words((at, 18), _("basis"), "muted", anchor="middle")


def _target(canvas: Canvas, x: Scale, y: Scale, drawn: Drawn) -> None:
    if drawn.target is None:
        return
    value, day, written = drawn.target
    told = _("target {value} by {day}").format(value=written, day=formats.day(day))
    canvas.line((x.start, y(value)), (x.end, y(value)), "goal")
    above = -12 if y(value) > 60 else 14
    canvas.words((x.start + 2, y(value) + above), told, "strong halo")


def _line(canvas: Canvas, x: Scale, y: Scale, dots: Sequence[Dot], kind: str) -> None:
    spots = [(x(each.day.toordinal()), y(each.value)) for each in dots]
    if dots[0].is_survey:
        for spot in spots:
            canvas.diamond(spot, 5, "ink" if kind != "focal" else "focal")
        return
    canvas.path(spots, kind)
    radius = 4 if len(spots) < 40 else 2
    for spot in spots:
        canvas.dot(spot, radius, f"{kind} edge" if radius > 2 else kind)


def _labels(
    canvas: Canvas, x: Scale, y: Scale, drawn: Drawn, bases: Sequence[str], *, narrow: bool
) -> None:
    """Each line's name beside its end; on a phone only the newest value is written."""
    last = {basis: next(d for d in reversed(drawn.dots) if d.basis == basis) for basis in bases}
    if narrow:
        newest = _newest(drawn)
        spot = (x(newest.day.toordinal()), y(newest.value) - 15)
        half = 1.1 * width_of(newest.written) / 2
        at = min(max(spot[0], x.start + half), canvas.width - half)
        canvas.words((at, spot[1]), newest.written, "focal halo", anchor="middle")
        return
    wanted = [y(last[basis].value) for basis in bases]
    places = spread(wanted, 34, 30, canvas.height - 50)
    for number, (basis, place) in enumerate(zip(bases, places, strict=True)):
        kind = KINDS[number] if number < 2 else "muted"
        across = x.end + 12
        canvas.words((across, place - 8), last[basis].written, f"{kind} strong halo")
        canvas.words((across, place + 9), _cut(basis, canvas.width - across), "muted halo")


def _cut(words: str, room: float) -> str:
    """The words, shortened where they do not fit."""
    if width_of(words) <= room:
        return words
    while words and width_of(f"{words}…") > room:
        words = words[:-1]
    return f"{words.rstrip()}…"
