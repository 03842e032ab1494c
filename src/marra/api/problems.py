"""Errors of the API: one form for all, with a page behind each type (RFC 9457)."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import Field, NinjaAPI, Schema
from ninja.errors import ValidationError

from marra.door import finding, sentence, status
from marra.kit.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from marra.kit.findings import FileRefused
from marra.kit.text import gettext_noop

MEDIA_TYPE: Final = "application/problem+json"
PREFIX: Final = "/api/"


class Problem(Schema):
    """An error (RFC 9457), told so that a person can act on it."""

    type: str = Field(description="Address of a page about this kind of problem")
    title: str
    status: int
    detail: str = Field(description="What happened and what to do, in the language asked for")
    instance: str = Field(description="The address that was asked for")
    errors: list[dict[str, str]] | None = Field(None, description="Each misread parameter")
    findings: list[dict[str, Any]] | None = Field(None, description="Each fault of a file")


class InvalidRequest(Invalid):
    """A parameter is missing or has the wrong form."""

    sentence = gettext_noop(
        "The request cannot be understood: {where}: {why}. The list of errors names every place."
    )


class NoSuchAddress(NotFound):
    """There is nothing at this address."""

    sentence = gettext_noop("There is nothing at {path}. See the list at /api/v1/docs.")


class MethodNotOpen(Conflict):
    """The address exists, but not for this method."""

    sentence = gettext_noop("{path} does not answer to {method}. See the list at /api/v1/docs.")


class RequestNotAllowed(NotAllowed):
    """The request was stopped before it reached a rule."""

    sentence = gettext_noop(
        "The request was not accepted. Send the session's cookie and, to change something, "
        "the header X-CSRFToken."
    )


class BadRequest(Invalid):
    """The request is broken or too large."""

    sentence = gettext_noop("The request cannot be read. It may be too large or damaged.")


class OurFault(Conflict):
    """Something broke on our side."""

    sentence = gettext_noop("Something broke on our side. Nothing was saved. Try again later.")


KINDS: Final[dict[int, type[Refusal]]] = {
    HTTPStatus.BAD_REQUEST: BadRequest,
    HTTPStatus.UNAUTHORIZED: RequestNotAllowed,
    HTTPStatus.FORBIDDEN: RequestNotAllowed,
    HTTPStatus.NOT_FOUND: NoSuchAddress,
    HTTPStatus.METHOD_NOT_ALLOWED: MethodNotOpen,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: BadRequest,
    HTTPStatus.INTERNAL_SERVER_ERROR: OurFault,
}


def problem(
    request: HttpRequest, refusal: Refusal, *, code: int | None = None, **more: object
) -> HttpResponse:
    """A refusal as problem details."""
    number = code or status(refusal)
    body: dict[str, Any] = {
        "type": f"/problems/{refusal.code()}",
        "title": HTTPStatus(number).phrase,
        "status": number,
        "detail": sentence(refusal),
        "instance": request.get_full_path(),
        **more,
    }
    if isinstance(refusal, FileRefused):
        body["findings"] = [
            {**found.as_json(), "says": finding(found)} for found in refusal.findings
        ]
    answer = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=number, content_type=MEDIA_TYPE
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def tell_problems(api: NinjaAPI) -> None:
    """Have the API answer refusals and misread requests as problem details."""

    def refused(request: HttpRequest, refusal: Any) -> HttpResponse:
        return problem(request, refusal)

    def misread(request: HttpRequest, wrong: Any) -> HttpResponse:
        errors = [
            {"where": ".".join(map(str, each["loc"])), "why": each["msg"]} for each in wrong.errors
        ]
        return problem(request, InvalidRequest(**errors[0]), errors=errors)

    api.add_exception_handler(Refusal, refused)
    api.add_exception_handler(ValidationError, misread)


def as_problems(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: whatever else goes wrong below /api/ has the same form."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        number = response.status_code
        known = response.headers.get("Content-Type", "").startswith(MEDIA_TYPE)
        if number < HTTPStatus.BAD_REQUEST or known or not request.path.startswith(PREFIX):
            return response
        kind = KINDS.get(number, BadRequest)
        refusal = kind(path=request.path, method=request.method)
        told = problem(request, refusal, code=number)
        if allowed := response.headers.get("Allow"):
            told.headers["Allow"] = allowed
        return told

    return answer
