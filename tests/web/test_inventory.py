"""The pages of the inventory: who sees what, forms that lose nothing, lists that stay quick."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marra.door import terminal_stamp
from marra.inventory.actions import functions, services
from marra.inventory.models.functions import Function, ListApproval, Process, Service
from marra.people import actions as people
from tests.house.rights import World
from tests.inventory import make
from tests.web.make import PASSWORD, administrator, sign_in

pytestmark = pytest.mark.django_db

DAY = date(2025, 1, 1)
FULL = {
    "category": "permit",
    "deadline": make.DUE,
    "volume": 6000,
    "minutes": 50.0,
    "minutes_after": 20.0,
    "protected_share": 0.5,
    "effort": 100.0,
}


@pytest.fixture
def root():
    return World.root


def executor(client, body: str = "justice", name: str = "i.ijrochi") -> None:
    account = people.register(terminal_stamp(), name=name, password=PASSWORD)
    people.appoint(terminal_stamp(), account.code, role="body executor", body=body)
    sign_in(client, name)


def test_everybody_sees_how_far_bodies_are_and_only_approved_lists(client, root):
    made = make.function(root, title="Yopiq funksiya")

    overview = client.get("/en/inventory/").content.decode()
    hidden = client.get("/en/inventory/justice/").content.decode()
    assert "1 of" in overview
    assert "have begun" in overview
    assert "The list is being made" in hidden
    assert made.title not in hidden
    assert client.get("/en/inventory/justice/list.csv").status_code == 404

    functions.change_function(root, made.code, version=1, title=made.title, no_process="Siyosat.")
    approved = make.approving.approve_list(root, "justice")
    shown = client.get("/en/inventory/justice/").content.decode()
    assert made.title in shown
    assert "exact and was approved" in shown
    assert client.get("/en/inventory/justice/list.csv").status_code == 200
    assert client.get(f"/en/inventory/approvals/{approved.code}.json").json()["digest"]


def test_work_left_leads_to_the_things_and_says_what_to_do(client, root):
    make.function(root, title="Ochiq funksiya")
    make.function(root, "health", "Очиқ функция")
    executor(client)

    page = client.get("/en/inventory/justice/").content.decode()
    twice = client.get("/en/inventory/justice/?check=owned-twice").content.decode()

    assert "2 things are left" in page
    assert "?check=owned-twice" in page
    assert "also owned by:" in twice
    assert "Ministry of Health" in twice
    assert "declare the function as shared" in twice


def test_an_executor_enters_a_list_step_by_step_through_the_pages(client, root):
    executor(client)
    work = "/en/work/bodies/justice"

    client.post(f"{work}/functions/new/", {"title": "Nikohni qayd etish", "cofog": "01.3"})
    function = Function.objects.get()
    client.post(f"{work}/processes/new/", {"title": "Ariza olish", "function": function.code})
    process = Process.objects.get()
    client.post(
        f"/en/work/processes/{process.code}/decide/",
        {"decision": "digitise", "reason": "Koʻp soʻraladi", "version": "1"},
    )
    done = client.post(
        f"{work}/services/new/",
        {
            "title": "Guvohnoma",
            "processes": [process.code],
            "category": "registration",
            "deadline": "31.12.2027",
            "volume": "300 000",
            "protected_share": "12,5",
        },
        follow=True,
    )

    service = Service.objects.get()
    process.refresh_from_db()
    assert done.status_code == 200
    assert (service.volume, service.protected_share) == (300_000, 0.125)
    assert process.decision == "digitise"
    assert "The list is exact" in done.content.decode()


def test_an_outsider_finds_nothing_and_another_body_may_not(client, root):
    made = make.function(root, "health")
    executor(client)

    assert client.get(f"/en/work/functions/{made.code}/").status_code == 404
    assert client.get("/en/work/bodies/health/functions/new/").status_code == 403
    assert client.get("/en/work/bodies/health/import/").status_code == 403
    assert client.get("/en/work/bodies/justice/approve/").status_code == 403


def test_the_second_editor_is_told_and_keeps_what_was_typed(client, root):
    made = make.service(root, owner="justice", **FULL)
    executor(client)
    address = f"/en/work/services/{made.code}/"
    opened = client.get(address).context["form"].initial
    services.change_service(root, made.code, version=1, title=made.title, volume=7000)

    sent = {name: value for name, value in opened.items() if name != "deadline"}
    late = client.post(address, {**sent, "title": "Mening nomim", "deadline": "31.12.2026"})

    page = late.content.decode()
    assert late.status_code == 422
    assert "cases a year" in page
    assert "Mening nomim" in page
    assert "What stands now" in page
    assert "7\N{NO-BREAK SPACE}000" in page
    made.refresh_from_db()
    assert made.title == "Nikoh guvohnomasi"

    again = client.post(
        address, {**sent, "title": "Mening nomim", "deadline": "31.12.2026", "version": "2"}
    )
    assert again.status_code == 302


def test_a_file_is_chosen_checked_and_confirmed(client, root):
    make.function(root, "health", "Fuqarolik holatini qayd etish")
    administrator(client)
    content = b"funksiya;xizmat\nFuqarolik holatlarini qayd etish;Guvohnoma\n"

    checked = _upload(client, content)
    page = checked.content.decode()
    assert "looks like one that is there" in page
    assert not Function.objects.filter(body__code="justice").exists()

    token = {"token": checked.context["token"]}
    unsure = client.post("/en/work/bodies/justice/import/confirm/", token)
    assert unsure.status_code == 422
    sure = client.post("/en/work/bodies/justice/import/confirm/", {**token, "sure": "yes"})
    assert sure.status_code == 302
    assert Function.objects.filter(body__code="justice").count() == 1

    wrong = _upload(client, b"funksiya;toifa\nNikoh;\n;permit\n")
    assert wrong.status_code == 422
    assert "Line 3" in wrong.content.decode()


def _upload(client, content: bytes):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("royxat.csv", content)
    return client.post("/en/work/bodies/justice/import/", {"file": file})


def test_a_checked_file_is_not_taken_into_another_body(client, root):
    administrator(client)
    token = _upload(client, b"funksiya\nNikohni qayd etish\n").context["token"]

    other = client.post("/en/work/bodies/health/import/confirm/", {"token": token})

    assert other.status_code == 422
    assert not Function.objects.exists()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_template_and_the_list_are_given_out(client, root, form):
    administrator(client)
    make.exact(root)

    for address in ("work/inventory-template", "inventory/justice/list"):
        sent = client.get(f"/en/{address}.{form}")
        assert sent.status_code == 200
        assert len(sent.content) > 100
    assert client.get("/en/inventory/justice/list.exe").status_code == 404


def test_the_list_shows_every_factor_and_names_what_is_missing(client, root):
    make.service(root, title="Toʻliq xizmat", owner="justice", **FULL)
    make.service(root, title="Chala xizmat", owner="justice", **{**FULL, "effort": None})
    administrator(client)

    page = client.get("/en/services-list/").content.decode()
    other = client.get("/en/services-list/?weight=0").content.decode()
    one = client.get(f"/en/services-list/{Service.objects.get(title='Toʻliq xizmat').code}/")

    assert page.index("Toʻliq xizmat") < page.index("Chala xizmat")
    assert "not known: effort, person-days" in page.replace("</span>", "")
    assert "45,0" in page
    assert "30,0" in other
    assert "3\N{NO-BREAK SPACE}000" in one.content.decode()
    assert "Place 1 of 2" in one.content.decode()


def test_filters_and_orders_stand_in_the_address(client, root):
    make.service(root, title="Birinchi", owner="justice", **{**FULL, "deadline": date(2026, 1, 5)})
    make.service(root, title="Ikkinchi", owner="health", **{**FULL, "volume": 1})
    make.service(root, title="Uchinchi", owner="tax", on_portal_since=DAY, **FULL)
    administrator(client)

    def titles(query: str) -> list[str]:
        return [e.row.title for e in client.get(f"/en/services-list/?{query}").context["lines"]]

    assert titles("q=БИРИНЧИ") == ["Birinchi"]
    assert titles("body=health") == ["Ikkinchi"]
    assert titles("state=launched") == ["Uchinchi"]
    assert titles("state=overdue") == ["Birinchi"]
    assert titles("sort=deadline")[0] == "Birinchi"
    assert titles("sort=title") == ["Birinchi", "Ikkinchi", "Uchinchi"]
    assert titles("due=10.01.2026") == ["Birinchi"]
    assert len(titles("weight=99")) == 3


def test_new_services_are_told_with_exceptions_and_who_may_allow_them(client, root):
    late = make.service(root, title="Kech", owner="justice", on_portal_since=DAY, **FULL)
    make.service(root, title="Ilovada", owner="justice", in_app_since=DAY, **FULL)
    chair = people.register(terminal_stamp(), name="r.rais", password=PASSWORD)
    people.appoint(terminal_stamp(), chair.code, role="chair")
    sign_in(client, "r.rais")

    before = client.get("/en/services-list/app-first/").content.decode()
    client.post(f"/en/work/services/{late.code}/except/", {"reason": "Faqat kompyuterda"})
    after = client.get("/en/services-list/app-first/").content.decode()

    assert "1 of 2 new services" in before
    assert "1 of 1 new services" in after
    assert "Faqat kompyuterda" in after
    assert "r.rais" in after


def test_the_secretary_approves_the_list_that_was_read(client, root):
    made = make.exact(root)
    administrator(client)
    chair = people.register(terminal_stamp(), name="r.rais", password=PASSWORD)
    people.appoint(terminal_stamp(), chair.code, role="chair")
    sign_in(client, "r.rais")
    address = "/en/work/bodies/justice/approve/"

    read = client.get(address).context["digest"]
    services.change_service(root, made.code, version=1, title="Oʻzgargan guvohnoma")
    moved = client.post(address, {"digest": read})
    now = client.get(address).context["digest"]
    done = client.post(address, {"digest": now, "note": "3-son bayon"}, follow=True)

    assert moved.status_code == 422
    assert ListApproval.objects.get().note == "3-son bayon"
    assert "3-son bayon" in done.content.decode()


def test_bodies_are_opened_changed_and_closed_on_pages(client, root):
    administrator(client)
    told = {"uz": "Sinov agentligi", "ru": "Агентство испытаний", "kind": "agency"}

    made = client.post("/en/work/bodies/new/", told, follow=True)
    code = made.context["row"].code
    again = client.post("/en/work/bodies/new/", {**told, "uz": "Синов агентлиги"})
    changed = client.post(
        f"/en/work/bodies/{code}/change/", {**told, "en": "Agency of Trials", "version": "1"}
    )
    closed = client.post(f"/en/work/bodies/{code}/close/", follow=True)

    assert again.status_code == 422
    assert changed.status_code == 302
    assert "Agency of Trials" not in closed.content.decode()


@pytest.mark.parametrize(
    "address",
    ["inventory/", "inventory/justice/", "services-list/", "services-list/app-first/"],
)
def test_lists_take_as_many_questions_for_ten_times_the_rows(client, root, address):
    administrator(client)
    _fill(root, 3)
    with CaptureQueriesContext(connection) as few:
        assert client.get(f"/en/{address}").status_code == 200
    _fill(root, 30, begin=3)

    with CaptureQueriesContext(connection) as many:
        assert client.get(f"/en/{address}").status_code == 200

    assert len(many) == len(few)
    assert len(few) < 40


def _fill(root, count: int, begin: int = 0) -> None:
    for at in range(begin, begin + count):
        process = make.process(root, make.function(root, "justice", f"Funksiya {at}"))
        make.service(root, process, f"Xizmat {at}", on_portal_since=DAY, **FULL)
        make.function(root, "health", f"Funksiya {at}")
