"""Tables: from the bytes of a file to rows with line numbers, whatever program wrote it.

Excel writes in the code page of its machine, with semicolons where the comma is the decimal sign;
browsers leave a byte-order mark. All of that carries no meaning and is read rightly. What cannot
be read without guessing is refused: a broken quotation, rows with more cells than the head. What
kind of file it is and how large it may be, the caller asks first.

Source: RFC 4180 for quotation; ours for the rest.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from marra.kit.findings import Findings
from marra.kit.text import gettext_noop

ENCODINGS: Final = ("utf-8-sig", "cp1251", "cp1252")

WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks of Excel begin, new and old."""

EMPTY = gettext_noop("The file is empty. Export the table again.")
NOT_TEXT = gettext_noop(
    "There is a NUL byte, so this is not a plain text table or it was damaged on its way. "
    "Export the table again."
)
BAD_QUOTE = gettext_noop(
    "A quotation mark opens here and is not closed as CSV wants it. Export the table again."
)
WIDE = gettext_noop(
    "The row has {found} cells and the head has {expected}. If numbers are written with a "
    "decimal comma, save the table with semicolons between the cells."
)
NARROW = gettext_noop(
    "The row has {found} cells and the head has {expected}. The file may have been cut off: "
    "export the table again."
)
TWICE_IN_HEAD = gettext_noop("Two columns bear this name. Leave the one that belongs here.")


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells by the names in the head, and the line it ends on."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A head of plain names and the rows below it."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]


def plain(name: str) -> str:
    """A column's name without what carries no meaning: case, spare blanks, kinds of hyphen.

    >>> plain("  E‑Government\\n Rank ")
    'e-government rank'
    """
    return " ".join(re.sub("[\u2010-\u2015\u2212]", "-", name).casefold().split())


def texts(content: bytes, findings: Findings) -> list[str]:
    """Every reading of the bytes as a text, the likeliest first; none if it is no text table."""
    if not content.strip():
        findings.refuse(EMPTY)
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [content.decode("utf-16", errors="replace")]
    elif b"\0" in content:
        findings.refuse(NOT_TEXT, line=content[: content.index(b"\0")].count(b"\n") + 1)
    else:
        return _decoded(content)
    return []


def _decoded(content: bytes) -> list[str]:
    found = []
    for encoding in ENCODINGS:
        try:
            found.append(content.decode(encoding))
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig":
            break
    return found or [content.decode("utf-8", errors="replace")]


def delimiter(head: str) -> str:
    """What stands between the cells: the sign that divides the head most often.

    >>> delimiter("edition;iso3;rank"), delimiter("edition,iso3")
    (';', ',')
    """
    return max(",;\t", key=head.count)


def table(text: str, findings: Findings) -> Table:
    """The text as a table; a row that does not fit its head is a finding and is left out."""
    lines = text.splitlines(keepends=True)
    if not lines:  # a byte-order mark and nothing behind it
        findings.refuse(EMPTY)
        return Table((), ())
    first = next((number for number, line in enumerate(lines) if line.strip(" \t\r\n,;")), 0)
    parted = cells(lines[first:], delimiter(lines[first]), findings, first)
    names: tuple[str, ...] = ()
    kept: list[Row] = []
    for line, found in parted:
        if not names:
            names = head(found, line, findings)
        elif any(cell.strip() for cell in found) and _fits(found, names, line, findings):
            told = (cell.strip() for cell in found)
            kept.append(Row(line, dict(zip(names, told, strict=True))))
    return Table(names, tuple(kept))


def cells(
    lines: Iterable[str], sign: str, findings: Findings, skipped: int = 0
) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row with the line it ends on, up to a broken quotation, which is told."""
    reader = csv.reader(lines, delimiter=sign, strict=True)
    try:
        for found in reader:
            yield skipped + reader.line_num, found
    except csv.Error:
        findings.refuse(BAD_QUOTE, line=skipped + reader.line_num)


def head(found: list[str], line: int, findings: Findings, sheet: str = "") -> tuple[str, ...]:
    """The plain names in a head; one that stands twice is told."""
    names = [plain(cell) for cell in found]
    while names and not names[-1]:
        names.pop()
    for name in {name for name in names if name and names.count(name) > 1}:
        findings.refuse(TWICE_IN_HEAD, line=line, column=name, sheet=sheet)
    return tuple(names)


def _fits(found: list[str], names: Sequence[str], line: int, findings: Findings) -> bool:
    """Whether a row has as many cells as its head; empty ones beyond it are taken off."""
    while len(found) > len(names) and not found[-1].strip():
        found.pop()
    if len(found) != len(names):
        sentence = WIDE if len(found) > len(names) else NARROW
        findings.refuse(sentence, line=line, found=len(found), expected=len(names))
    return len(found) == len(names)
