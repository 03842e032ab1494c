"""Cells: a number, a year, a rank or a country as people and programs write them.

Source: ours.
"""

from typing import Final

from marra.kit.cells import decimal
from marra.kit.findings import Findings
from marra.kit.places import PLACES, UnknownPlaceName, by_survey_name
from marra.kit.tables import Row
from marra.kit.text import gettext_noop

FIRST_YEAR: Final = 1980
LAST_YEAR: Final = 2100

NO_NUMBER = gettext_noop("“{cell}” is not a number. Write it with digits, such as 0.7999.")
OUT_OF_RANGE = gettext_noop("{cell} lies outside {least} to {most}. Check the column and the row.")
NO_RANK = gettext_noop("“{cell}” is not a rank. Write a whole number from 1 to {most}.")
NO_YEAR = gettext_noop("“{cell}” is not a year. Write four digits, such as 2024.")
NO_COUNTRY = gettext_noop(
    "“{cell}” is not the code of a member state. Use three letters of ISO 3166-1, such as UZB."
)
NO_NAME = gettext_noop(
    "“{cell}” is not a name that the UN Data Center uses for a country. "
    "Correct the spelling; the nearest are: {near}."
)
TWO_COUNTRIES = gettext_noop("The code is {code}, but “{name}” is {other}. Correct one of them.")
MISSING_CELL = gettext_noop("The cell is empty. Fill it in, or export the table again.")


def value(
    row: Row, column: str, findings: Findings, *, least: float, most: float, empty: bool = False
) -> float | None:
    """A number within bounds, or None where the cell is empty or its fault has been noted."""
    cell = row.cells.get(column, "")
    if not cell:
        if not empty:
            findings.refuse(MISSING_CELL, line=row.line, column=column)
        return None
    number = decimal(cell)
    if number is None:
        findings.refuse(NO_NUMBER, line=row.line, column=column, cell=cell[:40])
        return None
    if not least <= number <= most:
        findings.refuse(
            OUT_OF_RANGE, line=row.line, column=column, cell=cell[:40], least=least, most=most
        )
        return None
    return number


def rank(row: Row, column: str, findings: Findings) -> int:
    """A rank, or 0 if its fault has been noted."""
    cell = row.cells.get(column, "")
    number = decimal(cell)
    if number is None or number != int(number) or not 1 <= number <= len(PLACES):
        findings.refuse(NO_RANK, line=row.line, column=column, cell=cell[:40], most=len(PLACES))
        return 0
    return int(number)


def year(row: Row, column: str, findings: Findings) -> int:
    """A year of our time, or 0 if its fault has been noted."""
    cell = row.cells.get(column, "")
    number = decimal(cell)
    if number is None or number != int(number) or not FIRST_YEAR <= number <= LAST_YEAR:
        findings.refuse(NO_YEAR, line=row.line, column=column, cell=cell[:40])
        return 0
    return int(number)


def country_by_name(row: Row, column: str, findings: Findings) -> str:
    """The code of a country named as in the Data Center, or "" if its fault has been noted."""
    cell = row.cells.get(column, "")
    try:
        return by_survey_name(cell)
    except UnknownPlaceName as unknown:
        findings.refuse(
            NO_NAME, line=row.line, column=column, cell=cell[:60], near=str(unknown.facts["near"])
        )
        return ""


def country_by_code(row: Row, findings: Findings) -> str:
    """The country of a tidy row; its name, if there, must be one of the same country."""
    code = row.cells.get("iso3", "").upper()
    if code not in PLACES:
        findings.refuse(NO_COUNTRY, line=row.line, column="iso3", cell=code[:40])
        return ""
    name = row.cells.get("country", "")
    try:
        other = by_survey_name(name) if name else code
    except UnknownPlaceName:
        return code
    if other != code:
        findings.refuse(
            TWO_COUNTRIES, line=row.line, column="country", code=code, name=name, other=other
        )
        return ""
    return code
