"""Load the packaged surveys: editions of the UN E-Government Survey with their figures.

Source: `figures/SOURCES.toml` names publisher, date and licence of every table.
"""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from marra.index.method import definition, known
from marra.index.survey import PublishedRow, RawInput, Survey, build

PACKAGED: Final = Path(__file__).parent / "figures"


def load(year: int, folder: Path | None = None) -> Survey:
    """The survey of an edition: packaged figures, or those of a folder with the same tables.

    Refuses with `NoSuchEdition` for a year that has no packaged method.

    >>> survey = load(2024)
    >>> int(survey.ranks[survey.at("UZB")]), float(survey.egdi[survey.at("UZB")])
    (63, 0.7999)
    """
    return _packaged(year) if folder is None else _load(year, folder)


def published_rows(year: int, folder: Path | None = None) -> tuple[PublishedRow, ...]:
    """The published rows of an edition, as they stand in the table."""
    lines = _lines((folder or PACKAGED) / "published.csv", year)
    return tuple(
        PublishedRow(
            place=row["place"],
            rank=int(row["rank"]),
            egdi=float(row["egdi"]),
            osi=float(row["osi"]),
            tii=float(row["tii"]),
            hci=float(row["hci"]),
            epi=float(row["epi"]) if row["epi"] else None,
            flags=frozenset(filter(None, row["flag"].split(";"))),
        )
        for row in lines
    )


def raw_inputs(year: int, folder: Path | None = None) -> tuple[RawInput, ...]:
    """The raw inputs known for an edition, each with source and year."""
    lines = _lines((folder or PACKAGED) / "inputs.csv", year)
    return tuple(
        RawInput(
            place=row["place"],
            indicator=row["indicator"],
            value=float(row["value"]),
            unit=row["unit"],
            source=row["source"],
            data_year=int(row["data_year"]) if row["data_year"] else None,
        )
        for row in lines
    )


def sources() -> Mapping[str, Mapping[str, Any]]:
    """Publisher, title, date and licence of each source code."""
    found: Mapping[str, Mapping[str, Any]] = _manifest()["sources"]
    return found


def source_of(year: int) -> str:
    """The source code of an edition's published rows."""
    return _lines(PACKAGED / "published.csv", year)[0]["source"]


def data_version(folder: Path | None = None) -> str:
    """What the packaged figures are: their version and eight digits of their digest."""
    return _version(folder or PACKAGED)


@cache
def _manifest() -> dict[str, Any]:
    return tomllib.loads((PACKAGED / "SOURCES.toml").read_text(encoding="utf8"))


@cache
def _packaged(year: int) -> Survey:
    return _load(year, PACKAGED)


def _load(year: int, folder: Path) -> Survey:
    edition = definition(year)
    return build(edition, published_rows(year, folder), raw_inputs(year, folder), _version(folder))


@cache
def _version(folder: Path) -> str:
    digest = sha256()
    for name in ("published.csv", "inputs.csv"):
        digest.update((folder / name).read_bytes())
    own = _manifest()["version"] if folder == PACKAGED else "folder"
    return f"{own}-{digest.hexdigest()[:8]}"


def _lines(path: Path, year: int) -> tuple[dict[str, str], ...]:
    """The rows of one edition; the others are not even parsed, so that a terminal starts fast."""
    head, by_year = _parted(path)
    return tuple(csv.DictReader([head, *by_year.get(str(year), ())]))


@cache
def _parted(path: Path) -> tuple[str, Mapping[str, list[str]]]:
    """The head of a table, and its lines by the edition they begin with."""
    head, *lines = path.read_text(encoding="utf8").splitlines()
    by_year: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        by_year[line.partition(",")[0]].append(line)
    return head, by_year


__all__ = ["data_version", "known", "load", "published_rows", "raw_inputs", "source_of", "sources"]
