"""A country: where it stands, why, since when, beside whom, and what would change it."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from marra.api.index import shapes
from marra.api.index.telling import explanation, figures, said, versions
from marra.evidence.queries import releases as queries
from marra.index import explain, peers, trend, what_if
from marra.index.what_if import NoIndexThere
from marra.kit.errors import Invalid
from marra.kit.places import place
from marra.kit.text import gettext_noop

router = Router(tags=["index"])

HERE = "/editions/{edition}/countries/{country}"
MOST_CHANGES = 50


class Target(Schema):
    """What a gap is measured to: one of the three."""

    to_rank: int | None = Field(None, description="A place; 30 if nothing else is given")
    to_place: str | None = Field(None, description="Another country")
    to_peers: str | None = Field(None, description="Countries divided by commas; their mean")


class Changes(Schema):
    """What is changed, of whom."""

    set: list[str] = Field(
        description="name=value, or COUNTRY.name=value; repeatable", examples=["osi=0.9"]
    )


class Choice(Schema):
    """Which peers, and how many."""

    kind: str = Field("profile", description="profile, region, subregion, income or climbers")
    count: int = Field(8, ge=1, le=50)


class NoChange(Invalid):
    """A change is not written as it should be."""

    sentence = gettext_noop(
        "“{written}” is not a change. Write set=osi=0.9, or set=KAZ.osi=0.9 for another country; "
        "1 to {most} of them."
    )


@router.get(HERE, response=shapes.Country, summary="A country in an edition")
def standing(request: HttpRequest, edition: int, country: str) -> dict[str, Any]:
    """The published figures of a country."""
    survey = queries.survey(edition)
    row = survey.at(place(country).iso3)
    return {
        "edition": edition,
        "ranked": int(survey.ranked.sum()),
        **figures(survey, row),
        **versions(survey),
    }


@router.get(
    "/countries/{country}/trend", response=shapes.Trend, summary="A country over the editions"
)
def over_editions(request: HttpRequest, country: str) -> dict[str, Any]:
    """Rank and parts in every edition; points after a change of method say what changed."""
    code = place(country).iso3
    points = [
        {
            "edition": point.year,
            "rank": point.rank,
            "ranked": point.ranked,
            "egdi": point.egdi,
            "osi": point.osi,
            "tii": point.tii,
            "hci": point.hci,
            "epi": point.epi,
            "breaks": [said(each) for each in point.breaks],
            "provisional": point.provisional,
        }
        for point in trend(queries.surveys(), code)
    ]
    return {"country": code, "data_version": queries.data_version(), "points": points}


@router.get(
    f"{HERE}/explain", response=shapes.Explanation, summary="What divides it from a target"
)
def why(
    request: HttpRequest,
    edition: int,
    country: str,
    target: Query[Target],
) -> dict[str, Any]:
    """The gap to a place, a country or the mean of peers, by exact Shapley values."""
    others = [place(code).iso3 for code in (target.to_peers or "").split(",") if code.strip()]
    found = explain(
        queries.survey(edition),
        place(country).iso3,
        to_rank=target.to_rank,
        to_place=None if target.to_place is None else place(target.to_place).iso3,
        to_peers=others or None,
    )
    return explanation(found)


@router.get(f"{HERE}/what-if", response=shapes.WhatIf, summary="What would change its place")
def what_would(
    request: HttpRequest,
    edition: int,
    country: str,
    wanted: Query[Changes],
) -> dict[str, Any]:
    """The standing before and after changes of parts or inputs of any country."""
    survey = queries.survey(edition)
    code = place(country).iso3
    changes = _changes(code, wanted.set)
    survey.at(code)
    found = what_if(survey, changes)
    if code not in found.before:
        raise NoIndexThere(place=code, edition=edition)
    return {
        "country": code,
        "edition": edition,
        "changes": {f"{where}.{name}": value for (where, name), value in changes.items()},
        "before": found.before[code],
        "after": found.after[code],
        "moved": [
            {
                "country": each,
                "before": found.before[each].rank,
                "after": found.after[each].rank,
            }
            for each in found.moved
        ],
        "not_renormalised": list(found.not_renormalised),
        "data_version": found.data_version,
        "edition_version": found.edition_version,
    }


def _changes(country: str, written: list[str]) -> dict[tuple[str, str], float]:
    if len(written) > MOST_CHANGES:
        raise NoChange(written="…", most=MOST_CHANGES)
    changes: dict[tuple[str, str], float] = {}
    for each in written:
        name, _, value = each.partition("=")
        where, name = _whose(country, name.strip())
        try:
            changes[where, name] = float(value)
        except ValueError:
            raise NoChange(written=each, most=MOST_CHANGES) from None
    return changes


def _whose(country: str, name: str) -> tuple[str, str]:
    first, _, rest = name.partition(".")
    if rest and first.isupper():
        return place(first).iso3, rest
    return country, name


@router.get(f"{HERE}/peers", response=shapes.Peers, summary="Countries to compare with")
def peers_of(
    request: HttpRequest,
    edition: int,
    country: str,
    choice: Query[Choice],
) -> dict[str, Any]:
    """Countries that are most alike, near, or have climbed most."""
    survey = queries.survey(edition)
    code = place(country).iso3
    found = peers(queries.surveys(), code, edition, kind=choice.kind, count=choice.count)
    rows = [
        {
            "country": peer.place,
            "rank": peer.rank,
            "egdi": peer.egdi,
            "distance": peer.distance,
            "climbed": peer.climbed,
        }
        for peer in found
    ]
    return {
        "country": code,
        "edition": edition,
        "kind": choice.kind,
        "peers": rows,
        **versions(survey),
    }
