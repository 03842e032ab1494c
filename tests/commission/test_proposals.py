"""Proposals carry their figures, wait for a session, and stay as they were put forward."""

import pytest

from marra.commission.actions import proposals
from marra.commission.queries import proposals as queries
from marra.commission.rules import proposals as rules
from marra.commission.rules.proposals import State
from marra.people.rules.rights import Role
from marra.store import NothingNamed
from tests.commission import assignments as make
from tests.commission import make as plans
from tests.commission.rights_proposals import TOLD

pytestmark = pytest.mark.django_db
GROUP = "WG-2"


def member(number=31):
    return make.somebody(number, (Role.GROUP_MEMBER, GROUP))


def proposal(stamp=None, **changed):
    return proposals.make(stamp or member(), **{**TOLD, "place": "UZB", "group": GROUP, **changed})


@pytest.mark.usefixtures("released")
def test_a_proposal_from_a_gap_carries_indicator_edition_and_value():
    made = proposal(gap=queries.gap("UZB", "osi", 30))

    assert (made.indicator, made.edition) == ("osi", 2024)
    assert made.value == pytest.approx(0.7648, abs=1e-4)
    assert made.gap == pytest.approx(0.0735, abs=1e-4)


@pytest.mark.usefixtures("released")
def test_a_gap_of_what_is_no_part_is_refused():
    with pytest.raises(rules.NoSuchPillar):
        queries.gap("UZB", "moon", 30)


def test_a_proposal_needs_a_remedy_before_it_is_put_forward_and_stays_after():
    made = proposal(remedy="")

    with pytest.raises(rules.RemedyMissing):
        proposals.put_forward(member(), made.code)
    proposals.change(member(), made.code, version=1, **TOLD)
    proposals.put_forward(member(), made.code)
    with pytest.raises(rules.ProposalFixed):
        proposals.change(member(), made.code, version=3, **TOLD)


def test_a_draft_is_only_its_authors():
    made = proposal()

    with pytest.raises(NothingNamed):
        proposals.put_forward(member(32), made.code)


def test_the_secretary_of_the_group_decides_with_a_reason_and_only_once():
    made = proposal()
    proposals.put_forward(member(), made.code)
    clerk = make.secretary(GROUP)

    decided = proposals.decide(clerk, made.code, accepted=True, reason="Agreed in session.")

    assert decided.state == State.ACCEPTED
    with pytest.raises(rules.ProposalMoveNotOpen):
        proposals.decide(clerk, made.code, accepted=False, reason="Not any more.")


def test_the_second_editor_is_told():
    made = proposal()
    proposals.change(member(), made.code, version=1, **{**TOLD, "title": "Two portals"})

    with pytest.raises(rules.ProposalChanged) as refusal:
        proposals.change(member(), made.code, version=1, **TOLD)

    assert refusal.value.facts["fields"] == "title"


@pytest.mark.usefixtures("released")
def test_a_proposal_is_carried_by_an_initiative_that_its_plan_has_chosen(as_analyst):
    plan = plans.plan(as_analyst, plans.portfolio(as_analyst))
    made = proposals.put_forward(member(), proposal().code)

    with pytest.raises(rules.NotInThatPlan):
        proposals.put_into_plan(as_analyst, made.code, plan=plan.code, initiative="bridge")
    proposals.put_into_plan(as_analyst, made.code, plan=plan.code, initiative="portal")

    assert queries.carried_by(as_analyst, plan) == [made]
    proposals.decide(make.secretary(), made.code, accepted=False, reason="Not now.")
    assert queries.carried_by(as_analyst, plan) == []
    with pytest.raises(rules.ProposalOver):
        proposals.put_into_plan(as_analyst, made.code, plan=plan.code, initiative="fibre")
