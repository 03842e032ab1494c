"""The pages of the catalogue: what everybody sees, and the work of officials behind it."""

import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marra.cli.examples import bring
from marra.door import terminal_stamp
from marra.people import actions as people
from marra.portal.actions import importing, publishing
from marra.portal.models.catalogue import Service
from marra.portal.queries.finding import SHELVES
from marra.portal.rules.money import Fee
from marra.portal.rules.shipped import shipped
from marra.portal.rules.told import Opened
from tests.house.rights import World
from tests.portal import make
from tests.web.make import PASSWORD, administrator, sign_in

pytestmark = pytest.mark.django_db
root = World.root


@pytest.fixture(autouse=True)
def fresh_shelves():
    for shelf in SHELVES.values():
        shelf.ready = None


def executor(client, body: str = "justice", name: str = "p.ijrochi") -> None:
    account = people.register(terminal_stamp(), name=name, password=PASSWORD)
    people.appoint(terminal_stamp(), account.code, role="body executor", body=body)
    sign_in(client, name)


def text(client, address: str) -> str:
    return client.get(f"/en/{address}").content.decode()


def test_everybody_sees_what_is_published_and_no_draft(client):
    made = make.published(root)
    draft = make.draft(root, names={"uz": "Loyiha", "ru": "Проект"})

    assert "Registration of marriage" in text(client, "services/")
    assert "Loyiha" not in text(client, "services/")
    assert client.get(f"/en/services/{draft.code}/").status_code == 404
    assert client.get(f"/en/services/{made.code}/").status_code == 200


def test_a_service_page_tells_cost_of_today_term_documents_and_channels(client):
    made = make.published(
        root, fees=[Fee(Decimal("0.9"), Decimal("0.9"))], term=10,
        documents=[{"uz": "Pasport", "en": "Passport copy"}],
    )  # fmt: skip

    page = text(client, f"services/{made.code}/").replace("\xa0", " ")

    assert "370 800 soʻm" in page
    assert "0,9 × BHM" in page
    assert "10 working days" in page
    assert "Passport copy" in page
    assert "mobile application" in page
    assert "Oila kodeksi, 13-modda" in page


def test_a_paused_service_is_shown_with_its_reason(client):
    made = make.published(root)
    publishing.pause(root, made.code, why="Reyestr taʼmirda.")

    assert "Reyestr taʼmirda." in text(client, f"services/{made.code}/")
    assert "paused" in text(client, "services/")


def test_filters_stand_in_the_address_and_leave_what_fits(client):
    make.published(root)
    make.published(root, names={"uz": "Mashina", "ru": "Машина"}, events=["vehicle"])

    page = text(client, "services/?event=vehicle")

    assert "Mashina" in page
    assert "Registration of marriage" not in page
    assert "No service fits" in text(client, "services/?event=death")
    assert client.get("/en/services/?event=nonsense").status_code == 422


def test_search_finds_in_any_script_and_says_when_there_is_nothing(client):
    made = make.published(root)

    assert made.code in text(client, "services/search/?q=никоҳ+қайд")
    assert "No service answers" in text(client, "services/search/?q=bugun+ob-havo+qanday")
    assert "Find a service" in text(client, "services/search/")


