"""Pages for what went wrong: what happened, why, what to do.

A refusal of a rule tells its own sentence; the rest are Django's answers in our words.

Source: ours; RFC 9457 for the readable pages behind the API's problem types.
"""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from marra.door import STATUS, sentence, status
from marra.kit.errors import NotFound, Refusal

HEADINGS: Final = {
    400: _("The request cannot be read"),
    403: _("This page is not open to you"),
    404: _("This page does not exist"),
    405: _("This address does not take that kind of request"),
    409: _("This cannot be done now"),
    422: _("Something in the request is wrong"),
    429: _("Too many tries"),
    500: _("Something broke on our side"),
}
NEXT_STEPS: Final = {
    400: _("Check the address, or begin again from the overview."),
    403: _("Sign in with an account that holds the role, or ask an administrator to appoint you."),
    404: _("Check the address, search for a country, or begin again from the overview."),
    405: _("Go back and use the form on the page."),
    409: _("Go back, load the page again and see what has changed."),
    422: _("Go back and correct it, or begin again from the overview."),
    429: _("Wait a quarter of an hour and try again."),
    500: _("Nothing was saved. Try again; if it happens again, tell an administrator the time."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What a problem page says."""

    status: int
    heading: str
    sentence: str
    step: str


def _answer(request: HttpRequest, code: int, said: str = "") -> HttpResponse:
    problem = Problem(code, gettext(HEADINGS[code]), said, gettext(NEXT_STEPS[code]))
    return render(request, "problem.html", {"problem": problem}, status=code)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A rule said no: its sentence, and what to do next."""
    return _answer(request, status(refusal), sentence(refusal))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400: nobody can read this request."""
    return _answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403: this person may not."""
    return _answer(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404: there is no such address."""
    return _answer(request, 404)


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: the address takes another kind of request."""
    answer = _answer(request, 405)
    answer.headers["Allow"] = allowed
    return answer


def too_many(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """429: the way is closed for a while; the sentence says until when."""
    return _answer(request, 429, sentence(refusal))


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. Drawn without the frame, which may be what broke."""
    return render(request, "broken.html", status=500)


def csrf_failed(request: HttpRequest, **_why: str) -> HttpResponse:
    """403: the form was sent from elsewhere or after the session had ended."""
    said = gettext(
        "The form was open for too long or came from another site, so it was not accepted. "
        "Go back, load the page again and send it once more."
    )
    return _answer(request, 403, said)


class NoSuchProblem(NotFound):
    """No refusal bears that code."""

    sentence = _("There is no problem of the name “{code}”.")


def all_refusals() -> dict[str, type[Refusal]]:
    """Every refusal of the house by its code."""
    found: dict[str, type[Refusal]] = {}
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        kind = waiting.pop()
        found[kind.code()] = kind
        waiting += kind.__subclasses__()
    return found


def explain(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind an API problem's type: what such a problem means."""
    kind = all_refusals().get(code)
    if kind is None:
        raise NoSuchProblem(code=code)
    number = next((code for base, code in STATUS.items() if issubclass(kind, base)), 422)
    words = {
        "code": code,
        "says": gettext(kind.sentence),
        "status": number,
        "heading": gettext(HEADINGS[number]),
        "step": gettext(NEXT_STEPS[number]),
    }
    return render(request, "problem_kind.html", {"kind": words})


def in_own_language(_request: HttpRequest, code: str) -> HttpResponse:
    """The same page, in the reader's language."""
    return redirect("problem", code=code)
