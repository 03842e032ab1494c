"""The plan: what reaches the goal, when it begins, what it costs and with which odds."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marra.commission.queries import answers
from marra.commission.queries.readings import reading
from marra.commission.queries.sources import Source, source
from marra.commission.rules.answers import Answer
from marra.commission.rules.questions import ODDS, offered_places
from marra.commission.rules.readings import BY_2030
from marra.door import say, stamp
from marra.kit.errors import NotFound
from marra.kit.text import gettext_noop
from marra.web import layout
from marra.web.charts.money import BILLION, money, said
from marra.web.charts.plan_bars import plan_load, plan_money
from marra.web.charts.plan_frontier import plan_frontier
from marra.web.charts.plan_timeline import plan_timeline
from marra.web.charts.planned import Planned, percent
from marra.web.charts.words import country
from marra.web.gate import post_only
from marra.web.index.address import without_empty
from marra.web.plan import told
from marra.web.plan.asking import EXACTLY, State, edited, state
from marra.web.plan.looking import EVERYBODYS, Seen, keep_private, look, together
from marra.web.plan.words import moved, owner, span_of

CHARTS: Final = {
    "plan-timeline": plan_timeline,
    "plan-money": plan_money,
    "plan-load": plan_load,
    "plan-frontier": plan_frontier,
}
"""The charts of a plan by their names in addresses."""

SECONDS: Final = 4
"""After how many a page without an answer loads itself again."""


class NoSuchInitiative(NotFound):
    """The portfolio has no such initiative."""

    sentence = gettext_noop(
        "The portfolio has no initiative “{code}”. Look for it in the table of the plan."
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose in the form above the plan."""

    value: str
    words: str
    chosen: bool


def show(request: HttpRequest) -> HttpResponseBase:
    """The answer to the question that the address asks, or that it is being worked out."""
    if cleaner := without_empty(request):
        return redirect(cleaner)
    asked = state(request.GET, stamp(request))
    seen = look(asked)
    context = {**_context(asked), "seen": seen}
    if answer := seen.answers.get(asked.question.edition):
        known = together(asked, answer, seen.frontier, layout.language())
        context |= _answered(known, asked, seen)
        context["relaxed"] = not answer.feasible
    elif seen.unanswered:
        context["refused"] = say(seen.unanswered.sentence, seen.unanswered.facts)
    page = render(request, "plan/plan.html", context)
    keeping = keep_private(request, asked)
    if keeping != EVERYBODYS or not seen.is_whole:  # else it is kept like other pages
        page.headers["Cache-Control"] = keeping
    if seen.waits and "own" not in context and "refused" not in context:
        page.headers["Refresh"] = str(SECONDS)
    return page


@post_only
def again(request: HttpRequest) -> HttpResponseBase:
    """Have worked out anew what could not be worked out."""
    asked = state(request.POST, stamp(request))
    for question in (*asked.questions(), asked.question.frontier()):
        answers.ask_again(question)
    return redirect(f"{reverse('plan')}?{asked.query}")


def initiative(request: HttpRequest, code: str) -> HttpResponse:
    """One initiative: what it moves, what it costs, what it needs, and why anybody thinks so."""
    found = source(stamp(request), request.GET.get("portfolio", ""))
    one = next((each for each in found.portfolio.initiatives if each.code == code), None)
    if one is None:
        raise NoSuchInitiative(code=code[:80])
    language = layout.language()
    years = [(turn, cost) for turn, cost in enumerate(one.costs, start=1) if cost]
    context = {
        "source": found,
        "one": one,
        "title": said(one.title, language),
        "reasoning": said(one.reasoning, language),
        "prices": said(found.portfolio.prices, language),
        "owner": owner(found.portfolio, one, language),
        "payer": said(found.portfolio.called(one.source), language) if one.source else "",
        "starts": span_of(one.starts),
        "chance": percent(one.chance) if one.chance < 1 else _("certain"),
        "cost": money(one.cost),
        "costs": [(turn, money(cost)) for turn, cost in years],
        "effects": [moved(each) for each in one.effects],
        "needs": _named(found, one.needs, language),
        "excludes": _named(found, one.excludes, language),
        "needed": _named(
            found, [e.code for e in found.portfolio.initiatives if code in e.needs], language
        ),
    }
    page = render(request, "plan/initiative.html", context)
    private = request.user.is_authenticated or not found.is_public
    page.headers["Cache-Control"] = "private, no-store" if private else "no-cache"
    return page


def _named(
    found: Source, codes: tuple[str, ...] | list[str], language: str
) -> list[tuple[str, str]]:
    return [(code, said(found.portfolio.named(code).title, language)) for code in codes]


def _context(asked: State) -> dict[str, object]:
    """What the page needs before there is an answer."""
    language = layout.language()
    question = asked.question
    places = offered_places(settings.GOAL_RANK)
    editions = asked.projected if asked.is_free else tuple(sorted(asked.editions))
    return {
        "state": asked,
        "source": asked.source,
        "edited": edited(asked.source),
        "question": question,
        "name": country(question.place, language),
        "portfolio": said(asked.source.portfolio.title, language),
        "note": said(asked.source.portfolio.note, language),
        "prices": said(asked.source.portfolio.prices, language),
        "odds_asked": percent(question.odds) if question.odds else "",
        "budget_asked": money(question.budget) if question.budget else "",
        "places": [Choice(str(p), str(p), p == question.k) for p in places],
        "odds": [Choice(f"{p:g}", percent(p), p == question.odds) for p in ODDS],
        "years": [Choice(str(y), str(y), y == question.edition) for y in editions],
        "percent": f"{100 * question.odds:.12g}".replace(".", ",") if question.odds else "",
        "billions": f"{question.budget / BILLION:{EXACTLY}}" if question.budget else "",
    }


def _answered(known: Planned, asked: State, seen: Seen) -> dict[str, object]:
    """What the page says once there is an answer."""
    rows = told.lines(known)
    known_answers = [
        seen.answers[q.edition] for q in asked.questions() if q.edition in seen.answers
    ]
    return {
        "own": told.headline(known.answer),
        "sentence": told.sentence(known_answers),
        "without": told.without(known_answers),
        "editions": [
            (told.headline(each), asked.query_for(each.question.edition)) for each in known_answers
        ],
        "lines": rows,
        "share_of_all": sum(row.share for row in rows),
        "left": told.left(known),
        "relaxations": list(told.relaxations(known)),
        "addition": told.addition(known),
        "added": told.added(known),
        "may_keep": asked.is_free and not asked.source.is_example,
        "lower": _lower(known.answer, asked),
        "reach": told.reach(known.frontier),
        "odds_check": percent(known.answer.odds_check),
        "grounds": known.answer.grounds,
        "reading": reading(BY_2030),
        "figures": [_figure(name, known) for name in _shown(known)],
    }


def _lower(answer: Answer, asked: State) -> tuple[str, str] | None:
    """The highest offered odds that the limits allow, as an address and in words."""
    within = [odds for odds in ODDS if odds <= answer.best]
    if answer.feasible or not within:
        return None
    return asked.query_for(asked.question.edition, odds=max(within)), percent(max(within))


def _shown(known: Planned) -> list[str]:
    names = list(CHARTS) if known.answer.steps else ["plan-frontier"]
    return names if known.frontier else [name for name in names if name != "plan-frontier"]


def _figure(name: str, known: Planned) -> SafeString:
    drawn = CHARTS[name](known).measured()
    return render_to_string(
        "figure/figure.html", {"chart": drawn, "eager": name == "plan-timeline"}
    )
