"""Working groups: five to begin with, their tasks, who sits in them, and what roles go with it."""

from datetime import date, timedelta

import pytest

from marra.commission.actions.groups import adopt_groups, change_group, close_group, open_group
from marra.commission.actions.members import add_member, end_member
from marra.commission.actions.readings import decide_reading
from marra.commission.queries import groups as queries
from marra.commission.rules.groups import (
    ChangedMeanwhile,
    Field,
    GroupClosed,
    GroupThere,
    MemberGone,
    MemberSits,
    OneTaskEach,
    SeatTaken,
    UnfitNumber,
    UnfitTerm,
    UnknownSeat,
    packaged,
)
from marra.evidence.rules.indicators import NoSuchIndicator
from marra.kit.errors import NotAllowed, NotFound
from marra.kit.titles import UnfitTitle
from marra.people import queries as people
from marra.people.rules.rights import Role, RoleMissing
from tests.commission.acts import secretary
from tests.people.make import account

pytestmark = pytest.mark.django_db

NAMES = {"uz": "Sinov guruhi", "ru": "Группа испытаний", "en": "Trial group"}
TODAY = date(2026, 3, 2)


@pytest.fixture
def clerk(as_administrator):
    """The Commission's secretary."""
    return secretary(as_administrator)


def sits(stamp, code: str = "WG-1", **changed: object):
    told = {"full_name": "Nodira Karimova", "seat": "member", "since": TODAY}
    return add_member(stamp, code, **{**told, **changed})


def roles(holder) -> set[tuple[Role, str]]:
    return {each for each in people.roles_of(holder) if each[0] in list(Role)[:8]}


# ── Groups ───────────────────────────────────────────────────────────────────────────────────


def test_five_groups_begin_with_one_task_each_and_nobody_in_them(clerk, as_administrator):
    groups = queries.standing(clerk)

    assert [each.code for each in groups] == [each.code for each in packaged()]
    assert [[clause.number for clause in each.clauses.all()] for each in groups] == [
        ["P4-a"],
        ["P4-b"],
        ["P4-c"],
        ["P4-d"],
        ["P4-e"],
    ]
    assert {each.basis for each in groups} == {"assumed"}
    assert not queries.sitting(clerk)
    assert all(each.obligations.count() == len(told.obligations) for each, told in zip(
        groups, packaged(), strict=True
    ))  # fmt: skip
    assert adopt_groups(as_administrator) == ()


def test_what_somebody_changed_or_closed_stays_so_at_the_next_setup(clerk, as_administrator):
    change_group(clerk, "WG-1", version=1, **NAMES)
    close_group(clerk, "WG-2")

    assert adopt_groups(as_administrator) == ()

    assert queries.visible_to(clerk).named("WG-1").name.en == "Trial group"
    assert "WG-2" not in [each.code for each in queries.standing(clerk)]


def test_a_group_is_opened_under_its_number_once(clerk):
    made = open_group(clerk, number=6, **NAMES)

    assert (made.code, made.name.uz_cyrl) == ("WG-6", "Синов гуруҳи")
    with pytest.raises(GroupThere):
        open_group(clerk, number=6, **NAMES)
    with pytest.raises(UnfitNumber):
        open_group(clerk, number=0, **NAMES)
    with pytest.raises(UnfitTitle):
        open_group(clerk, number=7, uz="", ru="Да", en="Yes")


def test_tasks_obligations_and_indicators_are_many_to_many(clerk):
    change_group(
        clerk,
        "WG-1",
        version=1,
        **NAMES,
        clauses=["pq-308/P4-a", "pq-308/P4-b"],
        obligations=["O-05a", "O-04a"],
        indicators=["tii.mobile", "egdi.rank"],
    )

    group = queries.visible_to(clerk).named("WG-1")
    assert [each.number for each in group.clauses.all()] == ["P4-a", "P4-b"]
    assert {each.code for each in group.obligations.all()} == {"O-04a", "O-05a"}
    assert (group.indicators, group.version, group.basis) == (
        ["tii.mobile", "egdi.rank"],
        2,
        "entered",
    )
    with pytest.raises(NoSuchIndicator):
        change_group(clerk, "WG-1", version=2, **NAMES, indicators=["no.such"])


def test_the_second_of_two_who_change_a_group_is_told_what_the_first_changed(clerk):
    change_group(clerk, "WG-1", version=1, **NAMES, clauses=["pq-308/P4-a"])

    with pytest.raises(ChangedMeanwhile) as refused:
        change_group(clerk, "WG-1", version=1, **{**NAMES, "en": "Mine"})

    assert refused.value.facts["changed"] == (
        Field.NAMES,
        Field.OBLIGATIONS,
        Field.INDICATORS,
    )
    assert queries.visible_to(clerk).named("WG-1").name.en == "Trial group"


def test_each_group_has_one_task_if_the_commission_reads_it_so(clerk):
    two = ["pq-308/P4-a", "pq-308/P4-b"]
    decide_reading(clerk, "groups-and-tasks", answer="one", reason="Minutes 4.")

    with pytest.raises(OneTaskEach):
        change_group(clerk, "WG-1", version=1, **NAMES, clauses=two)
    assert change_group(clerk, "WG-1", version=1, **NAMES, clauses=two[:1]).version == 2


