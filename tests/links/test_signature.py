"""The signature service: what it says is read whole, and a stand-in never passes for it."""

import base64
import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from marra.commission.models.sessions import Signature
from marra.commission.rules.signing import Adapter, Fault
from marra.links.signature import Asker, EImzo, ServiceAway, StandIn
from marra.people.rules.rights import Role
from tests.commission import assignments as people
from tests.commission import sessions as make
from tests.conftest import NOON
from tests.links.imzo import Handler, envelope, server
from tests.web.chromium import chromium, signed_in_cookie
from tests.web.test_assignments import signed_in

ASKER = Asker("marra.gov.uz", "10.1.2.3")
DOCUMENT = b'{"format":"marra-minutes/1"}'


@pytest.fixture
def service():
    with server() as address:
        yield EImzo(address)


def test_a_signature_is_stamped_and_checked_for_the_site_it_was_made_on(service):
    stamped = service.stamped(envelope(DOCUMENT), ASKER)

    checked = service.checked(stamped, ASKER)

    assert checked.is_valid
    assert (checked.adapter, checked.document) == (Adapter.EIMZO, DOCUMENT)
    assert (checked.signer, checked.certificate) == ("KARIMOV ANVAR", "218711a92")
    assert checked.signed_at == datetime(2026, 3, 2, 12, 5, tzinfo=ZoneInfo("Asia/Tashkent"))
    assert Handler.asked == [
        ("/frontend/timestamp/pkcs7", "marra.gov.uz", "10.1.2.3"),
        ("/backend/pkcs7/verify/attached", "marra.gov.uz", "10.1.2.3"),
    ]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"status": -10}, Fault.SIGNATURE),
        ({"status": -11}, Fault.CERTIFICATE),
        ({"status": -12}, Fault.EXPIRED),
        ({"status": -22}, Fault.TIMESTAMP),
        ({"status": -99}, Fault.UNREADABLE),
        ({"verified": False}, Fault.SIGNATURE),
        ({"certificate": False}, Fault.CERTIFICATE),
        ({"valid": None}, Fault.EXPIRED),
    ],
)
def test_what_the_service_doubts_does_not_count(service, changed, fault):
    stamped = service.stamped(envelope(DOCUMENT, **changed), ASKER)

    assert service.checked(stamped, ASKER).fault is fault


def test_without_a_time_stamp_nothing_counts(service):
    assert service.checked(envelope(DOCUMENT), ASKER).fault is Fault.UNKNOWN_STATE


def test_a_challenge_is_given_and_whoever_signed_it_is_named(service):
    proved = service.proved(envelope(b"9b573e40"), ASKER)

    assert service.challenge(ASKER) == "9b573e40"
    assert (proved.signer, proved.is_valid) == ("KARIMOV ANVAR", True)


def test_a_service_that_is_away_is_told_and_not_waited_for():
    with server() as address:
        gone = EImzo(address)

    with pytest.raises(ServiceAway):
        gone.checked(envelope(DOCUMENT), ASKER)


@pytest.mark.parametrize("part", ["document", "signer", "certificate", "signed_at", "notice"])
def test_a_changed_stand_in_does_not_count(part):
    hand = StandIn("secret")
    made = hand.made(DOCUMENT, signer="a.karimov", certificate="STAND-IN-1", at=NOON)
    told = json.loads(base64.b64decode(made))
    changed = base64.b64encode(json.dumps({**told, part: f"{told[part]}x"}).encode()).decode()

    assert hand.checked(made, ASKER).is_valid
    assert told["notice"] == "stand-in signature, no legal force"
    assert hand.checked(changed, ASKER).fault is Fault.SIGNATURE


@pytest.mark.parametrize("content", ["", "!", "e30=", "W10=", "bnVsbA=="])
def test_what_is_no_envelope_is_told(content):
    assert StandIn("secret").checked(content, ASKER).fault is Fault.UNREADABLE


# ── The page with a service ──────────────────────────────────────────────────────────────────


@pytest.fixture
def minutes(db):
    return make.closed(people.secretary())


@pytest.fixture
def clerk(db, as_administrator):
    return signed_in(as_administrator, "kotib", Role.SECRETARY)


def test_minutes_are_signed_through_the_service(clerk, minutes, settings):
    address = f"/en/work/sessions/{minutes.code}/"
    with server() as settings.EIMZO:
        page = clerk.get(f"{address}sign/")
        foreign = clerk.post(
            f"{address}sign/", {"position": "CHAIR", "envelope": envelope(DOCUMENT)}
        )
        own = envelope(minutes.document.encode())
        clerk.post(f"{address}sign/", {"position": "CHAIR", "envelope": own})
        signature = Signature.objects.get()
        shown = clerk.get(f"{address}signatures/{signature.code}/").content.decode()

    away = clerk.get(f"{address}signatures/{signature.code}/").content.decode()
    assert "wss://127.0.0.1:64443" in page["Content-Security-Policy"]
    assert "no legal force" not in page.content.decode()
    assert "signature of another document" in foreign.content.decode()
    assert (signature.adapter, signature.certificate) == ("e-imzo", "218711a92")
    assert "The signature holds" in shown
    assert "The signature cannot be checked now" in away


def test_a_service_that_is_away_keeps_nothing_and_loses_nothing(clerk, minutes, settings):
    with server() as settings.EIMZO:
        pass
    own = envelope(minutes.document.encode())

    told = {"position": "CHAIR", "envelope": own}
    answer = clerk.post(f"/en/work/sessions/{minutes.code}/sign/", told)

    assert "does not answer" in answer.content.decode()
    assert own in answer.content.decode()
    assert not Signature.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_program_on_the_officials_machine_signs_in_the_page(
    as_administrator, live_server, settings
):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    row = make.closed(people.secretary())
    asked = []

    def program(line):
        def answered(message):
            told = json.loads(message)
            asked.append(told)
            key = {"disk": "D", "path": "/", "name": "DS1", "alias": "cn=karimov anvar,o=x"}
            made = (
                envelope(base64.b64decode(told["arguments"][0]))
                if told["name"] == "create_pkcs7"
                else ""
            )
            answers = {
                "list_all_certificates": {"certificates": [key]},
                "load_key": {"keyId": "key-1"},
                "create_pkcs7": {"pkcs7_64": made},
            }
            line.send(json.dumps({"success": True, **answers.get(told["name"], {})}))

        line.on_message(answered)

    settings.EIMZO_KEY = "KEY"
    with server() as settings.EIMZO, chromium() as browser:
        page = browser.new_page()
        page.route_web_socket("ws://127.0.0.1:64646/service/cryptapi", program)
        signed_in_cookie(clerk, page, live_server.url)
        page.goto(f"{live_server.url}/en/work/sessions/{row.code}/sign/")
        page.get_by_role("button", name="Sign with E-IMZO").click()
        page.wait_for_url("**/?done=signed")
        shown = page.inner_text("main")

    assert [each["name"] for each in asked] == [
        "apikey", "list_all_certificates", "load_key", "create_pkcs7",
    ]  # fmt: skip
    assert "KARIMOV ANVAR" in shown
    assert Signature.objects.get().adapter == "e-imzo"
