"""`/api/v1/commission`: acts, and obligations with how each stands."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from marra.api import assignments
from marra.api.index.shapes import Shape
from marra.commission.queries import acts as act_queries
from marra.commission.queries import documents, obligations
from marra.door import now
from marra.people.rules.rights import VISITOR, Role, Stamp

router = Router(tags=["commission"])
router.add_router("", assignments.router)

State = Literal["met", "overdue", "in-time", "not-measured", "no-deadline"]
Texts = dict[str, str]


class Shown(Shape):
    """A value, a proof or a fact, with its day and source."""

    value: float | None
    day: str | None
    source: str
    link: str | None


class Decides(Shown):
    """What decides how an obligation stands."""

    kind: Literal["value", "proof", "fact"]


class AcceptedProof(Shown):
    """A proof that was accepted."""

    met: bool
    accepted_at: str


class DaySet(Shape):
    """A deadline that the Commission set."""

    due: str
    reason: str
    set_at: str


class Obligation(Shape):
    """One checkable thing that a clause asks for, and how it stands today."""

    code: str = Field(examples=["O-10"])
    act: str
    clause: str
    source_kind: str = Field(description="law, decree, resolution, order; or source: no act")
    what: Texts = Field(description="By language: uz, uz-cyrl, ru, en")
    who: Texts
    who_basis: str = Field(description="quoted, or assumed where the text names nobody")
    state: State
    days: int = Field(description="Overdue since; in time: until; met: after the deadline")
    due: str | None
    due_from: str | None = Field(description="text, reading, or commission: who says by when")
    starts: str | None
    measure: str | None = Field(description="Code of the indicator")
    basis: str | None = Field(description="How it is counted, where a reading decides it")
    relation: str | None = Field(description="ge, gt, le or lt")
    target: float | None
    unit: str | None
    reading: str | None = Field(description="The question that decides a part of it")
    met_since: str | None
    shown_by: Decides | None


class WholeObligation(Obligation):
    """An obligation with its history."""

    text: Texts
    original: str | None
    note: Texts | None
    values: list[Shown]
    days_set: list[DaySet]
    proofs: list[AcceptedProof]


class Clause(Shape):
    """One clause of an act."""

    number: str
    parent: str | None
    original: str | None
    text: Texts
    obligations: list[str]


class Act(Shape):
    """An act, or another source that is kept apart."""

    code: str
    kind: str
    number: Texts
    title: Texts
    signed_on: str | None
    published_on: str | None
    in_force_from: str | None
    source: str
    basis: str
    version: int
    digest: str = Field(description="SHA-256 of the act as it was taken in")
    clauses: list[Clause]


class Wanted(Schema):
    """All obligations, or some."""

    act: str = Field("", description="Code of an act; all without", max_length=80)
    state: State | None = Field(None, description="Only those that stand so")


@router.get("/obligations", response=list[Obligation], summary="Obligations and how they stand")
def every(request: HttpRequest, wanted: Query[Wanted]) -> list[dict[str, Any]]:
    """Every obligation in the order of acts and clauses, with how it stands today."""
    told = [documents.obligation(line) for line in obligations.board(_visitor())]
    return [
        each
        for each in told
        if wanted.act in ("", each["act"]) and wanted.state in (None, each["state"])
    ]


@router.get("/obligations/{obligation}", response=WholeObligation, summary="One obligation")
def one(request: HttpRequest, obligation: str) -> dict[str, Any]:
    """One obligation with its values, deadlines and proofs."""
    return documents.whole(obligations.one(_visitor(), obligation))


@router.get("/acts", response=list[Act], summary="Acts and their clauses")
def acts(request: HttpRequest) -> list[dict[str, Any]]:
    """The acts that stand, and other sources, whole."""
    return [documents.act(row) for row in act_queries.standing(_visitor())]


def _visitor() -> Stamp:
    """What is open to all, whoever asks: answers may be kept and read by other sites."""
    return Stamp(by=VISITOR, at=now(), roles=frozenset({(Role.VISITOR, "")}))
