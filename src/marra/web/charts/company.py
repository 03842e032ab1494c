"""Peers: where countries that are alike, near or climbing stood three editions ago and stand now.

Source: ours; peers are found by marra.index.peers; ranks as published.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from marra.index import peers
from marra.web.charts.asked import Asked
from marra.web.charts.canvas import Canvas, width_of
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.empty import says
from marra.web.charts.reading import Surveys, figures
from marra.web.charts.scales import Scale, rank_ticks
from marra.web.charts.words import citation, country, source

TAKES = ("place", "edition", "peers")
COUNT = 8
BACK = 3  # editions between the two dots

FINDINGS = {
    "profile": gettext_noop("Most like {country}: {names}"),
    "region": gettext_noop("Most like {country} in its region: {names}"),
    "subregion": gettext_noop("Most like {country} in its part of the world: {names}"),
    "income": gettext_noop("Most like {country} in its income group: {names}"),
    "climbers": gettext_noop("Ahead of {country} and climbed most since {year}: {names}"),
}


@dataclass(frozen=True, slots=True)
class Mate:
    """One line: a country's rank then and now."""

    place: str
    name: str
    before: int | None
    now: int
    egdi: float
    is_own: bool


def peer_ranks(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """The country and its peers, by rank then and now."""
    survey = surveys[asked.edition]
    since = _since(surveys, asked.edition)
    mates = _mates(surveys, asked, since, language)
    title = _finding(mates, asked, since, language)
    columns = (
        Column("country", _("Country"), words=True),
        Column("iso3", _("Code"), words=True),
        Column("rank", _("Rank in {year}").format(year=asked.edition)),
        Column("rank_before", _("Rank in {year}").format(year=since) if since else _("Before")),
        Column("egdi", _("EGDI"), digits=4),
    )
    rows = tuple((m.name, m.place, m.now, m.before, m.egdi) for m in mates)
    years = [asked.edition, *([since] if since else [])]
    return Chart(
        name="peers",
        language=language,
        title=title,
        subtitle=_("Rank in {then} (ring) and in {now} (dot); 1 is the best.").format(
            then=since or "–", now=asked.edition
        ),
        alternative=f"{title}. "
        + "; ".join(f"{m.name}: {m.before or '–'} → {m.now}" for m in mates),
        table=Table(columns, rows),
        source=source(years),
        note=_("Likeness compares OSI, TII and HCI, each by its spread over all countries."),
        citation=citation(title, surveys, years),
        query=asked.query(TAKES),
        data_version=survey.version,
        edition_version=survey.edition.version,
        draw=lambda width: _draw(width, mates) if mates else says(width, title),
    )


def _since(surveys: Surveys, year: int) -> int | None:
    earlier = sorted(other for other in surveys if other < year)
    return earlier[-BACK] if len(earlier) >= BACK else None


def _mates(surveys: Surveys, asked: Asked, since: int | None, language: str) -> list[Mate]:
    survey = surveys[asked.edition]
    if figures(survey, asked.place).rank is None:
        return []
    found = peers(surveys, asked.place, asked.edition, kind=asked.peers, count=COUNT)
    if not found:
        return []
    mates = []
    for code in (asked.place, *(peer.place for peer in found)):
        now = figures(survey, code)
        then = figures(surveys[since], code).rank if since else None
        name = country(code, language)
        mates.append(
            Mate(code, name, then, now.rank or 0, now.values["egdi"] or 0, code == asked.place)
        )
    return sorted(mates, key=lambda mate: (mate.now, mate.name))


def _finding(mates: Sequence[Mate], asked: Asked, since: int | None, language: str) -> str:
    name = country(asked.place, language)
    if not mates:
        return _("{country}: no such peers in {year}").format(country=name, year=asked.edition)
    others = [mate for mate in mates if not mate.is_own]
    if asked.peers == "climbers":
        others.sort(key=lambda mate: mate.now - (mate.before or mate.now))
        names = ", ".join(f"{m.name} ({m.before} → {m.now})" for m in others[:3])
    else:
        names = ", ".join(mate.name for mate in others[:4])
    return _(FINDINGS[asked.peers]).format(country=name, names=names, year=since)


def _draw(width: int, mates: Sequence[Mate]) -> Canvas:
    narrow = width <= NARROW
    row = 46 if narrow else 36
    canvas = Canvas(width, row * len(mates) + 40)
    ranks = [rank for mate in mates for rank in (mate.now, mate.before) if rank]
    start = 24 if narrow else 40 + max(width_of(mate.name) for mate in mates)
    x = Scale(max(1, min(ranks) - 2), max(ranks) + 2, min(start, width * 0.55), width - 40)
    floor = canvas.height - 32
    for tick in rank_ticks(int(x.low), int(x.high), 4 if narrow else 6):
        canvas.line((x(tick), 0), (x(tick), floor), "grid")
        canvas.words((x(tick), floor + 16), str(tick), "muted", anchor="middle")
    for turn, mate in enumerate(mates):
        _line(canvas, x, row * turn, mate, narrow=narrow)
    return canvas


def _line(canvas: Canvas, x: Scale, top: float, mate: Mate, *, narrow: bool) -> None:
    middle = top + (34 if narrow else 18)
    kind = "focal halo" if mate.is_own else "halo"
    canvas.words((0, top + 12 if narrow else middle), mate.name, kind)
    if mate.before:
        stem = "gap" if mate.is_own else "stem"
        canvas.line((x(mate.before), middle), (x(mate.now), middle), stem)
        canvas.dot((x(mate.before), middle), 5, "open")
    canvas.dot((x(mate.now), middle), 6, "focal edge" if mate.is_own else "rival edge")
    worse = mate.before is not None and mate.before < mate.now
    at = x(mate.now) + (12 if worse or mate.before is None else -12)
    end = "start" if worse or mate.before is None else "end"
    bold = "focal halo" if mate.is_own else "strong halo"
    canvas.words((at, middle), str(mate.now), bold, anchor=end)
