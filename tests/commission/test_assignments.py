"""Assignments: proof, two judges, deadlines that stay, and nobody told of what is not theirs."""

import contextlib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marra.commission.actions import assignments, extensions, judging, progress, removing
from marra.commission.queries import assignments as queries
from marra.commission.queries.duplicates import pairs, similar
from marra.commission.queries.execution import execution
from marra.commission.queries.history import history
from marra.commission.rules import assignments as rules
from marra.commission.rules import removals, terms
from marra.commission.rules.assignments import MOVES, State
from marra.kit.errors import Refusal
from marra.people.rules.rights import Role, Stamp
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


def test_nothing_leaves_done_or_removed():
    assert not [
        move for move, (before, _) in MOVES.items() if before & {State.DONE, State.REMOVED}
    ]


# ── Acts ─────────────────────────────────────────────────────────────────────────────────────

db = pytest.mark.django_db


@db
def test_an_assignment_goes_through_two_judges_to_done(as_administrator):
    made = make.done(make.secretary(), group=GROUP)

    assert made.state == State.DONE
    assert made.delivered_on == NOON.date()
    assert [v.step for v in made.submissions.get().verdicts.all()] == ["group", "commission"]


PEOPLE = (
    make.executor(number=31),
    make.secretary(GROUP, 32),
    make.secretary("", 33),
    make.somebody(34, (Role.EXECUTOR, "digital"), (Role.SECRETARY, GROUP), (Role.SECRETARY, "")),
    make.somebody(35, (Role.SECRETARY, GROUP), (Role.SECRETARY, "")),
)
DEEDS = {
    "start": assignments.start,
    "report": lambda who, code: progress.report(who, code, percent=50, text="Half."),
    "bare": lambda who, code: judging.submit(who, code, text="Believe me."),
    "submit": lambda who, code: judging.submit(who, code, **make.PROOF),
    "accept-in-group": lambda who, code: judging.judge_in_group(who, code, accept=True),
    "return-in-group": lambda who, code: judging.judge_in_group(
        who, code, accept=False, reason="Empty."
    ),
    "accept": lambda who, code: judging.judge(who, code, accept=True),
    "return": lambda who, code: judging.judge(who, code, accept=False, reason="Empty."),
    "ask": lambda who, code: extensions.ask_extension(
        who, code, until=date(2026, 6, 1), reason="Floods."
    ),
    "grant": lambda who, code: extensions.answer_extension(who, code, grant=True),
    "remove": lambda who, code: removing.remove(
        who, code, ground="not-needed", text="Ended.", document="PQ-1"
    ),
}


SUBMITTED = st.tuples(st.just("submit"), st.sampled_from([0, 3]))
JUDGED = st.tuples(st.sampled_from(["accept-in-group", "accept"]), st.integers(1, 4))
ANY = st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 4))
WAYS = st.lists(ANY, max_size=6) | st.builds(
    lambda first, then, last: [first, *then, *last],
    SUBMITTED,
    st.lists(JUDGED | ANY, max_size=4),
    st.lists(JUDGED, min_size=2, max_size=6),
)
"""Anything, or a way that may well end in acceptance."""


@db
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WAYS, st.booleans())
def test_whoever_does_whatever_nothing_is_done_without_proof_and_judges_of_their_own(
    deeds, has_group
):
    with transaction.atomic():
        made = make.assignment(make.secretary(), **({"group": GROUP} if has_group else {}))
        for deed, who in deeds:
            with contextlib.suppress(Refusal), transaction.atomic():
                DEEDS[deed](PEOPLE[who], made.code)
        made.refresh_from_db()
        check_what_was_done(made, has_group=has_group)
        transaction.set_rollback(True)


def check_what_was_done(made, *, has_group):
    assert made.first_deadline == make.DEADLINE
    assert made.extensions == made.asked.filter(granted=True).count()
    verdicts = [v for each in made.submissions.all() for v in each.verdicts.all()]
    assert made.returns == sum(not verdict.accepted for verdict in verdicts)
    if made.state != State.DONE:
        assert made.done_at is None
        return
    last = made.submissions.first()
    judges = [verdict.made_by for verdict in last.verdicts.all()]
    assert last.links or last.files.exists() or last.observations
    assert [v.step for v in last.verdicts.all()] == ["group", "commission"][not has_group :]
    assert len(judges) == len(set(judges))
    assert not {last.made_by, PEOPLE[0].by, PEOPLE[3].by} & set(judges)


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
def test_pairs_of_one_body_that_say_nearly_the_same_are_found():
    one = make.assignment(make.secretary(), title="Davlat xizmatlari reyestrini ochish")
    two = make.assignment(make.secretary(), title="Давлат хизматлари реестрини очиш")
    other = make.assignment(make.secretary(), title=one.title, lead="health")

    found = [(each.first.code, each.second.code) for each in pairs(make.secretary())[0]]

    assert (one.code, two.code) in found
    assert other.code not in {code for pair in found for code in pair}


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


