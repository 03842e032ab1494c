"""The API tells the standard and how services of approved lists stand by it."""

from dataclasses import replace

import pytest

from marra.door import now
from marra.inventory.actions import judging, looks, standards
from marra.inventory.models.functions import Service
from marra.inventory.rules.page_checks.facts import bad
from tests.house.rights import World
from tests.inventory import make

pytestmark = pytest.mark.django_db
PAGE = "https://xizmat.example/"


def test_the_standard_is_told_before_and_after_it_is_adopted(client):
    before = client.get("/api/v1/standard").json()
    standards.adopt_standard(replace(World.root, at=now()))
    after = client.get("/api/v1/standard").json()

    assert (before["adopted"], after["adopted"]) == (False, True)
    assert before["requirements"] == after["requirements"]
    phone = next(each for each in after["requirements"] if each["code"] == "phone")
    assert phone["checks"] == ["phone.width", "phone.viewport"]
    assert phone["text"].keys() == {"uz", "uz-cyrl", "ru", "en"}


def test_only_services_of_approved_lists_are_told_with_what_was_found(client):
    root = replace(World.root, at=now())
    standards.adopt_standard(root)
    make.approval(root)
    make.service(root, title="Tasdiqlanmagan", owner="tax")
    service = Service.objects.get(owner__code="justice")
    judging.assess_service(root, service.code, requirement="keyboard", verdict="met", note="Ha.")
    made = looks.ask_check(root, service.code, address=PAGE)
    looks.begin_check(root)
    found = [bad("valid.title", "The page has no title. Give it one.", "title")]
    looks.finish_check(root, made.code, found=found)

    (told,) = client.get("/api/v1/standard/results").json()

    results = {each["requirement"]: each for each in told["requirements"]}
    assert told["service"] == service.code
    assert results["keyboard"]["result"] == "unknown"
    assert results["keyboard"]["said"] == {"body": "met"}
    assert results["valid"]["result"] == "not-met"
    assert told["looks"][0]["findings"][0]["place"] == "title"
    assert client.get("/api/v1/standard/results?body=tax").json() == []
