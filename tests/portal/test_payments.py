"""Calls of payment systems: repeated, reordered, late and forged ones move no charge twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.portal.rules import click, payme
from marra.portal.rules.charges import STANDING, Charge, Stage, System

CHARGE = Charge("C-1", 37_080_000)
NOW = 1_764_000_000_000
SECRET = "olma"


def call(method: str, number: str = "5f", **more: object) -> payme.Call:
    params = {"id": number, "time": 1, "amount": CHARGE.amount, "account": {"charge": "C-1"}}
    return payme.read({"method": method, "params": {**params, **more}})


def say(charge: Charge | None, method: str, number: str = "5f", *, now: int = NOW, own: int = 1):
    return payme.answer(call(method, number), charge, now=now, own=own)


def clicked(action: str, number: str = "77", *, secret: str = SECRET, **more: str) -> click.Call:
    fields = {
        "click_trans_id": number,
        "service_id": "9",
        "merchant_trans_id": "C-1",
        "amount": "370800.00",
        "action": action,
        "error": "0",
        "sign_time": "2026-03-02 12:00:00",
        **more,
    }
    signed = click.signature(click.Call(fields), secret)
    return click.Call({"sign_string": signed, **fields})


def press(charge: Charge | None, asked: click.Call, *, own: int = 1):
    return click.answer(asked, charge, SECRET, now=NOW, own=own)


def test_a_charge_is_paid_by_creating_and_performing():
    charge, _ = say(CHARGE, "CreateTransaction")
    charge, told = say(charge, "PerformTransaction", now=NOW + 5)

    assert charge.paid
    assert told == {"transaction": "1", "perform_time": NOW + 5, "state": 2}


def test_the_same_call_again_gets_the_same_answer():
    created, first = say(CHARGE, "CreateTransaction")
    again, second = say(created, "CreateTransaction", now=NOW + 9, own=2)
    performed, third = say(again, "PerformTransaction", now=NOW + 10)
    twice, fourth = say(performed, "PerformTransaction", now=NOW + 99)

    assert (first, third) == (second, fourth)
    assert twice == performed


def test_while_one_pays_another_cannot():
    charge, _ = say(CHARGE, "CreateTransaction")

    with pytest.raises(payme.Refused) as why:
        say(charge, "CreateTransaction", "60", own=2)

    assert why.value.code == payme.HELD


def test_after_twelve_hours_another_may_pay():
    charge, _ = say(CHARGE, "CreateTransaction")
    late = NOW + payme.LAPSES + 1

    charge, told = say(charge, "PerformTransaction", now=late)
    assert told["error"]["code"] == payme.CANNOT_DO
    charge, _ = say(charge, "CreateTransaction", "60", now=late, own=2)

    assert charge.named(System.PAYME, "5f").stage is Stage.CANCELLED
    assert charge.holder.number == "60"


@pytest.mark.parametrize(
    ("charge", "method", "code"),
    [
        (None, "CheckPerformTransaction", payme.NO_CHARGE),
        (Charge("C-1", 5), "CheckPerformTransaction", payme.WRONG_AMOUNT),
        (Charge("C-1", 5, closed=True), "CreateTransaction", payme.NO_CHARGE),
        (CHARGE, "PerformTransaction", payme.NOT_FOUND),
        (CHARGE, "CancelTransaction", payme.NOT_FOUND),
        (CHARGE, "CheckTransaction", payme.NOT_FOUND),
        (CHARGE, "Steal", payme.UNKNOWN_METHOD),
    ],
)
def test_what_cannot_be_is_refused_with_its_code(charge, method, code):
    with pytest.raises(payme.Refused) as why:
        say(charge, method)

    assert why.value.code == code
    assert set(why.value.told()["message"]) == {"uz", "ru", "en"}


@pytest.mark.parametrize(
    "request_",
    [
        None,
        [],
        {"method": "CheckTransaction"},
        {"method": 5, "params": {}},
        {"method": "CheckTransaction", "params": {"id": {"$ne": 1}}},
        {"method": "CheckTransaction", "params": {"id": "x" * 65}},
        {"method": "CreateTransaction", "params": {"id": "5", "amount": 5.5}},
        {"method": "CreateTransaction", "params": {"id": "5", "amount": True}},
        {"method": "CreateTransaction", "params": {"id": "5", "account": {"charge": ["C-1"]}}},
    ],
)
def test_a_malformed_call_is_refused(request_):
    with pytest.raises(payme.Refused) as why:
        payme.read(request_)

    assert why.value.code == payme.BAD_REQUEST


def test_a_paid_charge_is_given_back_only_when_nothing_is_owed_any_more():
    charge, _ = say(CHARGE, "CreateTransaction")
    charge, _ = say(charge, "PerformTransaction")
    with pytest.raises(payme.Refused):
        say(charge, "CancelTransaction")

    withdrawn = Charge(charge.code, charge.amount, charge.payments, closed=True)
    back, told = say(withdrawn, "CancelTransaction", now=NOW + 7)

    assert (back.paid, told["state"]) == (False, -2)
    assert say(back, "CancelTransaction", now=NOW + 70)[1] == told


def test_a_statement_tells_what_was_created_in_its_time():
    charge, _ = say(CHARGE, "CreateTransaction")

    assert [each["id"] for each in payme.statement([charge], 0, 5)["transactions"]] == ["5f"]
    assert payme.statement([charge], 2, 5) == {"transactions": []}


METHODS = st.sampled_from([*payme.METHODS])


@given(st.lists(st.tuples(METHODS, st.sampled_from("abc"), st.integers(0, 50_000_000))))
def test_no_order_of_calls_of_payme_pays_twice(calls):
    charge, now, paid = CHARGE, NOW, 0
    for own, (method, number, later) in enumerate(calls):
        now += later
        before = charge.paid
        try:
            charge, _told = say(charge, method, number, now=now, own=own)
        except payme.Refused:
            continue
        paid += charge.paid and not before
        assert sum(each.stage in STANDING for each in charge.payments) <= 1
    assert paid <= 1


@given(
    st.lists(
        st.tuples(st.sampled_from(["0", "1", "2"]), st.sampled_from("ab"), st.booleans()),
        max_size=12,
    )
)
def test_no_order_of_calls_of_click_pays_twice(calls):
    charge, paid = CHARGE, 0
    for own, (action, number, right) in enumerate(calls):
        before = charge.paid
        known = charge.named(System.CLICK, number)
        prepared = {"merchant_prepare_id": str(known.own if known else 0)}
        asked = clicked(action, number, secret=SECRET if right else "nok", **prepared)
        charge, told = press(charge, asked, own=own)
        paid += charge.paid and not before
        assert right or told["error"] == click.BAD_SIGN
    assert paid <= 1


def test_click_prepares_and_completes():
    charge, told = press(CHARGE, clicked("0"))
    assert (told["error"], told["merchant_prepare_id"]) == (0, 1)
    charge, told = press(charge, clicked("1", merchant_prepare_id="1"))

    assert charge.paid
    assert (told["error"], told["merchant_confirm_id"]) == (0, 1)


def test_click_that_moved_no_money_frees_the_charge():
    charge, _ = press(CHARGE, clicked("0"))

    charge, told = press(charge, clicked("1", merchant_prepare_id="1", error="-5017"))

    assert told["error"] == click.CANCELLED
    assert (charge.paid, charge.holder) == (False, None)


@pytest.mark.parametrize(
    ("charge", "fields", "error"),
    [
        (CHARGE, {"amount": "1.00"}, click.WRONG_AMOUNT),
        (CHARGE, {"amount": "soʻm"}, click.WRONG_AMOUNT),
        (CHARGE, {"amount": "NaN"}, click.WRONG_AMOUNT),
        (CHARGE, {"amount": "1e999999"}, click.WRONG_AMOUNT),
        (None, {}, click.NO_CHARGE),
        (CHARGE, {"sign_string": "0" * 32}, click.BAD_SIGN),
        (CHARGE, {"sign_string": "ʻ"}, click.BAD_SIGN),
    ],
)
def test_a_wrong_call_of_click_changes_nothing(charge, fields, error):
    asked = clicked("0", **fields)

    after, told = press(charge, click.Call({**asked.fields, **fields}))

    assert (after, told["error"]) == (charge, error)


def test_a_charge_that_payme_holds_is_not_prepared_for_click():
    charge, _ = say(CHARGE, "CreateTransaction")

    assert press(charge, clicked("0"))[1]["error"] == click.PAID_ALREADY
