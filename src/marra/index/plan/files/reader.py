"""Reader: from the bytes of a file to a portfolio, or a refusal that tells every fault.

What a file is, its content says and not its name: a workbook that was renamed is read as one. It
is read to its end, and taken whole or not at all.

Source: ours.
"""

import re
from typing import Final

from marra.index.plan.files import csv_file, toml_file, xlsx_file
from marra.index.plan.files.build import build
from marra.index.plan.files.columns import ABOUT, NEEDED
from marra.index.plan.files.records import NO_ROWS, Records
from marra.index.plan.portfolio import Portfolio
from marra.kit.findings import Findings
from marra.kit.tables import EMPTY, NOT_TEXT, WORKBOOKS
from marra.kit.text import gettext_noop

LARGEST: Final = 2_000_000
"""Bytes; a portfolio of 60 initiatives has about 60,000. Doors read one byte more at most."""

EMPTY_ARCHIVE: Final = b"PK\x05\x06"

TOO_LARGE = gettext_noop(
    "The file has more than 2 megabytes. A portfolio has less than a tenth of that: "
    "check that this is the right file."
)
OLD_WORKBOOK = gettext_noop(
    "This is a workbook of an old Excel, or one with a password. Open it in Excel and save it "
    "as “Excel Workbook (.xlsx)” without a password."
)
NO_PORTFOLIO = gettext_noop(
    "This is neither an Excel workbook nor a portfolio as CSV or TOML. Start from the template."
)

ONLY_COMMENTS = gettext_noop(
    "Every line begins with #, and such lines are not read. Write the portfolio without #."
)

_SECTION: Final = re.compile(rf"[\"']?\[\s*({'|'.join(ABOUT)})\s*\]", re.IGNORECASE)
_TOML: Final = re.compile(r"\[\[?\s*[\w.]+\s*\]\]?|[\w.\"'-]+\s*=")


def read(name: str, content: bytes) -> Portfolio:
    """The portfolio in a file; refuses with `FileRefused`, which has all findings.

    >>> read("empty.toml", b"")
    Traceback (most recent call last):
    marra.kit.findings.FileRefused: empty.toml was not taken in, ... The file is empty. ...
    """
    findings, tables = Findings(name), ["", *ABOUT]
    records = _records(content, findings)
    if not records:
        findings.settle()
    for table in NEEDED:
        if not records[table] and not findings.wrong:
            findings.refuse(NO_ROWS, sheet=table, table=table)
    portfolio = build(records, findings)
    findings.wrong.sort(key=lambda one: (tables.index(one.sheet), one.line))
    findings.settle()
    return portfolio


def _records(content: bytes, findings: Findings) -> Records:
    if not content.strip():
        findings.refuse(EMPTY)
    elif len(content) > LARGEST:
        findings.refuse(TOO_LARGE)
    elif content.startswith((*WORKBOOKS, EMPTY_ARCHIVE)):
        return _workbook(content, findings)
    else:
        return _text(content, findings)
    return {}


def _workbook(content: bytes, findings: Findings) -> Records:
    if content.startswith((WORKBOOKS[0], EMPTY_ARCHIVE)):
        return xlsx_file.records(content, findings)
    findings.refuse(OLD_WORKBOOK)
    return {}


def _text(content: bytes, findings: Findings) -> Records:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    start = content[:200_000].decode("utf-16" if is_wide else "utf-8-sig", errors="replace")
    lines = [line.strip() for line in start.splitlines()]
    first = next((line for line in lines if line and not line.lstrip("\"'").startswith("#")), "")
    is_toml = bool(_TOML.match(first)) and not _SECTION.match(first)
    if not is_toml and any(map(_SECTION.match, lines)):
        return csv_file.records(content, findings)
    if b"\0" in content:
        findings.refuse(NOT_TEXT, line=content[: content.index(b"\0")].count(b"\n") + 1)
    elif is_toml:
        return toml_file.records(content, findings)
    else:
        findings.refuse(NO_PORTFOLIO if first else ONLY_COMMENTS)
    return {}
