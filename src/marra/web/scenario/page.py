"""The scenario builder: move any figure and read the odds, everyone else moving too.

The address holds the whole question, so an answer can be sent to a colleague.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from marra.door import sentence
from marra.evidence.queries import releases as queries
from marra.index.projection.futures import Futures
from marra.index.projection.scenario import Scenario
from marra.kit.errors import Refusal
from marra.web import layout
from marra.web.charts.future import futures
from marra.web.charts.scenario_fan import Seen, scenario_fan
from marra.web.charts.words import country
from marra.web.index.address import without_empty
from marra.web.index.boxes import readable
from marra.web.index.choices import options
from marra.web.scenario.asking import Question, answer, framed, still
from marra.web.scenario.sliders import ScenarioForm
from marra.web.scenario.told import editions, grounds, method, told, values


def show(request: HttpRequest) -> HttpResponseBase:
    """The question and its answer."""
    if cleaner := without_empty(request):
        return redirect(cleaner)
    everyone, language = futures(), layout.language()
    frame, boxes = readable(request.GET, lambda query: framed(query, everyone))
    if frame.place not in everyone.places:
        return _absent(request, frame, everyone)
    survey = queries.survey(everyone.origin)
    own = still(frame.place, frame.to, everyone).at(frame.by)
    form = ScenarioForm(request.GET, survey, frame.place, own)
    form.blame("to", boxes.said("to"))
    question, found = _answered(form, frame, everyone)
    parts, inputs = form.sliders()
    context = {
        "question": question,
        "form": form,
        "boxes": form,
        "parts": parts,
        "inputs": inputs,
        "inputs_open": any(each.is_given for each in inputs),
        "countries": options(language, frame.place),
        "editions": everyone.editions,
        **shown(found, question.query, language),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "scenario/show.html", context, status=status)


def shown(found: Scenario, query: str, language: str, name: str = "") -> dict[str, Any]:
    """What the answer's templates need, of a fresh answer and of a kept one."""
    seen = Seen(found, query, name="scenario", title=name)
    return {
        "told": told(found, language),
        "chart": scenario_fan(queries.surveys(), seen, language).measured(),
        "editions_table": editions(found),
        "values": values(found),
        "grounds": grounds(found),
        "method": method(),
        "query": query,
        "ground": Question(found.place, found.k, found.by).query,
    }


def _answered(form: ScenarioForm, frame: Question, everyone: Futures) -> tuple[Question, Scenario]:
    """The question as far as it can be read, and its answer; what is wrong stands in the form."""
    if form.is_valid():
        question = Question(frame.place, frame.to, frame.by, form.changes())
        try:
            return question, answer(question, everyone)
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
    return frame, answer(frame, everyone)


def _absent(request: HttpRequest, frame: Question, everyone: Futures) -> HttpResponse:
    language = layout.language()
    context = {
        "name": country(frame.place, language),
        "countries": options(language, frame.place),
        "question": frame,
        "origin": everyone.origin,
        "editions": everyone.editions,
    }
    return render(request, "scenario/absent.html", context)
