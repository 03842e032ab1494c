"""Pages of documents: a stranger checks one, its holder takes the PDF, the body revokes it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marra.cli.papers import write_papers
from marra.door import now, terminal_stamp
from marra.people import actions as people
from marra.people.models import Account
from marra.portal.actions import results as actions
from marra.portal.models.results import Result
from marra.portal.queries import results as queries
from marra.portal.rules.results import Fact
from tests.house.rights import World
from tests.portal import make
from tests.web.make import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(settings, tmp_path) -> Result:
    settings.DATA = tmp_path
    account = people.register(terminal_stamp(), name="anora", password=PASSWORD)
    return actions.issue(
        terminal_stamp(),
        make.published(World.root),
        case_code="case-1",
        account=account.code,
        holder="Qodirova Anora",
        language="uz",
        facts=[Fact("Manzil", "Namuna koʻchasi")],
        until=now().date() + timedelta(days=30),
    )


def text(client, address: str) -> str:
    return client.get(f"/en/{address}").content.decode()


def test_a_stranger_reads_that_it_stands_and_nothing_it_says(client, issued):
    told = text(client, f"check/{issued.code}/")

    assert "This document is valid" in told
    assert "Q. A." in told
    assert "Qodirova" not in told
    assert "Namuna" not in told
    assert "paper.pdf" not in told


def test_a_number_is_found_however_it_is_typed(client, issued):
    typed = issued.code.replace("-", " ").upper()

    answer = client.get("/en/check/", {"number": typed})

    assert answer.url == f"/en/check/{issued.code}/"


def test_what_is_no_number_is_told_beside_its_box(client):
    answer = client.get("/en/check/", {"number": "salom"})

    assert answer.status_code == 422
    assert "This is no number of a document." in answer.content.decode()


def test_a_number_that_was_never_issued_is_not_accepted(client):
    answer = client.get("/en/check/k7mp-42xw-9tdh/")

    assert answer.status_code == 404
    assert "do not accept the document" in answer.content.decode()


def test_the_holder_takes_the_paper_and_nobody_else(client, issued):
    address = f"/en/check/{issued.code}/paper.pdf"
    assert "/sign-in/" in client.get(address).url
    sign_in(client, "anora")
    assert client.get(address).status_code == 202
    write_papers(terminal_stamp())

    answer = client.get(address)

    assert answer.content.startswith(b"%PDF")
    people.register(terminal_stamp(), name="boshqa", password=PASSWORD)
    client.logout()
    sign_in(client, "boshqa")
    assert client.get(address).status_code == 404


def test_the_very_file_is_known_and_a_changed_one_too(client, issued):
    write_papers(terminal_stamp())
    issued.refresh_from_db()
    content = queries.content(issued)

    def compared(given: bytes) -> str:
        file = SimpleUploadedFile("a.pdf", given)
        return client.post(f"/en/check/{issued.code}/", {"file": file}).content.decode()

    assert "to the last byte" in compared(content)
    assert "this is not the file that was issued" in compared(content + b" ")


def test_the_body_revokes_and_everybody_reads_why(client, issued):
    account = people.register(terminal_stamp(), name="p.ijrochi", password=PASSWORD)
    people.appoint(terminal_stamp(), account.code, role="body executor", body="justice")
    sign_in(client, "p.ijrochi")
    assert f"/en/check/{issued.code}/revoke/" in text(client, f"check/{issued.code}/")

    empty = client.post(f"/en/check/{issued.code}/revoke/", {"why": ""})
    client.post(f"/en/check/{issued.code}/revoke/", {"why": "Xato berilgan"})
    client.logout()

    assert empty.status_code == 422
    told = text(client, f"check/{issued.code}/")
    assert "This document was revoked" in told
    assert "Xato berilgan" in told


def test_another_body_does_not_know_whose_it_is(client, issued):
    account = people.register(terminal_stamp(), name="p.begona", password=PASSWORD)
    people.appoint(terminal_stamp(), account.code, role="body executor", body="health")
    sign_in(client, "p.begona")

    assert client.get(f"/en/check/{issued.code}/revoke/").status_code == 404
    assert Account.objects.filter(name="p.begona").exists()
