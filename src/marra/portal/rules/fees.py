"""Fees as passports tell them, read as multiples of the basic calculation amount.

“Bepul” is nothing, “0.9 BHM” a multiple, “7.2 BHM / 36 BHM” two of them, “0.02–0.64 BHM / bet” a
range for each page. What is told in soʻm, by a table or by a rule elsewhere is not read: soʻm grow
old with the next decree, so it is told as missing.

Source: passports of my.gov.uz as read in November 2026.
"""

import re
from decimal import Decimal
from typing import Final

from marra.language.fold import fold
from marra.portal.rules.money import HIGHEST, Fee

FREE: Final = {fold(word) for word in ("bepul", "bepul.", "бесплатно", "tekin", "free")}
NUMBER: Final = r"\d{1,5}(?:[.,]\d{1,5})?"
_BEFORE: Final = re.compile(
    rf"(?P<least>{NUMBER})(?:\s*[–—-]\s*(?P<most>{NUMBER}))?\s*(?:BHM|БҲМ|БРВ)"
    r"(?:\s*/\s*(?P<per>[^\W\d_]{2,30})(?!\s*(?:BHM|БҲМ|БРВ)))?"
    r"(?:\s*\((?P<what>[^()]{2,80})\))?",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    rf"(?:BHM|БҲМ)\s?-?(?:ning|нинг)\s*(?P<least>{NUMBER})\s*(?P<unit>baravar|foiz|barobar|бараб|фоиз)",
    re.IGNORECASE,
)


def fees(told: str) -> tuple[Fee, ...]:
    """The fees of a passport; none where they cannot be read.

    >>> [str(each.least) for each in fees("7.2 BHM / 36 BHM / 12.6 BHM")]
    ['7.2', '36', '12.6']
    >>> [(str(each.least), str(each.most), each.per) for each in fees("0.02–0.64 BHM / bet")]
    [('0.02', '0.64', 'bet')]
    >>> fees("Bepul")[0].is_free, fees("BHMning 50 foizi")[0].least, fees("34 000 soʻm")
    (True, Decimal('0.5'), ())
    """
    if fold(told) in FREE:
        return (Fee(Decimal(0), Decimal(0)),)
    found = [_fee(each) for each in _BEFORE.finditer(told)]
    found += [_share(each) for each in _AFTER.finditer(told)]
    fit = all(0 <= each.least <= each.most <= HIGHEST for each in found)
    return tuple(found) if fit else ()


def _fee(found: re.Match[str]) -> Fee:
    least = _number(found["least"])
    most = _number(found["most"]) if found["most"] else least
    return Fee(least, most, what=found["what"] or "", per=found["per"] or "")


def _share(found: re.Match[str]) -> Fee:
    share = _number(found["least"])
    if fold(found["unit"]) == fold("foiz"):
        share /= 100
    return Fee(share, share)


def _number(written: str) -> Decimal:
    return Decimal(written.replace(",", "."))
