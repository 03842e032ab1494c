"""All countries on one line of values: where the country stands in the crowd.

Each country is one dot, stacked where values are close; nothing is averaged away.

Source: ours; values as published; level limits 0.25, 0.50, 0.75 as the survey uses them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marra.index.survey import Survey
from marra.web.charts.asked import Asked
from marra.web.charts.canvas import Canvas, width_of, wrap
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.empty import says
from marra.web.charts.reading import Surveys, at_rank, column, ranked
from marra.web.charts.scales import Scale
from marra.web.charts.words import citation, country, measure_in_full, source
from marra.web.formats import number

TAKES = ("place", "edition", "to", "of")
HIGH, LOW = 14, 36


@dataclass(frozen=True, slots=True)
class Dot:
    """One country's value."""

    place: str
    name: str
    value: float
    rank: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a country's dot lies: pixels across, and up its pile."""

    dot: Dot
    across: float
    up: float


def distribution(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """Every country's value of one measure, the focal one and the target place marked."""
    survey = surveys[asked.edition]
    dots = _dots(survey, asked.of, language)
    goal = survey.places[at_rank(survey, asked.to)]
    title = _finding(dots, asked, language)
    columns = (
        Column("country", _("Country"), words=True),
        Column("iso3", _("Code"), words=True),
        Column("rank", _("Rank by EGDI")),
        Column(asked.of, measure_in_full(asked.of), digits=4),
    )
    left_out = len(survey.places) - len(dots)
    return Chart(
        name="distribution",
        language=language,
        title=title,
        subtitle=_("{measure} in {year}, from 0 to 1; one dot is one country.").format(
            measure=measure_in_full(asked.of), year=asked.edition
        ),
        alternative=_alternative(title, dots),
        table=Table(columns, tuple((dot.name, dot.place, dot.rank, dot.value) for dot in dots)),
        source=source([asked.edition]),
        note=_("Countries without a value are not shown: {count}.").format(count=left_out)
        if left_out
        else "",
        citation=citation(title, surveys, [asked.edition]),
        query=asked.query(TAKES),
        data_version=survey.version,
        edition_version=survey.edition.version,
        draw=lambda width: _draw(width, dots, asked, goal) if dots else says(width, title),
    )


def _dots(survey: Survey, measure: str, language: str) -> list[Dot]:
    values = column(survey, measure)
    dots = []
    for row in ranked(survey):
        if values[row] == values[row]:
            place = survey.places[row]
            name, rank = country(place, language), int(survey.ranks[row])
            dots.append(Dot(place, name, float(values[row]), rank))
    return sorted(dots, key=lambda dot: (-dot.value, dot.rank))


def _finding(dots: Sequence[Dot], asked: Asked, language: str) -> str:
    name = country(asked.place, language)
    own = next((dot for dot in dots if dot.place == asked.place), None)
    if own is None:
        return _("{country}: no index in {year}").format(country=name, year=asked.edition)
    ahead = sum(dot.value > own.value for dot in dots)
    behind = sum(dot.value < own.value for dot in dots)
    return _("{country}: {value}; {ahead} countries are higher, {behind} are lower").format(
        country=name, value=number(own.value, 3), ahead=ahead, behind=behind
    )


def _alternative(title: str, dots: Sequence[Dot]) -> str:
    if not dots:
        return title
    return _("{title}. Lowest {low}, median {median}, highest {high}.").format(
        title=title,
        low=number(dots[-1].value, 4),
        median=number(dots[len(dots) // 2].value, 4),
        high=number(dots[0].value, 4),
    )


def _draw(width: int, dots: Sequence[Dot], asked: Asked, goal: str) -> Canvas:
    radius, step = (2.5, 5.5) if width <= NARROW else (4, 9)
    x = Scale(0, 1, 12, width - 12)
    heights: Counter[int] = Counter()
    spots: list[Spot] = []
    for dot in dots:
        pile = round(x(dot.value) / step)
        spots.append(Spot(dot, x(dot.value), heights[pile] * step))
        heights[pile] += 1
    tallest = max(heights.values()) * step
    foot = 62 if width <= NARROW else 44  # names of levels may need two lines
    canvas = Canvas(width, tallest + 66 + foot)
    floor = canvas.height - foot
    _axis(canvas, x, floor, asked)
    for spot in spots:
        if spot.dot.place not in (asked.place, goal):
            canvas.dot((spot.across, floor - radius - 2 - spot.up), radius, "crowd")
    marked = [spot for spot in spots if spot.dot.place in (asked.place, goal)]
    _marks(canvas, sorted(marked, key=lambda spot: spot.across), floor, radius, asked)
    return canvas


def _axis(canvas: Canvas, x: Scale, floor: float, asked: Asked) -> None:
    canvas.line((x.start, floor), (x.end, floor), "axis")
    for tick in (0, 0.25, 0.5, 0.75, 1):
        written = number(tick, 2 if tick % 1 else 0)
        canvas.words((x(tick), floor + 16), written, "muted", anchor="middle")
    if asked.of != "egdi":
        return
    names = (_("low"), _("middle"), _("high"), _("very high"))
    for turn, name in enumerate(names):
        for down, line in enumerate(wrap(name, (x.end - x.start) / 4 - 4)):
            at = (x(0.125 + turn * 0.25), floor + 34 + 18 * down)
            canvas.words(at, line, "muted", anchor="middle")
        if turn:
            canvas.line((x(turn * 0.25), 52), (x(turn * 0.25), floor), "break")


def _marks(
    canvas: Canvas, spots: Sequence[Spot], floor: float, radius: float, asked: Asked
) -> None:
    for spot, label in zip(spots, _labels(canvas.width, spots, asked), strict=True):
        own = spot.dot.place == asked.place
        height = floor - radius - 2 - spot.up
        canvas.line(
            (spot.across, label.level + 10), (spot.across, height), "gap" if own else "link"
        )
        if own:
            canvas.dot((spot.across, height), radius + 3, "focal edge")
        else:
            canvas.diamond((spot.across, height), radius + 3, "ink")
        kind = "focal halo" if own else "strong halo"
        canvas.words((label.across, label.level), label.words, kind, anchor=label.anchor)


@dataclass(frozen=True, slots=True)
class Label:
    """Where the words of a marked country stand."""

    across: float
    level: float
    words: str
    anchor: str


def _labels(width: float, spots: Sequence[Spot], asked: Asked) -> list[Label]:
    """Words away from the other mark's stem: the left mark's to its left, the right's to its
    right; where there is no room they go to the edge, one line higher than the other's.
    """
    labels = []
    for turn, spot in enumerate(spots):
        words = _caption(spot.dot, asked)
        room = width_of(words)
        last = turn == len(spots) - 1
        if last and (len(spots) > 1 or spot.across < width / 2) and spot.across + room <= width:
            labels.append(Label(spot.across, LOW, words, "start"))
        elif not (last and len(spots) > 1) and spot.across - room >= 0:
            labels.append(Label(spot.across, LOW, words, "end"))
        elif last:
            taken = any(label.level == HIGH for label in labels)
            labels.append(Label(width, LOW if taken else HIGH, words, "end"))
        else:
            labels.append(Label(0, HIGH, words, "start"))
    return labels


def _caption(dot: Dot, asked: Asked) -> str:
    value = number(dot.value, 3)
    if dot.place == asked.place:
        return f"{dot.name} {value}"
    return f"{dot.name} ({_('place {rank}').format(rank=asked.to)}) {value}"
