"""Features in a file: an assessor's own answers, and what bodies say of features.

One row is one feature, known by its code. Heads stand in any of our languages. Of two sheets that
are alike but for their columns, one is given to assessors and one to bodies: an assessor's file
holds no other assessor's answer, and a body's file no answer at all. A row without an answer, and
in a body's file an empty cell, says nothing.

Source: ours.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from marra.inventory.rules import things
from marra.inventory.rules.assessing import LONGEST, checked_verdict
from marra.inventory.rules.features import (
    State,
    UnknownState,
    checked_days,
    checked_effort,
    named,
)
from marra.kit.cells import decimal
from marra.kit.errors import Refusal
from marra.kit.findings import Findings
from marra.kit.sheets import Cell, Sheet, csv_table, shown, xlsx
from marra.kit.tables import Row, Table
from marra.kit.text import gettext_noop
from marra.kit.workbooks import read as read_table
from marra.language.fold import fold

LARGEST: Final = 2_000_000
MOST: Final = 2_000
FORMS: Final = ("xlsx", "csv")

TOO_LARGE = gettext_noop("The file has more than {most} megabytes. Part it into several.")
NO_SUCH_COLUMN = gettext_noop("There is no column “{name}”. Take the template.")
NO_CODES = gettext_noop("There is no column with the codes of features. Take the template.")
NO_ROWS = gettext_noop("No row of the file says anything. Fill in the template.")
NO_CODE = gettext_noop("The row names no feature. Write its code, such as osi-074.")
TWICE = gettext_noop("The row repeats line {first}: the same feature.")
NOT_A_NUMBER = gettext_noop("“{cell}” is not a number. Write digits, such as 300000 or 12,5.")
NOT_WHOLE = gettext_noop("“{cell}” is not a whole number.")


class Of(StrEnum):
    """Whose file it is."""

    ANSWERS = "answers"
    FACTS = "facts"


HEADS: Final[Mapping[str, tuple[str, str, str]]] = {
    "code": ("kod", "код", "code"),
    "module": ("modul", "модуль", "module"),
    "feature": ("belgi", "признак", "feature"),
    "state": ("holat", "состояние", "state"),
    "verdict": ("baho", "оценка", "verdict"),
    "address": ("manzil", "адрес", "address"),
    "note": ("izoh", "примечание", "note"),
    "effort": ("mehnat sarfi, kishi-kun", "трудозатраты, человеко-дней", "effort, person-days"),
    "every_days": ("necha kunda tekshiriladi", "проверять раз в дней", "looked at every days"),
    "body": ("masʼul organ", "ответственный орган", "body that answers"),
    "assessed": ("baholangan kun", "дата оценки", "assessed on"),
    "seen": ("mashina tekshiruvi", "проверка машиной", "seen by the machine"),
}
"""What each column is called in Uzbek, Russian and English."""

SAYS: Final[Mapping[Of, tuple[str, ...]]] = {
    Of.ANSWERS: ("verdict", "address", "note"),
    Of.FACTS: ("address", "effort", "every_days", "note"),
}
"""The columns that are read; those that only help the reader are passed over."""

HELPS: Final = ("code", "module", "feature", "state")
OF_REGISTER: Final = (*HELPS, "address", "body", "assessed", "seen")

WORDS: Final[Mapping[State, tuple[str, ...]]] = {
    State.YES: ("yes", "ha", "да", "mavjud", "имеется", "there"),
    State.PARTLY: ("partly", "qisman", "частично", "qisman mavjud", "partly there"),
    State.NO: ("no", "yoʻq", "нет", "mavjud emas", "отсутствует", "not there"),
}
"""How an answer may be written."""

_STATES: Final = {fold(word): state for state, words in WORDS.items() for word in words}
_NAMES: Final = {
    fold(word): name for name, heads in HEADS.items() for word in (*heads, name.replace("_", " "))
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says of a feature, each value checked."""

    line: int
    code: str
    says: Mapping[str, object]


def head(name: str, language: str) -> str:
    """The head of a column in a language; Uzbek in Latin letters for both scripts of Uzbek.

    >>> head("verdict", "ru"), head("verdict", "uz-cyrl")
    ('оценка', 'baho')
    """
    return HEADS[name][{"ru": 1, "en": 2}.get(language, 0)]


def state_of(cell: str) -> State:
    """The state that a cell names; refuses with `UnknownState`.

    >>> state_of("Ҳа").value, state_of("йўқ").value
    ('yes', 'no')
    """
    found = _STATES.get(fold(cell))
    if found is None:
        raise UnknownState(state=cell[:20])
    return found


