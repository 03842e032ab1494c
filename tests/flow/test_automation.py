"""A level is read off runs: more work by hand never raises it, and less never lowers it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.flow.automation import (
    BORNE_OUT,
    ENOUGH,
    NOT_DECIDED,
    NOT_PAID,
    REALITY,
    Actor,
    Counted,
    Deed,
    Level,
    Run,
    Start,
    Step,
    Verdict,
    composite,
    level,
    live,
    shares,
)

BY_HAND = Step(Deed.TASK, Actor.AUTHORITY)
ASKED = Step(Deed.FORM, Actor.APPLICANT)
CONFIRMED = Step(Deed.CONFIRM, Actor.APPLICANT)
PAID = Step(Deed.PAY, Actor.APPLICANT)
LOOKED = Step(Deed.LOOK_UP, Actor.SYSTEM)
DECIDED = Step(Deed.DECIDE, Actor.SYSTEM)
ISSUED = Step(Deed.ISSUE, Actor.SYSTEM)

STEPS = st.builds(Step, st.sampled_from(Deed), st.sampled_from(Actor))
RUNS = st.lists(
    st.builds(
        Run,
        st.lists(STEPS, max_size=6).map(tuple),
        granted=st.booleans(),
        start=st.sampled_from(Start),
        tracked=st.booleans(),
        prefilled=st.integers(0, 3),
        fee=st.booleans(),
    ),
    min_size=1,
    max_size=5,
)
VERDICTS = st.builds(Verdict, st.sampled_from([None, *Level]), st.just(()))


@pytest.mark.parametrize(
    ("steps", "more", "wanted"),
    [
        ((), {}, Level.NOTHING),
        ((BY_HAND,), {}, Level.NOTHING),
        ((ASKED, BY_HAND), {"tracked": False}, Level.FORM),
        ((ASKED, BY_HAND), {"fee": True}, Level.FORM),
        ((ASKED, PAID, BY_HAND), {"fee": True}, Level.TRACKED),
        ((ASKED, BY_HAND, ISSUED), {"prefilled": 2}, Level.PREFILLED),
        ((ASKED, LOOKED, ISSUED), {"prefilled": 1}, Level.PREFILLED),
        ((ASKED, LOOKED, DECIDED, ISSUED), {"prefilled": 1}, Level.STRAIGHT),
        ((ASKED, LOOKED, DECIDED, ISSUED), {"prefilled": 1, "granted": False}, Level.TRACKED),
        (
            (ASKED, LOOKED, DECIDED, ISSUED),
            {"prefilled": 1, "start": Start.REGISTER},
            Level.STRAIGHT,
        ),
        (
            (CONFIRMED, LOOKED, DECIDED, ISSUED),
            {"prefilled": 1, "start": Start.REGISTER},
            Level.PROACTIVE,
        ),
    ],
)
def test_a_run_proves_its_level(steps, more, wanted):
    run = replace(Run(steps, granted=True), **more)

    assert level([run]).level is wanted


@given(RUNS, st.data())
def test_adding_work_by_hand_never_raises_a_level(runs, data):
    one = data.draw(st.integers(0, len(runs) - 1))
    at = data.draw(st.integers(0, len(runs[one].steps)))
    steps = runs[one].steps
    slower = [*runs]
    slower[one] = replace(runs[one], steps=(*steps[:at], BY_HAND, *steps[at:]))

    assert level(slower).level <= level(runs).level


@given(RUNS)
def test_removing_work_by_hand_never_lowers_a_level(runs):
    freed = [
        replace(run, steps=tuple(step for step in run.steps if step != BY_HAND)) for run in runs
    ]

    assert level(freed).level >= level(runs).level


@given(RUNS)
def test_the_order_of_runs_and_repeating_them_change_nothing(runs):
    assert level(runs).level is level([*reversed(runs), *runs]).level


@given(RUNS)
def test_a_level_that_is_not_the_highest_says_why(runs):
    found = level(runs)

    assert bool(found.why) is (found.level is not Level.PROACTIVE)


def test_what_was_not_run_proves_nothing():
    assert level([]).level is None
    assert not level([]).proven


def test_a_fee_that_is_paid_at_a_counter_is_told():
    assert level([Run((ASKED,), granted=True, fee=True)]).why == (NOT_PAID,)


def test_who_lets_everything_through_without_a_decision_is_not_straight_through():
    run = Run((ASKED, ISSUED), granted=True, prefilled=1)

    assert level([run]).why == (NOT_DECIDED,)


@given(st.lists(VERDICTS, max_size=5), VERDICTS)
def test_a_composite_is_never_above_any_part(parts, one):
    found = composite([*parts, one])

    assert found.level is None or found.level <= one.level


def test_reality_takes_a_level_back_and_gives_none():
    proven = Verdict(Level.STRAIGHT, ())
    few = int(BORNE_OUT * ENOUGH) - 1

    assert live(proven, granted=ENOUGH, straight=few) == Verdict(Level.PREFILLED, (REALITY,))
    assert live(proven, granted=ENOUGH - 1, straight=0) is proven
    assert live(proven, granted=ENOUGH, straight=ENOUGH) is proven
    assert live(Verdict(Level.FORM, ()), granted=100, straight=100).level is Level.FORM
    assert live(Verdict(None, ()), granted=100, straight=100).level is None


@given(st.lists(st.builds(Counted, VERDICTS, st.booleans(), st.integers(0, 9)), max_size=9))
def test_only_what_is_proven_counts(services):
    found = shares(services)

    assert found.proven == sum((each.verdict.level or 0) >= 4 for each in services)
    assert found.proven_share == (found.proven / len(services) if services else None)
