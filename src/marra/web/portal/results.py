"""Documents that services issued: anybody checks one by its number, whoever it is of takes it,
and the body revokes it.

A stranger reads whether it stands, what it is and whose initials it bears; never what it says.
"""

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marra.door import signed_in, stamp
from marra.people.rules.rights import rights
from marra.portal.actions import results as actions
from marra.portal.queries import results as queries
from marra.portal.rules.results import Validity, initials, number_in
from marra.web.files import sent
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_deed
from marra.web.inventory.forms import given
from marra.web.kept import rests_on_records

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LARGEST: Final = 20 * 1024 * 1024
SIGNS: Final = {Validity.STANDS: "good", Validity.REVOKED: "bad", Validity.RUN_OUT: "warn"}


class Asking(PageForm):
    """Which document."""

    number = forms.CharField(
        label=_("Number of the document"),
        help_text=_("Twelve letters and digits under the square, for example k7mp-42xw-9tdh."),
        max_length=2_000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


class Comparing(PageForm):
    """The file that somebody was given."""

    file = forms.FileField(
        label=_("The PDF you were given"),
        help_text=_("It is compared with the one that was issued, and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}),
    )

    def clean_file(self) -> str:
        """The digest of the file."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("This file is larger than any document issued here."))
        return sha256(file.read()).hexdigest()


class Why(PageForm):
    """Why a document is revoked."""

    why = forms.CharField(
        label=_("Why it is revoked"),
        help_text=_("Whoever checks the document reads this. Name the ground, and no person."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@rests_on_records
def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask for the number of a document."""
    form = Asking(request.GET if "number" in request.GET else None)
    if form.is_valid():
        number = number_in(form.cleaned_data["number"])
        if number:
            return redirect("result-check", number)
        form.add_error(
            "number", _("This is no number of a document. It has twelve letters and digits.")
        )
    return answer(request, "portal/check_ask.html", form)


@rests_on_records
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Whether a document stands; a file may be held against it."""
    row = queries.by_number(number)
    if row is None:
        return render(request, "portal/check_none.html", {"number": number[:20]}, status=404)
    who = stamp(request)
    shown = queries.shown(row, who.at.date())
    form = Comparing(request.POST or None, request.FILES or None)
    same = None
    if form.is_valid():
        same = row.file is not None and form.cleaned_data["file"] == row.file.digest
    context: dict[str, Any] = {
        "row": row,
        "told": shown.told,
        "state": shown.validity,
        "sign": SIGNS[shown.validity],
        "is_intact": shown.is_intact,
        "initials": initials(shown.told.holder),
        "same": same,
        "is_mine": queries.visible_to(who).filter(pk=row.pk).exists(),
        "may_revoke": row.revoked_at is None and _may_revoke(request, row),
        "done": request.GET.get("done"),
    }
    return answer(request, "portal/check_result.html", form, **context)


@signed_in
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """The paper, for whoever it is of and the body that issued it."""
    row = queries.visible_to(stamp(request)).named(number)
    if row.file is None:
        return render(request, "portal/paper_later.html", {"row": row}, status=202)
    return sent(row.file)


@for_deed("portal", "result.revoked")
def revoke(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask for the reason, then revoke."""
    who = stamp(request)
    row = queries.visible_to(who).named(number)
    who.require(*rights("portal")["result.revoked"], of=_body(row))
    form = Why(given(request))
    if form.is_valid():
        with refusals_into(form):
            actions.revoke(who, number, **form.cleaned_data)
            return redirect(f"{reverse('result-check', args=[number])}?done=revoked")
    shown = queries.shown(row, who.at.date())
    return answer(request, "portal/revoke.html", form, None, row=row, told=shown.told)


def _may_revoke(request: HttpRequest, row: Any) -> bool:
    who = stamp(request)
    return any(who.holds(role, _body(row)) for role in rights("portal")["result.revoked"])


def _body(row: Any) -> str:
    return row.service.body.code if row.service.body else ""
