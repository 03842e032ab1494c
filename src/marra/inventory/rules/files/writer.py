"""Writer: a list as CSV or as a workbook that reads back the same; the template with its guide.

Source: ours.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from marra.inventory.rules.files.columns import COLUMNS, SHEETS, Column, Kind, Thing, stored
from marra.inventory.rules.files.decisions import WORDS
from marra.inventory.rules.lists import categories, channels
from marra.kit.sheets import Cell, Sheet, csv_table, xlsx
from marra.kit.text import gettext_noop

Say = Callable[[str], str]
Says = Mapping[Thing, Mapping[str, object]]
"""What a row says of its function, its process and its service, by the names of our tables."""

FORMS: Final = ("xlsx", "csv")

GUIDE_HEADS: Final = (
    gettext_noop("column"),
    gettext_noop("what it means"),
    gettext_noop("example"),
)
HOW: Final = gettext_noop(
    "One row for each service of a process of a function; leave out what there is not. Or three "
    "sheets: functions, processes, services, with the same columns. An empty cell changes nothing."
)
CATEGORIES: Final = gettext_noop("Categories")
CHANNELS: Final = gettext_noop("Ways to ask for a service")
DECISIONS: Final = gettext_noop("Decisions")


def written(rows: Iterable[Says], form: str, language: str, say: Say = str) -> bytes:
    """A list in a form: `xlsx` with its guide, or `csv`."""
    head = [each.head(language) for each in COLUMNS]
    cells = ([_cell(each, row) for each in COLUMNS] for row in rows)
    if form == "csv":
        return csv_table(head, cells)
    return xlsx([Sheet(_name(language), head, cells, _widths()), _guide(language, say)])


def template(form: str, language: str, say: Say = str) -> bytes:
    """An empty list to be filled in; the workbook has a guide with examples.

    >>> template("csv", "en").decode("utf-8-sig").split(",")[0]
    'function'
    """
    return written((), form, language, say)


def _name(language: str) -> str:
    return {"ru": "перечень", "en": "list"}.get(language, "roʻyxat")


def _widths() -> list[int]:
    return [40 if each.name in {*Thing} else 20 for each in COLUMNS]


def _cell(column: Column, row: Says) -> Cell:
    value = row.get(column.thing, {}).get(
        "title" if column.name == column.thing.value else stored(column.name)
    )
    match value:
        case None:
            return None
        case list() | tuple():
            return "; ".join(str(each) for each in value)
        case float() if column.kind is Kind.PERCENT:
            return round(value * 100, 6)
        case int() | float() | date():
            return value
        case _:
            return str(value)


def _guide(language: str, say: Say) -> Sheet:
    return Sheet(
        "#guide", [say(each) for each in GUIDE_HEADS], list(_lines(language, say)), (44, 80, 44)
    )


def _lines(language: str, say: Say) -> Iterator[tuple[str, str, str]]:
    yield "", say(HOW), ""
    for column in COLUMNS:
        yield column.head(language), say(column.means), column.example
    at = {"ru": 1, "en": 2}.get(language, 0)
    for names in SHEETS.values():
        yield names[at], "", ""
    yield say(DECISIONS), "", ""
    for decision, words in WORDS.items():
        yield decision.value, ", ".join(words), ""
    for told, known in ((CATEGORIES, categories()), (CHANNELS, channels())):
        yield say(told), "", ""
        for code, name in known.items():
            yield code, name.into(language), ""
