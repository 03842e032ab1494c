"""Raw inputs of an edition's pillars, one value a row: `edition,iso3,indicator,value,unit,...`.

The column `source` says where a value is from and `data_year` which year it describes; a value
without a source is refused, for it could never be checked.

Source: ours; the indicators are those that the edition's file names.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from marra.evidence.rules import cells
from marra.kit.findings import Findings
from marra.kit.tables import Row, Table
from marra.kit.text import gettext_noop

COLUMNS: Final = ("edition", "iso3", "indicator", "value", "unit", "source", "data_year")
LARGEST_VALUE: Final = 10_000.0

ALSO_CALLED: Final = {
    "internet": "tii.internet",
    "mobile": "tii.mobile",
    "mobile_bb": "tii.mobile_broadband",
    "fixed_bb": "tii.fixed_broadband",
    "fixed_tel": "tii.fixed_telephone",
    "basket_fixed_bb_5GB": "tii.basket_fixed_broadband",
    "basket_mobile_high_2GB": "tii.basket_mobile",
}
"""Short names of older tables."""

NO_COLUMN = gettext_noop("There is no column “{name}”. The head must be: {expected}.")
NO_INDICATOR = gettext_noop("“{cell}” is not an input of edition {edition}. Use one of: {known}.")
NO_SOURCE = gettext_noop("The value has no source. Say where it is from.")
TWICE = gettext_noop(
    "{place} has {indicator} of edition {edition} twice, first in line {first}. Remove one."
)
LATER = gettext_noop("A value of {data_year} cannot have entered edition {edition}.")


@dataclass(frozen=True, slots=True)
class Given:
    """One raw value of one country in one edition."""

    line: int
    place: str
    indicator: str
    value: float
    unit: str
    source: str
    data_year: int | None


def read(
    table: Table, known: dict[int, frozenset[str]], findings: Findings
) -> dict[int, list[Given]]:
    """The values of each edition; `known` names the inputs that each edition has."""
    for name in COLUMNS:
        if name not in table.head:
            findings.refuse(NO_COLUMN, line=1, column=name, name=name, expected=", ".join(COLUMNS))
    found: dict[int, list[Given]] = defaultdict(list)
    if findings.wrong:
        return found
    first: dict[tuple[int, str, str], int] = {}
    for row in table.rows:
        edition = cells.year(row, "edition", findings)
        given = _given(row, edition, known.get(edition, frozenset()), findings)
        if given is None:
            continue
        key = (edition, given.place, given.indicator)
        if key in first:
            findings.refuse(
                TWICE,
                line=row.line,
                column="indicator",
                place=given.place,
                indicator=given.indicator,
                edition=edition,
                first=first[key],
            )
        else:
            first[key] = row.line
            found[edition].append(given)
    return found


def _given(row: Row, edition: int, known: frozenset[str], findings: Findings) -> Given | None:
    place = cells.country_by_code(row, findings)
    value = cells.value(row, "value", findings, least=0.0, most=LARGEST_VALUE)
    indicator = ALSO_CALLED.get(row.cells["indicator"], row.cells["indicator"])
    if edition and indicator not in known:
        findings.refuse(
            NO_INDICATOR,
            line=row.line,
            column="indicator",
            cell=indicator[:40],
            edition=edition,
            known=", ".join(sorted(known)) or "–",
        )
        return None
    source = row.cells["source"]
    if not source:
        findings.refuse(NO_SOURCE, line=row.line, column="source")
    data_year = cells.year(row, "data_year", findings) if row.cells["data_year"] else None
    if data_year and edition and data_year > edition:
        findings.refuse(
            LATER, line=row.line, column="data_year", data_year=data_year, edition=edition
        )
    if not (edition and place and source and value is not None):
        return None
    unit = row.cells["unit"][:40]
    return Given(row.line, place, indicator, value, unit, source[:80], data_year)
