"""Obligations: met, overdue or in time by what was seen and proved; days set and proofs kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.commission.actions import obligations as actions
from marra.commission.actions.readings import decide_reading
from marra.commission.queries import obligations as queries
from marra.commission.rules.obligations import (
    Accepted,
    Asked,
    DayInTheText,
    DayStands,
    DayToCome,
    DueFrom,
    FactStays,
    ProofWithdrawn,
    Seen,
    State,
    ThinProof,
    UnfitDay,
    satisfies,
    standing,
)
from marra.commission.rules.readings import ReasonMissing
from marra.evidence.models.observations import Observation
from marra.journal.models import Entry
from marra.kit.errors import NotAllowed, NotFound
from tests.commission.acts import secretary

DUE = date(2024, 12, 31)
SERVICES = Asked("O-10", "measure", DUE, measure="portal.services", relation="ge", target=700)
ACCEPTED = Asked("O-04a", "acceptance")
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
VALUES = st.lists(st.tuples(DAYS, st.floats(0, 2000)), max_size=6).map(sorted)


def seen(value: float, day: date, basis: str = "") -> Seen:
    return Seen(value, day, "Ministry", basis)


def proof(day: date, *, met: bool = True, made: int = 1) -> Accepted:
    return Accepted(met, day, datetime(2026, 1, made, tzinfo=UTC), text="Minutes 4.")


# ── The rule ─────────────────────────────────────────────────────────────────────────────────


def test_a_value_that_reaches_the_target_meets_it_since_the_first_of_its_run():
    values = [
        seen(710, date(2024, 3, 1)),
        seen(690, date(2024, 6, 1)),
        seen(700, date(2025, 3, 1)),
        seen(761, date(2025, 6, 30)),
    ]

    found = standing(SERVICES, values, [], date(2026, 3, 2))

    assert (found.state, found.since, found.days) == (State.MET, date(2025, 3, 1), 60)
    assert found.seen == values[-1]


def test_a_deadline_that_passed_is_overdue_whether_or_not_anything_was_seen():
    for values in ([], [seen(570, date(2024, 5, 1))]):
        found = standing(SERVICES, values, [], date(2025, 1, 1))

        assert (found.state, found.days) == (State.OVERDUE, 1)


def test_on_its_day_an_obligation_is_still_in_time():
    found = standing(SERVICES, [seen(570, date(2024, 5, 1))], [], DUE)

    assert (found.state, found.days, found.is_near) == (State.IN_TIME, 0, True)


def test_before_the_deadline_nothing_seen_is_told_as_not_measured():
    assert standing(SERVICES, [], [], date(2024, 1, 1)).state is State.NOT_MEASURED


def test_without_a_deadline_it_is_told_so_until_it_is_met():
    assert standing(ACCEPTED, [], [], DUE).state is State.NO_DEADLINE
    assert standing(ACCEPTED, [], [proof(DUE)], DUE).state is State.MET


def test_a_proof_that_it_is_not_met_counts_like_one_that_it_is():
    late = Asked("X-03", "acceptance", date(2024, 6, 1))

    found = standing(late, [], [proof(DUE, met=False)], date(2026, 3, 2))

    assert (found.state, found.proof.met) == (State.OVERDUE, False)


def test_of_two_proofs_the_one_made_last_counts():
    proofs = [proof(DUE, made=1), proof(DUE, met=False, made=2)]

    assert standing(ACCEPTED, [], proofs, DUE).state is State.NO_DEADLINE


def test_a_newer_value_counts_more_than_an_older_proof_and_the_other_way_round():
    short = seen(650, date(2025, 6, 1))

    after = standing(SERVICES, [short], [proof(date(2025, 1, 1))], date(2026, 1, 1))
    before = standing(SERVICES, [short], [proof(date(2025, 7, 1))], date(2026, 1, 1))

    assert (after.state, before.state) == (State.OVERDUE, State.MET)


def test_values_on_another_basis_say_nothing():
    asked = Asked("O-11", "measure", DUE, measure="a", basis="mean", relation="ge", target=65)

    found = standing(asked, [seen(80, DUE, "fully"), seen(60, DUE, "mean")], [], DUE)

    assert (found.state, found.seen.basis) == (State.IN_TIME, "mean")


def test_a_fact_of_the_text_is_met_since_its_day():
    found = standing(Asked("O-14", "fact", date(2023, 9, 20)), [], [], date(2026, 3, 2))

    assert (found.state, found.since, found.days) == (State.MET, date(2023, 9, 20), 0)


@given(values=VALUES, today=DAYS, due=st.none() | DAYS, proved=st.none() | st.booleans())
def test_no_day_that_has_passed_is_told_as_something_to_come(values, today, due, proved):
    asked = Asked("O-1", "measure", due, measure="a", relation="ge", target=1000)
    proofs = [] if proved is None else [proof(today, met=proved)]

    found = standing(asked, [seen(value, day) for day, value in values], proofs, today)

    assert found.days >= 0
    if due and due < today:
        assert found.state in {State.MET, State.OVERDUE}
    if found.state is State.MET and not proofs:
        assert satisfies(found.seen.value, "ge", 1000)
        assert found.since <= found.seen.day
    if found.state is State.OVERDUE:
        assert found.days == (today - due).days > 0


# ── The acts ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def clerk(db, as_administrator):
    """The Commission's secretary."""
    return secretary(as_administrator)


