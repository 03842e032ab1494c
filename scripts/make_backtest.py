"""Make the backtest anew and keep its result: src/marra/index/projection/skill.json.

    .venv/bin/python scripts/make_backtest.py

Takes about half a minute. Run it when figures or method have changed; a test says so.
"""

import json
from pathlib import Path

from marra.index import known, load
from marra.index.components import components
from marra.index.projection.backtest import backtest
from marra.index.projection.hindcast import hindcast
from marra.index.projection.panel import EVERY
from marra.index.projection.reliability import reliability
from marra.index.projection.skill import Skill, together, written

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src/marra/index/projection/skill.json"
GOAL = 30


def made() -> Skill:
    """The result on the packaged figures."""
    surveys = {year: load(year) for year in known()}
    told = hindcast(surveys, components())
    late = hindcast(surveys, components(), as_late_as=max(surveys) + EVERY)
    return together(backtest(surveys), told, late, reliability(surveys, late, GOAL), GOAL)


if __name__ == "__main__":
    TARGET.write_text(json.dumps(written(made()), indent=1) + "\n", encoding="utf-8")
    print(TARGET.relative_to(ROOT))
