"""Who may do what, and the seal of the journal, as people read them."""

import re

import pytest

from marra.journal.actions import record, seal
from marra.journal.models import Entry, Leaf
from marra.journal.queries.keys import public_key
from marra.journal.rules.heads import opened, read_key
from marra.people.rules.rights import Role, rights
from marra.web.journal import DEEDS
from marra.web.safety.rights import ROOMS
from tests.conftest import NOON
from tests.house.rights import ROOMS as TRIED
from tests.web import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(tmp_path, settings):
    settings.DATA = tmp_path


def test_every_deed_of_every_room_is_told_in_words():
    deeds = {deed for room, _ in ROOMS for deed in rights(room)}

    assert {room for room, _ in ROOMS} == set(TRIED)
    assert deeds <= DEEDS.keys()


def test_the_page_of_rights_names_every_deed_and_who_may_do_it(client):
    page = client.get("/en/about/rights/").content.decode()

    assert page.count('<th scope="row">') == sum(len(rights(room)) for room, _ in ROOMS)
    row = re.search(r'id="assignment.submitted".*?</tr>', page).group()
    assert "submitted an assignment" in row
    assert "executor of the body" in row


@pytest.mark.parametrize("role", Role)
def test_the_rights_of_one_role_are_shown_alone(client, role):
    page = client.get(f"/en/about/rights/?role={role.value}").content.decode()

    expected = sum(
        role in roles or Role.VISITOR in roles
        for room, _ in ROOMS
        for roles in rights(room).values()
    )
    assert page.count('<th scope="row">') == expected


def test_a_role_that_is_none_is_refused(client):
    assert client.get("/en/about/rights/?role=king").status_code == 422


def test_a_journal_that_was_never_sealed_says_so(client):
    page = client.get("/en/about/journal/")

    assert "has not been sealed yet" in page.content.decode()
    assert client.get("/en/about/journal/head.txt").status_code == 409


def test_the_seal_is_shown_fresh_and_can_be_kept(client, as_analyst):
    seal(NOON)
    first = client.get("/en/about/journal/head.txt").content.decode()
    record(as_analyst, "plan.kept", "plan-1")
    seal(NOON)

    page = client.get("/en/about/journal/").content.decode()
    kept = client.get("/en/about/journal/head.txt")

    head = opened(kept.content.decode(), read_key(public_key()))
    assert kept.content.decode() != first
    assert "attachment" in kept.headers["Content-Disposition"]
    assert f"<dd>{head.size}</dd>" in page
    assert public_key() in page


def test_the_journal_leads_to_the_proof_of_each_sealed_entry(client):
    code = make.administrator(client)
    unsealed = client.get("/en/work/journal/").content.decode()
    seal(NOON)
    number = Leaf.objects.get(entry=Entry.objects.get(deed="account.registered").pk).position

    journal = client.get("/en/work/journal/?deed=account.registered").content.decode()
    page = client.get(f"/en/work/journal/{number}/").content.decode()

    assert f"/en/work/journal/{number}/" not in unsealed
    assert f'href="/en/work/journal/{number}/"' in journal
    assert "opened an account" in page
    assert f"&quot;thing&quot;:&quot;{code}&quot;" in page
    assert "marra-" in page


def test_the_proof_of_an_entry_is_not_for_those_who_may_not_read_it(client, as_administrator):
    record(as_administrator, "account.closed", "account-1")
    seal(NOON)
    number = Leaf.objects.get(entry=Entry.objects.get(thing="account-1").pk).position
    make.analyst(client)

    assert client.get(f"/en/work/journal/{number}/").status_code == 404
    assert client.get(f"/api/v1/journal/entries/{number}").status_code == 404


def test_the_api_proves_an_entry_to_whoever_may_read_it(client):
    make.administrator(client)
    seal(NOON)

    told = client.get("/api/v1/journal/entries/1")

    assert told.json()["size"] == Leaf.objects.count()
    assert "no-store" in told.headers["Cache-Control"]
    client.post("/en/sign-out/")
    assert client.get("/api/v1/journal/entries/1").status_code in {401, 403}