def observe(stamp, indicator: str, value: float, day: date, basis: str = "announced") -> None:
    Observation.objects.create(
        code=f"observation-{indicator.replace('.', '-')}-{day}-{basis}",
        indicator=indicator,
        place="UZB",
        value=value,
        day=day,
        basis=basis,
        unit="services",
        source="Ministry",
        vintage=day,
        origin="manual",
        entered_at=stamp.at,
        entered_by=stamp.by,
    )


def stand(stamp, code: str) -> queries.Line:
    return queries.one(stamp, code).line


def test_the_rank_is_that_of_the_survey_and_the_day_hangs_on_the_reading(clerk):
    before = stand(clerk, "O-02")
    decide_reading(clerk, "by-2030", answer="2028", reason="Minutes 4.")
    after = stand(clerk, "O-02")

    assert (before.standing.seen.value, before.standing.seen.day) == (63, date(2024, 12, 31))
    assert (before.asked.due, after.asked.due) == (date(2030, 12, 31), date(2029, 12, 31))
    assert after.asked.due_from is DueFrom.READING
    assert before.standing.state is State.IN_TIME
    assert queries.one(clerk, "O-02").others["2030"].due == date(2030, 12, 31)


def test_what_65_percent_counts_hangs_on_the_reading(clerk):
    observe(clerk, "portal.automated-share", 70, date(2025, 1, 1), "mean")
    observe(clerk, "portal.automated-share", 40, date(2025, 1, 1), "fully")

    before = stand(clerk, "O-11").standing
    decide_reading(clerk, "automation", answer="mean", reason="Minutes 4.")
    after = stand(clerk, "O-11").standing

    assert (before.state, before.seen.value) == (State.OVERDUE, 40)
    assert (after.state, after.seen.value) == (State.MET, 70)


def test_how_much_as_a_rule_leaves_open_hangs_on_the_reading(clerk):
    observe(clerk, "portal.app-first-share", 80, date(2025, 1, 1))

    before = stand(clerk, "O-09")
    decide_reading(clerk, "as-a-rule", answer="most", reason="Minutes 4.")
    after = stand(clerk, "O-09")

    assert (before.asked.target, before.standing.state) == (100, State.OVERDUE)
    assert (after.asked.target, after.standing.state) == (50, State.MET)


def test_each_obligation_stands_in_a_state_and_past_days_are_met_or_overdue(clerk):
    lines = queries.board(clerk)

    assert len(lines) == 36
    past = [each for each in lines if each.asked.due and each.asked.due < clerk.at.date()]
    assert {each.row.code for each in past} >= {"O-03", "O-09", "O-10", "O-11", "O-13", "O-14"}
    assert {each.standing.state for each in past} <= {State.MET, State.OVERDUE}
    assert {each.row.code for each in lines if each.standing.state is State.MET} == {
        "O-03",
        "O-14",
        "X-08",
    }


def test_an_observation_of_the_portal_meets_the_seven_hundred(clerk):
    observe(clerk, "portal.services", 761, date(2025, 6, 30))

    assert stand(clerk, "O-10").standing.state is State.MET
    assert stand(clerk, "X-10").standing.state is State.MET


