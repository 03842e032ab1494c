"""Cells: what officials and spreadsheets write, read as what it means or told as a fault.

A decimal comma is a decimal point; blanks may part thousands. A comma or a point that parts
thousands is refused, since it cannot be told from a decimal sign.

Source: ours.
"""

import math
import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Final

from marra.index.edition import Basis
from marra.index.plan.files.columns import LANGUAGES, MOST_COSTS
from marra.index.plan.files.records import FAULTY, Record
from marra.index.plan.indicators import Unit
from marra.index.plan.portfolio import Words
from marra.kit.cells import decimal
from marra.kit.findings import Findings
from marra.kit.tables import plain
from marra.kit.text import Text, gettext_noop

LONGEST_LABEL: Final = 60
LONGEST_WORDS: Final = 4_000
MOST_CODES: Final = 50

EMPTY = gettext_noop("The cell is empty. Fill it in.")
NO_NUMBER = gettext_noop(
    "“{cell}” is not a number. Write it with digits, such as 0.8 or 12 500 000."
)
NOT_WHOLE = gettext_noop("“{cell}” is not a whole number. Write it with digits, such as 2.")
NO_YEAR = gettext_noop("“{cell}” is not a year. Write four digits, such as 2027.")
NO_YEARS = gettext_noop(
    "“{cell}” is not a list of years. Write four digits each, such as 2026; 2027 or 2026-2028."
)
A_DATE = gettext_noop(
    "The cell holds the date {cell}. Write a plain number, and format the cell as a number."
)
NO_TEXT = gettext_noop("A text belongs here, and “{cell}” is none. Write it in words.")
TOO_LONG = gettext_noop("The text has more than {most} characters. Shorten it.")
UNPRINTED = gettext_noop("There is a character that cannot be printed. Write the text anew.")
TOO_MANY_CODES = gettext_noop("More than {most} codes stand here. Leave the most important ones.")
NO_BASIS = gettext_noop("“{cell}” is not a basis. Write one of: {known}.")
NO_UNIT = gettext_noop("“{cell}” is not a unit. Write one of: {known}.")
NO_MAIN_WORDS = gettext_noop(
    "The text is given in other languages only. Fill in the column “{main}” as well."
)
A_GAP = gettext_noop("The cell is empty and a later year has a cost. Write 0 if it costs nothing.")

_BETWEEN: Final = re.compile("(?<=\\d)[ \u00a0\u2009\u202f](?=\\d{3}(?!\\d))")
_SPAN: Final = re.compile("(\\d{4})\\s*[-\u2010-\u2015\u2212]\\s*(\\d{4})")
_UNITS: Final[Mapping[str, Unit]] = {
    **{plain(unit): unit for unit in Unit},
    "index": Unit.INDEX,
    "per 100": Unit.PER_100,
    "%": Unit.PERCENT,
    "percent": Unit.PERCENT,
    "pp": Unit.PERCENT,
    "year": Unit.YEARS,
}


def is_empty(cell: object) -> bool:
    """Whether nothing stands in a cell."""
    return cell is None or cell == [] or (isinstance(cell, str) and not cell.strip())


def shown(cell: object) -> str:
    """A cell as it is told in a sentence."""
    return " ".join(str(cell).split())[:40]


def number(record: Record, column: str, findings: Findings, empty: float | None = None) -> float:
    """The number in a cell, or NaN once its fault is told; `empty` is what an empty cell means."""
    cell = record.cells.get(column)
    if cell is FAULTY:
        return math.nan
    if is_empty(cell):
        if empty is None:
            record.refuse(findings, EMPTY, column)
            return math.nan
        return empty
    found = _number(cell)
    if math.isnan(found):
        is_date = isinstance(cell, (date, time, timedelta))
        record.refuse(findings, A_DATE if is_date else NO_NUMBER, column, cell=shown(cell))
    return found


def _number(cell: object) -> float:
    if isinstance(cell, str):
        found = decimal(_BETWEEN.sub("", cell.strip())) if len(cell) <= LONGEST_LABEL else None
        return math.nan if found is None else found
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return math.nan
    return float(cell) if abs(cell) < 1e300 else math.nan


def whole(record: Record, column: str, findings: Findings) -> int:
    """The whole number in a cell, or -1 once its fault is told."""
    found = number(record, column, findings)
    if math.isnan(found):
        return -1
    if found != math.floor(found) or abs(found) > 1e6:
        record.refuse(findings, NOT_WHOLE, column, cell=shown(record.cells[column]))
        return -1
    return int(found)


def year(record: Record, column: str, findings: Findings) -> int:
    """The year in a cell, or -1 once its fault is told."""
    found = number(record, column, findings)
    if math.isnan(found):
        return -1
    if not re.fullmatch(r"\d{4}", f"{found:g}"):
        record.refuse(findings, NO_YEAR, column, cell=shown(record.cells[column]))
        return -1
    return int(found)


