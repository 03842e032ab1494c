"""The packaged backtest is the one that comes out, and its odds are as honest as it says."""

import runpy
from dataclasses import astuple
from pathlib import Path

import numpy as np
import pytest

from marra.index.components import components, components_version
from marra.index.projection.method import VERSION
from marra.index.projection.project import project_informed
from marra.index.projection.reliability import EDGES, classes
from marra.index.projection.skill import HOUSE, NOWCAST, skill
from tests.index.projection.make import surveys

SCRIPT = Path(__file__).parents[3] / "scripts/make_backtest.py"
STALE = "Figures or method have changed. Run: python scripts/make_backtest.py"


def test_it_holds_for_the_packaged_figures_and_the_method_in_use():
    found = skill()
    data_version, method_version = found.tested.data_version, found.tested.method_version

    rng = np.random.default_rng(0)
    now = project_informed(surveys(), to=2026, rng=rng, futures=10)

    assert found.holds_for(now.data_version, now.method_version), STALE
    assert data_version.endswith(components_version(components())), STALE
    assert method_version == VERSION, STALE
    assert not found.holds_for("other", VERSION)
    assert not found.holds_for(data_version, "other")


@pytest.mark.once
@pytest.mark.slow
def test_making_it_anew_gives_the_same():
    made = runpy.run_path(str(SCRIPT))["made"]()

    kept = skill()
    assert len(made.tested.cells) == len(kept.tested.cells)
    for now, then in zip(made.tested.cells, kept.tested.cells, strict=True):
        assert (now.origin, now.horizon, now.method) == (then.origin, then.horizon, then.method)
        assert now.scores.keys() == then.scores.keys()
        for name, scores in now.scores.items():
            assert astuple(scores) == pytest.approx(astuple(then.scores[name]), abs=1e-4)
            assert astuple(now.zone[name]) == pytest.approx(astuple(then.zone[name]), abs=1e-4)
    for now, then in zip(made.classes, kept.classes, strict=True):
        assert astuple(now) == pytest.approx(astuple(then), abs=1e-4)


@pytest.mark.parametrize("years", [2, 4, 6])
def test_what_the_house_shows_beats_todays_place_and_late_inputs_cost_something(years):
    tested = skill().tested
    crps = {
        name: tested.horizon(years, name).rank_crps for name in (HOUSE, NOWCAST, "persistence")
    }

    assert crps[NOWCAST] < crps[HOUSE] < 0.95 * crps["persistence"]
    assert 0.76 <= tested.horizon(years, HOUSE).coverage_80 <= 0.86


def test_odds_are_about_as_often_true_as_they_say():
    for each in skill().classes:
        chance = each.odds * (1 - each.odds) / each.forecasts
        # Forecasts are not independent: a class of n tells about as much as one of n / 4.
        assert abs(each.came - each.odds) <= 2.5 * 2 * chance**0.5 + 0.01, each


def test_classes_hold_every_forecast_once():
    rng = np.random.default_rng(3)
    odds = np.concatenate([rng.random(500), np.array(EDGES)])

    found = classes(odds, odds > 0.5)

    assert sum(each.forecasts for each in found) == len(odds)
    assert all(each.low <= each.odds <= each.high for each in found)
