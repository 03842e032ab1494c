"""A session goes one way: called, opened, written in, closed, and then nothing changes."""

from datetime import timedelta

import pytest

from marra.commission.actions import agendas, members, minutes, proposals, sessions
from marra.commission.models.assignments import Assignment
from marra.commission.queries import minutes as minuted
from marra.commission.queries import sessions as queries
from marra.commission.queries.proposals import gap as gap_of
from marra.commission.rules import assignments as tasks
from marra.commission.rules import minutes as frozen
from marra.commission.rules import sessions as rules
from marra.commission.rules.proposals import State as ProposalState
from marra.commission.rules.sessions import Field, Lack, State
from marra.people.rules.rights import Role
from marra.store import NothingNamed
from tests.commission import assignments as people
from tests.commission import sessions as make
from tests.commission.rights_proposals import TOLD as PROPOSAL
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
GROUP = "WG-2"


@pytest.fixture
def clerk():
    return people.secretary()


@pytest.fixture
def head():
    return people.somebody(41, (Role.GROUP_HEAD, GROUP))


def proposal(group=GROUP):
    root = people.somebody(42, (Role.SECRETARY, ""))
    made = proposals.make(root, **{**PROPOSAL, "place": "UZB", "group": group})
    return proposals.put_forward(root, made.code)


def test_what_is_decided_takes_effect_when_the_minutes_are_closed(clerk):
    about = proposal()
    session, item = make.opened(clerk, proposal=about.code)
    make.attended(clerk, session)
    make.decided(clerk, item)
    task = Assignment.objects.get(decision__session=session)
    about.refresh_from_db()
    before = (about.state, task.state)

    closed = sessions.close_session(clerk, session.code)

    about.refresh_from_db()
    task.refresh_from_db()
    assert before == (ProposalState.ON_AGENDA, tasks.State.DRAFT)
    assert (about.state, about.decision) == (ProposalState.ACCEPTED, task.decision)
    assert (task.state, task.proposal) == (tasks.State.NEW, about)
    assert (closed.state, closed.number) == (State.CLOSED, 1)


def test_an_assignment_is_about_what_its_proposal_is_about(clerk):
    gap = gap_of("UZB", "osi", 30)
    root = people.somebody(42, (Role.SECRETARY, ""))
    told = {**PROPOSAL, "place": "UZB", "group": GROUP, "gap": gap, "obligation": "O-02"}
    about = proposals.put_forward(root, proposals.make(root, **told).code)
    _session, item = make.opened(clerk, proposal=about.code)

    make.decided(clerk, item)

    task = Assignment.objects.get()
    assert (task.indicator, task.obligation.code) == ("osi", "O-02")


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("rejected", ProposalState.REJECTED), ("noted", ProposalState.PUT_FORWARD)],
)
def test_a_proposal_becomes_what_was_decided_or_waits_on(clerk, outcome, state):
    about = proposal()
    session, item = make.opened(clerk, proposal=about.code)
    make.attended(clerk, session)
    make.decided(clerk, item, outcome)

    sessions.close_session(clerk, session.code)

    about.refresh_from_db()
    assert about.state == state


def test_closed_minutes_are_frozen_whole_and_can_be_read_again(clerk):
    session = make.closed(clerk)

    told = minuted.of(session)

    assert frozen.written(told) == session.document
    assert frozen.digest(session.document) == session.digest
    assert told.number == 1
    assert told.clauses[0].tasks[0].lead.en == "Ministry of Digital Technologies"
    assert told == frozen.read(session.document)


def test_after_closing_nothing_changes(clerk):
    session = make.closed(clerk)
    item, decision = queries.items(session)[0], queries.decisions(session)[0]

    for act in (
        lambda: agendas.add_item(clerk, session.code, title="Another item"),
        lambda: agendas.change_item(clerk, item.code, version=1, title="Other words"),
        lambda: agendas.remove_item(clerk, item.code),
        lambda: sessions.change_session(clerk, session.code, version=3, **make.TOLD),
    ):
        with pytest.raises(rules.AgendaFixed):
            act()
    for act in (
        lambda: minutes.write_minutes(clerk, item.code, version=1, minutes="Heard."),
        lambda: minutes.mark_attendance(clerk, session.code, present=[]),
        lambda: make.decided(clerk, item),
        lambda: minutes.change_decision(clerk, decision.code, version=1, text="No more."),
        lambda: minutes.remove_decision(clerk, decision.code),
    ):
        with pytest.raises(rules.NotInSession):
            act()
    with pytest.raises(rules.StepNotOpen):
        sessions.close_session(clerk, session.code)


def test_minutes_are_written_only_while_the_session_is_open(clerk):
    session = make.planned(clerk)
    item = make.item(clerk, session)

    with pytest.raises(rules.NotInSession):
        minutes.write_minutes(clerk, item.code, version=1, minutes="Heard.")


def test_a_session_is_opened_on_its_day(clerk):
    session = make.planned(clerk, starts_at=NOON + timedelta(days=1))

    with pytest.raises(rules.TooEarly) as refusal:
        sessions.open_session(clerk, session.code)

    assert refusal.value.facts["day"] == "03.03.2026"


def test_what_is_missing_is_told_before_closing(clerk):
    session, _item = make.opened(clerk)

    with pytest.raises(rules.NotReady) as refusal:
        sessions.close_session(clerk, session.code)

    assert refusal.value.facts["lacks"] == (Lack.PRESENT, Lack.UNTOLD)


