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
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from marra.index.load import PACKAGED, raw_inputs, sources
from marra.index.method import definition, known
from marra.index.survey import RawInput
from marra.kit.errors import Invalid
from marra.kit.places import PLACES
from marra.kit.text import gettext_noop

TABLE: Final = "components.csv"

COLUMNS: Final = "edition, place, indicator, value, source, data_year"

Components = Mapping[int, tuple[RawInput, ...]]
"""By edition, past or to come."""


class WrongComponent(Invalid):
    """A row of a table of inputs cannot be read."""

    sentence = gettext_noop(
        "{file}, line {line}: this row cannot be read. It needs the columns {columns}, a country "
        "code of three letters and an indicator of TII or HCI. Correct it."
    )


def components(more: Path | None = None) -> Components:
    """By edition, the inputs known for it; those that recompute a past edition are among them.

    `more` is a table with the same columns; its rows take the place of packaged ones, so that
    newer figures can be tried before they are packaged. Refuses with `WrongComponent`.

    >>> found = components()
    >>> max(found)
    2026
    >>> prices = [raw for raw in found[2026] if raw.indicator == "tii.basket_mobile"]
    >>> len(prices), {raw.data_year for raw in prices} <= {2022, 2023, 2024}
    (190, True)
    """
    if more is None:
        return _packaged()
    found = {
        edition: {_key(raw): raw for raw in inputs} for edition, inputs in _packaged().items()
    }
    for edition, raw in _rows(more):
        found.setdefault(edition, {})[_key(raw)] = raw
    return {edition: tuple(found[edition].values()) for edition in sorted(found)}


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
    """The day a figure was taken from its source; None where it is assumed or its source unknown.

    Of a figure made from two sources, the day of the first; the second is a population.

    >>> dated("wdi_sg@76a31f00").isoformat(), dated("hdr_2324").isoformat()
    ('2020-06-17', '2024-03-13')
    >>> dated("assumed") is None
    True
    """
    code, _, snapshot = source.split("+")[0].partition("@")
    if code == "assumed" or code not in sources():
        return None
    day: date = _snapshots()[snapshot] if snapshot else sources()[code]["dated"]
    return day


@cache
def _snapshots() -> Mapping[str, date]:
    manifest = tomllib.loads((PACKAGED / "SOURCES.toml").read_text(encoding="utf8"))
    found: dict[str, date] = manifest["snapshots"]
    return found


@cache
def _packaged() -> Components:
    found: dict[int, list[RawInput]] = defaultdict(list)
    for edition, raw in _rows(PACKAGED / TABLE):
        found[edition].append(raw)
    for edition in (year for year in known() if year >= min(found)):
        found[edition].extend(raw_inputs(edition))
    return {edition: tuple(found[edition]) for edition in sorted(found)}


def _key(raw: RawInput) -> tuple[str, str]:
    return raw.place, raw.indicator


def _rows(path: Path) -> Iterator[tuple[int, RawInput]]:
    with path.open(encoding="utf8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            try:
                yield int(row["edition"]), _input(row)
            except (KeyError, TypeError, ValueError) as fault:
                raise WrongComponent(file=path.name, line=line, columns=COLUMNS) from fault


def _input(row: Mapping[str, str]) -> RawInput:
    return RawInput(
        place=PLACES[row["place"]].iso3,
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
