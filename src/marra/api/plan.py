"""`/api/v1/plan`: the plan for a goal, what odds cost, and checking the file of a portfolio.

A plan takes seconds, so an answer that is not there yet is 202 and comes a little later. Whoever
has not signed in asks what is offered to everybody; the others may ask for any odds or money.
"""

from dataclasses import asdict
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from ninja.security import django_auth

from marra.api import plan_shapes as shapes
from marra.commission.queries import answers, futures
from marra.commission.queries.answers import Progress
from marra.commission.queries.portfolios import works
from marra.commission.queries.sources import Source, source
from marra.commission.rules.answers import Answer, Told, Unanswered
from marra.commission.rules.answers import Frontier as Found
from marra.commission.rules.plans import AUTHORS
from marra.commission.rules.portfolios import digest
from marra.commission.rules.questions import USUAL, Question, check_offered, checked
from marra.door import say, stamp
from marra.index.plan import document
from marra.index.plan.files import LARGEST, read
from marra.index.plan.portfolio import Words
from marra.index.projection.futures import NotProjected
from marra.kit.errors import Conflict
from marra.kit.places import PLACES
from marra.kit.text import gettext_noop

router = Router(tags=["plan"])

SECONDS: Final = 5


class CannotPlan(Conflict):
    """The planner refused, or broke."""

    sentence = gettext_noop("There is no plan: {told}")


BROKEN: Final = gettext_noop("It could not be worked out, twice. Ask another question.")


class Asked(Schema):
    """Which portfolio, and which goal."""

    portfolio: str = Field(
        "", description="Code of a portfolio or version; the house's own", max_length=80
    )
    top: int | None = Field(None, ge=1, le=193, description="This place or better; the goal")
    by: int | None = Field(None, description="Edition; the one that the goal is read as")


class Wanted(Asked):
    """A goal with the odds or the money for it."""

    odds: float | None = Field(None, gt=0, lt=1, description="At least these; 0.8 by default")
    budget: float | None = Field(None, gt=0, description="At most this, UZS, instead of odds")


@router.get("", response={200: shapes.Plan, 202: shapes.Waiting}, summary="What reaches the goal")
def plan(request: HttpRequest, response: HttpResponse, wanted: Query[Wanted]) -> Any:
    """The cheapest plan with the odds asked for, or the best for a budget; or what to relax."""
    found, asked = _question(request, wanted)
    odds = None if wanted.budget is not None else wanted.odds or USUAL
    asked = Question(
        asked.digest, asked.place, asked.k, asked.edition, odds=odds, budget=wanted.budget
    )
    told = _told(request, response, found, asked)
    return _plan(found, told) if isinstance(told, Answer) else _waiting(response)


@router.get(
    "/frontier", response={200: shapes.Frontier, 202: shapes.Waiting}, summary="What odds cost"
)
def frontier(request: HttpRequest, response: HttpResponse, wanted: Query[Asked]) -> Any:
    """Plans none of which is both cheaper and better than another, the cheapest first."""
    found, asked = _question(request, wanted)
    told = _told(request, response, found, asked)
    return _frontier(found, told) if isinstance(told, Found) else _waiting(response)


@router.post("/check", response=shapes.Checked, auth=django_auth, summary="Check a portfolio file")
def check(request: HttpRequest, file: File[UploadedFile]) -> dict[str, Any]:
    """Read a portfolio file (XLSX, CSV, TOML) and take nothing in; for those who make portfolios.

    Needs the cookie of a session and the header `X-CSRFToken`. A file with faults is refused with
    all of them, each with sheet, line and column, under `findings`.
    """
    stamp(request).require(*AUTHORS)
    portfolio = read(file.name or "file", file.read(LARGEST + 1))
    return {
        "code": portfolio.code,
        "title": _said(portfolio.title),
        "country": portfolio.place,
        "initiatives": len(portfolio.initiatives),
        "cost": sum(each.cost for each in portfolio.initiatives),
        "digest": digest(document.written(portfolio)),
    }


def _question(request: HttpRequest, wanted: Asked) -> tuple[Source, Question]:
    """The portfolio and the goal; for the frontier this is the whole question."""
    found = source(stamp(request), wanted.portfolio)
    editions = futures.editions()
    edition = wanted.by or futures.goal_editions()[0]
    if edition not in editions:
        raise NotProjected(edition=edition, editions=", ".join(map(str, editions)))
    k = wanted.top or settings.GOAL_RANK
    return found, Question(found.digest, found.portfolio.place, k, edition)


def _told(
    request: HttpRequest, response: HttpResponse, found: Source, asked: Question
) -> Told | None:
    """The answer, if it is there; what is missing is left to be worked out."""
    checked(asked, last=len(PLACES))
    if not works(who := stamp(request)):
        check_offered(asked, goal=settings.GOAL_RANK)
    private = who.by and not found.is_public
    response["Cache-Control"] = "private, no-store" if private else "no-cache"
    answers.ask(asked, found.portfolio)
    answers.start_work()
    if answers.progress(asked) is Progress.FAILED:
        raise CannotPlan(told=say(BROKEN, {}))
    told = answers.find(asked)
    if isinstance(told, Unanswered):
        raise CannotPlan(told=say(told.sentence, told.facts))
    return told


def _waiting(response: HttpResponse) -> Status[dict[str, Any]]:
    response["Retry-After"] = str(SECONDS)
    return Status(202, {"state": Progress.WAITING.value, "retry_after": SECONDS})


def _plan(found: Source, told: Answer) -> dict[str, Any]:
    body, asked = asdict(told), told.question
    steps = [
        {**each, "title": _said(found.portfolio.named(each["code"]).title)}
        for each in body["steps"]
    ]
    more = told.addition and {**asdict(told.addition), "steps": _chosen(told.addition.steps)}
    return {
        **body,
        "portfolio": _portfolio(found),
        "top": asked.k,
        "edition": asked.edition,
        "odds_asked": asked.odds,
        "budget_asked": asked.budget,
        "odds_without": told.nothing,
        "odds_best": told.best,
        "steps": steps,
        "addition": more,
    }


def _frontier(found: Source, told: Found) -> dict[str, Any]:
    return {
        "portfolio": _portfolio(found),
        "top": told.question.k,
        "edition": told.question.edition,
        "points": [
            {"cost": each.cost, "odds": each.odds, "chosen": _chosen(each.chosen)}
            for each in told.points
        ],
        "grounds": asdict(told.grounds),
    }


def _portfolio(found: Source) -> dict[str, Any]:
    return {
        "code": found.code,
        "title": _said(found.portfolio.title),
        "country": found.portfolio.place,
        "initiatives": len(found.portfolio.initiatives),
        "digest": found.digest,
        "illustrative": found.is_example,
    }


def _chosen(steps: tuple[tuple[str, int], ...]) -> list[dict[str, Any]]:
    return [{"code": code, "start": start} for code, start in steps]


def _said(words: Words) -> str:
    return words if isinstance(words, str) else words.into(get_language() or "en")