def years(record: Record, column: str, findings: Findings) -> tuple[int, ...]:
    """The years in a cell, none once its fault is told."""
    cell = record.cells.get(column)
    if cell is FAULTY:
        return ()
    if is_empty(cell):
        record.refuse(findings, EMPTY, column)
        return ()
    found: list[int] = []
    parts = cell if isinstance(cell, list) else re.split(r"[;,]", f"{cell}"[:400])
    for part in parts:
        text = f"{part:g}" if isinstance(part, float) else f"{part}".strip()
        span = _SPAN.fullmatch(text)
        if span and int(span[1]) <= int(span[2]) <= int(span[1]) + 100:
            found += range(int(span[1]), int(span[2]) + 1)
        elif re.fullmatch(r"\d{4}", text, re.ASCII):
            found.append(int(text))
        elif text:
            sentence = A_DATE if isinstance(part if parts is cell else cell, date) else NO_YEARS
            record.refuse(findings, sentence, column, cell=shown(cell))
            return ()
    return tuple(found)


def label(record: Record, column: str, findings: Findings, *, required: bool = False) -> str:
    """One line of plain text, "" where the cell is empty or once its fault is told."""
    return _text(record, column, findings, LONGEST_LABEL, required=required)


def _text(record: Record, column: str, findings: Findings, most: int, *, required: bool) -> str:
    cell = record.cells.get(column)
    if cell is FAULTY:
        return ""
    if is_empty(cell):
        if required:
            record.refuse(findings, EMPTY, column)
        return ""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return f"{cell:.15g}"
    if not isinstance(cell, str):
        record.refuse(findings, NO_TEXT, column, cell=shown(cell))
        return ""
    told = " ".join(cell.split())
    if len(told) > most:
        record.refuse(findings, TOO_LONG, column, most=most)
    elif not told.isprintable():
        record.refuse(findings, UNPRINTED, column)
    else:
        return told
    return ""


def codes(record: Record, column: str, findings: Findings) -> tuple[str, ...]:
    """Codes with semicolons, commas or blanks between them; none if the cell is empty."""
    cell = record.cells.get(column)
    if cell is FAULTY or is_empty(cell):
        return ()
    parts = cell if isinstance(cell, list) else [cell]
    if any(isinstance(p, bool) or not isinstance(p, (str, int, float)) for p in parts):
        record.refuse(findings, NO_TEXT, column, cell=shown(cell))
        return ()
    texts = [f"{part:.15g}" if isinstance(part, float) else f"{part}" for part in parts]
    found = [each for text in texts for each in re.split(r"[;,\s]+", text) if each]
    if len(found) > MOST_CODES:
        record.refuse(findings, TOO_MANY_CODES, column, most=MOST_CODES)
        return ()
    if any(len(each) > LONGEST_LABEL for each in found):
        record.refuse(findings, TOO_LONG, column, most=LONGEST_LABEL)
        return ()
    return tuple(dict.fromkeys(found))


def words(record: Record, column: str, findings: Findings, *, required: bool = False) -> Words:
    """What people read: a plain text, or one in four languages where others are given too."""
    names = (column, *(f"{column}_{language}" for language in LANGUAGES))
    found = [_text(record, name, findings, LONGEST_WORDS, required=False) for name in names]
    if not any(found[1:]):
        if required and is_empty(record.cells.get(column)):
            record.refuse(findings, EMPTY, column)
        return found[0]
    if is_empty(record.cells.get(column)):
        record.refuse(findings, NO_MAIN_WORDS, column, main=column)
    uz, uz_cyrl, ru, en = (each or found[0] for each in found)
    return Text(uz, uz_cyrl, ru, en)


def costs(record: Record, column: str, findings: Findings) -> tuple[float, ...]:
    """What each year costs; a year may be 0 but not left out."""
    names = [f"{column}_{at}" for at in range(1, MOST_COSTS + 1)]
    while names and is_empty(record.cells.get(names[-1])):
        names.pop()
    if not names:
        record.refuse(findings, EMPTY, f"{column}_1")
    found: list[float] = []
    for name in names:
        if is_empty(record.cells.get(name)):
            record.refuse(findings, A_GAP, name)
        else:
            found.append(number(record, name, findings))
    return tuple(found)


def basis(record: Record, column: str, findings: Findings) -> Basis:
    """How well something is known; assumed where nothing is said."""
    cell = label(record, column, findings)
    try:
        return Basis(plain(cell)) if cell else Basis.ASSUMED
    except ValueError:
        record.refuse(findings, NO_BASIS, column, cell=cell, known=", ".join(Basis))
        return Basis.ASSUMED


def unit(record: Record, column: str, findings: Findings) -> Unit | None:
    """The unit in a cell, or None once its fault is told."""
    cell = label(record, column, findings, required=True)
    found = _UNITS.get(plain(cell))
    if cell and found is None:
        record.refuse(findings, NO_UNIT, column, cell=cell, known=", ".join(Unit))
    return found
