"""Kinds of file, known by their content: the few that an office needs, and nothing that runs.

The name only has to agree: a program called `report.pdf` is no PDF, and a picture called
`list.csv` would mislead whoever opens it. What is not on the list is refused, so HTML, SVG,
programs, archives and the old formats of Office stay outside without being named one by one.

Source: ours; signatures: ISO 32000-1, 7.5.2 (PDF), W3C PNG 5.2, ITU-T T.81 B.1 (JPEG), ECMA-376
part 2 (Office).
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from marra.archive.rules.names import clean, ending
from marra.archive.rules.office import workbook_or_text
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

LARGEST: Final = 10 * 1024 * 1024
PIXELS: Final = 50_000_000
"""A picture of more pixels needs 200 megabytes to be drawn, however small its file is."""

TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "csv": "text/csv",
        "txt": "text/plain",
        "png": "image/png",
        "jpg": "image/jpeg",
    }
)
"""The media type of each kind."""

ENDINGS: Final[Mapping[str, str]] = MappingProxyType({"jpeg": "jpg"})
MARKUP: Final = re.compile(
    r"\A\s*<|<(script|svg|html|iframe|object|embed|body|meta|link)\b|javascript:", re.IGNORECASE
)


class FileEmpty(Invalid):
    """There is nothing in the file."""

    sentence = gettext_noop("“{name}” is empty. Choose the file again.")


class FileTooLarge(Invalid):
    """The file is larger than the archive keeps."""

    sentence = gettext_noop(
        "“{name}” is larger than 10 megabytes. Send a smaller file or part it into several."
    )


class KindRefused(Invalid):
    """What the file is by its content is not on the list."""

    sentence = gettext_noop(
        "“{name}” is not of a kind that is kept. Send PDF, DOCX, XLSX, CSV, TXT, PNG or JPG; "
        "other documents can be saved as PDF."
    )


class NameDiffers(Invalid):
    """The ending of the name promises another kind than the content is."""

    sentence = gettext_noop(
        "“{name}” is by its content a file of the kind “{kind}”, and its name says otherwise. "
        "Save it again under the right ending."
    )


class PictureTooLarge(Invalid):
    """The picture would need too much memory to be shown."""

    sentence = gettext_noop(
        "The picture “{name}” has more than 50 million pixels. Make it smaller and send it again."
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept."""

    name: str
    kind: str
    type: str
    size: int
    digest: str


def checked(name: str, content: bytes) -> Checked:
    """What a file is, if it may be kept; else refuses with what is wrong and what to do.

    >>> checked("ro'yxat.csv", b"a,b\\n1,2\\n").type
    'text/csv'
    >>> checked("rasm.svg", b"<svg onload='alert(1)'/>")
    Traceback (most recent call last):
    marra.archive.rules.kinds.KindRefused: “rasm.svg” is not of a kind that is kept. ...
    """
    shown = clean(name)
    if not content:
        raise FileEmpty(name=shown)
    if len(content) > LARGEST:
        raise FileTooLarge(name=shown)
    kind = kind_of(shown, content)
    if kind is None:
        raise KindRefused(name=shown)
    if ENDINGS.get(ending(shown), ending(shown)) != kind:
        raise NameDiffers(name=shown, kind=kind)
    if kind == "png" and _pixels(content) > PIXELS:
        raise PictureTooLarge(name=shown)
    return Checked(shown, kind, TYPES[kind], len(content), digest(content))


def kind_of(name: str, content: bytes) -> str | None:
    """The kind by content alone; the name only tells CSV from other plain text.

    >>> kind_of("x", b"%PDF-1.7 ..."), kind_of("x.csv", b"a;b"), kind_of("x", b"MZ\\0\\0")
    ('pdf', 'csv', None)
    """
    if re.match(rb"%PDF-[12]\.\d", content):
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"PK\x03\x04"):
        return workbook_or_text(name, content)
    if is_plain_text(content):
        return "csv" if ending(name) == "csv" else "txt"
    return None


def is_plain_text(content: bytes) -> bool:
    """Whether the bytes are text and nothing that a browser could take for a page.

    >>> is_plain_text("Отчёт".encode("cp1251")), is_plain_text(b"a\\0b")
    (True, False)
    >>> is_plain_text(b" <!DOCTYPE html>"), is_plain_text(b"1 < 2")
    (False, True)
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        text = _decoded(content)
    odd = re.search("[\0-\x08\x0b\x0e-\x1f\x7f\ufffd]", text)
    return odd is None and MARKUP.search(text) is None


def digest(content: bytes) -> str:
    """The SHA-256 of the bytes: their address, and the proof that they are the same.

    >>> digest(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(content).hexdigest()


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def _pixels(content: bytes) -> int:
    width, height = content[16:20], content[20:24]
    return int.from_bytes(width, "big") * int.from_bytes(height, "big")
