"""What the three doors share: the clock, who is there, and how a refusal is told.

The only module that reads the clock. Pages, JSON and terminal take a stamp here and hand it to an
action; when a rule refuses, they learn here which status that is and what sentence to say.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import wraps
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import get_resolver, reverse
from django.utils import timezone, translation
from django.utils.http import urlencode

from marra.kit.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from marra.kit.findings import Finding
from marra.kit.text import Text, gettext_noop
from marra.people import actions, queries
from marra.people.rules.passkeys import Site
from marra.people.rules.rights import APPOINTED, TERMINAL, VISITOR, Role, Stamp
from marra.people.rules.signing_in import WrongNameOrPassword

Answer = Callable[[HttpRequest], HttpResponseBase]
if TYPE_CHECKING:
    from marra.people.models import Account, SignIn

View = Callable[..., HttpResponseBase]

STATUS: Final[Mapping[type[Refusal], int]] = {
    Invalid: 422,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
}
PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
FILE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""A drawn chart may be opened alone; it carries its own style, and nothing else."""

# ── Clock and stamp ──────────────────────────────────────────────────────────────────────────


def now() -> datetime:
    """This moment, in national time."""
    return timezone.localtime()


def stamp(request: HttpRequest) -> Stamp:
    """Who asks, now, with the roles they hold; a visitor if nobody has signed in."""
    if request.user.is_authenticated:
        account = request.user
        roles = _roles(request, account)
        if must_enrol(request):
            roles = frozenset(held for held in roles if held[0] not in APPOINTED)
        return Stamp(by=account.code, at=now(), roles=roles)
    return Stamp(by=VISITOR, at=now(), roles=frozenset({(Role.VISITOR, "")}))


def _roles(request: HttpRequest, account: "Account") -> frozenset[tuple[Role, str]]:
    """The roles of whoever asks, read once for a page, which asks several times who is there."""
    known = getattr(request, ROLES, None)
    if known is None or known[0] != account.pk:
        known = (account.pk, queries.roles_of(account))
        setattr(request, ROLES, known)
    roles: frozenset[tuple[Role, str]] = known[1]
    return roles


def terminal_stamp() -> Stamp:
    """The stamp of the terminal: whoever can run commands beside the database looks after it."""
    roles = frozenset({(Role.ADMINISTRATOR, ""), (Role.VISITOR, "")})
    return Stamp(by=TERMINAL, at=now(), roles=roles)


# ── Refusals ─────────────────────────────────────────────────────────────────────────────────


