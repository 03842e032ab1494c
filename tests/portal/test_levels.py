"""The level of a service in the catalogue: of what runs, and not of what somebody says."""

from datetime import timedelta

import pytest

from marra.cli.examples import bring
from marra.flow.automation import BY_HAND, LOWEST_PART, UNPROVEN, Level
from marra.portal.actions import definitions, publishing
from marra.portal.models.cases import Case
from marra.portal.models.catalogue import Service
from marra.portal.queries.levels import level_of, of_definition
from marra.portal.rules.shipped import shipped
from tests.conftest import NOON
from tests.house.rights import World
from tests.inventory import make as inventory
from tests.portal import make

pytestmark = pytest.mark.django_db
root = World.root


def brought(name):
    """An example, published."""
    example = shipped()[name]
    title = example.folder.about["names"]["uz"]
    row = inventory.service(root, owner="justice", title=title)
    code = bring(root, example, "justice", {"row": row.code})
    return publishing.publish(root, code, since=None)


def test_a_service_has_the_level_of_the_version_that_runs():
    made = brought("residence-certificate")
    definitions.keep_definition(
        root, made.code, bundle=dict(shipped()["business-licence"].folder.bundle)
    )

    assert level_of(made, NOON).level is Level.STRAIGHT
    newest = made.definitions.get(number=2)
    assert of_definition(newest).why == (BY_HAND,)


def test_a_draft_has_the_level_that_it_would_have():
    code = bring(root, shipped()["child-benefit"], "justice")

    assert level_of(Service.objects.get(code=code), NOON).level is Level.PROACTIVE


def test_what_does_not_run_here_is_unproven_whatever_is_declared():
    made = make.draft(root, declared_automatic=True)

    assert level_of(made, NOON).why == (UNPROVEN,)


def test_a_composite_service_has_the_level_of_its_lowest_part():
    for name in ("birth-certificate", "child-benefit", "kindergarten-queue"):
        brought(name)
    whole = brought("newborn")
    publishing.pause(root, "namuna-child-benefit", why="Namuna")

    found = level_of(whole, NOON)

    assert found.level is Level.STRAIGHT
    assert found.why[0] == LOWEST_PART


def cases(service, count, *, by_hand):
    """Cases that were granted, as rows: how they ended is what counts here."""
    definition = service.definitions.get()
    for number in range(count):
        case = Case.objects.create(
            code=f"case-{number}", service=service, definition=definition, applicant="a",
            key=f"key-{number}", stage="ended", outcome="granted", state=b"", started_at=NOON,
            changed_at=NOON, ended_at=NOON - timedelta(days=1),
        )  # fmt: skip
        if by_hand:
            case.tasks.create(number=1, element="hand", kind="task", state="done", since=NOON)


@pytest.mark.parametrize(
    ("count", "by_hand", "level"),
    [(30, True, Level.PREFILLED), (30, False, Level.STRAIGHT), (5, True, Level.STRAIGHT)],
)
def test_a_level_that_reality_does_not_bear_out_falls(count, by_hand, level):
    made = brought("residence-certificate")
    cases(made, count, by_hand=by_hand)

    assert level_of(made, NOON).level is level
    assert level_of(made, NOON + timedelta(days=120)).level is Level.STRAIGHT


def test_the_page_tells_the_level_and_why_it_is_not_higher(client):
    made = brought("business-licence")

    page = client.get(f"/en/services/{made.code}/").content.decode()

    assert "Level 3 of 5:" in page
    assert "Every granted run waits for a person of an authority." in page
    assert "BHM" in page
    assert "BHM" not in client.get(f"/en/services/{make.published(root).code}/").content.decode()


def test_nobody_is_led_to_apply_for_what_is_offered_by_itself(client):
    offered, asked = brought("child-benefit"), brought("residence-certificate")

    for service, is_led in ((offered, False), (asked, True)):
        page = client.get(f"/en/services/{service.code}/").content.decode()
        assert (f"/en/services/{service.code}/apply/" in page) is is_led
