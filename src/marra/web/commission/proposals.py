"""Proposals: the list, one with its figures and what became of it, and the steps to a decision."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.commission.actions import proposals as actions
from marra.commission.queries import groups, obligations, sessions
from marra.commission.queries import proposals as queries
from marra.commission.queries.portfolios import reads
from marra.commission.rules.proposals import TOLD, Found, State
from marra.door import stamp
from marra.inventory.queries.bodies import known
from marra.people.queries import names
from marra.people.rules.rights import Role, Stamp, rights
from marra.store import NothingNamed
from marra.web.commission.obligations import said
from marra.web.commission.stepping import Sure, text_field
from marra.web.formats import number
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_staff, may
from marra.web.plan.carrying import carriers, initiative_of

if TYPE_CHECKING:
    from marra.commission.models.proposals import Proposal

PAGE: Final = 50


class Writing(PageForm):
    """A problem and its remedy."""

    title = forms.CharField(label=_("Title"), max_length=120)
    problem = text_field(gettext_noop("Which problem was found"))
    remedy = text_field(
        gettext_noop("What is proposed"),
        gettext_noop("Needed before it is put forward."),
        required=False,
    )


class Proposed(Writing):
    """A new proposal, with whom it is of."""

    group = forms.ChoiceField(label=_("Working group"), required=False)
    body = forms.ChoiceField(label=_("State body"), required=False)
    obligation = forms.ChoiceField(label=_("Obligation"), required=False)

    def __init__(self, *args: Any, who: Stamp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = [("", gettext("none"))]
        found = {
            "group": [(each.code, said(each.names)) for each in groups.standing(who)],
            "body": [(b.code, said(b.names)) for b in known(who.scopes(Role.EXECUTOR) - {""})],
            "obligation": [
                (o.code, f"{o.code}: {said(o.what)}") for o in obligations.visible_to(who)
            ],
        }
        for name, choices in found.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = nothing + choices


class Deciding(PageForm):
    """Accepted or not, and why."""

    accept = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Accept it")), ("no", _("Reject it"))],
        widget=forms.RadioSelect,
    )
    reason = text_field(gettext_noop("Why, and in which session"))


class Planning(PageForm):
    """Which initiative of which plan carries it."""

    carrier = forms.ChoiceField(
        label=_("Initiative of a plan"),
        help_text=_("Plans on record that are not over, each with what it has chosen."),
    )

    def ready(self, who: Stamp) -> None:
        """Offer the initiatives of the plans that are not over."""
        field = self.fields["carrier"]
        if isinstance(field, forms.ChoiceField):
            field.choices = carriers(who)


@for_staff
def index(request: HttpRequest) -> HttpResponse:
    """The proposals this person may know of, those that wait for a decision first told."""
    rows = queries.visible_to(stamp(request))
    state = request.GET.get("state", "")
    asked = rows.filter(state=state) if state in set(State) else rows
    context = {
        "rows": [(row, gettext(TOLD[State(row.state)])) for row in asked[:PAGE]],
        "waiting": rows.filter(state__in=(State.PUT_FORWARD, State.ON_AGENDA)).count(),
        "count": rows.count(),
        "states": [(each.value, gettext(told)) for each, told in TOLD.items()],
        "state": state,
    }
    return render(request, "commission/proposals.html", context)


@for_staff
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One proposal: problem, remedy, the figures it carries, and what became of it."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    context = {
        "row": row,
        "state": gettext(TOLD[State(row.state)]),
        "assignments": list(row.assignments.all()),
        "steps": _steps(who, row),
        "item": sessions.item_about(who, row),
        "initiative": initiative_of(row),
        "reads_plans": reads(who),
        "author": names({row.made_by}).get(row.made_by, ""),
        "done": request.GET.get("done"),
    }
    return render(request, "commission/proposal.html", context)


@for_staff
def new(request: HttpRequest) -> HttpResponseBase:
    """Make a proposal; from a gap on a chart it carries part, edition, values and share."""
    who = stamp(request)
    gap = _gap(request)
    group = next(iter(who.scopes(Role.GROUP_MEMBER, Role.GROUP_HEAD, Role.SECRETARY) - {""}), "")
    start = {"group": group, "obligation": request.GET.get("obligation", "")}
    if gap is not None:
        start |= {"problem": _problem(gap)}
    form = Proposed(request.POST or None, initial=start, who=who)
    if form.is_valid():
        with refusals_into(form):
            made = actions.make(who, **form.cleaned_data, place=settings.COUNTRY, gap=gap)
            return _back(made.code, "made")
    return answer(request, "commission/proposal_new.html", form, gap=gap)


def _gap(request: HttpRequest) -> Found | None:
    """The gap that the address names; worked out here, never taken from the address."""
    pillar = request.GET.get("indicator", "")
    if not pillar:
        return None
    edition = request.GET.get("edition", "")
    year = int(edition) if edition.isdecimal() and len(edition) == 4 else None
    return queries.gap(settings.COUNTRY, pillar, settings.GOAL_RANK, year)


def _problem(gap: Found) -> str:
    told = gettext(
        "{part} in {edition}: {value}; in the place of the goal {goal}. It makes {gap} of the gap."
    )
    return told.format(
        part=gap.indicator.upper(),
        edition=gap.edition,
        value=number(gap.value, 4),
        goal=number(gap.goal_value, 4),
        gap=number(gap.gap, 4),
    )


@for_staff
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change a draft; if somebody was quicker, both texts are shown."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    start = {"title": row.title, "problem": row.problem, "remedy": row.remedy}
    form = Writing(request.POST or None, initial=start)
    given = request.POST.get("version", "")
    if form.is_valid():
        version = int(given) if given.isdecimal() else 0
        with refusals_into(form):
            actions.change(who, code, version=version, **form.cleaned_data)
            return _back(code, "changed")
        row.refresh_from_db()
    return answer(request, "commission/proposal_change.html", form, row=row)


@for_staff
def step(request: HttpRequest, code: str, word: str) -> HttpResponseBase:
    """One step on its way to a decision."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    if word not in HEADINGS:
        raise NothingNamed(kind="page", code=word)
    form = FORMS.get(word, Sure)(request.POST if request.method == "POST" else None)
    if isinstance(form, Planning):
        form.ready(who)
    if form.is_valid():
        with refusals_into(form):
            _take(who, code, word, form.cleaned_data)
            return _back(code, word)
    told: dict[str, Any] = {"row": row, "heading": gettext(HEADINGS[word])}
    return answer(request, "commission/proposal_step.html", form, **told)


