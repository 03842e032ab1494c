"""Rows: a portfolio as the rows of its tables, for every format alike.

Source: ours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from marra.index.edition import Basis
from marra.index.plan.files.columns import LANGUAGES, TABLES, Column, Kind, heads
from marra.index.plan.indicators import units
from marra.index.plan.portfolio import Portfolio, Words

Cell = str | int | float

WHOLE: Final = 1e15
"""Below this a whole number needs no exponent."""

EXAMPLE_COSTS: Final = 3
"""Columns of costs in a template."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: the names in its head, the rows below, and what each column is."""

    table: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]  # one for each name
    rows: tuple[tuple[Cell, ...], ...]


def sheets(portfolio: Portfolio) -> tuple[Sheet, ...]:
    """The tables of a portfolio."""
    effects = [(each, effect) for each in portfolio.initiatives for effect in each.effects]
    parts: dict[str, Iterable[object]] = {
        "portfolio": [portfolio],
        "initiatives": portfolio.initiatives,
        "effects": effects,
        "budgets": portfolio.budgets,
        "capacities": portfolio.capacities,
        "names": portfolio.names,
    }
    costs = max((len(each.costs) for each in portfolio.initiatives), default=1)
    return tuple(
        _sheet(table, max(costs, 1), [_cells(columns, part) for part in parts[table]])
        for table, columns in TABLES.items()
    )


def blank() -> tuple[Sheet, ...]:
    """The tables of a template: each with one row of examples."""
    return tuple(
        _sheet(table, EXAMPLE_COSTS, [{heads(c)[0]: c.example for c in columns}])
        for table, columns in TABLES.items()
    )


def _sheet(table: str, costs: int, rows: Sequence[dict[str, Cell]]) -> Sheet:
    pairs = [(name, column) for column in TABLES[table] for name in heads(column, costs)]
    return Sheet(
        table,
        tuple(name for name, _ in pairs),
        tuple(column for _, column in pairs),
        tuple(tuple(row.get(name, "") for name, _ in pairs) for row in rows),
    )


def _cells(columns: Iterable[Column], part: object) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for column in columns:
        value = value_of(part, column)
        if column.kind is Kind.AMOUNTS:
            found |= zip(heads(column, len(value)), map(plain_number, value), strict=True)
        elif column.kind is Kind.WORDS:
            found |= zip(heads(column), in_languages(value), strict=True)
        elif column.kind in {Kind.YEARS, Kind.CODES}:
            found[column.name] = "; ".join(map(str, value))
        else:
            found[column.name] = value if isinstance(value, str) else plain_number(value)
    return found


def value_of(part: Any, column: Column) -> Any:
    """What a part of a portfolio says in a column; of an effect, with its initiative."""
    if isinstance(part, tuple):
        initiative, effect = part
        if column.name == "initiative":
            return initiative.code
        if column.kind is Kind.UNIT:
            return units()[effect.indicator].value
        return value_of(effect, column)
    if column.name == "count":
        return len(part.initiatives)
    found = getattr(part, "costs" if column.kind is Kind.AMOUNTS else column.name)
    return found.value if isinstance(found, Basis) else found


def in_languages(words: Words) -> tuple[str, ...]:
    """A text in the columns of its languages: alone in the first one if it has no others.

    >>> from marra.kit.text import Text
    >>> in_languages("Road"), in_languages(Text("Yoʻl", "Йўл", "Путь", "Road"))
    (('Road', '', '', ''), ('Yoʻl', 'Йўл', 'Путь', 'Road'))
    """
    if isinstance(words, str):
        return (words, *("" for _ in LANGUAGES))
    return (words.uz, words.uz_cyrl, words.ru, words.en)


def plain_number(number: float) -> int | float:
    """A number without a point where it is whole.

    >>> plain_number(2.0), plain_number(0.25)
    (2, 0.25)
    """
    return int(number) if number == int(number) and abs(number) < WHOLE else float(number)
