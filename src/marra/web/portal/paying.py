"""Pay for an application: what is owed and why, the ways to pay, and a stand-in for trying."""

import secrets
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from marra.door import stamp, terminal_stamp
from marra.links import checkout
from marra.portal.actions import payments as actions
from marra.portal.queries import cases
from marra.portal.queries import payments as queries
from marra.portal.rules import payme
from marra.portal.rules.charges import TIYIN
from marra.web import layout
from marra.web.gate import for_deed, post_only
from marra.web.kept import rests_on_records

if TYPE_CHECKING:
    from marra.portal.models.payments import ChargeRow

DECLINED: Final = 5
"""The reason Payme gives where the bank says no."""


@rests_on_records
@for_deed("portal", "case.begun")
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is owed, how it is reckoned, and where it is paid."""
    row = cases.own(stamp(request)).named(code)
    charge = queries.to_pay(row)
    if charge is None:
        return redirect("application", code)
    back = f"{settings.ADDRESS}{reverse('application', args=[code])}"
    context: dict[str, Any] = {
        "case": row,
        "name": row.service.name.into(layout.language()),
        "charge": charge,
        "soum": charge.amount // TIYIN,
        "full": int((charge.multiple * charge.base).quantize(Decimal(1))),
        "percent": charge.discount * 100,
        "offers": checkout.offers(charge.code, charge.amount, back),
        "is_stand_in": checkout.is_stand_in(),
        "done": request.GET.get("done"),
    }
    return render(request, "portal/pay.html", context)


@post_only
@for_deed("portal", "case.begun")
def stand_in(request: HttpRequest, code: str) -> HttpResponse:
    """Do what a system of payments would: pay, or be declined by the bank."""
    if not checkout.is_stand_in():
        raise Http404
    row = cases.own(stamp(request)).named(code)
    charge = queries.to_pay(row)
    if charge is not None:
        _call(charge, decline="decline" in request.POST)
        if "decline" in request.POST:
            return redirect(f"{reverse('application-pay', args=[code])}?done=declined")
    return redirect(f"{reverse('application', args=[code])}?done=paid")


def _call(charge: "ChargeRow", *, decline: bool) -> None:
    number, who = secrets.token_hex(12), terminal_stamp()
    account = {"charge": charge.code}
    asked = {"id": number, "time": int(who.at.timestamp() * 1000), "amount": charge.amount}
    last = "CancelTransaction" if decline else "PerformTransaction"
    for method in ("CheckPerformTransaction", "CreateTransaction", last):
        params = {**asked, "account": account, "reason": DECLINED if decline else None}
        call = payme.read({"method": method, "params": params})
        actions.call_payme(who, charge.code, call=call)
