"""Pages of people: signing in, one's own account, and the accounts that administrators keep."""

from typing import Any

from django import forms
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from marra import door
from marra.door import signed_in, stamp
from marra.people import actions, queries
from marra.people.rules.rights import APPOINTED, Role
from marra.people.rules.signing_in import TooManyTries, WrongNameOrPassword
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_administrators, post_only
from marra.web.problems import too_many
from marra.web.safety import scopes
from marra.web.safety.second import destination

Page = HttpResponseBase


def _password(name: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": name})


class SignIn(PageForm):
    """Name and password."""

    name = forms.CharField(
        label=_("Name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(label=_("Password"), widget=_password("current-password"))


class ChangePassword(PageForm):
    """The present password and the new one; typed once, since it may be shown."""

    old = forms.CharField(label=_("Present password"), widget=_password("current-password"))
    new = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters; three or four words are easy to keep in mind."),
        widget=_password("new-password"),
    )


class NewAccount(PageForm):
    """What an administrator writes to open an account."""

    name = forms.CharField(
        label=_("Name to sign in with"),
        help_text=_("Small Latin letters, digits, points and hyphens, for example a.karimov"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    full_name = forms.CharField(label=_("Full name"), required=False, max_length=120)
    password = forms.CharField(
        label=_("First password"),
        help_text=_("At least 12 characters. The holder changes it after the first sign-in."),
        widget=_password("new-password"),
    )


class NewPassword(PageForm):
    """A password set for somebody else."""

    new = forms.CharField(label=_("New password"), widget=_password("new-password"))


class Appointment(PageForm):
    """A role to give."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, _(role.value)) for role in APPOINTED]
    )
    body = forms.ChoiceField(
        label=_("Held in"),
        help_text=_("A working group for its head, members and secretary; a body for executors."),
        required=False,
        choices=scopes.choices,
    )

    def clean(self) -> dict[str, Any]:
        """The role, in a scope that it can be held in."""
        given = super().clean() or {}
        if {"role", "body"} <= given.keys():
            scopes.check(Role(given["role"]), given["body"])
        return given


@never_cache
def sign_in(request: HttpRequest) -> Page:
    """Come in."""
    form = SignIn(request.POST or None)
    if form.is_valid():
        try:
            if door.sign_in(request, **form.cleaned_data) is None:
                onward = urlencode({"next": destination(request)})
                return redirect(f"{reverse('second-step')}?{onward}")
            return redirect(destination(request))
        except TooManyTries as refusal:
            return too_many(request, refusal)
        except WrongNameOrPassword as refusal:
            form.add_error(None, door.sentence(refusal))
    return answer(request, "people/sign_in.html", form, next=destination(request))


@post_only
def sign_out(request: HttpRequest) -> HttpResponse:
    """Go out."""
    door.sign_out(request)
    return redirect("sign-in")


@signed_in
def account(request: HttpRequest) -> Page:
    """One's own account: the roles held, the last sign-ins, the password."""
    form = ChangePassword(request.POST or None)
    who = stamp(request)
    if form.is_valid():
        with refusals_into(form):
            changed = actions.change_password(who, who.by, **form.cleaned_data)
            update_session_auth_hash(request, changed)
            return redirect(f"{reverse('account')}?done=password")
    mine = queries.visible_to(who).named(who.by)
    standing = list(queries.standing(mine))
    return answer(
        request,
        "people/account.html",
        form,
        account=mine,
        appointments=standing,
        scopes=scopes.names(each.body for each in standing),
        factors=queries.factors(mine).count(),
        sign_ins=queries.sign_ins(who).filter(account__code=who.by)[:5],
        done=request.GET.get("done"),
    )


@for_administrators
def accounts(request: HttpRequest) -> Page:
    """All accounts, each with its roles."""
    rows = queries.visible_to(stamp(request)).prefetch_related("appointments").order_by("name")
    held = {each.body for row in rows for each in row.appointments.all()}
    return render(
        request, "people/accounts.html", {"accounts": rows, "scopes": scopes.names(held)}
    )


@for_administrators
def register(request: HttpRequest) -> Page:
    """Open an account."""
    form = NewAccount(request.POST or None)
    if form.is_valid():
        with refusals_into(form):
            made = actions.register(stamp(request), **form.cleaned_data)
            return redirect(f"{reverse('account-of', args=[made.code])}?done=registered")
    return answer(request, "people/register.html", form)


@for_administrators
def account_of(request: HttpRequest, code: str) -> Page:
    """One account, for administrators: give a role, set a password, close."""
    return _account_page(request, code)


def _account_page(
    request: HttpRequest,
    code: str,
    appointment: PageForm | None = None,
    password: PageForm | None = None,
    refused: PageForm | None = None,
) -> HttpResponse:
    who = stamp(request)
    shown = queries.visible_to(who).named(code)
    standing = list(queries.standing(shown))
    appointment, password = appointment or Appointment(), password or NewPassword()
    return answer(
        request,
        "people/account_of.html",
        appointment,
        refused or (password if password.errors else appointment),
        account=shown,
        appointments=standing,
        scopes=scopes.names(each.body for each in standing),
        factors=queries.factors(shown),
        sign_ins=queries.sign_ins(who).filter(account=shown)[:10],
        appointment=appointment,
        password=password,
        done=request.GET.get("done"),
    )


def _back(code: str, done: str) -> HttpResponse:
    return redirect(f"{reverse('account-of', args=[code])}?done={done}")


@for_administrators
@post_only
def appoint(request: HttpRequest, code: str) -> Page:
    """Give a role."""
    form = Appointment(request.POST)
    if form.is_valid():
        with refusals_into(form):
            actions.appoint(stamp(request), code, **form.cleaned_data)
            return _back(code, "appointed")
    return _account_page(request, code, appointment=form)


@for_administrators
@post_only
def dismiss(request: HttpRequest, code: str) -> Page:
    """Take a role."""
    refused = Refused()
    with refusals_into(refused):
        role, body = request.POST.get("role", ""), request.POST.get("body", "")
        actions.dismiss(stamp(request), code, role=role, body=body)
        return _back(code, "dismissed")
    return _account_page(request, code, refused=refused)


@for_administrators
@post_only
def reset_password(request: HttpRequest, code: str) -> Page:
    """Set a password for somebody who has lost theirs."""
    form = NewPassword(request.POST)
    if form.is_valid():
        with refusals_into(form):
            actions.reset_password(stamp(request), code, **form.cleaned_data)
            return _back(code, "password")
    return _account_page(request, code, password=form)


@for_administrators
@post_only
def close(request: HttpRequest, code: str) -> Page:
    """Close an account for good; asked about on its own page first."""
    if request.POST.get("sure") != "yes":
        shown = queries.visible_to(stamp(request)).named(code)
        return render(request, "people/close.html", {"account": shown})
    form = Refused()
    with refusals_into(form):
        actions.close(stamp(request), code)
        return _back(code, "closed")
    return _account_page(request, code, refused=form)
