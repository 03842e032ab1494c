"""Stories of accounts: who comes in, who may not, and what is never lost."""

import pytest

from tests.journeys.reading import heading, text
from tests.web.make import PASSWORD, administrator, analyst, sign_in

pytestmark = pytest.mark.django_db

NEW = "uzum anjir shaftoli"


def test_a_stranger_is_led_to_the_way_in_and_back_to_the_page_afterwards(client):
    administrator(client)
    client.post("/en/sign-out/")

    led = client.get("/en/work/import/")
    assert led.headers["Location"] == "/en/sign-in/?next=%2Fen%2Fwork%2Fimport%2F"

    form = {"name": "b.boshliq", "password": PASSWORD, "next": "/en/work/import/"}
    assert client.post("/en/sign-in/", form).headers["Location"] == "/en/work/import/"


def test_nobody_is_led_to_another_site_by_signing_in(client):
    administrator(client)

    form = {"name": "b.boshliq", "password": PASSWORD, "next": "https://example.org/"}

    assert client.post("/en/sign-in/", form).headers["Location"] == "/en/account/"


def test_after_five_failures_even_the_right_password_has_to_wait(client):
    administrator(client)
    client.post("/en/sign-out/")
    for _ in range(5):
        assert sign_in(client, "b.boshliq", "not this one").status_code == 422

    answer = sign_in(client, "b.boshliq")

    assert answer.status_code == 429
    assert "Five sign-ins failed within 15 minutes" in text(answer)
    assert client.get("/en/account/").status_code == 302


def test_a_wrong_name_and_a_wrong_password_sound_alike(client):
    administrator(client)
    client.post("/en/sign-out/")

    one = text(sign_in(client, "b.boshliq", "not this one"))
    other = text(sign_in(client, "nobody.here", "not this one"))

    assert one == other
    assert "The name or the password is wrong" in one


def test_an_administrator_opens_an_account_and_its_holder_makes_it_their_own(client):
    administrator(client)
    form = {"name": "a.karimov", "full_name": "Aziz Karimov", "password": PASSWORD}
    made = client.post("/en/work/accounts/new/", form, follow=True)
    assert "The account is open" in text(made)
    code = made.request["PATH_INFO"].rstrip("/").rsplit("/", 1)[1]
    given = client.post(f"/en/work/accounts/{code}/appoint/", {"role": "analyst"}, follow=True)
    assert "The role was given" in text(given)
    client.post("/en/sign-out/")

    sign_in(client, "a.karimov")
    changed = client.post("/en/account/", {"old": PASSWORD, "new": NEW}, follow=True)

    assert "The password was changed" in text(changed)
    assert "analyst" in text(changed)
    client.post("/en/sign-out/")
    assert sign_in(client, "a.karimov", PASSWORD).status_code == 422
    assert sign_in(client, "a.karimov", NEW).status_code == 302


def test_an_analyst_may_not_look_after_the_house_and_is_told_what_to_do(client):
    analyst(client)

    for page in ("work/accounts/", "work/import/", "work/releases/", "work/accounts/new/"):
        answer = client.get(f"/en/{page}")
        assert answer.status_code == 403
        assert "Ask an administrator" in text(answer)
    assert "Accounts</a>" not in client.get("/en/account/").content.decode()


def test_the_last_administrator_keeps_the_role_and_the_account(client):
    code = administrator(client)

    refused = client.post(f"/en/work/accounts/{code}/dismiss/", {"role": "administrator"})
    asked = client.post(f"/en/work/accounts/{code}/close/")
    closed = client.post(f"/en/work/accounts/{code}/close/", {"sure": "yes"})

    assert "is the last administrator" in text(refused)
    assert heading(asked) == "Close the account “b.boshliq”?"
    assert "is the last administrator" in text(closed)


def test_a_password_that_is_easy_to_guess_is_refused_and_the_old_one_stays(client):
    administrator(client)

    answer = client.post("/en/account/", {"old": PASSWORD, "new": "b.boshliq12345"})

    assert answer.status_code == 422
    assert "too easy to guess" in text(answer)
    client.post("/en/sign-out/")
    assert sign_in(client, "b.boshliq").status_code == 302


def test_the_journal_tells_who_did_what_and_filters_by_its_address(client):
    code = administrator(client)
    client.post("/en/work/accounts/new/", {"name": "a.karimov", "password": PASSWORD})

    page = client.get(f"/en/work/journal/?by={code}&deed=account.registered")

    assert "b.boshliq opened an account" in text(page)
    assert "tried to sign in" not in text(page)[text(page).index("To what") :]
    assert client.get("/en/work/journal/?since=yesterday").status_code == 422


def test_a_form_from_another_site_is_not_accepted():
    from django.test import Client

    careful = Client(enforce_csrf_checks=True)

    answer = careful.post("/en/sign-in/", {"name": "x", "password": "y"})

    assert answer.status_code == 403
    assert "load the page again" in text(answer)
