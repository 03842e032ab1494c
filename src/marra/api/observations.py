"""`/api/v1/evidence`: indicators, observations, what is newer than the Survey; and reporting."""

from typing import TYPE_CHECKING, Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Header, Query, Router, Status
from ninja.security import HttpBearer

from marra.api.observation_shapes import (
    DeliveryAnswer,
    FreshFigures,
    IndicatorBoard,
    IndicatorSeries,
    ObservationPage,
    ReportedDelivery,
)
from marra.api.problems import problem
from marra.door import now
from marra.evidence.actions import taking
from marra.evidence.queries import board, fresh, indicators, keys, observations, releases
from marra.evidence.queries.board import Line
from marra.evidence.rules.fresh_told import document
from marra.evidence.rules.indicators import Indicator
from marra.evidence.rules.keys import KeyUnknown, TooOften
from marra.kit.places import place as country_of
from marra.people.rules import VISITOR, Role, Stamp

if TYPE_CHECKING:
    from marra.evidence.models.observations import Observation, ReportingKey
    from marra.kit.text import Text

router = Router(tags=["evidence"])

PAGE = 100
LANGUAGES = {"uz": "uz", "uz-cyrl": "uz_cyrl", "ru": "ru", "en": "en"}


class ByKey(HttpBearer):
    """A reporting key as `Authorization: Bearer …`; another one is refused."""

    def authenticate(self, _request: HttpRequest, token: str) -> "ReportingKey":
        """The key of the secret, if it is in use."""
        found = keys.keyed(token)
        if found is None or found.ended_at is not None:
            raise KeyUnknown
        return found


@router.get("/indicators", response=IndicatorBoard, summary="Every indicator as it stands")
def board_of(request: HttpRequest) -> dict[str, Any]:
    """Value, day, basis, target, gap to place 30 and what is odd; of what is public."""
    lines = board.board(settings.COUNTRY, _anybody())
    return {
        "place": settings.COUNTRY,
        "edition": releases.latest(),
        "indicators": [_line(each) for each in lines],
    }


@router.get("/indicators/{indicator}", response=IndicatorSeries, summary="One indicator's series")
def series(request: HttpRequest, indicator: str) -> dict[str, Any]:
    """Every value that stands and is public, newest first."""
    measured = indicators.named(indicator)
    found = board.line(measured, settings.COUNTRY, _anybody())
    values = [_value(each) for each in reversed(found.points)]
    return {**_line(found), "values": values}


@router.get("/observations", response=ObservationPage, summary="Observations, newest first")
def listed(
    request: HttpRequest,
    indicator: str = "",
    place: str = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> dict[str, Any]:
    """What is public, corrected and withdrawn values too; each says what became of it."""
    found = observations.visible_to(_anybody())
    if indicator:
        found = found.filter(indicator=indicators.named(indicator).code)
    if place:
        found = found.filter(place=place)
    rows = found.select_related("corrects").order_by("-day", "-id")
    shown = rows[(page - 1) * PAGE : page * PAGE]
    return {"count": found.count(), "page": page, "values": [_value(each) for each in shown]}


@router.get("/nowcast", response=FreshFigures, summary="What is newer than the Survey")
def nowcast(request: HttpRequest, country: str = "", edition: int | None = None) -> dict[str, Any]:
    """Inputs of a later year than the Survey's, and what they would change of EGDI and rank.

    Values that do not count are listed too, each with the reason: another basis, another unit,
    older, or no input of the edition.
    """
    asked = country_of(country).iso3 if country else settings.COUNTRY
    return document(fresh.nowcast(asked, _anybody(), edition))


@router.post(
    "/observations",
    response={200: DeliveryAnswer, 201: DeliveryAnswer},
    auth=ByKey(),
    summary="Report observations",
)
def report(
    request: HttpRequest,
    given: ReportedDelivery,
    once: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Any:
    """Report values as a state body, with its reporting key; all are taken in or none.

    The header `Idempotency-Key` names the delivery. If the answer was lost, send the same again:
    it is answered as before and kept once. Values pass the same checks as those entered by hand;
    what is of a day to come is a projection and is refused.
    """
    key: ReportingKey = request.auth  # type: ignore[attr-defined]
    values = [
        {**each.model_dump(), "place": each.place or settings.COUNTRY} for each in given.values
    ]
    stamp = Stamp(key.code, now(), frozenset({(Role.EXECUTOR, key.body.code)}))
    try:
        made, is_new = taking.deliver(stamp, key.code, once=once, values=values)
    except TooOften as refusal:
        return _later(problem(request, refusal, code=429))
    told = {"once": made.once, "is_new": is_new, "made": made.codes}
    return Status(201 if is_new else 200, told)


def _later(answer: HttpResponse) -> HttpResponse:
    answer.headers["Retry-After"] = "60"
    return answer


def _anybody() -> Stamp:
    """The API reads as a visitor does: its answers may be kept by anybody."""
    return Stamp(VISITOR, now(), frozenset({(Role.VISITOR, "")}))


def _texts(text: "Text") -> dict[str, str]:
    return {code: getattr(text, name) for code, name in LANGUAGES.items()}


def _line(line: Line) -> dict[str, Any]:
    return {
        **_about(line.measured),
        "value": _value(line.last) if line.last else None,
        "odd": [
            {
                "flag": each.flag.name.lower(),
                "before": each.before,
                "before_day": each.before_day,
                "before_basis": each.before_basis or None,
                "bound": each.bound,
            }
            for each in line.odd
        ],
        "target": line.goal
        and {"value": line.goal.value, "day": line.goal.day, "source": line.goal.source},
        "state": line.state.name.lower(),
        "survey": line.survey,
        "place_30": line.bar,
        "gap": line.gap,
        "responsible": line.responsible and line.responsible.body.code,
    }


def _about(measured: Indicator) -> dict[str, Any]:
    return {
        "indicator": measured.code,
        "name": _texts(measured.name),
        "unit": measured.unit.value,
        "better": "up" if measured.up else "down",
        "topic": measured.topic.name.lower(),
        "component": measured.component or None,
        "bases": [
            {"code": each.code, "name": _texts(each.name), "survey": each.survey}
            for each in measured.bases
        ],
    }


def _value(row: "Observation") -> dict[str, Any]:
    return {
        "code": row.code,
        "indicator": row.indicator,
        "place": row.place,
        "value": row.value,
        "day": row.day,
        "basis": row.basis,
        "unit": row.unit,
        "source": row.source,
        "link": row.link or None,
        "note": row.note or None,
        "vintage": row.vintage,
        "origin": row.origin,
        "stands": row.stands,
        "corrects": row.corrects.code if row.corrects_id and row.corrects else None,
        "withdrawn": row.withdrawn_why or None,
    }
