"""Targets and responsible bodies: set by those who may, the last one stands."""

from datetime import date, timedelta
from types import SimpleNamespace as Row

import pytest

from marra.evidence.actions import collecting, steering
from marra.evidence.queries import indicators as queries
from marra.evidence.queries.board import board
from marra.evidence.rules import steering as rules
from marra.evidence.rules.board import Goal, State, at_place, goal_ahead, state, yearly
from marra.evidence.rules.indicators import indicator
from marra.index.load import load
from marra.people.rules import Role, RoleMissing, Stamp
from tests.conftest import NOON
from tests.evidence.test_taking import body

SERVICES = indicator("portal.services")


@pytest.fixture
def chair():
    return Stamp("account-c", NOON, frozenset({(Role.CHAIR, ""), (Role.VISITOR, "")}))


def aim(stamp, value=700, day=date(2024, 12, 31), **changed):
    told = {"place": "UZB", "source": "PQ-308, P6", **changed}
    return steering.set_target(stamp, "portal.services", value=value, day=day, **told)


# ── Rules ────────────────────────────────────────────────────────────────────────────────────


def row(value, day, basis="announced"):
    return Row(value=value, day=day, basis=basis, unit="services")


@pytest.mark.parametrize(
    ("values", "goal", "expected"),
    [
        ([], None, State.NO_VALUE),
        ([row(500, date(2025, 1, 1))], None, State.NO_TARGET),
        ([row(700, date(2025, 1, 1))], Goal(700, date(2024, 12, 31)), State.REACHED),
        ([row(699, date(2025, 1, 1))], Goal(700, date(2024, 12, 31)), State.MISSED),
        ([row(500, date(2025, 1, 1))], Goal(700, date(2027, 12, 31)), State.BEHIND),
        (
            [row(400, date(2025, 1, 1)), row(500, date(2026, 1, 1))],
            Goal(700, date(2028, 1, 1)),
            State.ON_COURSE,
        ),
        (
            [row(400, date(2025, 1, 1)), row(500, date(2026, 1, 1))],
            Goal(701, date(2028, 1, 1)),
            State.BEHIND,
        ),
        (
            [row(100, date(2025, 1, 1), "counted"), row(500, date(2026, 1, 1))],
            Goal(700, date(2028, 1, 1)),
            State.BEHIND,
        ),
    ],
)
def test_a_value_stands_against_its_target_at_the_pace_of_its_own_basis(values, goal, expected):
    assert state(SERVICES, values, goal, date(2026, 3, 2)) == expected


def test_less_is_better_where_the_indicator_says_so():
    ranks = [Row(value=29, day=date(2024, 12, 31), basis="published", unit="place")]

    assert state(indicator("egdi.rank"), ranks, Goal(30, date(2030, 1, 1)), date(2026, 3, 2)) == (
        State.REACHED
    )


def test_the_pace_is_that_of_the_last_year():
    rows = [row(0, date(2020, 1, 1)), row(100, date(2025, 1, 1)), row(200, date(2026, 1, 2))]

    assert yearly(rows) == pytest.approx(100, rel=0.01)


def test_the_next_goal_counts_and_the_last_one_when_all_are_past():
    goals = [Goal(1, date(2024, 1, 1)), Goal(2, date(2025, 1, 1))]

    assert goal_ahead(goals, date(2024, 6, 1)).value == 2
    assert goal_ahead(goals, date(2026, 6, 1)).value == 2
    assert goal_ahead([], date(2026, 6, 1)) is None


def test_place_30_of_a_component_is_its_own_thirtieth_value():
    survey = load(2024)
    better = sorted((v for v in survey.pillars[:, 1].tolist()), reverse=True)

    assert at_place(survey, indicator("tii")) == better[29]
    prices = survey.inputs[:, survey.input_names.index("tii.basket_mobile")]
    assert at_place(survey, indicator("tii.basket_mobile")) == sorted(prices[prices == prices])[29]


# ── Actions ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_target_of_the_same_day_takes_the_place_of_the_one_before(chair):
    aim(chair)
    aim(chair, value=750)
    aim(chair, value=1000, day=date(2027, 12, 31))

    assert [each.value for each in queries.targets("UZB")["portal.services"]] == [750, 1000]
    with pytest.raises(rules.TargetStands):
        aim(chair, value=750)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"value": -1}, rules.TargetOutOfRange),
        ({"source": ""}, rules.NoSource),
        ({"place": "XX"}, rules.NoSuchPlaceToObserve),
    ],
)
def test_a_target_that_means_nothing_is_refused(chair, changed, refusal):
    with pytest.raises(refusal):
        aim(chair, **changed)


@pytest.mark.django_db
def test_a_withdrawn_target_aims_no_more(chair, as_analyst):
    made = aim(chair)

    with pytest.raises(RoleMissing):
        steering.withdraw_target(as_analyst, made.code)
    steering.withdraw_target(chair, made.code)

    assert not queries.targets("UZB")
    with pytest.raises(rules.TargetGone):
        steering.withdraw_target(chair, made.code)


@pytest.mark.django_db
def test_the_body_that_was_set_last_answers(as_administrator):
    body(), body("body-2")

    for code in ("body-1", "body-2"):
        steering.set_responsible(as_administrator, "portal.services", body=code)

    assert queries.responsible()["portal.services"].body.code == "body-2"
    with pytest.raises(rules.AnswersAlready):
        steering.set_responsible(as_administrator, "portal.services", body="body-2")


@pytest.mark.django_db
def test_the_board_shows_each_indicator_with_value_target_gap_and_state(as_administrator, chair):
    collecting.adopt(as_administrator)
    collecting.collect(as_administrator)
    aim(chair)

    lines = {each.measured.code: each for each in board("UZB", as_administrator)}

    assert lines["portal.services"].state is State.REACHED
    assert lines["portal.services"].last.value == 761
    assert lines["osi"].gap == pytest.approx(0.87492 - 0.76484)
    assert lines["emergency.regions"].state is State.NO_VALUE
    assert lines["egdi.rank"].gap == 63 - 30


@pytest.mark.django_db
def test_the_board_costs_the_same_for_ten_times_the_observations(
    as_administrator, django_assert_max_num_queries
):
    collecting.adopt(as_administrator)
    board("UZB", as_administrator)
    from marra.evidence.models.observations import Observation

    first = Observation.objects.first()
    many = []
    for number in range(400):
        first.pk, first.code = None, f"observation-x{number}"
        first.day = date(2020, 1, 1) + timedelta(days=number)
        many.append(Observation(**{f.attname: getattr(first, f.attname)
                                   for f in Observation._meta.fields}))  # fmt: skip
    Observation.objects.bulk_create(many)

    with django_assert_max_num_queries(5):
        board("UZB", as_administrator)
