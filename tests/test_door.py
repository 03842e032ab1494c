"""The door: who asks, how a refusal is told, and what every answer carries."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from marra import door
from marra.kit.errors import Conflict, Invalid, NotAllowed, NotFound
from marra.kit.findings import Finding
from marra.kit.places import place
from marra.people.rules import VISITOR, Role, SignInFirst, TooManyTries
from tests.people import make


@pytest.mark.parametrize(
    ("kind", "status"), [(Invalid, 422), (NotAllowed, 403), (NotFound, 404), (Conflict, 409)]
)
def test_each_kind_of_refusal_has_its_status(kind, status):
    class Happened(kind):
        pass

    assert door.status(Happened()) == status


def test_a_refusal_is_told_in_the_language_asked_for_its_facts_too():
    refusal = SignInFirst(role=Role.ADMINISTRATOR)

    told = {language: door.sentence(refusal, language) for language in ("uz", "ru", "en")}

    assert "administrator" in told["en"]
    assert "администратор" in told["ru"].lower()
    assert len(set(told.values())) == 3


def test_moments_are_told_in_national_time_and_names_in_the_language():
    until = TooManyTries(until=datetime(2026, 3, 2, 7, 15, tzinfo=UTC))

    assert "02.03.2026 12:15" in door.sentence(until, "en")
    assert door.say("{who}", {"who": place("UZB").name}, "ru") == place("UZB").name.ru


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        (0, "", "The file is empty."),
        (3, "", "Line 3: The file"),
        (3, "egdi", "Line 3, column “egdi”"),
    ],
)
def test_a_finding_is_told_with_its_place(line, column, says):
    found = Finding(line, column, "The file is empty. Export the table again.", {})

    assert door.finding(found, "en").startswith(says)


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        (0, "", "Sheet “effects”: The cell"),
        (0, "low", "Sheet “effects”, column “low”: The cell"),
        (3, "", "Sheet “effects”, line 3: The cell"),
        (3, "low", "Sheet “effects”, line 3, column “low”: The cell"),
    ],
)
def test_a_finding_in_a_workbook_names_the_sheet_too(line, column, says):
    found = Finding(line, column, "The cell is empty. Fill it in.", {}, sheet="effects")

    assert door.finding(found, "en").startswith(says)
    assert found.as_json()["sheet"] == "effects"
    assert str(found).startswith("Sheet effects")


@pytest.mark.django_db
def test_the_stamp_of_a_request_says_who_asks(as_administrator, client):
    account = make.account(as_administrator, "ali", "analyst")
    client.force_login(account)

    request = RequestFactory().get("/")
    request.user = account
    stamp = door.stamp(request)

    assert stamp.by == account.code
    assert stamp.holds(Role.ANALYST)
    assert stamp.holds(Role.HOLDER, of=account.code)
    assert not stamp.is_administrator


def test_a_stranger_is_a_visitor():
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    assert (door.stamp(request).by, door.stamp(request).holds(Role.VISITOR)) == (VISITOR, True)


def test_the_clock_shows_national_time():
    assert str(door.now().utcoffset()) == "5:00:00"


@pytest.mark.parametrize(
    ("kind", "script"), [("text/html", "script-src 'self'"), ("image/svg+xml", None)]
)
def test_no_answer_may_load_anything_from_elsewhere(kind, script):
    answer = door.security_headers(lambda request: HttpResponse(content_type=kind))

    policy = answer(RequestFactory().get("/")).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert (script in policy) if script else ("script-src" not in policy)


def test_what_is_too_large_is_refused_before_it_is_read():
    request = RequestFactory().post("/", CONTENT_LENGTH=str(13 * 1024 * 1024))

    answer = door.bounded(lambda request: HttpResponse("read"))(request)

    assert answer.status_code == 422
    assert b"read" not in answer.content


@pytest.mark.django_db
def test_a_page_for_the_signed_in_leads_strangers_to_the_way_in(client):
    answer = client.get("/en/work/journal/?of=release")

    assert answer.status_code == 302
    assert (
        answer.headers["Location"] == "/en/sign-in/?next=%2Fen%2Fwork%2Fjournal%2F%3Fof%3Drelease"
    )
