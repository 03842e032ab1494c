"""Scenarios for programs: the engine's own answer, refused in problem details."""

import pytest

from marra.commission.queries.futures import futures
from marra.evidence.queries import releases as queries
from marra.index.projection.ground import ground
from marra.index.projection.scenario import scenario

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("released")]

ADDRESS = "/api/v1/index/scenario"


def test_the_answer_is_the_engines_own(client):
    told = client.get(f"{ADDRESS}?set=osi=0.95&set=tii.mobile=150&by=2028&top=40").json()

    changes = {"osi": 0.95, "tii.mobile": 150.0}
    own = ground(futures(), "UZB", 40)
    found = scenario(queries.survey(2024), own, changes, by=2028)
    assert [each["after"]["p_top"] for each in told["editions"]] == [
        at.after.p_top for at in found.editions
    ]
    assert (told["country"], told["top"], told["by"], told["seed"]) == ("UZB", 40, 2028, 0)
    assert [each["counted"] for each in told["given"]] == [0.95, 120.0]
    assert told["data_version"] == found.data_version


def test_what_parts_carry_adds_up(client):
    for at in client.get(f"{ADDRESS}?set=hci=0.9&set=osi=0.9&country=KAZ").json()["editions"]:
        gained = at["after"]["p_top"] - at["before"]["p_top"]
        assert sum(part["odds"] for part in at["parts"]) == pytest.approx(gained, abs=1e-12)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 422),
        ("set=osi", 422),
        ("set=osi=2", 422),
        ("set=osi=nan", 422),
        ("set=gdp=1", 422),
        ("set=tii=0.9&set=tii.internet=90", 422),
        ("set=osi=0.9&by=2027", 422),
        ("set=osi=0.9&top=194", 422),
        ("set=osi=0.9&country=XYZ", 404),
        ("&".join(["set=osi=0.9"] * 30), 422),
    ],
)
def test_what_cannot_be_asked_is_refused(client, query, status):
    answer = client.get(f"{ADDRESS}?{query}")

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