def status(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    return next(code for kind, code in STATUS.items() if isinstance(refusal, kind))


def sentence(refusal: Refusal, language: str | None = None) -> str:
    """What the refusal says, in a language, by default that of the request."""
    return say(refusal.sentence, refusal.facts, language)


def say(message: str, facts: Mapping[str, object], language: str | None = None) -> str:
    """A sentence that a rule has marked, translated, its gaps filled with facts."""
    with translation.override(language or translation.get_language()):
        told = {name: _told(fact) for name, fact in facts.items()}
        return translation.gettext(message).format(**told)


def finding(found: Finding, language: str | None = None) -> str:
    """What was found in a file, with its sheet, line and column, translated."""
    told = say(found.sentence, found.facts, language)
    place = PLACES_IN_A_FILE.get((bool(found.sheet), bool(found.line), bool(found.column)))
    if place is None:
        return told
    where = {"sheet": found.sheet, "line": found.line, "column": found.column, "told": told}
    return say(place, where, language)


PLACES_IN_A_FILE: Final = {
    (False, True, True): gettext_noop("Line {line}, column “{column}”: {told}"),
    (False, True, False): gettext_noop("Line {line}: {told}"),
    (True, True, True): gettext_noop("Sheet “{sheet}”, line {line}, column “{column}”: {told}"),
    (True, True, False): gettext_noop("Sheet “{sheet}”, line {line}: {told}"),
    (True, False, True): gettext_noop("Sheet “{sheet}”, column “{column}”: {told}"),
    (True, False, False): gettext_noop("Sheet “{sheet}”: {told}"),
}
"""How a finding says where it is, by what it knows of that: sheet, line, column."""


def _told(fact: object) -> object:
    match fact:
        case StrEnum():
            return translation.gettext(fact.value)
        case Text():
            return fact.into(translation.get_language() or settings.LANGUAGE_CODE)
        case tuple():
            return ", ".join(str(_told(each)) for each in fact)
        case datetime():
            return timezone.localtime(fact).strftime("%d.%m.%Y %H:%M")
        case _:
            return fact


class Refusals:
    """A refusal that reaches the door becomes a page that says what to do next.

    The page is the root address table's `handler_refusal`, beside Django's own handlers.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """The answer to a refusal; any other exception is a fault of ours and goes on."""
        if not isinstance(exception, Refusal):
            return None
        page: Callable[[HttpRequest, Refusal], HttpResponseBase] = getattr(
            get_resolver().urlconf_module, "handler_refusal", plain_refusal
        )
        return page(request, exception)


class TooMuch(Invalid):
    """More was sent than any form needs."""

    sentence = gettext_noop("More than 12 megabytes were sent. Send a smaller file.")


def bounded(get_response: Answer) -> Answer:
    """Answer what is too large before a byte of it is kept."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        sent = request.META.get("CONTENT_LENGTH") or "0"
        if sent.isdigit() and int(sent) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return plain_refusal(request, TooMuch())
        return get_response(request)

    return answer


def plain_refusal(_request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as one line of plain text."""
    return HttpResponse(
        sentence(refusal), status=status(refusal), content_type="text/plain; charset=utf-8"
    )


# ── Who comes in ─────────────────────────────────────────────────────────────────────────────


def address(request: HttpRequest) -> str | None:
    """The network address of whoever asks, behind as many proxies as the settings trust."""
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted: int = settings.PROXIES
    far_end = str(request.META.get("REMOTE_ADDR", ""))
    given = passed[-trusted] if trusted and len(passed) >= trusted else far_end
    try:
        return str(ip_address(given))
    except ValueError:
        return None


def sign_in(request: HttpRequest, *, name: str, password: str) -> "Account | None":
    """Let somebody in; refuses with `TooManyTries` or `WrongNameOrPassword`.

    None if a second step is to come: until then the session knows which try it was, and nobody is
    signed in.
    """
    tried = actions.knock(stamp(request), name=name, address=address(request))
    account = queries.proved(name, password)
    if account is None:
        raise WrongNameOrPassword
    if queries.factors(account).exists():
        request.session.cycle_key()
        request.session[TRIED] = tried.code
        return None
    actions.enter(stamp(request), tried.code)
    _let_in(request, account)
    return account


def unfinished(request: HttpRequest) -> "SignIn | None":
    """The try of this session that waits for its second step."""
    return queries.unfinished(request.session.get(TRIED, ""), now())


def second_step(
    request: HttpRequest, *, number: str = "", answer: str = "", challenge: bytes = b""
) -> "Account":
    """Let somebody in by a code or a passkey; counts as a try as the password did."""
    first = unfinished(request)
    if first is None:
        raise WrongNameOrPassword
    again = actions.knock(stamp(request), name=first.name, address=address(request))
    who, code = stamp(request), again.code
    if answer:
        account = actions.take_passkey(
            who, code, first=first.code, answer=answer, site=site(request), challenge=challenge
        )
    else:
        account = actions.take_code(who, code, first=first.code, number=number)
    _let_in(request, account)
    return account


def site(request: HttpRequest) -> Site:
    """Where a browser is when it comes here; passkeys count for one such place."""
    origin = f"{request.scheme}://{request.get_host()}"
    return Site(urlsplit(origin).hostname or "", origin)


def must_enrol(request: HttpRequest) -> bool:
    """Whether this person has to set a second step up before anything else."""
    if settings.SECOND_FACTOR == "off" or not request.user.is_authenticated:
        return False
    if not hasattr(request, ENROLS):
        account = request.user
        must = queries.standing(account).exists() and not queries.factors(account).exists()
        setattr(request, ENROLS, must)
    return bool(getattr(request, ENROLS))


def _let_in(request: HttpRequest, account: "Account") -> None:
    request.session.pop(TRIED, None)
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")


def sign_out(request: HttpRequest) -> None:
    """End the session."""
    logout(request)


def signed_in(view: View) -> View:
    """A page for those who have signed in: others are led to the way in, and back afterwards."""

    @wraps(view)
    def asking(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            back = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse(settings.LOGIN_URL)}?{back}")
        if must_enrol(request) and not getattr(view, FOR_ENROLMENT, False):
            return redirect("second-steps")
        answer = view(request, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    setattr(asking, ASKS, True)
    return asking


def for_enrolment(view: View) -> View:
    """A page that those may open too who must set a second step up first."""
    setattr(view, FOR_ENROLMENT, True)
    return view


FOR_ENROLMENT: Final = "for_enrolment"
TRIED: Final = "marra.door.tried"
"""Where a session notes the try whose second step is to come."""

ENROLS: Final = "marra_must_enrol"
ROLES: Final = "marra_roles"
"""Where a request keeps the answers, for a page asks several times who is there."""

ASKS: Final = "asks_who_you_are"
"""The mark of a view that asks; a house test looks for it."""


def security_headers(get_response: Answer) -> Answer:
    """Every answer says what it may load: nothing inline and nothing from elsewhere."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        response.headers.setdefault(
            "Content-Security-Policy", PAGE_POLICY if is_page else FILE_POLICY
        )
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), payment=()")
        return response

    return answer
