"""A country's place under uncertainty: how firm it is, and what moves it.

Sizes are bounded, so that one reader cannot keep the server from others; whoever needs more runs
`marra index uncertainty` on their own machine. The same question is answered from memory.
"""

from functools import lru_cache
from math import isnan
from typing import Any

import numpy as np
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from marra.api.index import shapes
from marra.api.index.countries import HERE
from marra.api.index.telling import said, statement
from marra.evidence.queries import releases as queries
from marra.index.noise import sizes
from marra.index.sensitivity import Factor, Sensitivity, Share, sensitivity
from marra.index.survey import Survey
from marra.index.uncertainty import Uncertainty, uncertainty
from marra.kit.places import place

router = Router(tags=["index"])

INTERVALS = (0.5, 0.8, 0.95)
LARGEST_SEED = 2**53 - 1


class Drawn(Schema):
    """How many draws, from which seed."""

    draws: int = Field(10_000, ge=100, le=20_000)
    seed: int = Field(0, ge=0, le=LARGEST_SEED)
    k: int = Field(30, ge=1, le=193, description="The place whose chance is asked for")
    certain: list[str] = Field(
        [], description="Taken as certain: weights, normalisation, data", max_length=3
    )


class Sampled(Schema):
    """How large a sample, from which seed."""

    n: int = Field(512, ge=64, le=1024, description="A power of two; n (factors + 2) evaluations")
    seed: int = Field(0, ge=0, le=LARGEST_SEED)
    k: int = Field(30, ge=1, le=193, description="The place whose chance is asked for")


@router.get(f"{HERE}/uncertainty", response=shapes.Uncertainty, summary="How firmly it stands")
def firmness(
    request: HttpRequest, edition: int, country: str, wanted: Query[Drawn]
) -> dict[str, Any]:
    """The ranks a country holds when weights, normalisation and figures vary as assumed."""
    certain = tuple(sorted(set(wanted.certain)))
    found = _drawn(
        queries.survey(edition), place(country).iso3, wanted.draws, wanted.seed, wanted.k, certain
    )
    return {
        "country": found.place,
        "edition": edition,
        "rank": found.rank,
        "median": found.median,
        "mean": found.mean,
        "intervals": [
            {"share": share, "best": best, "worst": worst}
            for share in INTERVALS
            for best, worst in [found.interval(share)]
        ],
        "k": found.k,
        "chance": found.chance,
        "distribution": [
            {"rank": rank, "share": float(share)}
            for rank, share in enumerate(found.shares, start=1)
            if share > 0
        ],
        "draws": found.draws,
        "seed": wanted.seed,
        **_grounds(found),
    }


@router.get(f"{HERE}/sensitivity", response=shapes.Sensitivity, summary="What moves its place")
def moving(
    request: HttpRequest, edition: int, country: str, wanted: Query[Sampled]
) -> dict[str, Any]:
    """First and total Sobol indices of every uncertain factor, with bootstrap errors."""
    found = _sampled(queries.survey(edition), place(country).iso3, wanted.n, wanted.seed, wanted.k)
    return {
        "country": found.place,
        "edition": edition,
        "k": found.k,
        "rank_mean": found.rank_mean,
        "rank_deviation": found.rank_deviation,
        "chance": found.chance,
        "factors": [_factor(factor) for factor in found.strongest()],
        "evaluations": found.evaluations,
        "seed": wanted.seed,
        **_grounds(found),
    }


@lru_cache(maxsize=32)
def _drawn(
    survey: Survey, country: str, draws: int, seed: int, k: int, certain: tuple[str, ...]
) -> Uncertainty:
    assumed = sizes(survey).without(*certain)
    rng = np.random.default_rng(seed)
    return uncertainty(survey, country, rng=rng, draws=draws, k=k, assumed=assumed)


@lru_cache(maxsize=32)
def _sampled(survey: Survey, country: str, n: int, seed: int, k: int) -> Sensitivity:
    return sensitivity(survey, country, rng=np.random.default_rng(seed), n=n, k=k)


def _grounds(found: Uncertainty | Sensitivity) -> dict[str, Any]:
    return {
        "assumptions": [statement(each) for each in found.sizes.statements],
        "left_out": list(found.left_out),
        "held": list(found.held),
        "data_version": found.data_version,
        "edition_version": found.edition_version,
    }


def _factor(factor: Factor) -> dict[str, Any]:
    return {
        "name": factor.name,
        "says": said(factor.says),
        "rank": _share(factor.rank),
        "chance": _share(factor.chance),
    }


def _share(share: Share) -> dict[str, float | None]:
    return {
        name: None if isnan(value) else value
        for name, value in (
            ("first", share.first),
            ("first_error", share.first_error),
            ("total", share.total),
            ("total_error", share.total_error),
        )
    }
