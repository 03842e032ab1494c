"""Approve the list of a body as it stands, and give an approved one out again."""

import json
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marra.door import stamp
from marra.inventory.actions import approving as actions
from marra.inventory.queries import approvals as queries
from marra.inventory.queries.bodies import named
from marra.inventory.queries.work import tally
from marra.inventory.rules.approvals import digest
from marra.web import layout
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_deed


class Approval(PageForm):
    """A note for those who read the approval."""

    note = forms.CharField(
        label=_("Note"),
        help_text=_("The number of the minutes, or what was agreed; may be left empty."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    digest = forms.CharField(required=False, widget=forms.HiddenInput)


@for_deed("inventory", "list.approved")
def approve(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show what would be approved, then approve just that."""
    who, body = stamp(request), named(code)
    document = queries.document(body)
    sent = request.POST if request.method == "POST" else None
    form = Approval(sent, initial={"digest": digest(document)})
    if form.is_valid():
        with refusals_into(form):
            actions.approve_list(who, code, **form.cleaned_data)
            return redirect(f"{reverse('inventory-body', args=[code])}?done=approved")
    context: dict[str, Any] = {
        "body": body,
        "name": body.name.into(layout.language()),
        "tally": tally(body),
        "digest": digest(document),
        "counts": {kind: len(things) for kind, things in document.items()},
        "last": queries.newest(body),
        "changes": queries.changed_since(body)[:50],
    }
    return answer(request, "inventory/approve.html", form, **context)


def document(request: HttpRequest, code: str) -> HttpResponse:
    """An approved list as it was approved, with the digest over it."""
    row = queries.visible_to(stamp(request)).named(code)
    told = {
        "body": row.body.code,
        "name": row.body.names,
        "approved_at": row.approved_at.isoformat(),
        "digest": row.digest,
        "list": row.document,
    }
    content = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    sent = HttpResponse(content, content_type="application/json")
    sent["Content-Disposition"] = f'attachment; filename="{row.code}.json"'
    sent["Cache-Control"] = "private, no-store"
    return sent
