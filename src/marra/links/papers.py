"""Papers of results: PDF that screen readers follow (PDF/UA-1), with a square to scan.

Typst sets the page: one wheel with its own fonts, no libraries of the system, and it refuses to
write what is not PDF/UA-1. What a result says goes in as data and is never read as markup.

Source: ISO 14289-1 (PDF/UA-1), ISO/IEC 18004 (QR).
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Final

import segno

FACES: Final[Mapping[str, str]] = {"uz": "uz", "uz-cyrl": "uz", "ru": "ru", "en": "en"}
TEMPLATE: Final = "paper.typ"


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


def pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA-1, not sealed yet."""
    import typst

    told = {
        "lang": FACES.get(paper.language, "uz"),
        "body": paper.body,
        "title": paper.title,
        "year": paper.day.year,
        "month": paper.day.month,
        "day": paper.day.day,
        "heads": list(paper.heads),
        "rows": [list(row) for row in paper.rows],
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
