"""What a service costs: multiples of the basic calculation amount, in soʻm of a day.

The law sets fees as multiples of one amount (bazaviy hisoblash miqdori, BHM) that decrees raise. A
multiple stands from a day on, and so does the amount; soʻm are computed for the day that is asked
about and never kept. Soʻm are rounded half up to whole ones.

Source: `bhm.toml` beside this file, with the basis of each amount; rounding is ours.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Final

from marra.kit.errors import Conflict, Invalid
from marra.kit.text import gettext_noop

HIGHEST: Final = Decimal(10_000)
STEP: Final = Decimal("0.00001")


class NoAmount(Conflict):
    """No amount is known for that day."""

    sentence = gettext_noop(
        "The basic calculation amount of {day} is not known. Enter what the decree sets."
    )


class WrongAmount(Invalid):
    """An amount in soʻm is a whole number."""

    sentence = gettext_noop("Write the amount in whole soʻm, from 1 000 to 1 000 000 000.")


class WrongMultiple(Invalid):
    """A fee is a multiple of the amount."""

    sentence = gettext_noop(
        "Write a fee as a multiple of the basic calculation amount, from 0 to 10 000, the least "
        "first; 0 is free of charge."
    )


@dataclass(frozen=True, slots=True)
class Amount:
    """The basic calculation amount from a day on."""

    since: date
    soum: int
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee: from the least to the most multiple, for something, from a day on."""

    least: Decimal
    most: Decimal
    since: date | None = None  # from the beginning, as far as anybody knows
    what: str = ""  # for whom or for what, where a service has several
    per: str = ""  # a page, a year: what the fee is asked for once

    @property
    def is_free(self) -> bool:
        """Whether nothing is to be paid."""
        return not self.most


@cache
def packaged() -> tuple[Amount, ...]:
    """The amounts that came with the program, the earliest first.

    >>> packaged()[-1].soum, packaged()[0].since.isoformat()
    (412000, '2019-09-01')
    """
    text = (files("marra.portal.rules") / "bhm.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["amounts"]
    return tuple(Amount(r["since"], r["soum"], r["basis"], r["source"]) for r in rows)


def amount_on(day: date, entered: Iterable[Amount] = ()) -> Amount:
    """The amount that stands on a day; what was entered goes before what came along.

    Refuses with `NoAmount`.

    >>> amount_on(date(2024, 12, 31)).soum, amount_on(date(2025, 8, 1)).soum
    (375000, 412000)
    """
    known = {each.since: each for each in (*packaged(), *entered)}
    standing = [since for since in known if since <= day]
    if not standing:
        raise NoAmount(day=f"{day:%d.%m.%Y}")
    return known[max(standing)]


def in_soum(multiple: Decimal, amount: Amount) -> int:
    """Whole soʻm of a multiple.

    >>> in_soum(Decimal("0.9"), amount_on(date(2026, 3, 2)))
    370800
    """
    return int((multiple * amount.soum).quantize(Decimal(1), ROUND_HALF_UP))


def standing(fees: Sequence[Fee], day: date) -> tuple[Fee, ...]:
    """The fees that stand on a day: those of the latest day that has come.

    >>> old, new = Fee(Decimal(1), Decimal(1)), Fee(Decimal(2), Decimal(2), date(2026, 1, 1))
    >>> standing([old, new], date(2025, 1, 1)) == (old,)
    True
    >>> standing([old, new], date(2026, 1, 1)) == (new,)
    True
    """
    begun = [each for each in fees if (each.since or date.min) <= day]
    latest = max((each.since or date.min for each in begun), default=date.min)
    return tuple(each for each in begun if (each.since or date.min) == latest)


def checked_fee(fee: Fee) -> Fee:
    """The fee with multiples that make sense; refuses with `WrongMultiple`.

    >>> checked_fee(Fee(Decimal("0.90"), Decimal("0.90"))).least
    Decimal('0.90000')
    """
    if not (fee.least.is_finite() and fee.most.is_finite()):
        raise WrongMultiple
    if not 0 <= fee.least <= fee.most <= HIGHEST:
        raise WrongMultiple
    least, most = (each.quantize(STEP) for each in (fee.least, fee.most))
    return Fee(least, most, fee.since, " ".join(fee.what.split())[:200], fee.per.strip()[:60])


def checked_soum(soum: int) -> int:
    """An amount that may stand; refuses with `WrongAmount`.

    >>> checked_soum(412000)
    412000
    """
    if not 1_000 <= soum <= 1_000_000_000:
        raise WrongAmount
    return soum
