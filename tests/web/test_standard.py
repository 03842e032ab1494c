"""The standard is open to all; its pages lead through assessing, reviewing and checking."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marra.door import now
from marra.inventory.actions import judging, looks, standards
from marra.inventory.models.functions import Service
from marra.inventory.rules.page_checks.facts import bad, good, not_run
from marra.inventory.rules.page_checks.rules import RULES
from marra.inventory.rules.standard import packaged, packaged_file
from marra.people import actions as people
from marra.people.rules.rights import Role
from tests.house.rights import World
from tests.inventory import make
from tests.people.make import account
from tests.web.make import administrator

pytestmark = pytest.mark.django_db
WIDE = "At {width} pixels the page is {needed} wide. Let this break or shrink."
PAGE = "https://xizmat.example/ariza"


@pytest.fixture
def root():
    return replace(World.root, at=now())


@pytest.fixture
def service(root):
    """A service of an approved list, so that everybody reads it."""
    standards.adopt_standard(root, group="WG-1")
    make.approval(root)
    return Service.objects.get()


def signed_in(client, role, scope):
    """Let the client act in a role held in a body or a group."""
    made = account(World.root, name="xodim")
    people.appoint(World.root, made.code, role=role, body=scope)
    client.force_login(made)


def page(client, address):
    answer = client.get(f"/en/{address}")
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_everybody_reads_the_standard_before_and_after_it_is_adopted(client, root):
    before = page(client, "standard/")
    standards.adopt_standard(root)
    after = page(client, "standard/")

    assert f"{len(packaged().requirements)} requirements of a simple service" in before
    assert "has adopted none yet" in before
    assert "has adopted none yet" not in after
    assert "in force from" in after
    assert "Nothing sticks out at 360 pixels" in after


def test_the_file_of_a_version_is_what_was_adopted(client, root):
    standards.adopt_standard(root)

    for code in ("standard-1", "packaged"):
        answer = client.get(f"/en/standard/{code}.toml")
        assert answer.content == packaged_file()
    assert client.get("/en/standard/standard-9.toml").status_code == 404
    assert client.get("/en/standard/standard-9/").status_code == 404


def test_a_secretary_adopts_a_version_or_is_told_every_fault_of_the_file(client):
    administrator(client)
    address = "/en/work/standard/adopt/"
    wrong = packaged_file().replace(b'how = "users"', b'how = "guess"')

    refused = client.post(
        address,
        {
            "file": SimpleUploadedFile("own.toml", wrong),
            "in_force_from": "01.01.2026",
            "group": "",
        },
    )
    adopted = client.post(address, {"in_force_from": "01.01.2026", "group": ""}, follow=True)
    same = SimpleUploadedFile("own.toml", packaged_file())
    again = client.post(address, {"file": same, "in_force_from": "01.01.2026", "group": ""})

    assert refused.status_code == 422
    assert refused.content.decode().count("“guess” is not known here") >= 2
    assert "The version is adopted" in adopted.content.decode()
    assert again.status_code == 422
    assert "was adopted already" in again.content.decode()


def test_a_body_assesses_its_service_one_requirement_at_a_time(client, service):
    signed_in(client, Role.EXECUTOR, "justice")
    address = f"/en/work/services/{service.code}/assess/"

    first = page(client, f"work/services/{service.code}/assess/")
    wrong = client.post(address, {"verdict": "met", "evidence": "", "note": ""})
    onward = client.post(address, {"verdict": "met", "evidence": PAGE, "note": ""})
    second = client.get(onward["Location"]).content.decode()

    assert packaged().named("own-words").text.en in first
    assert wrong.status_code == 422
    assert "Say where it can be seen" in wrong.content.decode()
    assert packaged().named("who-may").text.en in second
    shown = page(client, f"services-list/{service.code}/standard/")
    assert "The body says: met" in shown
    assert PAGE in shown


def test_the_group_reviews_beside_what_the_body_says(client, service, root):
    judging.assess_service(
        root, service.code, requirement="keyboard", verdict="met", evidence=PAGE
    )
    signed_in(client, Role.GROUP_HEAD, "WG-1")
    address = f"/en/work/services/{service.code}/review/?requirement=keyboard"

    shown = client.get(address).content.decode()
    done = client.post(address, {"verdict": "not-met", "note": "Tugma yoʻq.", "evidence": ""})

    assert "The body says" in shown
    assert done.status_code == 302
    told = page(client, f"services-list/{service.code}/standard/")
    assert "The group says: not met" in told
    assert "0 of" in told


def test_the_numbers_of_a_trial_are_entered_on_a_page(client, service):
    signed_in(client, Role.GROUP_MEMBER, "WG-1")
    address = f"/en/work/services/{service.code}/trial/"
    numbers = {"requirement": "users-trial", "users": "6", "finished": "5", "minutes": "7,5"}

    strange = client.post(address, numbers | {"finished": "7"})
    done = client.post(address, numbers)

    assert strange.status_code == 422
    assert done.status_code == 302
    assert "Tried by 6, finished by 5" in page(client, f"services-list/{service.code}/standard/")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://user@xizmat.uz/", "not an address that can be looked at"),
        ("https://xizmat.uz:8443/", "not an address that can be looked at"),
        ("", "This field is required"),
    ],
)
def test_an_address_that_cannot_be_looked_at_is_refused_beside_its_field(
    client, service, address, told
):
    signed_in(client, Role.EXECUTOR, "justice")

    answer = client.post(f"/en/work/services/{service.code}/look/", {"address": address})

    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_a_look_is_asked_for_and_its_findings_are_read_by_everybody(client, service, root):
    signed_in(client, Role.EXECUTOR, "justice")
    asked = client.post(f"/en/work/services/{service.code}/look/", {"address": PAGE})
    waiting = client.get(asked["Location"]).content.decode()
    code = asked["Location"].split("/")[-2]
    looks.begin_check(root)
    looks.finish_check(
        root,
        code,
        found=[
            bad("phone.width", WIDE, "table#narx", width=360, needed=500),
            good("valid.title", "The title is “{title}”.", title="<script>alert(1)</script>"),
            not_run("accessible.axe", "The page did not come, so this was not looked at."),
        ],
        facts={"address": PAGE, "browser": "Chrome/140"},
    )
    client.logout()

    shown = page(client, f"services-list/{service.code}/looks/{code}/")

    assert "The page waits to be checked" in waiting
    assert "1 fault was found" in shown
    assert "At 360 pixels the page is 500 wide" in shown
    assert "table#narx" in shown
    assert "<script>alert(1)" not in shown
    assert "Not run" in shown


def test_a_later_look_says_what_is_better_and_what_is_worse(client, service, root):
    codes = []
    for found in (
        [good("phone.width", ""), bad("valid.ids", "")],
        [bad("phone.width", ""), good("valid.ids", "")],
        [bad("phone.width", ""), good("valid.ids", "")],
    ):
        codes.append(looks.ask_check(root, service.code, address=PAGE).code)
        looks.begin_check(root)
        looks.finish_check(root, codes[-1], found=found)

    first, second, third = (
        page(client, f"services-list/{service.code}/looks/{code}/") for code in codes
    )

    assert "Since the look of" not in first
    assert f"Worse.</b> {RULES['phone.width']}" in second
    assert f"Better.</b> {RULES['valid.ids']}" in second
    assert "No rule changed" in third


def test_a_look_that_was_refused_says_why_in_the_readers_language(client, service, root):
    made = looks.ask_check(root, service.code, address=PAGE)
    looks.begin_check(root)
    sentence = (
        "“{host}” leads to an address inside a private network. Only pages that everybody can "
        "open are looked at; give the public address."
    )
    looks.finish_check(
        root,
        made.code,
        refused="links.private-address",
        facts={"sentence": sentence, "host": "ichki.example"},
    )

    shown = client.get(f"/uz/services-list/{service.code}/looks/{made.code}/").content.decode()

    assert "“ichki.example” ichki tarmoqdagi manzilga olib boradi" in shown


def test_results_of_all_services_are_one_list_with_few_queries(
    client, service, root, django_assert_max_num_queries
):
    for number in range(30):
        make.service(root, title=f"Xizmat {number}")

    with django_assert_max_num_queries(20):
        shown = page(client, "standard/results/")

    assert "31 services by the standard" in shown
    assert page(client, "standard/results/?body=tax").count("services-list/service-") == 0


def test_outsiders_find_no_service_that_is_not_approved(client, root):
    standards.adopt_standard(root)
    made = make.service(root)

    assert client.get(f"/en/services-list/{made.code}/standard/").status_code == 404
    signed_in(client, Role.EXECUTOR, "tax")
    for verb in ("assess", "review", "trial", "look"):
        answer = client.get(f"/en/work/services/{made.code}/{verb}/")
        assert answer.status_code in (403, 404), verb


def test_before_any_standard_the_page_of_a_service_says_so(client, root):
    make.approval(root)
    shown = page(client, f"services-list/{Service.objects.get().code}/standard/")

    assert "No standard is in force yet" in shown
