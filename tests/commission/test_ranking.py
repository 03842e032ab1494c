"""The ranking of bodies: places, ties, sides, and the colour that follows from counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.commission.rules.execution import Figures, Line
from marra.commission.rules.ranking import By, Light, Side, light, ranked
from marra.kit.text import Text

FEW = st.integers(0, 9)
FIGURES = st.builds(
    lambda on_time, late, overdue, waiting, returned: Figures(
        total=on_time + late + overdue + waiting, on_time=on_time, late=late, overdue=overdue,
        waiting=waiting, returned=returned, overdue_days=3 * late + overdue,
    ), FEW, FEW, FEW, FEW, FEW,
)  # fmt: skip


def body(code: str, led: Figures, helped: Figures | None = None) -> Line:
    return Line(code, Text(code, code, code, code), led, helped or Figures())


def places(lines: list[Line], by: By = By.SHARE, **told: object) -> list[tuple[str, int | None]]:
    return [(each.code, each.place) for each in ranked(lines, by, **told)]


BODIES = [
    body("a", Figures(total=10, on_time=9, overdue=1, overdue_days=90, returned=2)),
    body("b", Figures(total=4, on_time=3, late=1, overdue_days=2)),
    body("c", Figures(total=2, on_time=2), Figures(total=1, overdue=1)),
    body("d", Figures(total=3, running=3)),
    body("e", Figures(), Figures(total=5, on_time=4, late=1)),
]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (By.SHARE, [("c", 1), ("a", 2), ("b", 3), ("d", None)]),
        (By.ON_TIME, [("a", 1), ("b", 2), ("c", 3), ("d", None)]),
        (By.LATE, [("a", 1), ("c", 1), ("b", 3), ("d", None)]),
        (By.OVERDUE, [("b", 1), ("c", 1), ("a", 3), ("d", None)]),
        (By.RETURNED, [("b", 1), ("c", 1), ("a", 3), ("d", None)]),
        (By.DAYS, [("c", 1), ("b", 2), ("a", 3), ("d", None)]),
    ],
)
def test_each_figure_gives_its_own_places_and_equals_share_one(by, expected):
    assert places(BODIES, by) == expected


def test_co_executors_are_ranked_apart_from_leads():
    assert places(BODIES, side=Side.HELPED) == [("e", 1), ("c", 2)]


def test_the_worst_can_stand_first_with_the_places_they_have():
    assert places(BODIES, worst_first=True) == [("b", 3), ("a", 2), ("c", 1), ("d", None)]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (Figures(on_time=8, late=1, overdue=2), (Light.RED, 2)),
        (Figures(on_time=8, late=1), (Light.AMBER, 1)),
        (Figures(on_time=8, running=4), (Light.GREEN, 8)),
        (Figures(running=4, waiting=2), (Light.NONE, 0)),
    ],
)
def test_a_colour_follows_from_counts_and_carries_its_number(figures, expected):
    assert light(figures) == expected


@given(st.lists(FIGURES, max_size=8), st.sampled_from(By), st.booleans())
def test_every_body_with_work_stands_once_and_places_follow_the_figure(told, by, worst_first):
    lines = [body(f"b{n}", each) for n, each in enumerate(told)]
    found = ranked(lines, by, worst_first=worst_first)

    assert sorted(each.code for each in found) == sorted(
        each.code for each in lines if each.led.total
    )
    having = [each for each in found if each.place is not None]
    assert [each.code for each in found[: len(having)]] == [each.code for each in having]
    for each in having:
        better = sum(_better(other.figures, each.figures, by) for other in having)
        assert each.place == better + 1


def _better(one: Figures, other: Figures, by: By) -> bool:
    if by is By.SHARE:
        return (one.share_on_time or 0) > (other.share_on_time or 0)
    if by is By.ON_TIME:
        return one.on_time > other.on_time
    name = {By.LATE: "late", By.OVERDUE: "overdue", By.RETURNED: "returned"}.get(by)
    name = name or "overdue_days"
    return bool(getattr(one, name) < getattr(other, name))
