"""Passports from a file: choose it, see what would become of each, confirm."""

from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from marra.door import finding, stamp
from marra.kit.findings import FileRefused
from marra.portal.actions.importing import import_passports
from marra.portal.queries.importing import Fate, Planned, Prepared, prepare
from marra.portal.rules.passport_files import HEADS, LARGEST
from marra.web.forms import Refused, answer, refusals_into
from marra.web.gate import for_deed, post_only
from marra.web.portal import words
from marra.web.portal.fields import Uploading

CHECKED_FILE: Final = "marra.web.portal.checked-passports"
KEPT_FOR: Final = 60 * 60
SHOWN: Final = 100


@for_deed("portal", "catalogue.imported")
def upload(request: HttpRequest) -> HttpResponseBase:
    """First step: choose a file; then it is checked and shown before anything changes."""
    form = Uploading(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return answer(request, "portal/upload.html", form, heads=list(HEADS))
    file = form.cleaned_data["file"]
    content = file.read(LARGEST + 1)
    try:
        found = prepare(file.name, content)
    except FileRefused as refused:
        rows = [finding(each) for each in refused.findings]
        told = {"file": file.name, "count": refused.facts["count"], "rows": rows}
        return render(request, "portal/refused.html", told, status=422)
    return render(request, "portal/check.html", _check(file.name, content, found))


def _check(name: str, content: bytes, found: Prepared) -> dict[str, Any]:
    return {
        "file": name,
        "count": len(found.plan),
        "empty": found.empty,
        "tally": [(_(fate.value), found.count(fate)) for fate in Fate],
        "lines": [_line(each) for each in found.plan[:SHOWN]],
        "more": max(0, len(found.plan) - SHOWN),
        "remarks": [finding(each) for each in found.remarks],
        "changes_anything": found.changes_anything,
        "token": signing.dumps(
            [name, content.decode("latin-1")], salt=CHECKED_FILE, compress=True
        ),
    }


def _line(each: Planned) -> dict[str, object]:
    return {
        "number": each.passport.number,
        "title": each.passport.title,
        "is_empty": each.passport.is_empty,
        "fate": _(each.fate.value),
        "lacks": [name for name, must in words.lacks(each.lacks) if must],
    }


@for_deed("portal", "catalogue.imported")
@post_only
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Last step: take in the very file that was checked."""
    try:
        token = request.POST.get("token", "")
        name, content = signing.loads(token, salt=CHECKED_FILE, max_age=KEPT_FOR)
    except signing.BadSignature:
        said = _("The check is more than an hour old or was altered. Choose the file again.")
        told: dict[str, Any] = {"wrong": Refused(said), "heads": list(HEADS)}
        return answer(request, "portal/upload.html", Uploading(), **told)
    refused = Refused()
    with refusals_into(refused):
        import_passports(stamp(request), name, content=content.encode("latin-1"))
        return redirect(f"{reverse('catalogue-work')}?done=imported")
    return answer(request, "portal/upload.html", Uploading(), refused, heads=list(HEADS))
