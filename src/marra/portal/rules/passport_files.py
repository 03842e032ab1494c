"""Files of passports: JSON, a line for each, or a table; read to the end, whole or not at all.

A line of JSON is a passport as the register gives it out. A table has the same columns, with heads
in English, Uzbek or Russian; the steps of a cell are parted by semicolons or new lines. A column
that is not known is left out and remarked. A passport that says nothing is no fault: it becomes a
draft that lacks everything, and the file is told how many of those it has.

Source: passports of my.gov.uz as read in November 2026; the heads are ours.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from marra.kit.cells import decimal
from marra.kit.findings import Findings
from marra.kit.sheets import shown
from marra.kit.text import gettext_noop
from marra.kit.workbooks import is_workbook, read
from marra.language.fold import fold
from marra.portal.rules.passports import Passport

LARGEST: Final = 10_000_000
MOST: Final = 5_000
NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")

HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("raqami", "номер", "pasport raqami"),
    "title": ("nomi", "название", "xizmat nomi"),
    "declared_term": ("muddati", "срок"),
    "declared_automatic": ("avtomatik", "автоматически"),
    "fee": ("toʻlovi", "плата", "toʻlov"),
    "documents_required": ("hujjat soʻraladi", "нужны документы"),
    "audience": ("kimlar uchun", "для кого"),
    "organisation": ("organ", "орган", "tashkilot"),
    "applications": ("murojaatlar soni", "число обращений"),
    "avg_rating": ("baho", "оценка"),
    "form_minutes": ("toʻldirish vaqti", "минут на заполнение"),
    "steps": ("bosqichlar", "шаги"),
    "passport_empty": ("pasport boʻsh", "паспорт пуст"),
}
"""The columns, and their heads in Uzbek and Russian."""

AUDIENCE: Final[Mapping[str, str]] = {
    fold(word): code
    for code, words in {
        "individual": ("individual", "jismoniy", "jismoniy shaxs", "физические лица"),
        "legal": ("legal", "yuridik", "yuridik shaxs", "юридические лица"),
        "both": ("both", "barcha", "hamma", "все", "jismoniy va yuridik shaxslar"),
    }.items()
    for word in words
}
YES: Final = {fold(word) for word in ("true", "1", "ha", "yes", "да", "bor", "kerak")}
NO: Final = {fold(word) for word in ("false", "0", "yoʻq", "no", "нет", "kerak emas")}

TOO_LARGE = gettext_noop("The file has more than {most} megabytes. Part it into several.")
TOO_MANY = gettext_noop("The file has more than {most} passports. Part it into several.")
NOTHING = gettext_noop("The file has no passport. Write one a line, or one a row.")
NOT_JSON = gettext_noop("The line cannot be read as JSON. Write one passport a line, in braces.")
NOT_AN_OBJECT = gettext_noop("The line is JSON, but no passport: write it as an object in braces.")
NO_NUMBER = gettext_noop("The passport has no number. Write the id that the register gave it.")
WRONG_NUMBER = gettext_noop("“{told}” is no number of a passport: letters, digits, hyphens.")
TWICE = gettext_noop("Passport {number} stands on line {first} already. Leave one of them.")
NOT_TEXT = gettext_noop("A text is expected here.")
TOO_LONG = gettext_noop("The text has {length} characters, and at most {most} are taken.")
NOT_YES_NO = gettext_noop("Write true or false, or leave it empty where it is not known.")
NOT_A_NUMBER = gettext_noop("A number from 0 upwards is expected here.")
NOT_AN_AUDIENCE = gettext_noop("“{told}” is no audience. Write individual, legal or both.")
NOT_STEPS = gettext_noop("Steps are a list of texts, at most {most}.")
NOT_KNOWN = gettext_noop("The column “{name}” is not known and was left out.")
NOT_UTF8 = gettext_noop("The file is not in UTF-8. Save it as “UTF-8”.")
EMPTY_ONES = gettext_noop(
    "{count} of {all} passports are empty: they say no term, fee, audience, body or steps."
)


def passports(content: bytes, findings: Findings) -> tuple[Passport, ...]:
    """The passports of a file; refuses it whole with `FileRefused`, naming every fault.

    >>> passports(b'{"id": 416, "passport_empty": true}', Findings("p.jsonl"))[0].number
    '416'
    """
    if len(content) > LARGEST:
        findings.refuse(TOO_LARGE, most=LARGEST // 1_000_000)
        findings.settle()
    rows = list(_rows(content, findings))
    findings.settle()
    if not rows:
        findings.refuse(NOTHING)
    if len(rows) > MOST:
        findings.refuse(TOO_MANY, most=MOST)
    findings.settle()
    told = list(_told(rows, findings))
    findings.settle()
    if empty := sum(each.is_empty for each in told):
        findings.remark(EMPTY_ONES, count=empty, all=len(told))
    return tuple(told)


def _rows(content: bytes, findings: Findings) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Each passport as it stands, with its line."""
    if is_workbook(content) or not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        yield from _table(content, findings)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        findings.refuse(NOT_UTF8, line=content[: wrong.start].count(b"\n") + 1)
        return
    if text.lstrip().startswith("["):
        yield from enumerate(_list(text, findings), start=1)
        return
    for line, each in enumerate(text.split("\n"), start=1):
        if each.strip() and isinstance(found := _json(each, line, findings), Mapping):
            yield line, found


