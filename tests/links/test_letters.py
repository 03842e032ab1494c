"""Mail, Telegram and SMS: what they hand over, and how they fail; the stand-in fails alike."""

import json
import socket
import ssl
from base64 import b64decode
from dataclasses import replace

import pytest

from marra.links import mail, sms, telegram
from marra.links.letters import AddressRefused, Letter, WayAway, stand_in
from marra.people.rules.contacts import Way, checked_address
from tests.conftest import NOON
from tests.links.post_office import Web, certificate, post, web

LETTER = Letter("parcel-1", "a.karimov@gov.uz", "Topshiriq 2026/1", "Muddati: oʻn kun", NOON)


@pytest.fixture
def service():
    with web() as address:
        yield address


@pytest.fixture
def nobody():
    """The port of a service that is not there."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return f"127.0.0.1:{port}"


def test_a_mail_is_whole_and_known_by_its_number():
    with post() as server:
        mail.Mail(f"smtp://{server.address}", "marra@gov.uz").send(LETTER)

    (taken,) = server.taken
    assert (taken["To"], taken["From"]) == ("a.karimov@gov.uz", "marra@gov.uz")
    assert taken["Subject"] == "Topshiriq 2026/1"
    assert taken["Message-ID"] == "<parcel-1@gov.uz>"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken.get_content().strip() == "Muddati: oʻn kun"


@pytest.mark.parametrize(("code", "refusal"), [("550", AddressRefused), ("451", WayAway)])
def test_a_mail_server_refuses_for_good_or_for_now(code, refusal):
    with post() as server, pytest.raises(refusal):
        mail.Mail(f"smtp://{server.address}", "marra@gov.uz").send(
            replace(LETTER, to=f"x@code{code}.uz")
        )


def test_a_password_is_not_told_in_the_clear():
    with post() as server, pytest.raises(WayAway):
        mail.Mail(f"smtp://user:secret@{server.address}", "marra@gov.uz").send(LETTER)

    assert not any("AUTH" in said for said in server.said)


def test_a_password_is_told_over_a_ciphered_connection(tmp_path, monkeypatch):
    file = certificate(tmp_path)
    trusting = ssl.create_default_context(cafile=file)
    monkeypatch.setattr(mail.ssl, "create_default_context", lambda: trusting)

    with post(file) as server:
        mail.Mail(f"smtp://user:wo%40rd@{server.address}", "marra@gov.uz").send(LETTER)

    proof = next(said for said in server.said if said.startswith("AUTH PLAIN"))
    assert server.said.index("STARTTLS") < server.said.index(proof)
    assert b64decode(proof.split()[2]) == b"\0user\0wo@rd"
    assert len(server.taken) == 1


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(tmp_path):
    with post(certificate(tmp_path)) as server, pytest.raises(WayAway):
        mail.Mail(f"smtp://user:word@{server.address}", "marra@gov.uz").send(LETTER)

    assert not any("AUTH" in said for said in server.said)
    assert server.taken == []


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_mail_server_that_is_not_there_is_away(nobody, scheme):
    with pytest.raises(WayAway):
        mail.Mail(f"{scheme}://{nobody}", "marra@gov.uz").send(LETTER)


def test_the_bot_writes_into_a_chat(service):
    telegram.Telegram(f"http://{service}/bot1:abc").send(replace(LETTER, to="77112233"))

    path, told, _ = Web.asked[0]
    assert path == "/bot1:abc/sendMessage"
    assert (told["chat_id"], told["text"]) == ("77112233", "Muddati: oʻn kun")


OUTCOMES = [
    (400, AddressRefused), (403, AddressRefused), (401, WayAway), (429, WayAway), (502, WayAway),
    (302, WayAway),
]  # fmt: skip


@pytest.mark.parametrize(("status", "refusal"), OUTCOMES)
def test_telegram_refuses_for_good_or_for_now_and_no_redirect_is_followed(
    service, status, refusal
):
    Web.ready["/bot/sendMessage"] = (status, {"ok": False, "description": "no"})

    with pytest.raises(refusal):
        telegram.Telegram(f"http://{service}/bot").send(LETTER)

    assert len(Web.asked) == 1


def test_whoever_writes_to_the_bot_learns_the_number_of_the_chat(service):
    Web.ready["/bot/getUpdates"] = (
        200,
        {
            "ok": True,
            "result": [
                {"update_id": 7, "message": {"chat": {"id": 123456, "type": "private"},
                                             "from": {"language_code": "ru"}}},
                {"update_id": 8, "message": {"chat": {"id": -5, "type": "group"}}},
            ],
        },
    )  # fmt: skip

    count = telegram.Telegram(f"http://{service}/bot").answer(lambda *told: " ".join(told))

    assert count == 2
    assert [(path, told) for path, told, _ in Web.asked][1:] == [
        ("/bot/sendMessage", {"chat_id": "123456", "text": "123456 ru"}),
        ("/bot/getUpdates", {"timeout": 0, "limit": 1, "offset": 9}),
    ]


def test_a_gateway_gets_the_number_the_text_and_who_we_are(service):
    sms.Gateway(f"http://me:wo%40rd@{service}/broker-api/send", "3700").send(
        replace(LETTER, to="+998901234567")
    )

    path, told, proof = Web.asked[0]
    assert (path, proof) == ("/broker-api/send", "me:wo@rd")
    assert told["messages"] == [
        {
            "recipient": "998901234567",
            "message-id": "parcel-1",
            "sms": {"originator": "3700", "content": {"text": "Muddati: oʻn kun"}},
        }
    ]


@pytest.mark.parametrize(
    ("status", "refusal"), [(400, AddressRefused), (401, WayAway), (500, WayAway)]
)
def test_a_gateway_refuses_for_good_or_for_now(service, status, refusal):
    Web.ready["/send"] = (status, {"error-code": "102"})

    with pytest.raises(refusal):
        sms.Gateway(f"http://me:word@{service}/send", "3700").send(LETTER)


def test_services_that_are_not_there_are_away(nobody):
    for channel in (
        telegram.Telegram(f"http://{nobody}/bot"),
        sms.Gateway(f"http://{nobody}/send", "3700"),
    ):
        with pytest.raises(WayAway):
            channel.send(LETTER)


FAILING = [
    (Way.MAIL, "x@refused.invalid", AddressRefused), (Way.MAIL, "x@away.invalid", WayAway),
    (Way.TELEGRAM, "1000403", AddressRefused), (Way.TELEGRAM, "1000503", WayAway),
    (Way.SMS, "+998900000403", AddressRefused), (Way.SMS, "+998900000503", WayAway),
]  # fmt: skip


@pytest.mark.parametrize(("way", "address", "refusal"), FAILING)
def test_the_stand_in_fails_as_the_real_service_does(tmp_path, settings, way, address, refusal):
    settings.DATA = tmp_path

    with pytest.raises(refusal):
        stand_in(way).send(replace(LETTER, to=checked_address(way, address)))


def test_the_stand_in_keeps_a_letter_once_and_says_that_it_is_one(tmp_path, settings):
    settings.DATA = tmp_path
    for text in ("First", "Second"):
        stand_in(Way.MAIL).send(replace(LETTER, text=text))

    (kept,) = (tmp_path / "sent" / "mail").iterdir()
    told = json.loads(kept.read_text())
    assert (kept.name, told["text"]) == ("parcel-1.json", "Second")
    assert told["notice"] == "kept by a stand-in, not sent"


def test_without_an_address_every_way_has_its_stand_in(settings):
    settings.MAIL = settings.TELEGRAM = settings.SMS = ""

    found = [each.service() for each in (mail, telegram, sms)]

    assert [each.way for each in found] == [Way.MAIL, Way.TELEGRAM, Way.SMS]
    assert telegram.bot() is None