def read(content: bytes, findings: Findings, of: Of) -> tuple[Told, ...]:
    """The rows of a file that say something; faults of its cells are told in `findings`."""
    if len(content) > LARGEST:
        findings.refuse(TOO_LARGE, most=LARGEST // 1_000_000)
        findings.settle()
    table = read_table(content, findings, most=MOST)
    names = _columns(table, findings)
    findings.settle()
    found = [_row(row, names, of, findings) for row in table.rows]
    told = tuple(each for each in found if each is not None)
    first: dict[str, int] = {}
    for each in told:
        if each.code in first:
            findings.refuse(TWICE, line=each.line, first=first[each.code])
        first.setdefault(each.code, each.line)
    if not told and not findings.wrong:
        findings.refuse(NO_ROWS)
    return told


def _columns(table: Table, findings: Findings) -> dict[str, str]:
    names = {}
    for name in filter(None, table.head):
        known = _NAMES.get(fold(name))
        if known is None:
            findings.refuse(NO_SUCH_COLUMN, line=1, column=name, name=name[:60])
        else:
            names[name] = known
    if "code" not in names.values() and not findings.wrong:
        findings.refuse(NO_CODES, line=1)
    return names


def _row(row: Row, names: Mapping[str, str], of: Of, findings: Findings) -> Told | None:
    """What a row says; None if that is nothing, or once its fault is told."""
    cells = {ours: shown(row.cells.get(name, "")).strip() for name, ours in names.items()}
    said = {name: cells[name] for name in SAYS[of] if cells.get(name)}
    if not said or (of is Of.ANSWERS and "verdict" not in said):
        return None
    code = cells.get("code", "").lower()
    if not code:
        findings.refuse(NO_CODE, line=row.line)
        return None
    before = findings.count
    heads = {ours: name for name, ours in names.items()}
    _checked(row.line, heads["code"], lambda: named(code), findings)
    says = _facts(row.line, said, heads, findings)
    if of is Of.ANSWERS and findings.count == before:
        address = str(says.get("address", ""))
        verdict = str(says["verdict"])
        column = heads.get("address", heads["verdict"])
        _checked(row.line, column, lambda: checked_verdict(verdict, address), findings)
    return Told(row.line, code, says) if findings.count == before else None


def _facts(
    line: int, said: Mapping[str, str], heads: Mapping[str, str], findings: Findings
) -> dict[str, object]:
    """Each cell as the register keeps it, as far as it could be read."""
    read_by: dict[str, Callable[[str], object]] = {
        "verdict": lambda cell: state_of(cell).value,
        "address": things.checked_address,
        "note": lambda cell: cell[:LONGEST],
    }
    says: dict[str, object] = {}
    for name, cell in said.items():
        if name in ("effort", "every_days"):
            value = _number(line, name, heads[name], cell, findings)
        else:
            reader = read_by[name]
            value = _checked(line, heads[name], lambda r=reader, c=cell: r(c), findings)  # type: ignore[misc]
        if value is not None:
            says[name] = value
    return says


def _number(line: int, name: str, column: str, cell: str, findings: Findings) -> object:
    number = decimal("".join(cell.split()))
    if number is None:
        findings.refuse(NOT_A_NUMBER, line=line, column=column, cell=cell[:40])
        return None
    if name == "effort":
        return _checked(line, column, lambda: checked_effort(number), findings)
    if not number.is_integer():
        findings.refuse(NOT_WHOLE, line=line, column=column, cell=cell[:40])
        return None
    return _checked(line, column, lambda: checked_days(int(number)), findings)


def _checked(line: int, column: str, check: Callable[[], object], findings: Findings) -> object:
    """What a check gives; None once its refusal is told."""
    try:
        return check()
    except Refusal as refusal:
        facts = {name: str(fact) for name, fact in refusal.facts.items()}
        findings.refuse(refusal.sentence, line=line, column=column, **facts)
        return None


def written(
    rows: Iterable[Sequence[Cell]], columns: Sequence[str], form: str, language: str
) -> bytes:
    """Rows under the heads of their columns, as `xlsx` or `csv`.

    >>> written([["osi-074"]], ["code"], "csv", "en").decode("utf-8-sig").split()
    ['code', 'osi-074']
    """
    heads = [head(each, language) for each in columns]
    if form == "csv":
        return csv_table(heads, rows)
    widths = [48 if each in ("feature", "address", "note", "body") else 16 for each in columns]
    return xlsx([Sheet(head("feature", language), heads, rows, widths)])
