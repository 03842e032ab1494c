"""Deputies: who acts for whom, appoint one, end a deputyship."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.commission.actions import deputies as actions
from marra.commission.queries import deputies as queries
from marra.commission.queries import groups
from marra.commission.rules.deputies import ROLES
from marra.door import stamp
from marra.inventory.queries.bodies import choices, known
from marra.people.queries import names
from marra.people.rules.rights import Stamp
from marra.web import layout
from marra.web.commission.assignment_lines import open_groups
from marra.web.commission.obligations import said
from marra.web.commission.proving import day_field
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_deed, for_staff, may

MOST = 100


class Acting(PageForm):
    """Who acts for whom, where and how long."""

    body = forms.ChoiceField(label=_("State body or working group"))
    role = forms.ChoiceField(label=_("Role"))
    for_account = forms.CharField(label=_("For whom (name to sign in with)"), max_length=40)
    account = forms.CharField(label=_("Who acts (name to sign in with)"), max_length=40)
    document = forms.CharField(
        label=_("Document"),
        help_text=_("Number and day of the order."),
        max_length=300,
    )
    since = day_field(gettext_noop("From (day.month.year)"))
    until = day_field(gettext_noop("To (day.month.year)"))

    def __init__(self, *args: Any, who: Stamp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = {
            "body": [*choices(layout.language()), *open_groups(who)],
            "role": [(role.value, gettext(role.value)) for role in ROLES],
        }
        for name, offered in found.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered


@for_staff
def index(request: HttpRequest) -> HttpResponse:
    """Who acts for whom now or from a day to come, and who did."""
    who = stamp(request)
    rows = list(queries.visible_to(who)[:MOST])
    people = names({code for each in rows for code in (each.account, each.for_account)})
    where = {each.code: said(each.names) for each in known({each.body for each in rows})}
    where |= {each.code: said(each.names) for each in groups.visible_to(who)}
    today = who.at.date()
    told = [
        (
            each,
            where.get(each.body, each.body),
            gettext(each.role),
            people.get(each.account, ""),
            people.get(each.for_account, ""),
        )
        for each in rows
    ]
    context = {
        "now": [each for each in told if not each[0].ended_at and each[0].until >= today],
        "before": [each for each in told if each[0].ended_at or each[0].until < today],
        "may_appoint": may(who, "commission", "deputy.appointed"),
        "done": request.GET.get("done"),
    }
    return render(request, "commission/deputies.html", context)


@for_deed("commission", "deputy.appointed")
def new(request: HttpRequest) -> HttpResponseBase:
    """Appoint a deputy."""
    who = stamp(request)
    form = Acting(request.POST or None, who=who, initial={"since": who.at.date()})
    if form.is_valid():
        with refusals_into(form):
            actions.appoint_deputy(who, **form.cleaned_data)
            return redirect(f"{reverse('deputies')}?done=appointed")
    return answer(request, "commission/deputy_new.html", form)


@for_deed("commission", "deputy.ended")
def end(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask, then end a deputyship."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    refused = Refused()
    if request.method == "POST":
        with refusals_into(refused):
            actions.end_deputy(who, code)
            return redirect(f"{reverse('deputies')}?done=ended")
    people = names({row.account, row.for_account})
    context = {
        "row": row,
        "account": people.get(row.account, ""),
        "for_account": people.get(row.for_account, ""),
    }
    return answer(request, "commission/deputy_end.html", refused, None, **context)
