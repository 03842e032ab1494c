"""The ledger: forecasts sealed before a survey appears, and how good they were after, for all.

What stands here depends on records, not on figures alone, so these pages are drawn each time.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marra.door import stamp
from marra.evidence.queries import forecasts
from marra.evidence.queries import releases as queries
from marra.evidence.queries.forecasts import Judged
from marra.index.projection.scores import cumulated, quantile
from marra.kit.places import place
from marra.web import layout
from marra.web.charts.words import of_100
from marra.web.index.choices import options

if TYPE_CHECKING:
    from marra.evidence.models.releases import Forecast

SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True, slots=True)
class Row:
    """One sealed forecast in the list."""

    code: str
    title: str
    edition: int
    place: str
    k: int
    odds: str
    sealed_at: datetime
    digest: str
    judged: Judged | None  # by the latest release that stands


@dataclass(frozen=True, slots=True)
class Told:
    """What a sealed forecast says of one country."""

    place: str
    odds: str
    ranks: tuple[int, ...]  # at SHARES
    egdi: tuple[float, ...]  # quantiles, as sealed
    came: int | None  # the country's rank, once it is known


def index(request: HttpRequest) -> HttpResponse:
    """Every sealed forecast, newest first."""
    rows = [_row(each) for each in forecasts.forecasts()]
    scored = [row for row in rows if row.judged]
    told = {
        "rows": rows,
        "scored": len(scored),
        "nearer": sum(is_nearer(row.judged) for row in scored if row.judged),
        "may_seal": stamp(request).is_administrator,
    }
    return _fresh(render(request, "forecast/ledger.html", told))


def show(request: HttpRequest, code: str) -> HttpResponse:
    """One forecast: what was said, when, how to check it, and how good it was."""
    forecast = forecasts.forecasts().named(code)
    where = place(request.GET.get("place") or forecast.place).iso3
    told = {
        "forecast": forecast,
        "told": _told(forecast, where),
        "quantiles": SHARES,
        "countries": options(layout.language(), where),
        "judged": forecasts.judged(forecast),
        "is_intact": forecasts.is_intact(forecast),
        "is_new": request.GET.get("done") == "sealed",
    }
    return _fresh(render(request, "forecast/sealed.html", told))


def text(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    """The sealed text, letter by letter: its SHA-256 is the digest."""
    forecast = forecasts.forecasts().named(code)
    answer = HttpResponse(forecast.document, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{forecast.code}.json"'
    answer["ETag"] = f'"{forecast.digest}"'
    return answer


def is_nearer(judged: Judged) -> bool:
    """Whether the projection was nearer to what came than persistence."""
    return judged.projection.rank_crps < judged.persistence.rank_crps


def _row(forecast: "Forecast") -> Row:
    judged = [each for each in forecasts.judged(forecast) if each.release.withdrawn_at is None]
    return Row(
        code=forecast.code,
        title=forecast.title,
        edition=forecast.edition,
        place=forecast.place,
        k=forecast.k,
        odds=of_100(forecasts.sealed(forecast).chance(forecast.place, forecast.k)),
        sealed_at=forecast.sealed_at,
        digest=forecast.digest,
        judged=judged[-1] if judged else None,
    )


def _told(forecast: "Forecast", where: str) -> Told | None:
    """None for a country that the forecast leaves out."""
    sealed = forecasts.sealed(forecast)
    if where not in sealed.places:
        return None
    row = sealed.places.index(where)
    at_most = cumulated(sealed.counts[row])[None]
    return Told(
        place=where,
        odds=of_100(sealed.chance(where, forecast.k)),
        ranks=tuple(int(quantile(at_most, share)[0]) for share in SHARES),
        egdi=tuple(sealed.egdi[row].tolist()),
        came=_came(forecast.edition, where),
    )


def _came(edition: int, where: str) -> int | None:
    if edition not in queries.years():
        return None
    survey = queries.survey(edition)
    row = survey.rows.get(where)
    return None if row is None or not survey.ranked[row] else int(survey.ranks[row])


def _fresh(page: HttpResponse) -> HttpResponse:
    page.headers["Cache-Control"] = "no-cache"
    return page
