"""Editions of the survey: their countries in order, groups and method."""

from functools import cache
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from marra.api.index import shapes
from marra.api.index.telling import edition as edition_told
from marra.api.index.telling import explanation, figures, said, statement, table, versions
from marra.evidence.queries import releases as queries
from marra.index import explain, groups
from marra.index.edition import Pillar
from marra.index.survey import NO_INDEX
from marra.kit.errors import Invalid
from marra.kit.places import PLACES, place
from marra.kit.text import gettext_noop
from marra.language.fold import fold

router = Router(tags=["index"])

MOST_COMPARED = 8


class TooManyPlaces(Invalid):
    """More countries than can be compared at once."""

    sentence = gettext_noop("{count} countries were given. Compare 1 to {most} at once.")


class Sieve(Schema):
    """Which countries, in which order."""

    region: Literal["africa", "americas", "asia", "europe", "oceania"] | None = None
    subregion: str | None = Field(None, description="Code of a subregion, as in /places")
    income: Literal["low", "lower-middle", "upper-middle", "high"] | None = None
    level: Literal["very_high", "high", "middle", "low"] | None = None
    status: Literal["ldc", "lldc", "sids"] | None = None
    q: str | None = Field(None, max_length=80, description="Part of a name, in any language")
    sort: Literal["rank", "egdi", "osi", "tii", "hci", "epi", "name"] = "rank"
    order: Literal["asc", "desc"] = "asc"


class Chosen(Schema):
    """Which countries are compared; the first with each other one."""

    places: str = Field(description="Codes divided by commas", examples=["UZB,KAZ"])


@router.get("/editions", response=list[shapes.Edition], summary="All editions")
def editions(request: HttpRequest) -> list[dict[str, Any]]:
    """Every edition with figures, oldest first."""
    return [edition_told(survey) for survey in queries.surveys().values()]


@router.get("/editions/{edition}", response=shapes.Edition, summary="One edition")
def one(request: HttpRequest, edition: int) -> dict[str, Any]:
    """An edition in short: how many countries, from which year's data, what changed."""
    return edition_told(queries.survey(edition))


@router.get("/editions/{edition}/ranking", response=shapes.Ranking, summary="Countries in order")
def ranking(request: HttpRequest, edition: int, sieve: Query[Sieve]) -> dict[str, Any]:
    """The published figures of an edition's countries, filtered and sorted.

    Groups are those of today. Countries without a value of the column stand last either way.
    """
    survey = queries.survey(edition)
    sought = fold(sieve.q or "")
    kept = [row for row in table(survey) if _passes(row, sieve) and _is_named(row, sought)]
    absent = [row for row in kept if row[sieve.sort] is None]
    present = [row for row in kept if row[sieve.sort] is not None]
    present.sort(key=lambda row: (row[sieve.sort], row["country"]), reverse=sieve.order == "desc")
    return {
        "edition": edition,
        "count": len(kept),
        "without_index": [row["country"] for row in kept if NO_INDEX in row["flags"]],
        "rows": present + absent,
        **versions(survey),
    }


def _passes(row: dict[str, Any], sieve: Sieve) -> bool:
    where = PLACES[row["country"]]
    return (
        sieve.region in {None, where.region}
        and sieve.subregion in {None, where.subregion}
        and sieve.income in {None, where.income}
        and sieve.level in {None, row["level"]}
        and (sieve.status is None or bool(getattr(where, sieve.status)))
    )


def _is_named(row: dict[str, Any], sought: str) -> bool:
    return not sought or any(sought in name for name in _names(row["country"]))


@cache
def _names(code: str) -> tuple[str, ...]:
    name = PLACES[code].name
    return tuple(fold(each) for each in (code, name.uz, name.uz_cyrl, name.ru, name.en))


@router.get("/editions/{edition}/groups", response=shapes.Grouping, summary="Groups of countries")
def grouping(request: HttpRequest, edition: int, by: str = "level") -> dict[str, Any]:
    """Countries with an index, by level, region, subregion, income, ldc, lldc or sids."""
    survey = queries.survey(edition)
    found = [
        {
            "name": group.name,
            "countries": list(group.places),
            "egdi": group.egdi,
            "osi": group.osi,
            "tii": group.tii,
            "hci": group.hci,
        }
        for group in groups(survey, by).values()
    ]
    return {"edition": edition, "by": by, "groups": found, **versions(survey)}


@router.get("/editions/{edition}/compare", response=shapes.Comparison, summary="Side by side")
def compare(
    request: HttpRequest,
    edition: int,
    chosen: Query[Chosen],
) -> dict[str, Any]:
    """Up to eight countries side by side, and what divides the first from each other one."""
    survey = queries.survey(edition)
    codes = list(
        dict.fromkeys(place(code).iso3 for code in chosen.places.split(",") if code.strip())
    )
    if not 1 <= len(codes) <= MOST_COMPARED:
        raise TooManyPlaces(count=len(codes), most=MOST_COMPARED)
    rows = [figures(survey, survey.at(code)) for code in codes]
    with_index = [row["country"] for row in rows if row["rank"] is not None]
    gaps = [
        explanation(explain(survey, codes[0], to_place=other))
        for other in with_index
        if codes[0] in with_index and other != codes[0]
    ]
    return {"edition": edition, "rows": rows, "gaps": gaps, **versions(survey)}


@router.get("/editions/{edition}/method", response=shapes.Method, summary="How an edition is made")
def method(request: HttpRequest, edition: int) -> dict[str, Any]:
    """Weights, inputs, cuts and scaling, each with how well it is known and from where."""
    survey = queries.survey(edition)
    told = survey.edition
    return {
        "edition": edition,
        "title": told.title,
        "tolerance": told.tolerance,
        "provisional": told.provisional,
        "pillars": [_pillar(pillar) for pillar in told.pillars],
        "statements": [statement(each) for each in told.statements],
        "breaks": [said(each) for each in told.breaks],
        **versions(survey),
    }


def _pillar(pillar: Pillar) -> dict[str, Any]:
    return {
        "name": pillar.name,
        "weight": float(pillar.weight),
        "weight_exact": str(pillar.weight),
        "scaling": pillar.scaling,
        "standardised": pillar.standardised,
        "basis": pillar.basis,
        "source": pillar.source,
        "inputs": pillar.inputs,
        "statements": [statement(each) for each in pillar.statements],
    }
