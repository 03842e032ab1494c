"""Terms as passports tell them, read as working days.

“10 ish kuni”, “Ikki soat davomida”, “Avtomatik tarzda”: hours of one working day are that day, so
0 working days. Of several terms the longest is the promise that holds for everybody. Days of the
calendar, dates and whatever else hangs on something is not read: it is told as missing.

Source: passports of my.gov.uz as read in November 2026; eight hours a working day: Labour Code.
"""

import re
from typing import Final

from marra.language.fold import fold

HOURS: Final = 8
COUNTED: Final = {
    fold(word): number
    for number, words in enumerate(
        (
            "bir один one", "ikki два two", "uch три three", "toʻrt четыре four",
            "besh пять five", "olti шесть six", "yetti семь seven", "sakkiz восемь eight",
            "toʻqqiz девять nine", "oʻn десять ten",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
AT_ONCE: Final = tuple(
    map(fold, ("avtomatik", "onlayn", "bir zumda", "real vaqt", "darhol", "автомат", "сразу"))
)
_UNIT: Final = (
    r"(?P<days>ish kuni|ish kun|рабочих|рабочего|рабочий|working day)"
    r"|(?P<hours>ish soati|soat|час|hour)|(?P<minutes>minut|daqiqa|минут)"
)
_FOLDED: Final = re.sub(r"(?<=\||>)[^|)(?]+", lambda found: fold(found.group()), _UNIT)
_TERM: Final = re.compile(rf"\b(\d{{1,4}}) (?:{_FOLDED})")
_OTHER: Final = re.compile(
    r"\b\d+ (?:{})".format("|".join(map(fold, ("kun", "oy", "yil", "hafta", "месяц", "iyul"))))
)
_YEARLY: Final = fold("har yili")


def working_days(told: str) -> int | None:
    """The working days of a term; None where it cannot be read.

    >>> working_days("10 ish kuni"), working_days("Ikki soat davomida")
    (10, 0)
    >>> working_days("Avtomatik tarzda"), working_days("30 minut / 16 ish soati")
    (0, 2)
    >>> working_days("3–5 иш куни"), working_days("Har yili 1–30-iyul"), working_days("15 kun")
    (5, None, None)
    """
    text = _numbers(fold(told))
    found = [_days(each) for each in _TERM.finditer(text)]
    if _YEARLY in text or _OTHER.search(_TERM.sub("", text)):
        return None
    if found:
        return max(found)
    return 0 if any(word in text for word in AT_ONCE) else None


def _numbers(text: str) -> str:
    """Numbers in words become digits; an ending behind digits is no unit."""
    return " ".join(str(COUNTED.get(word, word)) for word in text.split())


def _days(found: re.Match[str]) -> int:
    number = int(found[1])
    if found["days"]:
        return number
    hours = number if found["hours"] else 0
    return -(-hours // HOURS) if hours > HOURS else 0
