"""Breaks of method: which parts of the index an edition counts otherwise than the one before.

Source: ours; read from the edition files, whose sources stand in them.
"""

import re
from collections.abc import Iterable
from typing import Final

PARTS: Final = ("EGDI", "OSI", "TII", "HCI")


def broken(sentences: Iterable[str]) -> str:
    """The parts that the file says have changed, "TII, HCI"; empty when none did.

    >>> broken(["TII counts affordability instead of fixed broadband.", "HCI adds e-literacy."])
    'TII, HCI'
    """
    words = {word for sentence in sentences for word in re.findall(r"[A-Z]{3,4}", sentence)}
    return ", ".join(part for part in PARTS if part in words)
