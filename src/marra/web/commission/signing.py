"""Sign closed minutes, and look at a signature: what was signed, by whom, and whether it holds."""

import base64
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marra.commission.actions.signing import sign_minutes
from marra.commission.queries import minutes as minuted
from marra.commission.queries import sessions as queries
from marra.commission.queries import signatures
from marra.commission.rules.minutes import digest
from marra.commission.rules.sessions import State
from marra.commission.rules.signing import (
    ADAPTERS,
    Adapter,
    Checked,
    MinutesStillOpen,
    Position,
    holds,
)
from marra.door import PAGE_POLICY, address, stamp
from marra.links import signature as link
from marra.links.signature import Asker, ServiceAway, StandIn
from marra.people.rules.rights import Role, Stamp, rights
from marra.web.commission.sessions import back, whose
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_staff

if TYPE_CHECKING:
    from marra.commission.models.sessions import Session

MOST_BYTES: Final = 2 * 1024 * 1024

PROGRAM: Final = "connect-src wss://127.0.0.1:64443 ws://127.0.0.1:64646"
"""Where the E-IMZO program of the official's own machine answers a page, besides ourselves."""


class Signing(PageForm):
    """As what somebody signs; with the service, the envelope that their own machine made."""

    position = forms.ChoiceField(
        label=_("You sign as"), choices=[(each.name, _(each.value)) for each in Position]
    )
    envelope = forms.CharField(
        label=_("Signed envelope (PKCS #7, base64)"),
        help_text=_("Sign the file of the minutes with E-IMZO, with the document inside."),
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, stands_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stands_in:
            del self.fields["envelope"]


@for_staff
def sign(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show what is signed, ask the service about the signature, and keep it."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    who.require(*rights("commission")["session.signed"], of=queries.scope(row))
    if row.state != State.CLOSED:
        raise MinutesStillOpen
    service = link.service()
    stands_in = isinstance(service, StandIn)
    leads = who.scopes(Role.CHAIR, Role.GROUP_HEAD)
    start = {"position": Position.CHAIR.name if leads else Position.KEEPER.name}
    form = Signing(request.POST or None, stands_in=stands_in, initial=start)
    if form.is_valid():
        given = form.cleaned_data
        with refusals_into(form):
            checked = _checked(request, who, row, given.get("envelope", ""))
            sign_minutes(who, code, checked=checked, position=Position[given["position"]])
            return back(code, "signed")
    context = {
        "row": row,
        "whose": whose(row),
        "stands_in": stands_in,
        "intact": minuted.is_intact(row),
        "key": settings.EIMZO_KEY,
    }
    shown = answer(request, "commission/sign.html", form, None, **context)
    if not stands_in:
        shown["Content-Security-Policy"] = PAGE_POLICY.replace("connect-src", PROGRAM)
    return shown


def _checked(request: HttpRequest, who: Stamp, row: "Session", envelope: str) -> Checked:
    """What the service says of the envelope; the stand-in makes one of its own."""
    service, asker = link.service(), _asker(request)
    if isinstance(service, StandIn):
        envelope = service.made(
            row.document.encode(),
            signer=request.user.full_name or request.user.name,  # type: ignore[union-attr]
            certificate=f"STAND-IN-{who.by.removeprefix('account-')}",
            at=who.at,
        )
    return service.checked(service.stamped("".join(envelope.split()), asker), asker)


def _asker(request: HttpRequest) -> Asker:
    return Asker(request.get_host(), address(request) or "")


@for_staff
def show(request: HttpRequest, code: str, signature: str) -> HttpResponse:
    """A signature under minutes, checked anew."""
    row = queries.visible_to(stamp(request)).named(code)
    made = signatures.under(code).named(signature)
    anew: Checked | None = None
    try:
        anew = link.of(made.adapter).checked(made.content, _asker(request))
    except ServiceAway:
        anew = None
    still_holds = signatures.still_holds(made, row)
    fits = anew is not None and anew.is_valid and holds(anew, made.digest)
    context = {
        "row": row,
        "whose": whose(row),
        "signature": made,
        "adapter": gettext(ADAPTERS[Adapter(made.adapter)]),
        "stands_in": made.adapter == Adapter.STAND_IN,
        "is_away": anew is None,
        "fault": anew.fault if anew is not None else "",
        "fits": fits,
        "still_holds": still_holds,
        "digest_now": digest(row.document),
    }
    return render(request, "commission/signature.html", context)


@for_staff
def envelope(request: HttpRequest, code: str, signature: str) -> HttpResponse:
    """The envelope of a signature as a file, to be checked elsewhere."""
    row = queries.visible_to(stamp(request)).named(code)
    made = signatures.under(row.code).named(signature)
    is_own = made.adapter == Adapter.STAND_IN
    content = base64.b64decode(made.content)
    kind = "application/json" if is_own else "application/pkcs7-mime"
    answer_ = HttpResponse(content, content_type=kind)
    name = f"{made.code}.{'json' if is_own else 'p7m'}"
    answer_["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer_
