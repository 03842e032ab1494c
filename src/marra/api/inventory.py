"""`/api/v1/inventory`: state bodies with how far their lists are, and services by priority."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from marra.api.index.shapes import Shape
from marra.door import now
from marra.inventory.queries import documents
from marra.inventory.queries.services import Asked
from marra.inventory.rules.priority import setting
from marra.people.rules.rights import VISITOR, Role, Stamp

router = Router(tags=["inventory"])

Kind = Literal["office", "ministry", "committee", "agency", "regional", "organisation"]


class Body(Shape):
    """A state body, and how far the list of its functions, processes and services is."""

    code: str = Field(examples=["digital"])
    names: dict[str, str] = Field(description="By language: uz, uz-cyrl, ru, en")
    kind: Kind
    parent: str | None = Field(description="Code of the body it lies under")
    region: str | None = Field(description="SOATO code, of the government of a region")
    basis: str = Field(description="How well the name is known: quoted, recalled or entered")
    functions: int
    processes: int
    decided: int = Field(description="Processes with a decision: digitise, merge, abolish, leave")
    services: int
    left: dict[str, int] = Field(description="Things that each of the four checks finds short")
    exact: bool = Field(description="The four checks find nothing on a list that is not empty")
    approved_at: str | None
    changed_since_approval: bool


class Service(Shape):
    """A service of an approved list; a priority that lacks a factor is null."""

    code: str
    title: str
    owner: str = Field(description="Code of the state body")
    category: str | None
    deadline: str | None
    channel: str | None = Field(description="How it is asked for today")
    volume: int | None = Field(description="Cases a year")
    minutes: float | None = Field(description="For one case today")
    minutes_after: float | None = Field(description="For one case when it is digital")
    protected_share: float | None = Field(description="Users needing social protection, 0 to 1")
    effort: float | None = Field(description="Person-days")
    address: str | None
    on_portal_since: str | None
    in_app_since: str | None
    automation: float | None = Field(description="Share of steps without an official, 0 to 1")
    exception_reason: str | None = Field(description="Why it was not first in the app")
    place: int | None = Field(description="By priority, among those that are not digital yet")
    priority: float | None = Field(description="Weighted hours a year for each person-day")
    hours_saved: float | None
    protected_hours_saved: float | None
    missing: list[str] = Field(description="Factors of the priority that are not known")


class Wanted(Schema):
    """All services of approved lists, or some."""

    body: str = Field("", description="Code of the owner; all without", max_length=80)
    category: str = Field("", description="Only of this category", max_length=40)
    due_by: date | None = Field(None, description="Only those due by that day")
    weight: float | None = Field(
        None,
        ge=0,
        le=10,
        description="What an hour of a protected user counts more; as set if not",
    )


@router.get("/bodies", response=list[Body], summary="State bodies and how far their lists are")
def bodies(request: HttpRequest) -> list[dict[str, Any]]:
    """Every open state body, in the order of their names."""
    return documents.body_documents()


@router.get("/services", response=list[Service], summary="Services to digitise, by priority")
def services(request: HttpRequest, wanted: Query[Wanted]) -> list[dict[str, Any]]:
    """The services of all approved lists, the highest priority first."""
    weight = setting().weight if wanted.weight is None else wanted.weight
    asked = Asked(body=wanted.body, category=wanted.category, due_by=wanted.due_by)
    return documents.service_documents(_visitor(), asked, weight)


def _visitor() -> Stamp:
    """What is open to all, whoever asks: answers may be kept and read by other sites."""
    return Stamp(by=VISITOR, at=now(), roles=frozenset({(Role.VISITOR, "")}))
