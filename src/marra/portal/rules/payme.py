"""The merchant side of Payme: six methods of JSON-RPC that act on one charge.

Source: Payme Business, Merchant API (developer.help.paycom.uz), recalled: method names, states,
codes of errors, amounts in tiyin, twelve hours until an unperformed transaction lapses.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from marra.portal.rules.charges import Charge, Payment, Stage, System

LAPSES: Final = 12 * 60 * 60 * 1000
"""Milliseconds after which a created transaction can no longer be performed."""

STATES: Final[Mapping[Stage, int]] = {
    Stage.CREATED: 1,
    Stage.PERFORMED: 2,
    Stage.CANCELLED: -1,
    Stage.RETURNED: -2,
}
MOST: Final = 2**53
REASONS: Final = 2**15
"""Numbers of the protocol stay below these; whatever is larger was never sent by Payme."""

LAPSED: Final = 4
"""The reason of a cancellation by time."""

WRONG_AMOUNT: Final = -31001
NOT_FOUND: Final = -31003
CANNOT_RETURN: Final = -31007
CANNOT_DO: Final = -31008
NO_CHARGE: Final = -31050
HELD: Final = -31051
UNKNOWN_METHOD: Final = -32601
BAD_REQUEST: Final = -32600
FORBIDDEN: Final = -32504

MESSAGES: Final[Mapping[int, tuple[str, str, str]]] = {
    WRONG_AMOUNT: ("Summa notoʻgʻri.", "Неверная сумма.", "The amount is wrong."),
    NOT_FOUND: ("Tranzaksiya topilmadi.", "Транзакция не найдена.", "No such transaction."),
    CANNOT_RETURN: (
        "Xizmat koʻrsatilgan, toʻlovni qaytarib boʻlmaydi.",
        "Услуга оказана, платёж нельзя вернуть.",
        "The service was given, so the payment cannot be returned.",
    ),
    CANNOT_DO: ("Amalni bajarib boʻlmaydi.", "Операция невозможна.", "This cannot be done."),
    NO_CHARGE: ("Toʻlov topilmadi.", "Начисление не найдено.", "No such charge."),
    HELD: (
        "Bu toʻlov allaqachon amalga oshirilmoqda.",
        "Это начисление уже оплачивается.",
        "This charge is being paid already.",
    ),
    UNKNOWN_METHOD: ("Usul topilmadi.", "Метод не найден.", "No such method."),
    BAD_REQUEST: ("Soʻrov notoʻgʻri.", "Неверный запрос.", "The request is malformed."),
    FORBIDDEN: ("Ruxsat yoʻq.", "Недостаточно прав.", "Not allowed."),
}
"""What the payer reads in the app of Payme, in the three languages its protocol asks for."""


class Refused(Exception):
    """An error of the protocol, which goes back to Payme as it is."""

    def __init__(self, code: int, data: str = "") -> None:
        super().__init__(code)
        self.code, self.data = code, data

    def told(self) -> dict[str, Any]:
        """The error as JSON-RPC sends it."""
        uz, ru, en = MESSAGES[self.code]
        message = {"uz": uz, "ru": ru, "en": en}
        return {"code": self.code, "message": message, "data": self.data or None}


@dataclass(frozen=True, slots=True)
class Call:
    """One call that was read."""

    method: str
    number: str  # the transaction's, given by Payme
    account: str  # the code of the charge, where the call names one
    amount: int
    time: int
    reason: int | None


def read(request: object, field: str = "charge") -> Call:
    """The call in a request; refuses one that is malformed.

    >>> read({"method": "PerformTransaction", "params": {"id": "5f"}}).number
    '5f'
    """
    body = request if isinstance(request, Mapping) else {}
    params = body.get("params")
    if not isinstance(body.get("method"), str) or not isinstance(params, Mapping):
        raise Refused(BAD_REQUEST)
    account = params.get("account")
    named = account.get(field, "") if isinstance(account, Mapping) else ""
    number = params.get("id", "")
    if not _is_name(number) or not _is_name(named):
        raise Refused(BAD_REQUEST)
    return Call(
        method=body["method"],
        number=number,
        account=named,
        amount=_whole(params.get("amount", 0)),
        time=_whole(params.get("time", 0)),
        reason=None if params.get("reason") is None else _whole(params["reason"], REASONS),
    )


def answer(
    call: Call, charge: Charge | None, *, now: int, own: int
) -> tuple[Charge | None, dict[str, Any]]:
    """What becomes of the charge, and the result; refuses with an error of the protocol.

    `now` is milliseconds since 1970, `own` the number a new transaction would get.

    >>> asked = {"method": "CreateTransaction",
    ...          "params": {"id": "5f", "time": 1, "amount": 500, "account": {"charge": "C-1"}}}
    >>> charge, told = answer(read(asked), Charge("C-1", 500), now=1000, own=7)
    >>> told
    {'create_time': 1000, 'transaction': '7', 'state': 1}
    >>> answer(read(asked), charge, now=2000, own=8)[1] == told
    True
    """
    method = METHODS.get(call.method)
    if method is None:
        raise Refused(UNKNOWN_METHOD, call.method[:40])
    return method(call, charge, now, own)


def statement(charges: "list[Charge]", start: int, end: int) -> dict[str, Any]:
    """Every transaction of Payme created in a time, oldest first."""
    found = [
        (payment, charge)
        for charge in charges
        for payment in charge.payments
        if payment.system is System.PAYME and start <= payment.asked <= end
    ]
    found.sort(key=lambda each: each[0].asked)
    return {
        "transactions": [
            {
                "id": payment.number,
                "time": payment.asked,
                "amount": payment.amount,
                "account": {"charge": charge.code},
                **_state(payment),
            }
            for payment, charge in found
        ]
    }


def period(request: Mapping[str, Any]) -> tuple[int, int]:
    """The time that a statement is asked for, in milliseconds; refuses what is malformed.

    >>> period({"params": {"from": 1, "to": 9}})
    (1, 9)
    """
    params = request.get("params")
    if not isinstance(params, Mapping):
        raise Refused(BAD_REQUEST)
    return _whole(params.get("from")), _whole(params.get("to"))


Answer = tuple[Charge | None, dict[str, Any]]


def _check(call: Call, charge: Charge | None, now: int, _own: int) -> Answer:
    _payable(call, _lapsed(charge, now))
    return charge, {"allow": True}


def _create(call: Call, charge: Charge | None, now: int, own: int) -> Answer:
    charge = _lapsed(charge, now)
    known = charge.named(System.PAYME, call.number) if charge else None
    if charge and known:
        if known.stage is not Stage.CREATED:
            raise Refused(CANNOT_DO)
        return charge, _created(known)
    charge = _payable(call, charge)
    made = Payment(
        System.PAYME, call.number, own, call.amount, Stage.CREATED, created=now, asked=call.time
    )
    return charge.having(made), _created(made)


def _perform(call: Call, charge: Charge | None, now: int, _own: int) -> Answer:
    charge, known = _known(call, charge)
    if known.stage is Stage.CREATED:
        if _has_lapsed(known, now):
            charge = charge.having(_cancelled(known, now, LAPSED))
            return charge, {"error": Refused(CANNOT_DO).told()}
        known = replace(known, stage=Stage.PERFORMED, performed=now)
        charge = charge.having(known)
    elif known.stage is not Stage.PERFORMED:
        raise Refused(CANNOT_DO)
    told = {"transaction": str(known.own), "perform_time": known.performed}
    return charge, {**told, "state": STATES[known.stage]}


def _cancel(call: Call, charge: Charge | None, now: int, _own: int) -> Answer:
    charge, known = _known(call, charge)
    if known.stage is Stage.CREATED:
        known = _cancelled(known, now, call.reason)
    elif known.stage is Stage.PERFORMED:
        if not charge.closed:
            raise Refused(CANNOT_RETURN)
        known = replace(known, stage=Stage.RETURNED, ended=now, reason=call.reason)
    told = {"transaction": str(known.own), "cancel_time": known.ended}
    return charge.having(known), {**told, "state": STATES[known.stage]}


def _look(call: Call, charge: Charge | None, _now: int, _own: int) -> Answer:
    charge, known = _known(call, charge)
    return charge, _state(known)


def _payable(call: Call, charge: Charge | None) -> Charge:
    """The charge, if this amount may be paid for it now."""
    if charge is None or charge.closed:
        raise Refused(NO_CHARGE, "charge")
    if call.amount != charge.amount:
        raise Refused(WRONG_AMOUNT)
    if charge.holder:
        raise Refused(HELD, "charge")
    return charge


def _known(call: Call, charge: Charge | None) -> tuple[Charge, Payment]:
    known = charge.named(System.PAYME, call.number) if charge else None
    if charge is None or known is None:
        raise Refused(NOT_FOUND)
    return charge, known


def _lapsed(charge: Charge | None, now: int) -> Charge | None:
    """The charge, freed of a transaction that nobody performed in time."""
    holder = charge.holder if charge else None
    if charge and holder and holder.stage is Stage.CREATED and _has_lapsed(holder, now):
        return charge.having(_cancelled(holder, now, LAPSED))
    return charge


def _has_lapsed(payment: Payment, now: int) -> bool:
    return now - payment.created > LAPSES


def _cancelled(payment: Payment, now: int, reason: int | None) -> Payment:
    return replace(payment, stage=Stage.CANCELLED, ended=now, reason=reason)


def _created(payment: Payment) -> dict[str, Any]:
    told = {"create_time": payment.created, "transaction": str(payment.own)}
    return {**told, "state": STATES[payment.stage]}


def _state(payment: Payment) -> dict[str, Any]:
    return {
        "create_time": payment.created,
        "perform_time": payment.performed,
        "cancel_time": payment.ended,
        "transaction": str(payment.own),
        "state": STATES[payment.stage],
        "reason": payment.reason,
    }


def _is_name(value: object) -> bool:
    """Whether a value can be the name of a transaction or a charge: short, letters and digits."""
    return isinstance(value, str) and re.fullmatch(r"[\w-]{0,64}", value, re.ASCII) is not None


def _whole(value: object, below: int = MOST) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -1 < value < below:
        raise Refused(BAD_REQUEST)
    return value


METHODS: Final[Mapping[str, Callable[[Call, Charge | None, int, int], Answer]]] = {
    "CheckPerformTransaction": _check,
    "CreateTransaction": _create,
    "PerformTransaction": _perform,
    "CancelTransaction": _cancel,
    "CheckTransaction": _look,
}
