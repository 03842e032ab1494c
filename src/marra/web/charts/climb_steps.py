"""What each part added in each step of a climb: in points of EGDI, and over the mean country.

Figures are rounded together, so that what is printed adds up to what is printed.

Source: ours; attribution by marra.index.climb.
"""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from marra.index import Climb
from marra.index.climb import REST, Mark, Move
from marra.web.charts.asked import Asked
from marra.web.charts.breaks import broken
from marra.web.charts.chart import Cell, Chart, Column, Table
from marra.web.charts.climb import followed, no_climb
from marra.web.charts.empty import says
from marra.web.charts.reading import Surveys
from marra.web.charts.rounding import rounded_together
from marra.web.charts.steps import Bar, draw
from marra.web.charts.words import citation, country, measure, measure_in_full, source
from marra.web.formats import number, signed

TAKES = ("place", "edition", "years")
DIGITS = 4


def gain_steps(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """The climb in points of EGDI."""
    return _chart(surveys, asked, language, over_mean=False)


def lead_steps(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """The same, counting only what was more than the mean country's."""
    return _chart(surveys, asked, language, over_mean=True)


def _chart(surveys: Surveys, asked: Asked, language: str, *, over_mean: bool) -> Chart:
    found = followed(surveys, asked)
    title = _finding(found, language, over_mean=over_mean) if found else no_climb(asked, language)
    bars = list(_bars(found, over_mean=over_mean)) if found else []
    years = [year for year in sorted(surveys) if year <= asked.edition][-2:]
    if found:
        years = [stop.year for stop in found.stops]
    survey = surveys[asked.edition]
    return Chart(
        name="climb-lead" if over_mean else "climb-gain",
        language=language,
        title=title,
        subtitle=_("Points of EGDI gained more than the mean of all countries, step by step.")
        if over_mean
        else _("Points of EGDI gained, step by step."),
        alternative=f"{title}. {_spoken(bars)}".strip(),
        table=Table(_columns(), tuple(_rows(found, over_mean=over_mean)) if found else ()),
        source=source(years),
        note=_note(over_mean=over_mean),
        citation=citation(title, surveys, years),
        query=asked.query(TAKES),
        data_version=survey.version,
        edition_version=survey.edition.version,
        draw=lambda width: draw(width, bars, DIGITS) if bars else says(width, title),
    )


def _note(*, over_mean: bool) -> str:
    if over_mean:
        return _(
            "What moves all countries alike, a new method or the spread of phones, cancels here: "
            "this is what moves a rank."
        )
    return _(
        "Each part is its change times its weight, so the steps add up. Scores are relative and "
        "methods change: points of different editions do not measure the same."
    )


def _finding(found: Climb, language: str, *, over_mean: bool) -> str:
    whole = found.over_mean if over_mean else found.points
    moves = [move for move in found.moves if move.name != REST]
    best = max(moves, key=lambda move: _of(move, over_mean=over_mean))
    words = (
        _("{country}, {since}–{until}: {whole} over the mean; most from: {part} ({share})")
        if over_mean
        else _("{country}, {since}–{until}: {whole} points of EGDI; most from: {part} ({share})")
    )
    return words.format(
        country=country(found.place, language),
        since=found.stops[0].year,
        until=found.stops[-1].year,
        whole=signed(whole, DIGITS),
        part=measure(best.name),
        share=signed(_of(best, over_mean=over_mean), DIGITS),
    )


def _of(move: Move, *, over_mean: bool) -> float:
    return move.over_mean if over_mean else move.points


def _name(name: str) -> str:
    return _("Weights and rounding") if name == REST else measure(name)


def printed(found: Climb, *, over_mean: bool) -> list[tuple[float, list[float]]]:
    """Each step's whole and its moves as they are printed: rounded together, so they add up."""
    wholes = [step.over_mean if over_mean else step.points for step in found.steps]
    return [
        (
            whole,
            rounded_together([_of(m, over_mean=over_mean) for m in step.moves], whole, DIGITS),
        )
        for step, whole in zip(
            found.steps, rounded_together(wholes, sum(wholes), DIGITS), strict=True
        )
    ]


def _bars(found: Climb, *, over_mean: bool) -> Iterator[Bar]:
    start = 0.0
    shown = printed(found, over_mean=over_mean)
    for step, (whole, inner) in zip(found.steps, shown, strict=True):
        value = step.over_mean if over_mean else step.points
        head = f"{step.since}–{step.until}"
        yield Bar((f"{head}: {_places(step.places)}", head), value, whole, start, "step")
        within = start
        for move, figure in zip(step.moves, inner, strict=True):
            moved = _of(move, over_mean=over_mean)
            if move.name != REST or figure:
                yield Bar((_name(move.name),), moved, figure, within, "inner")
            within += moved
        start += value
    yield Bar((_("Together"),), start, round(start, DIGITS), 0.0, "whole")


def _places(places: int) -> str:
    return _("{rank} in rank").format(rank=signed(places))


def _columns() -> tuple[Column, ...]:
    return (
        Column("since", _("Start")),
        Column("until", _("End")),
        Column("part", _("Part"), words=True),
        Column("contribution", _("Points of EGDI"), digits=DIGITS, signed=True),
        Column("rank_before", _("Rank before")),
        Column("rank_after", _("Rank after")),
        Column("method_change", _("Method changed"), words=True),
    )


def _rows(found: Climb, *, over_mean: bool) -> Iterator[tuple[Cell, ...]]:
    """One row for each part of each step, its whole, and the whole of all."""
    marks = {stop.year: stop.marks for stop in found.stops}
    shown = printed(found, over_mean=over_mean)
    for step, (whole, inner) in zip(found.steps, shown, strict=True):
        for move, figure in zip(step.moves, inner, strict=True):
            ranks = [_rank(marks[year], move.name) for year in (step.since, step.until)]
            name = _name(REST) if move.name == REST else measure_in_full(move.name)
            yield step.since, step.until, name, figure, *ranks, None
        ends = [marks[year]["egdi"].rank for year in (step.since, step.until)]
        yield step.since, step.until, _("whole"), whole, *ends, broken(step.breaks) or None
    first, last = found.stops[0], found.stops[-1]
    total = round(found.over_mean if over_mean else found.points, DIGITS)
    yield first.year, last.year, _("Together"), total, first.rank, last.rank, None


def _rank(marks: Mapping[str, Mark], name: str) -> int | None:
    return None if name == REST else marks[name].rank


def _spoken(bars: Sequence[Bar]) -> str:
    return "; ".join(f"{bar.names[-1]}: {number(bar.shown, DIGITS)}" for bar in bars)
