"""The data desk: who asks what and when, the returns, and figures that differ."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from marra.door import signed_in, stamp
from marra.evidence.actions import desk as actions
from marra.evidence.queries import desk as queries
from marra.evidence.queries.desk import Asked, Proposed
from marra.evidence.rules import desk as rules
from marra.evidence.rules.discrepancies import State as CaseState
from marra.evidence.rules.indicators import indicators
from marra.inventory.queries.bodies import bodies
from marra.people.rules import APPOINTED, Stamp, rights
from marra.web import layout
from marra.web.evidence import words
from marra.web.forms import Refused, refusals_into
from marra.web.gate import for_deed, post_only

if TYPE_CHECKING:
    from marra.evidence.models.desk import Discrepancy

ORGANISATIONS: Final = (
    gettext_noop("ITU"),
    gettext_noop("UIS"),
    gettext_noop("UNDP"),
    gettext_noop("UN DESA"),
)
"""Who collects, as the files of the desk call them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A collection in the calendar, in words."""

    asked: Asked
    name: str
    body: str
    state: str
    sign: str
    is_open: bool


def for_staff(request: HttpRequest) -> Stamp:
    """The stamp of somebody who holds a role; others are refused."""
    who = stamp(request)
    held = [(role, of) for role, of in who.roles if role in APPOINTED]
    who.require(*APPOINTED, of=held[0][1] if held else "")
    return who


@signed_in
def show(request: HttpRequest) -> HttpResponse:
    """The calendar of a year, open cases, and what differs and is not followed yet."""
    return _shown(request, for_staff(request), Refused())


def _shown(request: HttpRequest, who: Stamp, refused: Refused) -> HttpResponse:
    today = who.at.date()
    year = _year(request.GET.get("year", ""), today)
    named = dict(bodies().values_list("code", "names"))
    lines = [_line(each, named, today) for each in queries.calendar(who, year)]
    cases = list(queries.cases_for(who)[:50])
    told = {
        "wrong": refused,
        "year": year,
        "years": sorted({*queries.years(who), today.year - 1, today.year}, reverse=True),
        "lines": lines,
        "late": sum(each.sign == "bad" for each in lines),
        "opens": may(who, "return.opened"),
        "cases": [case_line(each) for each in cases],
        "proposed": [
            _proposed(each) for each in queries.proposed(layout.focus().iso3, who)
            if each.case is None
        ],
        "follows": may(who, "discrepancy.opened"),
    }  # fmt: skip
    status = 422 if refused.is_bound and refused.errors else 200
    return render(request, "evidence/desk.html", told, status=status)


@for_deed("evidence", "return.opened")
@post_only
def open_return(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Open the return of a collection, pre-filled from observations."""
    who, refused = stamp(request), Refused()
    with refusals_into(refused):
        made = actions.open_return(who, code, year=year, place=layout.focus().iso3)
        return redirect(f"{reverse('return', args=[made.code])}?done=opened")
    return _shown(request, who, refused)


def may(who: Stamp, deed: str, of: str = "") -> bool:
    """Whether somebody may do a deed in a body, or at all where none is named."""
    held = [scope for role, scope in who.roles if role in rights("evidence")[deed]]
    return bool(held) if not of else any(scope in ("", of) for scope in held)


def _year(written: str, today: date) -> int:
    return int(written) if written.isdecimal() and 2020 <= int(written) <= 2100 else today.year


def _line(asked: Asked, named: dict[str, dict[str, str]], today: date) -> Line:
    made = asked.made
    is_sent = made is not None and made.state == "sent"
    late = today > asked.due and made is not None and not is_sent
    waits = today >= asked.opens and not is_sent
    if made is not None:
        state = _(rules.State[made.state.upper()].value)
        state = f"{state}, {_('overdue')}" if late else state
    elif today < asked.opens:
        state = _("not asked for yet")
    else:
        state = _("not begun")
    return Line(
        asked=asked,
        name=asked.collection.name.into(layout.language()),
        body=words.body(named.get(asked.collection.body, {})),
        state=state,
        sign="bad" if late else "warn" if waits else "",
        is_open=made is None and today >= asked.opens,
    )


def case_line(case: "Discrepancy") -> dict[str, object]:
    """A case in words."""
    measured = indicators()[case.indicator]
    return {
        "code": case.code,
        "name": words.name(measured),
        "national": words.with_unit(measured, case.national),
        "national_day": case.national_day,
        "published": words.with_unit(measured, case.published),
        "published_year": case.published_year,
        "organisation": case.organisation,
        "state": _(CaseState[case.state.upper()].value),
        "ended": case.state in queries.ENDED,
        "opened_at": case.opened_at,
    }


def _proposed(each: Proposed) -> dict[str, object]:
    told, measured = each.differs, indicators()[each.differs.indicator]
    return {
        "observation": told.national.code,
        "indicator": measured.code,
        "name": words.name(measured),
        "organisation": measured.organisation,
        "national": words.with_unit(measured, told.national.value),
        "day": told.national.day,
        "published": words.with_unit(measured, told.published.value),
        "year": told.published.year,
        "same_year": words.with_unit(measured, told.same_year.value) if told.same_year else "",
        "worth": each.worth,
    }
