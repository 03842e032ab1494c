"""Who climbed before: the reference class of a country, and how each climb was made."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from marra.api.index import climb_shapes as shapes
from marra.api.index.telling import said
from marra.evidence.queries import releases as queries
from marra.index import climb, rank_gains, reference_class
from marra.index.edition import PILLARS
from marra.index.reference_class import SINCE, Episode, band_of, read_band, widened
from marra.kit.places import place

router = Router(tags=["index"])

QUANTILES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)


class Wanted(Schema):
    """Whose place, which goal, in how many years."""

    country: str | None = Field(None, description="Code; the country of this house by default")
    edition: int | None = Field(None, description="Where it stands; the latest by default")
    band: str = Field("", description="Starting places; around its own by default", max_length=20)
    goal: int | None = Field(None, ge=1, le=193, description="A place; the house's by default")
    years: int = Field(6, ge=1, le=40, description="Between the two editions: 2, 4, 6, …")
    since: int = Field(SINCE, description="The first edition that counts as a start")


class Ends(Schema):
    """From which edition to which."""

    since: int = Field(examples=[2018])
    until: int = Field(examples=[2024])


@router.get(
    "/index/reference-class",
    response=shapes.ReferenceClass,
    summary="Who climbed to the goal from here",
)
def climbers(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """How many of those who stood at these places reached the goal in time, and who they were."""
    code = place(wanted.country or settings.COUNTRY).iso3
    surveys = queries.surveys()
    edition = queries.latest() if wanted.edition is None else wanted.edition
    survey, goal = queries.survey(edition), wanted.goal or settings.GOAL_RANK
    band = read_band(wanted.band) or band_of(survey, code, goal=goal)
    found = reference_class(surveys, band, goal=goal, years=wanted.years, since=wanted.since)
    wide = widened(band, len(survey.places))
    gains = rank_gains(surveys, wide, years=wanted.years, since=wanted.since)
    return {
        "country": code,
        "edition": edition,
        "first": band[0],
        "last": band[1],
        "goal": goal,
        "years": found.years,
        "since": found.since,
        "share": found.share,
        "within": found.within,
        "countries": found.countries,
        "by_edition": [
            {"edition": year, "starts": starts, "reached": reached}
            for year, (starts, reached) in found.by_edition.items()
        ],
        "reached": _episodes(found.reached, goal),
        "from_outside": _episodes(found.from_outside, goal),
        "passed": _episodes(found.passed, goal),
        "gains": {
            "first": wide[0],
            "last": wide[1],
            "starts": len(gains.values),
            "quantiles": [
                {"share": share, "places": gains.quantile(share)}
                for share in QUANTILES
                if gains.values
            ],
        },
        "data_version": found.data_version,
        "edition_version": found.edition_version,
    }


@router.get("/countries/{country}/climb", response=shapes.Climb, summary="How a country climbed")
def one(request: HttpRequest, country: str, ends: Query[Ends]) -> dict[str, Any]:
    """Ranks and parts from one edition to another, and what each part added in each step."""
    found = climb(queries.surveys(), place(country).iso3, ends.since, ends.until)
    return {
        "country": found.place,
        "since": ends.since,
        "until": ends.until,
        "places": found.places,
        "points": found.points,
        "over_mean": found.over_mean,
        "stops": [
            {
                "edition": stop.year,
                "rank": stop.rank,
                **{name: stop.marks[name] for name in ("egdi", *PILLARS)},
                "breaks": [said(each) for each in stop.breaks],
            }
            for stop in found.stops
        ],
        "steps": found.steps,
        "moves": found.moves,
        "data_version": found.data_version,
        "edition_version": found.edition_version,
    }


def _episodes(episodes: Iterable[Episode], goal: int) -> list[dict[str, Any]]:
    return [
        {
            "country": each.place,
            "since": each.since,
            "until": each.until,
            "rank_before": each.start,
            "rank_after": each.end,
            "places": each.places,
            "stayed": each.stayed(goal),
            "later": [{"edition": year, "rank": rank} for year, rank in each.later],
        }
        for each in episodes
    ]
