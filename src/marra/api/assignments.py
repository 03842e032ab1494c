"""`/api/v1/commission/assignments`: what a signed-in person may know of, as pages list it."""

from datetime import date
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from ninja.security import django_auth

from marra.api.index.shapes import Shape
from marra.commission.queries import assignments as queries
from marra.commission.queries.assignment_files import to_write
from marra.commission.queries.assignments import Asked
from marra.commission.queries.groups import written
from marra.commission.rules.assignments import OWED, State, is_overdue
from marra.door import stamp

router = Router(tags=["commission"])
MOST: Final = 500


class Assignment(Shape):
    """One assignment as it stands today."""

    code: str
    number: str = Field(examples=["2026/17"])
    ijro_number: str = Field(description="Registration number in ijro.gov.uz")
    title: str
    state: State
    overdue: bool
    percent: int
    lead: str = Field(description="Code of the state body that leads")
    co_executors: list[str]
    head: str = Field(description="The first head who answers, by name")
    group: str | None = Field(description="Code of the working group that judges first")
    clause: str | None = Field(examples=["pq-308/P4-b"])
    obligation: str | None
    basis: str = Field(description="The document it rests on, where it is no clause here")
    indicator: str | None
    given_on: date
    first_deadline: date
    deadline: date
    extensions: int
    returns: int
    delivered_on: date | None = Field(description="Day of the submission that was accepted")


class Assignments(Shape):
    """Some of what is asked for, in the order of deadlines."""

    count: int = Field(description="Of all that are asked for")
    assignments: list[Assignment]


class Wanted(Schema):
    """All assignments, or some."""

    words: str = Field("", description="Words of the title in any letters, or a number")
    state: str = Field("", description="A state; or open, owed, overdue, to-judge")
    body: str = Field("", description="Code of a state body that leads or helps")
    group: str = Field("", description="Code of a working group")
    indicator: str = Field("", description="Code of an indicator")
    act: str = Field("", description="Code of an act")
    due_by: date | None = Field(None, description="Under control and due by that day")
    start: Annotated[int, Field(ge=0)] = Field(0, description="How many are passed over")
    most: Annotated[int, Field(ge=1, le=MOST)] = Field(100, description="How many are told")


@router.get("/assignments", response=Assignments, auth=django_auth, summary="Assignments")
def every(request: HttpRequest, response: HttpResponse, wanted: Query[Wanted]) -> dict[str, Any]:
    """What this person may know of: all, those of their group, or those of their body.

    Needs the cookie of a session; the answer is for this person alone.
    """
    response.headers["Cache-Control"] = "private, no-store"
    who = stamp(request)
    today = who.at.date()
    asked = Asked(**wanted.dict(exclude={"start", "most"}))
    rows = queries.asked_for(queries.visible_to(who), asked, today)
    found = to_write(rows).select_related("obligation")
    some = found[wanted.start : wanted.start + wanted.most]
    return {"count": rows.count(), "assignments": [_told(row, today) for row in some]}


def _told(row: Any, today: date) -> dict[str, Any]:
    state = State(row.state)
    plain = (
        "code", "number", "ijro_number", "title", "percent", "basis", "given_on",
        "first_deadline", "deadline", "extensions", "returns", "delivered_on",
    )  # fmt: skip
    return {name: getattr(row, name) for name in plain} | {
        "state": state,
        "overdue": state in OWED and is_overdue(state, row.deadline, today),
        "lead": row.lead.code,
        "co_executors": [each.code for each in row.co_executors.all()],
        "head": row.head_name,
        "group": row.group.code if row.group else None,
        "clause": written(row.clause) if row.clause else None,
        "obligation": row.obligation.code if row.obligation else None,
        "indicator": row.indicator or None,
    }
