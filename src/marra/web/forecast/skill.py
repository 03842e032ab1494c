"""How good such forecasts were: the packaged backtest, in words, pictures and tables."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marra.evidence.queries import releases as queries
from marra.index.projection.backtest import Backtest
from marra.index.projection.skill import HOUSE, skill
from marra.web import layout
from marra.web.charts.catalogue import chart
from marra.web.charts.future import futures
from marra.web.charts.skill import TODAY, gain
from marra.web.index.address import asked
from marra.web.index.drawn import figures

CHARTS: Final = ("skill", "skill-odds", "skill-coverage")


def show(request: HttpRequest) -> HttpResponse:
    """The backtest."""
    state, language = asked({}), layout.language()
    found, now = skill(), futures()
    tested = found.tested
    gains = [gain(tested, years) for years in tested.horizons]
    context = {
        "tested": tested,
        "nearer": nearer(tested),
        "forecasts": len(tested.cells),
        "least": 100 * min(gains),
        "most": 100 * max(gains),
        "is_better": min(gains) > 0,
        "holds": found.holds_for(now.data_version, now.method_version),
        "now": now,
        "origins": sorted({cell.origin for cell in tested.cells}),
        "methods": sorted({cell.method.name for cell in tested.cells}),
        "figures": figures(CHARTS, state, language),
        "by_horizon": chart("skill", state, language).table,
        "by_origin": chart("skill-coverage", state, language).table,
        "data_version": queries.data_version(),
    }
    return render(request, "forecast/skill.html", context)


def nearer(tested: Backtest) -> int:
    """How many forecasts were nearer to what came than today's place was."""
    return sum(
        cell.scores[HOUSE].rank_crps < cell.scores[TODAY].rank_crps for cell in tested.cells
    )
