"""`/api/v1/forecasts`: forecasts sealed before a survey appears, and their scores."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from marra.api.index import projection_shapes as shapes
from marra.evidence.queries import forecasts as queries

if TYPE_CHECKING:
    from marra.evidence.models.releases import Forecast, Score

router = Router(tags=["forecasts"])


class Wanted(Schema):
    """All forecasts, or one with its text."""

    code: str = Field("", description="Of one forecast; all without", max_length=80)


@router.get("", response=list[shapes.SealedForecast], summary="Sealed forecasts")
def forecasts(request: HttpRequest, wanted: Query[Wanted]) -> list[dict[str, Any]]:
    """Every sealed forecast, newest first; with a code that one alone, and the text of it.

    The SHA-256 of the text, in UTF-8, is `sha256`.
    """
    if wanted.code:
        found = queries.forecasts().named(wanted.code)
        return [{**_told(found), "document": found.document}]
    return [_told(each) for each in queries.forecasts()]


def _told(forecast: "Forecast") -> dict[str, Any]:
    return {
        "code": forecast.code,
        "title": forecast.title,
        "edition": forecast.edition,
        "origin": forecast.origin,
        "country": forecast.place,
        "top": forecast.k,
        "p_top": queries.sealed(forecast).chance(forecast.place, forecast.k),
        "futures": forecast.futures,
        "seed": forecast.seed,
        "nowcast": forecast.nowcast,
        "method_version": forecast.method_version,
        "data_version": forecast.data_version,
        "edition_version": forecast.edition_version,
        "sha256": forecast.digest,
        "sealed_at": forecast.sealed_at,
        "document": None,
        "scores": [_judged(each) for each in forecast.scores.all()],
    }


def _judged(score: "Score") -> dict[str, Any]:
    names = ("rank_mae", "rank_crps", "coverage_80", "width_80", "brier", "rank", "log_score")
    return {
        "release": score.release.code,
        "withdrawn": score.release.withdrawn_at is not None,
        "of": score.subject,
        "countries": score.countries,
        **{name: getattr(score, name) for name in names},
    }
