"""Columns: the one table from which the reader, the templates and the guide are made.

A column stands in this table or nowhere: the reader refuses a name that is not here, the writers
write these and no others, and the guide that officials read says of each what is said here.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from marra.kit.text import gettext_noop


class Kind(Enum):
    """How a cell is read."""

    CODE = auto()
    CODES = auto()  # several, with semicolons
    LABEL = auto()  # one line of plain text
    WORDS = auto()  # what people read: one column, or four languages
    NUMBER = auto()
    AMOUNT = auto()  # money; thousands may be set apart by blanks
    AMOUNTS = auto()  # one column a year: cost_1, cost_2, ...
    WHOLE = auto()
    YEAR = auto()
    YEARS = auto()  # several, or a span: 2026-2028
    UNIT = auto()
    BASIS = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in files, how it is read, and what the guide says of it."""

    name: str
    kind: Kind
    means: str
    example: str
    unit: str = ""
    required: bool = False


LANGUAGES: Final = ("uz_cyrl", "ru", "en")
"""Endings of the columns beside a column of words, which is in Uzbek or in the only language."""

MOST_COSTS: Final = 30
"""Years of costs."""

YEAR: Final = gettext_noop("year")
YEARS: Final = gettext_noop("years")
MONEY: Final = gettext_noop("soʻm")

PORTFOLIO: Final = (
    Column(
        "code", Kind.CODE, gettext_noop("Short name of the portfolio, in Latin letters."),
        "my-ministry-2026", required=True,
    ),
    Column(
        "title", Kind.WORDS, gettext_noop("What the portfolio is called."),
        "Road to place 30", required=True,
    ),
    Column(
        "place", Kind.CODE, gettext_noop("Whose portfolio: the country's three letters."),
        "UZB", required=True,
    ),
    Column(
        "prices", Kind.WORDS,
        gettext_noop("In prices of which year the costs are, and from where."),
        "Prices of 2026",
    ),
    Column("note", Kind.WORDS, gettext_noop("What a reader must know of the whole."), ""),
    Column(
        "count", Kind.WHOLE,
        gettext_noop(
            "How many initiatives the file has. If it is given, a file that was cut off is "
            "noticed; CSV and TOML then end with the line “# end”."
        ),
        "",
    ),
)  # fmt: skip

INITIATIVES: Final = (
    Column(
        "code", Kind.CODE,
        gettext_noop("Short name of the initiative, by which others name it. No two are alike."),
        "rural-fibre", required=True,
    ),
    Column(
        "title", Kind.WORDS, gettext_noop("What is done, in a few words."),
        "Fibre to villages", required=True,
    ),
    Column(
        "starts", Kind.YEARS,
        gettext_noop("The years in which it may start, with semicolons, or a span."),
        "2026-2028", YEARS, required=True,
    ),
    Column(
        "duration", Kind.WHOLE, gettext_noop("How many years the work takes."), "2", YEARS,
        required=True,
    ),
    Column(
        "lag", Kind.WHOLE,
        gettext_noop("How many years pass after the work until the survey sees its effect."),
        "1", YEARS, required=True,
    ),
    Column(
        "chance", Kind.NUMBER,
        gettext_noop("How likely it succeeds, from 0 to 1; 0.8 for 80 %."),
        "0.7", required=True,
    ),
    Column(
        "cost", Kind.AMOUNTS,
        gettext_noop(
            "What each year costs, counted from the start: cost_1, cost_2 and so on. "
            "Write 0 where a year between costs nothing."
        ),
        "12 500 000 000", MONEY, required=True,
    ),
    Column(
        "needs", Kind.CODES,
        gettext_noop("Initiatives that must have ended before this one starts."), "",
    ),
    Column(
        "excludes", Kind.CODES,
        gettext_noop("Initiatives that are not done if this one is: another way to the same end."),
        "",
    ),
    Column("group", Kind.LABEL, gettext_noop("The working group that does it."), "WG-3"),
    Column("body", Kind.LABEL, gettext_noop("The state body that answers for it."), "MDT"),
    Column(
        "source", Kind.LABEL, gettext_noop("Where the money is from; see the table of budgets."),
        "budget",
    ),
    Column(
        "load", Kind.NUMBER,
        gettext_noop("How much of its group's capacity it takes in each year; 1 if left empty."),
        "1",
    ),
    Column(
        "basis", Kind.BASIS,
        gettext_noop(
            "How well effects and costs are known: proved, quoted, recalled or assumed. "
            "Assumed if left empty."
        ),
        "assumed",
    ),
    Column(
        "reasoning", Kind.WORDS,
        gettext_noop("How the effects and costs were arrived at, in one or two sentences."),
        "Coverage of 54 % in 2021 and growth since",
    ),
)  # fmt: skip

