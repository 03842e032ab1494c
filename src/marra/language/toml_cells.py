"""Cells of TOML files: each is read as what its key asks for, or told with its line.

Texts are in three languages; Uzbek in Cyrillic letters is made by rule.

Source: ours; days are those of TOML (2023-09-14).
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Final

from marra.kit.findings import Findings
from marra.kit.text import Text, gettext_noop
from marra.kit.toml import Place
from marra.language.scripts import to_cyrillic

LONGEST: Final = 20_000
"""Letters of a text; the longest clause of an act has some thousands."""

MOST: Final = 500
"""Tables of one name in a file."""

NO_ROWS = gettext_noop("The file has no {table}. Write at least one, under [[{table}]].")
NO_TABLES = gettext_noop("{table} must be tables. Write [[{table}]] above each.")
TOO_MANY = gettext_noop("There are more than {most} {table}. Check that this is the right file.")

MISSING = gettext_noop("“{name}” is missing. Write it.")
UNKNOWN_KEY = gettext_noop("“{name}” is no key here. The keys are: {known}.")
NEARLY_A_KEY = gettext_noop("“{name}” is no key here. The nearest is “{near}”: correct the name.")
NO_WORDS = gettext_noop("A text is needed here, in quotation marks.")
NO_TEXT = gettext_noop("A text in three languages is needed here: uz, ru and en.")
NO_SUCH_LANGUAGE = gettext_noop("The text is missing in {language}. Write it in uz, ru and en.")
ANOTHER_LANGUAGE = gettext_noop(
    "“{name}” is no language of a text. Write uz, ru and en; uz_cyrl is made by rule."
)
LONG_TEXT = gettext_noop("The text has {length} letters, and at most {most} are kept. Part it.")
NO_DAY = gettext_noop("A day is needed here, written like 2023-09-14, without quotation marks.")
NO_NUMBER = gettext_noop("A number is needed here, without quotation marks.")
NO_ADDRESS = gettext_noop("An address is needed here that begins with https:// or http://.")
NO_CHOICE = gettext_noop("“{cell}” is not known here. Use one of: {known}.")
UNFIT_CODE = gettext_noop("“{cell}” cannot be a code here. Write it like {example}.")

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]{3,490}")


@dataclass(slots=True)
class Cells:
    """The keys of one table of the file, taken one by one; what is left over is told."""

    table: str
    row: int
    given: dict[str, Any]
    lines: Mapping[Place, int]
    findings: Findings
    known: list[str] = field(default_factory=list)
    inside: str = ""  # the key in whose braces these stand
    faulty: set[str] = field(default_factory=set)

    def within(self, name: str, given: Mapping[str, Any]) -> "Cells":
        """What stands in the braces of a key."""
        return Cells(self.table, self.row, dict(given), self.lines, self.findings, inside=name)

    def refuse(self, sentence: str, name: str, /, **facts: str | float) -> None:
        """Note a fault of a key, at its line."""
        self.faulty.add(name)
        own = (self.table, self.row, self.inside or name)
        head = (name, 0, "") if not self.table else (self.table, self.row, "")
        line = self.lines.get(own) or self.lines.get(head) or self.lines.get(("", 0, ""), 0)
        self.findings.refuse(sentence, line=line, column=name, sheet=self.table, **facts)

    def take(self, name: str, *, needed: bool = False) -> Any:
        """What stands under a key; None where there is nothing, told if it is needed."""
        self.known.append(name)
        value = self.given.pop(name, None)
        if value in (None, "") and needed:
            self.refuse(MISSING, name, name=name)
        return None if value == "" else value

    def words(self, name: str, *, needed: bool = False, most: int = LONGEST) -> str:
        """One text in one language."""
        value = self.take(name, needed=needed)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.refuse(NO_WORDS, name)
            return ""
        if len(value) > most:
            self.refuse(LONG_TEXT, name, length=len(value), most=most)
        return _clean(value)

    def text(self, name: str, *, needed: bool = False, most: int = LONGEST) -> Text | None:
        """One text in the four languages; Cyrillic by rule where it is not given."""
        value = self.take(name, needed=needed)
        if value is None:
            return None
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            self.refuse(NO_TEXT, name)
            return None
        wrong = [each for each in value if each not in ("uz", "uz_cyrl", "ru", "en")]
        if wrong:
            self.refuse(ANOTHER_LANGUAGE, name, name=wrong[0][:40])
        missing = [each for each in ("uz", "ru", "en") if not value.get(each, "").strip()]
        if missing:
            self.refuse(NO_SUCH_LANGUAGE, name, language=missing[0])
        length = max(map(len, value.values()), default=0)
        if length > most:
            self.refuse(LONG_TEXT, name, length=length, most=most)
        if wrong or missing or length > most:
            return None
        told = {language: _clean(said) for language, said in value.items()}
        return Text(
            told["uz"], told.get("uz_cyrl") or to_cyrillic(told["uz"]), told["ru"], told["en"]
        )

    def day(self, name: str, *, needed: bool = False) -> date | None:
        """A day."""
        value = self.take(name, needed=needed)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.refuse(NO_DAY, name)
        return None

    def number(self, name: str) -> float | None:
        """A number."""
        value = self.take(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e15:
            self.refuse(NO_NUMBER, name)
            return None
        return float(value)

    def address(self, name: str, *, needed: bool = False) -> str:
        """An address of a page."""
        value = self.words(name, needed=needed, most=500)
        if value and not _ADDRESS.fullmatch(value):
            self.refuse(NO_ADDRESS, name)
            return ""
        return value

    def choice(self, name: str, known: Collection[str], *, needed: bool = False) -> str:
        """One word of a list."""
        value = self.words(name, needed=needed)
        if value and value not in known:
            self.refuse(NO_CHOICE, name, cell=value[:60], known=", ".join(known))
            return ""
        return value

    def code(self, name: str, pattern: re.Pattern[str], example: str) -> str:
        """A name by which other things point here."""
        value = self.words(name, needed=True)
        if value and not pattern.fullmatch(value):
            self.refuse(UNFIT_CODE, name, cell=value[:60], example=example)
            return ""
        return value

    def end(self) -> None:
        """Tell every key that nobody asked for."""
        for name in self.given:
            short = name[:60]
            if near := get_close_matches(short, self.known, n=1, cutoff=0.6):
                self.refuse(NEARLY_A_KEY, name, name=short, near=near[0])
            else:
                self.refuse(UNKNOWN_KEY, name, name=short, known=", ".join(self.known))


def rows(
    given: object, table: str, lines: Mapping[Place, int], findings: Findings, *, needed: bool
) -> Iterator[dict[str, Any]]:
    """The tables of one name, as they stand; none where something is wrong with them."""
    line = lines.get(("", 0, table), lines.get((table, 0, ""), 0))
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        findings.refuse(NO_TABLES, line=line, sheet=table, table=table)
    elif len(given) > MOST:
        findings.refuse(TOO_MANY, line=line, sheet=table, most=MOST, table=table)
    elif not given and needed:
        findings.refuse(NO_ROWS, table=table)
    else:
        yield from given


def _clean(value: str) -> str:
    """The text with the official apostrophes, without blanks at its ends and strange letters.

    >>> _clean(" Masʼul oʻrin ")
    'Masʼul oʻrin'
    """
    return value.replace("\r\n", "\n").replace("\0", "").strip()
