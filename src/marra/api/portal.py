"""`/api/v1/services`: the public catalogue, one service, and search over it."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from marra.api.index.shapes import Shape
from marra.api.screens import Language, Screen, told
from marra.door import now
from marra.people.rules.rights import VISITOR, Role, Stamp
from marra.portal.queries import documents
from marra.portal.queries.catalogue import Asked, published
from marra.portal.queries.running import form_of

router = Router(tags=["services"])

AudienceCode = Literal["individual", "legal", "both"]
KindCode = Literal["ordinary", "composite", "proactive"]
StateCode = Literal["published", "paused"]


class Fee(Shape):
    """A fee that stands today; soʻm are of today's basic calculation amount."""

    least: float = Field(description="Multiple of the basic calculation amount; 0 is free")
    most: float
    soum_least: int
    soum_most: int
    what: str = Field(description="For whom or for what, where a service has several")
    per: str = Field(description="What it is asked for once, such as a page")


class Opening(Shape):
    """A channel through which a service is asked for."""

    channel: Literal["mobile", "web", "kiosk", "centre"]
    since: str | None
    address: str | None = Field(description="Where it leads if it runs in another system")


class Brief(Shape):
    """A service as lists tell it."""

    code: str = Field(examples=["415"])
    names: dict[str, str] = Field(description="By language: uz, uz_cyrl, ru, en")
    body: str | None = Field(description="Code of the state body")
    audience: AudienceCode
    kind: KindCode
    state: StateCode
    state_why: str | None = Field(description="Why it is paused")
    term: int | None = Field(description="Working days; 0 is at once or on the same day")


class Level(Shape):
    """How far a service runs by itself, read off runs of its definition."""

    number: int | None = Field(description="0 to 5; null where nothing is proven")
    why: list[str] = Field(description="Why it is not higher")


class Service(Brief):
    """A service with all that a citizen needs to know."""

    about: dict[str, str]
    fees: list[Fee]
    documents: list[dict[str, str]] = Field(description="By language; empty if none is asked for")
    legal: list[dict[str, str]]
    steps: list[str]
    events: list[str]
    channels: list[Opening]
    parts: list[str] = Field(description="Codes, of a composite service")
    level: Level
    definition: str | None = Field(description="Digest of the version that runs")
    version: int | None = Field(description="Number of the version that runs")


class Catalogue(Shape):
    """A page of the catalogue."""

    total: int
    services: list[Brief]


class Wanted(Schema):
    """All public services, or some."""

    q: str = Field("", description="In one's own words, in any script; the best first",
                   max_length=200)  # fmt: skip
    event: str = Field("", description="Life event, by its code", max_length=40)
    body: str = Field("", description="Code of the state body", max_length=80)
    audience: AudienceCode | None = None
    channel: Literal["mobile", "web", "kiosk", "centre"] | None = None
    offset: int = Field(0, ge=0, le=1_000_000)
    limit: int = Field(50, ge=1, le=200)


@router.get("", response=Catalogue, summary="Public services, all or some")
def services(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """The public services in the order of their names, or those that answer `q`."""
    if wanted.q:
        return documents.answering(_visitor(), wanted.q, wanted.limit)
    asked = Asked(
        event=wanted.event,
        body=wanted.body,
        audience=wanted.audience or "",
        channel=wanted.channel or "",
    )
    return documents.listed(asked, wanted.offset, wanted.limit)


@router.get("/{service}", response=Service, summary="One public service")
def service(request: HttpRequest, service: str) -> dict[str, Any]:
    """What one gets, who may ask, what it costs today, how long it takes."""
    return documents.whole(service, now())


@router.get("/{service}/screens/{step}", response=Screen, summary="One screen of a service's form")
def asked(
    request: HttpRequest,
    service: str,
    step: str,
    language: Language = "uz",
    form: str = "",
) -> dict[str, Any]:
    """A page as it is before anything was answered, of the version that stands.

    `form` names another form of the definition than the one an applicant meets first.
    """
    found = form_of(published().named(service), form[:200])
    return told(found, step, {}, language, at=now())


def _visitor() -> Stamp:
    """What is open to all, whoever asks: answers may be kept and read by other sites."""
    return Stamp(by=VISITOR, at=now(), roles=frozenset({(Role.VISITOR, "")}))
