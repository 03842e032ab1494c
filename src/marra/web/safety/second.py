"""The second step of signing in: a one-time code, a spare code or a passkey.

Source: ours; NIST SP 800-63B, 4.2.
"""

from base64 import b64decode, b64encode
from secrets import token_bytes
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from marra import door
from marra.kit.errors import Refusal
from marra.people import queries
from marra.people.rules import passkeys
from marra.people.rules.signing_in import TooManyTries
from marra.web.forms import PageForm, Refused, answer
from marra.web.problems import too_many

CHALLENGE: Final = "marra.web.safety.challenge"


class Code(PageForm):
    """A one-time or a spare code."""

    number = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits from your application, or a spare code."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "autofocus": True}
        ),
    )


@never_cache
def step(request: HttpRequest) -> HttpResponseBase:
    """Finish signing in."""
    tried = door.unfinished(request)
    if tried is None or tried.account is None:
        return redirect("sign-in")
    form = Code(request.POST if "number" in request.POST else None)
    wrong: PageForm = Refused() if "answer" in request.POST else form
    if request.method == "POST" and (form.is_valid() or not form.is_bound):
        try:
            _finish(request, form)
            return redirect(destination(request))
        except TooManyTries as refusal:
            return too_many(request, refusal)
        except Refusal as refusal:
            wrong.add_error(None, door.sentence(refusal))
    known = queries.credentials(tried.account)
    asked = passkeys.request(door.site(request), fresh(request), known) if known else ""
    onward = destination(request)
    return answer(request, "people/second_step.html", form, wrong, next=onward, passkey=asked)


def _finish(request: HttpRequest, form: Code) -> None:
    if form.is_bound:
        door.second_step(request, number=form.cleaned_data["number"])
    else:
        given = request.POST.get("answer", "")[:20_000]
        door.second_step(request, answer=given, challenge=drawn(request))


def destination(request: HttpRequest) -> str:
    """Where to go after signing in: only to a page of this house."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else reverse("account")


def fresh(request: HttpRequest) -> bytes:
    """A challenge that nobody has seen, noted in the session."""
    made = token_bytes(passkeys.CHALLENGE_BYTES)
    request.session[CHALLENGE] = b64encode(made).decode()
    return made


def drawn(request: HttpRequest) -> bytes:
    """The challenge of the page before; it counts once."""
    return b64decode(request.session.pop(CHALLENGE, ""))
