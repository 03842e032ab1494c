"""Coming in, and the pause after five failures."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from marra import door
from marra.people import actions, queries
from marra.people.models import SignIn
from marra.people.rules import TooManyTries, WrongNameOrPassword
from tests.people import make

pytestmark = pytest.mark.django_db

HOME = "192.0.2.1"


@pytest.fixture
def asked(client) -> HttpRequest:
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/", REMOTE_ADDR=HOME)
    request.session, request.user = client.session, AnonymousUser()
    return request


def fail(stamp, times: int, *, name: str = "ali", address: str = HOME) -> None:
    for _ in range(times):
        actions.knock(stamp, name=name, address=address)


def test_the_right_password_lets_in_and_is_noted(as_administrator, asked):
    account = make.account(as_administrator, "ali", "analyst")

    door.sign_in(asked, name="ali", password=make.PASSWORD)

    assert door.stamp(asked).by == account.code
    assert [one.succeeded for one in queries.sign_ins(as_administrator)] == [True]


@pytest.mark.parametrize(
    ("name", "password"), [("ali", "wrong"), ("vali", make.PASSWORD), ("", "")]
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(as_administrator, asked, name, password):
    make.account(as_administrator, "ali")

    with pytest.raises(WrongNameOrPassword):
        door.sign_in(asked, name=name, password=password)

    assert SignIn.objects.filter(succeeded=False).count() == 1


def test_after_five_failures_an_account_is_closed_to_all_addresses(as_visitor):
    fail(as_visitor, 5)

    with pytest.raises(TooManyTries):
        actions.knock(as_visitor, name="ali", address="198.51.100.7")


def test_after_five_failures_an_address_is_closed_to_all_accounts(as_visitor):
    for number in range(5):
        fail(as_visitor, 1, name=f"name{number}")

    with pytest.raises(TooManyTries):
        actions.knock(as_visitor, name="vali", address=HOME)


def test_even_the_right_password_waits_and_the_sentence_says_until_when(as_administrator, asked):
    make.account(as_administrator, "ali")
    fail(door.stamp(asked), 5)

    with pytest.raises(TooManyTries) as refusal:
        door.sign_in(asked, name="ali", password=make.PASSWORD)

    until = SignIn.objects.order_by("at").first().at + actions_pause()
    assert f"{door.timezone.localtime(until):%d.%m.%Y %H:%M}" in door.sentence(refusal.value, "en")


def actions_pause():
    from marra.people.rules import PAUSE

    return PAUSE


def test_the_pause_ends_a_quarter_of_an_hour_after_the_first_failure(as_visitor):
    fail(as_visitor, 5)

    actions.knock(make.later(as_visitor, 15), name="ali", address=HOME)

    with pytest.raises(TooManyTries):
        fail(make.later(as_visitor, 14.9), 1)


def test_successes_do_not_count(as_administrator, as_visitor):
    for _ in range(6):
        tried = actions.knock(as_visitor, name="ali", address=HOME)
        actions.enter(as_visitor, tried.code)

    assert queries.sign_ins(as_administrator).count() == 6


def test_old_tries_are_forgotten(as_visitor):
    fail(as_visitor, 1)

    fail(make.later(as_visitor, 181 * 24 * 60), 1)

    assert SignIn.objects.count() == 1


@pytest.mark.parametrize(
    ("proxies", "passed", "address"),
    [(0, "203.0.113.9", HOME), (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"), (1, "nonsense", None)],
)
def test_an_address_is_believed_only_from_trusted_proxies(
    settings, asked, proxies, passed, address
):
    settings.PROXIES = proxies
    asked.META["HTTP_X_FORWARDED_FOR"] = passed

    assert door.address(asked) == address
