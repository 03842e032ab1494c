"""The board of indicators: entering, correcting, targets, who answers, and what is fresher."""

import pytest

from marra.evidence.models.observations import Observation, Responsible, Target
from marra.people.rules.rights import Role
from tests.web.test_assignments import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("released")]
VALUE = {"value": "81,5", "day": "31.12.2025", "source": "Statistics Committee, letter 12"}


def entered(client, code="tii.mobile"):
    page = client.get(f"/en/work/observations/new/?indicator={code}").content.decode()
    basis = page.split('name="basis"')[1].split('value="')[1].split('"')[0]
    told = {**VALUE, "basis": basis, "is_public": "on"}
    return client.post(f"/en/work/observations/new/?indicator={code}", told)


def test_a_value_entered_by_hand_stands_on_the_board_with_its_source(as_administrator, client):
    analyst = signed_in(as_administrator, "tahlilchi", Role.ANALYST)

    answer = entered(analyst)
    page = client.get("/en/evidence/indicator/tii.mobile/").content.decode()

    assert answer.status_code == 302
    assert Observation.objects.get(source=VALUE["source"]).value == 81.5
    assert "Statistics Committee, letter 12" in page


def test_a_projection_is_never_taken_in(as_administrator):
    analyst = signed_in(as_administrator, "tahlilchi", Role.ANALYST)

    page = analyst.get("/en/work/observations/new/?indicator=tii.mobile").content.decode()
    basis = page.split('name="basis"')[1].split('value="')[1].split('"')[0]
    answer = analyst.post(
        "/en/work/observations/new/?indicator=tii.mobile",
        {**VALUE, "day": "31.12.2090", "basis": basis},
    )

    assert answer.status_code == 422
    assert "is a projection and no observation" in answer.content.decode()
    assert not Observation.objects.filter(source=VALUE["source"]).exists()


def test_a_target_is_set_and_withdrawn_and_a_body_answers(as_administrator):
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)

    clerk.post(
        "/en/work/targets/tii.mobile/",
        {"value": "110", "day": "31.12.2028", "source": "Minutes 3, clause 2"},
    )
    clerk.post("/en/work/responsible/tii.mobile/", {"body": "digital"})
    page = clerk.get("/en/evidence/indicator/tii.mobile/").content.decode()
    made = Target.objects.get(indicator="tii.mobile")
    clerk.post(f"/en/work/targets/{made.code}/withdraw/")
    made.refresh_from_db()

    assert "Minutes 3, clause 2" in page
    assert "Ministry of Digital Technologies" in page
    assert made.withdrawn_at is not None
    assert Responsible.objects.get(indicator="tii.mobile").body.code == "digital"


def test_what_is_newer_than_the_survey_says_what_counts_and_what_does_not(client):
    page = client.get("/en/evidence/fresh/").content.decode()

    assert "instead of 63" in page
    assert "What counts" in page
    assert "It is no forecast" in page


def test_only_those_with_the_right_steer(as_administrator, client):
    analyst = signed_in(as_administrator, "tahlilchi", Role.ANALYST)

    assert analyst.get("/en/work/targets/tii.mobile/").status_code == 403
    assert client.get("/en/work/targets/tii.mobile/").status_code == 302
