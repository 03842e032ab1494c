"""Make stakes and portfolios by hand and by lot."""

import numpy as np

from marra.index.plan.case import Case, case
from marra.index.plan.portfolio import Budget, Capacity, Effect, Initiative, Portfolio
from marra.index.plan.stakes import Lever, Stakes

EDITION = 2030
SOURCES = ("state", "loan", "grant")
LEVERS = {
    "osi": Lever(0, 1.0, np.inf),
    "tii": Lever(1, 1.0, np.inf),
    "hci": Lever(2, 1.0, np.inf),
    "tii.internet": Lever(1, 0.003, np.inf),
    "tii.mobile": Lever(1, 0.002, 16.9),
    "tii.affordability": Lever(1, -0.01, 1.2),
}


def stakes(seed: int = 0, futures: int = 400, k: int = 30, lacks: float = 0.05) -> Stakes:
    """Futures in which a country lacks so much of its goal, give or take."""
    rng = np.random.default_rng([seed, 77])
    parts = np.array([0.84, 0.93, 0.80]) + rng.normal(0, [0.06, 0.03, 0.03], (futures, 3))
    parts = parts.clip(0, 1)
    threshold = 0.8567 + lacks + rng.normal(0, 0.015, futures)
    return Stakes("UZB", EDITION, k, parts, threshold, np.full(3, 1 / 3), LEVERS, seed,
                  "by-hand", "by-hand", "by-hand")  # fmt: skip


def initiative(code: str, *effects: Effect, **given: object) -> Initiative:
    """A sure one of a year, from 2027 to 2029, of which OSI gains 0.05, unless said otherwise."""
    usual = {
        "costs": (10.0,),
        "starts": (2027, 2028, 2029),
        "duration": 1,
        "lag": 0,
        "chance": 1.0,
    }
    effects = effects or (Effect("osi", 0.05, 0.05, 0.05),)
    return Initiative(code, code, effects, **(usual | given))


def portfolio(*initiatives: Initiative, **given: object) -> Portfolio:
    return Portfolio("p", "By hand", "UZB", initiatives, **given)


def by_lot(
    seed: int,
    count: int,
    starts: int = 3,
    *,
    tight: float = 1.0,
    size: float = 1.0,
    simple: bool = False,
) -> Portfolio:
    """A portfolio of any shape; `tight` is how many times the money and hands fit it."""
    rng = np.random.default_rng([seed, count])
    found: list[Initiative] = []
    for row in range(count):
        code = f"i{row:02}"
        cost = round(float(rng.lognormal(2, 0.8)), 2) + 0.01
        years = int(rng.integers(1, 4))
        ahead = [each.code for each in found if each.duration < starts and not each.needs]
        found.append(
            Initiative(
                code, code,
                effects=tuple(_effects(rng, cost**0.7 * size, simple=simple)),
                costs=tuple(float(x) for x in (rng.dirichlet(np.ones(years)) * cost).round(3)),
                starts=tuple(range(2026, 2026 + starts)),
                duration=years,
                lag=int(rng.integers(0, 2)),
                chance=float(rng.choice([0.5, 0.7, 0.9, 1.0])),
                needs=(str(rng.choice(ahead)),) if ahead and rng.random() < 0.15 else (),
                group=f"g{rng.integers(4)}",
                source=str(rng.choice(SOURCES)),
                load=float(rng.choice([0.5, 1.0])),
            )
        )  # fmt: skip
    free = [each for each in found if not each.needs]
    for one, other in zip(free[::5], free[1::5], strict=False):
        if other.code not in {need for each in found for need in each.needs}:
            at = found.index(other)
            found[at] = _but(other, excludes=(one.code,))
    return portfolio(*found, **_limits(found, starts, tight))


def _but(one: Initiative, **given: object) -> Initiative:
    from dataclasses import replace

    return replace(one, **given)


def _effects(rng: np.random.Generator, strength: float, *, simple: bool) -> list[Effect]:
    osi = strength * rng.uniform(0.3, 1.5) * 0.005
    part = str(rng.choice(["osi", "osi", "hci"]))
    word = "" if simple or rng.random() < 0.8 else "same"
    found = [Effect(part, osi * 0.3, osi, osi * 1.6, word)]
    if not simple and rng.random() < 0.4:
        name = str(rng.choice(["tii.internet", "tii.mobile", "tii.affordability", "tii"]))
        much = float(np.clip(osi / LEVERS[name].per_unit, -60, 60)) if "." in name else osi
        low, high = sorted((0.5 * much, 1.5 * much))
        found.append(Effect(name, low, much, high))
    return found


def _limits(found: list[Initiative], starts: int, tight: float) -> dict[str, object]:
    years = range(2026, 2026 + starts + 3)
    budgets = [
        Budget(source, year, round(tight * 2 * sum(each.cost for each in found
                                                   if each.source == source) / len(years), 2))
        for source in SOURCES[:2] for year in years
    ]  # fmt: skip
    groups = sorted({each.group for each in found})
    hands = max(1.0, round(tight * 2 * len(found) / len(groups) / 3))
    capacities = [Capacity(group, year, hands) for group in groups[:3] for year in years]
    return {"budgets": tuple(budgets), "capacities": tuple(capacities)}


def a_case(of: Portfolio, seed: int = 0, futures: int = 400, lacks: float = 0.05) -> Case:
    return case(of, stakes(seed, futures, lacks=lacks), rng=np.random.default_rng(seed))
