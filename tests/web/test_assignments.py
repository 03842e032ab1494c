"""The pages of assignments: from making one to done, in the browser's words."""

import pytest
from django.test import Client

from marra.commission.models.assignments import Assignment
from marra.people import actions as people
from marra.people.rules.rights import Role
from tests.commission import assignments as make
from tests.people.make import account

pytestmark = pytest.mark.django_db


def signed_in(stamp, name, role, body=""):
    made = account(stamp, name=name)
    people.appoint(stamp, made.code, role=role, body=body)
    client = Client()
    client.force_login(made)
    return client


def test_an_assignment_goes_its_whole_way_through_the_pages(as_administrator):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    body = signed_in(as_administrator, "ijrochi", Role.EXECUTOR, "digital")
    task = {"title": "Open the register of forms", "lead": "digital", "deadline": "30.12.2030"}

    made = clerk.post("/en/work/assignments/new/", task)
    row = Assignment.objects.get(title=task["title"])
    address = f"/en/work/assignments/{row.code}/"
    hidden = body.get(address)
    clerk.post(f"{address}give/")
    bare = body.post(f"{address}submit/", {"text": "It is open."})
    sent = body.post(f"{address}submit/", {"text": "It is open.", "links": "https://a.uz/"})
    judged = clerk.post(f"{address}judge/", {"accept": "yes"})

    assert [made.status_code, hidden.status_code, bare.status_code] == [302, 404, 422]
    assert "at least one proof" in bare.content.decode()
    assert [sent.status_code, judged.status_code] == [302, 302]
    assert ">Done</b>" in clerk.get(address).content.decode()


def test_what_says_nearly_the_same_is_shown_before_it_is_kept(as_administrator):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    first = make.assignment(make.secretary())
    task = {"title": first.title, "lead": "health", "deadline": "30.12.2030"}

    asked = clerk.post("/en/work/assignments/new/", task)
    kept = clerk.post("/en/work/assignments/new/", {**task, "sure": "yes"})

    assert first.number in asked.content.decode()
    assert kept.status_code == 302


def test_the_second_editor_sees_both_texts(as_administrator):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    row = make.assignment(make.secretary())
    address = f"/en/work/assignments/{row.code}/change/"
    told = {"title": "Another title", "lead": "digital", "deadline": "30.04.2026"}

    clerk.post(address, {**told, "version": 1})
    late = clerk.post(address, {**told, "title": "My own words", "version": 1})

    text = late.content.decode()
    assert late.status_code == 422
    assert "My own words" in text
    assert "Another title" in text


@pytest.mark.parametrize(
    "query",
    ["?page=x", "?page=999999999", "?state=moon", "?due=31.31.9999", "?q=%00", "?body=zzz"],
)
def test_an_odd_address_asks_for_nothing(as_administrator, query):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)

    assert clerk.get(f"/uz/work/assignments/{query}").status_code == 200


def test_the_list_asks_as_often_for_many_as_for_few(
    as_administrator, django_assert_max_num_queries
):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)
    for number in range(30):
        make.assignment(make.secretary(), title=f"Task number {number}")

    with django_assert_max_num_queries(16):
        clerk.get("/en/work/assignments/")
