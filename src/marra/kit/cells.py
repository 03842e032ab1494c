"""Cells: numbers as people and programs write them.

A decimal comma is read as a decimal point. A thousands separator is not read: in a table of
indices between 0 and 1 it would be a mistake.

Source: ours.
"""

import math
import re


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
