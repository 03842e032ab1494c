"""Beside the minutes: who came, and changing or striking out what was decided."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marra.commission.actions import minutes as actions
from marra.commission.queries import sessions as queries
from marra.door import stamp
from marra.web.commission.sessions import back, whose
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_deed


class Present(PageForm):
    """Who came."""

    present = forms.MultipleChoiceField(
        label=_("Who came"), required=False, widget=forms.CheckboxSelectMultiple
    )
    guests = forms.CharField(
        label=_("Others who came"),
        help_text=_("One in a line: name, then a comma and the position."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, names: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["present"]
        if not names:
            del self.fields["present"]
        elif isinstance(field, forms.MultipleChoiceField):
            field.choices = names

    def told(self) -> dict[str, Any]:
        """What an action takes."""
        lines = [each.strip() for each in self.cleaned_data["guests"].splitlines()]
        parted = [each.partition(",") for each in lines if each]
        return {
            "present": self.cleaned_data.get("present", []),
            "guests": [(name.strip(), position.strip()) for name, _comma, position in parted],
        }


class Words(PageForm):
    """The words of a decision."""

    text = forms.CharField(
        label=_("Decision"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )


@for_deed("commission", "attendance.marked")
def attendance(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say who came."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    asked = queries.attendances(row)
    names = [
        (each.full_name, f"{each.full_name}, {each.position}" if each.position else each.full_name)
        for each in asked
    ]
    came = [each.full_name for each in asked if each.present]
    form = Present(request.POST or None, names=names, initial={"present": came})
    if form.is_valid():
        with refusals_into(form):
            actions.mark_attendance(who, code, **form.told())
            return back(code, "attended")
    context = {"row": row, "whose": whose(row)}
    return answer(request, "commission/attendance.html", form, None, **context)


@for_deed("commission", "decision.changed")
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change the words of a decision, or strike it out."""
    who = stamp(request)
    row = queries.decisions_for(who).named(code)
    given = request.POST.get("version", "")
    seen = int(given) if given.isdecimal() else row.version
    strikes = "remove" in request.POST
    form = Words(
        {"text": row.text} if strikes else request.POST or None, initial={"text": row.text}
    )
    if form.is_valid():
        with refusals_into(form):
            if strikes:
                actions.remove_decision(who, code)
            else:
                actions.change_decision(who, code, version=seen, **form.cleaned_data)
            address = reverse("session-item-write", args=[row.session.code, row.item.code])
            return redirect(f"{address}?done=written")
        row = queries.decisions_for(who).named(code)
    stands = bool(form.errors) and row.version != seen
    context = {"row": row, "version": row.version, "stands": stands}
    return answer(request, "commission/decision_change.html", form, None, **context)
