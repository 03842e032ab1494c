"""The ladder, day by day: nobody is told twice, rungs rise, and what is done is left in peace."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from marra.commission.rules.assignments import OPEN, OWED, State
from marra.commission.rules.ladder import (
    DEADLINE,
    Due,
    Of,
    Watched,
    due_notices,
    kind,
    ladder,
    next_step,
)
from marra.commission.rules.notices import KINDS
from marra.kit.days import add_working, is_working, working_days

MONDAY = date(2026, 3, 2)
DAYS = st.integers(0, 120).map(lambda n: MONDAY + timedelta(days=n))
OWING = st.sampled_from(sorted(OWED))


def walk(thing, days, told=()):
    """What is told on each of the days, one after the other."""
    known, found = set(told), []
    for day in days:
        dues = due_notices(thing, day, known)
        known |= {due.mark for due in dues}
        found += [(day, due) for due in dues]
    return found


def days_from(start, count, gaps=()):
    every = (start + timedelta(days=n) for n in range(count))
    return [day for n, day in enumerate(every) if n not in gaps]


@given(deadline=DAYS, state=OWING, gaps=st.sets(st.integers(0, 150)))
def test_nobody_is_told_twice_and_rungs_rise(deadline, state, gaps):
    found = walk(Watched(state, deadline), days_from(MONDAY, 150, gaps))

    marks = [due.mark for _, due in found]
    rungs = [due.step.rung for _, due in found]
    assert len(marks) == len(set(marks))
    assert rungs == sorted(rungs)


@given(deadline=DAYS, state=OWING, gaps=st.sets(st.integers(0, 150)))
def test_a_delay_reaches_the_top_however_often_the_house_stood_still(deadline, state, gaps):
    days = days_from(MONDAY, 150, gaps)
    late = [day for day in days if is_working(day) and working_days(deadline, day) >= 10]
    found = {due.step.code for _, due in walk(Watched(state, deadline), days)}

    after = {step.code for step in ladder().steps if step.of is Of.DEADLINE and step.days > 0}
    assert not late or after <= found


@given(deadline=DAYS, day=DAYS, state=st.sampled_from(sorted(set(State) - OPEN)))
def test_nothing_is_told_of_what_is_a_draft_done_or_removed(deadline, day, state):
    thing = Watched(state, deadline, (("checkpoint-1", day),), submitted=MONDAY)

    assert due_notices(thing, day) == ()
    assert next_step(thing, day) is None


@given(deadline=DAYS, day=DAYS, state=OWING)
def test_days_off_are_days_off(deadline, day, state):
    thing = Watched(state, deadline, (("checkpoint-1", day),))

    assert is_working(day) or due_notices(thing, day) == ()


@given(deadline=DAYS, day=DAYS, state=OWING)
def test_before_the_day_one_step_is_told_and_after_it_none_of_before(deadline, day, state):
    found = due_notices(Watched(state, deadline), day)

    if day <= deadline:
        assert len(found) <= 1
        assert all(due.step.days <= 0 for due in found)
    else:
        assert all(due.step.days > 0 for due in found)


@given(interim=DAYS, deadline=DAYS, gaps=st.sets(st.integers(0, 150)))
def test_interim_days_have_steps_of_their_own_until_the_deadline(interim, deadline, gaps):
    thing = Watched(State.NEW, deadline, (("checkpoint-1", interim),))
    found = walk(thing, days_from(MONDAY, 150, gaps))

    between = [(day, due) for day, due in found if due.target == "checkpoint-1"]
    assert all(day <= deadline and due.day == interim for day, due in between)
    rungs = [due.step.rung for _, due in between]
    assert rungs == sorted(set(rungs))


@given(first=DAYS, more=st.integers(1, 60), interim=DAYS, asked=DAYS)
def test_more_time_begins_the_steps_of_the_deadline_anew_and_no_others(
    first, more, interim, asked
):
    thing = Watched(State.NEW, first, (("checkpoint-1", interim),))
    before = walk(thing, days_from(MONDAY, (asked - MONDAY).days + 1))
    told = {due.mark for _, due in before}

    later = replace(thing, deadline=first + timedelta(days=more))
    after = walk(later, days_from(asked, 100), told)

    assert all(due.day == later.deadline for _, due in after if due.target == DEADLINE)
    of_interim = [due.mark for _, due in [*before, *after] if due.target != DEADLINE]
    assert len(of_interim) == len(set(of_interim))


@given(deadline=DAYS, day=DAYS, state=OWING)
def test_what_comes_next_comes_on_the_day_that_was_foretold(deadline, day, state):
    thing = Watched(state, deadline)
    found = next_step(thing, day)

    if found is not None:
        due, days = found
        then = add_working(day, days)
        assert days > 0
        assert due.mark in {each.mark for each in due_notices(thing, then)}


def test_a_submission_waits_for_its_judges_and_not_for_its_body():
    thing = Watched(State.SUBMITTED, deadline=MONDAY, submitted=MONDAY)

    found = walk(thing, days_from(MONDAY, 30))

    assert [due.step.code for _, due in found] == ["verdict-waits", "verdict-late"]
    assert [working_days(MONDAY, day) for day, _ in found] == [3, 7]


def test_a_deadline_on_a_sunday_is_called_the_last_day_on_friday():
    sunday = date(2026, 11, 29)

    friday = due_notices(Watched(State.NEW, sunday), date(2026, 11, 27))
    monday = due_notices(Watched(State.NEW, sunday), date(2026, 11, 30))

    assert [due.step.code for due in friday] == ["today"]
    assert [due.step.code for due in monday] == ["over"]


def test_each_step_has_a_sentence_and_says_to_whom_and_no_two_share_a_name():
    steps = ladder().steps

    assert all(kind(Due(step, MONDAY)) in KINDS and step.to for step in steps)
    assert len({step.code for step in steps}) == len(steps)
