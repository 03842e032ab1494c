"""Which figures a command works on, and how it writes what it found.

`marra index` reads the packaged figures and starts without Django; an edition that only the
database has is read from there, and `--database` reads all from there.
"""

import json
import math
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Final

import click
from rich.console import Console
from rich.table import Table

from marra.cli.start import start
from marra.index import Survey, known, load
from marra.kit.places import PLACES
from marra.language.search import one_place

WIDTH: Final = 110
"""Columns of a table that goes into a file or a pipe."""


class CountryName(click.types.StringParamType):
    """A country by code or name in any of the four languages."""

    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The country's ISO 3166 alpha-3 code."""
        return one_place(super().convert(value, param, ctx))


Verb = Callable[..., None]

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")
DATABASE = click.option(
    "--database", is_flag=True, help="Read the figures of the database, not the packaged ones."
)
EDITION = click.option("--edition", type=int, help="The edition; the latest by default.")
COUNTRY = click.option(
    "--country",
    type=CountryName(),
    default=lambda: os.environ.get("MARRA_COUNTRY", "UZB"),
    help="Code or name in any of the four languages; MARRA_COUNTRY or UZB by default.",
)
SEED = click.option("--seed", type=click.IntRange(min=0), default=0, help="Seed; 0 by default.")


def survey(edition: int | None, *, database: bool) -> Survey:
    """The survey a command was asked for."""
    if database or (edition is not None and edition not in known()):
        queries = _queries()
        found: Survey = queries.survey(queries.latest() if edition is None else edition)
        return found
    return load(known()[-1] if edition is None else edition)


def surveys(*, database: bool) -> dict[int, Survey]:
    """Every edition's survey."""
    if database:
        found: dict[int, Survey] = _queries().surveys()
        return found
    return {year: load(year) for year in known()}


def _queries() -> Any:
    start()
    from marra.evidence.queries import releases as queries

    return queries


def name_of(place: str) -> str:
    """A country's English name."""
    return PLACES[place].name.en


def versions(result: Any) -> dict[str, str]:
    """What every output says of the figures and the method behind it."""
    return {"data_version": result.data_version, "edition_version": result.edition_version}


def show_json(answer: Any) -> None:
    """JSON on stdout; what is not known is null, never NaN."""
    click.echo(json.dumps(plain(answer), ensure_ascii=False, indent=2, allow_nan=False))


def plain(value: Any) -> Any:
    """A result as what JSON knows."""
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, Enum | str):
        return str(value)
    if isinstance(value, float):
        return None if math.isnan(value) else value
    if isinstance(value, Iterable):
        return [plain(each) for each in value]
    return value


def show_table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table made for reading: words left, numbers right; the title on stderr."""
    click.echo(title, err=True)
    lines = [[_cell(value) for value in row] for row in rows]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column, name in enumerate(head):
        numeric = all(_is_number(line[column]) for line in lines)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for line in lines:
        table.add_row(*line)
    Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False).print(table)


def foot(result: Any) -> None:
    """Which figures and method an answer rests on, on stderr."""
    told = f"Data {result.data_version}, method {result.edition_version}"
    seed = getattr(result, "seed", None)
    click.echo(told if seed is None else f"{told}, seed {seed}", err=True)


def _cell(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    return f"{value:.5f}" if isinstance(value, float) else str(value)


def _is_number(cell: str) -> bool:
    return cell.lstrip("+-−").replace(".", "", 1).replace("e-", "", 1).isdigit() or cell == "–"
