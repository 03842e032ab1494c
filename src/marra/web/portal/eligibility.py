"""Whether one may ask for a service, before anybody signs in; nothing of it is kept.

Answers of earlier pages travel in the form itself. A definition offers it by a form and a decision
that are both called `eligibility`; the decision says yes or no, or a context with `eligible` and
`why`, a text or texts by language.
"""

from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from marra.door import now
from marra.flow.answers import kept, path, sent
from marra.flow.forms import Form, Page
from marra.portal.queries import definitions
from marra.portal.queries.catalogue import published
from marra.portal.queries.running import ready_of
from marra.portal.rules import eligibility as rules
from marra.portal.rules.running import Ready
from marra.store import NothingNamed
from marra.web import layout
from marra.web.portal.asking import Asking

if TYPE_CHECKING:
    from marra.portal.models.catalogue import Service

CSRF: Final = "csrfmiddlewaretoken"


def check(request: HttpRequest, code: str) -> HttpResponse:
    """The next question, or what the answers come to."""
    row = published().named(code)
    ready = offered(row)
    if ready is None:
        raise NothingNamed(kind="service", code=code)
    form, at = ready.forms[rules.NAME], now()
    answers: dict[str, Any] = {}
    data = request.POST if request.method == "POST" else QueryDict()
    for page in form.pages:
        answers |= sent(form, page, dict(data.lists()))[0]
    for page in path(form, answers, now=at):
        was_asked = data.get("page") in _from(form, page)
        asking = Asking(form, [page], answers={}, data=data if was_asked else None)
        if was_asked:
            asking.read(data)
        if not was_asked or not asking.judge(answers, at):
            return _page(request, row, asking, page, data)
    found = rules.judged(ready, kept(form, answers, now=at), now=at)
    return _page(request, row, None, None, data, found)


def _from(form: Form, page: Page) -> list[str]:
    """Pages that are answered only after this one, and itself."""
    codes = [each.id for each in form.pages]
    return codes[codes.index(page.id) :]


def offered(row: "Service") -> Ready | None:
    """The definition that stands, if it can tell who may ask."""
    found = definitions.standing(row)
    ready = ready_of(found) if found else None
    return ready if ready and rules.offers(ready) else None


def _page(
    request: HttpRequest,
    row: "Service",
    form: Asking | None,
    page: Page | None,
    data: QueryDict,
    found: rules.Eligible | None = None,
) -> HttpResponse:
    language = layout.language()
    own = set(page.fields) if page else set()
    before = [
        (name, value)
        for name, values in data.lists()
        if name not in own | {CSRF, "page"}
        for value in values
    ]
    context: dict[str, Any] = {
        "row": row,
        "name": row.name.into(language),
        "form": form,
        "page": page.id if page else "",
        "title": page.title.into(language) if page else "",
        "before": before[:200],
        "found": found,
        "why": found.why.into(language) if found and found.why else "",
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "portal/eligibility.html", context, status=422 if wrong else 200)
