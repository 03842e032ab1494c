"""Example services on their pages: found, applied for, and what was decided is there at once."""

import pytest

from marra.door import terminal_stamp
from marra.people import actions as people
from marra.portal.models.cases import Case
from marra.portal.queries import cases
from tests.portal.test_levels import brought
from tests.web.make import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
ANSWERS = {
    "full_name": "Namuna Namunayev",
    "address": "Namuna shahri, 1-uy",
    "purpose": "school",
    "kindergarten": "12",
    "child_name": "Anora",
    "age_months": "30",
    "is_true": "on",
}


def walked(client, code):
    """The application, page by page, for somebody whom the stand-in of registers knows."""
    people.register(terminal_stamp(), name="a.karimova", password=PASSWORD)
    sign_in(client, "a.karimova")
    answer = client.post(f"/en/services/{code}/apply/", follow=True)
    pages = []
    while not (here := answer.redirect_chain[-1][0]).endswith("/check/"):
        pages.append(here.split("/")[-2])
        assert len(pages) < 9, pages
        answer = client.post(here, ANSWERS, follow=True)
        assert answer.redirect_chain, answer.content.decode()
    done = client.post(here, follow=True)
    return Case.objects.get(), pages, done.content.decode()


@pytest.mark.parametrize("name", ["residence-certificate", "kindergarten-queue"])
def test_what_a_table_decides_is_there_at_once(client, name):
    case, pages, page = walked(client, brought(name).code)

    granted = cases.data(case)["granted"]
    assert case.stage == "ended"
    assert case.outcome == ("granted" if granted else "refused")
    assert bool(case.result) is granted
    assert pages[-1] == "confirm"
    assert ("It was granted." in page) is granted


def test_what_a_register_knows_is_not_asked(client):
    case, pages, _ = walked(client, brought("residence-certificate").code)

    known = cases.data(case).get("citizens", {})
    assert "full_name" in known
    assert ("you" in pages) is ("address" not in known)
    assert cases.data(case)["full_name"] == known["full_name"]
