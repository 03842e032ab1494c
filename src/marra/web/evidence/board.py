"""The national board: each indicator with value, target, trend, gap and who answers for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.door import stamp
from marra.evidence.queries import observations, releases
from marra.evidence.queries.board import Line, board
from marra.evidence.rules.board import SIGNS, State
from marra.evidence.rules.indicators import Topic
from marra.evidence.rules.observations import Flag
from marra.web import layout
from marra.web.evidence import words
from marra.web.evidence.asked import asked
from marra.web.evidence.spark import spark
from marra.web.forms import PageForm
from marra.web.kept import rests_on_records


class Filters(PageForm):
    """What to show of the board; the choices stand in the address."""

    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    flag = forms.ChoiceField(label=gettext_lazy("What is odd"), required=False)
    body = forms.ChoiceField(label=gettext_lazy("Responsible body"), required=False)

    def __init__(self, data: object, bodies: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        told = {
            "topic": [(each.name.lower(), _(each.value)) for each in Topic],
            "state": [(each.name.lower(), _(each.value)) for each in State],
            "flag": [(each.name.lower(), _(each.value)) for each in Flag],
            "body": [*bodies, ("-", _("none"))],
        }
        for name, choices in told.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("all")), *choices]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board, in words."""

    code: str
    name: str
    topic: str
    unit: str
    value: str
    survey: str  # what the Survey has, where nothing was observed here
    line: Line
    basis: str
    target: str
    gap: str
    sign: str
    state: str
    odd: tuple[str, ...]
    spark: SafeString | str
    body: str


@rests_on_records
def show(request: HttpRequest) -> HttpResponse:
    """The board of the country in focus, as far as this reader may see."""
    who = stamp(request)
    lines = board(layout.focus().iso3, who, asked(who))
    form = Filters(request.GET, _bodies(lines))
    wanted = form.cleaned_data if form.is_valid() else {}
    shown = [each for each in lines if _fits(each, wanted)]
    told = {
        "form": form,
        "filtered": any(wanted.values()),
        "rows": [_row(each) for each in shown],
        "known": sum(each.last is not None for each in lines),
        "count": len(lines),
        "doubtful": sum(bool(each.odd) for each in lines),
        "missed": sum(each.state is State.MISSED for each in lines),
        "works": observations.sees_all(who),
        "edition": releases.latest(),
    }
    return render(request, "evidence/board.html", told)


def _bodies(lines: Sequence[Line]) -> list[tuple[str, str]]:
    found = {each.responsible.body.code: _body(each) for each in lines if each.responsible}
    return sorted(found.items(), key=lambda each: each[1])


def _body(line: Line) -> str:
    return words.body(line.responsible.body.names) if line.responsible else ""


def _fits(line: Line, wanted: dict[str, str]) -> bool:
    body = line.responsible.body.code if line.responsible else "-"
    flags = {each.flag.name.lower() for each in line.odd}
    return (
        wanted.get("topic") in (None, "", line.measured.topic.name.lower())
        and wanted.get("state") in (None, "", line.state.name.lower())
        and wanted.get("body") in (None, "", body)
        and (not wanted.get("flag") or wanted["flag"] in flags)
    )


def _row(line: Line) -> Row:
    measured, last = line.measured, line.last
    return Row(
        code=measured.code,
        name=words.name(measured),
        topic=_(measured.topic.value),
        unit=words.unit(measured),
        value=words.value(measured, last.value if last else None),
        survey=words.value(measured, line.survey) if not last and line.survey is not None else "",
        line=line,
        basis=words.basis(measured, last.basis) if last else "",
        target=words.value(measured, line.goal.value) if line.goal else "",
        gap="" if line.gap is None else words.value(measured, line.gap),
        sign=SIGNS[line.state],
        state=_(line.state.value),
        odd=tuple(words.odd(measured, each) for each in line.odd),
        spark=spark(measured, line.points),
        body=_body(line),
    )
