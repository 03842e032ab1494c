"""The pages of the survey's features: what everybody reads, and what assessors do."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marra.door import terminal_stamp
from marra.evidence.actions.observations import enter
from marra.inventory.actions import features as actions
from marra.inventory.actions import looks
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


def upload(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("javob.csv", text.encode())


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
    assert "The effort of 1 feature is assumed" in page
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


def test_the_published_index_stands_beside_the_bounds_with_the_difference(client, root):
    page = client.get(HOME).content.decode()
    assert "Published: 0,7648" in page
    assert "Nothing can be said beside it" in page

    for code, each in features("osi").items():
        state = "no" if each.module == "services" else "yes"
        FeatureState.objects.create(code=f"osi-{code}", feature=code, list="osi", state=state)
    enter(
        root,
        indicator="osi.services",
        place="UZB",
        value=0.5,
        day=date(2024, 12, 31),
        basis="published",
        source="UN DESA",
    )

    page = client.get(HOME).content.decode()
    assert "between 0,55 and 0,55" in page
    assert "That is +0,215 off the bounds" in page  # 0.7648 − 0.55
    assert "+0,50" in page  # of services: published 0.5, none there
    assert "0,5000" in page


def test_history_is_read_by_all_and_names_by_staff_only(client, root):
    actions.change_feature(root, "osi-074", version=1, address=PAGE, effort=3.0)
    settled(root, "osi-074", "no")
    page = client.get(f"{HOME}osi-074/history/").content.decode()
    assert "Round 1 was settled: not there." in page
    assert "Changed:" not in page

    analyst(client)
    page = client.get(f"{HOME}osi-074/history/").content.decode()
    assert "Changed: address, effort, person-days." in page
    assert "Nothing has happened yet" in client.get(f"{HOME}osi-071/history/").content.decode()


def test_an_open_round_stands_in_no_history_of_anybody(client, root):
    actions.assess_feature(root, "osi-074", verdict="no", note="Mening soʻzim")
    analyst(client, "b.ikkinchi")

    pages = [
        client.get(address).content.decode()
        for address in (
            f"{HOME}osi-074/history/",
            f"{HOME}osi-074/",
            f"{HOME}compare/",
            "/en/work/features/osi-074/assess/",
        )
    ]

    assert not any("Mening soʻzim" in page or "was settled" in page for page in pages)
    assert "No round of assessment is settled yet" in pages[2]


def test_two_days_are_compared_by_what_was_settled_until_then(client, root):
    settled(root, "osi-074", "no")
    later = replace(root, at=root.at + timedelta(days=40))
    settled(later, "osi-074", "yes")
    settled(later, "osi-071", "no")
    day, after = (f"{each.at:%d.%m.%Y}" for each in (root, later))

    page = client.get(f"{HOME}compare/?since={day}&until={after}").content.decode()
    same = client.get(f"{HOME}compare/?since={day}&until={day}").content.decode()
    wrong = client.get(f"{HOME}compare/?since=kecha").content.decode()

    assert "0 features were there, then 1" in page
    assert "2 features are otherwise" in page
    assert "not there → " in page
    assert "No round that was settled between these days changed a state." in same
    assert "Write a day like" in wrong


def test_a_machine_is_asked_on_request_and_what_it_saw_is_shown(client, root):
    actions.change_feature(root, "osi-074", version=1, address=PAGE)
    assert "Check now" not in client.get(f"{HOME}osi-074/").content.decode()
    analyst(client)
    assert "Check now" in client.get(f"{HOME}osi-074/").content.decode()

    asked = client.post("/en/work/features/osi-074/look/", follow=True).content.decode()
    again = client.post("/en/work/features/osi-074/look/")
    assert "A machine was asked" in asked
    assert again.status_code == 422

    looks.finish_check(root, looks.begin_check(root), facts={"status": 404})
    page = client.get(f"{HOME}osi-074/").content.decode()
    shut = client.get(f"{HOME}?seen=shut").content.decode()
    assert "Its address does not open" in page
    assert "The address of 1 feature does not open" in shut
    assert "<p>1 feature ·" in shut
    assert "answers 404" in client.get(f"{HOME}osi-074/history/").content.decode()


def test_answers_go_out_and_come_in_as_a_file_in_three_steps(client, root):
    actions.assess_feature(root, "osi-074", verdict="no", note="Sirli izoh")
    analyst(client)
    sheet = client.get("/uz/work/features/answers.csv").content.decode("utf-8-sig")
    assert "osi-074" in sheet
    assert "Sirli izoh" not in sheet

    step = "/en/work/features/answers/"
    wrong = client.post(step, {"file": upload("code,verdict\nosi-074,yes\n")})
    checked = client.post(step, {"file": upload("code,verdict\nosi-074,no\nosi-071,no\n")})
    token = re.search(r'name="token" value="([^"]+)"', checked.content.decode())[1]
    assert wrong.status_code == 422
    assert "Line 2, column “verdict”" in wrong.content.decode()
    assert FeatureState.objects.count() == 1

    done = client.post(f"{step}confirm/", {"token": token}, follow=True)
    altered = client.post(f"{step}confirm/", {"token": f"{token}x"})
    assert "The file was taken in" in done.content.decode()
    assert altered.status_code == 422
    assert FeatureState.objects.get(code="osi-074").state == "no"


def test_a_checked_file_is_taken_in_by_whoever_checked_it_alone(client, root):
    analyst(client, "a.birinchi")
    checked = client.post(
        "/en/work/features/answers/", {"file": upload("code,verdict\nosi-074,no\n")}
    )
    token = re.search(r'name="token" value="([^"]+)"', checked.content.decode())[1]
    analyst(client, "b.ikkinchi")

    for kind in ("answers", "facts"):
        answer = client.post(f"/en/work/features/{kind}/confirm/", {"token": token})
        assert answer.status_code == 422
    assert not FeatureState.objects.exists()


def test_addresses_and_efforts_come_in_as_a_file(client, root):
    analyst(client)
    text = f"code,address,effort\nosi-074,{PAGE},12.5\n"

    checked = client.post("/en/work/features/facts/", {"file": upload(text)})
    token = re.search(r'name="token" value="([^"]+)"', checked.content.decode())[1]
    client.post("/en/work/features/facts/confirm/", {"token": token})

    assert "– → 12,5" in checked.content.decode()
    row = FeatureState.objects.get()
    assert (row.address, row.effort) == (PAGE, 12.5)
    assert "12,5" in client.get("/en/work/features/facts.csv").content.decode() or (
        "12.5" in client.get("/en/work/features/facts.csv").content.decode()
    )


def test_the_register_is_a_file_for_everybody(client, root):
    settled(root, "osi-074", "yes")

    content = client.get("/en/features/register.csv").content.decode("utf-8-sig")

    assert len(content.splitlines()) == 182
    assert "Secure connection (HTTPS),there,https://example.uz/" in content
    assert client.get("/en/features/register.xlsx?of=1726").status_code == 200
    assert client.get("/en/features/register.pdf").status_code == 404


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

    pages = (HOME, f"{HOME}next/", f"{HOME}compare/", "/en/work/features/")
    before = [asked(page) for page in pages]
    for code in features("osi"):
        settled(root, f"osi-{code}", "no")

    assert all(asked(page) <= count + 1 for page, count in zip(pages, before, strict=True))