EFFECTS: Final = (
    Column(
        "initiative", Kind.CODE, gettext_noop("The code of the initiative that has the effect."),
        "rural-fibre", required=True,
    ),
    Column(
        "indicator", Kind.LABEL,
        gettext_noop("What it moves: osi, tii or hci, or an input such as tii.internet."),
        "tii.internet", required=True,
    ),
    Column(
        "low", Kind.NUMBER, gettext_noop("What it adds at the least, if it succeeds."), "1",
        required=True,
    ),
    Column("likely", Kind.NUMBER, gettext_noop("What it most likely adds."), "2", required=True),
    Column(
        "high", Kind.NUMBER, gettext_noop("What it adds at the most."), "3.5", required=True,
    ),
    Column(
        "unit", Kind.UNIT,
        gettext_noop("What the three numbers count; each indicator has one unit, listed below."),
        "per 100 people", required=True,
    ),
    Column(
        "overlap", Kind.LABEL,
        gettext_noop(
            "A word that effects share which do not add up: of those on one indicator "
            "with the same word only the strongest counts."
        ),
        "rural",
    ),
)  # fmt: skip

BUDGETS: Final = (
    Column(
        "source", Kind.LABEL,
        gettext_noop("The source of money. A source without any row here gives without limit."),
        "budget", required=True,
    ),
    Column("year", Kind.YEAR, gettext_noop("The year."), "2026", YEAR, required=True),
    Column(
        "amount", Kind.AMOUNT, gettext_noop("What it gives in that year."), "500 000 000 000",
        MONEY, required=True,
    ),
)  # fmt: skip

CAPACITIES: Final = (
    Column(
        "group", Kind.LABEL,
        gettext_noop("The working group. A group without any row here is not limited."),
        "WG-3", required=True,
    ),
    Column("year", Kind.YEAR, gettext_noop("The year."), "2026", YEAR, required=True),
    Column(
        "amount", Kind.NUMBER, gettext_noop("How much load it carries in that year."), "4",
        required=True,
    ),
)  # fmt: skip

NAMES: Final = (
    Column(
        "code", Kind.LABEL,
        gettext_noop("A group, a body or a source, as it is written in the other tables."),
        "WG-3", required=True,
    ),
    Column(
        "title", Kind.WORDS, gettext_noop("How it is called where people read."),
        "Working group on telecommunications", required=True,
    ),
)  # fmt: skip

TABLES: Final[Mapping[str, tuple[Column, ...]]] = MappingProxyType(
    {
        "portfolio": PORTFOLIO,
        "initiatives": INITIATIVES,
        "effects": EFFECTS,
        "budgets": BUDGETS,
        "capacities": CAPACITIES,
        "names": NAMES,
    }
)
"""The tables of a portfolio, each a sheet of a workbook, by name."""

ABOUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "portfolio": gettext_noop("The whole; one row."),
        "initiatives": gettext_noop("What may be done; one row each."),
        "effects": gettext_noop("What the initiatives move; one row for each indicator."),
        "budgets": gettext_noop("What each source of money gives; one row for each year."),
        "capacities": gettext_noop("What each working group carries; one row for each year."),
        "names": gettext_noop("Full names of groups, bodies and sources; may be left empty."),
    }
)
"""What each table holds."""

NEEDED: Final = ("portfolio", "initiatives")
"""Tables without a row of which a file is no portfolio."""


def heads(column: Column, costs: int = MOST_COSTS) -> tuple[str, ...]:
    """The names under which a column stands in a table.

    >>> heads(PORTFOLIO[1]), heads(INITIATIVES[6], costs=2)
    (('title', 'title_uz_cyrl', 'title_ru', 'title_en'), ('cost_1', 'cost_2'))
    """
    if column.kind is Kind.WORDS:
        return (column.name, *(f"{column.name}_{language}" for language in LANGUAGES))
    if column.kind is Kind.AMOUNTS:
        return tuple(f"{column.name}_{year}" for year in range(1, costs + 1))
    return (column.name,)
