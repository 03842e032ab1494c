"""Work on groups: open, change and close them, enter who sits in them and end a membership."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from marra.commission.actions import groups as actions
from marra.commission.actions import members
from marra.commission.queries import groups as queries
from marra.commission.rules.groups import COMMISSION, SEATS, Field
from marra.door import stamp
from marra.evidence.rules.indicators import indicators
from marra.inventory.queries.bodies import bodies
from marra.web import layout
from marra.web.commission.obligations import said
from marra.web.commission.proving import day_field
from marra.web.evidence import words
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_deed

if TYPE_CHECKING:
    from marra.commission.models.acts import Clause
    from marra.commission.models.groups import Group


class Names(PageForm):
    """What a group is called; Cyrillic is made by rule."""

    uz = forms.CharField(label=_("Name in Uzbek (Latin)"), max_length=120)
    ru = forms.CharField(label=_("Name in Russian"), max_length=120)
    en = forms.CharField(label=_("Name in English"), max_length=120)


class NewGroup(Names):
    """A group to open."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=99)
    field_order = ("number", "uz", "ru", "en")


class Tasks(Names):
    """A group with what it answers for."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    clauses = forms.MultipleChoiceField(
        label=_("Tasks: clauses of acts"), required=False, widget=forms.CheckboxSelectMultiple
    )
    obligations = forms.MultipleChoiceField(
        label=_("Obligations it answers for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    indicators = forms.MultipleChoiceField(
        label=_("Indicators it is to improve"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in _choices().items():
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = choices


class Seat(PageForm):
    """Somebody who takes a seat."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    seat = forms.ChoiceField(label=_("Seat"))
    position = forms.CharField(label=_("Position"), max_length=200, required=False)
    body = forms.ChoiceField(label=_("State body"), required=False)
    since = day_field(gettext_noop("From (day.month.year)"))
    document = forms.CharField(
        label=_("Document"),
        help_text=_("What the membership rests on: number and day of the act or the minutes."),
        max_length=300,
        required=False,
    )
    account = forms.CharField(
        label=_("Name of the account, if there is one"),
        help_text=_("The account gets the role that goes with the seat, and loses it with it."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, in_commission: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = [(each.name.lower(), say(each.value)) for each in SEATS[in_commission]]
        named = [(each.code, said(each.names)) for each in bodies()]
        for name, choices in (("seat", seats), ("body", [("", say("none")), *named])):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


class Leaving(PageForm):
    """The last day of a membership."""

    until = day_field(gettext_noop("To (day.month.year)"))


@for_deed("commission", "group.opened")
def new(request: HttpRequest) -> HttpResponseBase:
    """Open a group."""
    form = NewGroup(request.POST or None)
    if form.is_valid():
        with refusals_into(form):
            made = actions.open_group(stamp(request), **form.cleaned_data)
            return _back(made.code, "opened")
    return answer(request, "commission/group_new.html", form)


@for_deed("commission", "group.changed")
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change what a group is called and answers for; nothing is lost if somebody was quicker."""
    group = queries.visible_to(stamp(request)).named(code)
    form = Tasks(request.POST or None, initial=_initial(group))
    stands: dict[str, str] = {}
    if form.is_valid():
        with refusals_into(form):
            actions.change_group(stamp(request), code, **form.cleaned_data)
            return _back(code, "changed")
        group.refresh_from_db()
        if form.cleaned_data["version"] != group.version:
            stands = _stands(group)
    context = {
        "group": group,
        "stands": stands,
        "version": group.version if stands else form["version"].value(),
    }
    return answer(request, "commission/group_change.html", form, None, **context)


@for_deed("commission", "group.closed")
def close(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask, then close a group."""
    group = queries.visible_to(stamp(request)).named(code)
    refused = Refused()
    if request.method == "POST":
        with refusals_into(refused):
            actions.close_group(stamp(request), code)
            return _back(code, "closed")
    return answer(request, "commission/group_close.html", refused, None, group=group)


@for_deed("commission", "member.added")
def add(request: HttpRequest, code: str) -> HttpResponseBase:
    """Enter a member."""
    who = stamp(request)
    group = queries.named(who, code)
    form = Seat(
        request.POST or None, in_commission=group is None, initial={"since": who.at.date()}
    )
    if form.is_valid():
        with refusals_into(form):
            members.add_member(who, code, **form.cleaned_data)
            return _back(code, "added")
    return answer(request, "commission/member_add.html", form, None, group=group, code=code)


@for_deed("commission", "member.ended")
def end(request: HttpRequest, code: str) -> HttpResponseBase:
    """End a membership."""
    who = stamp(request)
    member = queries.members_for(who).named(code)
    form = Leaving(request.POST or None, initial={"until": who.at.date()})
    home = member.group.code if member.group else COMMISSION
    if form.is_valid():
        with refusals_into(form):
            members.end_member(who, code, **form.cleaned_data)
            return _back(home, "ended")
    context = {"member": member, "group": member.group, "code": home}
    return answer(request, "commission/member_end.html", form, None, **context)


def _back(code: str, done: str) -> HttpResponse:
    address = reverse("commission") if code == COMMISSION else reverse("group", args=[code])
    return redirect(f"{address}?done={done}")


def _initial(group: "Group") -> dict[str, Any]:
    return {
        "uz": group.name.uz,
        "ru": group.name.ru,
        "en": group.name.en,
        "version": group.version,
        "clauses": [queries.written(each) for each in group.clauses.select_related("act")],
        "obligations": [each.code for each in group.obligations.all()],
        "indicators": group.indicators,
    }


def _stands(group: "Group") -> dict[str, str]:
    """What stands now, by field, for whoever was not the first to save."""
    known = indicators()
    told = [words.name(known[code]) for code in group.indicators if code in known]
    clauses = (queries.written(each) for each in group.clauses.select_related("act"))
    return {
        Field.NAMES.value: group.name.into(layout.language()),
        Field.CLAUSES.value: ", ".join(clauses),
        Field.OBLIGATIONS.value: ", ".join(each.code for each in group.obligations.all()),
        Field.INDICATORS.value: ", ".join(told),
    }


def clauses() -> list[tuple[str, str]]:
    """The clauses of acts to choose from, each with the beginning of its text."""
    return [(queries.written(each), _clause(each)) for each in queries.clauses_to_choose()]


def _choices() -> dict[str, Sequence[tuple[str, str]]]:
    return {
        "clauses": clauses(),
        "obligations": [
            (each.code, f"{each.code}. {said(each.what)}")
            for each in queries.obligations_to_choose()
        ],
        "indicators": [(code, words.name(each)) for code, each in indicators().items()],
    }


def _clause(clause: "Clause") -> str:
    number, text = clause.act.named.into(layout.language()), clause.text.into(layout.language())
    return f"{number}, {clause.number}. {_short(text)}"


def _short(text: str, most: int = 110) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
