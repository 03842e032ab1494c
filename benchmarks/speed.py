"""How quick the engine is, on 193 countries and 11 inputs."""

from collections.abc import Iterator
from statistics import median

import numpy as np
from scipy.stats import rankdata

from benchmarks.clock import best, in_turns
from benchmarks.record import Measure
from marra.index import load, what_if
from marra.index.fast_noise import Scheme, ranks_with_noise
from marra.index.fast_ranks import rank_under, ranks_under
from marra.index.sensitivity import sensitivity
from marra.index.shapley import rank_shares
from marra.index.uncertainty import uncertainty

COUNTRIES, INPUTS, DRAWS, NOISY = 193, 11, 10_000, 1_000
OWN = 60
ROUNDS = 25


def measures() -> Iterator[Measure]:
    """The engine against its peers and against its limits."""
    yield from _ranks()
    yield from _noise()
    yield from _shares()
    yield from _questions()


def _ranks() -> Iterator[Measure]:
    rng = np.random.default_rng(0)
    values = rng.random((COUNTRIES, INPUTS))
    weights = rng.dirichlet(np.full(INPUTS, 5.0), DRAWS)
    plain = rankdata(-(weights @ values.T), axis=1, method="min")
    everyone, one = ranks_under(values, weights), rank_under(values, weights, OWN)
    spent = in_turns(
        {
            "rankdata": lambda: rankdata(-(weights @ values.T), axis=1),
            "all": lambda: ranks_under(values, weights),
            "one": lambda: rank_under(values, weights, OWN),
        },
        ROUNDS,
        {"rankdata": 2, "all": 10, "one": 20},  # turns of about the same length
    )
    peer = min(spent["rankdata"])
    for name, what, must, aim, differ in (
        ("all", "ranks of all countries, uncertain weights", 10, 17, everyone != plain),
        ("one", "rank of one country, uncertain weights", 60, 130, one != plain[:, OWN]),
    ):
        yield Measure(
            what,
            peer / min(spent[name]),
            "x rankdata",
            must=must,
            aim=aim,
            at_most=False,
            facts={
                "draws_per_cpu_second": DRAWS / min(spent[name]),
                "rankdata_draws_per_cpu_second": DRAWS / peer,
                "median_ratio": median(spent["rankdata"]) / median(spent[name]),
                "draws": DRAWS,
                "ranks_that_differ_from_rankdata": int(differ.sum()),
            },
        )


def _noise() -> Iterator[Measure]:
    rng = np.random.default_rng(1)
    values, spread = rng.random((COUNTRIES, INPUTS)), np.full((COUNTRIES, INPUTS), 0.02)
    part = np.repeat([0, 1, 2], [2, 5, 4])
    scheme = Scheme(part, 1 / np.array([2.0, 5.0, 4.0])[part], np.full(3, 1 / 3))
    mixing = np.zeros((INPUTS, 3))
    mixing[np.arange(INPUTS), part] = scheme.shares

    def plain() -> object:
        inputs = values + spread * rng.standard_normal((NOISY, COUNTRIES, INPUTS))
        scores = (inputs - inputs.mean(axis=1, keepdims=True)) / inputs.std(axis=1, keepdims=True)
        parts = scores @ mixing
        low, high = parts.min(axis=1, keepdims=True), parts.max(axis=1, keepdims=True)
        order = np.argsort(-(((parts - low) / (high - low)) @ scheme.weights), axis=1)
        ranks = np.empty_like(order)
        np.put_along_axis(ranks, order, np.arange(1, COUNTRIES + 1)[None], axis=1)
        return ranks

    spent = in_turns(
        {
            "plain": plain,
            "ours": lambda: ranks_with_noise(values, spread, scheme, draws=NOISY, rng=rng),
        },
        ROUNDS,
        {"ours": 5},
    )
    yield Measure(
        "every input of every country uncertain, renormalised each time",
        min(spent["plain"]) / min(spent["ours"]),
        "x plain numpy",
        must=5,
        aim=6,
        at_most=False,
        facts={
            "draws_per_cpu_second": NOISY / min(spent["ours"]),
            "plain_draws_per_cpu_second": NOISY / min(spent["plain"]),
            "median_ratio": median(spent["plain"]) / median(spent["ours"]),
        },
    )


def _shares() -> Iterator[Measure]:
    rng = np.random.default_rng(2)
    own, target, weights, rivals = *rng.random((3, INPUTS)), INPUTS * rng.random(COUNTRIES - 1) / 2
    quickest, usual = best(lambda: rank_shares(own, target, weights, rivals), ROUNDS, 20)
    yield Measure("exact Shapley of a rank over 11 inputs", usual * 1e3, "ms CPU", must=1,
                  facts={"best_ms": quickest * 1e3, "sets": 2**INPUTS})  # fmt: skip


def _questions() -> Iterator[Measure]:
    survey = load(2024)
    found = sensitivity(survey, "UZB", rng=np.random.default_rng(0), k=60)
    quickest, usual = best(
        lambda: sensitivity(survey, "UZB", rng=np.random.default_rng(0), k=60), 7
    )
    yield Measure(
        "Sobol indices of a rank and its odds, edition of 2024",
        usual,
        "s CPU",
        must=1,
        facts={
            "best_s": quickest,
            "factors": len(found.factors),
            "evaluations": found.evaluations,
        },
    )
    quickest, usual = best(lambda: uncertainty(survey, "UZB", rng=np.random.default_rng(0)), 7)
    yield Measure("odds of every place of every country, 10,000 draws", usual, "s CPU",
                  facts={"best_s": quickest})  # fmt: skip
    quickest, usual = best(lambda: what_if(survey, {("UZB", "tii.internet"): 95.0}), 15, 5)
    yield Measure("what if: everyone renormalised and ranked", usual * 1e3, "ms CPU",
                  facts={"best_ms": quickest * 1e3})  # fmt: skip
