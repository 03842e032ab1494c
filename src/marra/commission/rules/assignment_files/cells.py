"""Cells of a list of assignments: each read by what its column is, each fault told in its place.

Source: ours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from marra.commission.rules.assignment_files.columns import COLUMNS, state_of
from marra.commission.rules.assignment_files.planned import Known, Planned
from marra.commission.rules.assignments import LONGEST_TEXT, LONGEST_TITLE, State
from marra.commission.rules.terms import checked_days
from marra.kit.errors import Refusal
from marra.kit.findings import Fact, Findings
from marra.kit.tables import Row
from marra.kit.text import gettext_noop
from marra.language.fold import fold
from marra.language.likeness import likeness, pieces

NEEDED = gettext_noop("The cell is empty. Fill it in.")
TITLE_LENGTH = gettext_noop(
    "What is to be done has {length} characters. Write it in 5 to {most}, the rest into the note."
)
TOO_LONG = gettext_noop("The cell has {length} characters, and at most {most} are kept.")
NOT_A_DAY = gettext_noop("“{cell}” is not a day. Write it as 30.06.2026 or 2026-06-30.")
NO_SUCH_BODY = gettext_noop("There is no state body “{cell}”. Write its full name or its code.")
PERHAPS = gettext_noop(
    "There is no state body “{cell}”. If “{near}” is meant, write that; else write its full name."
)
NO_SUCH_GROUP = gettext_noop("There is no working group “{cell}”. Write its number, such as 2.")
NO_SUCH_INDICATOR = gettext_noop("There is no indicator “{cell}”. Write its code or its name.")
LEAD_HELPS = gettext_noop("The body that leads stands among the co-executors. Leave it out there.")
STATE_UNKNOWN = gettext_noop(
    "“{cell}” is not taken from a file. Write “{draft}”, “{new}” or “{busy}”; what is done is "
    "submitted here with its proof, and two people accept it."
)
NOT_PERCENT = gettext_noop("“{cell}” is not a whole number from 0 to 100.")
FIRST_AFTER = gettext_noop("The first deadline {first} lies after the deadline {deadline}.")

LIMITS: Final[Mapping[str, int]] = {"ijro": 60, "head": 120, "basis": 300, "note": LONGEST_TEXT}
NEAR: Final = 0.4
"""Share of pieces in common from which a name is suggested; ours."""

SAFE: Final = re.compile(r"'(?=[=+\-@\t\r])")
"""The apostrophe that our own files put before what a spreadsheet would run."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something was found, and where that is told."""

    findings: Findings
    line: int

    def refuse(self, sentence: str, column: str, **facts: Fact) -> None:
        """Tell a fault of a cell, under the column's name."""
        name = COLUMNS[column].name.uz
        self.findings.refuse(sentence, line=self.line, column=name, sheet="", **facts)


class Days(NamedTuple):
    """The days of a row."""

    deadline: date
    first: date
    given: date


def checked(cell: str) -> str:
    """The cell without spare blanks and without the apostrophe of our own files.

    >>> checked(" a  b "), checked("'=1+1"), checked("'qoʻshtirnoq'")
    ('a b', '=1+1', "'qoʻshtirnoq'")
    """
    lines = [" ".join(line.split()) for line in SAFE.sub("", cell, count=1).splitlines()]
    return "\n".join(line for line in lines if line)


def planned(row: Row, place: Place, known: Known, today: date) -> Planned | None:
    """The assignment of a row; None once its faults are told."""
    before = place.findings.count
    cells = row.cells
    title, lead = _title(cells, place), _lead(cells, place, known)
    days, basis = _days(cells, place, today), cells.get("basis", "").replace("\n", " ")
    helpers = _helpers(cells, place, known, lead)
    group = _one_of(known.groups, cells, "group", NO_SUCH_GROUP, place)
    indicator = _one_of(known.indicators, cells, "indicator", NO_SUCH_INDICATOR, place)
    state, percent = _state(cells, place), _percent(cells, place)
    _limits(cells, place)
    if place.findings.count > before or days is None:
        return None
    clause = known.clauses.get(fold(basis), "")
    return Planned(
        line=row.line,
        title=title,
        key=fold(title)[:500],
        lead=lead,
        deadline=days.deadline,
        first_deadline=days.first,
        given_on=days.given,
        co_executors=helpers,
        head_name=cells.get("head", "").replace("\n", " "),
        ijro_number=cells.get("ijro", ""),
        basis="" if clause else basis,
        clause=clause,
        group=group,
        indicator=indicator,
        state=state,
        percent=percent,
        text=cells.get("note", ""),
    )


