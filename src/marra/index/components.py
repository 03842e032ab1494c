"""Components: what was known of the inputs of TII and HCI before an edition appeared.

ITU, UNESCO and UNDP publish these inputs before the Survey does. For editions since 2008 and for
the one to come there is, by country and series, the newest value of two years before or earlier.
Some are of old snapshots and so as they were known then; the others were revised since, and say so
by the day of their source.

Source: `figures/components.csv` and `inputs.csv`; `figures/SOURCES.toml` names publisher, day and
licence of each source.
"""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from marra.index.load import PACKAGED, raw_inputs, sources
from marra.index.method import definition, known
from marra.index.survey import RawInput

TABLE: Final = "components.csv"

Components = Mapping[int, tuple[RawInput, ...]]
"""By edition, past or to come."""


def components(folder: Path | None = None) -> Components:
    """By edition, the inputs known for it; those that recompute a past edition are among them.

    >>> found = components()
    >>> max(found)
    2026
    >>> prices = [raw for raw in found[2026] if raw.indicator == "tii.basket_mobile"]
    >>> len(prices), {raw.data_year for raw in prices} <= {2022, 2023, 2024}
    (190, True)
    """
    return _read(folder or PACKAGED)


def components_version(given: Components) -> str:
    """What these figures are: `components-` and eight digits of their digest.

    >>> components_version({}) == components_version(components())
    False
    """
    digest = sha256()
    for edition, inputs in sorted(given.items()):
        for raw in inputs:
            said = (edition, raw.place, raw.indicator, raw.value, raw.data_year, raw.source)
            digest.update(repr(said).encode())
    return f"components-{digest.hexdigest()[:8]}"


def dated(source: str) -> date | None:
    """The day a figure was taken from its source; None where the figure is assumed.

    Of a figure made from two sources, the day of the first; the second is a population.

    >>> dated("wdi_sg@76a31f00").isoformat(), dated("hdr_2324").isoformat()
    ('2020-06-17', '2024-03-13')
    >>> dated("assumed") is None
    True
    """
    code, _, snapshot = source.split("+")[0].partition("@")
    if code == "assumed":
        return None
    day: date = _snapshots()[snapshot] if snapshot else sources()[code]["dated"]
    return day


@cache
def _snapshots() -> Mapping[str, date]:
    manifest = tomllib.loads((PACKAGED / "SOURCES.toml").read_text(encoding="utf8"))
    found: dict[str, date] = manifest["snapshots"]
    return found


@cache
def _read(folder: Path) -> Components:
    found: dict[int, list[RawInput]] = defaultdict(list)
    with (folder / TABLE).open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            found[int(row["edition"])].append(_input(row))
    for edition in (year for year in known() if year >= min(found)):
        found[edition].extend(raw_inputs(edition, folder))
    return {edition: tuple(found[edition]) for edition in sorted(found)}


def _input(row: Mapping[str, str]) -> RawInput:
    return RawInput(
        place=row["place"],
        indicator=row["indicator"],
        value=float(row["value"]),
        unit=_units()[row["indicator"]],
        source=row["source"],
        data_year=int(row["data_year"]) if row["data_year"] else None,
    )


@cache
def _units() -> Mapping[str, str]:
    """The unit of each series, as the editions that use it name it."""
    return {
        series: each.unit
        for year in known()
        for pillar in definition(year).pillars
        for each in pillar.inputs
        for series in each.of
    }
