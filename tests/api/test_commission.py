"""`/api/v1/commission`: obligations and acts as programs read them, without anything private."""

from datetime import date

import pytest

from marra.commission.actions.obligations import prove, unprove
from marra.people import actions as people
from tests.commission import assignments
from tests.commission.acts import secretary
from tests.people.make import account

pytestmark = pytest.mark.django_db

BASE = "/api/v1/commission"


def test_every_obligation_has_its_target_and_how_it_stands(client):
    rows = {each["code"]: each for each in client.get(f"{BASE}/obligations").json()}

    assert len(rows) == 36
    goal = rows["O-02"]
    assert (goal["target"], goal["relation"], goal["state"]) == (30, "le", "in-time")
    assert (goal["due"], goal["due_from"]) == ("2030-12-31", "reading")
    assert goal["shown_by"] == {
        "kind": "value",
        "value": 63,
        "day": "2024-12-31",
        "source": "UN E-Government Survey 2024",
        "link": None,
    }
    assert goal["what"]["uz-cyrl"].startswith("Мамлакатни EGDI")
    assert rows["O-10"]["shown_by"] is None
    assert rows["O-10"]["state"] == "overdue"
    assert rows["O-14"]["shown_by"]["kind"] == "fact"
    assert rows["X-01"]["source_kind"] == "source"


def test_obligations_are_chosen_by_act_and_state(client):
    found = client.get(f"{BASE}/obligations?act=pq-308&state=met").json()

    assert [each["code"] for each in found] == ["O-03", "O-14"]
    assert client.get(f"{BASE}/obligations?state=gone").status_code == 422


def test_one_obligation_has_its_history_and_only_the_proofs_that_stand(client, as_administrator):
    clerk = secretary(as_administrator)
    told = {"day": date(2025, 1, 1), "link": "https://a.uz"}
    gone = prove(clerk, "X-02", text="Announced in the press.", **told)
    prove(clerk, "X-02", text="The portal is open to all.", **told)
    unprove(clerk, gone.code)

    found = client.get(f"{BASE}/obligations/X-02").json()

    assert [each["source"] for each in found["proofs"]] == ["The portal is open to all."]
    assert (found["state"], found["met_since"]) == ("met", "2025-01-01")
    assert "account" not in str(found)
    values = client.get(f"{BASE}/obligations/O-02").json()["values"]
    assert [each["value"] for each in values][-2:] == [69, 63]
    assert client.get(f"{BASE}/obligations/O-99").status_code == 404


def test_acts_come_whole_with_their_days(client):
    rows = {each["code"]: each for each in client.get(f"{BASE}/acts").json()}

    act = rows["pq-308"]
    assert (act["signed_on"], act["in_force_from"]) == ("2023-09-14", "2023-09-20")
    assert act["number"]["ru"] == "ПП-308"
    clauses = {each["number"]: each for each in act["clauses"]}
    assert clauses["P6"]["obligations"] == ["O-10", "O-11"]
    assert clauses["P4-b"]["parent"] == "P4"
    assert rows["spot-2023-09-20"]["kind"] == "source"


def test_answers_rest_on_records_and_so_have_no_tag(client):
    answer = client.get(f"{BASE}/obligations")

    assert "ETag" not in answer.headers
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_assignments_are_told_to_those_who_may_know_of_them_alone(client, as_administrator):
    made = assignments.assignment(assignments.secretary(), group="WG-2", clause="pq-308/P4-b")
    assignments.assignment(assignments.secretary(), title="Of others", lead="health")
    address = "/api/v1/commission/assignments"
    body = account(as_administrator, "ijrochi")
    people.appoint(as_administrator, body.code, role="body executor", body="digital")

    stranger = client.get(address)
    client.force_login(body)
    mine = client.get(address, {"words": "zzz", "state": "owed"})
    none = client.get(address, {"body": "health"})
    wrong = client.get(address, {"most": 10_000})

    assert stranger.status_code == 401
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert mine.json()["count"] == 0  # of a word that is not there
    assert [each["code"] for each in client.get(address).json()["assignments"]] == [made.code]
    told = client.get(address, {"words": "register"}).json()["assignments"][0]
    assert (told["lead"], told["group"], told["clause"]) == ("digital", "WG-2", "pq-308/P4-b")
    assert (told["state"], told["deadline"]) == ("new", "2026-04-30")
    assert none.json() == {"count": 0, "assignments": []}
    assert wrong.status_code == 422