def _list(text: str, findings: Findings) -> list[Mapping[str, Any]]:
    found = _json(text, 0, findings)
    told = found if isinstance(found, list) else []
    for line, each in enumerate(told, start=1):
        if not isinstance(each, Mapping):
            findings.refuse(NOT_AN_OBJECT, line=line)
    return [each for each in told if isinstance(each, Mapping)]


def _json(text: str, line: int, findings: Findings) -> object:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        findings.refuse(NOT_JSON, line=line)
        return None
    if line and not isinstance(found, dict):
        findings.refuse(NOT_AN_OBJECT, line=line)
    return found


def _table(content: bytes, findings: Findings) -> Iterator[tuple[int, Mapping[str, Any]]]:
    table = read(content, findings, most=MOST)
    heads = {name: name for name in HEADS}
    heads |= {fold(word): name for name, words in HEADS.items() for word in words}
    known = {head: heads.get(head) or heads.get(fold(head)) for head in table.head if head}
    for row in table.rows:
        cells = {known[head] or head: shown(row.cells[head]).strip() for head in known}
        yield row.line, {name: cell for name, cell in cells.items() if cell}


def _told(rows: Sequence[tuple[int, Mapping[str, Any]]], findings: Findings) -> Iterator[Passport]:
    first: dict[str, int] = {}
    for name in sorted({str(key) for _, each in rows for key in each} - HEADS.keys()):
        findings.remark(NOT_KNOWN, name=name[:60])
    for line, each in rows:
        found = _Reading(each, line, findings).passport()
        if found is None:
            continue
        key = found.number.casefold()
        if key in first:
            findings.refuse(TWICE, line=line, number=found.number, first=first[key])
        first.setdefault(key, line)
        yield found


class _Reading:
    """One passport while it is read."""

    def __init__(self, row: Mapping[str, Any], line: int, findings: Findings) -> None:
        self.row = row
        self.line = line
        self.findings = findings

    def refuse(self, sentence: str, column: str, **facts: Any) -> None:
        self.findings.refuse(sentence, line=self.line, column=column, **facts)

    def passport(self) -> Passport | None:
        number = self._number()
        if not number:
            return None
        return Passport(
            number=number,
            title=self.text("title", 500),
            term=self.text("declared_term", 200),
            fee=self.text("fee", 200),
            audience=self._audience(),
            organisation=self.text("organisation", 200),
            declared_automatic=self.yes_or_no("declared_automatic"),
            documents_required=self.yes_or_no("documents_required"),
            uses=None if (uses := self.number("applications")) is None else int(uses),
            rating=self.number("avg_rating"),
            steps=self._steps(),
            says_empty=bool(self.yes_or_no("passport_empty")),
        )

    def _number(self) -> str:
        told = self.row.get("id")
        number = str(told).strip() if isinstance(told, str | int) and told is not True else ""
        if not number:
            self.refuse(NO_NUMBER, "id")
        elif not NUMBER.fullmatch(number):
            self.refuse(WRONG_NUMBER, "id", told=number[:40])
            return ""
        return number

    def text(self, name: str, most: int) -> str:
        told = self.row.get(name)
        if told is None:
            return ""
        if not isinstance(told, str | int | float) or isinstance(told, bool):
            self.refuse(NOT_TEXT, name)
            return ""
        text = " ".join("".join(c if c.isprintable() else " " for c in str(told)).split())
        if len(text) > most:
            self.refuse(TOO_LONG, name, length=len(text), most=most)
        return text

    def yes_or_no(self, name: str) -> bool | None:
        told = self.row.get(name)
        if told is None or isinstance(told, bool):
            return told
        word = fold(str(told))
        if word not in YES | NO:
            self.refuse(NOT_YES_NO, name)
        return word in YES

    def number(self, name: str) -> float | None:
        told = self.row.get(name)
        if told is None:
            return None
        number = decimal("".join(str(told).split())) if not isinstance(told, bool) else None
        if number is None or not 0 <= number <= 2e9:
            self.refuse(NOT_A_NUMBER, name)
            return None
        return number

    def _audience(self) -> str:
        told = self.text("audience", 80)
        if told and fold(told) not in AUDIENCE:
            self.refuse(NOT_AN_AUDIENCE, "audience", told=told[:40])
        return AUDIENCE.get(fold(told), "")

    def _steps(self) -> tuple[str, ...]:
        told = self.row.get("steps")
        several: Any = re.split(r"[;\n]", told) if isinstance(told, str) else told or ()
        fits = isinstance(several, Sequence) and len(several) <= 60
        if not fits or not all(isinstance(each, str) and len(each) <= 500 for each in several):
            self.refuse(NOT_STEPS, "steps", most=60)
            return ()
        clean: Callable[[str], str] = lambda each: " ".join(each.split())  # noqa: E731  short
        return tuple(filter(None, map(clean, several)))
