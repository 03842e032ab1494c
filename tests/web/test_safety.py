"""Who may do what, and the seal of the journal, as people read them."""

import re
from html import unescape

import pytest

from marra.commission.actions import plans
from marra.door import terminal_stamp
from marra.journal.actions import record, seal
from marra.journal.models import Entry, Leaf
from marra.journal.queries.keys import public_key
from marra.journal.rules.heads import opened, read_key
from marra.people import actions, queries
from marra.people.rules.rights import Role, rights
from marra.web.journal import DEEDS
from marra.web.safety.rights import ROOMS
from tests.commission import make as commission
from tests.conftest import NOON
from tests.house.rights import ROOMS as TRIED
from tests.house.rights import World
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


@pytest.mark.parametrize(("role", "decides"), [("chair", True), ("auditor", False)])
def test_the_chair_decides_on_plans_that_auditors_read(client, as_analyst, role, decides):
    plan = plans.move_plan(as_analyst, plan_of(as_analyst).code, move="propose")
    account = actions.register(terminal_stamp(), name="r.rais", password=make.PASSWORD)
    actions.appoint(terminal_stamp(), account.code, role=role)
    make.sign_in(client, "r.rais")

    page = client.get(f"/en/work/plans/{plan.code}/")
    done = client.post(f"/en/work/plans/{plan.code}/move/", {"move": "adopt"}, follow=True)

    plan.refresh_from_db()
    assert page.status_code == 200
    assert ("plans/" + plan.code + "/move/" in page.content.decode()) is decides
    assert (plan.state == "adopted") is decides
    assert done.status_code == (200 if decides else 422)


def plan_of(stamp):
    return commission.plan(stamp, commission.portfolio(stamp))


# ── Roles in groups and bodies, through the page ─────────────────────────────────────────────


@pytest.fixture
def account(client):
    """An account to give roles to, by an administrator who is signed in."""
    make.administrator(client)
    return actions.register(terminal_stamp(), name="o.oddiy", password=make.PASSWORD)


def appoint(client, account, role: str, body: str = ""):
    address = f"/en/work/accounts/{account.code}/appoint/"
    return client.post(address, {"role": role, "body": body}, follow=True)


def test_a_role_is_given_in_a_body_or_group_and_shown_by_its_name(client, account):
    world = World()

    given = appoint(client, account, "body executor", world.body)
    appoint(client, account, "group head", world.group)
    holders = client.get("/en/work/holders/").content.decode()

    assert "The role was given." in given.content.decode()
    assert queries.roles_of(account) >= {
        (Role.EXECUTOR, world.body),
        (Role.GROUP_HEAD, world.group),
    }
    assert "o.oddiy" in holders
    assert world.body in holders
    assert "Held by nobody" in holders


@pytest.mark.parametrize(
    ("role", "kind", "said"),
    [
        ("body executor", "group", "Choose a state body"),
        ("group head", "body", "Choose a working group"),
        ("group head", "", "Choose a working group"),
        ("chair", "group", "Leave “Held in” empty"),
        ("body executor", "nowhere", "Select a valid choice"),
    ],
)
def test_a_role_in_what_it_cannot_be_held_in_is_refused(client, account, role, kind, said):
    world = World()
    scope = {"group": world.group, "body": world.body}.get(kind, kind)

    answer = appoint(client, account, role, scope)

    assert answer.status_code == 422
    assert said in unescape(answer.content.decode())


def test_a_role_is_taken_where_it_is_held(client, account):
    world = World()
    appoint(client, account, "group head", world.group)
    address = f"/en/work/accounts/{account.code}/dismiss/"

    client.post(address, {"role": "group head", "body": world.group})

    assert not queries.standing(account).exists()


def test_only_administrators_and_auditors_see_who_holds_what(client):
    make.analyst(client)

    assert client.get("/en/work/holders/").status_code == 403


def test_the_session_has_a_new_name_after_sign_in(client):
    actions.register(terminal_stamp(), name="o.oddiy", password=make.PASSWORD)
    session = client.session
    session["before"] = "planted by somebody else"
    session.save()
    planted = session.session_key

    make.sign_in(client, "o.oddiy")

    assert client.cookies["sessionid"].value != planted
    assert client.get("/en/account/").status_code == 200
