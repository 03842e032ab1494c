"""Pages of evidence: the board, an indicator, entering, correcting, uploading, keys."""

import csv
import io

import pytest

from marra.door import terminal_stamp
from marra.evidence.actions import collecting
from marra.evidence.actions.observations import enter
from marra.evidence.models.observations import Observation, ReportingKey
from marra.evidence.queries.observations import latest
from marra.inventory.actions.bodies import adopt as adopt_bodies
from tests.evidence.test_observations import GOOD
from tests.web.make import administrator, analyst

pytestmark = pytest.mark.django_db

VALUE = {"value": "761", "day": "30.06.2025", "basis": "announced", "source": "my.gov.uz"}


@pytest.fixture
def filled(released):
    collecting.adopt(terminal_stamp())
    collecting.collect(terminal_stamp())


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def table(*rows) -> io.BytesIO:
    out = io.StringIO()
    head = ("indicator", "value", "day", "basis", "source")
    csv.writer(out).writerows([head, *rows])
    file = io.BytesIO(out.getvalue().encode())
    file.name = "values.csv"
    return file


# ── For everybody ────────────────────────────────────────────────────────────────────────────


def test_the_board_tells_of_each_indicator_where_it_stands(client, filled):
    told = page(client, "/en/evidence/")

    assert "Services on the Single Portal" in told
    assert "basis changed" in told
    assert "34,2 million" in told
    assert told.count('<svg class="spark"') > 5


def test_filters_of_the_board_stand_in_the_address(client, filled):
    told = page(client, "/en/evidence/?topic=infrastructure&flag=basis")

    assert "Mobile subscribers" in told
    assert "Services on the Single Portal" not in told
    assert "Take the filters away" in told


def test_a_board_without_anything_says_how_to_begin(client, released):
    assert "no value yet" in page(client, "/en/evidence/")
    assert "No observation yet" in page(client, "/en/evidence/observations/")
    assert "No value yet" in page(client, "/en/evidence/indicator/emergency.regions/")


def test_an_indicator_shows_its_series_its_bases_and_every_value(client, filled):
    told = page(client, "/en/evidence/indicator/mobile.subscribers/")

    assert "30,1 million" in told
    assert "subscribers who are persons" in told
    assert "Values of two bases are two series" in told
    assert "/en/evidence/chart/series.svg?indicator=mobile.subscribers" in told


@pytest.mark.parametrize("form", ["svg", "csv", "json", "xlsx"])
def test_the_series_of_an_indicator_comes_as_a_picture_and_as_rows(client, filled, form):
    answer = client.get(f"/en/evidence/chart/series.{form}?indicator=tii.mobile")

    assert answer.status_code == 200
    assert len(answer.content) > 300


def test_a_break_of_basis_is_drawn(client, filled):
    drawn = client.get("/en/evidence/chart/series.svg?indicator=mobile.subscribers").content

    assert b'class="break"' in drawn


def test_what_is_not_public_is_nowhere_for_a_visitor(client, filled, as_analyst):
    made = enter(as_analyst, is_public=False, **{**GOOD, "source": "a letter not to be seen"})

    for address in ("evidence/indicator/portal.services/", "evidence/observations/", "evidence/"):
        assert "not to be seen" not in page(client, f"/en/{address}")
    rows = client.get("/en/evidence/chart/series.json?indicator=portal.services")
    assert "not to be seen" not in rows.content.decode()
    page(client, f"/en/evidence/observations/{made.code}/file/", status=404)


def test_an_indicator_that_is_not_measured_is_not_found(client):
    page(client, "/en/evidence/indicator/no.such/", status=404)
    page(client, "/en/evidence/chart/series.svg?indicator=no.such", status=404)


def test_the_page_of_newer_inputs_tells_what_counts_and_why_the_rest_does_not(client, filled):
    told = page(client, "/en/evidence/fresh/")

    assert "What counts" in told
    assert "another basis than the Survey" in told
    assert "Expected years of schooling" in told


# ── For those who work ───────────────────────────────────────────────────────────────────────


