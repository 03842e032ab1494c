"""Pages of working groups: what each answers for, who sits in it, and changing that."""

import re

import pytest

from marra.commission.actions.groups import change_group
from marra.commission.models.groups import Group, Member
from marra.door import terminal_stamp
from marra.people import actions as people
from marra.people.queries import roles_of
from marra.people.rules.rights import Role
from tests.web.make import PASSWORD, administrator, analyst
from tests.web.test_obligations import holder, text

pytestmark = pytest.mark.django_db

SEAT = {"full_name": "Nodira Karimova", "seat": "head", "since": "01.03.2026"}


def test_the_list_says_how_complete_the_groups_are_and_what_is_ours(client):
    page = text(client.get("/en/groups/"))

    assert "0 of 5 working groups have members and indicators" in page
    assert "1. Method and data PQ-308, P4-a assumed nobody entered yet" in page
    assert "Nobody has been entered yet: the sources name neither the chair" in page
    assert "Open a group" not in page


def test_a_group_shows_tasks_obligations_indicators_and_members(client):
    page = text(client.get("/en/groups/WG-3/"))

    for said in ("Telecommunications", "PQ-308, P4-c", "O-06a", "O-13", "overdue", "Mobile"):
        assert said in page, said
    assert client.get("/en/groups/WG-9/").status_code == 404


def test_a_secretary_opens_changes_and_closes_a_group(client):
    holder(client, "secretary")
    names = {"uz": "Sinov guruhi", "ru": "Группа испытаний", "en": "Trial group"}

    wrong = client.post("/en/groups/new/", {"number": 1, **names})
    opened = client.post("/en/groups/new/", {"number": 6, **names}, follow=True)
    tasks = {
        "clauses": ["pq-308/P4-d", "pq-308/P5"],
        "obligations": ["O-07"],
        "indicators": ["osi"],
    }
    changed = client.post("/en/groups/WG-6/change/", {"version": 1, **names, **tasks}, follow=True)
    asked = client.get("/en/groups/WG-6/close/")
    closed = client.post("/en/groups/WG-6/close/", follow=True)

    assert wrong.status_code == 422
    assert "There is a working group 1 already" in text(wrong)
    assert "The group is open" in text(opened)
    assert "PQ-308, P5" in text(changed)
    assert "O-07" in text(changed)
    assert "Close this group?" in text(asked)
    assert "Closed on" in text(closed)
    assert "Trial group" in text(client.get("/en/groups/"))


def test_the_second_to_save_sees_what_stands_and_loses_nothing(client, as_administrator):
    administrator(client)
    mine = {"version": 1, "uz": "Meniki", "ru": "Моё", "en": "Mine", "indicators": ["osi"]}
    theirs = {"uz": "Ularniki", "ru": "Их", "en": "Theirs"}
    change_group(as_administrator, "WG-1", version=1, **theirs, indicators=["tii"])

    told = client.post("/en/groups/WG-1/change/", mine)
    version = re.search(r'name="version" value="(\d+)"', told.content.decode())[1]
    saved = client.post("/en/groups/WG-1/change/", {**mine, "version": version}, follow=True)

    assert told.status_code == 422
    assert "was changed while you wrote: name, clauses, obligations, indicators" in text(told)
    assert 'value="Mine"' in told.content.decode()
    assert re.search(r"What stands now name Theirs", text(told))
    assert "The changes were saved" in text(saved)
    assert Group.objects.get(code="WG-1").name.en == "Mine"


def test_a_fault_in_the_form_does_not_hide_that_somebody_was_quicker(client, as_administrator):
    administrator(client)
    names = {"uz": "Meniki", "ru": "Моё", "en": "Mine"}
    change_group(as_administrator, "WG-1", version=1, **names)

    faulty = client.post("/en/groups/WG-1/change/", {"version": 1, **names, "en": ""})

    assert 'name="version" value="1"' in faulty.content.decode()


def test_a_group_secretary_enters_and_ends_members_of_the_own_group(client):
    holder(client, "secretary", "WG-1")
    account = people.register(terminal_stamp(), name="n.karimova", password=PASSWORD)

    told = {**SEAT, "account": "n.karimova", "document": "Order 12"}
    done = client.post("/en/groups/WG-1/members/new/", told, follow=True)
    elsewhere = client.post("/en/groups/WG-2/members/new/", SEAT)
    member = Member.objects.get()

    assert "The member was entered" in text(done)
    assert "n.karimova" in text(done)
    assert elsewhere.status_code == 422
    assert (Role.GROUP_HEAD, "WG-1") in roles_of(account)
    wrong = client.post(f"/en/groups/members/{member.code}/end/", {"until": "01.01.2020"})
    ended = client.post(
        f"/en/groups/members/{member.code}/end/", {"until": "02.03.2026"}, follow=True
    )
    assert wrong.status_code == 422
    assert "Former members Nodira Karimova, head: 01.03.2026 – 02.03.2026" in text(ended)
    assert (Role.GROUP_HEAD, "WG-1") not in roles_of(account)


def test_who_may_not_seat_anybody_does_not_see_accounts(client):
    administrator(client)
    people.register(terminal_stamp(), name="n.karimova", password=PASSWORD)
    client.post("/en/groups/WG-1/members/new/", {**SEAT, "account": "n.karimova"})
    client.post("/en/sign-out/")

    page = text(client.get("/en/groups/WG-1/"))

    assert "Nodira Karimova" in page
    assert "n.karimova" not in page


def test_the_members_of_the_commission_have_a_page_of_their_own(client):
    administrator(client)

    done = client.post(
        "/en/groups/commission/members/new/", {**SEAT, "seat": "chair"}, follow=True
    )

    assert "Nodira Karimova" in text(done)
    assert "The Coordination Commission" in text(done)
    assert "Nodira Karimova" in text(client.get("/en/groups/"))


def test_an_analyst_changes_no_group(client):
    analyst(client)

    for page in ("groups/new/", "groups/WG-1/change/", "groups/WG-1/members/new/"):
        assert client.get(f"/en/{page}").status_code == 403
