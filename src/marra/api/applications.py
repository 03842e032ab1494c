"""`/api/v1/applications`: one's own applications, for the application on a telephone.

Everything here is of whoever asks: another person's application is not there. A request that makes
an application has a name of its own, so that it can be sent again when its answer was lost.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Header, Router, Status
from ninja.files import UploadedFile
from ninja.security import django_auth

from marra.api.index.shapes import Shape
from marra.api.screens import Language, Screen, told
from marra.archive.actions import keep_file
from marra.door import stamp, terminal_stamp
from marra.flow.answers import check
from marra.links import registers, scanner
from marra.people.rules.rights import Stamp
from marra.portal.actions import applying, corresponding
from marra.portal.queries import cases
from marra.portal.rules.casework import NotADraft, Stage

if TYPE_CHECKING:
    from marra.portal.models.cases import Case

router = Router(tags=["applications"])
Key = Annotated[str, Header(alias="Idempotency-Key", description="8 to 80 letters and digits")]


class ApplicationEvent(Shape):
    """Something that happened."""

    at: datetime
    what: str = Field(examples=["sent"])
    text: str = Field(description="A reason, or the name of a step")


class ApplicationMessage(Shape):
    """What was written, by the applicant or by the body."""

    at: datetime
    own: bool
    text: str


class ApplicationBrief(Shape):
    """An application as lists tell it."""

    code: str
    service: str = Field(description="Code of the service")
    stage: Literal["draft", "running", "ended"]
    standing: Literal[
        "draft", "offered", "returned", "answers", "payment", "body", "system", "granted",
        "refused", "withdrawn",
    ] = Field(description="Whom or what it waits for, or how it ended")  # fmt: skip
    started_at: datetime
    sent_at: datetime | None
    due_on: date | None = Field(description="The last day of its term, in working days")
    waits_since: date | None = Field(description="The term stands still since that day")
    ended_at: datetime | None


class Application(ApplicationBrief):
    """An application with its way so far."""

    step: str | None = Field(description="The screen to show next; null if nothing is asked")
    returned: str = Field(description="Why the body returned it, while it waits for that")
    ground: str = Field(description="By which law it was refused")
    answers: dict[str, dict[str, Any]] = Field(description="By form")
    events: list[ApplicationEvent]
    messages: list[ApplicationMessage]


class Receipt(Shape):
    """An application that was accepted, and is on the disk."""

    code: str
    service: str = Field(description="Code of the service")
    stage: Literal["draft", "running", "ended"] = Field(
        description="A draft only while a register has not answered: send the same again"
    )
    outcome: Literal["granted", "refused", "withdrawn"] | None
    sent_at: datetime | None
    due_on: date | None = Field(description="The last day of its term, in working days")


class KeptFile(Shape):
    """A file that was kept."""

    code: str = Field(description="The answer to the question that asks for it")
    name: str
    size: int = Field(description="Bytes")


class Applications(Shape):
    """Some of one's own applications, the newest first."""

    total: int
    applications: list[ApplicationBrief]


class ApplicationSent(Shape):
    """An application in one piece."""

    service: str = Field(max_length=80)
    answers: dict[str, Any] = {}
    origin: Literal["mobile", "web", "centre", "sms"] = "mobile"


class DraftBegun(Shape):
    """A draft."""

    service: str = Field(max_length=80)
    origin: Literal["mobile", "web", "centre", "sms"] = "mobile"


class PageAnswers(Shape):
    """The answers of one page."""

    answers: dict[str, Any]


class ApplicationText(Shape):
    """A message to the body."""

    text: str


@router.get("", auth=django_auth, response=Applications, summary="One's own applications")
def mine(request: HttpRequest, response: HttpResponse, offset: int = 0) -> dict[str, Any]:
    """The newest hundred, drafts too, from an offset on."""
    _private(response)
    rows = cases.own(stamp(request)).prefetch_related("tasks")
    start = max(0, min(offset, 1_000_000))
    shown = rows[start : start + 100]
    return {"total": rows.count(), "applications": [_brief(each) for each in shown]}


@router.post(
    "",
    auth=django_auth,
    response={200: Receipt, 201: Receipt},
    summary="Apply in one piece",
)
def apply(
    request: HttpRequest, response: HttpResponse, given: ApplicationSent, key: Key = ""
) -> Any:
    """Send a whole application; 201 when it is new, 200 when that key made it before.

    Registers that the process asks before the form are asked in between. If the answer was lost,
    send the same again with the same `Idempotency-Key`.
    """
    _private(response)
    who, asked = stamp(request), given.model_dump()
    service = asked.pop("service")
    row = applying.apply(who, service, key=key, **asked)
    if cases.may_call(row) and registers.answer(terminal_stamp(), row.code):
        if row.sent_at is None:
            applying.apply(who, service, key=key, **asked)
            registers.answer(terminal_stamp(), row.code)
        row = cases.own(who).named(row.code)
    return Status(201 if row.sent_at == who.at else 200, _receipt(row, service))


