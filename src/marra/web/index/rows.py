"""The rows of the table of all countries: made, filtered and sorted here, only drawn by the page.

Source: ours; groups are those of the survey (UN M49 regions, World Bank income, EGDI levels).
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.translation import gettext_noop as _

from marra.index import level
from marra.kit.errors import Invalid
from marra.kit.places import PLACES
from marra.language.fold import fold
from marra.web.charts import reading
from marra.web.charts.reading import Surveys

REGIONS: Final = {
    "africa": _("Africa"),
    "americas": _("Americas"),
    "asia": _("Asia"),
    "europe": _("Europe"),
    "oceania": _("Oceania"),
}
INCOMES: Final = {
    "low": _("Low income"),
    "lower-middle": _("Lower middle income"),
    "upper-middle": _("Upper middle income"),
    "high": _("High income"),
}
LEVELS: Final = {
    "very_high": _("Very high"),
    "high": _("High"),
    "middle": _("Middle"),
    "low": _("Low"),
}
SORTS: Final = ("rank", "name", "egdi", "osi", "tii", "hci", "epi", "change")
"""What the table can be sorted by."""
RISING: Final = ("rank", "name")
"""Of these, what begins with the smallest."""


class UnknownChoice(Invalid):
    """A filter or an order that the table does not have."""

    sentence = _("The table has no “{choice}” under “{filter}”. Choose one of these: {known}.")


@dataclass(frozen=True, slots=True)
class Row:
    """One country in one edition; None where there is no index or no edition before."""

    place: str
    name: str
    rank: int | None
    egdi: float | None
    osi: float | None
    tii: float | None
    hci: float | None
    epi: float | None
    change: int | None  # places gained since the edition before
    level: str
    region: str
    income: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks of the table."""

    sort: str = "rank"
    order: str = "asc"
    region: str = ""
    income: str = ""
    level: str = ""
    q: str = ""

    @property
    def ordered(self) -> bool:
        """Whether another order than the published one is asked for."""
        return (self.sort, self.order) != ("rank", "asc")


def chosen(query: Mapping[str, str]) -> Choice:
    """The choice as the address states it; refuses with `UnknownChoice`.

    >>> chosen({"sort": "egdi", "region": "asia"})
    Choice(sort='egdi', order='desc', region='asia', income='', level='', q='')
    """
    sort = _one(query, "sort", SORTS) or "rank"
    return Choice(
        sort=sort,
        order=_one(query, "order", ("asc", "desc")) or ("asc" if sort in RISING else "desc"),
        region=_one(query, "region", REGIONS),
        income=_one(query, "income", INCOMES),
        level=_one(query, "level", LEVELS),
        q=query.get("q", "").strip()[:80],
    )


def _one(query: Mapping[str, str], name: str, known: Mapping[str, str] | tuple[str, ...]) -> str:
    choice = query.get(name, "")
    if choice and choice not in known:
        raise UnknownChoice(choice=choice[:40], filter=name, known=", ".join(known))
    return choice


def all_rows(surveys: Surveys, year: int, language: str) -> list[Row]:
    """Every member state of an edition, in the published order, those without an index last."""
    before = max((other for other in surveys if other < year), default=None)
    rows = [_row(surveys, year, before, code, language) for code in surveys[year].places]
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0, in_order(row.name)))


def _row(surveys: Surveys, year: int, before: int | None, code: str, language: str) -> Row:
    now = reading.figures(surveys[year], code)
    then = reading.figures(surveys[before], code).rank if before else None
    values = now.values
    egdi = values["egdi"]
    return Row(
        place=code,
        name=PLACES[code].name.into(language),
        rank=now.rank,
        egdi=egdi,
        osi=values["osi"],
        tii=values["tii"],
        hci=values["hci"],
        epi=values["epi"],
        change=then - now.rank if then and now.rank else None,
        level=level(egdi) if egdi is not None else "",
        region=PLACES[code].region,
        income=PLACES[code].income or "",
    )


def select(rows: list[Row], choice: Choice) -> list[Row]:
    """The rows that the choice lets through, in its order; those without a value stay last."""
    wanted = fold(choice.q)
    kept = [
        row
        for row in rows
        if choice.region in {"", row.region}
        and choice.income in {"", row.income}
        and choice.level in {"", row.level}
        and (not wanted or wanted in folded(row.name) or wanted == row.place.lower())
    ]
    if choice.sort == "name":
        kept.sort(key=lambda row: in_order(row.name), reverse=choice.order == "desc")
        return kept
    known = [row for row in kept if getattr(row, choice.sort) is not None]
    known.sort(key=lambda row: getattr(row, choice.sort), reverse=choice.order == "desc")
    return known + [row for row in kept if getattr(row, choice.sort) is None]


@cache
def folded(name: str) -> str:
    """The key for comparing a country's name with what somebody typed."""
    return fold(name)


@cache
def in_order(name: str) -> str:
    """The key that puts names in the order of their alphabet.

    >>> sorted(["Чили", "Австрия", "Ўзбекистон"], key=in_order)
    ['Австрия', 'Чили', 'Ўзбекистон']
    >>> sorted(["Zambia", "Åland", "Belgium"], key=in_order)
    ['Åland', 'Belgium', 'Zambia']
    """
    small = name.casefold()
    if "а" <= small[0] <= "ӿ":
        return small.replace("ё", "е")
    return "".join(c for c in unicodedata.normalize("NFKD", small) if c.isalnum() or c == " ")
