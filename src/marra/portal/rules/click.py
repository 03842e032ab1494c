"""The merchant side of Click: Prepare holds a charge, Complete pays it or lets it go.

Source: Click SHOP-API (docs.click.uz), recalled: fields, signature by MD5 over them in order, and
codes of errors. MD5 is what the protocol signs with; the address should be open to Click alone.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import md5
from typing import Any, Final

from marra.portal.rules.charges import TIYIN, Charge, Payment, Stage, System

PREPARE: Final = "0"
COMPLETE: Final = "1"

BAD_SIGN: Final = -1
WRONG_AMOUNT: Final = -2
NO_ACTION: Final = -3
PAID_ALREADY: Final = -4
NO_CHARGE: Final = -5
NO_TRANSACTION: Final = -6
BAD_REQUEST: Final = -8
CANCELLED: Final = -9

NOTES: Final[Mapping[int, str]] = {
    0: "Success",
    BAD_SIGN: "SIGN CHECK FAILED!",
    WRONG_AMOUNT: "Incorrect parameter amount",
    NO_ACTION: "Action not found",
    PAID_ALREADY: "Already paid",
    NO_CHARGE: "User does not exist",
    NO_TRANSACTION: "Transaction does not exist",
    BAD_REQUEST: "Error in request from click",
    CANCELLED: "Transaction cancelled",
}
"""The words of the protocol, which Click shows to nobody."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call whose fields are there; whether it is genuine is another question."""

    fields: Mapping[str, str]

    def of(self, name: str) -> str:
        """A field, empty where it is not sent."""
        return self.fields.get(name, "")

    @property
    def amount(self) -> int | None:
        """Tiyin, or None where it is no amount of money."""
        if not re.fullmatch(r"\d{1,12}(\.\d{1,2})?", self.of("amount"), re.ASCII):
            return None
        return int(Decimal(self.of("amount")) * TIYIN)

    @property
    def is_whole(self) -> bool:
        """Whether what names the payment and the charge can be a name at all.

        >>> Call({"click_trans_id": "77", "merchant_trans_id": "k7mp"}).is_whole
        True
        """
        names = (self.of("click_trans_id"), self.of("merchant_trans_id"))
        return all(re.fullmatch(r"[\w-]{1,64}", each, re.ASCII) for each in names)


def signature(call: Call, secret: str) -> str:
    """The signature that this call should carry.

    >>> len(signature(Call({"action": "0"}), "secret"))
    32
    """
    names = ["click_trans_id", "service_id", "", "merchant_trans_id"]
    if call.of("action") == COMPLETE:
        names.append("merchant_prepare_id")
    names += ["amount", "action", "sign_time"]
    told = "".join(call.of(name) if name else secret for name in names)
    return md5(told.encode(), usedforsecurity=False).hexdigest()


def genuine(call: Call, secret: str) -> bool:
    """Whether the call carries the signature that only Click could make."""
    given = call.of("sign_string").lower()
    return given.isascii() and hmac.compare_digest(given, signature(call, secret))


def answer(
    call: Call, charge: Charge | None, secret: str, *, now: int, own: int
) -> tuple[Charge | None, dict[str, Any]]:
    """What becomes of the charge, and the answer; `own` is the number a new payment would get."""
    if not genuine(call, secret):
        return charge, _told(call, BAD_SIGN)
    if not call.is_whole:
        return charge, _told(call, BAD_REQUEST)
    if call.of("action") == PREPARE:
        return _prepare(call, charge, now, own)
    if call.of("action") == COMPLETE:
        return _complete(call, charge, now)
    return charge, _told(call, NO_ACTION)


def refused(call: Call, error: int) -> dict[str, Any]:
    """The answer to a call that is not heard.

    >>> refused(Call({}), BAD_SIGN)["error_note"]
    'SIGN CHECK FAILED!'
    """
    return _told(call, error)


def _prepare(
    call: Call, charge: Charge | None, now: int, own: int
) -> tuple[Charge | None, dict[str, Any]]:
    if charge is None or charge.closed:
        return charge, _told(call, NO_CHARGE)
    known = charge.named(System.CLICK, call.of("click_trans_id"))
    if known and known.stage is Stage.CREATED and known.amount == call.amount:
        return charge, _told(call, 0, merchant_prepare_id=known.own)
    if fault := _unpayable(call, charge, known):
        return charge, _told(call, fault)
    made = Payment(
        System.CLICK,
        call.of("click_trans_id"),
        own,
        charge.amount,
        Stage.CREATED,
        created=now,
    )
    return charge.having(made), _told(call, 0, merchant_prepare_id=own)


def _unpayable(call: Call, charge: Charge, known: Payment | None) -> int:
    if known and known.stage is not Stage.PERFORMED:
        return CANCELLED
    if charge.holder:
        return PAID_ALREADY
    return WRONG_AMOUNT if call.amount != charge.amount else 0


def _complete(call: Call, charge: Charge | None, now: int) -> tuple[Charge | None, dict[str, Any]]:
    known = charge.named(System.CLICK, call.of("click_trans_id")) if charge else None
    if charge is None or known is None or str(known.own) != call.of("merchant_prepare_id"):
        return charge, _told(call, NO_TRANSACTION)
    if known.stage is Stage.PERFORMED:
        return charge, _told(call, PAID_ALREADY, merchant_confirm_id=known.own)
    if known.stage is not Stage.CREATED:
        return charge, _told(call, CANCELLED)
    if call.amount != known.amount:
        return charge, _told(call, WRONG_AMOUNT)
    if _failed(call):
        ended = replace(known, stage=Stage.CANCELLED, ended=now)
        return charge.having(ended), _told(call, CANCELLED)
    done = replace(known, stage=Stage.PERFORMED, performed=now)
    return charge.having(done), _told(call, 0, merchant_confirm_id=known.own)


def _failed(call: Call) -> bool:
    """Whether Click says that the money did not move; an error that is no number counts as one."""
    return call.of("error") != "0"


def _told(call: Call, error: int, **more: int) -> dict[str, Any]:
    return {
        "click_trans_id": call.of("click_trans_id"),
        "merchant_trans_id": call.of("merchant_trans_id"),
        **more,
        "error": error,
        "error_note": NOTES[error],
    }
