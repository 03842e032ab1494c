"""Papers of results: PDF that screen readers follow (PDF/UA-1), with a square to scan.

Typst sets the page: one wheel with its own fonts, no libraries of the system, and it refuses to
write what is not PDF/UA-1. What a result says goes in as data and is never read as markup.

Source: ISO 14289-1 (PDF/UA-1), ISO/IEC 18004 (QR).
"""

import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Final

import segno

from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop

FACES: Final[Mapping[str, str]] = {"uz": "uz", "uz-cyrl": "uz", "ru": "ru", "en": "en"}
TEMPLATE: Final = "paper.typ"
UNKNOWN: Final = re.compile(
    "[^ -~\u00a0-\u024f\u02b0-\u02ff\u0370-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u2116]"
)
"""What is neither Latin, Greek nor Cyrillic, nor a sign beside them."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on a paper, in the language of its reader."""

    language: str
    body: str
    title: str
    day: date
    heads: tuple[str, str]
    rows: Sequence[tuple[str, str]]
    number_label: str
    number: str
    how: str  # how it is checked
    address: str  # where it is checked
    scanned: str  # what the square holds
    alt: str  # what the square is, for who does not see it
    page: str
    stand_in: str = ""  # said where the seal has no legal force


class PaperNotMade(Conflict):
    """The page cannot be set."""

    sentence = gettext_noop(
        "The PDF of document {number} could not be made, and the document is valid without it. "
        "Tell the administrator; details stand in the log of the work."
    )


def pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA-1, not sealed yet; refuses with `PaperNotMade`.

    A letter that no font here has becomes a question mark, for a screen reader and the eye must
    read the same.
    """
    import typst  # 30 MB that only this needs

    try:
        return _set(paper, lambda text: text)
    except typst.TypstError:
        pass
    try:
        return _set(paper, lambda text: UNKNOWN.sub("?", text))
    except typst.TypstError as fault:
        raise PaperNotMade(number=paper.number) from fault


def _set(paper: Paper, clean: Callable[[str], str]) -> bytes:
    import typst

    told = {
        "lang": FACES.get(paper.language, "uz"),
        "body": clean(paper.body),
        "title": clean(paper.title),
        "year": paper.day.year,
        "month": paper.day.month,
        "day": paper.day.day,
        "heads": list(paper.heads),
        "rows": [[clean(label), clean(value)] for label, value in paper.rows],
        "number_label": paper.number_label,
        "number": paper.number,
        "how": paper.how,
        "address": paper.address,
        "alt": paper.alt,
        "page": paper.page,
        "stand_in": paper.stand_in,
    }
    made = typst.compile(
        files(__package__).joinpath(TEMPLATE).read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False), "square": square(paper.scanned)},
    )
    return bytes(made)


def square(text: str) -> str:
    """A text as a QR square, as SVG; a quarter of it may be dirty."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()
