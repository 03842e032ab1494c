"""The pages of the survey's features: what everybody reads, and what assessors do."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marra.door import terminal_stamp
from marra.inventory.actions import features as actions
from marra.inventory.models.features import FeatureState
from marra.inventory.rules.features import features
from marra.people import actions as people
from tests.house.rights import World
from tests.web.make import PASSWORD, analyst, sign_in

pytestmark = pytest.mark.django_db

PAGE = "https://example.uz/"
HOME = "/en/features/"


@pytest.fixture
def root():
    return World.root


def settled(root, code: str, verdict: str) -> None:
    address = "" if verdict == "no" else PAGE
    for by in ("account-40070001", "account-40070002"):
        stamp = replace(root, by=by)
        actions.assess_feature(stamp, code, verdict=verdict, address=address)


def appointed(client, name: str, role: str, body: str = "") -> None:
    account = people.register(terminal_stamp(), name=name, password=PASSWORD)
    people.appoint(terminal_stamp(), account.code, role=role, body=body)
    sign_in(client, name)


def test_everybody_reads_how_many_features_are_there_and_what_that_comes_to(client, root):
    settled(root, "osi-074", "yes")
    settled(root, "osi-071", "no")

    page = client.get(HOME).content.decode()

    assert "1 of 181 features are there, 179 are not known" in page
    assert "between 0,00 and 1,00" in page
    assert "recalled" in page
    assert "Secure connection (HTTPS)" in client.get(f"{HOME}?module=technology").content.decode()


def test_the_list_is_filtered_by_its_address(client, root):
    settled(root, "osi-074", "no")

    found = client.get(f"{HOME}?state=no").content.decode()
    local = client.get(f"{HOME}?of=1726&q=sitemap").content.decode()
    none = client.get(f"{HOME}?about=justice&module=technology").content.decode()

    assert "<p>1 feature ·" in found
    assert "osi-074/" in found
    assert "0 features" in local
    assert "osi-074/" not in local
    assert "No feature matches" in none


def test_the_cheapest_next_feature_shows_every_factor(client, root):
    for code, effort in (("osi-015", 40.0), ("osi-028", 10.0), ("osi-043", None)):
        settled(root, code, "no")
        version = FeatureState.objects.get(code=code).version
        actions.change_feature(root, code, version=version, effort=effort)

    page = client.get(f"{HOME}next/").content.decode()

    assert "The cheapest next feature: Announcements of procurement" in page
    assert page.index("osi-028") < page.index("osi-015") < page.index("osi-043")
    assert "0,00625" in page  # 0.05 / 8
    assert "0,06250" in page  # for 100 person-days at 10


def test_two_analysts_assess_blindly_and_a_secretary_settles(client, root):
    analyst(client, "a.birinchi")
    client.post(
        "/en/work/features/osi-074/assess/",
        {"verdict": "yes", "address": PAGE, "note": "Mening soʻzim"},
    )
    assert "Mening soʻzim" in client.get(f"{HOME}osi-074/").content.decode()

    analyst(client, "b.ikkinchi")
    desk = client.get("/en/work/features/?page=4").content.decode()
    unseen = client.get(f"{HOME}osi-074/").content.decode()
    assert "181 features wait for your verdict" in desk
    assert "one of two verdicts is in" in unseen
    assert "Mening soʻzim" not in unseen
    client.post("/en/work/features/osi-074/assess/", {"verdict": "no"})
    assert client.get("/en/work/features/osi-074/review/").status_code == 403

    appointed(client, "k.kotib", "secretary")
    assert "1 feature waits for a reviewer" in client.get("/en/work/features/").content.decode()
    form = client.get("/en/work/features/osi-074/review/").content.decode()
    assert "Mening soʻzim" in form
    client.post(
        "/en/work/features/osi-074/review/", {"verdict": "no", "note": "Sahifa ochilmaydi."}
    )
    assert FeatureState.objects.get(code="osi-074").state == "no"


def test_visitors_read_no_note_and_no_verdict(client, root):
    for by, note in (("account-40070001", "birinchi izoh"), ("account-40070002", "ikkinchi izoh")):
        actions.assess_feature(replace(root, by=by), "osi-074", verdict="no", note=note)

    page = client.get(f"{HOME}osi-074/").content.decode()

    assert "Round 1" in page
    assert "not there" in page
    assert "izoh" not in page


def test_a_verdict_without_an_address_is_told_and_nothing_is_lost(client):
    analyst(client)

    answer = client.post(
        "/en/work/features/osi-074/assess/", {"verdict": "yes", "note": "Koʻrdim."}
    )

    assert answer.status_code == 422
    assert "Write the address" in answer.content.decode()
    assert "Koʻrdim." in answer.content.decode()


def test_an_executor_changes_what_the_own_body_answers_for_and_nothing_else(client, root):
    actions.share_features(root, ["osi-074"], body="justice")
    appointed(client, "i.ijrochi", "body executor", "justice")

    version = FeatureState.objects.get().version
    form = {"address": PAGE, "effort": "12,5", "every_days": "7", "version": version}
    done = client.post("/en/work/features/osi-074/change/", form)
    stale = client.post("/en/work/features/osi-074/change/", form)

    row = FeatureState.objects.get()
    assert done.status_code == 302
    assert (row.address, row.effort, row.every_days) == (PAGE, 12.5, 7)
    assert stale.status_code == 422
    assert client.get("/en/work/features/osi-071/change/").status_code == 403
    assert client.get("/en/work/features/share/").status_code == 403


def test_a_module_is_shared_out_at_once(client, root):
    actions.share_features(root, ["osi-074"], body="justice")
    analyst(client)

    client.post(
        "/en/work/features/share/",
        {"module": "technology", "only": "on", "body": "digital", "group": "WG-1"},
    )
    client.post("/en/work/features/share/?feature=osi-074", {"body": "leave", "group": "WG-2"})

    client.post("/en/work/features/share/?feature=osi-071", {"body": "leave", "group": "nobody"})

    technology = FeatureState.objects.filter(body__code="digital")
    assert technology.count() == 15
    row = FeatureState.objects.get(code="osi-074")
    assert (row.body.code, row.group) == ("justice", "WG-2")
    assert FeatureState.objects.get(code="osi-071").group == ""


def test_what_is_no_feature_is_not_found(client):
    assert client.get(f"{HOME}osi-999/").status_code == 404
    assert client.get(f"{HOME}losi-204/").status_code == 404


def test_the_pages_ask_no_more_when_everything_was_assessed(client, root):
    analyst(client)
    client.get(HOME)

    def asked(page: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as questions:
            client.get(page)
        return len(questions)

    pages = (HOME, f"{HOME}next/", "/en/work/features/")
    before = [asked(page) for page in pages]
    for code in features("osi"):
        settled(root, f"osi-{code}", "no")

    assert all(asked(page) <= count + 1 for page, count in zip(pages, before, strict=True))
