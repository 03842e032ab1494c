"""Make portfolios, plans and scenarios, through actions."""

from functools import cache

import numpy as np

from marra.commission.actions import plans, portfolios, scenarios
from marra.commission.models.plans import PlanVersion, PortfolioVersion, Scenario
from marra.commission.rules.plans import Goal, Made
from marra.index.load import known, load
from marra.index.projection.ground import ground
from marra.index.projection.project import project
from marra.index.projection.scenario import Scenario as Found
from marra.index.projection.scenario import scenario as worked_out
from marra.people.rules import Role, Stamp
from tests.people.make import account

FILE = """
code = "road"
title = { uz = "Yoʻl", uz_cyrl = "Йўл", ru = "Путь", en = "Road" }
place = "UZB"
prices = "Prices of 2026"

[[initiatives]]
code = "fibre"
title = "Fibre to villages"
starts = [2026, 2027, 2028]
duration = 2
lag = 1
chance = 0.7
cost = [100.0, 50.5]
source = "budget"
group = "WG-1"
reasoning = "Ours."
effects = [
  { indicator = "tii.internet", low = 1, likely = 2, high = 3.5, unit = "per 100 people" },
]

[[initiatives]]
code = "portal"
title = "One portal"
starts = [2026]
duration = 1
lag = 0
chance = 0.9
cost = [30]
source = "grant"
effects = [{ indicator = "osi", low = 0.01, likely = 0.02, high = 0.04, unit = "index points" }]

[[budgets]]
source = "budget"
year = 2026
amount = 500
"""
"""Two initiatives; only what they cost and when they may start matters here."""


def file(**changed: str) -> bytes:
    """The file with words replaced."""
    text = FILE
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def portfolio(stamp: Stamp, content: bytes | None = None) -> PortfolioVersion:
    return portfolios.open_portfolio(stamp, name="road.toml", content=content or file())


def made(**changed: object) -> Made:
    """What a planner found."""
    told: dict[str, object] = {
        "goal": Goal("UZB", 30, 2030, odds=0.8),
        "chosen": (("portal", 2026), ("fibre", 2027)),
        "odds": 0.81,
        "odds_check": 0.8,
        "seed": 7,
        "seed_check": 8,
        "futures": 10_000,
        "data_version": "2024.1-e407662d",
        "edition_version": "2024-2d3c234a",
        "method_version": "ridge-kernel-2",
    }
    return Made(**{**told, **changed})


def plan(stamp: Stamp, version: PortfolioVersion, **changed: object) -> PlanVersion:
    return plans.keep_plan(stamp, version.code, made=made(**changed), title="Road to place 30")


def holder(by: Stamp, name: str = "a.karimov") -> Stamp:
    """The stamp of somebody with an account and no role."""
    own = account(by, name)
    return Stamp(own.code, by.at, frozenset({(Role.HOLDER, own.code), (Role.VISITOR, "")}))


@cache
def found(**changes: float) -> Found:
    """What the projection says if Uzbekistan has these figures by 2030."""
    surveys = {year: load(year) for year in known()}
    futures = project(surveys, to=2030, rng=np.random.default_rng(0), futures=200)
    return worked_out(surveys[2024], ground(futures, "UZB"), changes, by=2030)


def scenario(stamp: Stamp, *, title: str = "Better services", **changes: float) -> Scenario:
    return scenarios.keep_scenario(stamp, title=title, found=found(**changes or {"osi": 0.9}))
