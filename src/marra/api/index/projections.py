"""Where a country may stand, what it takes to stand higher, and how good such forecasts were."""

from dataclasses import asdict
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from marra.api.index import projection_shapes as shapes
from marra.commission.queries import futures as everyone
from marra.index.edition import PILLARS
from marra.index.plan.needed import Way, levels, moves, uplift, ways
from marra.index.plan.stakes import Stakes
from marra.index.projection.backtest import Backtest
from marra.index.projection.company import company
from marra.index.projection.futures import Futures
from marra.index.projection.skill import skill
from marra.index.survey import Floats
from marra.kit.places import place

router = Router(tags=["index"])


class Whose(Schema):
    """Whose futures, and for which place."""

    country: str | None = Field(None, description="Code; the country of this house by default")
    top: int | None = Field(None, ge=1, le=193, description="A place; the house's by default")


class Wished(Whose):
    """Which odds, in which edition."""

    edition: int | None = Field(None, description="An edition ahead; the one meant by “by 2030”")
    odds: float = Field(0.8, gt=0, lt=1)


@router.get(
    "/index/projection", response=shapes.Projection, summary="Where it stands if nothing changes"
)
def projection(request: HttpRequest, wanted: Query[Whose]) -> dict[str, Any]:
    """The distribution of rank and score in every edition ahead; all countries move together."""
    found, (code, k) = everyone.futures(), _whose(wanted)
    return {
        "country": code,
        "top": k,
        "editions": [asdict(found.outlook(code, edition, k)) for edition in found.editions],
        "left_out": list(found.left_out),
        **_grounds(found),
    }


@router.get("/index/needed", response=shapes.Needed, summary="What odds of a place take")
def needed(request: HttpRequest, wanted: Query[Wished]) -> dict[str, Any]:
    """The rise of EGDI beyond what comes by itself, and how the parts could carry it."""
    found, (code, k) = everyone.futures(), _whose(wanted)
    edition = everyone.goal_editions()[0] if wanted.edition is None else wanted.edition
    found.world(edition)
    found.row(code)
    own, profile = everyone.stakes(code, edition, k), _company(found, edition, k)
    return {
        "country": code,
        "top": k,
        "edition": edition,
        "odds": wanted.odds,
        "odds_now": own.odds(profile * 0.0),
        "rise": uplift(own, wanted.odds),
        "parts": levels(own),
        "company": dict(zip(PILLARS, profile.tolist(), strict=True)),
        "ways": [_way(own, each) for each in ways(own, wanted.odds, profile)],
        **_grounds(found),
    }


@router.get("/index/skill", response=shapes.Skill, summary="How good such forecasts were")
def past(request: HttpRequest) -> dict[str, Any]:
    """The packaged backtest: every forecast that could have been made from 2014 on."""
    found, now = skill(), everyone.futures()
    tested = found.tested
    return {
        "horizons": [
            {"horizon": years, "forecasts": _scores(tested, years)} for years in tested.horizons
        ],
        "top": found.k,
        "odds": [asdict(each) for each in found.classes],
        "origins": sorted({cell.origin for cell in tested.cells}),
        "candidates": tested.candidates,
        "futures": tested.futures,
        "seed": tested.seed,
        "holds": found.holds_for(now.data_version, now.method_version),
        "data_version": tested.data_version,
        "method_version": tested.method_version,
    }


def _whose(wanted: Whose) -> tuple[str, int]:
    code = place(wanted.country or settings.COUNTRY).iso3
    return code, int(settings.GOAL_RANK) if wanted.top is None else wanted.top


@lru_cache(maxsize=32)
def _company(found: Futures, edition: int, k: int) -> Floats:
    return company(found, edition, k)


def _way(own: Stakes, way: Way) -> dict[str, Any]:
    told: dict[str, Any] = {"name": way.name, "most": way.most, "inputs": []}
    if way.uplift is None:
        return {**told, "points": None, "values": None}
    points = dict(zip(PILLARS, way.uplift.tolist(), strict=True))
    inputs = [
        asdict(move) for part in PILLARS if points[part] for move in moves(own, part, points[part])
    ]
    return {**told, "points": points, "values": levels(own, way.uplift), "inputs": inputs}


def _scores(tested: Backtest, years: int) -> list[dict[str, Any]]:
    return [
        {
            "forecast": name,
            **asdict(tested.horizon(years, name)),
            "rank_crps_zone": tested.horizon(years, name, zone=True).rank_crps,
        }
        for name in tested.cells[0].scores
    ]


def _grounds(found: Futures) -> dict[str, Any]:
    return {
        "origin": found.origin,
        "futures": found.futures,
        "seed": found.seed or 0,
        "nowcast": found.evidence is not None,
        "data_version": found.data_version,
        "edition_version": found.edition_version,
        "method_version": found.method_version,
    }
