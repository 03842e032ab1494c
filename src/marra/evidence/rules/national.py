"""National figures that came with the program: what the country's own bodies said, day by day.

Each says how well it is known. `assumed` is a value, a day or a basis that follows from others and
was not printed; the note says which. Readers see the mark with the value.

Source: `national.csv` beside this file; each row has its own.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from marra.evidence.rules.observations import checked
from marra.index.measurement import Measurement


@dataclass(frozen=True, slots=True)
class National:
    """A national figure, and how well it is known."""

    measured: Measurement
    link: str
    known: str  # quoted, assumed
    note: str

    @property
    def remark(self) -> str:
        """What a reader must know of it: the mark first, then the note."""
        return f"{self.known}: {self.note}" if self.note else self.known


@cache
def national() -> tuple[National, ...]:
    """Every national figure that came along, in the order of the file; each passes the checks.

    >>> [(each.measured.basis, each.measured.value / 1e6) for each in national()
    ...  if each.measured.indicator == "mobile.subscribers"][-2:]
    [('all-sim', 34.2), ('persons', 30.1)]
    """
    text = (files("marra.evidence.rules") / "national.csv").read_text(encoding="utf-8")
    return tuple(_national(row) for row in csv.DictReader(text.splitlines()))


def _national(row: dict[str, str]) -> National:
    measured = checked(
        indicator_code=row["indicator"],
        place=row["place"],
        value=float(row["value"]),
        day=date.fromisoformat(row["day"]),
        basis=row["basis"],
        source=row["source"],
        known=date.fromisoformat(row["vintage"]),
        link=row["link"],
    )
    return National(measured, row["link"], row["known"], row["note"])