def test_a_kept_page_is_told_unchanged_until_the_catalogue_changes(client):
    made = make.published(root)
    address = f"/en/services/{made.code}/"
    first = client.get(address)

    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    publishing.pause(root, made.code, why="Taʼmirda.")
    after = client.get(address, headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 304
    assert after.status_code == 200


def test_lists_ask_no_more_when_they_grow(client):
    administrator(client)
    asked = []
    for count in (3, 30):
        content = b"\n".join(
            json.dumps({"id": f"{count}-{n}", "title": f"Xizmat {n}", "fee": "Bepul"}).encode()
            for n in range(count)
        )
        importing.import_passports(root, "p.jsonl", content=content)
        Service.objects.filter(code__startswith=f"{count}-").update(state="published")
        for address in ("services/", "services/search/?q=xizmat", "work/catalogue/"):
            client.get(f"/en/{address}")
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(f"/en/{address}")
            asked.append(len(queries))

    assert asked[:3] == asked[3:]


def test_an_executor_brings_a_service_from_nothing_to_the_catalogue(client):
    executor(client)
    row = make.inventory.service(root, owner="justice")

    client.post("/en/work/catalogue/new/", {"body": "justice", "name_uz": "Nikohni qayd etish"})
    code = Service.objects.get().code
    draft = f"/en/work/catalogue/{code}"
    assert "It cannot be published yet" in client.get(f"{draft}/").content.decode()
    said = client.post(
        f"{draft}/describe/",
        {
            "name_uz": "Nikohni qayd etish", "name_ru": "Регистрация брака", "body": "justice",
            "row": row.code, "audience": "individual", "kind": "ordinary", "term": "3",
            "fees": "0,5 : tezkor\n0", "no_documents": "on", "legal": "Oila kodeksi",
            "events": ["marriage"], "open_mobile": "on", "open_web": "on", "version": "1",
        },
    )  # fmt: skip
    assert said.status_code == 302, said.content.decode()
    file = SimpleUploadedFile("b.json", json.dumps(make.BUNDLE).encode())
    client.post(f"{draft}/definition/", {"file": file})
    assert "It lacks nothing" in client.get(f"{draft}/").content.decode()
    client.post(f"{draft}/publish/", {})

    row.refresh_from_db()
    assert Service.objects.get().state == "published"
    assert row.in_app_since is not None
    assert [str(each.least) for each in Service.objects.get().fees.all()] == ["0.50000", "0.00000"]


def test_the_gate_is_told_before_and_refuses_on_the_page(client):
    executor(client)
    made = make.complete(root, openings=[Opened("web")])
    draft = f"/en/work/catalogue/{made.code}"

    page = client.get(f"{draft}/").content.decode()
    refused = client.post(f"{draft}/publish/", {})

    assert "Mobile first" in page
    assert refused.status_code == 422
    assert "before it is in the mobile application" in refused.content.decode()


def test_nothing_typed_is_lost_when_a_line_cannot_be_read(client):
    executor(client)
    made = make.draft(root)
    address = f"/en/work/catalogue/{made.code}/describe/"

    answer = client.post(
        address, {"name_uz": "Nikoh", "kind": "ordinary", "fees": "ikki yarim", "version": "1"}
    )

    assert answer.status_code == 422
    assert "Line 1 cannot be read" in answer.content.decode()
    assert "ikki yarim" in answer.content.decode()


def test_the_slower_of_two_editors_is_told(client):
    executor(client)
    made = make.draft(root)
    address = f"/en/work/catalogue/{made.code}/describe/"
    form = {"name_uz": "Nikoh", "kind": "ordinary", "body": "justice", "version": "1"}
    client.post(address, {**form, "term": "5"})

    answer = client.post(address, {**form, "term": "3"})

    assert answer.status_code == 422
    assert "Somebody changed this service" in answer.content.decode()


def test_an_outsider_finds_no_draft_of_another_body(client):
    executor(client, "digital")
    made = make.draft(root)

    for page in ("", "describe/", "definition/", "publish/"):
        assert client.get(f"/en/work/catalogue/{made.code}/{page}").status_code == 404
    assert client.get("/en/work/catalogue/import/").status_code == 403
    assert made.code not in text(client, "work/catalogue/")


def test_a_draft_definition_is_read_by_its_own_alone(client):
    made = make.complete(root)
    code = made.definitions.get().code

    assert client.get(f"/en/definitions/{code}.json").status_code == 404
    publishing.publish(root, made.code, since=None)
    assert client.get(f"/en/definitions/{code}.json").json() == make.BUNDLE


def test_passports_are_checked_shown_and_taken_in(client):
    administrator(client)
    content = (
        b'{"id": 415, "title": "Nikoh", "fee": "0.9 BHM"}\n{"id": 416, "passport_empty": true}'
    )
    file = SimpleUploadedFile("p.jsonl", content)

    shown = client.post("/en/work/catalogue/import/", {"file": file}).content.decode()
    assert "1 of 2 passports is empty" in shown
    assert not Service.objects.exists()
    token = shown.split('name="token" value="')[1].split('"')[0]
    done = client.post("/en/work/catalogue/import/confirm/", {"token": token}, follow=True)

    assert Service.objects.count() == 2
    assert "a term in working days" in done.content.decode()
    assert "415" in text(client, "work/catalogue/?lack=term")
    again = client.post("/en/work/catalogue/import/confirm/", {"token": "x"})
    assert "Choose the file again" in again.content.decode()


def test_a_file_with_faults_is_refused_with_lines(client):
    administrator(client)
    file = SimpleUploadedFile("p.jsonl", b'{"id": 1, "audience": "cats"}')

    answer = client.post("/en/work/catalogue/import/", {"file": file})

    assert answer.status_code == 422
    assert "Line 1, column “audience”" in answer.content.decode()


def test_a_decree_is_entered_and_changes_what_is_paid(client):
    administrator(client)
    made = make.published(root, fees=[Fee(Decimal(1), Decimal(1))])

    client.post(
        "/en/work/catalogue/amounts/",
        {"since": "01.01.2026", "soum": "450 000", "source": "Farmon PF-1"},
    )

    assert "450 000 soʻm" in text(client, f"services/{made.code}/").replace("\xa0", " ")
    assert "Farmon PF-1" in text(client, "work/catalogue/amounts/")


def test_officials_see_the_level_of_each_version_before_it_is_published(client):
    code = bring(root, shipped()["child-benefit"], "justice")
    executor(client)

    page = text(client, f"work/catalogue/{code}/")

    assert "level 5" in page
    assert "Level 5 of 5:" in page
