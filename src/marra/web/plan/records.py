"""Plans on record: keep one that was worked out, take it to a decision, compare two.

What a plan costs and with which odds comes from the planner's answer and never from a form.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from marra.commission.actions import plans as actions
from marra.commission.queries import plans as queries
from marra.commission.queries import portfolios
from marra.commission.rules.answers import Answer
from marra.commission.rules.plans import Goal, Made, open_moves
from marra.door import stamp
from marra.kit.errors import Conflict
from marra.people.queries import names
from marra.web import layout
from marra.web.charts.money import money, said
from marra.web.charts.planned import percent
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_authors, for_readers_of_plans, post_only
from marra.web.plan.asking import EXACTLY, state
from marra.web.plan.carrying import carried_out, spoken_of
from marra.web.plan.looking import planned
from marra.web.plan.told import sentence

if TYPE_CHECKING:
    from marra.commission.models.plans import PlanVersion

MOVES: Final = {
    "propose": gettext_noop("Propose it"),
    "adopt": gettext_noop("Adopt it"),
    "reject": gettext_noop("Reject it"),
    "supersede": gettext_noop("End it"),
}
"""The steps of a plan, as buttons say them."""


class ExampleNotKept(Conflict):
    """A plan from the packaged example is no plan of anybody."""

    sentence = gettext_noop(
        "A plan from the packaged example is not recorded: its initiatives are assumptions. "
        "Upload a portfolio, and plan with that."
    )


class Record(PageForm):
    """How the plan is called, and what is to be known of it."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For whom it was made, what was agreed; may be left empty."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """One initiative in two plans; None where a plan does without it."""

    title: str
    first: int | None
    second: int | None

    @property
    def differs(self) -> bool:
        """Whether the two plans differ in it."""
        return self.first != self.second


@for_authors
def keep(request: HttpRequest) -> HttpResponseBase:
    """Record the plan that an address asks for, under a title."""
    query = request.GET
    who = stamp(request)
    asked = state(query, who)
    known = planned(asked, layout.language())
    if asked.source.is_example:
        raise ExampleNotKept
    form = Record(request.POST or None, initial={"title": _title(known.answer)})
    if form.is_valid():
        with refusals_into(form):
            made = _made(known.answer)
            plan = actions.keep_plan(who, asked.source.code, made=made, **form.cleaned_data)
            return redirect(f"{reverse('plan-of', args=[plan.code])}?done=kept")
    told = {"sentence": sentence([known.answer]), "state": asked}
    return answer(request, "plan/keep.html", form, None, **told)


def _title(found: Answer) -> str:
    asked = found.question
    words = {"k": asked.k, "edition": asked.edition}
    if asked.budget is not None:
        return _("Place {k} in {edition} for {budget}").format(**words, budget=money(asked.budget))
    return _("Place {k} in {edition}, odds {odds}").format(
        **words, odds=percent(asked.odds or 0.0)
    )


def _made(found: Answer) -> Made:
    """The answer as the commission records it."""
    asked, grounds = found.question, found.grounds
    return Made(
        goal=Goal(asked.place, asked.k, asked.edition, asked.odds, asked.budget),
        chosen=tuple((step.code, step.start) for step in found.steps),
        odds=found.odds,
        odds_check=found.odds_check,
        seed=grounds.seed,
        futures=grounds.futures,
        data_version=grounds.data_version,
        edition_version=grounds.edition_version,
        method_version=grounds.method_version,
        seed_check=grounds.seed_check,
    )


@for_readers_of_plans
def index(request: HttpRequest) -> HttpResponse:
    """Every plan on record, the newest first."""
    rows = list(queries.visible_to(stamp(request)))
    told = {
        "rows": [(each, money(each.cost), percent(each.odds)) for each in rows],
        "names": names({each.created_by for each in rows}),
    }
    return render(request, "plan/plans.html", told)


