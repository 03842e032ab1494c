"""Charges: what an applicant owes for a service, and what a payment system did about it.

A charge is open until one payment holds it, then paid or open again; a paid one may be given back.
Amounts are whole tiyin, never a float. Every call of a payment system may come twice, late, out of
order or forged: the same call again gets the same answer, and none moves a charge twice.

Source: developer.help.paycom.uz and docs.click.uz as third-party clients implement them, recalled;
to be held against the owners' documents before production.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

TIYIN: Final = 100
"""Tiyin in one soʻm."""


class System(StrEnum):
    """Whose payment it is."""

    PAYME = "payme"
    CLICK = "click"


class Stage(StrEnum):
    """How far a payment went."""

    CREATED = "created"
    PERFORMED = "performed"
    CANCELLED = "cancelled"  # before it was performed
    RETURNED = "returned"  # after it was performed


STANDING: Final = frozenset({Stage.CREATED, Stage.PERFORMED})


@dataclass(frozen=True, slots=True)
class Payment:
    """One attempt to pay, under the number its system gave it; times in milliseconds."""

    system: System
    number: str
    own: int  # the number we gave it
    amount: int  # tiyin
    stage: Stage
    created: int
    asked: int = 0  # the time the system says it asked at
    performed: int = 0
    ended: int = 0
    reason: int | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """What is owed, and every attempt to pay it, oldest first."""

    code: str
    amount: int  # tiyin
    payments: tuple[Payment, ...] = ()
    closed: bool = False  # the application was withdrawn, so nothing is owed any more

    @property
    def paid(self) -> bool:
        """Whether one attempt was performed and not given back."""
        return any(each.stage is Stage.PERFORMED for each in self.payments)

    @property
    def holder(self) -> Payment | None:
        """The attempt that holds the charge, if one does."""
        return next((each for each in self.payments if each.stage in STANDING), None)

    def named(self, system: System, number: str) -> Payment | None:
        """The attempt with that number."""
        found = (each for each in self.payments if (each.system, each.number) == (system, number))
        return next(found, None)

    def having(self, payment: Payment) -> "Charge":
        """The charge with this attempt new or changed.

        >>> one = Payment(System.PAYME, "a", 1, 500, Stage.CREATED, created=10)
        >>> charge = Charge("C-1", 500).having(one)
        >>> charge.having(replace(one, stage=Stage.PERFORMED)).paid, len(charge.payments)
        (True, 1)
        """
        others = tuple(each for each in self.payments if each.own != payment.own)
        if len(others) == len(self.payments):
            return replace(self, payments=(*self.payments, payment))
        changed = (payment if each.own == payment.own else each for each in self.payments)
        return replace(self, payments=tuple(changed))
