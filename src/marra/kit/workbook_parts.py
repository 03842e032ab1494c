"""Parts of a workbook: the archive held against limits, and what its sheets hide.

The spreadsheet library reads cells and not what a person sees of them, so hidden rows and columns
and merged cells are looked up in the parts themselves.

Source: ECMA-376, parts 1 (worksheets) and 2 (packages).
"""

import io
import re
import zlib
from dataclasses import dataclass
from posixpath import join, normpath
from typing import Final
from xml.etree.ElementTree import XML, ParseError  # nosec B405  no entities: see `_parts`
from zipfile import BadZipFile, ZipFile

from marra.kit.findings import Findings
from marra.kit.text import gettext_noop

DAMAGED = gettext_noop(
    "The workbook is damaged, or was cut off on its way. Open it in Excel, save it, and try again."
)
NOT_A_WORKBOOK = gettext_noop(
    "This is an archive and no Excel workbook. Save the table as “Excel Workbook (.xlsx)”."
)
UNPACKS_TOO_LARGE = gettext_noop(
    "Unpacked, the workbook has more than {most} megabytes or {parts} parts. "
    "Copy its cells into the template."
)
MERGED = gettext_noop("The cells {cells} are merged. Unmerge them, and fill in each.")
HIDDEN_SHEET = gettext_noop("The sheet is hidden. Show it, or put # before its name.")
HIDDEN_ROW = gettext_noop(
    "The row is hidden, perhaps by a filter. Show all rows, remove what does not belong here, "
    "and save."
)
HIDDEN_COLUMN = gettext_noop(
    "Column {number} of the sheet is hidden. Show all columns, remove what does not belong here, "
    "and save."
)
AN_ERROR = gettext_noop(
    "The cell holds the error {cell}. Put the formula right, or write a value."
)
NOT_COMPUTED = gettext_noop(
    "The cell holds a formula that was never computed. Open the file in Excel and save it, or "
    "write a value."
)
TOO_MANY_ROWS = gettext_noop("The table has more than {most} rows. Check that this is the file.")
HAS_ENTITIES = gettext_noop(
    "The workbook has definitions that no spreadsheet writes. Copy its cells into the template."
)

MOST_UNPACKED: Final = 5_000_000
"""Bytes of a workbook of some hundred rows; who takes larger tables says so."""

MOST_PARTS: Final = 200
MOST_SHEETS: Final = 50
BOOK: Final = "xl/workbook.xml"

BROKEN: Final = (
    BadZipFile, ParseError, zlib.error, EOFError, OSError, RuntimeError, LookupError, ValueError,
    TypeError, AttributeError, ArithmeticError, AssertionError,
)  # fmt: skip
"""What parsers stumble over in a workbook that is none; at one of them it is refused."""

_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=[\"']([A-Z0-9:$]{1,30})[\"']")
_ROW: Final = re.compile(rb"<(?:\w+:)?row\s([^<>]*)>")
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
_HIDDEN: Final = re.compile(rb"(?:^|\s)hidden=[\"'](?:1|true)[\"']")
_NUMBER: Final = re.compile(rb"(?:^|\s)(r|min|max)=[\"'](\d{1,9})[\"']")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE: Final = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>]")


@dataclass(frozen=True, slots=True)
class Unseen:
    """What a person at the screen does not see of a sheet."""

    merged: tuple[str, ...] = ()
    rows: frozenset[int] = frozenset()
    columns: tuple[tuple[int, int], ...] = ()
    is_long: bool = False  # values below the last row that is read
    is_empty: bool = False
    has_formulas: bool = False


def unpacked(content: bytes, findings: Findings, *, most: int = MOST_UNPACKED) -> dict[str, bytes]:
    """The XML parts of a workbook by name; none once a fault is told."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            return _parts(archive, findings, most)
    except BROKEN:
        findings.refuse(DAMAGED)
    return {}


def _parts(archive: ZipFile, findings: Findings, most: int) -> dict[str, bytes]:
    """The XML parts; pictures and the like are never unpacked."""
    listed = archive.infolist()
    wanted = [each for each in listed if each.filename.endswith((".xml", ".rels"))]
    if sum(each.file_size for each in wanted) > most or len(listed) > MOST_PARTS:
        findings.refuse(UNPACKS_TOO_LARGE, most=most // 1_000_000, parts=MOST_PARTS)
        return {}
    found = {each.filename: archive.read(each) for each in wanted}
    if BOOK not in found:
        findings.refuse(NOT_A_WORKBOOK)
        return {}
    if any(b"<!" in part.replace(b"<![CDATA[", b"") or b"\0" in part for part in found.values()):
        findings.refuse(HAS_ENTITIES)
        return {}
    return found


def unseen(parts: dict[str, bytes], last_row: int) -> dict[str, Unseen]:
    """What is not seen of each sheet, by the sheet's name."""
    relations = {
        each.get("Id", ""): each.get("Target", "")
        for each in XML(parts["xl/_rels/workbook.xml.rels"])
    }
    sheets = [each for each in XML(parts[BOOK]).iter() if each.tag.endswith("}sheet")]
    if len(sheets) > MOST_SHEETS:
        raise BadZipFile
    found = {}
    for each in sheets:
        target = relations.get(each.get(_RELATION, ""), "")
        path = normpath(join("/xl", target)).lstrip("/")
        found[each.get("name", "")] = _unseen(parts.get(path, b""), last_row)
    return found


def _unseen(part: bytes, last_row: int) -> Unseen:
    hidden, is_long = set(), False
    for row in _ROW.finditer(part):
        numbers = dict(_NUMBER.findall(row[1]))
        number = int(numbers.get(b"r", 0))
        if _HIDDEN.search(row[1]):
            hidden.add(number)
        if number > last_row:
            is_long = bool(_VALUE.search(part, row.end()))
            break
    columns = []
    for column in _COLUMN.finditer(part):
        if _HIDDEN.search(column[1]):
            numbers = dict(_NUMBER.findall(column[1]))
            columns.append((int(numbers.get(b"min", 0)), int(numbers.get(b"max", 0))))
    merged = tuple(each.decode() for each in _MERGED.findall(part))
    is_empty = not _VALUE.search(part)
    has_formulas = bool(_FORMULA.search(part))
    return Unseen(merged, frozenset(hidden), tuple(columns), is_long, is_empty, has_formulas)
