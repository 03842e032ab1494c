"""One indicator: its series, target, what is odd, every value, and what was corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from marra.commission.queries.assignments import resting_on
from marra.door import stamp
from marra.evidence.queries import indicators, observations, releases
from marra.evidence.queries.board import Line
from marra.evidence.queries.board import line as line_of
from marra.evidence.rules.board import SIGNS, yearly
from marra.evidence.rules.indicators import Indicator, caps, fed_by
from marra.people.rules import Stamp, rights
from marra.web import layout
from marra.web.evidence import drawing, words
from marra.web.evidence.asked import asked
from marra.web.kept import rests_on_records

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment
    from marra.evidence.models.observations import Observation

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """One value in words."""

    row: "Observation"
    value: str
    basis: str
    origin: str
    odd: tuple[str, ...]
    mark: str  # how well a packaged value is known
    note: str
    may_change: bool
    proves: "Assignment | None"  # what was submitted with it


@rests_on_records
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The page of an indicator; its values newest first, corrected ones too."""
    who, measured = stamp(request), indicators.named(code)
    found = line_of(measured, layout.focus().iso3, who, asked(who))
    flagged = observations.flagged(found.points, who.at.date())
    odd = {row.pk: tuple(words.odd(measured, each) for each in told) for row, told in flagged}
    rows = observations.visible_to(who).filter(indicator=code, place=layout.focus().iso3)
    page = Paginator(rows.select_related("corrects", "file"), PAGE).get_page(
        request.GET.get("page")
    )
    shown = {row.code for row in page}
    proves = resting_on(who, fed_by(code), shown) if observations.sees_all(who) else {}
    told = {
        "measured": measured,
        "name": words.name(measured),
        "unit": words.unit(measured),
        "line": found,
        **_facts(measured, found),
        "chart": drawing.chart_of(measured, found, drawing.breaks(flagged)),
        "page": page,
        "values": [_shown(measured, row, odd.get(row.pk, ()), proves, who) for row in page],
        "works": observations.sees_all(who),
        "sets": _may(who, "target.set"),
        "appoints": _may(who, "responsible.set"),
        "done": request.GET.get("done"),
    }
    return render(request, "evidence/indicator.html", told)


def _may(who: Stamp, deed: str, of: str = "") -> bool:
    return any(who.holds(role, of) for role in rights("evidence")[deed])


def _facts(measured: Indicator, found: Line) -> dict[str, object]:
    """What stands above the chart, in words."""
    last = found.last
    pace = yearly(found.points) if found.points else None
    return {
        "value": words.with_unit(measured, last.value if last else None),
        "basis": words.basis(measured, last.basis) if last else "",
        "odd": [words.odd(measured, each) for each in found.odd],
        "state": _(found.state.value),
        "sign": SIGNS[found.state],
        "target": words.with_unit(measured, found.goal.value) if found.goal else "",
        "pace": "" if pace is None else words.change(measured, pace),
        "survey": "" if found.survey is None else words.with_unit(measured, found.survey),
        "bar": "" if found.bar is None else words.with_unit(measured, found.bar),
        "gap": "" if found.gap is None else words.with_unit(measured, found.gap),
        "ahead": found.gap == 0,
        "cap": caps().get(measured.code),
        "bases": [(each.name.into(layout.language()), each.survey) for each in measured.bases],
        "low": words.value(measured, measured.low),
        "high": words.value(measured, measured.high),
        "jump": words.value(measured, measured.jump),
        "edition": releases.latest(),
        "body": words.body(found.responsible.body.names) if found.responsible else "",
    }


def _shown(
    measured: Indicator,
    row: "Observation",
    odd: tuple[str, ...],
    proves: Mapping[str, "Assignment"],
    who: Stamp,
) -> Shown:
    mark, note = "", row.note
    if row.origin == "packaged":
        mark, _colon, note = (part.strip() for part in row.note.partition(":"))
    return Shown(
        row=row,
        value=words.value(measured, row.value),
        basis=words.basis(measured, row.basis),
        origin=_(words.ORIGINS.get(row.origin, row.origin)),
        odd=odd if row.stands else (),
        mark=mark,
        note=_(note) if note else "",
        proves=proves.get(row.code),
        may_change=row.stands and _may(who, "observation.corrected", row.reporter),
    )
