"""Cells: numbers and days as people and programs write them.

A decimal comma is read as a decimal point. A thousands separator is not read: in a table of
indices between 0 and 1 it would be a mistake.

Source: ours.
"""

import math
import re
from datetime import date, datetime


def decimal(cell: str) -> float | None:
    """The number in a cell, or None if there is none.

    >>> decimal("0,79990"), decimal("0.8"), decimal("n/a")
    (0.7999, 0.8, None)
    """
    written = cell.replace("\u2212", "-")
    if re.fullmatch(r"[-+]?\d+,\d+", written):
        written = written.replace(",", ".")
    if not re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", written, re.ASCII):
        return None
    number = float(written)
    return number if math.isfinite(number) else None


def day(cell: str) -> date | None:
    """The day in a cell, or None if there is none.

    >>> day("31.12.2025"), day("2025-12-31"), day("2025")
    (datetime.date(2025, 12, 31), datetime.date(2025, 12, 31), None)
    """
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(cell.strip(), form).date()  # noqa: DTZ007  a day has no hour
        except ValueError:
            continue
    return None