@for_readers_of_plans
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One plan: what was asked and chosen, and the steps that are open."""
    return _page(request, code, Refused())


def _page(request: HttpRequest, code: str, refused: Refused) -> HttpResponse:
    who = stamp(request)
    plan = queries.visible_to(who).named(code)
    portfolio = portfolios.proposed(plan.version)
    allowed = queries.moves_for(who, plan)
    titles = {each.code: said(each.title, layout.language()) for each in portfolio.initiatives}
    spent: dict[int, float] = {}
    for each in plan.spending:
        spent[each["year"]] = spent.get(each["year"], 0.0) + each["amount"]
    context = {
        "plan": plan,
        "cost": money(plan.cost),
        "odds": percent(plan.odds),
        "odds_check": percent(plan.odds_check),
        "asked": _asked(plan),
        "query": _query(plan),
        "chosen": [(titles[e["initiative"]], e["start"], e["initiative"]) for e in plan.chosen],
        "spent": [(year, money(amount)) for year, amount in sorted(spent.items())],
        "moves": [(move, _(MOVES[move])) for move in allowed],
        "waits": bool(open_moves(plan.state)) and not allowed,  # type: ignore[arg-type]
        "names": names({plan.created_by, plan.moved_by}),
        "done": request.GET.get("done"),
        "works": portfolios.works(who),
        "others": [each for each in queries.visible_to(who) if each.code != code][:50],
        **spoken_of(who, plan),
        **carried_out(who, plan, titles),
    }
    return answer(request, "plan/plan_of.html", refused, None, **context)


def _asked(plan: "PlanVersion") -> str:
    words = {"k": plan.k, "edition": plan.edition}
    if plan.budget_asked is not None:
        return _("place {k} or better in {edition} for {budget}").format(
            **words, budget=money(plan.budget_asked)
        )
    return _("place {k} or better in {edition} with odds of {odds}").format(
        **words, odds=percent(plan.odds_asked or 0.0)
    )


def _query(plan: "PlanVersion") -> str:
    """The address of the question that the plan answers."""
    wish = (
        f"billions={plan.budget_asked / 1e9:{EXACTLY}}"
        if plan.budget_asked is not None
        else f"odds={plan.odds_asked:{EXACTLY}}"
    )
    return f"portfolio={plan.version.code}&top={plan.k}&by={plan.edition}&{wish}"


@for_readers_of_plans
@post_only
def move(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take a plan one step on."""
    refused = Refused()
    with refusals_into(refused):
        actions.move_plan(stamp(request), code, move=request.POST.get("move", ""))
        return redirect(f"{reverse('plan-of', args=[code])}?done=moved")
    return _page(request, code, refused)


@for_authors
def revise(request: HttpRequest, code: str) -> HttpResponseBase:
    """Correct the title and the note of a draft."""
    plan = queries.visible_to(stamp(request)).named(code)
    form = Record(request.POST or None, initial={"title": plan.title, "note": plan.note})
    if form.is_valid():
        with refusals_into(form):
            actions.revise_plan(stamp(request), code, **form.cleaned_data)
            return redirect(f"{reverse('plan-of', args=[code])}?done=revised")
    return answer(request, "plan/revise.html", form, plan=plan)


@for_readers_of_plans
def compare(request: HttpRequest) -> HttpResponse:
    """Two plans side by side: cost, odds, and which initiative begins when."""
    who = stamp(request)
    visible = queries.visible_to(who)
    first = visible.named(request.GET.get("first", ""))
    second = queries.visible_to(who).named(request.GET.get("second", ""))
    context = {
        "first": first,
        "second": second,
        "asked": (_asked(first), _asked(second)),
        "cost": (money(first.cost), money(second.cost)),
        "more": second.cost - first.cost,
        "difference": money(abs(second.cost - first.cost)),
        "odds": (percent(first.odds), percent(second.odds)),
        "points": 100 * (second.odds - first.odds),
        "rows": _beside(first, second),
        "years": _years(first, second),
    }
    return render(request, "plan/plans_compared.html", context)


def _beside(first: "PlanVersion", second: "PlanVersion") -> list[Beside]:
    language, titles = layout.language(), {}
    for plan in (second, first):
        for each in portfolios.proposed(plan.version).initiatives:
            titles[each.code] = said(each.title, language)
    then = {each["initiative"]: each["start"] for each in first.chosen}
    now = {each["initiative"]: each["start"] for each in second.chosen}
    rows = [Beside(titles[code], then.get(code), now.get(code)) for code in {*then, *now}]
    return sorted(rows, key=lambda row: (not row.differs, row.title))


def _years(first: "PlanVersion", second: "PlanVersion") -> list[tuple[int, str, str]]:
    sums: list[dict[int, float]] = []
    for plan in (first, second):
        spent: dict[int, float] = {}
        for each in plan.spending:
            spent[each["year"]] = spent.get(each["year"], 0.0) + each["amount"]
        sums.append(spent)
    years = sorted({*sums[0], *sums[1]})
    return [(year, money(sums[0].get(year, 0.0)), money(sums[1].get(year, 0.0))) for year in years]
