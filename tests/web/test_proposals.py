"""From a gap on the first page to a proposal that a session decides, and an assignment from it."""

import pytest

from marra.commission.models.assignments import Assignment
from marra.commission.models.proposals import Proposal
from marra.people.rules.rights import Role
from tests.web.test_assignments import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("released")]


def test_a_gap_on_the_first_page_leads_to_an_assignment(as_administrator, client):
    analyst = signed_in(as_administrator, "tahlilchi", Role.ANALYST)
    clerk = signed_in(as_administrator, "kotib", Role.SECRETARY)

    link = "/en/work/proposals/new/?indicator=osi&amp;edition=2024"
    assert link in analyst.get("/en/").content.decode()
    assert link not in client.get("/en/").content.decode()
    told = {"title": "One portal", "problem": "Too few services.", "remedy": "More of them."}
    analyst.post(link.replace("&amp;", "&"), told)
    made = Proposal.objects.get()
    address = f"/en/work/proposals/{made.code}/"
    hidden = clerk.get(address)
    analyst.post(f"{address}forward/")
    clerk.post(f"{address}decide/", {"accept": "yes", "reason": "Session 3."})
    clerk.post(
        f"/en/work/assignments/new/?proposal={made.code}",
        {"title": "Open more services", "lead": "digital", "deadline": "30.12.2030"},
    )

    assert (made.indicator, made.edition) == ("osi", 2024)
    assert hidden.status_code == 404
    assert Assignment.objects.get().proposal == made
    assert "Open more services" in clerk.get(address).content.decode()


@pytest.mark.parametrize("query", ["indicator=moon", "indicator=osi&edition=1066"])
def test_a_gap_that_is_none_is_refused_with_a_sentence(as_administrator, query):
    analyst = signed_in(as_administrator, "tahlilchi", Role.ANALYST)

    assert analyst.get(f"/en/work/proposals/new/?{query}").status_code in {404, 422}
