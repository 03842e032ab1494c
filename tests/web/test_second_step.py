"""The second step at sign-in, through the pages: with a code, a spare code, a passkey."""

import re

import pytest

from marra.door import now, terminal_stamp
from marra.people import actions, queries
from marra.people.models import Account, Factor, SignIn
from marra.people.rules.one_time import one_time_code, step_of
from tests.web import make
from tests.web.chromium import chromium

HERE = "/en/account/second-step/"


@pytest.fixture
def staff(db, client):
    """An analyst who has signed in by the password alone; their account."""
    return Account.all().named(make.analyst(client))


def code_of(account: Account, ahead: int = 0) -> str:
    factor = Factor.objects.filter(account=account).last()
    return one_time_code(queries.secret_of(factor), step_of(now()) + ahead)


def set_up(client, account) -> None:
    client.post(f"{HERE}begin/")
    client.post(f"{HERE}application/", {"number": code_of(account, -1)})


def signed_in(client) -> bool:
    return client.get("/en/account/").status_code == 200


def test_an_application_is_set_up_and_asked_for_at_the_next_sign_in(client, staff):
    client.post(f"{HERE}begin/")
    page = client.get(f"{HERE}application/").content.decode()
    wrong = client.post(f"{HERE}application/", {"number": "000000"})
    right = client.post(f"{HERE}application/", {"number": code_of(staff, -1)}, follow=True)
    client.post("/en/sign-out/")

    first = make.sign_in(client, staff.name)

    assert "data:image/svg+xml" in page
    assert wrong.status_code == 422
    assert "Spare codes" in right.content.decode()
    assert first.headers["Location"].startswith("/en/sign-in/second/")
    assert not signed_in(client)
    assert client.post("/en/sign-in/second/", {"number": code_of(staff)}).status_code == 302
    assert signed_in(client)


def test_the_password_alone_opens_nothing_and_the_code_alone_neither(client, staff):
    set_up(client, staff)
    client.post("/en/sign-out/")

    alone = client.post("/en/sign-in/second/", {"number": code_of(staff)})

    assert alone.headers["Location"] == "/en/sign-in/"
    assert not signed_in(client)


def test_the_session_has_a_new_name_after_each_step(client, staff):
    set_up(client, staff)
    client.post("/en/sign-out/")
    make.sign_in(client, staff.name)
    before = client.cookies["sessionid"].value

    client.post("/en/sign-in/second/", {"number": code_of(staff)})

    assert client.cookies["sessionid"].value != before


def test_wrong_codes_are_told_and_close_the_way_in_at_last(client, staff):
    set_up(client, staff)
    client.post("/en/sign-out/")
    make.sign_in(client, staff.name)

    answers = [client.post("/en/sign-in/second/", {"number": "000000"}) for _ in range(5)]

    assert [each.status_code for each in answers] == [422, 422, 422, 422, 429]
    assert "This code is wrong" in answers[0].content.decode()
    assert SignIn.objects.filter(succeeded=False).count() == 5


def test_spare_codes_are_shown_once_and_let_in(client, staff):
    set_up(client, staff)
    page = client.post(f"{HERE}codes/").content.decode()
    codes = re.findall(r"<code>([a-z2-7-]{19})</code>", page)
    client.post("/en/sign-out/")
    make.sign_in(client, staff.name)

    client.post("/en/sign-in/second/", {"number": codes[3], "next": "/en/data/"})

    assert len(codes) == 10
    assert "9 spare codes are left" in client.get(HERE).content.decode()


def test_it_is_removed_with_the_password(client, staff):
    set_up(client, staff)
    factor = queries.factors(staff).get()

    wrong = client.post(f"{HERE}{factor.code}/remove/", {"password": "x"})
    client.post(f"{HERE}{factor.code}/remove/", {"password": make.PASSWORD})

    assert wrong.status_code == 422
    assert not queries.factors(staff).exists()


def test_whoever_holds_a_role_must_set_one_up_where_the_settings_ask_for_it(
    client, staff, settings
):
    settings.SECOND_FACTOR = "staff"

    page = client.get("/en/work/portfolios/")
    api = client.get("/api/v1/journal/entries/0")

    assert page.headers["Location"] == HERE
    assert "Your role asks for a second step" in client.get(HERE).content.decode()
    assert api.status_code in {404, 409}
    set_up(client, staff)
    assert client.get("/en/work/portfolios/").status_code == 200


def test_who_holds_no_role_need_not(client, db, settings):
    settings.SECOND_FACTOR = "staff"
    actions.register(terminal_stamp(), name="o.oddiy", password=make.PASSWORD)
    make.sign_in(client, "o.oddiy")

    assert client.get("/en/account/").status_code == 200


def test_an_administrator_resets_what_somebody_lost(client, staff):
    set_up(client, staff)
    client.post("/en/sign-out/")
    make.administrator(client)

    page = client.get(f"/en/work/accounts/{staff.code}/").content.decode()
    client.post(f"/en/work/accounts/{staff.code}/second-step/")

    assert "Reset the second step" in page
    assert not queries.factors(staff).exists()


def test_nonsense_for_a_passkey_is_refused_in_words(client, staff):
    answer = client.post(f"{HERE}passkey/", {"answer": "{}", "name": "x"})

    assert answer.status_code == 422
    assert "The passkey could not be checked" in answer.content.decode()


# ── A browser with a passkey ─────────────────────────────────────────────────────────────────


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_added_and_lets_in(live_server):
    actions.register(terminal_stamp(), name="t.tahlilchi", password=make.PASSWORD)
    with chromium() as browser:
        page = browser.new_page()
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        told = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True}
        more = {"isUserVerified": True, "automaticPresenceSimulation": True}
        device.send("WebAuthn.addVirtualAuthenticator", {"options": {**told, **more}})

        come_in(page, live_server.url)
        page.goto(f"{live_server.url}{HERE}")
        page.fill("#passkey-name", "Laptop")
        page.get_by_role("button", name="Add a passkey").click()
        page.wait_for_url("**/first-codes/")
        page.get_by_role("button", name="Make spare codes").click()
        page.goto(f"{live_server.url}{HERE}")
        listed = page.inner_text("main")
        page.context.clear_cookies()
        come_in(page, live_server.url)
        page.wait_for_url("**/sign-in/second/**")
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/account/")

        assert "Laptop" in listed
        assert page.inner_text("h1") == "Your account"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_script_the_page_tells_of_codes_alone(live_server):
    actions.register(terminal_stamp(), name="t.tahlilchi", password=make.PASSWORD)
    with chromium() as browser:
        page = browser.new_page(java_script_enabled=False)
        come_in(page, live_server.url)
        page.goto(f"{live_server.url}{HERE}")

        assert "use an application with codes" in page.inner_text("main")
        assert not page.is_visible("#passkey-name")


def come_in(page, address: str) -> None:
    page.goto(f"{address}/en/sign-in/")
    page.fill("[name=name]", "t.tahlilchi")
    page.fill("[name=password]", make.PASSWORD)
    page.click("main .button")