@router.post(
    "/drafts", auth=django_auth, response=Application, summary="Begin a draft, or find it again"
)
def begin(request: HttpRequest, response: HttpResponse, given: DraftBegun, key: Key = "") -> Any:
    """A draft of an application; without a key the one that was begun before goes on."""
    _private(response)
    who = stamp(request)
    made = applying.begin(who, given.service, origin=given.origin, key=key)
    registers.answer(terminal_stamp(), made.code)
    return _whole(who, made.code)


@router.post("/files", auth=django_auth, response={201: KeptFile}, summary="Keep a file")
def attach(request: HttpRequest, response: HttpResponse, file: File[UploadedFile]) -> Any:
    """Keep a file to answer a question with: its code is the answer, and counts for its sender."""
    _private(response)
    content, name = file.read(), file.name or ""
    scanner.service().look(name, content)
    made = keep_file(stamp(request), name=name, content=content)
    return Status(201, {"code": made.code, "name": made.name, "size": made.size})


@router.get("/{application}", auth=django_auth, response=Application, summary="One application")
def one(request: HttpRequest, response: HttpResponse, application: str) -> dict[str, Any]:
    """Where it stands, what happened, what was written; 404 if it is not one's own."""
    _private(response)
    return _whole(stamp(request), application)


@router.get(
    "/{application}/screens/{step}",
    auth=django_auth,
    response=Screen,
    summary="One screen of the open form",
)
def shown(
    request: HttpRequest,
    response: HttpResponse,
    application: str,
    step: str,
    language: Language = "uz",
) -> dict[str, Any]:
    """A page with the answers kept so far; the step `check` shows them all."""
    _private(response)
    who = stamp(request)
    desk = _desk(who, application)
    return told(desk.form, step, desk.whole, language, at=who.at)


@router.put(
    "/{application}/screens/{step}",
    auth=django_auth,
    response=Screen,
    summary="Keep a page's answers",
)
def keep(
    request: HttpRequest,
    response: HttpResponse,
    application: str,
    step: str,
    given: PageAnswers,
    language: Language = "uz",
) -> dict[str, Any]:
    """Keep them, right or wrong; what is wrong stands as `problem` at its field."""
    _private(response)
    who = stamp(request)
    applying.save_page(who, application, step=step, answers=given.answers)
    desk = _desk(who, application)
    page = desk.form.page(step)
    problems = check(desk.form, page, desk.whole, now=who.at) if page else ()
    return told(desk.form, step, desk.whole, language, at=who.at, problems=problems)


@router.post(
    "/{application}/send", auth=django_auth, response=Application, summary="Send what was answered"
)
def send(request: HttpRequest, response: HttpResponse, application: str) -> dict[str, Any]:
    """Send it; sent again it is the same application."""
    _private(response)
    who = stamp(request)
    applying.submit(who, application)
    registers.answer(terminal_stamp(), application)
    return _whole(who, application)


@router.post(
    "/{application}/withdraw", auth=django_auth, response=Application, summary="Withdraw it"
)
def withdraw(request: HttpRequest, response: HttpResponse, application: str) -> dict[str, Any]:
    """Take it back; a draft is forgotten."""
    _private(response)
    who = stamp(request)
    applying.withdraw(who, application)
    return _whole(who, application)


@router.post(
    "/{application}/messages", auth=django_auth, response=Application, summary="Write to the body"
)
def say(
    request: HttpRequest, response: HttpResponse, application: str, given: ApplicationText
) -> dict[str, Any]:
    """Write a message about an application that was sent."""
    _private(response)
    who = stamp(request)
    cases.own(who).named(application)
    corresponding.say(who, application, text=given.text)
    return _whole(who, application)


def _private(response: HttpResponse) -> None:
    """Nobody between here and the telephone keeps a copy."""
    response.headers["Cache-Control"] = "private, no-store"


def _desk(who: Stamp, code: str) -> cases.Desk:
    row = cases.own(who).named(code)
    desk = cases.desk(row) if row.stage != Stage.ENDED else None
    if desk is None:
        raise NotADraft
    return desk


def _brief(row: "Case") -> dict[str, Any]:
    return {
        "code": row.code,
        "service": row.service.code,
        "stage": row.stage,
        "standing": cases.standing_of(row),
        "started_at": row.started_at,
        "sent_at": row.sent_at,
        "due_on": row.due_on,
        "waits_since": row.waits_since,
        "ended_at": row.ended_at,
    }


def _receipt(row: "Case", service: str) -> dict[str, Any]:
    return {
        "code": row.code,
        "service": service,
        "stage": row.stage,
        "outcome": row.outcome or None,
        "sent_at": row.sent_at,
        "due_on": row.due_on,
    }


def _whole(who: Stamp, code: str) -> dict[str, Any]:
    row = cases.own(who).prefetch_related("tasks").named(code)
    return {
        **_brief(row),
        "step": cases.next_step(row, who.at),
        "returned": cases.why_returned(row),
        "ground": row.ground,
        "answers": row.answers,
        "events": [{"at": e.at, "what": e.what, "text": e.text} for e in cases.events(row)],
        "messages": [{"at": m.at, "own": m.is_own, "text": m.text} for m in row.messages.all()],
    }
