"""How many places countries from around a place gained in so many years, and how many are needed.

Source: ours; counted by marra.index.reference_class; ranks as published.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marra.index import RankGains, rank_gains
from marra.index.reference_class import widened
from marra.web.charts.asked import Asked
from marra.web.charts.canvas import Canvas, width_of
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.empty import says
from marra.web.charts.episodes import TAKES, class_of, nothing_to_count
from marra.web.charts.reading import Surveys, figures
from marra.web.charts.scales import Scale, ticks
from marra.web.charts.words import citation, country, source
from marra.web.formats import number, signed

STEP = 5
QUANTILES = (0.5, 0.75, 0.9, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class Bin:
    """Gains from `low` to `low` + 4 places, and how many starts had them."""

    low: int
    count: int


def gains_of(surveys: Surveys, asked: Asked) -> RankGains | None:
    """The gains of those who started around the country's place; None without such a band."""
    found = class_of(surveys, asked)
    if found is None:
        return None
    band = widened(found.band, len(surveys[asked.edition].places))
    return rank_gains(surveys, band, years=asked.years)


def gains_of_all(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """The distribution of gains, and the part of it that the country needs."""
    gains, needed = gains_of(surveys, asked), _needed(surveys, asked)
    title = _finding(gains, needed, surveys, asked, language)
    bins = _bins(gains.values, needed) if gains and gains.values else []
    years = sorted(surveys)
    latest = surveys[years[-1]]
    whole = len(gains.values) if gains else 1
    return Chart(
        name="rank-gains",
        language=language,
        title=title,
        subtitle=ngettext(
            "Starts by places gained in {years} year, from places {first}–{last}; "
            "negative: places lost.",
            "Starts by places gained in {years} years, from places {first}–{last}; "
            "negative: places lost.",
            asked.years,
        ).format(
            years=asked.years,
            first=gains.band[0] if gains else "–",
            last=gains.band[1] if gains else "–",
        ),
        alternative=f"{title}. {_quantiles(gains)}".strip(),
        table=Table(
            _columns(),
            tuple(
                (b.low, b.low + STEP - 1, b.count, round(100 * b.count / whole, 2)) for b in bins
            ),
        ),
        source=source(years),
        note=_quantiles(gains),
        citation=citation(title, surveys, years),
        query=asked.query(TAKES),
        data_version=latest.version,
        edition_version=latest.edition.version,
        draw=lambda width: _draw(width, bins, needed) if bins else says(width, title),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("gained_from", _("Places gained, from")),
        Column("gained_to", _("Places gained, to")),
        Column("starts", _("Starts")),
        Column("share", _("Share, %"), digits=1),
    )


def _needed(surveys: Surveys, asked: Asked) -> int | None:
    """Places between the country and the goal."""
    rank = figures(surveys[asked.edition], asked.place).rank
    return rank - asked.to if rank and rank > asked.to else None


def _finding(
    gains: RankGains | None, needed: int | None, surveys: Surveys, asked: Asked, language: str
) -> str:
    if gains is None:
        return nothing_to_count(surveys, asked, language)
    if needed is None or not gains.values:
        return ngettext(
            "Places gained in {years} year: {count} starts",
            "Places gained in {years} years: {count} starts",
            asked.years,
        ).format(years=asked.years, count=len(gains.values))
    share = gains.share_of(needed)
    words = ngettext(
        "{country} needs {needed} places: {reached} of {starts} starts gained as many in "
        "{years} year ({share} %)",
        "{country} needs {needed} places: {reached} of {starts} starts gained as many in "
        "{years} years ({share} %)",
        asked.years,
    )
    return words.format(
        country=country(asked.place, language),
        needed=needed,
        reached=share.reached,
        starts=share.starts,
        years=asked.years,
        share=number(100 * (share.value or 0.0), 1),
    )


def _quantiles(gains: RankGains | None) -> str:
    if gains is None or not gains.values:
        return ""
    half, three, nine, most, all_but_one = (signed(gains.quantile(q)) for q in QUANTILES)
    return _(
        "Half of the starts gained {half} or less, 75 % {three} or less, 90 % {nine} or less, "
        "95 % {most} or less, 99 % {all_but_one} or less."
    ).format(half=half, three=three, nine=nine, most=most, all_but_one=all_but_one)


def _bins(values: Sequence[int], needed: int | None) -> list[Bin]:
    """Bins of five places, one of which begins with what is needed."""
    offset = (needed or 0) % STEP
    lows = [(value - offset) // STEP * STEP + offset for value in values]
    return [Bin(low, lows.count(low)) for low in range(min(lows), max(lows) + 1, STEP)]


def _draw(width: int, bins: Sequence[Bin], needed: int | None) -> Canvas:
    narrow = width <= NARROW
    canvas = Canvas(width, 250 if narrow else 280)
    low, high = bins[0].low, max(bins[-1].low, needed or bins[-1].low) + STEP
    x = Scale(low, high, 34, width - 10)
    y = Scale(0, max(b.count for b in bins), canvas.height - 52, 44)
    for tick in ticks(0, y.high, 3):
        canvas.line((x.start, y(tick)), (x.end, y(tick)), "grid" if tick else "axis")
        canvas.words((x.start - 8, y(tick)), number(tick), "muted", anchor="end")
    for each in bins:
        kind = "focal" if needed is not None and each.low >= needed else "crowd"
        if each.count:
            left, right = x(each.low) + 1, x(each.low + STEP) - 1
            canvas.bar((left, y(each.count)), right - left, y.start - y(each.count), kind)
    for tick in ticks(low, high, 4 if narrow else 8):
        spot = min(x(tick), width - 16)
        canvas.words((spot, y.start + 16), signed(tick), "muted", anchor="middle")
    canvas.words((x.end, y.start + 38), _("places gained"), "muted", anchor="end")
    if needed is not None:
        _mark(canvas, x(needed), y, _("needed: {places}").format(places=signed(needed)))
    return canvas


def _mark(canvas: Canvas, across: float, y: Scale, words: str) -> None:
    """The line from which on the gains are enough, named above."""
    canvas.line((across, 24), (across, y.start), "gap")
    fits = across + 1.08 * width_of(words) <= canvas.width
    canvas.words(
        (across if fits else canvas.width, 10),
        words,
        "focal halo",
        anchor="start" if fits else "end",
    )
