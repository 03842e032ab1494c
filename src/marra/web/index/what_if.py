"""What if: change any part or input of any country and see everyone ranked anew, at once.

The address holds the whole question, so an answer can be sent to a colleague.
"""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from marra.door import sentence
from marra.evidence.queries import releases as queries
from marra.index import WhatIf, changeable, what_if
from marra.index.edition import PILLARS
from marra.index.survey import Survey
from marra.kit.errors import Refusal
from marra.web import layout
from marra.web.charts.asked import Asked
from marra.web.charts.reading import figures
from marra.web.charts.words import country, measure_in_full
from marra.web.index.address import asked, without_empty
from marra.web.index.changes import Change, ChangeForm, others, told
from marra.web.index.choices import options


@dataclass(frozen=True, slots=True)
class Line:
    """One figure before and after."""

    name: str
    before: float | None
    after: float | None
    digits: int

    @property
    def change(self) -> float:
        """What was gained; for a rank this is minus the places gained."""
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True, slots=True)
class Moved:
    """Another country whose place changes."""

    code: str
    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What would follow, for the country of the page and for the others."""

    before: int
    after: int
    lines: tuple[Line, ...]
    overtaken: tuple[Moved, ...]
    overtaking: tuple[Moved, ...]
    moved: int  # how many others change their place
    unmoved: int  # how many countries' inputs are not known, so that their part stays

    @property
    def gained(self) -> int:
        """Places gained; negative when lost."""
        return self.before - self.after


def show(request: HttpRequest) -> HttpResponseBase:
    """The question and its answer."""
    if cleaner := without_empty(request):
        return redirect(cleaner)
    state, language = asked(request.GET), layout.language()
    survey = queries.survey(state.edition)
    form = ChangeForm(request.GET or None, survey, state.place, language)
    also = [each for each in request.GET.getlist("also") if each]
    if form.is_bound and form.is_valid() and form.added():
        return redirect(_with_added(request, form.added()))
    changes, answer = _answered(form, also, survey, state, language)
    context = _context(request, form, also, survey, state)
    context["answer"] = answer
    context["told"] = [told(change, language) for change in changes]
    context["ahead"] = _ahead(changes, survey, state.place)
    return _page(request, form, context)


def _context(
    request: HttpRequest, form: ChangeForm, also: list[str], survey: Survey, state: Asked
) -> dict[str, object]:
    language = layout.language()
    inputs = changeable(survey)[3:]
    return {
        "asked": state,
        "name": country(state.place, language),
        "form": form,
        "boxes": [form[name] for name in PILLARS],
        "inputs": [form[name] for name in inputs],
        "inputs_open": any(request.GET.get(name) for name in inputs),
        "others": [
            (each, _worded(each, survey, language), _without(request, each)) for each in also
        ],
        "years": sorted(queries.years(), reverse=True),
        "countries": options(language, state.place),
        "has_index": figures(survey, state.place).rank is not None,
    }


def _page(request: HttpRequest, form: ChangeForm, context: dict[str, object]) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "index/what_if.html", context, status=status)


def _answered(
    form: ChangeForm, also: list[str], survey: Survey, state: Asked, language: str
) -> tuple[list[Change], Answer | None]:
    if not form.is_bound or form.errors:
        return [], None
    try:
        changes = {**form.own(), **dict(others(also, survey))}
        if not changes:
            return [], None
        result = what_if(survey, changes)
    except Refusal as refusal:
        form.add_error(None, sentence(refusal))
        return [], None
    return list(changes.items()), _told(result, state.place, language)


def _told(result: WhatIf, code: str, language: str) -> Answer | None:
    if code not in result.before:
        return None
    before, after = result.before[code], result.after[code]
    lines = [Line("EGDI", before.egdi, after.egdi, 4)]
    lines += [
        Line(measure_in_full(name), getattr(before, name), getattr(after, name), 4)
        for name in PILLARS
    ]
    moves = [
        Moved(other, country(other, language), then.rank, result.after[other].rank)
        for other, then in result.before.items()
        if other != code and then.rank != result.after[other].rank
    ]
    passed = [m for m in moves if m.before < before.rank and m.after > after.rank]
    passing = [m for m in moves if m.before > before.rank and m.after < after.rank]
    return Answer(
        before=before.rank,
        after=after.rank,
        lines=tuple(lines),
        overtaken=tuple(sorted(passed, key=lambda m: m.before)),
        overtaking=tuple(sorted(passing, key=lambda m: m.after)),
        moved=len(moves),
        unmoved=len(result.not_renormalised),
    )


def _ahead(changes: list[Change], survey: Survey, code: str) -> str:
    """The country's own changes as a scenario takes them; those of an older edition it may not."""
    if survey.year != queries.latest():
        return ""
    own = [(name, f"{value:g}") for (place, name), value in changes if place == code]
    return f"&{urlencode(own)}" if own else ""


def _worded(written: str, survey: Survey, language: str) -> str:
    try:
        return told(others([written], survey)[0], language)
    except Refusal:
        return written


def _with_added(request: HttpRequest, added: str) -> str:
    query = request.GET.copy()
    for name in ("also_place", "also_name", "also_value"):
        query.pop(name, None)
    query.appendlist("also", added)
    return f"{request.path}?{query.urlencode()}"


def _without(request: HttpRequest, written: str) -> str:
    query = request.GET.copy()
    query.setlist("also", [each for each in query.getlist("also") if each != written])
    return f"{request.path}?{query.urlencode()}"
