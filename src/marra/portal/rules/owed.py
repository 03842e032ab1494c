"""What a case owes: a multiple of the basic calculation amount, less a discount, in tiyin.

The multiple is what the case knows as `fee`, decided by a table; without one, the fee that the
catalogue tells. A `discount` is a share from 0 to 1, decided by a table as UP-6269 sets them.

Source: ours; the amount is that of the day on which the step is reached.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from marra.portal.rules.charges import TIYIN
from marra.portal.rules.money import HIGHEST, Amount, Fee, in_soum, standing

FEE: Final = "fee"
DISCOUNT: Final = "discount"
EXACT: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Owed:
    """How much, and how it comes about."""

    multiple: Decimal
    discount: Decimal  # share
    base: int  # soʻm
    amount: int  # tiyin


def owed(data: Mapping[str, Any], fees: Sequence[Fee], amount: Amount, day: date) -> Owed:
    """What is to be paid on a day.

    >>> day, base = date(2026, 1, 1), Amount(date(2025, 8, 1), 412_000, "quoted", "")
    >>> owed({"fee": Decimal("0.9"), "discount": Decimal("0.5")}, (), base, day).amount
    18540000
    >>> owed({}, (), base, day).amount
    0
    """
    told = _number(data.get(FEE))
    listed = next((each.least for each in standing(fees, day)), Decimal(0))
    multiple = min(max(listed if told is None else told, Decimal(0)), Decimal(HIGHEST))
    discount = min(max(_number(data.get(DISCOUNT)) or Decimal(0), Decimal(0)), Decimal(1))
    soum = in_soum(multiple * (1 - discount), amount)
    return Owed(multiple.quantize(EXACT), discount.quantize(EXACT), amount.soum, soum * TIYIN)


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    found = Decimal(str(value))
    return found if found.is_finite() else None