HEADINGS: Final = {
    "forward": gettext_noop("Put it forward?"),
    "withdraw": gettext_noop("Withdraw it?"),
    "decide": gettext_noop("Decide on the proposal"),
    "plan": gettext_noop("Which plan carries it?"),
}
"""Steps by their word in the address, with what the page asks."""


FORMS: Final[Mapping[str, type[PageForm]]] = {"decide": Deciding, "plan": Planning}
"""What a step asks for; the others ask only whether one is sure."""


def _take(who: Stamp, code: str, word: str, given: dict[str, Any]) -> None:
    match word:
        case "forward":
            actions.put_forward(who, code)
        case "withdraw":
            actions.withdraw(who, code)
        case "plan":
            carrier, _slash, initiative = given["carrier"].partition("/")
            actions.put_into_plan(who, code, plan=carrier, initiative=initiative)
        case _:
            yes = given["accept"] == "yes"
            actions.decide(who, code, accepted=yes, reason=given["reason"])


def _steps(who: Stamp, row: "Proposal") -> list[tuple[str, str]]:
    """What this person may do next: the address's word and the button's."""
    draft, forward = row.state == State.DRAFT, row.state in {State.PUT_FORWARD, State.ON_AGENDA}
    standing = row.state not in {State.REJECTED, State.WITHDRAWN}
    of = queries.scopes(row)
    group = row.group.code if row.group else ""
    found = [
        ("forward", "proposal.put-forward", gettext("Put it forward"), draft, of),
        ("change", "proposal.changed", gettext("Change it"), draft, of),
        ("decide", "proposal.decided", gettext("Decide on it"), forward, group),
        ("plan", "proposal.planned", gettext("Put it into a plan"), standing, ""),
        ("withdraw", "proposal.withdrawn", gettext("Withdraw it"), draft or forward, of),
    ]
    return [
        (word, label)
        for word, deed, label, is_open, scope in found
        if is_open and may(who, "commission", deed, scope)
    ]


def may_propose(who: Stamp) -> bool:
    """Whether this person may make a proposal somewhere."""
    return bool(who.scopes(*rights("commission")["proposal.made"]))


def _back(code: str, done: str) -> HttpResponse:
    return redirect(f"{reverse('proposal', args=[code])}?done={done}")
