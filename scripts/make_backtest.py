"""Make the backtest anew and keep its result: src/marra/index/projection/skill.json.

    .venv/bin/python scripts/make_backtest.py

Takes about a quarter of a minute. Run it when figures or method have changed; a test says so.
"""

import json
from pathlib import Path

from marra.index import known, load
from marra.index.projection.backtest import backtest
from marra.index.projection.reliability import reliability
from marra.index.projection.skill import Skill, written

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src/marra/index/projection/skill.json"
GOAL = 30


def made() -> Skill:
    """The result on the packaged figures."""
    surveys = {year: load(year) for year in known()}
    tested = backtest(surveys)
    return Skill(tested, GOAL, reliability(surveys, tested, GOAL))


if __name__ == "__main__":
    TARGET.write_text(json.dumps(written(made()), indent=1) + "\n", encoding="utf-8")
    print(TARGET.relative_to(ROOT))
