"""How numbers and dates stand on pages: one format in all four languages.

Decimal comma, no-break space between thousands, a true minus, dd.mm.yyyy and the time of Tashkent.
Files and the API carry plain numbers with a point instead.

Source: ours, docs/adr/0004; the national format of Uzbekistan.
"""

import math
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

NATIONAL_TIME: Final = ZoneInfo("Asia/Tashkent")
NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"
MINUS: Final = "\N{MINUS SIGN}"
NOTHING: Final = "\N{EN DASH}"


class NotANumber(Invalid):
    """Somebody wrote a word where a number belongs."""

    sentence = gettext_noop("“{written}” is not a number. Write it with digits, for example 0,85.")


def number(value: float | None, digits: int = 0) -> str:
    """A number for reading; a dash where there is none.

    >>> number(1234.5, 1), number(-0.084, 3), number(None), number(-0.0001, 2)
    ('1\\xa0234,5', '−0,084', '–', '0,00')
    """
    if value is None or math.isnan(value):
        return NOTHING
    written = f"{abs(value):,.{digits}f}"
    written = written.replace(",", NO_BREAK_SPACE).replace(".", ",")
    return f"{MINUS}{written}" if value < 0 and written.strip("0,") else written


def signed(value: float | None, digits: int = 0) -> str:
    """A change for reading, with its sign; no sign on what rounds to nothing.

    >>> signed(0.0208, 4), signed(-6), signed(0.0), signed(None)
    ('+0,0208', '−6', '0', '–')
    """
    written = number(value, digits)
    grows = value is not None and value > 0 and written.strip("0,") != ""
    return f"+{written}" if grows else written


def plain(value: float) -> str:
    """A number with the digits that are there and no more.

    >>> plain(0.95), plain(150.0)
    ('0,95', '150')
    """
    return number(value, len(f"{value:.6f}".rstrip("0").partition(".")[2]))


def day(value: date) -> str:
    """A date for reading.

    >>> day(date(2026, 3, 1))
    '01.03.2026'
    """
    return f"{value:%d.%m.%Y}"


def moment(value: datetime) -> str:
    """A moment for reading, in the time of Tashkent.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 11, 23, 18, 30, tzinfo=UTC))
    '23.11.2026 23:30'
    """
    return f"{value.astimezone(NATIONAL_TIME):%d.%m.%Y %H:%M}"


def whole_number(written: str, most: int) -> int | None:
    """The whole number from 1 to `most` that somebody wrote in digits, None for all else.

    >>> whole_number("30", 193), whole_number("194", 193), whole_number("9" * 5000, 193)
    (30, None, None)
    """
    digits = written.lstrip("0")  # as many digits as one likes are no number: int() refuses them
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= len(str(most))):
        return None
    return int(digits) if int(digits) <= most else None


def parse_number(written: str) -> float:
    """The number somebody wrote, with comma or point, spaces between thousands allowed.

    Refuses with `NotANumber`, also for `nan` and `inf`.

    >>> parse_number(" 1 234,5 "), parse_number("0.85"), parse_number("−2")
    (1234.5, 0.85, -2.0)
    """
    plain = "".join(written.split()).replace(",", ".").replace(MINUS, "-")
    try:
        value = float(plain)
    except ValueError:
        raise NotANumber(written=written) from None
    if not math.isfinite(value) or "_" in plain:
        raise NotANumber(written=written)
    return value