def test_a_closed_group_changes_no_more_and_its_members_have_left(clerk):
    member = sits(clerk)

    close_group(clerk, "WG-1")

    member.refresh_from_db()
    assert member.until == TODAY
    for act in (close_group, lambda s, c: change_group(s, c, version=1, **NAMES), sits):
        with pytest.raises(GroupClosed):
            act(clerk, "WG-1")


# ── Members ──────────────────────────────────────────────────────────────────────────────────


def test_who_sits_is_named_by_seat_and_who_left_stays_in_the_history(clerk):
    left = sits(clerk, full_name="Aziz Rahimov", since=TODAY - timedelta(days=400))
    end_member(clerk, left.code, until=TODAY - timedelta(days=30))
    sits(clerk, full_name="Bobur Aliyev")
    sits(clerk, full_name="Zilola Saidova", seat="head", document="Order 12 of 01.03.2026")

    found = [(each.full_name, each.role, each.until) for each in queries.roster(
        clerk, queries.named(clerk, "WG-1")
    )]  # fmt: skip

    assert found == [
        ("Zilola Saidova", "head", None),
        ("Bobur Aliyev", "member", None),
        ("Aziz Rahimov", "member", TODAY - timedelta(days=30)),
    ]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"seat": "chair"}, UnknownSeat),
        ({"full_name": ""}, UnfitTitle),
        ({"since": TODAY + timedelta(days=1)}, UnfitTerm),
        ({"body": "no-such-body"}, NotFound),
        ({"account": "no.such"}, NotFound),
        ({"code": "WG-99"}, NotFound),
    ],
)
def test_a_membership_that_cannot_be_is_refused(clerk, changed, refusal):
    with pytest.raises(refusal):
        sits(clerk, **changed)


def test_nobody_sits_twice_and_a_group_has_one_head(clerk):
    head = sits(clerk, seat="head")

    with pytest.raises(MemberSits):
        sits(clerk)
    with pytest.raises(SeatTaken):
        sits(clerk, full_name="Aziz Rahimov", seat="head")
    end_member(clerk, head.code, until=TODAY)
    assert sits(clerk, full_name="Aziz Rahimov", seat="head").role == "head"


def test_a_membership_ends_once_and_not_before_it_began(clerk):
    member = sits(clerk, since=TODAY - timedelta(days=5))

    for until in (TODAY + timedelta(days=1), TODAY - timedelta(days=6)):
        with pytest.raises(UnfitTerm):
            end_member(clerk, member.code, until=until)
    end_member(clerk, member.code, until=TODAY)
    with pytest.raises(MemberGone):
        end_member(clerk, member.code, until=TODAY)


@pytest.mark.parametrize(
    ("seat", "role"),
    [("head", Role.GROUP_HEAD), ("secretary", Role.SECRETARY), ("member", Role.GROUP_MEMBER)],
)
def test_a_member_with_an_account_gets_the_role_of_the_seat_and_loses_it_with_it(
    clerk, as_administrator, seat, role
):
    holder = account(as_administrator, "n.karimova")

    member = sits(clerk, seat=seat, account="n.karimova")
    during = roles(holder)
    end_member(clerk, member.code, until=TODAY)

    assert during == {(role, "WG-1")}
    assert roles(holder) == set()


def test_a_groups_own_secretary_enters_members_of_that_group_alone(clerk, as_administrator):
    holder = account(as_administrator, "n.karimova")
    own = secretary(clerk, "WG-1")

    sits(own, account="n.karimova")

    assert roles(holder) == {(Role.GROUP_MEMBER, "WG-1")}
    for code in ("WG-2", "commission"):
        with pytest.raises(NotAllowed):
            sits(own, code=code)


def test_a_role_that_was_there_before_is_not_given_twice(clerk, as_administrator):
    holder = account(as_administrator, "n.karimova")
    from marra.people.actions import appoint

    appoint(as_administrator, holder.code, role="group member", body="WG-1")

    member = sits(clerk, account="n.karimova")
    end_member(clerk, member.code, until=TODAY)

    assert roles(holder) == set()


def test_the_roles_of_the_commission_are_given_by_an_administrator_alone(clerk, as_administrator):
    holder = account(as_administrator, "n.karimova")

    with pytest.raises((RoleMissing, NotFound)):
        sits(clerk, "commission", seat="chair", account="n.karimova")
    sits(as_administrator, "commission", seat="chair", account="n.karimova")
    sits(clerk, "commission", full_name="Aziz Rahimov")

    assert roles(holder) == {(Role.CHAIR, "")}
    assert [each.role for each in queries.roster(clerk, None)] == ["chair", "member"]


def test_closing_a_group_takes_the_roles_of_its_members(clerk, as_administrator):
    holder = account(as_administrator, "n.karimova")
    sits(clerk, seat="head", account="n.karimova")

    close_group(clerk, "WG-1")

    assert roles(holder) == set()
