"""The API of the inventory: bodies with how far they are, services of approved lists alone."""

import pytest

from marra.inventory.actions import approving
from tests.house.rights import World
from tests.inventory import make

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
