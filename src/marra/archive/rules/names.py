"""Names of files: what people see of them. A name never decides where bytes lie.

Browsers send a name, some a whole path, and anybody may send anything: signs that turn the order
of letters ("fdp.exe" shown as "exe.pdf"), line ends that would end a header, names that Windows
takes for devices. What carries no meaning goes; the rest is kept as it was written.

Source: ours; reserved names: Microsoft, "Naming Files, Paths, and Namespaces"; signs that turn
letters round: Unicode Standard Annex 9.
"""

import re
import unicodedata
from typing import Final

LONGEST: Final = 120
DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
NOT_IN_NAMES: Final = re.compile(r'[<>:"|?*]')


def clean(name: str) -> str:
    """The name by which a file is shown and sent again; "file" if nothing is left of it.

    >>> clean("C:\\\\Users\\\\aziz\\\\Hisobot  2026.pdf"), clean("../../etc/passwd")
    ('Hisobot 2026.pdf', 'passwd')
    >>> clean("hisobot\u202efdp.exe"), clean("con.txt"), clean("\\n . ")
    ('hisobotfdp.exe', '_con.txt', 'file')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    plain = " ".join(NOT_IN_NAMES.sub("_", seen).split()).strip(". ")
    if DEVICES.fullmatch(plain):
        plain = f"_{plain}"
    return shortened(plain) or "file"


def shortened(name: str) -> str:
    """The name with at most `LONGEST` characters, its ending kept.

    >>> len(shortened("a" * 300 + ".pdf")), shortened("a" * 300 + ".pdf")[-5:]
    (120, 'a.pdf')
    """
    if len(name) <= LONGEST:
        return name
    end = ending(name)
    tail = f".{end}" if end and len(end) <= 10 else ""
    return name[: LONGEST - len(tail)].rstrip(". ") + tail


def ending(name: str) -> str:
    """What stands after the last point, in small letters; nothing if there is no point.

    >>> ending("Hisobot.PDF"), ending("hisobot")
    ('pdf', '')
    """
    _, point, end = name.rpartition(".")
    return end.lower() if point else ""
