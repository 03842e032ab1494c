"""What Payme and Click call: paid once, however often, late, out of order or forged they call."""

import base64
import re

import pytest
from django.test import Client

from marra.door import terminal_stamp
from marra.people import actions as people
from marra.portal.models.cases import Case
from marra.portal.models.payments import Attempt, ChargeRow
from marra.portal.rules import click, payme
from tests.portal import bundle as bundles
from tests.portal import make
from tests.web.make import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
KEY, SECRET = "olma-anor", "behi-uzum"


@pytest.fixture
def charge(as_administrator, settings) -> ChargeRow:
    settings.PAYME_KEY, settings.CLICK_SECRET = KEY, SECRET
    service = make.running(as_administrator, *bundles.WHOLE).code
    make.sent(make.citizen(), service, {"copies": 3, "abroad": True, "country": "Qozogʻiston"})
    return ChargeRow.objects.get()


def calls(method: str, charge: ChargeRow | None, number: str = "5f00", key: str = KEY, **more):
    params = {"id": number, "time": 1, "account": {"charge": charge.code if charge else "x"}}
    params |= {"amount": charge.amount if charge else 1, **more}
    token = base64.b64encode(f"Paycom:{key}".encode()).decode()
    answer = Client().post(
        "/api/v1/payments/payme",
        {"jsonrpc": "2.0", "id": 7, "method": method, "params": params},
        content_type="application/json",
        headers={"Authorization": f"Basic {token}"},
    )
    assert answer.status_code == 200
    return answer.json()


def presses(action: str, charge: ChargeRow, secret: str = SECRET, **more: str):
    fields = {
        "click_trans_id": "77", "service_id": "9", "merchant_trans_id": charge.code,
        "amount": f"{charge.amount / 100:.2f}", "action": action, "error": "0",
        "sign_time": "2026-03-02 12:00:00", **more,
    }  # fmt: skip
    signed = click.signature(click.Call(fields), secret)
    return Client().post("/api/v1/payments/click", {"sign_string": signed, **fields}).json()


def is_paid() -> bool:
    return Case.objects.get().events.filter(what="paid").count() == 1


def test_what_is_owed_is_the_fee_of_the_day(charge):
    assert (float(charge.multiple), charge.base) == (0.3, 412_000)
    assert charge.amount == 123_600 * 100


def test_payme_pays_a_charge_and_the_case_goes_on(charge):
    assert calls("CheckPerformTransaction", charge)["result"] == {"allow": True}
    made = calls("CreateTransaction", charge)["result"]
    done = calls("PerformTransaction", charge)["result"]

    assert (made["state"], done["state"]) == (1, 2)
    assert is_paid()


def test_the_same_calls_again_pay_once(charge):
    first = [calls(each, charge) for each in ("CreateTransaction", "PerformTransaction")]
    again = [calls(each, charge) for each in ("CreateTransaction", "PerformTransaction")]

    assert again[1] == first[1]
    assert Attempt.objects.count() == 1
    assert is_paid()


def test_two_attempts_at_once_pay_once(charge):
    calls("CreateTransaction", charge)

    other = calls("CreateTransaction", charge, "aa11")

    assert other["error"]["code"] == payme.HELD
    assert presses("0", charge)["error"] == click.PAID_ALREADY


def test_performing_before_creating_moves_nothing(charge):
    assert calls("PerformTransaction", charge)["error"]["code"] == payme.NOT_FOUND
    assert not is_paid()


@pytest.mark.parametrize("key", ["", "boshqa", "ʻ"])
def test_a_forged_call_is_not_heard(charge, key):
    assert calls("CreateTransaction", charge, key=key)["error"]["code"] == payme.FORBIDDEN
    assert not Attempt.objects.exists()


def test_without_a_key_of_its_own_nobody_is_heard(charge, settings):
    settings.PAYME_KEY = settings.CLICK_SECRET = ""

    assert calls("CreateTransaction", charge, key="")["error"]["code"] == payme.FORBIDDEN
    assert presses("0", charge, secret="")["error"] == click.BAD_SIGN


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 9000, b'{"method": 1}', b"\xff"])
def test_what_is_no_call_is_answered_in_the_protocol(charge, body):
    token = base64.b64encode(f"Paycom:{KEY}".encode()).decode()

    answer = Client().post(
        "/api/v1/payments/payme",
        body,
        content_type="application/json",
        headers={"Authorization": f"Basic {token}"},
    )

    assert answer.json()["error"]["code"] == payme.BAD_REQUEST


@pytest.mark.parametrize(
    "wrong",
    [{"id": "a\0"}, {"id": "a" * 65}, {"time": 10**30}, {"reason": 10**6}, {"amount": -1},
     {"account": {"charge": "\0"}}, {"account": []}, {"time": 1.5}, {"id": None}],
)  # fmt: skip
def test_what_no_database_can_keep_is_refused(charge, wrong):
    for method in ("CreateTransaction", "CancelTransaction"):
        told = calls(method, charge, **wrong)["error"]["code"]
        assert told in {payme.BAD_REQUEST, payme.NOT_FOUND, payme.NO_CHARGE}
    assert not Attempt.objects.exists()


