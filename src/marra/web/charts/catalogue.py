"""The charts by name, and making one in a language.

Source: ours.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils import translation

from marra.evidence.queries import releases as queries
from marra.kit.errors import NotFound
from marra.kit.text import gettext_noop
from marra.web.charts import (
    climb,
    climb_steps,
    company,
    compare,
    coverage,
    episodes,
    fan,
    honest,
    odds,
    pillars,
    profile,
    rank_gains,
    skill,
    strip,
    trend,
    uplift,
    waterfall,
)
from marra.web.charts.asked import Asked
from marra.web.charts.chart import Chart
from marra.web.charts.reading import Surveys

Maker = Callable[[Surveys, Asked, str], Chart]


class NoSuchChart(NotFound):
    """No chart has that name."""

    sentence = gettext_noop("There is no chart “{name}”. Choose one of these: {names}.")


@dataclass(frozen=True, slots=True)
class Kind:
    """A chart's maker and the parameters that change it."""

    make: Maker
    takes: Sequence[str]


CHARTS: Final = {
    "trend": Kind(trend.rank_trend, trend.TAKES),
    "pillars": Kind(pillars.pillar_trends, pillars.TAKES),
    "profile": Kind(profile.profile, profile.TAKES),
    "gap": Kind(waterfall.gap_waterfall, waterfall.TAKES),
    "uncertainty": Kind(odds.rank_odds, odds.TAKES),
    "peers": Kind(company.peer_ranks, company.TAKES),
    "forecast": Kind(fan.rank_fan, fan.TAKES),
    "uplift": Kind(uplift.odds_by_uplift, uplift.TAKES),
    "skill": Kind(skill.distances, skill.TAKES),
    "skill-coverage": Kind(coverage.coverage, skill.TAKES),
    "skill-odds": Kind(honest.honest_odds, skill.TAKES),
    "distribution": Kind(strip.distribution, strip.TAKES),
    "compare": Kind(compare.rank_lines, compare.TAKES),
    "compare-parts": Kind(compare.part_bars, compare.TAKES),
    "climbers": Kind(episodes.episode_paths, episodes.TAKES),
    "rank-gains": Kind(rank_gains.gains_of_all, episodes.TAKES),
    "climb": Kind(climb.climb_ranks, climb.TAKES),
    "climb-gain": Kind(climb_steps.gain_steps, climb_steps.TAKES),
    "climb-lead": Kind(climb_steps.lead_steps, climb_steps.TAKES),
}
"""Every chart by its name in addresses."""


def kind(name: str) -> Kind:
    """The chart of that name."""
    if name not in CHARTS:
        raise NoSuchChart(name=name[:40], names=", ".join(CHARTS))
    return CHARTS[name]


def chart(name: str, asked: Asked, language: str) -> Chart:
    """The chart, made from the figures now in force; kept until they change."""
    return _made(name, asked, language, queries.data_version())


@lru_cache(maxsize=2048)
def _made(name: str, asked: Asked, language: str, _data_version: str) -> Chart:
    with translation.override(language):
        return kind(name).make(queries.surveys(), asked, language).measured()
