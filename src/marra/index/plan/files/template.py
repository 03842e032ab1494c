"""Templates: an empty portfolio in each format, with the guide and a row of examples.

The example stands behind a # and is not read, so that none is left in by mistake.

Source: ours.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from marra.index.plan.files.book import book
from marra.index.plan.files.columns import LANGUAGES, TABLES, Column, Kind
from marra.index.plan.files.guide import EXAMPLE, REQUIRED, Line, Say, about, guide, indicators
from marra.index.plan.files.rows import Sheet, blank
from marra.index.plan.files.writer import csv_of
from marra.kit.text import gettext_noop

INDICATORS: Final = gettext_noop("Indicators, and the unit of each")


def template(form: str, say: Say = str) -> bytes:
    """The template in a format: `xlsx`, `csv` or `toml`.

    >>> template("toml").decode().splitlines()[2]
    '# code: Short name of the portfolio, in Latin letters. (required) Example: my-ministry-2026'
    """
    return FORMS[form](say)


def _xlsx(say: Say) -> bytes:
    return book(map(_behind, blank()), say)


def _csv(say: Say) -> bytes:
    comments = {table: [about(table, say), *_comments(table, say, _in_table)] for table in TABLES}
    comments["effects"] += _units(say)
    return csv_of(map(_behind, blank()), comments, str)


def _toml(say: Say) -> bytes:
    return ("\n".join(_toml_lines(say)) + "\n").encode()


FORMS: Final[Mapping[str, Callable[[Say], bytes]]] = MappingProxyType(
    {"xlsx": _xlsx, "csv": _csv, "toml": _toml}
)
"""How the template of each format is made."""


def _behind(sheet: Sheet) -> Sheet:
    """The sheet with its example behind a #."""
    first, *others = sheet.rows[0]
    return Sheet(sheet.table, sheet.names, sheet.columns, ((f"# {first}", *others),))


def _comments(table: str, say: Say, named: Callable[[Line], str]) -> list[str]:
    """What a table's columns mean, one line each."""
    told = []
    for line in guide(say):
        if line.table == table:
            notes = ", ".join(filter(None, (say(REQUIRED) if line.required else "", line.unit)))
            example = f" {say(EXAMPLE).capitalize()}: {line.example}" if line.example else ""
            means = f"{line.means} ({notes})" if notes else line.means
            told.append(f"{named(line)}: {means}{example}")
    return told


def _in_table(line: Line) -> str:
    return line.column


def _in_toml(line: Line) -> str:
    if line.of.kind is Kind.WORDS:
        languages = ("uz", *LANGUAGES)
        return ", ".join((line.of.name, *(f"{line.of.name}.{each}" for each in languages)))
    return line.of.name


def _units(say: Say) -> list[str]:
    listed = [
        f"{name}: {unit}" + (f" ({note})" if note else "") for name, unit, note in indicators(say)
    ]
    return [f"{say(INDICATORS)}:", *listed]


def _toml_lines(say: Say) -> Iterator[str]:
    for table in ("portfolio", "budgets", "capacities", "names", "initiatives", "effects"):
        lines = [about(table, say), "", *_comments(table, say, _in_toml)]
        yield from (f"# {line}".rstrip() for line in lines)
        if table == "effects":
            yield from (f"# {line}" for line in _units(say))
        yield ""
        yield from _toml_example(table)
        yield ""


def _toml_example(table: str) -> Iterator[str]:
    if table == "portfolio":
        yield from (f'# {c.name} = "{c.example}"' for c in TABLES[table] if c.example)
        return
    own = [column for column in TABLES[table] if column.name != "initiative" and column.example]
    head = "initiatives.effects" if table == "effects" else table
    yield f"# [[{head}]]"
    yield from (f"# {column.name} = {_toml_value(column)}" for column in own)


def _toml_value(column: Column) -> str:
    is_list = column.kind in {Kind.AMOUNTS, Kind.CODES}
    return f'["{column.example}"]' if is_list else f'"{column.example}"'
