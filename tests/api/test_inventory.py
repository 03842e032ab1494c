"""The API of the inventory: bodies, services of approved lists alone, features of the survey."""

from dataclasses import replace

import pytest

from marra.inventory.actions import approving, features
from marra.inventory.models.features import FeatureState
from tests.house.rights import World
from tests.inventory import make

PAGE = "https://example.uz/"

pytestmark = pytest.mark.django_db


def test_bodies_stand_in_the_tree_with_what_is_left(client):
    make.function(World.root)

    found = {each["code"]: each for each in client.get("/api/v1/inventory/bodies").json()}

    assert found["justice"]["functions"] == 1
    assert found["justice"]["left"]["function-without-process"] == 1
    assert found["justice"]["names"]["uz-cyrl"] == "Адлия вазирлиги"
    assert not found["digital"]["exact"]


def test_services_are_those_of_approved_lists_by_priority(client):
    made = make.exact(World.root)
    assert client.get("/api/v1/inventory/services").json() == []

    approving.approve_list(World.root, "justice")

    (found,) = client.get("/api/v1/inventory/services").json()
    assert found["code"] == made.code
    assert found["priority"] is None
    assert "effort" in found["missing"]
    assert client.get("/api/v1/inventory/services?weight=11").status_code == 422
    assert client.get("/api/v1/inventory/services?body=health").json() == []


def test_features_are_told_without_any_verdict_of_an_assessor(client):
    features.assess_feature(World.root, "osi-074", verdict="yes", address=PAGE, note="Sirli izoh")

    answer = client.get("/api/v1/inventory/features")
    found = {each["code"]: each for each in answer.json()}

    assert len(found) == 181
    assert found["osi-074"]["state"] == "unknown"
    assert found["osi-074"]["address"] is None
    assert "Sirli izoh" not in answer.content.decode()
    assert World.root.by not in answer.content.decode()
    local = client.get("/api/v1/inventory/features?portal=1726&state=unknown").json()
    assert len(local) == 95
    assert client.get("/api/v1/inventory/features?portal=9999").status_code == 404
    assert client.get("/api/v1/inventory/features?state=balki").status_code == 422


def test_what_features_come_to_and_the_cheapest_next_tell_every_factor(client):
    for by in ("account-40070001", "account-40070002"):
        for code in ("osi-015", "osi-028"):
            features.assess_feature(replace(World.root, by=by), code, verdict="no")
    version = FeatureState.objects.get(code="osi-015").version
    features.change_feature(World.root, "osi-015", version=version, effort=1.0)

    sums = client.get("/api/v1/inventory/features/sums").json()
    found = client.get("/api/v1/inventory/features/next").json()

    assert sums["states"] == {"yes": 0, "partly": 0, "no": 2, "unknown": 179}
    assert sums["weights"]["basis"] == found["assumed"]["basis"].replace("assumed", "recalled")
    assert 0 == sums["estimate"]["low"] < sums["estimate"]["high"] < 1
    assert client.get("/api/v1/inventory/features/sums?portal=1726").json()["weights"] is None
    first, second = found["steps"]
    assert (first["code"], first["effort_is_assumed"]) == ("osi-015", False)
    assert second["effort_is_assumed"]
    for step in found["steps"]:
        gain = step["weight"] / step["features"]
        assert step["gain"] == pytest.approx(gain)
        assert step["gain_for_100_days"] == pytest.approx(gain / step["effort"] * 100)
