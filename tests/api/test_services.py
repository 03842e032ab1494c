"""`/api/v1/services`: the public catalogue for programs."""

from decimal import Decimal

import pytest

from marra.portal.queries.finding import SHELVES
from marra.portal.rules.money import Fee
from tests.house.rights import World
from tests.portal import make
from tests.portal.test_levels import brought

pytestmark = pytest.mark.django_db
root = World.root


@pytest.fixture(autouse=True)
def fresh_shelves():
    for shelf in SHELVES.values():
        shelf.ready = None


def test_the_catalogue_is_listed_filtered_and_searched(client):
    made = make.published(root)
    make.published(root, names={"uz": "Mashina", "ru": "Машина"}, events=["vehicle"])
    make.draft(root, names={"uz": "Loyiha", "ru": "Проект"})

    every = client.get("/api/v1/services").json()
    marriage = client.get("/api/v1/services?event=marriage").json()
    asked = client.get("/api/v1/services?q=регистрация брака").json()
    nothing = client.get("/api/v1/services?q=ob-havo").json()

    assert every["total"] == 2
    assert [each["code"] for each in marriage["services"]] == [made.code]
    assert [each["code"] for each in asked["services"]] == [made.code]
    assert nothing == {"total": 0, "services": []}


def test_a_service_tells_its_cost_of_today_and_the_version_that_runs(client):
    made = make.published(root, fees=[Fee(Decimal("0.9"), Decimal("0.9"))])

    told = client.get(f"/api/v1/services/{made.code}").json()

    assert told["fees"][0] | {"what": "", "per": ""} == {
        "least": 0.9, "most": 0.9, "soum_least": 370_800, "soum_most": 370_800, "what": "",
        "per": "",
    }  # fmt: skip
    assert told["version"] == 1
    assert len(told["definition"]) == 64
    assert [each["channel"] for each in told["channels"]] == ["mobile", "web"]


def test_a_service_tells_its_level_and_why_it_is_not_higher(client):
    made = brought("business-licence")

    level = client.get(f"/api/v1/services/{made.code}").json()["level"]

    assert level == {"number": 3, "why": ["Every granted run waits for a person of an authority."]}


def test_a_draft_is_not_there(client):
    made = make.draft(root)

    assert client.get(f"/api/v1/services/{made.code}").status_code == 404
    assert client.get("/api/v1/services?limit=1000").status_code == 422
