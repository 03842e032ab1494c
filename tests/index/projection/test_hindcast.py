"""What inputs known in advance would have been worth; the figures stand in the documentation."""

from functools import cache

import pytest

from marra.index.components import components
from marra.index.projection.hindcast import Hindcast, hindcast
from marra.index.projection.informed import RIDGE
from tests.index.projection.make import surveys


@cache
def found(*, own: bool = False) -> Hindcast:
    return hindcast(surveys(), components(), futures=500, own_formula=own)


@pytest.mark.parametrize("horizon", [2, 4, 6])
def test_evidence_makes_every_horizon_better_and_keeps_it_honest(horizon):
    informed, without = (found().horizon(horizon, name) for name in ("informed", "without"))

    assert informed.rank_crps < 0.94 * without.rank_crps
    assert informed.rank_mae < without.rank_mae
    assert 0.76 <= informed.coverage_80 <= 0.86
    assert informed.width_80 < without.width_80


def test_two_years_ahead_it_is_9_percent_better_than_today_and_14_with_the_formula_known():
    today = found().horizon(2, "persistence").rank_crps

    assert found().horizon(2).rank_crps < 0.915 * today
    assert found(own=True).horizon(2).rank_crps < 0.865 * today


def test_it_helps_least_where_the_formula_changed_unannounced():
    gain = {
        cell.origin: 1 - cell.scores["informed"].rank_crps / cell.scores["persistence"].rank_crps
        for cell in found().cells
        if cell.horizon == 2
    }

    assert max(gain[2018], gain[2022]) < min(gain[2014], gain[2016], gain[2020])


def test_the_penalty_in_use_is_the_one_chosen_on_all_origins_and_on_any_four():
    assert found().ridge == RIDGE
    assert {cell.ridge for cell in found().cells} == {RIDGE}


def test_every_hindcast_uses_only_what_its_origin_knew():
    for target, evidence in found().evidence.items():
        assert evidence.target == target == max(evidence.columns)
        assert evidence.formula == target - 2
