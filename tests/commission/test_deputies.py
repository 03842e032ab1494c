"""Deputies: they act from a day until a day, say for whom, and lose the role with the end."""

from datetime import date, timedelta

import pytest

from marra.commission.actions import deputies, judging
from marra.commission.rules import assignments as rules
from marra.commission.rules import deputies as terms
from marra.people import actions as people
from marra.people.queries import roles_of
from marra.people.rules.rights import Role, Stamp
from tests.commission import assignments as make
from tests.conftest import NOON
from tests.people.make import account

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
ACTS = (Role.EXECUTOR, "digital")


def told(**changed: object) -> dict[str, object]:
    return {
        "body": "digital",
        "role": Role.EXECUTOR,
        "account": "orinbosar",
        "for_account": "ijrochi",
        "document": "Order 7 of 01.03.2026",
        "since": TODAY,
        "until": TODAY + timedelta(days=10),
        **changed,
    }


@pytest.fixture
def two(as_administrator):
    """Somebody who acts for a body, and somebody who is to stand in."""
    first = account(as_administrator, "ijrochi")
    people.appoint(as_administrator, first.code, role=Role.EXECUTOR, body="digital")
    return first, account(as_administrator, "orinbosar")


def at(days: int, stamp: Stamp) -> Stamp:
    return Stamp(stamp.by, NOON + timedelta(days=days), stamp.roles)


def test_a_deputy_gets_the_role_and_loses_it_with_the_end(as_administrator, two):
    _, deputy = two

    made = deputies.appoint_deputy(as_administrator, **told())
    during = roles_of(deputy)
    deputies.end_deputy(as_administrator, made.code)

    assert ACTS in during
    assert ACTS not in roles_of(deputy)
    with pytest.raises(terms.DeputyshipOver):
        deputies.end_deputy(as_administrator, made.code)


def test_a_deputyship_to_come_begins_on_its_day_and_ends_after_its_last(as_administrator, two):
    _, deputy = two
    since = TODAY + timedelta(days=5)
    deputies.appoint_deputy(as_administrator, **told(since=since))
    seen = []

    for days in (0, 5, 10, 11):
        deputies.settle_deputies(at(days, as_administrator))
        seen.append(ACTS in roles_of(deputy))

    assert seen == [False, True, True, False]


def test_whoever_held_the_role_before_keeps_it(as_administrator, two):
    _, deputy = two
    people.appoint(as_administrator, deputy.code, role=Role.EXECUTOR, body="digital")

    deputies.appoint_deputy(as_administrator, **told())
    deputies.settle_deputies(at(30, as_administrator))

    assert ACTS in roles_of(deputy)


def test_what_a_deputy_submits_says_for_whom_and_that_one_does_not_judge_it(as_administrator, two):
    first, deputy = two
    deputies.appoint_deputy(as_administrator, **told())
    made = make.assignment(make.secretary())
    acting = Stamp(deputy.code, NOON, roles_of(deputy))
    judge = Stamp(first.code, NOON, frozenset({(Role.SECRETARY, "")}))

    submitted = judging.submit(acting, made.code, **make.PROOF)

    assert submitted.on_behalf_of == first.code
    with pytest.raises(rules.OwnWork):
        judging.judge(judge, made.code, accept=True)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"for_account": "orinbosar"}, terms.OwnDeputy),
        ({"body": "health"}, terms.NobodyToActFor),
        ({"until": date(2026, 1, 1)}, terms.UnfitPeriod),
        ({"until": TODAY + timedelta(days=500)}, terms.UnfitPeriod),
        ({"role": Role.ADMINISTRATOR}, terms.UnfitDeputyRole),
        ({"role": Role.SECRETARY, "body": ""}, terms.UnfitDeputyRole),
    ],
)
def test_what_cannot_be_is_refused(as_administrator, two, changed, refusal):
    with pytest.raises(refusal):
        deputies.appoint_deputy(as_administrator, **told(**changed))


def test_nobody_acts_twice_in_one_place_on_one_day(as_administrator, two):
    deputies.appoint_deputy(as_administrator, **told())

    with pytest.raises(terms.ActsAlready):
        deputies.appoint_deputy(as_administrator, **told(since=TODAY + timedelta(days=3)))