def test_a_value_is_entered_in_two_steps_and_stands_on_the_page(client, released):
    analyst(client)
    assert "my.gov.uz" not in page(client, "/en/work/observations/new/")
    page(client, "/en/work/observations/new/?indicator=portal.services")

    done = client.post(
        "/en/work/observations/new/?indicator=portal.services",
        {**VALUE, "is_public": "on"},
        follow=True,
    )

    assert "The value was taken in." in done.content.decode()
    assert latest("portal.services", "UZB").value == 761


def test_a_projection_is_refused_above_the_form_and_nothing_is_lost(client, released):
    analyst(client)

    wrong = client.post(
        "/en/work/observations/new/?indicator=portal.services", {**VALUE, "day": "31.12.2999"}
    )

    told = wrong.content.decode()
    assert wrong.status_code == 422
    assert "projection" in told
    assert 'value="761"' in told
    assert Observation.objects.count() == 0


def test_a_value_is_corrected_and_then_withdrawn(client, released, as_analyst):
    made = enter(as_analyst, **GOOD)
    analyst(client)
    address = f"/en/work/observations/{made.code}/correct/"
    assert "761" in page(client, address)

    client.post(address, {**VALUE, "value": "762", "reason": "counted again"})
    standing = latest("portal.services", "UZB")
    shown = page(client, "/en/evidence/indicator/portal.services/")
    client.post(f"/en/work/observations/{standing.code}/withdraw/", {"reason": "not ours"})

    assert standing.value == 762
    assert "corrected" in shown
    assert "counted again" in shown
    assert latest("portal.services", "UZB") is None


def test_a_file_is_checked_first_and_taken_in_afterwards(client, released):
    analyst(client)
    row = ("portal.services", "761", "30.06.2025", "announced", "my.gov.uz")

    check = client.post(
        "/en/work/observations/upload/", {"file": table(row), "is_public": "on"}
    ).content.decode()
    before = Observation.objects.count()
    token = check.split('name="token" value="')[1].split('"')[0]
    done = client.post("/en/work/observations/confirm/", {"token": token}, follow=True)

    assert before == 0
    assert "1 value was taken in." in done.content.decode()
    assert latest("portal.services", "UZB").origin == "file"


def test_a_faulty_file_is_refused_with_line_and_column(client, released):
    analyst(client)
    row = ("portal.services", "many", "30.06.2025", "announced", "my.gov.uz")

    refused = client.post("/en/work/observations/upload/", {"file": table(row)})

    assert refused.status_code == 422
    assert "Line 2, column “value”" in refused.content.decode()


def test_a_template_is_read_back_by_the_reader(client, released):
    analyst(client)
    for form in ("csv", "xlsx"):
        blank = io.BytesIO(client.get(f"/en/evidence/template.{form}").content)
        blank.name = f"t.{form}"
        check = client.post("/en/work/observations/upload/", {"file": blank})
        assert "can be taken in" in check.content.decode()


def test_a_key_is_shown_once_and_can_be_ended(client, released):
    adopt_bodies(terminal_stamp())
    administrator(client)
    form = page(client, "/en/work/keys/new/")
    body = form.split('<option value="')[1].split('"')[0]

    made = client.post("/en/work/keys/new/", {"body": body, "title": "Portal"})
    key = ReportingKey.objects.get()

    assert "marra_" in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert "marra_" not in page(client, "/en/work/keys/")
    client.post(f"/en/work/keys/{key.code}/end/")
    assert "ended" in page(client, "/en/work/keys/")


def test_a_target_and_a_responsible_body_are_set_from_the_page(client, filled):
    adopt_bodies(terminal_stamp())
    administrator(client)
    form = page(client, "/en/work/responsible/portal.services/")
    body = form.split('<option value="')[1].split('"')[0]

    client.post("/en/work/responsible/portal.services/", {"body": body})

    assert "The responsible body was set." in page(
        client, "/en/evidence/indicator/portal.services/?done=responsible"
    )
    assert client.get("/en/work/targets/portal.services/").status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "work/observations/new/",
        "work/observations/upload/",
        "work/keys/",
        "work/targets/osi/",
        "work/responsible/osi/",
    ],
)
def test_strangers_sign_in_first(client, released, address):
    assert client.get(f"/en/{address}").status_code == 302
