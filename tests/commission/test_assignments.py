"""Assignments: proof, two judges, deadlines that stay, and nobody told of what is not theirs."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.commission.actions import assignments, extensions, judging, progress, removing
from marra.commission.queries import assignments as queries
from marra.commission.queries.duplicates import similar
from marra.commission.rules import assignments as rules
from marra.commission.rules import terms
from marra.commission.rules.assignments import MOVES, State
from marra.people.rules.rights import Role
from marra.store import NothingNamed
from tests.commission import assignments as make
from tests.conftest import NOON

GROUP = "WG-2"


# ── Rules ────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_no_way_leads_to_done_without_a_submission_and_a_last_acceptance(moves):
    state, taken = State.DRAFT, []
    for move in moves:
        if state in MOVES[move][0]:
            state = rules.step(state, move, number="2026/1")
            taken.append(move)

    if state is State.DONE:
        assert "submit" in taken
        assert taken[-1] == "accept"


@given(st.dates(date(2024, 1, 1), date(2027, 1, 1)), st.integers(0, 900))
def test_checkpoints_lie_between_the_days_and_only_in_long_terms(start, days):
    end = date.fromordinal(start.toordinal() + days)

    found = terms.checkpoints(start, end)

    assert all(start < day < end for day in found)
    assert list(found) == sorted(set(found))
    assert found == () if days <= 89 else days <= 92 or found


# ── Acts ─────────────────────────────────────────────────────────────────────────────────────

db = pytest.mark.django_db


@db
def test_an_assignment_goes_through_two_judges_to_done(as_administrator):
    made = make.done(make.secretary(), group=GROUP)

    assert made.state == State.DONE
    assert made.delivered_on == NOON.date()
    assert [v.step for v in made.submissions.get().verdicts.all()] == ["group", "commission"]


@db
def test_nothing_is_submitted_without_proof():
    made = make.assignment(make.secretary())

    with pytest.raises(rules.ProofMissing):
        judging.submit(make.executor(), made.code, text="Done.")


@db
def test_the_last_judge_waits_for_the_group_and_is_another_person():
    made = make.assignment(make.secretary(), group=GROUP)
    judging.submit(make.executor(), made.code, **make.PROOF)
    both = make.somebody(21, (Role.SECRETARY, ""), (Role.SECRETARY, GROUP))

    with pytest.raises(rules.GroupFirst):
        judging.judge(both, made.code, accept=True)
    judging.judge_in_group(both, made.code, accept=True)
    with pytest.raises(rules.JudgedBefore):
        judging.judge(both, made.code, accept=True)


@db
def test_nobody_judges_their_own():
    both = make.somebody(22, (Role.EXECUTOR, "digital"), (Role.SECRETARY, ""))
    made = make.assignment(make.secretary())
    judging.submit(both, made.code, **make.PROOF)

    with pytest.raises(rules.OwnWork):
        judging.judge(both, made.code, accept=True)


@db
def test_a_return_needs_a_reason_and_opens_the_way_again():
    made = make.assignment(make.secretary())
    judging.submit(make.executor(), made.code, **make.PROOF)

    with pytest.raises(rules.ReasonNeeded):
        judging.judge(make.secretary(), made.code, accept=False, reason=" ")
    judging.judge(make.secretary(), made.code, accept=False, reason="The page is empty.")
    judging.submit(make.executor(), made.code, **make.PROOF)
    made.refresh_from_db()

    assert (made.state, made.returns) == (State.SUBMITTED, 1)


@db
def test_more_time_is_counted_and_the_first_deadline_stays():
    made = make.assignment(make.secretary())
    extensions.ask_extension(make.executor(), made.code, until=date(2026, 6, 1), reason="Floods.")

    with pytest.raises(terms.AskedAlready):
        extensions.ask_extension(
            make.executor(), made.code, until=date(2026, 7, 1), reason="Fire."
        )
    extensions.answer_extension(make.secretary(), made.code, grant=True)
    made.refresh_from_db()

    assert (made.first_deadline, made.deadline) == (make.DEADLINE, date(2026, 6, 1))
    assert made.extensions == 1


@db
def test_numbers_run_without_gaps_through_a_year():
    numbers = [make.assignment(make.secretary()).number for _ in range(3)]

    first = int(numbers[0].split("/")[1])
    assert numbers == [f"2026/{first + n}" for n in range(3)]


@db
def test_the_second_of_two_editors_is_told_which_fields_differ():
    made = make.assignment(make.secretary())
    assignments.change(make.secretary(), made.code, version=1, title="Open another register")

    with pytest.raises(rules.AssignmentChanged) as refusal:
        assignments.change(make.secretary(), made.code, version=1, title="Open the register")

    assert refusal.value.facts["fields"] == (rules.Field.TITLE,)


@db
@pytest.mark.parametrize(
    "stranger", [make.executor("health"), make.secretary("WG-1"), make.somebody(9)]
)
def test_an_outsider_is_told_that_there_is_none(stranger):
    made = make.assignment(make.secretary(), group=GROUP)

    with pytest.raises(NothingNamed):
        assignments.start(stranger, made.code)


@db
def test_a_body_does_not_see_a_draft_and_helpers_see_what_was_given():
    draft = make.assignment(make.secretary(), give=False)
    helped = make.assignment(make.secretary(), co_executors=["health"])

    own, other = make.executor(), make.executor("health")

    assert not queries.visible_to(own).filter(code=draft.code).exists()
    assert queries.visible_to(other).filter(code=helped.code).exists()


@db
def test_many_are_reported_together_or_none():
    one, two = (make.assignment(make.secretary(), lead=body) for body in ("digital", "health"))

    with pytest.raises(NothingNamed):
        progress.report_many(
            make.executor(), reports={one.code: (40, ""), two.code: (50, "Half.")}
        )
    one.refresh_from_db()

    assert one.percent == 0


@db
@pytest.mark.parametrize("title", ["ОПЕН ТҲЕ РЕГИСТЕР ОФ ФОРМС", "open the register of forms!"])
def test_what_says_nearly_the_same_is_found_in_whatever_letters(title):
    made = make.assignment(make.secretary())

    assert made.code in {each.code for each in similar(make.secretary(), title)}


@db
def test_what_is_removed_says_why_and_what_stays_instead():
    stays, goes = (make.assignment(make.secretary()) for _ in range(2))

    removing.remove(
        make.secretary(),
        goes.code,
        ground="duplicate",
        text="Twice.",
        document="PQ-1",
        instead=stays.code,
    )
    goes.refresh_from_db()

    assert goes.state == State.REMOVED
    assert goes.removal.instead == stays


@db
def test_a_file_is_kept_with_its_submission_or_nothing_is():
    made = make.assignment(make.secretary())

    judging.submit(
        make.executor(), made.code, text="Done.", files=[("proof.txt", b"It is done.\n")]
    )

    assert [f.name for f in made.submissions.get().files.all()] == ["proof.txt"]


@db
def test_overdue_counts_what_is_owed_and_not_what_waits_for_a_judge():
    before = queries.counts(make.secretary(), date(2026, 5, 4))["overdue"]
    waiting, owed = (make.assignment(make.secretary()) for _ in range(2))
    judging.submit(make.executor(), waiting.code, **make.PROOF)

    after = queries.counts(make.secretary(), date(2026, 5, 4))["overdue"]

    assert after - before == 1
    assert rules.is_overdue(State(owed.state), owed.deadline, date(2026, 5, 4))