def day_of(written: str) -> date | None:
    """The day in a cell, or None if there is none.

    >>> day_of("30.06.2026"), day_of("2026-06-30"), day_of("june")
    (datetime.date(2026, 6, 30), datetime.date(2026, 6, 30), None)
    """
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007  a day has no hour
        except ValueError:
            continue
    return None


def _title(cells: Mapping[str, str], place: Place) -> str:
    title = cells["title"].replace("\n", " ")
    if not title:
        place.refuse(NEEDED, "title")
    elif not 5 <= len(title) <= LONGEST_TITLE:
        place.refuse(TITLE_LENGTH, "title", length=len(title), most=LONGEST_TITLE)
    return title


def _lead(cells: Mapping[str, str], place: Place, known: Known) -> str:
    if not cells["lead"]:
        place.refuse(NEEDED, "lead")
        return ""
    return _body(cells["lead"], "lead", place, known)


def _body(cell: str, column: str, place: Place, known: Known) -> str:
    """The code of a body by its name or code; "" once the fault is told."""
    wanted = fold(cell)
    if wanted in known.bodies:
        return known.bodies[wanted]
    own = pieces(wanted)
    share, near = max(
        ((likeness(own, pieces(name)), name) for name in known.bodies), default=(0.0, "")
    )
    if share >= NEAR:
        code = known.bodies[near]
        place.refuse(PERHAPS, column, cell=cell[:80], near=known.called.get(code, code))
    else:
        place.refuse(NO_SUCH_BODY, column, cell=cell[:80])
    return ""


def _helpers(cells: Mapping[str, str], place: Place, known: Known, lead: str) -> tuple[str, ...]:
    whole = cells.get("co-executors", "")
    if fold(whole) in known.bodies:
        parts = [whole]
    else:
        parts = [part for part in re.split(r"[;\n]", whole) if part.strip()]
    found = [_body(part.strip(), "co-executors", place, known) for part in parts]
    if lead and lead in found:
        place.refuse(LEAD_HELPS, "co-executors")
    return tuple(dict.fromkeys(filter(None, found)))


def _one_of(
    known: Mapping[str, str], cells: Mapping[str, str], column: str, sentence: str, place: Place
) -> str:
    cell = cells.get(column, "")
    if not cell:
        return ""
    found = known.get(fold(cell))
    if found is None:
        place.refuse(sentence, column, cell=cell[:80])
    return found or ""


def _state(cells: Mapping[str, str], place: Place) -> State | None:
    cell = cells.get("state", "")
    found = state_of(cell) if cell else None
    if cell and found is None:
        words = {"draft": "loyiha", "new": "yangi", "busy": "ijroda"}
        place.refuse(STATE_UNKNOWN, "state", cell=cell[:40], **words)
    return found


def _percent(cells: Mapping[str, str], place: Place) -> int:
    cell = cells.get("percent", "").removesuffix("%").strip()
    if not cell:
        return 0
    if not cell.isdecimal() or int(cell) > 100:
        place.refuse(NOT_PERCENT, "percent", cell=cell[:40])
        return 0
    return int(cell)


def _days(cells: Mapping[str, str], place: Place, today: date) -> Days | None:
    """The three days of a row; None once a fault is told."""
    read: dict[str, date | None] = {}
    for column in ("deadline", "first-deadline", "given"):
        cell = cells.get(column, "")
        read[column] = day_of(cell) if cell else None
        if cell and read[column] is None:
            place.refuse(NOT_A_DAY, column, cell=cell[:40])
    if not cells["deadline"]:
        place.refuse(NEEDED, "deadline")
    deadline = read["deadline"]
    if deadline is None:
        return None
    first = read["first-deadline"] or deadline
    given = read["given"] or min(today, first)
    if first > deadline:
        said = {"first": f"{first:%d.%m.%Y}", "deadline": f"{deadline:%d.%m.%Y}"}
        place.refuse(FIRST_AFTER, "first-deadline", **said)
        return None
    try:
        checked_days(given, deadline)
    except Refusal as refusal:
        facts = {name: str(fact) for name, fact in refusal.facts.items()}
        place.refuse(refusal.sentence, "deadline", **facts)
        return None
    return Days(deadline, first, given)


def _limits(cells: Mapping[str, str], place: Place) -> None:
    for column, most in LIMITS.items():
        if len(cell := cells.get(column, "")) > most:
            place.refuse(TOO_LONG, column, length=len(cell), most=most)
