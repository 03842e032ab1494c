"""`/api/v1/evidence`: what is public is read by all, and a body's system reports with its key."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marra.door import terminal_stamp
from marra.evidence.actions import collecting, steering
from marra.evidence.actions.observations import enter
from marra.evidence.models.observations import Observation
from marra.evidence.rules import keys
from tests.evidence.test_observations import GOOD
from tests.evidence.test_taking import body

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/evidence/observations"
VALUE = {"indicator": "portal.services", "value": 761, "day": "2025-06-30", "basis": "announced"}


@pytest.fixture
def filled(released):
    collecting.adopt(terminal_stamp())
    collecting.collect(terminal_stamp())


@pytest.fixture
def secret(db):
    body()
    return steering.make_key(terminal_stamp(), "body-1", title="Portal of services")[1]


def read(client, address):
    answer = client.get(f"/api/v1/evidence/{address}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def post(client, secret, *values, once="2026-03-02", **headers):
    return client.post(
        ADDRESS,
        json.dumps({"values": list(values)}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": once, **headers},
    )


def test_the_board_tells_value_target_gap_and_oddities(client, filled):
    told = {each["indicator"]: each for each in read(client, "indicators")["indicators"]}

    assert told["mobile.subscribers"]["value"]["value"] == 30_100_000
    assert "basis" in [each["flag"] for each in told["mobile.subscribers"]["odd"]]
    assert told["osi"]["gap"] == pytest.approx(0.11008)
    assert told["emergency.regions"]["state"] == "no_value"
    assert told["tii.mobile"]["name"].keys() == {"uz", "uz-cyrl", "ru", "en"}


def test_one_indicator_comes_with_its_whole_series(client, filled):
    told = read(client, "indicators/portal.services")

    assert [each["value"] for each in told["values"]][-2:] == [230, 200]
    assert client.get("/api/v1/evidence/indicators/none").status_code == 404


def test_corrected_values_stay_in_the_list_and_hidden_ones_are_not_there(client, as_analyst):
    made = enter(as_analyst, **GOOD)
    enter(as_analyst, is_public=False, **{**GOOD, "value": 1.0})
    from marra.evidence.actions.observations import correct

    rest = {key: GOOD[key] for key in ("day", "basis", "source")}
    correct(as_analyst, made.code, value=762, reason="counted again", **rest)

    told = read(client, "observations?indicator=portal.services")

    assert [(each["value"], each["stands"]) for each in told["values"]] == [
        (762, True),
        (761, False),
    ]
    assert told["values"][0]["corrects"] == made.code


def test_the_list_costs_the_same_for_ten_times_the_observations(client, as_analyst):
    def cost(count):
        for _ in range(count):
            enter(as_analyst, **{**GOOD, "value": float(Observation.objects.count())})
        with CaptureQueriesContext(connection) as found:
            read(client, "observations")
        return len(found)

    assert cost(2) == cost(20)


def test_the_nowcast_tells_what_counts_and_why_the_rest_does_not(client, filled):
    told = read(client, "nowcast")

    assert told["published"]["rank"] == 63
    assert {each["why_not"] for each in told["inputs"]} >= {None, "basis", "older"}
    assert read(client, "nowcast?country=KAZ")["country"] == "KAZ"
    assert client.get("/api/v1/evidence/nowcast?country=XXX").status_code == 404


def test_a_system_reports_and_the_same_again_is_answered_as_before(client, secret):
    first, again = post(client, secret, VALUE), post(client, secret, VALUE)

    row = Observation.objects.get()
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["made"] == again.json()["made"] == [row.code]
    assert (row.reporter, row.place, row.day) == ("body-1", "UZB", date(2025, 6, 30))


@pytest.mark.parametrize(
    ("changed", "status", "kind"),
    [
        ({"day": "2999-01-01"}, 422, "index.not-measured-yet"),
        ({"kind": "forecast"}, 422, "evidence.not-observed"),
        ({"unit": "thousand"}, 422, "evidence.unit-differs"),
        ({"indicator": "none"}, 404, "evidence.no-such-indicator"),
        ({"basis": "none"}, 404, "evidence.no-such-basis"),
        ({"value": "many"}, 422, "problems.invalid-request"),
    ],
)
def test_a_wrong_value_refuses_the_delivery_with_a_readable_problem(
    client, secret, changed, status, kind
):
    answer = post(client, secret, VALUE, {**VALUE, **changed})

    told = answer.json()
    assert (answer.status_code, told["type"].rsplit("/", 1)[1].split(".")[-1]) == (
        status,
        kind.split(".")[-1],
    )
    assert Observation.objects.count() == 0


def test_without_a_key_or_with_another_nobody_reports(client, secret):
    nobody = client.post(ADDRESS, "{}", content_type="application/json")
    wrong = post(client, secret + "x", VALUE)

    assert nobody.status_code == 401
    assert wrong.status_code == 403
    assert Observation.objects.count() == 0


def test_a_delivery_without_a_name_of_its_own_is_refused(client, secret):
    assert post(client, secret, VALUE, once="").status_code == 422
    post(client, secret, VALUE, once="a")
    assert post(client, secret, {**VALUE, "value": 9}, once="a").status_code == 409


def test_too_many_deliveries_are_told_to_wait(client, secret, monkeypatch):
    monkeypatch.setattr(keys, "A_MINUTE", 2)
    for number in range(2):
        post(client, secret, {**VALUE, "value": number}, once=str(number))

    answer = post(client, secret, VALUE, once="more")

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