@db
def test_more_time_is_asked_for_by_the_deadline_and_not_after():
    made = make.assignment(make.secretary())
    late = make.executor()
    late = Stamp(late.by, NOON + timedelta(days=60), late.roles)

    with pytest.raises(terms.AskedTooLate):
        extensions.ask_extension(late, made.code, until=date(2026, 6, 1), reason="Floods.")


@db
def test_more_time_brings_interim_days_and_keeps_those_reported_on():
    made = make.assignment(make.secretary(), deadline=date(2026, 7, 31))
    before = set(made.checkpoints.values_list("due", flat=True))

    extensions.ask_extension(make.executor(), made.code, until=date(2026, 12, 25), reason="Law.")
    extensions.answer_extension(make.secretary(), made.code, grant=True)

    after = set(made.checkpoints.values_list("due", flat=True))
    assert before < after
    assert max(after) > date(2026, 7, 31)


@db
def test_an_interim_day_is_reported_on_in_words():
    made = make.assignment(make.secretary(), deadline=date(2026, 7, 31))
    point = made.checkpoints.first()

    with pytest.raises(rules.ReasonNeeded):
        progress.report(make.executor(), made.code, percent=30, checkpoint=point.code)
    progress.report(
        make.executor(), made.code, percent=30, text="Half is drafted.", checkpoint=point.code
    )
    point.refresh_from_db()
    made.refresh_from_db()

    assert (point.percent, made.percent, made.state) == (30, 30, State.IN_PROGRESS)


@db
def test_a_draft_changes_whole_and_what_was_given_keeps_body_group_and_deadline():
    draft = make.assignment(make.secretary(), give=False)
    given_ = make.assignment(make.secretary())
    told = {"title": "Open two registers", "lead": "health", "deadline": date(2026, 12, 1)}

    for each in (draft, given_):
        assignments.change(make.secretary(), each.code, version=1, group=GROUP, **told)
        each.refresh_from_db()

    assert (draft.lead.code, draft.deadline, draft.group.code) == (
        "health",
        told["deadline"],
        GROUP,
    )
    assert (given_.lead.code, given_.deadline, given_.group) == ("digital", make.DEADLINE, None)
    assert given_.title == "Open two registers"


@db
def test_what_an_assignment_comes_from_is_named_by_public_codes():
    made = make.assignment(
        make.secretary(), clause="pq-308/P4-b", obligation="O-05a", indicator="portal.services"
    )

    assert (made.clause.number, made.obligation.code) == ("P4-b", "O-05a")
    with pytest.raises(rules.NoSuchClause):
        make.assignment(make.secretary(), clause="pq-308/P99")


@db
def test_the_day_of_delivery_is_that_of_the_submission_in_national_time():
    made = make.assignment(make.secretary(), deadline=date(2026, 3, 31))
    body = make.executor()
    night = datetime(2026, 4, 1, 0, 30, tzinfo=ZoneInfo("Asia/Tashkent"))
    judge = make.secretary()

    judging.submit(Stamp(body.by, night, body.roles), made.code, **make.PROOF)
    judging.judge(Stamp(judge.by, night, judge.roles), made.code, accept=True)
    made.refresh_from_db()

    assert made.delivered_on == date(2026, 4, 1)
    assert execution(date(2026, 1, 1), date(2026, 3, 31), on=night.date()).total.late == 1


@db
def test_a_removal_names_its_document_and_a_duplicate_what_stays():
    made = make.assignment(make.secretary())
    told = {"ground": "duplicate", "text": "Twice."}

    with pytest.raises(removals.InsteadMissing):
        removing.remove(make.secretary(), made.code, document="PQ-1", **told)
    with pytest.raises(removals.NotItself):
        removing.remove(make.secretary(), made.code, document="PQ-1", instead=made.code, **told)
    with pytest.raises(removals.DocumentMissing):
        removing.remove(make.secretary(), made.code, ground="not-needed", text="Ended.")


@db
def test_the_history_tells_what_was_done_with_its_words():
    made = make.done(make.secretary(), group=GROUP)
    other = make.assignment(make.secretary())
    progress.report_many(make.executor(), reports={other.code: (40, "Four of ten.")})

    told = [(each.deed, each.text) for each in reversed(history(made))]

    assert told == [
        ("assignment.made", ""),
        ("assignment.submitted", "The register is open."),
        ("assignment.group-judged", ""),
        ("assignment.judged", ""),
    ]
    assert ("assignments.reported", "Four of ten.") in [
        (each.deed, each.text) for each in history(other)
    ]


@db
def test_a_question_for_more_time_and_its_answer_have_each_their_words():
    made = make.assignment(make.secretary())
    extensions.ask_extension(make.executor(), made.code, until=date(2026, 6, 1), reason="Floods.")
    extensions.answer_extension(make.secretary(), made.code, grant=True, answer="Minutes 7.")

    assert [each.text for each in history(made)][:2] == ["Minutes 7.", "Floods."]
