"""TOML: what a text says, with the line of every key, so that a fault can be told where it is.

The parser keeps no lines, so they are found by reading the heads and keys of the text once more;
what is in several lines is told at its first.

Source: TOML 1.0.0.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from marra.kit.findings import Findings
from marra.kit.text import gettext_noop

NOT_UTF8 = gettext_noop("The file is not in UTF-8. Save it as “UTF-8”.")
NOT_TOML = gettext_noop(
    "The line cannot be read as TOML. Look for a missing quotation mark, bracket or sign =."
)
CUT_OFF = gettext_noop("The file ends in the middle. It may have been cut off: take it anew.")
TOO_DEEP = gettext_noop("Brackets or names are nested too deep. Write them flatter.")

HEAD: Final = re.compile(r"\s*\[\[?\s*([A-Za-z_][\w.]*)\s*\]\]?")
KEY: Final = re.compile(r"\s*([A-Za-z_]\w*)(?:\.\w+)?\s*=")
_DEEP: Final = re.compile(r"(?:[\w\"'-]+[ \t]*\.[ \t]*){16}|[\[{](?:[ \t\n]*[\[{]){16}")
_AT: Final = re.compile(r"at line (\d+)")

Place = tuple[str, int, str]
"""A table ("" for what stands above the first one), a row in it, a key; the head has no key."""


def text(content: bytes, findings: Findings) -> str:
    """The bytes as a text that may be parsed; "" with a finding where they are none."""
    try:
        found = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as wrong:
        findings.refuse(NOT_UTF8, line=content[: wrong.start].count(b"\n") + 1)
        return ""
    if deep := _DEEP.search(found):
        findings.refuse(TOO_DEEP, line=found[: deep.start()].count("\n") + 1)
        return ""
    return found


def parsed(text: str, findings: Findings) -> dict[str, Any]:
    """What the text says; nothing, with a finding at its line, where it is no TOML.

    >>> parsed('code = "road"', Findings("road.toml"))
    {'code': 'road'}
    """
    try:
        return tomllib.loads(text)
    except RecursionError:
        findings.refuse(TOO_DEEP)
    except ValueError as wrong:  # also a number of thousands of digits
        if "end of document" in str(wrong):
            findings.refuse(CUT_OFF, line=text.count("\n") + 1)
        else:
            at = _AT.search(str(wrong))
            findings.refuse(NOT_TOML, line=int(at[1]) if at else 0)
    return {}


def lines(text: str) -> Mapping[Place, int]:
    """The line of each table's head and of each key below it.

    >>> found = lines('code = "a"\\n[[clauses]]\\nnumber = "1"\\ntext.uz = "b"')
    >>> found["clauses", 0, ""], found["clauses", 0, "text"]
    (2, 4)
    """
    found: dict[Place, int] = {("", 0, ""): 1}
    counts: dict[str, int] = defaultdict(int)
    table, row, quote = "", 0, ""
    for number, line in enumerate(text.split("\n"), start=1):
        if quote:
            quote = "" if line.count(quote) % 2 else quote
            continue
        if head := HEAD.match(line):
            table = head[1]
            row = counts[table]
            counts[table] += 1
            found[table, row, ""] = number
        elif key := KEY.match(line):
            found.setdefault((table, row, key[1]), number)
        quote = next((q for q in ('"""', "'''") if line.count(q) % 2), "")
    return found
