"""One's own second steps: an application with codes, passkeys, spare codes.

Source: ours.
"""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from marra import door
from marra.door import for_enrolment, signed_in, stamp
from marra.people import actions, queries
from marra.people.rules import passkeys
from marra.people.rules.one_time import address, typed
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_administrators, post_only
from marra.web.safety.second import drawn, fresh


class Confirmation(PageForm):
    """The first code that an application shows."""

    number = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits that the application shows now."),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class Removal(PageForm):
    """The password, asked once more."""

    password = forms.CharField(
        label=_("Present password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@signed_in
@for_enrolment
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The second steps of this account, and how to add one."""
    return _page(request)


def _page(request: HttpRequest, wrong: PageForm | None = None) -> HttpResponse:
    account = queries.visible_to(stamp(request)).named(stamp(request).by)
    known = queries.credentials(account)
    options = passkeys.creation(door.site(request), fresh(request), account.name, known)
    told = {
        "factors": queries.factors(account),
        "spare": queries.spare_codes_left(account),
        "passkey": options,
        "must": door.must_enrol(request),
        "done": request.GET.get("done"),
    }
    return answer(request, "people/second_steps.html", Refused(), wrong, **told)


@signed_in
@for_enrolment
@post_only
def begin(request: HttpRequest) -> HttpResponse:
    """Begin with an application."""
    who = stamp(request)
    actions.begin_application(who, who.by, name=request.POST.get("name") or str(_("Telephone")))
    return redirect("second-step-application")


@signed_in
@for_enrolment
@never_cache
def application(request: HttpRequest) -> HttpResponseBase:
    """Show the secret as a picture and in letters, and take the first code."""
    import segno  # a tenth of a second that no other page needs to spend

    who = stamp(request)
    account = queries.visible_to(who).named(who.by)
    waiting = queries.begun(account)
    if waiting is None:
        return redirect("second-steps")
    form = Confirmation(request.POST or None)
    if form.is_valid():
        with refusals_into(form):
            actions.confirm_application(who, who.by, number=form.cleaned_data["number"])
            return redirect("spare-codes-first")
    secret = queries.secret_of(waiting)
    picture = segno.make(address(secret, account.name), error="m").svg_data_uri(scale=4)
    return answer(request, "people/application.html", form, picture=picture, secret=typed(secret))


@signed_in
@for_enrolment
@post_only
def passkey(request: HttpRequest) -> HttpResponse:
    """Take a passkey that the browser made."""
    who, form = stamp(request), Refused()
    with refusals_into(form):
        actions.add_passkey(
            who,
            who.by,
            name=request.POST.get("name") or str(_("Passkey")),
            answer=request.POST.get("answer", "")[:20_000],
            site=door.site(request),
            challenge=drawn(request),
        )
        return redirect("spare-codes-first")
    return _page(request, form)


@signed_in
@for_enrolment
def first_codes(request: HttpRequest) -> HttpResponseBase:
    """After the first second step come spare codes; after a further one, the list."""
    who = stamp(request)
    if queries.spare_codes_left(queries.visible_to(who).named(who.by)):
        return redirect(f"{reverse('second-steps')}?done=added")
    return render(request, "people/first_codes.html")


@signed_in
@post_only
@never_cache
def codes(request: HttpRequest) -> HttpResponse:
    """Make new spare codes and show them this once."""
    who = stamp(request)
    return render(
        request, "people/spare_codes.html", {"codes": actions.make_spare_codes(who, who.by)}
    )


@signed_in
def remove(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take a second step away, having asked for the password."""
    who = stamp(request)
    factor = queries.known_to(who).named(code)
    form = Removal(request.POST or None)
    if form.is_valid():
        with refusals_into(form):
            actions.remove_factor(who, code, **form.cleaned_data)
            return redirect(f"{reverse('second-steps')}?done=removed")
    return answer(request, "people/remove_factor.html", form, factor=factor)


@for_administrators
@post_only
def reset(request: HttpRequest, code: str) -> HttpResponse:
    """Take every second step from somebody who has lost theirs."""
    actions.reset_factors(stamp(request), code)
    return redirect(f"{reverse('account-of', args=[code])}?done=factors")