def test_a_statement_over_no_time_is_refused(charge):
    told = calls("GetStatement", charge, **{"from": 0, "to": 10**30})

    assert told["error"]["code"] == payme.BAD_REQUEST


@pytest.mark.parametrize("wrong", [{"click_trans_id": "7" * 65}, {"merchant_trans_id": "\0"}])
def test_names_that_click_never_gives_are_refused(charge, wrong):
    assert presses("0", charge, **wrong)["error"] == click.BAD_REQUEST
    assert not Attempt.objects.exists()


def test_another_amount_or_another_charge_is_refused(charge):
    assert calls("CreateTransaction", charge, amount=1)["error"]["code"] == payme.WRONG_AMOUNT
    assert calls("CreateTransaction", None)["error"]["code"] == payme.NO_CHARGE


def test_an_attempt_of_one_charge_is_none_of_another(charge):
    calls("CreateTransaction", charge)

    other = calls("CreateTransaction", charge, account={"charge": "k7mp-42xw-9tdh"})

    assert other["error"]["code"] == payme.NO_CHARGE


def test_what_was_cancelled_can_be_paid_anew(charge):
    calls("CreateTransaction", charge)
    assert calls("CancelTransaction", charge, reason=5)["result"]["state"] == -1

    calls("CreateTransaction", charge, "aa11")
    assert calls("PerformTransaction", charge, "aa11")["result"]["state"] == 2
    assert is_paid()


def test_what_was_paid_and_given_is_not_paid_back(charge):
    for each in ("CreateTransaction", "PerformTransaction"):
        calls(each, charge)

    assert calls("CancelTransaction", charge, reason=5)["error"]["code"] == payme.CANNOT_RETURN


def test_a_statement_tells_what_was_asked_for_in_a_time(charge):
    calls("CreateTransaction", charge)

    told = calls("GetStatement", charge, **{"from": 0, "to": 9})["result"]["transactions"]

    assert [each["id"] for each in told] == ["5f00"]
    assert calls("GetStatement", charge, **{"from": 5, "to": 9})["result"]["transactions"] == []


def test_click_prepares_and_completes(charge):
    prepared = presses("0", charge)
    own = str(prepared["merchant_prepare_id"])
    done = presses("1", charge, merchant_prepare_id=own)
    again = presses("1", charge, merchant_prepare_id=own)

    assert (prepared["error"], done["error"], again["error"]) == (0, 0, click.PAID_ALREADY)
    assert is_paid()


def test_click_with_a_wrong_signature_moves_nothing(charge):
    assert presses("0", charge, secret="boshqa")["error"] == click.BAD_SIGN
    assert not Attempt.objects.exists()


# ── The page, and the stand-in ───────────────────────────────────────────────────────────────


@pytest.fixture
def payer(as_administrator, client):
    service = make.running(as_administrator, *bundles.WHOLE).code
    account = people.register(terminal_stamp(), name="anora", password=PASSWORD)
    answers = {"copies": 3, "abroad": True, "country": "Qozogʻiston"}
    case = make.sent(make.holder(account.code), service, answers)
    sign_in(client, "anora")
    return f"/en/applications/{case.code}/"


def test_the_page_says_what_is_owed_and_how_it_is_reckoned(client, payer):
    told = re.sub(r"[\u00a0\u202f]", " ", client.get(f"{payer}pay/").content.decode())

    assert "123 600" in told
    assert "412 000" in told
    assert "no money moves" in told


def test_the_stand_in_declines_and_then_pays(client, payer):
    declined = client.post(f"{payer}pay/try/", {"decline": "1"}, follow=True).content.decode()
    assert "was declined" in declined
    assert not is_paid()

    done = client.post(f"{payer}pay/try/", follow=True).content.decode()

    assert "The fee was paid" in done
    assert is_paid()
    assert client.get(f"{payer}pay/").url == payer


def test_with_a_real_system_there_is_no_stand_in(client, payer, settings):
    settings.PAYME_KEY, settings.PAYME_MERCHANT = KEY, "m1"

    assert "https://checkout.paycom.uz/" in client.get(f"{payer}pay/").content.decode()
    assert client.post(f"{payer}pay/try/").status_code == 404
    assert not is_paid()


def test_nobody_sees_or_pays_what_another_owes(client, payer):
    people.register(terminal_stamp(), name="boshqa", password=PASSWORD)
    client.logout()
    sign_in(client, "boshqa")

    assert client.get(f"{payer}pay/").status_code == 404
    assert client.post(f"{payer}pay/try/").status_code == 404
