"""What the inventory tells the index: only of whole lists, and unknown things count against."""

from datetime import date

import pytest

from marra.evidence.actions.collecting import collect
from marra.evidence.models.observations import Observation
from marra.inventory import measures
from marra.inventory.actions import approving, services
from marra.inventory.models.bodies import StateBody
from tests.house.rights import World
from tests.inventory import make

pytestmark = pytest.mark.django_db

ON = World.at.date()
RULE = date(2024, 6, 1)


@pytest.fixture
def root():
    """Everybody's stamp, in a country of two bodies."""
    StateBody.objects.exclude(code__in=("justice", "health")).update(closed_at=World.at)
    return World.root


def approved(stamp, *bodies: str) -> None:
    for body in bodies:
        make.function(stamp, body, f"{body} siyosati", no_process="Siyosat.")
        approving.approve_list(stamp, body)


def test_a_part_of_the_list_counts_bodies_and_no_services(root):
    assert measures.functions_share(ON) is None
    approved(root, "justice")
    make.service(root, owner="justice", on_portal_since=date(2025, 1, 1))

    assert measures.functions_share(ON) is None  # the new service lacks its category
    assert measures.services(ON) is None

    service = StateBody.objects.get(code="justice").services.get()
    services.change_service(
        root, service.code, version=1, title="Guvohnoma", category="permit", deadline=make.DUE
    )
    assert measures.functions_share(ON).value == 50
    assert measures.services(ON) is None


def test_a_whole_list_is_counted_and_what_is_not_known_counts_against(root):
    approved(root, "justice", "health")
    ready = {"owner": "health", "category": "permit", "deadline": make.DUE}
    day = date(2025, 1, 1)
    make.service(root, title="Biri", on_portal_since=day, automation=1.0, **ready)
    make.service(root, title="Ikki", on_portal_since=day, automation=0.5, **ready)
    make.service(root, title="Uch", on_portal_since=day, **ready)
    make.service(root, title="Toʻrt", **ready)

    assert measures.services(ON).value == 3
    assert measures.services(date(2024, 12, 31)) is None
    full, mean = measures.automated_share(ON), measures.mean_automation(ON)
    assert (round(full.value, 1), full.basis) == (33.3, "fully")
    assert (mean.value, mean.basis) == (50.0, "mean")
    assert "not known of 1" in full.source


def test_the_app_first_is_counted_since_the_day_of_the_act_and_without_exceptions(root):
    approved(root, "justice", "health")
    ready = {"owner": "health", "category": "permit", "deadline": make.DUE}
    later, before = date(2025, 1, 1), date(2024, 5, 31)
    make.service(root, title="Biri", on_portal_since=later, in_app_since=later, **ready)
    make.service(root, title="Ikki", on_portal_since=later, **ready)
    make.service(root, title="Eski", on_portal_since=before, **ready)
    excepted = make.service(root, title="Uch", on_portal_since=later, **ready)
    services.except_service(root, excepted.code, reason="Faqat kompyuterda.", since=RULE)

    found = measures.app_first_share(ON, RULE)

    assert found.value == 50
    assert "1 of 2 services, 1 excepted" in found.source
    assert measures.app_first_share(ON, date(2026, 1, 1)) is None


def test_a_measure_climbs_to_an_observation_with_the_day_of_its_act(root):
    approved(root, "justice", "health")
    day = date(2025, 1, 1)
    make.service(root, owner="health", category="permit", deadline=make.DUE, in_app_since=day)

    collect(root, starts={"portal.app-first-share": RULE})

    seen = dict(Observation.objects.filter(origin="room").values_list("indicator", "value"))
    assert seen["inventory.functions-share"] == 100
    assert seen["portal.app-first-share"] == 100
    assert "portal.services" not in seen
