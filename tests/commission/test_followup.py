"""An adopted plan freezes its promises, opens its assignments, and is held against editions."""

import pytest

from marra.commission.actions import followup, plans, proposals
from marra.commission.models.assignments import Assignment
from marra.commission.queries import followup as queries
from marra.commission.rules.followup import AssignedBefore, BodiesMissing, NotAdopted
from tests.commission import assignments as people
from tests.commission import make
from tests.commission.rights_proposals import TOLD as PROPOSAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("released")]
LEADS = {"portal": "digital", "fibre": "telecom-regulator"}


@pytest.fixture
def adopted(as_administrator):
    plan = make.plan(as_administrator, make.portfolio(as_administrator))
    for move in ("propose", "adopt"):
        plans.move_plan(as_administrator, plan.code, move=move)
    return plan


def test_adopting_a_plan_freezes_what_each_initiative_promises(adopted):
    found = {(each.initiative, each.indicator): each for each in queries.promises(adopted)}

    osi = found["portal", "osi"]
    assert set(found) == {("portal", "osi"), ("fibre", "tii.internet")}
    assert (osi.low, osi.likely, osi.high) == (0.01, 0.02, 0.04)
    assert osi.base == pytest.approx(0.7648, abs=1e-4)
    assert (osi.start, osi.seen_from) == (2026, 2027)


def test_assignments_are_opened_once_all_under_the_plan(adopted):
    clerk = people.secretary()

    with pytest.raises(BodiesMissing):
        followup.open_assignments(clerk, adopted.code)
    assert not Assignment.objects.filter(plan=adopted).exists()
    made = followup.open_assignments(clerk, adopted.code, leads=LEADS)

    assert {each.initiative: each.lead.code for each in made} == LEADS
    with pytest.raises(AssignedBefore):
        followup.open_assignments(clerk, adopted.code, leads=LEADS)


def test_an_assignment_names_the_accepted_proposal_that_its_initiative_carries(as_administrator):
    plan = make.plan(as_administrator, make.portfolio(as_administrator))
    clerk = people.secretary()
    made = proposals.make(clerk, **{**PROPOSAL, "place": "UZB", "group": "WG-2"})
    proposals.put_forward(clerk, made.code)
    proposals.put_into_plan(clerk, made.code, plan=plan.code, initiative="fibre")
    proposals.decide(clerk, made.code, accepted=True, reason="Agreed.")
    for move in ("propose", "adopt"):
        plans.move_plan(as_administrator, plan.code, move=move)

    opened = followup.open_assignments(clerk, plan.code, leads=LEADS)

    assert {each.initiative: each.proposal for each in opened} == {"portal": None, "fibre": made}


def test_only_an_adopted_plan_is_carried_out(as_administrator):
    plan = make.plan(as_administrator, make.portfolio(as_administrator))

    with pytest.raises(NotAdopted):
        followup.open_assignments(people.secretary(), plan.code, leads=LEADS)


def test_a_review_parts_the_change_of_rank_and_its_parts_add_up(as_administrator, adopted):
    made = followup.review(as_administrator, adopted.code, edition=2024)

    rank = made.parts["rank"]
    places = rank["rank_before"] - rank["rank_after"]
    assert places == 6
    assert rank["own"] + rank["rivals"] + rank["method"] == pytest.approx(places)
    assert made.parts["promises"] == []
    assert not made.missed


def test_a_plan_in_force_waits_for_a_review_until_it_has_one(as_administrator, adopted):
    before = queries.unreviewed()
    followup.review(as_administrator, adopted.code)

    assert before == [adopted.code]
    assert queries.unreviewed() == []
