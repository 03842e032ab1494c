"""`/api/v1/standard`: the requirements for simple services, and how services stand by them."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from marra.api.index.shapes import Shape
from marra.door import now, say
from marra.inventory.queries import looks, results, services
from marra.inventory.queries import standards as queries
from marra.inventory.rules.standard import Requirement, packaged
from marra.kit.text import Text
from marra.people.rules.rights import VISITOR, Role, Stamp

router = Router(tags=["standard"])


class Asked(Shape):
    """One requirement."""

    code: str
    part: str
    how: str = Field(description="automatic, review or users")
    checks: list[str] = Field(description="Rules of the machine, if it is automatic")
    text: dict[str, str] = Field(description="By language: uz, uz-cyrl, ru, en")
    reason: dict[str, str]
    source: dict[str, str]
    basis: str = Field(description="proved, quoted, recalled or assumed")


class Standard(Shape):
    """A version of the requirements."""

    number: int
    adopted: bool = Field(description="False: it comes along and the Commission adopted none yet")
    in_force_from: str | None
    title: dict[str, str]
    requirements: list[Asked]


class Said(Shape):
    """What holds of one requirement, and what each said of it."""

    requirement: str
    result: str = Field(description="met, partly, not-met, not-applicable or unknown")
    said: dict[str, str] = Field(description="By who said it: body, review, users, machine")


class Found(Shape):
    """What one rule found in one place of a page."""

    rule: str
    requirement: str
    passed: bool | None = Field(description="null: it was not run")
    place: str
    sentence: str = Field(description="In English")


class Look(Shape):
    """A page that a machine has looked at."""

    address: str
    at: str
    findings: list[Found]


class ServiceStanding(Shape):
    """How one service stands by the standard in force."""

    service: str
    standard: int = Field(description="Number of the version in force")
    requirements: list[Said]
    looks: list[Look] = Field(description="The last look at each page")


@router.get("", response=Standard, summary="The requirements for simple services")
def standard(request: HttpRequest) -> dict[str, Any]:
    """The version in force, or the one that comes along while none is."""
    row = queries.in_force(now().date())
    asked = queries.requirements(row) if row else packaged()
    return {
        "number": asked.number,
        "adopted": row is not None,
        "in_force_from": row.in_force_from.isoformat() if row else None,
        "title": _texts(asked.title),
        "requirements": [_asked(each) for each in asked.requirements],
    }


class Wanted(Schema):
    """All services of approved lists, or some."""

    service: str = Field("", description="Only this one, by its code", max_length=80)
    body: str = Field("", description="Only those of this state body", max_length=80)
    limit: int = Field(20, ge=1, le=50)
    offset: int = Field(0, ge=0, le=100_000)


@router.get(
    "/results", response=list[ServiceStanding], summary="How services stand by the standard"
)
def standing(request: HttpRequest, wanted: Query[Wanted]) -> list[dict[str, Any]]:
    """What holds of each requirement for services of approved lists, in the order of codes."""
    who = _visitor()
    standard = queries.in_force(who.at.date())
    if standard is None:
        return []
    rows = services.visible_to(who).order_by("code")
    named = {"code": wanted.service, "owner__code": wanted.body}
    rows = rows.filter(**{name: value for name, value in named.items() if value})
    return [
        {
            "service": row.code,
            "standard": standard.number,
            "requirements": [
                {
                    "requirement": each.requirement.code,
                    "result": each.result,
                    "said": {by.value: verdict.value for by, verdict in each.said.items()},
                }
                for each in results.of_service(row, standard, who.at)
            ],
            "looks": [_look(each) for each in looks.counted(row.code, who.at).values()],
        }
        for row in rows[wanted.offset : wanted.offset + wanted.limit]
    ]


def _look(run: Any) -> dict[str, Any]:
    return {
        "address": run.address,
        "at": run.ended_at.isoformat(),
        "findings": [
            {
                "rule": each.rule,
                "requirement": each.requirement,
                "passed": each.passed,
                "place": each.place,
                "sentence": say(each.sentence, each.facts, "en"),
            }
            for each in run.findings.all()
        ],
    }


def _asked(each: Requirement) -> dict[str, Any]:
    return {
        "code": each.code,
        "part": each.part,
        "how": each.how.value,
        "checks": list(each.checks),
        "text": _texts(each.text),
        "reason": _texts(each.reason),
        "source": _texts(each.source),
        "basis": each.basis,
    }


def _texts(text: Text) -> dict[str, str]:
    return {"uz": text.uz, "uz-cyrl": text.uz_cyrl, "ru": text.ru, "en": text.en}


def _visitor() -> Stamp:
    """What is open to all, whoever asks: answers may be kept and read by other sites."""
    return Stamp(by=VISITOR, at=now(), roles=frozenset({(Role.VISITOR, "")}))
