"""Stories of those who look after the figures."""

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.journeys.reading import field, heading, text
from tests.web.make import administrator, tidy

pytestmark = pytest.mark.django_db


def send(client, content: bytes, name: str = "egdi.csv"):
    file = SimpleUploadedFile(name, content, "text/csv")
    return client.post("/en/work/import/", {"file": file, "source": "Letter No. 5"})


def confirm(client, checked):
    token = field(checked, "token")
    return client.post("/en/work/import/confirm/", {"token": token}, follow=True)


def test_a_file_is_checked_shown_taken_in_seen_by_readers_and_withdrawn(client):
    administrator(client)

    checked = send(client, tidy(2024, {"UZB": {"epi": "0.7"}}))
    assert heading(checked) == "egdi.csv can be taken in"
    assert "1 value" in text(checked)
    assert "Uzbekistan EPI 0,6986 0,7" in text(checked)
    assert "0,6986" in text(client.get("/en/edition/2024/?q=uzb"))

    done = confirm(client, checked)
    assert "Done." in text(done)
    assert "0,7000" in text(client.get("/en/edition/2024/?q=uzb"))
    assert "imported figures" in text(client.get("/en/work/journal/?deed=release.imported"))

    code = text(done).split("Withdraw ")[1].split()[0]
    asked = client.get(f"/en/work/releases/{code}/withdraw/")
    assert heading(asked) == f"Withdraw {code}?"
    client.post(f"/en/work/releases/{code}/withdraw/")
    assert "0,6986" in text(client.get("/en/edition/2024/?q=uzb"))


def test_a_broken_file_is_refused_line_by_line_and_changes_nothing(client):
    administrator(client)
    before = text(client.get("/en/data/"))
    broken = tidy(2024, {"KAZ": {"egdi": "1.7"}, "FRA": {"iso3": "FRX"}})

    refused = send(client, broken, "broken.csv")

    assert refused.status_code == 422
    assert "broken.csv was not taken in" in heading(refused)
    assert "FRX" in text(refused)
    assert "1.7" in text(refused)
    assert text(client.get("/en/data/")) == before
    assert "Nothing is written here yet" in text(
        client.get("/en/work/journal/?deed=release.imported")
    )


def test_an_edition_of_unknown_method_comes_in_as_provisional_and_is_marked_everywhere(client):
    administrator(client)

    checked = send(client, tidy(2026), "EGOV_DATA_2026.csv")
    assert "provisional" in text(checked)
    done = confirm(client, checked)

    assert "assumed" in text(done)
    assert heading(client.get("/en/edition/2026/")).startswith("2026: Denmark leads")
    assert "not known yet" in text(client.get("/en/edition/2026/"))
    assert "not known yet" in text(client.get("/en/method/2026/"))
    assert "Place in 2026" in text(client.get("/en/"))


def test_the_same_figures_are_not_taken_in_twice(client):
    administrator(client)
    first = send(client, tidy(2024, {"UZB": {"epi": "0.7"}}))
    confirm(client, first)

    again = confirm(client, send(client, tidy(2024, {"UZB": {"epi": "0.7"}})))

    assert "are here already" in text(again)


def test_a_check_that_was_altered_or_invented_is_not_confirmed(client):
    administrator(client)
    invented = signing.dumps(["x.csv", "me", "edition"], salt="another")

    answer = client.post("/en/work/import/confirm/", {"token": invented})

    assert answer.status_code == 422
    assert "more than an hour old or was altered" in text(answer)


def test_nothing_is_lost_on_error_and_the_field_is_named(client):
    administrator(client)

    answer = client.post("/en/work/import/", {"source": "Letter No. 5"})

    assert answer.status_code == 422
    assert 'value="Letter No. 5"' in answer.content.decode()
    assert 'href="#field-file"' in answer.content.decode()
    assert 'aria-describedby="field-file_helptext field-file_error"' in answer.content.decode()


def test_a_packaged_release_cannot_be_withdrawn(client):
    from marra.evidence.queries.releases import releases

    administrator(client)
    code = releases().filter(edition=2024, kind="figures").first().code

    answer = client.post(f"/en/work/releases/{code}/withdraw/")

    assert answer.status_code == 422
    assert "came with the program and stays" in text(answer)
