"""`/api/v1/payments`: what Payme and Click call. Each speaks its own protocol, errors included.

Only a call with the key of its system is heard; whatever else comes is answered as the protocol
answers what is forged, and moves nothing.
"""

import base64
import hmac
import json
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from ninja import Router

from marra.door import terminal_stamp
from marra.portal.actions import payments as actions
from marra.portal.queries import payments as queries
from marra.portal.rules import click, payme
from marra.portal.rules.charges import System

router = Router(tags=["payments"])
LONGEST: Final = 16_384
MOST: Final = 40
"""Fields of a form of Click; it sends about a dozen."""


@router.post("/payme", summary="Calls of Payme (JSON-RPC)", auth=None)
def called_by_payme(request: HttpRequest) -> JsonResponse:
    """CheckPerform-, Create-, Perform-, Cancel-, CheckTransaction and GetStatement."""
    number = None
    try:
        if not _is_payme(request):
            raise payme.Refused(payme.FORBIDDEN)
        body = _read(request)
        number = body.get("id") if isinstance(body.get("id"), int | str) else None
        told = _payme(body)
    except payme.Refused as refused:
        told = {"error": refused.told()}
    answer = told if "error" in told else {"result": told}
    return JsonResponse({"jsonrpc": "2.0", "id": number, **answer})


@router.post("/click", summary="Calls of Click (Prepare and Complete)", auth=None)
def called_by_click(request: HttpRequest) -> JsonResponse:
    """Prepare holds a charge; Complete pays it or lets it go."""
    fields = {name: str(value)[:200] for name, value in list(request.POST.items())[:MOST]}
    call = click.Call(fields)
    secret = settings.CLICK_SECRET
    if not secret or not click.genuine(call, secret):
        return JsonResponse(click.refused(call, click.BAD_SIGN))
    if not call.is_whole:
        return JsonResponse(click.refused(call, click.BAD_REQUEST))
    code = queries.code_for(System.CLICK, call.of("click_trans_id"), call.of("merchant_trans_id"))
    told = actions.call_click(terminal_stamp(), code, call=call, secret=secret)
    return JsonResponse(told)


def _payme(body: dict[str, Any]) -> dict[str, Any]:
    if body.get("method") == "GetStatement":
        start, end = payme.period(body)
        return payme.statement(queries.statement(System.PAYME, start, end), start, end)
    call = payme.read(body)
    code = queries.code_for(System.PAYME, call.number, call.account)
    return actions.call_payme(terminal_stamp(), code, call=call)


def _is_payme(request: HttpRequest) -> bool:
    """Whether the call carries the key that only Payme has."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    try:
        told = base64.b64decode(given, validate=True)
    except ValueError:
        return False
    key = settings.PAYME_KEY
    return bool(key) and kind == "Basic" and hmac.compare_digest(told, f"Paycom:{key}".encode())


def _read(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > LONGEST:
        raise payme.Refused(payme.BAD_REQUEST)
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        raise payme.Refused(payme.BAD_REQUEST) from None
    if not isinstance(body, dict):
        raise payme.Refused(payme.BAD_REQUEST)
    return body
