"""Documents of Office: ZIP archives, looked through part by part before anything is unpacked.

Such a file may carry programs (macros, ActiveX), commands to other programs (DDE), a template that
is fetched from elsewhere on opening, further files within it, or a few bytes that unpack to
gigabytes. None of these is needed as proof, so a document that has one is refused, and told why.

Source: ECMA-376 part 2 (packages and content types); ours for the bounds.
"""

import io
import re
import zlib
from typing import Final
from xml.etree.ElementTree import XML, ParseError  # nosec B405  no entities: see `_fetches`
from zipfile import BadZipFile, ZipFile, ZipInfo

from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

MOST_PARTS: Final = 5_000
UNPACKED: Final = 300 * 1024 * 1024
RATIO: Final = 250
"""XML packs to a fiftieth, rarely to a hundredth; bombs to a thousandth."""

BROKEN: Final = (
    BadZipFile, ParseError, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError,
    LookupError, ValueError,
)  # fmt: skip
"""What readers of archives stumble over in one that is none; at one of them it is refused."""

READ: Final = 20 * 1024 * 1024
MAIN: Final = {
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
PROGRAMS: Final = re.compile(r"vbaproject|vbadata|activex|macrosheet|\.(bin|exe|dll|js|vbs|ps1)$")
ALLOWED_BINARY: Final = re.compile(r"printersettings\d*\.bin$")
WITHIN: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ")
"""How archives, old documents of Office and programs begin."""

FETCHED: Final = ("attachedtemplate", "oleobject", "frame", "subdocument", "afchunk")
"""Kinds of relation that load from elsewhere without asking; a link that one clicks is none."""


class DocumentBroken(Invalid):
    """The archive that the document is cannot be read, or is locked."""

    sentence = gettext_noop(
        "“{name}” cannot be opened: it is damaged or locked by a password. "
        "Save it again without a password."
    )


class DocumentRuns(Invalid):
    """The document carries something that runs or fetches."""

    sentence = gettext_noop(
        "“{name}” holds macros or links that run or fetch something when it is opened. "
        "Save it as PDF, or without them as DOCX or XLSX."
    )


class DocumentHoldsFiles(Invalid):
    """There are further files in the document."""

    sentence = gettext_noop(
        "“{name}” holds other files within it. Send those by themselves and put pictures "
        "in their place, or save the document as PDF."
    )


class DocumentSwells(Invalid):
    """The document would unpack to far more than it is."""

    sentence = gettext_noop(
        "“{name}” would unpack to far more than a document needs. Save it again or send a PDF."
    )


def workbook_or_text(name: str, content: bytes) -> str | None:
    """`docx` or `xlsx` if the archive is one and harmless; None if it is another archive."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _bounded(name, parts)
            listed = {part.filename.lower(): part for part in parts}
            if (types := listed.get("[content_types].xml")) is None:
                return None
            declared = _read(archive, types)
            kind = next((kind for kind, main in MAIN.items() if main in declared), None)
            if b"macroenabled" in declared.lower():
                raise DocumentRuns(name=name)
            if kind is not None:
                _look_through(name, archive, parts)
            return kind
    except BROKEN:
        raise DocumentBroken(name=name) from None


def _bounded(name: str, parts: list[ZipInfo]) -> None:
    """Refuse what is locked or would swell; ZipFile never unpacks more than a part declares."""
    if any(part.flag_bits & 0x1 for part in parts):
        raise DocumentBroken(name=name)
    total = sum(part.file_size for part in parts)
    swells = any(
        part.file_size > 1_000_000 and part.file_size > RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if swells or total > UNPACKED or len(parts) > MOST_PARTS:
        raise DocumentSwells(name=name)


def _look_through(name: str, archive: ZipFile, parts: list[ZipInfo]) -> None:
    for part in parts:
        called = part.filename.lower()
        if PROGRAMS.search(called) and not ALLOWED_BINARY.search(called):
            raise DocumentRuns(name=name)
        with archive.open(part) as opened:
            begins = opened.read(8)
        if begins.startswith(WITHIN):
            raise DocumentHoldsFiles(name=name)
        if called.endswith(".rels") and _fetches(_read(archive, part)):
            raise DocumentRuns(name=name)
        if "externallink" in called and b"ddeLink" in _read(archive, part):
            raise DocumentRuns(name=name)


def _fetches(relations: bytes) -> bool:
    """Whether a list of relations names something that is loaded from elsewhere."""
    if b"<!" in relations.replace(b"\0", b""):
        raise ValueError("Definitions in a list of relations: no program of Office writes them.")
    return any(
        each.get("TargetMode", "").lower() == "external"
        and each.get("Type", "").lower().endswith(FETCHED)
        for each in XML(relations)  # nosec B314  no definitions, see above
    )


def _read(archive: ZipFile, part: ZipInfo) -> bytes:
    with archive.open(part) as opened:
        return opened.read(READ)
