"""An adopted plan carried out: assignments, promises, and what each edition says of them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from marra.commission.actions import followup as actions
from marra.commission.queries import followup, plans, portfolios, proposals, sessions
from marra.commission.queries.assignments import visible_to
from marra.commission.rules.plans import State
from marra.door import stamp
from marra.inventory.queries.bodies import choices
from marra.people.rules.rights import Stamp
from marra.web import layout
from marra.web.charts.money import said
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_staff, may

if TYPE_CHECKING:
    from marra.commission.models.plans import PlanVersion
    from marra.commission.models.proposals import Proposal


MOST: Final = 20
"""Plans that are offered, the newest first."""


class Leads(PageForm):
    """A body for each initiative whose own the house does not know."""

    def __init__(self, *args: Any, lacking: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = choices(layout.language())
        for code, title in lacking.items():
            self.fields[code] = forms.ChoiceField(label=title, choices=offered)


def carriers(who: Stamp) -> list[tuple[str, str]]:
    """Initiatives of the plans that are not over, to choose from: "plan/initiative" and words."""
    rows = plans.visible_to(who).exclude(state__in=(State.REJECTED, State.SUPERSEDED))[:MOST]
    return [
        (f"{plan.code}/{each['initiative']}", f"{plan.title}: {titles[each['initiative']]}")
        for plan in rows
        for titles in [_titles(plan)]
        for each in plan.chosen
    ]


def initiative_of(row: "Proposal") -> str:
    """What the initiative is called that carries a proposal; nothing where none does."""
    return _titles(row.plan).get(row.initiative, row.initiative) if row.plan else ""


def _titles(plan: "PlanVersion") -> dict[str, str]:
    known = portfolios.proposed(plan.version).initiatives
    return {each.code: said(each.title, layout.language()) for each in known}


def spoken_of(who: Stamp, plan: "PlanVersion") -> dict[str, Any]:
    """What the page of a plan shows of where it comes from and where it was decided."""
    return {
        "carries": proposals.carried_by(who, plan),
        "heard": sessions.items_about_plan(who, plan),
    }


def carried_out(who: Stamp, plan: "PlanVersion", titles: Mapping[str, str]) -> dict[str, Any]:
    """What the page of a plan shows of its carrying out."""
    if plan.state not in {State.ADOPTED, State.SUPERSEDED}:
        return {}
    reviews = followup.reviews(plan)
    held = reviews[0].parts["promises"] if reviews else []
    delivered = {(each["initiative"], each["indicator"]): each for each in held}
    return {
        "assigned": list(visible_to(who).filter(plan=plan)),
        "promises": [
            (titles.get(each.initiative, each.initiative), each, delivered.get(key))
            for each in followup.promises(plan)
            for key in [(each.initiative, each.indicator)]
        ],
        "review": reviews[0] if reviews else None,
        "may_assign": plan.state == State.ADOPTED
        and may(who, "commission", "plan.assigned")
        and bool(followup.unassigned(plan)),
    }


@for_staff
def assign(request: HttpRequest, code: str) -> HttpResponseBase:
    """Open the assignments of a plan; a body is asked for where the portfolio's is not known."""
    who = stamp(request)
    plan = plans.visible_to(who).named(code)
    waiting = dict(followup.unassigned(plan))
    known = followup.leads(plan, {})
    titles = {each.code: said(each.title, layout.language()) for each in waiting}
    lacking = {each: titles[each] for each, body in known.items() if body is None}
    form = Leads(request.POST if request.method == "POST" else None, lacking=lacking)
    if form.is_valid():
        with refusals_into(form):
            actions.open_assignments(who, code, leads=form.cleaned_data)
            return redirect(f"{reverse('plan-of', args=[code])}?done=assigned")
    rows = [
        (titles[each.code], start, body.name if (body := known[each.code]) else None)
        for each, start in waiting.items()
    ]
    return answer(request, "plan/assign.html", form, plan=plan, rows=rows)
