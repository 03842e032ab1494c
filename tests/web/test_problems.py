"""Every wrong turn ends on a page that says what to do."""

import pytest

from marra.door import STATUS
from marra.web.problems import HEADINGS, NEXT_STEPS, all_refusals
from tests.journeys.reading import heading, text
from tests.web.make import administrator

pytestmark = pytest.mark.django_db

CODES = sorted(all_refusals())


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_of_the_house_has_a_readable_page(client, code):
    answer = client.get(f"/uz/problems/{code}/")

    assert answer.status_code == 200
    assert code in text(answer)


def test_every_status_that_a_refusal_can_have_is_told():
    assert set(STATUS.values()) <= set(HEADINGS) == set(NEXT_STEPS)


def test_a_problem_nobody_knows_is_not_found(client):
    assert client.get("/en/problems/no.such-thing/").status_code == 404


@pytest.mark.parametrize("page", ["sign-out/", "work/import/confirm/"])
def test_a_form_opened_as_a_page_is_told_which_kind_of_request_is_taken(client, page):
    administrator(client)

    answer = client.get(f"/en/{page}")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "use the form on the page" in text(answer)


def test_a_host_that_is_not_ours_is_answered_with_a_page(client):
    answer = client.get("/en/about/?fresh=1", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert heading(answer) == "The request cannot be read"


def test_a_fault_of_ours_is_told_without_its_details(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("marra.web.about.render", None)

    answer = client.get("/ru/about/?fresh=2")

    assert answer.status_code == 500
    assert "NoneType" not in answer.content.decode()
    assert "<h1>" in answer.content.decode()
