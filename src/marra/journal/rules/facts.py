"""Facts of an entry: what may be written for ever.

An entry cannot be taken back, so it must not hold what a person may ask to be forgotten: no names,
no addresses, no sentences. Codes (`release.2024-1f2e`), numbers and yes or no are enough, because
the rows they name are kept by their own rooms.

Source: ours; Law of the Republic of Uzbekistan "On personal data" (ZRU-547, 02.07.2019) asks that
personal data can be corrected and erased.
"""

import re
from typing import Final

Fact = str | int | float | bool | None

CODE: Final = re.compile(r"[\w.:,;+/-]{0,200}")
EXACT: Final = 2.0**53
"""Below this every whole double is the number it shows."""

DEED: Final = re.compile(r"[a-z-]+\.[a-z-]+")


def checked_deed(deed: str) -> str:
    """The deed, `thing.what-was-done`; anything else is a fault of the caller.

    >>> checked_deed("release.imported")
    'release.imported'
    """
    if not DEED.fullmatch(deed):
        raise ValueError(f"A deed is written thing.done, not {deed!r}.")
    return deed


def checked_facts(facts: dict[str, Fact]) -> dict[str, Fact]:
    """The facts, when each is a number, a code or yes or no; anything else is the caller's fault.

    >>> checked_facts({"edition": 2024, "digest": "1f2e"})
    {'edition': 2024, 'digest': '1f2e'}
    >>> checked_facts({"who": "Aziz Karimov, aziz@example.uz"})
    Traceback (most recent call last):
    ValueError: The fact 'who' is not a code. The journal holds no names and no sentences.
    """
    for name, value in facts.items():
        if isinstance(value, str) and not CODE.fullmatch(value):
            raise ValueError(
                f"The fact {name!r} is not a code. The journal holds no names and no sentences."
            )
        if isinstance(value, float) and not abs(value) < EXACT:
            raise ValueError(f"The fact {name!r} is {value}, which databases keep differently.")
    return facts
