"""`marra people`: accounts from the terminal."""

import json

import pytest
from click.testing import CliRunner

from marra.__main__ import marra
from marra.inventory.models.bodies import StateBody
from marra.people import queries
from marra.people.rules.accounts import NameTaken, WeakPassword
from marra.people.rules.appointments import LastAdministrator
from marra.store import NothingNamed

pytestmark = pytest.mark.django_db

PASSWORD = "olma anor behi"


def run(*words: str, said: str = ""):
    return CliRunner().invoke(marra, ["people", *words], input=said)


def test_the_first_administrator_is_made_from_the_terminal():
    done = run("add", "admin", "--administrator", said=f"{PASSWORD}\n")

    assert (done.exit_code, done.stdout) == (0, "")
    assert [account.name for account in queries.administrators()] == ["admin"]
    assert queries.proved("admin", PASSWORD)


def test_the_list_is_data_on_stdout():
    run("add", "admin", "--administrator", "--full-name", "Aziza", said=f"{PASSWORD}\n")

    (row,) = json.loads(run("list", "--json").stdout)

    assert (row["name"], row["full_name"], row["roles"]) == ("admin", "Aziza", ["administrator"])


def test_a_role_is_given_in_a_body_that_there_is():
    run("add", "ali", said=f"{PASSWORD}\n")
    StateBody.objects.create(
        code="body-1", names={}, kind="ministry", key="a", opened_at="2026-03-02T07:00Z"
    )

    unknown = run("appoint", "ali", "--role", "body executor", "--in", "body-2")
    run("appoint", "ali", "--role", "body executor", "--in", "body-1")

    (row,) = json.loads(run("list", "--json").stdout)
    assert isinstance(unknown.exception, NothingNamed)
    assert row["roles"] == ["body executor in body-1"]


def test_a_second_step_that_was_lost_is_reset():
    run("add", "ali", said=f"{PASSWORD}\n")

    assert run("reset-second-step", "ali").exit_code == 0


def test_roles_passwords_and_accounts_are_changed_by_name():
    run("add", "admin", "--administrator", said=f"{PASSWORD}\n")
    run("add", "ali", said=f"{PASSWORD}\n")

    changes = [
        run("appoint", "ali", "--role", "administrator"),
        run("dismiss", "admin", "--role", "administrator"),
        run("password", "ali", said="uzum shaftoli nok\n"),
        run("close", "admin"),
    ]

    assert [done.exit_code for done in changes] == [0, 0, 0, 0]
    assert [account.name for account in queries.administrators()] == ["ali"]
    assert queries.proved("ali", "uzum shaftoli nok")
    assert "closed" in run("list").stdout


def test_an_account_that_cannot_be_appointed_is_not_opened_either():
    run("add", "ali", said=f"{PASSWORD}\n")

    taken = run("add", "ali", "--administrator", said=f"{PASSWORD}\n")
    weak = run("add", "vali", "--administrator", said="short\n")
    last = run("close", "ali")

    assert isinstance(taken.exception, NameTaken)
    assert isinstance(weak.exception, WeakPassword)
    assert (last.exit_code, isinstance(last.exception, LastAdministrator)) == (0, False)
