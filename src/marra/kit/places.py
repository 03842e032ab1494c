"""Places: the 193 member states of the United Nations, and every name they go by in the survey.

Three tables lie beside this file. `places.csv` has codes, groups and the names that we print.
`place_names.csv` is the explicit list of spellings found in the files of the Data Center, today's
and older ones; a spelling that is not in it is refused, never guessed. `place_groups.csv` names
regions, subregions, incomes and the three groups of states in special situations.

A name is short and as the United Nations writes it, without what it puts in brackets: "Iran",
"Republic of Korea", "Türkiye". Groups are those of today, in every edition: the survey does not
publish the membership of earlier years. Nauru lies in Micronesia, as in M49. The World Bank gives
no income for the Democratic People's Republic of Korea and Venezuela in the table we took.

Source: codes and regions, UN M49 and ISO 3166-1; LDC, LLDC and SIDS, UN OHRLLS; income, World Bank
2025; names, Unicode CLDR as in Babel 2.18, read over by hand (see data/SOURCES.md).
"""

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from marra.kit.errors import Invalid, NotFound
from marra.kit.text import Text, gettext_noop


class NoSuchPlace(NotFound):
    """No member state has this code; the nearest ones are offered."""

    sentence = gettext_noop(
        "No member state has the code “{code}”. Use three letters of ISO 3166-1, such as {near}."
    )


class UnknownPlaceName(Invalid):
    """The Data Center never spelt a country so; the nearest spellings are offered."""

    sentence = gettext_noop(
        "“{name}” is not a name that the UN Data Center uses for a country. "
        "Correct the spelling; the nearest are: {near}."
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A member state: its codes, its names, and the groups it belongs to today.

    `region`, `subregion` and `income` are codes; `REGIONS`, `SUBREGIONS` and `INCOMES` name them.
    `income` is None where the World Bank gives none.
    """

    iso3: str
    iso2: str
    m49: int
    name: Text
    region: str
    subregion: str
    income: str | None
    ldc: bool
    lldc: bool
    sids: bool


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = (files("marra.kit") / table).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _text(row: Mapping[str, str]) -> Text:
    return Text(row["uz"], row["uz_cyrl"], row["ru"], row["en"])


def _place(row: Mapping[str, str]) -> Place:
    return Place(
        iso3=row["iso3"],
        iso2=row["iso2"],
        m49=int(row["m49"]),
        name=_text(row),
        region=row["region"],
        subregion=row["subregion"],
        income=row["income"] or None,
        ldc=row["ldc"] == "1",
        lldc=row["lldc"] == "1",
        sids=row["sids"] == "1",
    )


def _named(kind: str) -> Mapping[str, Text]:
    rows = _rows("place_groups.csv")
    return MappingProxyType({row["code"]: _text(row) for row in rows if row["kind"] == kind})


PLACES: Final[Mapping[str, Place]] = MappingProxyType(
    {row["iso3"]: _place(row) for row in _rows("places.csv")}
)
"""The 193 member states by ISO 3166-1 alpha-3 code, in the order of the codes."""

REGIONS: Final = _named("region")
"""Names of the five regions, by the codes that places carry."""

SUBREGIONS: Final = _named("subregion")
"""Names of the 22 subregions, by the codes that places carry."""

INCOMES: Final = _named("income")
"""Names of the World Bank's four income groups, from low to high."""

STATUSES: Final = _named("status")
"""Names of the states in special situations, by the fields of a place: ldc, lldc, sids."""


def place(iso3: str) -> Place:
    """The member state with this alpha-3 code, in capitals or not.

    Raises NoSuchPlace, which offers the codes of the nearest names.

    >>> place("UZB").name.uz
    'Oʻzbekiston'
    >>> place("Kazakstan")
    Traceback (most recent call last):
    marra.kit.places.NoSuchPlace: No member state has the code “Kazakstan”. Use three letters ...
    """
    found = PLACES.get(iso3.strip().upper())
    if found is None:
        raise NoSuchPlace(code=iso3, near=", ".join(_near_codes(iso3)))
    return found


def by_survey_name(name: str) -> str:
    """The alpha-3 code of a country as the Data Center of the survey spells it.

    Letter case, the kind of apostrophe and spare blanks do not matter; every other letter does.
    Raises UnknownPlaceName, which offers the nearest spellings.

    >>> by_survey_name("Georgia (Country)"), by_survey_name("Cote d’Ivoire ")
    ('GEO', 'CIV')
    """
    found = _spellings().get(_plain(name))
    if found is None:
        raise UnknownPlaceName(name=name, near=", ".join(_near_spellings(name)))
    return found[1]


def _plain(name: str) -> str:
    """The name without what carries no meaning: case, kinds of apostrophe, spare blanks."""
    text = unicodedata.normalize("NFC", name).casefold()
    for apostrophe in "’‘ʼʻ`´":
        text = text.replace(apostrophe, "'")
    return " ".join(text.split())


@cache
def _spellings() -> dict[str, tuple[str, str]]:
    return {_plain(row["name"]): (row["name"], row["iso3"]) for row in _rows("place_names.csv")}


@cache
def _words() -> dict[str, str]:
    """Everything a person may have meant by a code: codes, names in the four languages."""
    words = {spelling: iso3 for spelling, (_, iso3) in _spellings().items()}
    for each in PLACES.values():
        name = each.name
        for word in (name.uz, name.uz_cyrl, name.ru, name.en, each.iso2, each.iso3):
            words.setdefault(_plain(word), each.iso3)
    return words


def _near_codes(word: str) -> list[str]:
    words = _words()
    if meant := words.get(_plain(word)):
        return [meant]
    near = get_close_matches(_plain(word), words, n=6, cutoff=0.6)
    codes = dict.fromkeys(words[each] for each in near)
    return list(codes)[:3] or ["UZB"]


def _near_spellings(name: str) -> list[str]:
    spellings = {plain: row for plain, row in _spellings().items() if "?" not in plain}
    near = get_close_matches(_plain(name), spellings, n=3, cutoff=0.0)
    return [spellings[each][0] for each in near]
