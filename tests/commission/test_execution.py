"""Execution figures: what became of what was due, by a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.commission.queries.execution import execution
from marra.commission.rules.assignments import State
from marra.commission.rules.execution import Course, Ending, ending, tally
from tests.commission import assignments as make
from tests.conftest import NOON

DUE = date(2026, 3, 31)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
LATER = DUE + timedelta(days=4)


def course(state: State = State.NEW, **told: object) -> Course:
    return Course(state, DUE, DUE, **told)


@pytest.mark.parametrize(
    ("found", "on", "expected"),
    [
        (course(), DUE, Ending.RUNNING),
        (course(), LATER, Ending.OVERDUE),
        (course(State.SUBMITTED, submitted_on=DUE), LATER, Ending.WAITING),
        (course(State.RETURNED, submitted_on=DUE), LATER, Ending.OVERDUE),
        (course(State.DONE, delivered_on=DUE, done_on=LATER), LATER, Ending.ON_TIME),
        (course(State.DONE, delivered_on=LATER, done_on=LATER), LATER, Ending.LATE),
        (course(State.REMOVED, removed_on=DUE), LATER, Ending.REMOVED),
    ],
)
def test_an_assignment_ends_by_the_day_of_its_submission(found, on, expected):
    assert ending(found, on) is expected


def test_what_was_accepted_later_still_waited_on_the_day_asked_for():
    found = course(State.DONE, submitted_on=DUE, delivered_on=DUE, done_on=LATER)

    assert ending(found, DUE) is Ending.WAITING


@given(st.lists(st.builds(
    Course, st.sampled_from(State), DAYS, DAYS, st.none() | DAYS, st.none() | DAYS,
    st.none() | DAYS, st.none() | DAYS,
)), DAYS)  # fmt: skip
def test_each_assignment_counts_once(courses, on):
    found = tally(courses, on)

    parts = (found.on_time, found.late, found.waiting, found.overdue, found.running, found.removed)
    assert sum(parts) == found.total == len(courses)
    assert (found.overdue_days > 0) == (found.overdue + found.late > 0)
    assert found.share_on_time is None or 0 <= found.share_on_time <= 1


@pytest.mark.django_db
def test_a_body_counts_as_lead_and_as_helper_apart():
    make.done(make.secretary(), deadline=DUE, co_executors=["health"])
    make.assignment(make.secretary(), deadline=DUE, lead="health")
    make.assignment(make.secretary(), deadline=DUE, give=False)

    found = execution(date(2026, 1, 1), DUE, on=LATER)
    lines = {line.code: line for line in found.bodies}

    assert (found.total.total, found.total.on_time, found.total.overdue) == (2, 1, 1)
    assert (lines["digital"].led.on_time, lines["digital"].helped.total) == (1, 0)
    assert (lines["health"].led.overdue, lines["health"].helped.on_time) == (1, 1)
    assert found.bodies[0].code == "health"  # the worst first


@pytest.mark.django_db
def test_what_was_left_from_before_a_period_counts_in_it():
    made = make.assignment(make.secretary(), deadline=NOON.date())

    found = execution(date(2026, 4, 1), date(2026, 6, 30))

    assert found.total.overdue == 1
    assert found.total.overdue_days == (date(2026, 6, 30) - made.deadline).days
