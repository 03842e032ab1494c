"""Who may do what: the tables of rights as everybody reads them.

Source: ours; the tables are those that the actions ask, marra/*/rules/rights.csv.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.people.rules.rights import Role, kinds, rights
from marra.web.forms import PageForm
from marra.web.journal import DEEDS

ROOMS: Final = (
    ("commission", gettext_noop("Commission")),
    ("inventory", gettext_noop("Inventory")),
    ("portal", gettext_noop("Portal")),
    ("evidence", gettext_noop("Evidence")),
    ("archive", gettext_noop("Files")),
    ("people", gettext_noop("Accounts")),
)

EVERYWHERE: Final = {
    Role.SECRETARY: gettext_noop("secretary of the Commission"),
    Role.HOLDER: gettext_noop("everybody signed in, for themselves"),
    Role.VISITOR: gettext_noop("everybody"),
}
WITHIN: Final = {
    Role.SECRETARY: gettext_noop("secretary of the Commission or of the group"),
    Role.GROUP_HEAD: gettext_noop("head of the group"),
    Role.GROUP_MEMBER: gettext_noop("member of the group"),
    Role.EXECUTOR: gettext_noop("executor of the body"),
}
"""What a role is called where it counts in the own group or body only."""


class Filter(PageForm):
    """Whose rights to show."""

    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", _("all")), *((role.value, _(role.value)) for role in Role)],
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A deed, and who may do it."""

    deed: str
    code: str
    who: list[str]


def show(request: HttpRequest) -> HttpResponse:
    """Every deed of the house with the roles that may do it."""
    form = Filter(request.GET)
    wanted = form.cleaned_data.get("role", "") if form.is_valid() else ""
    tables = [(gettext(title), list(_rows(room, wanted))) for room, title in ROOMS]
    told = {"form": form, "tables": [each for each in tables if each[1]], "role": wanted}
    return render(request, "people/rights.html", told, status=200 if form.is_valid() else 422)


def _rows(room: str, wanted: str) -> Iterator[Row]:
    for deed, roles in rights(room).items():
        if not wanted or wanted in roles or Role.VISITOR in roles:
            own = kinds(room)[deed]
            who = [gettext(_named(each, own)) for each in roles]
            yield Row(gettext(DEEDS.get(deed, deed)), deed, who)


def _named(role: Role, own: frozenset[str]) -> str:
    if own & {"group", "body"} and role in WITHIN:
        is_of_a_group = role is not Role.SECRETARY or "group" in own
        return WITHIN[role] if is_of_a_group else EVERYWHERE[role]
    return EVERYWHERE.get(role, role.value)