def test_an_obligation_without_a_deadline_gets_one_and_every_day_is_kept(clerk):
    actions.set_day(clerk, "O-04a", due=date(2026, 9, 1), reason="Minutes 4.")
    actions.set_day(clerk, "O-04a", due=date(2026, 12, 1), reason="Minutes 5.")

    found = queries.one(clerk, "O-04a")

    assert (found.line.asked.due, found.line.asked.due_from) == (
        date(2026, 12, 1),
        DueFrom.COMMISSION,
    )
    assert [each.reason for each in found.days] == ["Minutes 5.", "Minutes 4."]
    assert queries.one(clerk, "O-04a").line.standing.state is State.IN_TIME


@pytest.mark.parametrize(
    ("code", "due", "reason", "refusal"),
    [
        ("O-10", date(2027, 1, 1), "Why.", DayInTheText),
        ("O-02", date(2027, 1, 1), "Why.", DayInTheText),
        ("O-04a", date(2026, 1, 1), "Why.", UnfitDay),
        ("O-04a", date(2099, 1, 1), "Why.", UnfitDay),
        ("O-04a", date(2027, 1, 1), " ", ReasonMissing),
        ("O-99", date(2027, 1, 1), "Why.", NotFound),
    ],
)
def test_a_deadline_is_set_only_where_the_text_has_none(clerk, code, due, reason, refusal):
    with pytest.raises(refusal):
        actions.set_day(clerk, code, due=due, reason=reason)


def test_the_same_deadline_is_not_set_twice(clerk):
    actions.set_day(clerk, "O-04a", due=date(2026, 9, 1), reason="Minutes 4.")

    with pytest.raises(DayStands):
        actions.set_day(clerk, "O-04a", due=date(2026, 9, 1), reason="Minutes 5.")


def test_a_proof_counts_until_it_is_withdrawn_and_is_kept_then(clerk, settings, tmp_path):
    settings.DATA = tmp_path
    made = actions.prove(
        clerk,
        "X-02",
        text="The portal is open to all.",
        day=date(2024, 12, 1),
        file=("act.txt", b"Signed."),
    )

    proved = stand(clerk, "X-02").standing
    actions.unprove(clerk, made.code)
    after = queries.one(clerk, "X-02")

    assert (proved.state, proved.since, proved.proof.code) == (
        State.MET,
        date(2024, 12, 1),
        made.code,
    )
    assert made.file.name == "act.txt"
    assert after.line.standing.state is State.OVERDUE
    assert after.proofs[0].withdrawn_by == clerk.by
    with pytest.raises(ProofWithdrawn):
        actions.unprove(clerk, made.code)
    deeds = Entry.objects.filter(thing="X-02").values_list("deed", flat=True)
    assert set(deeds) == {"obligation.proved", "obligation.unproved"}


@pytest.mark.parametrize(
    ("code", "changed", "refusal"),
    [
        ("X-02", {"text": "Done."}, ThinProof),
        ("X-02", {"link": ""}, ThinProof),
        ("X-02", {"day": date(2026, 3, 3)}, DayToCome),
        ("O-14", {}, FactStays),
        ("X-99", {}, NotFound),
    ],
)
def test_a_proof_is_of_the_past_and_can_be_checked(clerk, code, changed, refusal):
    told = {"text": "The portal is open.", "day": date(2026, 3, 2), "link": "https://a.uz"}

    with pytest.raises(refusal):
        actions.prove(clerk, code, **{**told, **changed})


def test_a_group_secretary_or_an_analyst_proves_nothing(clerk, as_analyst):
    for stamp in (as_analyst, secretary(clerk, "WG-1")):
        with pytest.raises(NotAllowed):
            actions.prove(
                stamp,
                "X-02",
                text="The portal is open.",
                day=date(2025, 1, 1),
                link="https://a.uz",
            )


def test_the_board_asks_the_same_number_of_questions_however_much_is_kept(
    clerk, django_assert_num_queries
):
    later = [clerk.at.date() + timedelta(days=days) for days in range(30, 50)]
    queries.board(clerk)  # surveys are kept from here on
    with django_assert_num_queries(6):
        queries.board(clerk)

    for day in later:
        actions.set_day(clerk, "O-04a", due=day, reason="Minutes.")
        actions.prove(
            clerk,
            "O-04b",
            text="Every formula is there.",
            day=clerk.at.date(),
            link="https://a.uz",
        )
        observe(clerk, "portal.services", 700, day)

    with django_assert_num_queries(6):
        queries.board(clerk)
