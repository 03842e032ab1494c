"""Reader: a body's own list out of a file, read to its end, whole or not at all.

Rows repeat their function and their process; what they say of one is put together, and a row that
says otherwise than an earlier one is a fault. An empty cell says nothing: it neither erases nor
contradicts. The same title in other letters is the same thing, and that is remarked.

Source: ours.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from marra.inventory.rules import things
from marra.inventory.rules.files.columns import (
    BY_NAME,
    COLUMNS,
    Column,
    Kind,
    Thing,
    by_head,
    stored,
)
from marra.inventory.rules.files.decisions import decision_of
from marra.kit.cells import day, decimal
from marra.kit.errors import Refusal
from marra.kit.findings import Findings
from marra.kit.sheets import shown
from marra.kit.tables import Row, Table
from marra.kit.text import gettext_noop
from marra.kit.workbooks import tables
from marra.language.fold import fold

LARGEST: Final = 5_000_000
MOST: Final = 5_000

TOO_LARGE = gettext_noop("The file has more than {most} megabytes. Part it into several.")
NO_SUCH_COLUMN = gettext_noop("There is no column “{name}”. Take the template.")
NO_TITLES = gettext_noop(
    "There is no column for functions, processes or services. Take the template."
)
NO_ROWS = gettext_noop("There is no row below the head. Write one thing a row.")
NO_TITLE = gettext_noop("The row says something of a {thing} and does not name it.")
NOT_A_NUMBER = gettext_noop("“{cell}” is not a number. Write digits, such as 300000 or 12,5.")
NOT_WHOLE = gettext_noop("“{cell}” is not a whole number.")
NOT_A_DAY = gettext_noop("“{cell}” is not a day. Write it as 31.12.2025 or 2025-12-31.")
FRACTION = gettext_noop("Write per cent: 30 for 30 %. “{cell}” could be 0,3 % or 30 %.")
OTHERWISE = gettext_noop("“{title}”: line {first} says “{before}” here, and this row “{after}”.")
OTHER_LETTERS = gettext_noop(
    "“{title}” is taken as “{before}” of line {first}: the same in other letters."
)
NO_SUCH_BODY = gettext_noop(
    "There is no state body “{name}”. Write its name as on the list of bodies."
)

Key = tuple[str, ...]
WHOLE: Final = {"process_volume", "volume", "steps", "documents"}


@dataclass(slots=True)
class Told:
    """What the rows of a file say of one thing."""

    thing: Thing
    key: Key  # (title,) or, for a process, (function or "", title); folded
    title: str
    line: int
    sheet: str
    says: dict[str, object] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)  # where each was said first
    processes: list[Key] = field(default_factory=list)  # that a service carries out
    of_a_function: bool = True


@dataclass(frozen=True, slots=True)
class Read:
    """A list as a file says it, as far as it could be read."""

    things: tuple[Told, ...]
    rows: int


class _Reading:
    """What was read so far."""

    def __init__(self, findings: Findings, bodies: Mapping[str, str], today: date) -> None:
        self.findings = findings
        self.bodies = bodies
        self.today = today
        self.found: dict[tuple[Thing, Key], Told] = {}
        self.sheet = ""

    def refuse(self, sentence: str, line: int, column: str = "", **facts: object) -> None:
        told = {
            name: each if isinstance(each, str | int) else str(each)
            for name, each in facts.items()
        }
        self.findings.refuse(sentence, line=line, column=column, sheet=self.sheet, **told)

    def table(self, table: Table) -> None:
        """Read one sheet."""
        columns = self._columns(table)
        if columns and not {each.name for each in columns.values()} & {*Thing}:
            self.refuse(NO_TITLES, 1)
        for row in table.rows:
            self._row(row, columns)

    def _columns(self, table: Table) -> dict[str, Column]:
        known = {}
        for name in filter(None, table.head):
            column = by_head().get(fold(name))
            if column is None:
                self.refuse(NO_SUCH_COLUMN, 1, name, name=name[:60])
            else:
                known[name] = column
        return known

    def _row(self, row: Row, columns: Mapping[str, Column]) -> None:
        cells: dict[Thing, dict[str, str]] = {each: {} for each in Thing}
        for name, column in columns.items():
            if cell := " ".join(shown(row.cells.get(name, "")).split()):
                cells[column.thing][column.name] = cell
        function = self._thing(Thing.FUNCTION, cells[Thing.FUNCTION], row.line, ())
        above = function.key if function else ("",)
        process = self._thing(Thing.PROCESS, cells[Thing.PROCESS], row.line, above)
        service = self._thing(Thing.SERVICE, cells[Thing.SERVICE], row.line, ())
        if service and process and process.key not in service.processes:
            service.processes.append(process.key)

    def _thing(self, thing: Thing, cells: Mapping[str, str], line: int, above: Key) -> Told | None:
        if not cells:
            return None
        if thing.value not in cells:
            self.refuse(NO_TITLE, line, thing=thing.value)
            return None
        try:
            title = things.checked_title(cells[thing.value])
        except Refusal as refusal:
            self.refuse(refusal.sentence, line, thing.value, **refusal.facts)
            return None
        key = (*above, fold(title)[:500])
        fresh = Told(thing, key, title, line, self.sheet)
        told = self.found.setdefault((thing, key), fresh)
        if told.title != title:
            self.findings.remark(
                OTHER_LETTERS, line=line, title=title, before=told.title, first=told.line
            )
        for name, cell in cells.items():
            if name != thing.value:
                self._say(told, BY_NAME[name], cell, line)
        return told

    def _say(self, told: Told, column: Column, cell: str, line: int) -> None:
        value = self._value(column, cell, line)
        if value is None:
            return
        before = told.says.setdefault(stored(column.name), value)
        first = told.lines.setdefault(column.name, line)
        if before != value:
            facts = {"title": told.title[:80], "first": first, "before": str(before)[:60]}
            self.refuse(OTHERWISE, line, column.name, after=cell[:60], **facts)

    def _value(self, column: Column, cell: str, line: int) -> object:
        """What a cell says; None once its fault is told."""
        told: object = cell
        match column.kind:
            case Kind.NUMBER | Kind.PERCENT:
                told = self._number(column, cell, line)
            case Kind.DAY:
                told = day(cell)
                if told is None:
                    self.refuse(NOT_A_DAY, line, column.name, cell=cell[:40])
            case Kind.NAMES:
                return self._names(column, cell, line)
        if told is None:
            return None
        try:
            if column.name == "decision":
                return decision_of(str(told))
            return things.checked({stored(column.name): told}, self.today)[stored(column.name)]
        except Refusal as refusal:
            self.refuse(refusal.sentence, line, column.name, **refusal.facts)
            return None

    def _number(self, column: Column, cell: str, line: int) -> float | None:
        number = decimal("".join(cell.removesuffix("%").split()))
        if number is None:
            self.refuse(NOT_A_NUMBER, line, column.name, cell=cell[:40])
        elif column.kind is Kind.PERCENT:
            if 0 < number < 1:
                self.refuse(FRACTION, line, column.name, cell=cell[:40])
                return None
            return number / 100
        elif column.name in WHOLE and not number.is_integer():
            self.refuse(NOT_WHOLE, line, column.name, cell=cell[:40])
            return None
        return number

    def _names(self, column: Column, cell: str, line: int) -> list[str] | None:
        codes = []
        for name in filter(None, (each.strip() for each in cell.split(";"))):
            code = self.bodies.get(fold(name))
            if code is None:
                self.refuse(NO_SUCH_BODY, line, column.name, name=name[:80])
                return None
            codes.append(code)
        return sorted(set(codes))


def read(content: bytes, findings: Findings, *, bodies: Mapping[str, str], today: date) -> Read:
    """The list in a file; `bodies` are codes by folded names.

    Faults of its cells are told in `findings`; a file that is no table is refused at once.
    """
    if len(content) > LARGEST:
        findings.refuse(TOO_LARGE, most=LARGEST // 1_000_000)
        findings.settle()
    sheets = tables(content, findings, most=MOST)
    findings.settle()
    reading = _Reading(findings, bodies, today)
    for sheet, table in sheets.items():
        reading.sheet = sheet if len(sheets) > 1 else ""
        reading.table(table)
    rows = sum(len(table.rows) for table in sheets.values())
    if not rows:
        findings.refuse(NO_ROWS)
    return Read(_joined(reading.found.values()), rows)


def _joined(found: Iterable[Told]) -> tuple[Told, ...]:
    """Things with processes named without their function joined to those named with it."""
    told = list(found)
    full: dict[str, list[Told]] = {}
    for each in told:
        if each.thing is Thing.PROCESS and each.key[0]:
            full.setdefault(each.key[1], []).append(each)
    moved: dict[Key, Key] = {}
    for each in told:
        if each.thing is Thing.PROCESS and not each.key[0]:
            homes = full.get(each.key[1], [])
            if len(homes) == 1:
                moved[each.key] = homes[0].key
                for name, value in each.says.items():
                    homes[0].says.setdefault(name, value)
            else:
                each.of_a_function = False
    for each in told:
        each.processes = list(dict.fromkeys(moved.get(key, key) for key in each.processes))
    return tuple(each for each in told if each.thing is not Thing.PROCESS or each.key not in moved)


def heads(language: str) -> list[str]:
    """The heads of a file in a language, in the order of the template."""
    return [each.head(language) for each in COLUMNS]
