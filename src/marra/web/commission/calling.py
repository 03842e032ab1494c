"""Call a session, and change when and where it is and who leads it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.commission.actions import sessions as actions
from marra.commission.queries import groups
from marra.commission.queries import sessions as queries
from marra.commission.rules.groups import COMMISSION
from marra.commission.rules.sessions import Field
from marra.door import stamp
from marra.people.rules.rights import Stamp
from marra.web.commission.obligations import said
from marra.web.commission.proving import day_field
from marra.web.commission.sessions import back, whose
from marra.web.formats import NATIONAL_TIME, moment
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_deed, may

if TYPE_CHECKING:
    from marra.commission.models.sessions import Session


class Meeting(PageForm):
    """When and where, and who leads it."""

    title = forms.CharField(label=_("What it is about"), max_length=200)
    day = day_field(gettext_noop("Day (day.month.year)"))
    time = forms.TimeField(
        label=_("Time (hours:minutes)"),
        input_formats=["%H:%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Write a time like 10:30.")},
    )
    venue = forms.CharField(label=_("Place"), max_length=200, required=False)
    chaired_by = forms.CharField(
        label=_("Who chairs"),
        help_text=_("Left empty: who holds that seat."),
        max_length=120,
        required=False,
    )
    kept_by = forms.CharField(
        label=_("Who keeps the minutes"),
        help_text=_("Left empty: who holds that seat."),
        max_length=120,
        required=False,
    )

    def told(self) -> dict[str, Any]:
        """What an action takes: day and time are one moment, in national time."""
        given = dict(self.cleaned_data)
        day, time = given.pop("day"), given.pop("time")
        return {**given, "starts_at": datetime.combine(day, time, NATIONAL_TIME)}


class Calling(Meeting):
    """A session to call."""

    body = forms.ChoiceField(label=_("Whose session"))
    field_order = ("body", "title", "day", "time", "venue", "chaired_by", "kept_by")

    def __init__(self, *args: Any, who: Stamp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(each.code, said(each.names)) for each in groups.standing(who)]
        offered = [(COMMISSION, gettext("the Commission")), *known]
        field = self.fields["body"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [each for each in offered if _may_call(who, each[0])]

    def told(self) -> dict[str, Any]:
        """The same, with the code of the group."""
        given = super().told()
        body = given.pop("body")
        return {**given, "group": "" if body == COMMISSION else body}


def _may_call(who: Stamp, body: str) -> bool:
    return may(who, "commission", "session.called", "" if body == COMMISSION else body)


@for_deed("commission", "session.called")
def new(request: HttpRequest) -> HttpResponseBase:
    """Call a session."""
    who = stamp(request)
    group = request.GET.get("group", "")
    start = {"body": group} if group else {}
    form = Calling(request.POST or None, who=who, initial=start)
    if form.is_valid():
        with refusals_into(form):
            made = actions.call_session(who, **form.told())
            return redirect(reverse("session-item-new", args=[made.code]))
    return answer(request, "commission/session_new.html", form)


@for_deed("commission", "session.changed")
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change day, place and people; nothing is lost if somebody was quicker."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    given = request.POST.get("version", "")
    seen = int(given) if given.isdecimal() else row.version
    form = Meeting(request.POST or None, initial=_initial(row))
    stands: dict[str, str] = {}
    if form.is_valid():
        with refusals_into(form):
            actions.change_session(who, code, version=seen, **form.told())
            return back(code, "changed")
        row = queries.visible_to(who).named(code)
        if row.version != seen:
            stands, seen = _stands(row), row.version
    context = {"row": row, "whose": whose(row), "stands": stands, "version": seen}
    return answer(request, "commission/session_change.html", form, None, **context)


def _initial(row: "Session") -> dict[str, Any]:
    local = row.starts_at.astimezone(NATIONAL_TIME)
    names = ("title", "venue", "chaired_by", "kept_by")
    plain = {name: getattr(row, name) for name in names}
    return {**plain, "day": local.date(), "time": local.time()}


def _stands(row: "Session") -> dict[str, str]:
    """What stands now, by field, for whoever was not the first to save."""
    return {
        Field.TITLE.value: row.title,
        Field.STARTS_AT.value: moment(row.starts_at),
        Field.VENUE.value: row.venue,
        Field.CHAIRED_BY.value: row.chaired_by,
        Field.KEPT_BY.value: row.kept_by,
    }