def test_numbers_have_no_gap_for_each_body_and_year(clerk):
    later = make.TOLD | {"starts_at": NOON - timedelta(days=365)}
    first, group, second = make.closed(clerk), make.closed(clerk, GROUP), make.closed(clerk)
    cancelled = make.planned(clerk)
    sessions.cancel_session(clerk, cancelled.code)
    third = make.closed(clerk)
    old, item = make.opened(clerk)
    sessions.change_session(clerk, old.code, version=2, **later)
    make.attended(clerk, old)
    make.decided(clerk, item)

    before = sessions.close_session(clerk, old.code)

    assert [each.number for each in (first, second, third, group, before)] == [1, 2, 3, 1, 1]


def test_the_second_of_two_secretaries_is_told_what_changed(clerk):
    session, item = make.opened(clerk)
    minutes.write_minutes(clerk, item.code, version=1, minutes="Heard the ministry.")

    with pytest.raises(rules.ItemChanged) as refusal:
        minutes.write_minutes(clerk, item.code, version=1, minutes="Heard nobody.")
    with pytest.raises(rules.SessionChanged) as other:
        sessions.change_session(clerk, session.code, version=1, **make.TOLD)

    assert refusal.value.facts["fields"] == (Field.MINUTES,)
    assert other.value.facts["fields"] == ()


def test_items_are_moved_and_taken_off_without_a_gap(clerk):
    session = make.planned(clerk)
    one, two, three = (make.item(clerk, session, f"Item {name}") for name in "abc")

    agendas.change_item(clerk, three.code, version=1, title="Item c", number=1)
    agendas.remove_item(clerk, one.code)

    told = [(each.number, each.title) for each in queries.items(session)]
    assert told == [(1, "Item c"), (2, "Item b")]
    assert two.code == queries.items(session)[1].code


def test_what_was_written_about_is_not_taken_off(clerk):
    _session, item = make.opened(clerk)
    make.decided(clerk, item)

    with pytest.raises(rules.ItemWritten):
        agendas.remove_item(clerk, item.code)


def test_a_decision_struck_out_takes_its_assignments_with_it_and_leaves_no_gap(clerk):
    session, item = make.opened(clerk)
    first = make.decided(clerk, item)
    make.decided(clerk, item, "noted", text="Heard and noted.")

    minutes.remove_decision(clerk, first.code)

    told = [(each.number, each.text) for each in queries.decisions(session)]
    assert told == [(1, "Heard and noted.")]
    assert Assignment.objects.get(decision=first).state == tasks.State.REMOVED


def test_a_decision_and_its_assignments_are_made_together_or_not_at_all(clerk):
    session, item = make.opened(clerk)
    good, bad = make.TASK, rules.Task("Open another register", "no-such-body", make.TASK.deadline)

    with pytest.raises(NothingNamed):
        make.decided(clerk, item, tasks=(good, bad))

    assert not queries.decisions(session)
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "given", "refusal"),
    [
        ("assigned", (), rules.TaskNeeded),
        ("rejected", (make.TASK,), rules.TaskTooMany),
        ("perhaps", (), rules.UnknownOutcome),
    ],
)
def test_an_outcome_fits_its_assignments(clerk, outcome, given, refusal):
    _session, item = make.opened(clerk)

    with pytest.raises(refusal):
        make.decided(clerk, item, outcome, tasks=given)


def test_a_proposal_is_decided_once_in_a_session(clerk):
    _session, item = make.opened(clerk, proposal=proposal().code)
    make.decided(clerk, item, "rejected")

    with pytest.raises(rules.DecidedTwice):
        make.decided(clerk, item, "accepted")


def test_a_group_takes_its_own_proposals_only_and_a_cancelled_session_lets_them_go(clerk, head):
    own, foreign = proposal(), proposal("WG-3")
    session = make.planned(head, GROUP)
    make.item(head, session, proposal=own.code)

    with pytest.raises(rules.ForeignProposal):
        make.item(clerk, session, proposal=foreign.code)
    sessions.cancel_session(head, session.code)

    own.refresh_from_db()
    assert own.state == ProposalState.PUT_FORWARD


def test_those_who_sit_there_are_asked_to_come_and_named(clerk):
    since = NOON.date()
    for name, seat in (("Rais", "head"), ("Kotib", "secretary"), ("Azo", "member")):
        members.add_member(clerk, GROUP, full_name=name, seat=seat, since=since)
    session = make.planned(clerk, GROUP, chaired_by="", kept_by="")
    members.add_member(clerk, GROUP, full_name="Yangi", seat="member", since=since)

    sessions.open_session(clerk, session.code)
    minutes.mark_attendance(clerk, session.code, present=["Rais"], guests=[("Mehmon", "Expert")])

    told = {each.full_name: each.present for each in queries.attendances(session)}
    assert (session.chaired_by, session.kept_by) == ("Rais", "Kotib")
    assert told == {"Rais": True, "Kotib": False, "Azo": False, "Yangi": False, "Mehmon": True}
    with pytest.raises(rules.SamePlace):
        minutes.mark_attendance(clerk, session.code, present=[], guests=[("Rais", "")])


def test_a_meeting_of_a_group_is_known_to_the_group_and_to_those_who_read_all(clerk, head):
    own, other = make.planned(clerk, GROUP), make.planned(clerk)

    known = set(queries.visible_to(head))

    assert known == {own}
    assert set(queries.visible_to(clerk)) == {own, other}
    assert not queries.visible_to(people.executor()).exists()


def test_assignments_of_a_group_go_through_the_group(clerk):
    _session, item = make.opened(clerk, GROUP)

    made = make.decided(clerk, item)

    assert made.assignments.get().group.code == GROUP
