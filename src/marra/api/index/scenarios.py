"""Scenarios: what the odds become if a country has other figures by an edition."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from marra.api.index import scenario_shapes as shapes
from marra.commission.queries.futures import futures
from marra.evidence.queries import releases as queries
from marra.index.projection.futures import Futures
from marra.index.projection.ground import Ground, ground
from marra.index.projection.record import written
from marra.index.projection.scenario import scenario
from marra.kit.errors import Invalid
from marra.kit.places import place
from marra.kit.text import gettext_noop

router = Router(tags=["index"])

MOST_VALUES = 20


class Supposed(Schema):
    """Whose figures, which ones, by when, and for which place."""

    set: list[str] = Field(
        description="name=value, a part from 0 to 1 or an input in its own unit; repeatable",
        examples=["osi=0.95"],
    )
    country: str | None = Field(None, description="Code; the country of this house by default")
    by: int | None = Field(None, description="An edition ahead; the last one by default")
    top: int | None = Field(None, ge=1, le=193, description="A place; the house's by default")


class NoValue(Invalid):
    """A value is not written as it should be."""

    sentence = gettext_noop(
        "“{written}” is not a value. Write set=osi=0.95 or set=tii.internet=95; at most {most} "
        "of them."
    )


@router.get(
    "/index/scenario", response=shapes.Scenario, summary="Odds if a country has other figures"
)
def odds(request: HttpRequest, wanted: Query[Supposed]) -> dict[str, Any]:
    """The distribution of the rank in every edition ahead, before and after; others move too."""
    everyone = futures()
    own = _still(place(wanted.country or settings.COUNTRY).iso3, _goal(wanted.top), everyone)
    survey = queries.survey(everyone.origin)
    told = written(scenario(survey, own, _values(wanted.set), by=wanted.by))
    return {"country": told.pop("place"), "top": told.pop("k"), **told}


def _goal(given: int | None) -> int:
    return int(settings.GOAL_RANK) if given is None else given


@lru_cache(maxsize=8)
def _still(code: str, k: int, everyone: Futures) -> Ground:
    return ground(everyone, code, k)


def _values(given: list[str]) -> dict[str, float]:
    if len(given) > MOST_VALUES:
        raise NoValue(written="…", most=MOST_VALUES)
    values = {}
    for each in given:
        name, _, value = each.partition("=")
        try:
            values[name.strip()] = float(value)
        except ValueError:
            raise NoValue(written=each[:40], most=MOST_VALUES) from None
    return values
