"""Accounts open, roles are given and taken, and somebody always looks after the house."""

import pytest

from marra.journal.models import Entry
from marra.people import actions, queries
from marra.people.rules.accounts import (
    AccountClosed,
    NameTaken,
    UnfitName,
    WeakPassword,
    WrongPassword,
)
from marra.people.rules.appointments import (
    AlreadyAppointed,
    HeldEverywhere,
    LastAdministrator,
    NotAppointed,
    ScopeMissing,
    UnknownRole,
)
from marra.people.rules.rights import Role, RoleMissing, SignInFirst, Stamp
from marra.store import NothingNamed
from tests.people import make

pytestmark = pytest.mark.django_db


def test_an_account_opens_without_any_role(as_administrator):
    account = make.account(as_administrator)

    assert queries.roles_of(account) == {(Role.HOLDER, account.code), (Role.VISITOR, "")}


def test_only_an_administrator_opens_accounts(as_analyst, as_visitor):
    with pytest.raises(RoleMissing):
        make.account(as_analyst)
    with pytest.raises(SignInFirst):
        make.account(as_visitor)


@pytest.mark.parametrize("name", ["", "a", "Ali", "ali@example.uz", "али", "1ali", "a" * 41])
def test_a_name_that_cannot_be_typed_everywhere_is_refused(as_administrator, name):
    with pytest.raises(UnfitName):
        make.account(as_administrator, name)


def test_a_name_is_given_once(as_administrator):
    make.account(as_administrator)

    with pytest.raises(NameTaken):
        make.account(as_administrator)


@pytest.mark.parametrize(
    "password",
    ["short", "aaaaaaaaaaaaaaaa", "192837465564738291", "a.karimov-2026", "qwerty123456"],
)
def test_a_password_that_is_easy_to_guess_is_refused(as_administrator, password):
    with pytest.raises(WeakPassword):
        actions.register(as_administrator, name="a.karimov", password=password)


def test_a_role_is_given_and_taken(as_administrator):
    account = make.account(as_administrator, "ali", "analyst")
    assert (Role.ANALYST, "") in queries.roles_of(account)

    actions.dismiss(as_administrator, account.code, role="analyst")

    assert (Role.ANALYST, "") not in queries.roles_of(account)


def test_a_role_held_in_one_body_is_not_held_in_another(as_administrator):
    account = make.account(as_administrator)
    actions.appoint(as_administrator, account.code, role="body executor", body="statistics")
    stamp = Stamp(account.code, as_administrator.at, queries.roles_of(account))

    stamp.require(Role.EXECUTOR, of="statistics")
    with pytest.raises(RoleMissing):
        stamp.require(Role.EXECUTOR, of="justice")


@pytest.mark.parametrize("role", ["body executor", "group head", "group member"])
def test_a_role_of_one_body_or_group_is_not_given_everywhere(as_administrator, role):
    account = make.account(as_administrator)

    with pytest.raises(ScopeMissing):
        actions.appoint(as_administrator, account.code, role=role)


@pytest.mark.parametrize("role", ["administrator", "analyst", "chair", "auditor"])
def test_a_role_for_the_whole_house_is_not_given_in_one_body(as_administrator, role):
    account = make.account(as_administrator)

    with pytest.raises(HeldEverywhere):
        actions.appoint(as_administrator, account.code, role=role, body="statistics")


def test_roles_that_cannot_be_given_or_taken_are_refused(as_administrator):
    account = make.account(as_administrator, "ali", "analyst")

    with pytest.raises(AlreadyAppointed):
        actions.appoint(as_administrator, account.code, role="analyst")
    with pytest.raises(NotAppointed):
        actions.dismiss(as_administrator, account.code, role="administrator")
    with pytest.raises(UnknownRole):
        actions.appoint(as_administrator, account.code, role="visitor")


def test_the_last_administrator_stays(as_administrator):
    first = make.account(as_administrator, "first", "administrator")
    with pytest.raises(LastAdministrator):
        actions.dismiss(as_administrator, first.code, role="administrator")
    with pytest.raises(LastAdministrator):
        actions.close(as_administrator, first.code)
    make.account(as_administrator, "second", "administrator")

    actions.dismiss(as_administrator, first.code, role="administrator")

    assert [one.name for one in queries.administrators()] == ["second"]


def test_a_closed_account_holds_nothing_and_cannot_come_in(as_administrator):
    account = make.account(as_administrator, "ali", "analyst")

    actions.close(as_administrator, account.code)

    assert not queries.standing(account).exists()
    assert queries.proved("ali", make.PASSWORD) is None
    with pytest.raises(AccountClosed):
        actions.appoint(as_administrator, account.code, role="analyst")
    with pytest.raises(AccountClosed):
        actions.reset_password(as_administrator, account.code, new="uzum shaftoli nok")


def test_people_change_their_own_password_and_nobody_elses(as_administrator):
    ali = make.account(as_administrator, "ali")
    vali = make.account(as_administrator, "vali")
    stamp = Stamp(ali.code, as_administrator.at, queries.roles_of(ali))

    with pytest.raises(WrongPassword):
        actions.change_password(stamp, ali.code, old="wrong", new="uzum shaftoli nok")
    with pytest.raises(NothingNamed):
        actions.change_password(stamp, vali.code, old=make.PASSWORD, new="uzum shaftoli nok")
    actions.change_password(stamp, ali.code, old=make.PASSWORD, new="uzum shaftoli nok")

    assert queries.proved("ali", "uzum shaftoli nok") == ali
    assert queries.proved("vali", make.PASSWORD) == vali


def test_the_journal_tells_every_change_and_names_nobody(as_administrator):
    account = make.account(as_administrator, "ali", "analyst")
    actions.close(as_administrator, account.code)

    entries = Entry.objects.filter(thing=account.code).order_by("pk")

    assert [entry.deed for entry in entries] == [
        "account.registered",
        "account.appointed",
        "account.closed",
    ]
    assert not [entry for entry in entries if "ali" in f"{entry.by}{entry.facts}{entry.thing}"]
