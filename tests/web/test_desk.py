"""Pages of the data desk: calendar, returns, cases and the draft of a letter."""

import pytest

from marra.door import terminal_stamp
from marra.evidence.actions import collecting, desk
from marra.evidence.models.desk import Discrepancy, Return
from marra.inventory.actions.bodies import adopt as adopt_bodies
from marra.people import actions as people
from tests.web.make import PASSWORD, analyst, sign_in

pytestmark = pytest.mark.django_db

DESK = "/en/work/desk/"


@pytest.fixture
def filled(released):
    adopt_bodies(terminal_stamp())
    collecting.adopt(terminal_stamp())


def page(client, address=DESK, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def secretary(client):
    account = people.register(terminal_stamp(), name="k.kotib", password=PASSWORD)
    people.appoint(terminal_stamp(), account.code, role="secretary")
    sign_in(client, "k.kotib")


def test_the_desk_shows_the_calendar_and_what_differs(client, filled):
    analyst(client)

    told = page(client)

    assert "UN DESA: yearly questionnaire for member states" in told
    assert "recalled" in told
    assert "Expected years of schooling" in told
    assert "national then: 12,70" in told


def test_the_desk_is_for_those_who_hold_a_role(client, filled):
    assert client.get(DESK).status_code == 302
    people.register(terminal_stamp(), name="o.oddiy", password=PASSWORD)
    sign_in(client, "o.oddiy")
    page(client, status=403)


def test_a_return_is_opened_filled_approved_and_sent_from_the_pages(client, filled):
    secretary(client)

    opened = client.post(f"{DESK}undp-hdr/2026/open/", follow=True).content.decode()
    made = Return.objects.get()
    address = f"{DESK}returns/{made.code}/"
    form = {"version": "1", "value-EYS": "13,3", "note-EYS": "", "value-MYS": "", "note-MYS": "no"}
    saved = client.post(address, form, follow=True).content.decode()
    client.post(f"{address}approve/")
    client.post(f"{address}send/", {"sent_as": "No. 12"})

    assert "filled as far as observations answer it" in opened
    assert "From an observation:" in opened
    assert "The answers were saved." in saved
    assert "No. 12" in page(client, address)
    assert client.get(f"{DESK}returns/{made.code}.xlsx").content[:2] == b"PK"
    assert "13,3" in page(client, f"{DESK}returns/{made.code}.csv")


def test_the_second_of_two_sees_what_was_changed_and_keeps_the_own_text(client, filled):
    secretary(client)
    made = desk.open_return(terminal_stamp(), "undp-hdr", year=2026, place="UZB")
    address = f"{DESK}returns/{made.code}/"
    client.post(address, {"version": "1", "value-EYS": "13,1"})

    late = client.post(address, {"version": "1", "value-EYS": "13,9"})

    told = late.content.decode()
    assert late.status_code == 422
    assert "Somebody changed this return" in told
    assert "Expected years of schooling, years" in told
    assert 'value="13,9"' in told


def test_a_case_is_opened_from_what_differs_and_its_letter_is_drafted(client, filled):
    analyst(client)
    code = page(client).split("/en/work/desk/follow/")[1].split("/")[0]

    client.post(f"{DESK}follow/{code}/")
    case = Discrepancy.objects.get()
    address = f"{DESK}cases/{case.code}/"
    shown = page(client, address)
    step = {"step": "letter", "text": "Letter No. 7 was sent", "day": "02.03.2026", "version": "1"}
    moved = client.post(address, step, follow=True).content.decode()

    assert "places +4" in shown
    assert "letter sent" in moved.lower()
    assert "Letter No. 7 was sent" in moved
    for language, word in (("uz", "soʻraymiz"), ("uz-cyrl", "сўраймиз"), ("ru", "Просим")):
        assert word in page(client, f"{address}letter.{language}.txt")
    assert client.get(f"{address}letter.en.docx").content[:2] == b"PK"
    assert client.get(f"{address}letter.en.pdf").content[:4] == b"%PDF"
    assert client.get(f"{address}letter.de.txt").status_code == 404


def test_a_case_that_is_followed_already_is_not_opened_again(client, filled):
    analyst(client)
    code = page(client).split("/en/work/desk/follow/")[1].split("/")[0]
    client.post(f"{DESK}follow/{code}/")

    again = client.post(f"{DESK}follow/{code}/")

    assert again.status_code == 422
    assert "open already" in again.content.decode()
